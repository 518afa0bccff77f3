-- Rules between figures, and what is said about the quality of each indicator.

-- Rules (quy tắc kiểm tra): how figures of one unit must stand to each other. A row is the rule as it is
-- now; what it was before stands in the journal.
CREATE TABLE indicator_rules (
    code            TEXT    NOT NULL PRIMARY KEY,
    owner_agency_id BLOB    NOT NULL,
    owner_path      TEXT    NOT NULL,
    sentence        TEXT    NOT NULL,
    left_side       TEXT    NOT NULL,
    comparison      TEXT    NOT NULL CHECK (comparison IN ('>=', '>', '<=', '<', '=')),
    right_side      TEXT    NOT NULL,
    severity        TEXT    NOT NULL CHECK (severity IN ('block', 'warning')),
    levels          TEXT    NOT NULL,             -- whose figures it looks at, from the top, separated by |
    is_active       INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    version         INTEGER NOT NULL,
    changed_by      BLOB    NOT NULL,
    changed_at      INTEGER NOT NULL
) STRICT;

-- The figures that a rule looks at.
CREATE TABLE indicator_rule_parts (
    indicator_id BLOB NOT NULL REFERENCES indicators (id),
    rule_code    TEXT NOT NULL REFERENCES indicator_rules (code),
    PRIMARY KEY (indicator_id, rule_code)
) STRICT;
CREATE INDEX indicator_rule_parts_of_rule ON indicator_rule_parts (rule_code, indicator_id);

-- What the agency that answers for an indicator says about its quality, in five points, each of them
-- empty while nobody has said it. The newest version counts.
CREATE TABLE quality_statements (
    indicator_id BLOB    NOT NULL REFERENCES indicators (id),
    version      INTEGER NOT NULL,
    verification TEXT    NOT NULL,
    source       TEXT    NOT NULL,
    accuracy     TEXT    NOT NULL,
    limits       TEXT    NOT NULL,
    compensation TEXT    NOT NULL,
    by_account   BLOB    NOT NULL,
    agency_id    BLOB    NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (indicator_id, version)
) STRICT;

-- When units of a level were last heard of, without looking at their reports.
CREATE INDEX periodic_reports_heard ON periodic_reports (round_id, unit_level, unit_id, sent_at);
