-- Scores and rankings: methods as data, what was frozen when a period was closed, what units say of
-- themselves, what appraisers adjusted, and what was contested. Points are exact decimals, as text.

-- Methods (cách chấm). What one says stands in its versions.
CREATE TABLE score_methods (
    id          UUID NOT NULL PRIMARY KEY,
    agency_id   UUID NOT NULL REFERENCES agencies (id),
    agency_path TEXT COLLATE "C" NOT NULL,
    roster      TEXT NOT NULL,                    -- which units it scores
    reach       TEXT COLLATE "C" NOT NULL                    -- the part of the tree in which its rankings are known
);
CREATE INDEX score_methods_of_agency ON score_methods (agency_id, id);
CREATE INDEX score_methods_of_reach ON score_methods (reach, id);

-- What a method says. A published version never changes; two persons publish it.
CREATE TABLE score_method_versions (
    method_id    UUID NOT NULL REFERENCES score_methods (id),
    n            BIGINT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('draft', 'simulated', 'proposed', 'published')),
    name         TEXT NOT NULL,
    design       TEXT NOT NULL,                   -- JSON: components, days, whose figures count
    from_period  TEXT NOT NULL,                   -- from which on it is used
    from_on      DATE NOT NULL,                   -- its first day
    proposed_by  UUID,
    published_by UUID,
    changed_at   BIGINT NOT NULL,
    stamp        BIGINT NOT NULL,                  -- counts up with every change
    PRIMARY KEY (method_id, n),
    CHECK ((state = 'published') = (published_by IS NOT NULL)),
    CHECK (published_by IS NULL OR published_by <> proposed_by)
);

-- Rankings (kỳ xếp hạng): one method, one period.
CREATE TABLE score_rankings (
    id             UUID NOT NULL PRIMARY KEY,
    method_id      UUID NOT NULL,
    method_version BIGINT NOT NULL,
    agency_id      UUID NOT NULL,
    reach          TEXT COLLATE "C" NOT NULL,
    period         TEXT NOT NULL,
    period_on      DATE NOT NULL,                 -- its first day
    self_until     DATE NOT NULL,                 -- the last day on which units score themselves
    edition        BIGINT NOT NULL,                -- that holds; 0 while it is open
    opened_at      BIGINT NOT NULL,
    closed_at      BIGINT,
    published_at   BIGINT,
    stamp          BIGINT NOT NULL,
    UNIQUE (method_id, period),
    FOREIGN KEY (method_id, method_version) REFERENCES score_method_versions (method_id, n),
    CHECK (published_at IS NULL OR closed_at IS NOT NULL)
);
CREATE INDEX score_rankings_of_method ON score_rankings (method_id, period_on, id);
CREATE INDEX score_rankings_of_agency ON score_rankings (agency_id, period_on, id);
CREATE INDEX score_rankings_of_reach ON score_rankings (reach, period_on, id);
CREATE INDEX score_rankings_public ON score_rankings (period_on, id) WHERE published_at IS NOT NULL;

-- Editions of the results: the first when a period is closed, another with every correction.
CREATE TABLE score_editions (
    ranking_id UUID NOT NULL REFERENCES score_rankings (id),
    n          BIGINT NOT NULL,
    reason     TEXT NOT NULL,
    by_account UUID NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (ranking_id, n)
);

-- The frozen scores, with all the facts that they follow from.
CREATE TABLE score_results (
    ranking_id UUID NOT NULL,
    edition    BIGINT NOT NULL,
    place      BIGINT NOT NULL,                    -- in the order of the ranking, from 1
    unit_id    UUID NOT NULL,
    score      TEXT NOT NULL,                     -- JSON
    PRIMARY KEY (ranking_id, edition, place),
    UNIQUE (ranking_id, edition, unit_id),
    FOREIGN KEY (ranking_id, edition) REFERENCES score_editions (ranking_id, n)
);

-- What units say of themselves (điểm tự chấm), until the cut-off.
CREATE TABLE score_self_marks (
    ranking_id UUID NOT NULL REFERENCES score_rankings (id),
    unit_id    UUID NOT NULL,
    measure    TEXT NOT NULL,
    points     TEXT NOT NULL,
    note       TEXT NOT NULL,
    by_account UUID NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (ranking_id, unit_id, measure)
);

-- What appraisers gave instead of what was computed; the newest of a component holds.
CREATE TABLE score_adjustments (
    id         UUID NOT NULL PRIMARY KEY,
    ranking_id UUID NOT NULL REFERENCES score_rankings (id),
    unit_id    UUID NOT NULL,
    measure    TEXT NOT NULL,
    points     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    by_account UUID NOT NULL,
    agency_id  UUID NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX score_adjustments_of_ranking ON score_adjustments (ranking_id, at, id);

-- What units contest (phản hồi số liệu), and the answers.
CREATE TABLE score_appeals (
    id               UUID NOT NULL PRIMARY KEY,
    ranking_id       UUID NOT NULL REFERENCES score_rankings (id),
    agency_id        UUID NOT NULL,                 -- that answers
    unit_id          UUID NOT NULL,
    unit_code        TEXT NOT NULL,
    measure          TEXT NOT NULL,               -- empty when it is about the whole score
    edition          BIGINT NOT NULL,
    shown            TEXT NOT NULL,               -- what stood there when it was contested
    reason           TEXT NOT NULL,
    evidence         TEXT NOT NULL,
    asked_by         UUID NOT NULL,
    asked_at         BIGINT NOT NULL,
    due_on           DATE NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
    answer           TEXT NOT NULL,
    corrected        TEXT NOT NULL,               -- the component set right, or empty
    points           TEXT NOT NULL,               -- its points then, or empty
    answered_by      UUID,
    answered_at      BIGINT,
    answered_edition BIGINT NOT NULL,
    CHECK ((state = 'open') = (answered_by IS NULL)),
    CHECK (answered_by IS NULL OR answered_by <> asked_by)
);
CREATE UNIQUE INDEX score_appeals_open ON score_appeals (ranking_id, unit_id, measure) WHERE state = 'open';
CREATE INDEX score_appeals_of_unit ON score_appeals (ranking_id, unit_id, asked_at, id);
CREATE INDEX score_appeals_to_answer ON score_appeals (agency_id, state, due_on, id);
CREATE INDEX score_appeals_by_unit ON score_appeals (unit_id, asked_at, id);

-- Targets of some units, without walking those of all others.
CREATE INDEX indicator_targets_of_unit ON indicator_targets (unit_id, state, id);

-- Rounds of reports that were due within a period.
CREATE INDEX report_rounds_by_due ON report_rounds (due_on, id);
CREATE INDEX report_rounds_by_commune_due ON report_rounds (commune_due_on, id);
