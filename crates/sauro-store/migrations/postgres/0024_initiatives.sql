-- Initiatives (sáng kiến): dossiers, where each is, councils and their scores, and who applies it.

-- One initiative. Who wrote it stands in initiative_authors, sealed.
CREATE TABLE initiatives (
    id            UUID NOT NULL PRIMARY KEY,
    code          TEXT NOT NULL UNIQUE,           -- SK-7K2M-94QX
    send_key      TEXT NOT NULL UNIQUE,           -- of the form: sent ten times, it is one dossier
    kind          TEXT NOT NULL,
    area          TEXT NOT NULL,
    title         TEXT NOT NULL,
    place         TEXT NOT NULL,                  -- code of the province, or empty
    receiver_id   UUID NOT NULL REFERENCES agencies (id),
    receiver_path TEXT COLLATE "C" NOT NULL,
    unit_id       UUID,                           -- in whose name it was sent
    reviewer_id   UUID,                           -- whose opinion is asked for
    account_id    UUID,                           -- that sent it
    n_dossiers    BIGINT NOT NULL,
    sent_at       BIGINT NOT NULL,
    stage         TEXT NOT NULL,
    since_on      DATE NOT NULL,
    due_on        DATE,
    recognised_on DATE,
    desk_id       UUID,                           -- that has to act
    is_listed     BOOLEAN NOT NULL,
    is_open       BOOLEAN NOT NULL,
    opinion       TEXT NOT NULL,
    stamp         BIGINT NOT NULL
);
CREATE INDEX initiatives_of_desk ON initiatives (desk_id, due_on, id) WHERE desk_id IS NOT NULL;
CREATE INDEX initiatives_of_receiver ON initiatives (receiver_id, id);
CREATE INDEX initiatives_listed ON initiatives (id) WHERE is_listed;
CREATE INDEX initiatives_listed_by_stage ON initiatives (stage, id) WHERE is_listed;
CREATE INDEX initiatives_listed_by_area ON initiatives (area, id) WHERE is_listed;
CREATE INDEX initiatives_listed_by_place ON initiatives (place, id) WHERE is_listed;

-- Every version of a dossier: the text, byte for byte, that was hashed and written down in the journal.
CREATE TABLE initiative_dossiers (
    initiative_id UUID NOT NULL REFERENCES initiatives (id),
    n             BIGINT NOT NULL,
    dossier       TEXT NOT NULL,
    hash          BYTEA NOT NULL,                 -- SHA-256 of it
    entry_id      UUID NOT NULL,                  -- in the journal
    at            BIGINT NOT NULL,
    PRIMARY KEY (initiative_id, n)
);

-- Who wrote it. Name, telephone and mail are sealed with the key file; only the share is not.
CREATE TABLE initiative_authors (
    initiative_id UUID NOT NULL REFERENCES initiatives (id),
    n             BIGINT NOT NULL,
    share_bp      BIGINT NOT NULL,
    agency_id     UUID,
    account_id    UUID,
    sealed        BYTEA NOT NULL,
    public_name   TEXT NOT NULL,                  -- empty unless the authors agreed
    PRIMARY KEY (initiative_id, n)
);

-- The stages it was in, with the days.
CREATE TABLE initiative_steps (
    initiative_id UUID NOT NULL REFERENCES initiatives (id),
    n             BIGINT NOT NULL,
    stage         TEXT NOT NULL,
    at            BIGINT NOT NULL,
    since_on      DATE NOT NULL,
    due_on        DATE,
    agency_id     UUID,
    reason        TEXT NOT NULL,
    PRIMARY KEY (initiative_id, n)
);

-- The words of titles, folded, for the search of everybody; newest first by the id.
CREATE TABLE initiative_words (
    word          TEXT COLLATE "C" NOT NULL,
    initiative_id UUID NOT NULL REFERENCES initiatives (id),
    PRIMARY KEY (word, initiative_id)
);

-- Councils (hội đồng). What each member gave stands in initiative_ballots, and is read once it is closed.
CREATE TABLE initiative_councils (
    id          UUID NOT NULL PRIMARY KEY,
    agency_id   UUID NOT NULL REFERENCES agencies (id),
    agency_path TEXT COLLATE "C" NOT NULL,
    name        TEXT NOT NULL,
    criteria    TEXT NOT NULL,                    -- JSON: names and weights, which come to 100
    threshold   TEXT NOT NULL,                    -- exact decimal
    quorum      BIGINT NOT NULL CHECK (quorum > 0),
    opened_by   UUID NOT NULL,
    opened_at   BIGINT NOT NULL,
    closed_at   BIGINT,
    stamp       BIGINT NOT NULL
);
CREATE INDEX initiative_councils_of_agency ON initiative_councils (agency_id, id);

-- Who scores: a desk, not a person, so that a successor finds it.
CREATE TABLE initiative_council_members (
    council_id UUID NOT NULL REFERENCES initiative_councils (id),
    n          BIGINT NOT NULL,
    agency_id  UUID NOT NULL,
    role       TEXT NOT NULL,
    PRIMARY KEY (council_id, n),
    UNIQUE (council_id, agency_id, role)
);
CREATE INDEX initiative_council_members_of_desk ON initiative_council_members (agency_id, role, council_id);

-- What is scored. An initiative is before one council only.
CREATE TABLE initiative_council_items (
    council_id    UUID NOT NULL REFERENCES initiative_councils (id),
    initiative_id UUID NOT NULL UNIQUE REFERENCES initiatives (id),
    PRIMARY KEY (council_id, initiative_id)
);

-- One ballot of a member about an initiative: points, or why there are none.
CREATE TABLE initiative_ballots (
    council_id    UUID NOT NULL,
    initiative_id UUID NOT NULL,
    member_n      BIGINT NOT NULL,
    account_id    UUID,                           -- none where the seat alone is in conflict
    conflict      TEXT NOT NULL,                  -- empty when there are points
    points        TEXT NOT NULL,                  -- JSON: exact decimals in the order of the criteria
    at            BIGINT NOT NULL,
    PRIMARY KEY (council_id, initiative_id, member_n),
    FOREIGN KEY (council_id, initiative_id) REFERENCES initiative_council_items (council_id, initiative_id),
    FOREIGN KEY (council_id, member_n) REFERENCES initiative_council_members (council_id, n)
);

-- Who tries it and who applies it (thử nghiệm, áp dụng), with what was measured.
CREATE TABLE initiative_applications (
    id            UUID NOT NULL PRIMARY KEY,
    initiative_id UUID NOT NULL REFERENCES initiatives (id),
    agency_id     UUID NOT NULL REFERENCES agencies (id),
    place         TEXT NOT NULL,                  -- code of the province, or empty
    is_pilot      BOOLEAN NOT NULL,
    since_on      DATE NOT NULL,
    until_on      DATE,
    baseline      TEXT NOT NULL,
    target        TEXT NOT NULL,
    measured      TEXT NOT NULL,                  -- exact decimal, or empty
    unit          TEXT NOT NULL,
    source        TEXT NOT NULL,                  -- where the measured figure stands
    said_by       UUID NOT NULL,
    said_at       BIGINT NOT NULL,
    confirmed_by  UUID,
    confirmed_at  BIGINT,
    UNIQUE (initiative_id, agency_id, is_pilot),
    CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
);
