-- Scores and rankings: methods as data, what was frozen when a period was closed, what units say of
-- themselves, what appraisers adjusted, and what was contested. Points are exact decimals, as text.

-- Methods (cách chấm). What one says stands in its versions.
CREATE TABLE score_methods (
    id          BLOB NOT NULL PRIMARY KEY,
    agency_id   BLOB NOT NULL REFERENCES agencies (id),
    agency_path TEXT NOT NULL,
    roster      TEXT NOT NULL,                    -- which units it scores
    reach       TEXT NOT NULL                    -- the part of the tree in which its rankings are known
) STRICT;
CREATE INDEX score_methods_of_agency ON score_methods (agency_id, id);
CREATE INDEX score_methods_of_reach ON score_methods (reach, id);

-- What a method says. A published version never changes; two persons publish it.
CREATE TABLE score_method_versions (
    method_id    BLOB NOT NULL REFERENCES score_methods (id),
    n            INTEGER NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('draft', 'simulated', 'proposed', 'published')),
    name         TEXT NOT NULL,
    design       TEXT NOT NULL,                   -- JSON: components, days, whose figures count
    from_period  TEXT NOT NULL,                   -- from which on it is used
    from_on      TEXT NOT NULL,                   -- its first day
    proposed_by  BLOB,
    published_by BLOB,
    changed_at   INTEGER NOT NULL,
    stamp        INTEGER NOT NULL,                  -- counts up with every change
    PRIMARY KEY (method_id, n),
    CHECK ((state = 'published') = (published_by IS NOT NULL)),
    CHECK (published_by IS NULL OR published_by <> proposed_by)
) STRICT;

-- Rankings (kỳ xếp hạng): one method, one period.
CREATE TABLE score_rankings (
    id             BLOB NOT NULL PRIMARY KEY,
    method_id      BLOB NOT NULL,
    method_version INTEGER NOT NULL,
    agency_id      BLOB NOT NULL,
    reach          TEXT NOT NULL,
    period         TEXT NOT NULL,
    period_on      TEXT NOT NULL,                 -- its first day
    self_until     TEXT NOT NULL,                 -- the last day on which units score themselves
    edition        INTEGER NOT NULL,                -- that holds; 0 while it is open
    opened_at      INTEGER NOT NULL,
    closed_at      INTEGER,
    published_at   INTEGER,
    stamp          INTEGER NOT NULL,
    UNIQUE (method_id, period),
    FOREIGN KEY (method_id, method_version) REFERENCES score_method_versions (method_id, n),
    CHECK (published_at IS NULL OR closed_at IS NOT NULL)
) STRICT;
CREATE INDEX score_rankings_of_method ON score_rankings (method_id, period_on, id);
CREATE INDEX score_rankings_of_agency ON score_rankings (agency_id, period_on, id);
CREATE INDEX score_rankings_of_reach ON score_rankings (reach, period_on, id);
CREATE INDEX score_rankings_public ON score_rankings (period_on, id) WHERE published_at IS NOT NULL;

-- Editions of the results: the first when a period is closed, another with every correction.
CREATE TABLE score_editions (
    ranking_id BLOB NOT NULL REFERENCES score_rankings (id),
    n          INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    by_account BLOB NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (ranking_id, n)
) STRICT;

-- The frozen scores, with all the facts that they follow from.
CREATE TABLE score_results (
    ranking_id BLOB NOT NULL,
    edition    INTEGER NOT NULL,
    place      INTEGER NOT NULL,                    -- in the order of the ranking, from 1
    unit_id    BLOB NOT NULL,
    score      TEXT NOT NULL,                     -- JSON
    PRIMARY KEY (ranking_id, edition, place),
    UNIQUE (ranking_id, edition, unit_id),
    FOREIGN KEY (ranking_id, edition) REFERENCES score_editions (ranking_id, n)
) STRICT;

-- What units say of themselves (điểm tự chấm), until the cut-off.
CREATE TABLE score_self_marks (
    ranking_id BLOB NOT NULL REFERENCES score_rankings (id),
    unit_id    BLOB NOT NULL,
    measure    TEXT NOT NULL,
    points     TEXT NOT NULL,
    note       TEXT NOT NULL,
    by_account BLOB NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (ranking_id, unit_id, measure)
) STRICT;

-- What appraisers gave instead of what was computed; the newest of a component holds.
CREATE TABLE score_adjustments (
    id         BLOB NOT NULL PRIMARY KEY,
    ranking_id BLOB NOT NULL REFERENCES score_rankings (id),
    unit_id    BLOB NOT NULL,
    measure    TEXT NOT NULL,
    points     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    by_account BLOB NOT NULL,
    agency_id  BLOB NOT NULL,
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX score_adjustments_of_ranking ON score_adjustments (ranking_id, at, id);

-- What units contest (phản hồi số liệu), and the answers.
CREATE TABLE score_appeals (
    id               BLOB NOT NULL PRIMARY KEY,
    ranking_id       BLOB NOT NULL REFERENCES score_rankings (id),
    agency_id        BLOB NOT NULL,                 -- that answers
    unit_id          BLOB NOT NULL,
    unit_code        TEXT NOT NULL,
    measure          TEXT NOT NULL,               -- empty when it is about the whole score
    edition          INTEGER NOT NULL,
    shown            TEXT NOT NULL,               -- what stood there when it was contested
    reason           TEXT NOT NULL,
    evidence         TEXT NOT NULL,
    asked_by         BLOB NOT NULL,
    asked_at         INTEGER NOT NULL,
    due_on           TEXT NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
    answer           TEXT NOT NULL,
    corrected        TEXT NOT NULL,               -- the component set right, or empty
    points           TEXT NOT NULL,               -- its points then, or empty
    answered_by      BLOB,
    answered_at      INTEGER,
    answered_edition INTEGER NOT NULL,
    CHECK ((state = 'open') = (answered_by IS NULL)),
    CHECK (answered_by IS NULL OR answered_by <> asked_by)
) STRICT;
CREATE UNIQUE INDEX score_appeals_open ON score_appeals (ranking_id, unit_id, measure) WHERE state = 'open';
CREATE INDEX score_appeals_of_unit ON score_appeals (ranking_id, unit_id, asked_at, id);
CREATE INDEX score_appeals_to_answer ON score_appeals (agency_id, state, due_on, id);
CREATE INDEX score_appeals_by_unit ON score_appeals (unit_id, asked_at, id);

-- Targets of some units, without walking those of all others.
CREATE INDEX indicator_targets_of_unit ON indicator_targets (unit_id, state, id);

-- Rounds of reports that were due within a period.
CREATE INDEX report_rounds_by_due ON report_rounds (due_on, id);
CREATE INDEX report_rounds_by_commune_due ON report_rounds (commune_due_on, id);
