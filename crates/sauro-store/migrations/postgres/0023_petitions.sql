-- Petitions (phản ánh, kiến nghị): cases, what happened to them, their answers, files and routing.

-- Public numbers of cases, PA-2026-000123.
CREATE TABLE petition_numbers (
    year   BIGINT NOT NULL PRIMARY KEY,
    last_n BIGINT NOT NULL
);

-- Fields of cases (lĩnh vực). Words tell the field of a text; agency is asked when no place is known.
CREATE TABLE petition_fields (
    code             TEXT    NOT NULL PRIMARY KEY,
    name             TEXT    NOT NULL,
    words            TEXT    NOT NULL,              -- folded words and phrases, by ";"
    agency_code      TEXT    NOT NULL DEFAULT '',
    allows_anonymous BOOLEAN NOT NULL,
    place            BIGINT NOT NULL               -- order on screen
);

-- How many working days each step may take.
CREATE TABLE petition_limits (
    step       TEXT    NOT NULL PRIMARY KEY,
    days       BIGINT NOT NULL CHECK (days BETWEEN 0 AND 250),
    changed_at BIGINT NOT NULL
);

-- Cases (vụ việc).
CREATE TABLE petitions (
    id             UUID    NOT NULL PRIMARY KEY,
    number         TEXT    NOT NULL UNIQUE,         -- public
    code_hash      BYTEA    NOT NULL UNIQUE,         -- of the tracking code, which only the sender knows
    form_hash      BYTEA    NOT NULL UNIQUE,         -- of the key of the form: the same form twice is one case
    sealed         BYTEA,                            -- who sent it, the code, the exact place; gone once erased
    kind           TEXT    NOT NULL CHECK (kind IN ('feedback', 'proposal')),
    legal          TEXT    NOT NULL CHECK (legal IN ('', 'complaint', 'denunciation')),
    channel        TEXT    NOT NULL CHECK (channel IN ('web', 'api', 'open311', 'mail', 'paper', 'phone', 'desk')),
    title          TEXT    NOT NULL,
    body           TEXT    NOT NULL,
    public_title   TEXT    NOT NULL,                -- with personal data masked
    public_body    TEXT    NOT NULL,
    field          TEXT    NOT NULL DEFAULT '',
    place_id       UUID,                            -- the agency that governs the place
    place_path     TEXT COLLATE "C" NOT NULL,
    is_anonymous   BOOLEAN NOT NULL,
    may_publish    BOOLEAN NOT NULL,
    is_hidden      BOOLEAN NOT NULL,
    consent        TEXT    NOT NULL,                -- version of the words that were agreed to
    state          TEXT    NOT NULL CHECK (state IN
                       ('sent', 'sorting', 'waiting', 'assigned', 'handling', 'approval', 'answered', 'review', 'closed')),
    resume         TEXT    NOT NULL DEFAULT '',
    before_merge   TEXT    NOT NULL DEFAULT '',
    n_refusals     BIGINT NOT NULL,
    is_binding     BOOLEAN NOT NULL,
    n_reviews      BIGINT NOT NULL,
    is_complex     BOOLEAN NOT NULL,
    is_extended    BOOLEAN NOT NULL,
    coordinator_id UUID    NOT NULL,                -- received it, and gets it back when it is refused
    holder_id      UUID    NOT NULL,                -- owes the next step
    holder_path    TEXT COLLATE "C" NOT NULL,
    lead_id        UUID,
    about_id       UUID,                            -- the account that the case is about, who cannot handle it
    due_on         DATE,                            -- the last day of the step that runs
    citizen_due_on DATE    NOT NULL,
    reminded       BIGINT NOT NULL DEFAULT 0,      -- the newest step of reminding that this deadline has behind it
    sent_at        BIGINT NOT NULL,
    changed_at     BIGINT NOT NULL,
    answered_at    BIGINT,
    closing        TEXT    NOT NULL DEFAULT '' CHECK (closing IN ('', 'solved', 'unsolved', 'guided', 'duplicate')),
    merged_into    UUID,
    rating         BIGINT CHECK (rating BETWEEN 1 AND 5),
    task_code      TEXT    NOT NULL DEFAULT '',     -- the task that was made of it
    guess          TEXT    NOT NULL DEFAULT '',     -- JSON: what routing suggested when it came
    version        BIGINT NOT NULL
);
CREATE INDEX petitions_of_holder ON petitions (holder_id, state, due_on, id);
CREATE INDEX petitions_below ON petitions (holder_path, state, id);
CREATE INDEX petitions_of_place ON petitions (place_path, sent_at, id);
CREATE INDEX petitions_of_field ON petitions (field, sent_at, id);
CREATE INDEX petitions_public ON petitions (answered_at, id) WHERE answered_at IS NOT NULL AND may_publish AND NOT is_hidden;
CREATE INDEX petitions_due ON petitions (reminded, due_on, id) WHERE due_on IS NOT NULL;
CREATE INDEX petitions_to_settle ON petitions (answered_at, id) WHERE state = 'answered';
CREATE INDEX petitions_merged ON petitions (merged_into, id) WHERE merged_into IS NOT NULL;

-- What happened to a case, in order. Words marked public are shown to the sender, and to all when the case is public.
CREATE TABLE petition_events (
    petition_id UUID    NOT NULL REFERENCES petitions (id),
    n           BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    kind        TEXT    NOT NULL,
    account_id  UUID,
    agency_id   UUID,
    to_id       UUID,                               -- the agency, or the case, it went to
    is_public   BOOLEAN NOT NULL,
    words       TEXT    NOT NULL,
    public_words TEXT   NOT NULL,
    PRIMARY KEY (petition_id, n)
);

-- Cooperating agencies and what they think.
CREATE TABLE petition_partners (
    petition_id UUID    NOT NULL REFERENCES petitions (id),
    agency_id   UUID    NOT NULL,
    opinion     TEXT    NOT NULL DEFAULT '',
    given_by    UUID,
    given_at    BIGINT,
    PRIMARY KEY (petition_id, agency_id)
);
CREATE INDEX petition_partners_asked ON petition_partners (agency_id, petition_id) WHERE given_at IS NULL;

-- Answers: each a draft until a leader approves it.
CREATE TABLE petition_answers (
    petition_id UUID    NOT NULL REFERENCES petitions (id),
    n           BIGINT NOT NULL,
    agency_id   UUID    NOT NULL,
    closing     TEXT    NOT NULL CHECK (closing IN ('solved', 'unsolved', 'guided')),
    words       TEXT    NOT NULL,
    public_words TEXT   NOT NULL,
    proof       TEXT    NOT NULL,                   -- number of the document that shows it, or empty
    drafted_by  UUID    NOT NULL,
    drafted_at  BIGINT NOT NULL,
    approved_by UUID,
    approved_at BIGINT,
    signer      TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (petition_id, n)
);

-- Files of a case. A public one was made for the public: the original stays sealed inside.
CREATE TABLE petition_files (
    id          UUID    NOT NULL PRIMARY KEY,
    petition_id UUID    NOT NULL REFERENCES petitions (id),
    side        TEXT    NOT NULL CHECK (side IN ('sender', 'agency')),
    hash        BYTEA    NOT NULL,
    name        TEXT    NOT NULL,
    mime        TEXT    NOT NULL,
    n_bytes     BIGINT NOT NULL,
    added_at    BIGINT NOT NULL,
    public_hash BYTEA                                -- the copy that may be shown to all
);
CREATE INDEX petition_files_of_case ON petition_files (petition_id, id);

-- How often each word led to a field or an agency; what routing has learned from.
CREATE TABLE petition_words (
    word   TEXT COLLATE "C" NOT NULL,
    target TEXT COLLATE "C" NOT NULL,                        -- "field:giao-thong", "agency:UBND-32001"
    n      BIGINT NOT NULL,
    PRIMARY KEY (word, target)
);
-- How good the suggestions were, and how often a case went the wrong way, by month.
CREATE TABLE petition_routing (
    month      TEXT    NOT NULL PRIMARY KEY,
    n          BIGINT NOT NULL,
    n_first    BIGINT NOT NULL,
    n_third    BIGINT NOT NULL,
    n_wrong    BIGINT NOT NULL
);

-- How often somebody found an answer and did not have to send.
CREATE TABLE petition_spared (
    month TEXT    NOT NULL,
    field TEXT    NOT NULL,
    n     BIGINT NOT NULL,
    PRIMARY KEY (month, field)
);

-- How often something was tried from one place within an hour: sending, guessing codes. Shared by all nodes.
CREATE TABLE petition_tries (
    source BYTEA    NOT NULL,                        -- hash of what, where from, and the hour
    at     BIGINT NOT NULL,
    n      BIGINT NOT NULL,
    PRIMARY KEY (source)
);
CREATE INDEX petition_tries_old ON petition_tries (at, source);

-- Wishes to hide a case: one asks, another decides.
CREATE TABLE petition_hidings (
    petition_id UUID    NOT NULL REFERENCES petitions (id),
    n           BIGINT NOT NULL,
    reason      TEXT    NOT NULL,
    asked_by    UUID    NOT NULL,
    asked_at    BIGINT NOT NULL,
    decided_by  UUID,
    decided_at  BIGINT,
    is_granted  BOOLEAN,
    PRIMARY KEY (petition_id, n),
    CHECK (decided_by IS NULL OR decided_by <> asked_by)
);

-- Words of public answered cases, to find those like a text that is being typed.
CREATE TABLE petition_index (
    word        TEXT COLLATE "C" NOT NULL,
    petition_id UUID    NOT NULL REFERENCES petitions (id),
    PRIMARY KEY (word, petition_id)
);
CREATE INDEX petition_index_of_case ON petition_index (petition_id, word);
