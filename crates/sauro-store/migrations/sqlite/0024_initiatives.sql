-- Initiatives (sáng kiến): dossiers, where each is, councils and their scores, and who applies it.

-- One initiative. Who wrote it stands in initiative_authors, sealed.
CREATE TABLE initiatives (
    id            BLOB NOT NULL PRIMARY KEY,
    code          TEXT NOT NULL UNIQUE,           -- SK-7K2M-94QX
    send_key      TEXT NOT NULL UNIQUE,           -- of the form: sent ten times, it is one dossier
    kind          TEXT NOT NULL,
    area          TEXT NOT NULL,
    title         TEXT NOT NULL,
    place         TEXT NOT NULL,                  -- code of the province, or empty
    receiver_id   BLOB NOT NULL REFERENCES agencies (id),
    receiver_path TEXT NOT NULL,
    unit_id       BLOB,                           -- in whose name it was sent
    reviewer_id   BLOB,                           -- whose opinion is asked for
    account_id    BLOB,                           -- that sent it
    n_dossiers    INTEGER NOT NULL,
    sent_at       INTEGER NOT NULL,
    stage         TEXT NOT NULL,
    since_on      TEXT NOT NULL,
    due_on        TEXT,
    recognised_on TEXT,
    desk_id       BLOB,                           -- that has to act
    is_listed     INTEGER NOT NULL CHECK (is_listed IN (0, 1)),
    is_open       INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    opinion       TEXT NOT NULL,
    stamp         INTEGER NOT NULL
) STRICT;
CREATE INDEX initiatives_of_desk ON initiatives (desk_id, due_on, id) WHERE desk_id IS NOT NULL;
CREATE INDEX initiatives_of_receiver ON initiatives (receiver_id, id);
CREATE INDEX initiatives_listed ON initiatives (id) WHERE is_listed;
CREATE INDEX initiatives_listed_by_stage ON initiatives (stage, id) WHERE is_listed;
CREATE INDEX initiatives_listed_by_area ON initiatives (area, id) WHERE is_listed;
CREATE INDEX initiatives_listed_by_place ON initiatives (place, id) WHERE is_listed;

-- Every version of a dossier: the text, byte for byte, that was hashed and written down in the journal.
CREATE TABLE initiative_dossiers (
    initiative_id BLOB NOT NULL REFERENCES initiatives (id),
    n             INTEGER NOT NULL,
    dossier       TEXT NOT NULL,
    hash          BLOB NOT NULL,                 -- SHA-256 of it
    entry_id      BLOB NOT NULL,                  -- in the journal
    at            INTEGER NOT NULL,
    PRIMARY KEY (initiative_id, n)
) STRICT;

-- Who wrote it. Name, telephone and mail are sealed with the key file; only the share is not.
CREATE TABLE initiative_authors (
    initiative_id BLOB NOT NULL REFERENCES initiatives (id),
    n             INTEGER NOT NULL,
    share_bp      INTEGER NOT NULL,
    agency_id     BLOB,
    account_id    BLOB,
    sealed        BLOB NOT NULL,
    public_name   TEXT NOT NULL,                  -- empty unless the authors agreed
    PRIMARY KEY (initiative_id, n)
) STRICT;

-- The stages it was in, with the days.
CREATE TABLE initiative_steps (
    initiative_id BLOB NOT NULL REFERENCES initiatives (id),
    n             INTEGER NOT NULL,
    stage         TEXT NOT NULL,
    at            INTEGER NOT NULL,
    since_on      TEXT NOT NULL,
    due_on        TEXT,
    agency_id     BLOB,
    reason        TEXT NOT NULL,
    PRIMARY KEY (initiative_id, n)
) STRICT;

-- The words of titles, folded, for the search of everybody; newest first by the id.
CREATE TABLE initiative_words (
    word          TEXT NOT NULL,
    initiative_id BLOB NOT NULL REFERENCES initiatives (id),
    PRIMARY KEY (word, initiative_id)
) STRICT;

-- Councils (hội đồng). What each member gave stands in initiative_ballots, and is read once it is closed.
CREATE TABLE initiative_councils (
    id          BLOB NOT NULL PRIMARY KEY,
    agency_id   BLOB NOT NULL REFERENCES agencies (id),
    agency_path TEXT NOT NULL,
    name        TEXT NOT NULL,
    criteria    TEXT NOT NULL,                    -- JSON: names and weights, which come to 100
    threshold   TEXT NOT NULL,                    -- exact decimal
    quorum      INTEGER NOT NULL CHECK (quorum > 0),
    opened_by   BLOB NOT NULL,
    opened_at   INTEGER NOT NULL,
    closed_at   INTEGER,
    stamp       INTEGER NOT NULL
) STRICT;
CREATE INDEX initiative_councils_of_agency ON initiative_councils (agency_id, id);

-- Who scores: a desk, not a person, so that a successor finds it.
CREATE TABLE initiative_council_members (
    council_id BLOB NOT NULL REFERENCES initiative_councils (id),
    n          INTEGER NOT NULL,
    agency_id  BLOB NOT NULL,
    role       TEXT NOT NULL,
    PRIMARY KEY (council_id, n),
    UNIQUE (council_id, agency_id, role)
) STRICT;
CREATE INDEX initiative_council_members_of_desk ON initiative_council_members (agency_id, role, council_id);

-- What is scored. An initiative is before one council only.
CREATE TABLE initiative_council_items (
    council_id    BLOB NOT NULL REFERENCES initiative_councils (id),
    initiative_id BLOB NOT NULL UNIQUE REFERENCES initiatives (id),
    PRIMARY KEY (council_id, initiative_id)
) STRICT;

-- One ballot of a member about an initiative: points, or why there are none.
CREATE TABLE initiative_ballots (
    council_id    BLOB NOT NULL,
    initiative_id BLOB NOT NULL,
    member_n      INTEGER NOT NULL,
    account_id    BLOB,                           -- none where the seat alone is in conflict
    conflict      TEXT NOT NULL,                  -- empty when there are points
    points        TEXT NOT NULL,                  -- JSON: exact decimals in the order of the criteria
    at            INTEGER NOT NULL,
    PRIMARY KEY (council_id, initiative_id, member_n),
    FOREIGN KEY (council_id, initiative_id) REFERENCES initiative_council_items (council_id, initiative_id),
    FOREIGN KEY (council_id, member_n) REFERENCES initiative_council_members (council_id, n)
) STRICT;

-- Who tries it and who applies it (thử nghiệm, áp dụng), with what was measured.
CREATE TABLE initiative_applications (
    id            BLOB NOT NULL PRIMARY KEY,
    initiative_id BLOB NOT NULL REFERENCES initiatives (id),
    agency_id     BLOB NOT NULL REFERENCES agencies (id),
    place         TEXT NOT NULL,                  -- code of the province, or empty
    is_pilot      INTEGER NOT NULL CHECK (is_pilot IN (0, 1)),
    since_on      TEXT NOT NULL,
    until_on      TEXT,
    baseline      TEXT NOT NULL,
    target        TEXT NOT NULL,
    measured      TEXT NOT NULL,                  -- exact decimal, or empty
    unit          TEXT NOT NULL,
    source        TEXT NOT NULL,                  -- where the measured figure stands
    said_by       BLOB NOT NULL,
    said_at       INTEGER NOT NULL,
    confirmed_by  BLOB,
    confirmed_at  INTEGER,
    UNIQUE (initiative_id, agency_id, is_pilot),
    CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
) STRICT;
