-- Petitions (phản ánh, kiến nghị): cases, what happened to them, their answers, files and routing.

-- Public numbers of cases, PA-2026-000123.
CREATE TABLE petition_numbers (
    year   INTEGER NOT NULL PRIMARY KEY,
    last_n INTEGER NOT NULL
) STRICT;

-- Fields of cases (lĩnh vực). Words tell the field of a text; agency is asked when no place is known.
CREATE TABLE petition_fields (
    code             TEXT    NOT NULL PRIMARY KEY,
    name             TEXT    NOT NULL,
    words            TEXT    NOT NULL,              -- folded words and phrases, by ";"
    agency_code      TEXT    NOT NULL DEFAULT '',
    allows_anonymous INTEGER NOT NULL CHECK (allows_anonymous IN (0, 1)),
    place            INTEGER NOT NULL               -- order on screen
) STRICT;

-- How many working days each step may take.
CREATE TABLE petition_limits (
    step       TEXT    NOT NULL PRIMARY KEY,
    days       INTEGER NOT NULL CHECK (days BETWEEN 0 AND 250),
    changed_at INTEGER NOT NULL
) STRICT;

-- Cases (vụ việc).
CREATE TABLE petitions (
    id             BLOB    NOT NULL PRIMARY KEY,
    number         TEXT    NOT NULL UNIQUE,         -- public
    code_hash      BLOB    NOT NULL UNIQUE,         -- of the tracking code, which only the sender knows
    form_hash      BLOB    NOT NULL UNIQUE,         -- of the key of the form: the same form twice is one case
    sealed         BLOB,                            -- who sent it, the code, the exact place; gone once erased
    kind           TEXT    NOT NULL CHECK (kind IN ('feedback', 'proposal')),
    legal          TEXT    NOT NULL CHECK (legal IN ('', 'complaint', 'denunciation')),
    channel        TEXT    NOT NULL CHECK (channel IN ('web', 'api', 'open311', 'mail', 'paper', 'phone', 'desk')),
    title          TEXT    NOT NULL,
    body           TEXT    NOT NULL,
    public_title   TEXT    NOT NULL,                -- with personal data masked
    public_body    TEXT    NOT NULL,
    field          TEXT    NOT NULL DEFAULT '',
    place_id       BLOB,                            -- the agency that governs the place
    place_path     TEXT    NOT NULL,
    is_anonymous   INTEGER NOT NULL CHECK (is_anonymous IN (0, 1)),
    may_publish    INTEGER NOT NULL CHECK (may_publish IN (0, 1)),
    is_hidden      INTEGER NOT NULL CHECK (is_hidden IN (0, 1)),
    consent        TEXT    NOT NULL,                -- version of the words that were agreed to
    state          TEXT    NOT NULL CHECK (state IN
                       ('sent', 'sorting', 'waiting', 'assigned', 'handling', 'approval', 'answered', 'review', 'closed')),
    resume         TEXT    NOT NULL DEFAULT '',
    before_merge   TEXT    NOT NULL DEFAULT '',
    n_refusals     INTEGER NOT NULL,
    is_binding     INTEGER NOT NULL CHECK (is_binding IN (0, 1)),
    n_reviews      INTEGER NOT NULL,
    is_complex     INTEGER NOT NULL CHECK (is_complex IN (0, 1)),
    is_extended    INTEGER NOT NULL CHECK (is_extended IN (0, 1)),
    coordinator_id BLOB    NOT NULL,                -- received it, and gets it back when it is refused
    holder_id      BLOB    NOT NULL,                -- owes the next step
    holder_path    TEXT    NOT NULL,
    lead_id        BLOB,
    about_id       BLOB,                            -- the account that the case is about, who cannot handle it
    due_on         TEXT,                            -- the last day of the step that runs
    citizen_due_on TEXT    NOT NULL,
    reminded       INTEGER NOT NULL DEFAULT 0,      -- the newest step of reminding that this deadline has behind it
    sent_at        INTEGER NOT NULL,
    changed_at     INTEGER NOT NULL,
    answered_at    INTEGER,
    closing        TEXT    NOT NULL DEFAULT '' CHECK (closing IN ('', 'solved', 'unsolved', 'guided', 'duplicate')),
    merged_into    BLOB,
    rating         INTEGER CHECK (rating BETWEEN 1 AND 5),
    task_code      TEXT    NOT NULL DEFAULT '',     -- the task that was made of it
    guess          TEXT    NOT NULL DEFAULT '',     -- JSON: what routing suggested when it came
    version        INTEGER NOT NULL
) STRICT;
CREATE INDEX petitions_of_holder ON petitions (holder_id, state, due_on, id);
CREATE INDEX petitions_below ON petitions (holder_path, state, id);
CREATE INDEX petitions_of_place ON petitions (place_path, sent_at, id);
CREATE INDEX petitions_of_field ON petitions (field, sent_at, id);
CREATE INDEX petitions_public ON petitions (answered_at, id) WHERE answered_at IS NOT NULL AND may_publish = 1 AND is_hidden = 0;
CREATE INDEX petitions_due ON petitions (reminded, due_on, id) WHERE due_on IS NOT NULL;
CREATE INDEX petitions_to_settle ON petitions (answered_at, id) WHERE state = 'answered';
CREATE INDEX petitions_merged ON petitions (merged_into, id) WHERE merged_into IS NOT NULL;

-- What happened to a case, in order. Words marked public are shown to the sender, and to all when the case is public.
CREATE TABLE petition_events (
    petition_id BLOB    NOT NULL REFERENCES petitions (id),
    n           INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    account_id  BLOB,
    agency_id   BLOB,
    to_id       BLOB,                               -- the agency, or the case, it went to
    is_public   INTEGER NOT NULL CHECK (is_public IN (0, 1)),
    words       TEXT    NOT NULL,
    public_words TEXT   NOT NULL,
    PRIMARY KEY (petition_id, n)
) STRICT;

-- Cooperating agencies and what they think.
CREATE TABLE petition_partners (
    petition_id BLOB    NOT NULL REFERENCES petitions (id),
    agency_id   BLOB    NOT NULL,
    opinion     TEXT    NOT NULL DEFAULT '',
    given_by    BLOB,
    given_at    INTEGER,
    PRIMARY KEY (petition_id, agency_id)
) STRICT;
CREATE INDEX petition_partners_asked ON petition_partners (agency_id, petition_id) WHERE given_at IS NULL;

-- Answers: each a draft until a leader approves it.
CREATE TABLE petition_answers (
    petition_id BLOB    NOT NULL REFERENCES petitions (id),
    n           INTEGER NOT NULL,
    agency_id   BLOB    NOT NULL,
    closing     TEXT    NOT NULL CHECK (closing IN ('solved', 'unsolved', 'guided')),
    words       TEXT    NOT NULL,
    public_words TEXT   NOT NULL,
    proof       TEXT    NOT NULL,                   -- number of the document that shows it, or empty
    drafted_by  BLOB    NOT NULL,
    drafted_at  INTEGER NOT NULL,
    approved_by BLOB,
    approved_at INTEGER,
    signer      TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (petition_id, n)
) STRICT;

-- Files of a case. A public one was made for the public: the original stays sealed inside.
CREATE TABLE petition_files (
    id          BLOB    NOT NULL PRIMARY KEY,
    petition_id BLOB    NOT NULL REFERENCES petitions (id),
    side        TEXT    NOT NULL CHECK (side IN ('sender', 'agency')),
    hash        BLOB    NOT NULL,
    name        TEXT    NOT NULL,
    mime        TEXT    NOT NULL,
    n_bytes     INTEGER NOT NULL,
    added_at    INTEGER NOT NULL,
    public_hash BLOB                                -- the copy that may be shown to all
) STRICT;
CREATE INDEX petition_files_of_case ON petition_files (petition_id, id);

-- How often each word led to a field or an agency; what routing has learned from.
CREATE TABLE petition_words (
    word   TEXT    NOT NULL,
    target TEXT    NOT NULL,                        -- "field:giao-thong", "agency:UBND-32001"
    n      INTEGER NOT NULL,
    PRIMARY KEY (word, target)
) STRICT;
-- How good the suggestions were, and how often a case went the wrong way, by month.
CREATE TABLE petition_routing (
    month      TEXT    NOT NULL PRIMARY KEY,
    n          INTEGER NOT NULL,
    n_first    INTEGER NOT NULL,
    n_third    INTEGER NOT NULL,
    n_wrong    INTEGER NOT NULL
) STRICT;

-- How often somebody found an answer and did not have to send.
CREATE TABLE petition_spared (
    month TEXT    NOT NULL,
    field TEXT    NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (month, field)
) STRICT;

-- How often something was tried from one place within an hour: sending, guessing codes. Shared by all nodes.
CREATE TABLE petition_tries (
    source BLOB    NOT NULL,                        -- hash of what, where from, and the hour
    at     INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    PRIMARY KEY (source)
) STRICT;
CREATE INDEX petition_tries_old ON petition_tries (at, source);

-- Wishes to hide a case: one asks, another decides.
CREATE TABLE petition_hidings (
    petition_id BLOB    NOT NULL REFERENCES petitions (id),
    n           INTEGER NOT NULL,
    reason      TEXT    NOT NULL,
    asked_by    BLOB    NOT NULL,
    asked_at    INTEGER NOT NULL,
    decided_by  BLOB,
    decided_at  INTEGER,
    is_granted  INTEGER CHECK (is_granted IN (0, 1)),
    PRIMARY KEY (petition_id, n),
    CHECK (decided_by IS NULL OR decided_by <> asked_by)
) STRICT;

-- Words of public answered cases, to find those like a text that is being typed.
CREATE TABLE petition_index (
    word        TEXT    NOT NULL,
    petition_id BLOB    NOT NULL REFERENCES petitions (id),
    PRIMARY KEY (word, petition_id)
) STRICT;
CREATE INDEX petition_index_of_case ON petition_index (petition_id, word);
