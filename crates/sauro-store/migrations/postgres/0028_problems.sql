-- Problems that agencies publish for anybody to solve (bài toán đặt hàng), and the words by which problems
-- and initiatives find each other.

-- The last number of each year.
CREATE TABLE problem_numbers (
    year   BIGINT NOT NULL PRIMARY KEY,
    last_n BIGINT NOT NULL
);

CREATE TABLE problems (
    id           UUID    NOT NULL PRIMARY KEY,
    number       TEXT    NOT NULL UNIQUE,          -- DH-2026-000012
    agency_id    UUID    NOT NULL REFERENCES agencies (id),
    agency_path  TEXT COLLATE "C" NOT NULL,
    area         TEXT    NOT NULL,
    title        TEXT    NOT NULL,
    pain         TEXT    NOT NULL,                 -- what hurts, with figures
    wanted       TEXT    NOT NULL,                 -- the result that is wanted
    until_on     DATE    NOT NULL,
    published_at BIGINT NOT NULL,
    closed_at    BIGINT,
    is_open      BOOLEAN NOT NULL,
    reason       TEXT    NOT NULL,                 -- why it was withdrawn, or empty
    solved_by    UUID,                             -- the initiative
    stamp        BIGINT NOT NULL,
    CHECK (is_open = (closed_at IS NULL)),
    CHECK (solved_by IS NULL OR reason = '')
);
CREATE INDEX problems_listed ON problems (is_open, id);
CREATE INDEX problems_listed_by_area ON problems (area, is_open, id);
CREATE INDEX problems_of_agency ON problems (agency_id, is_open, id);
CREATE INDEX problems_solved_by ON problems (solved_by, id) WHERE solved_by IS NOT NULL;

-- Words of open problems and of listed initiatives: folded pairs of syllables.
CREATE TABLE problem_index (
    word       TEXT NOT NULL,
    problem_id UUID NOT NULL REFERENCES problems (id),
    PRIMARY KEY (word, problem_id)
);
CREATE INDEX problem_index_of_problem ON problem_index (problem_id, word);
CREATE TABLE initiative_index (
    word          TEXT NOT NULL,
    initiative_id UUID NOT NULL REFERENCES initiatives (id),
    PRIMARY KEY (word, initiative_id)
);
CREATE INDEX initiative_index_of_initiative ON initiative_index (initiative_id, word);

-- Which problem an initiative answers.
ALTER TABLE initiatives ADD COLUMN problem_id UUID REFERENCES problems (id);
CREATE INDEX initiatives_of_problem ON initiatives (problem_id, id) WHERE problem_id IS NOT NULL;

-- Who supports an initiative (ủng hộ), once each; everybody is told the count alone.
CREATE TABLE initiative_supports (
    initiative_id UUID    NOT NULL REFERENCES initiatives (id),
    account_id    UUID    NOT NULL,
    at            BIGINT NOT NULL,
    PRIMARY KEY (initiative_id, account_id)
);
ALTER TABLE initiatives ADD COLUMN n_supports BIGINT NOT NULL DEFAULT 0;

-- The certificate of a recognised initiative (giấy chứng nhận). The words, with the names of the authors,
-- are sealed; what everybody may read of them is not.
CREATE TABLE certificate_numbers (
    agency_id UUID    NOT NULL,
    year      BIGINT NOT NULL,
    last_n    BIGINT NOT NULL,
    PRIMARY KEY (agency_id, year)
);
CREATE TABLE initiative_certificates (
    initiative_id UUID    NOT NULL REFERENCES initiatives (id),
    number        TEXT    NOT NULL,                 -- 01/GCN-UBND, of the agency in its year
    check_code    TEXT    NOT NULL UNIQUE,         -- printed on the paper, in its address
    agency_id     UUID    NOT NULL,
    issued_on     DATE    NOT NULL,
    issued_at     BIGINT NOT NULL,
    sealed        BYTEA   NOT NULL,                 -- the words that are signed
    signature     BYTEA   NOT NULL,                 -- Ed25519 of them
    withdrawn_at  BIGINT,
    reason        TEXT    NOT NULL,                 -- why it was withdrawn, or empty
    PRIMARY KEY (initiative_id, issued_at),
    CHECK ((withdrawn_at IS NULL) = (reason = ''))
);
-- One that holds at a time.
CREATE UNIQUE INDEX initiative_certificates_holding ON initiative_certificates (initiative_id) WHERE withdrawn_at IS NULL;
