-- Indicators, their targets, the figures that units report, and the roll-ups kept of them.
-- Figures are exact decimals, written out as text: `39.52`.

-- Indicators (chỉ số). What one means stands in its newest version.
CREATE TABLE indicators (
    id              BLOB    NOT NULL PRIMARY KEY,
    code            TEXT    NOT NULL UNIQUE,
    owner_agency_id BLOB    NOT NULL,
    owner_path      TEXT    NOT NULL,
    version         INTEGER NOT NULL              -- of the newest definition
) STRICT;

-- What an indicator means, once for ever: a change is another version.
CREATE TABLE indicator_versions (
    indicator_id BLOB    NOT NULL REFERENCES indicators (id),
    version      INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN ('strategic', 'operational')),
    levels       TEXT    NOT NULL,                -- who reports it, from the top, separated by |
    unit         TEXT    NOT NULL,
    decimals     INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 6),
    direction    TEXT    NOT NULL CHECK (direction IN ('higher', 'lower')),
    nature       TEXT    NOT NULL CHECK (nature IN ('stock', 'flow')),
    factor       TEXT,                            -- of numerator by denominator
    formula      TEXT,                            -- of what is calculated
    operator     TEXT    NOT NULL,
    rhythm       TEXT    NOT NULL,
    low          TEXT,
    high         TEXT,
    basis        TEXT    NOT NULL,
    note         TEXT    NOT NULL,
    by_account   BLOB    NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (indicator_id, version)
) STRICT;

-- Targets (chỉ tiêu). A baseline never changes: another one is another row, confirmed by a second person.
CREATE TABLE indicator_targets (
    id           BLOB    NOT NULL PRIMARY KEY,
    indicator_id BLOB    NOT NULL REFERENCES indicators (id),
    unit_id      BLOB    NOT NULL,
    unit_code    TEXT    NOT NULL,
    unit_level   TEXT    NOT NULL,
    province     TEXT    NOT NULL,
    unit_path    TEXT    NOT NULL,
    period       TEXT    NOT NULL,                -- by the end of which; empty where the document names none
    comparison   TEXT    NOT NULL CHECK (comparison IN ('>=', '>', '<=', '<', '=')),
    value        TEXT    NOT NULL,
    baseline     TEXT,
    baseline_on  TEXT,
    state        TEXT    NOT NULL CHECK (state IN ('in_force', 'proposed', 'replaced', 'refused')),
    reason       TEXT    NOT NULL,
    set_by       BLOB    NOT NULL,
    set_at       INTEGER NOT NULL,
    decided_by   BLOB,
    CHECK (decided_by IS NULL OR decided_by <> set_by)
) STRICT;
CREATE UNIQUE INDEX indicator_targets_in_force ON indicator_targets (indicator_id, unit_id, period) WHERE state = 'in_force';
CREATE UNIQUE INDEX indicator_targets_proposed ON indicator_targets (indicator_id, unit_id, period) WHERE state = 'proposed';
CREATE INDEX indicator_targets_of_indicator ON indicator_targets (indicator_id, state, id);

-- Figures (số liệu): what a unit says of a period, and what the appraiser found beside it.
CREATE TABLE observations (
    id                  BLOB    NOT NULL PRIMARY KEY,
    indicator_id        BLOB    NOT NULL REFERENCES indicators (id),
    definition_version  INTEGER NOT NULL,
    unit_id             BLOB    NOT NULL,
    unit_code           TEXT    NOT NULL,
    unit_level          TEXT    NOT NULL,
    province            TEXT    NOT NULL,         -- that the unit lay in when it reported
    unit_path           TEXT    NOT NULL,
    period              TEXT    NOT NULL,
    as_of               TEXT    NOT NULL,
    value               TEXT    NOT NULL,
    numerator           TEXT,
    denominator         TEXT,
    source              TEXT    NOT NULL,
    remark              TEXT    NOT NULL,
    reported_by         BLOB    NOT NULL,
    reporter_agency_id  BLOB    NOT NULL,
    reported_at         INTEGER NOT NULL,
    appraised           TEXT,
    appraiser_agency_id BLOB,
    appraised_at        INTEGER,
    version             INTEGER NOT NULL,
    UNIQUE (indicator_id, period, unit_id),
    FOREIGN KEY (indicator_id, definition_version) REFERENCES indicator_versions (indicator_id, version)
) STRICT;
CREATE INDEX observations_of_unit ON observations (indicator_id, unit_id, as_of, id);
CREATE INDEX observations_of_level ON observations (indicator_id, unit_level, as_of, id);

-- Every step in the life of a figure.
CREATE TABLE observation_revisions (
    observation_id BLOB    NOT NULL REFERENCES observations (id),
    version        INTEGER NOT NULL,
    step           TEXT    NOT NULL CHECK (step IN ('reported', 'corrected', 'appraised')),
    value          TEXT    NOT NULL,
    reason         TEXT    NOT NULL,
    by_account     BLOB    NOT NULL,
    agency_id      BLOB    NOT NULL,
    at             INTEGER NOT NULL,
    PRIMARY KEY (observation_id, version)
) STRICT;

-- What the roll-ups count of each figure, written by their reader of the journal only.
CREATE TABLE rollup_parts (
    observation_id     BLOB    NOT NULL PRIMARY KEY REFERENCES observations (id),
    indicator_id       BLOB    NOT NULL,
    period             TEXT    NOT NULL,
    province           TEXT    NOT NULL,
    value              TEXT    NOT NULL,
    numerator          TEXT,
    denominator        TEXT,
    is_appraised       INTEGER NOT NULL CHECK (is_appraised IN (0, 1)),
    at                 INTEGER NOT NULL
) STRICT;
CREATE INDEX rollup_parts_of_period ON rollup_parts (indicator_id, period, at, observation_id);

-- Roll-ups: of each indicator, period and place (a province, or VN).
CREATE TABLE rollups (
    indicator_id       BLOB    NOT NULL REFERENCES indicators (id),
    period             TEXT    NOT NULL,
    place              TEXT    NOT NULL,
    definition_version INTEGER NOT NULL,
    n                  INTEGER NOT NULL,
    n_appraised        INTEGER NOT NULL,
    total              TEXT    NOT NULL,
    base               TEXT    NOT NULL,
    held               TEXT,                      -- what cannot be kept by adding, as last recounted
    PRIMARY KEY (indicator_id, period, place)
) STRICT;
