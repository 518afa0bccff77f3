-- What became of the answers of an agency, counted by the year and the month in which it gave them.
CREATE TABLE petition_tallies (
    period      TEXT NOT NULL,                    -- 2026, or 2026-11
    agency_id   BLOB NOT NULL,
    n_answered  INTEGER NOT NULL,
    on_time     INTEGER NOT NULL,
    late        INTEGER NOT NULL,
    solved      INTEGER NOT NULL,
    unsolved    INTEGER NOT NULL,
    guided      INTEGER NOT NULL,
    rated       INTEGER NOT NULL,
    rating_sum  INTEGER NOT NULL,
    satisfied   INTEGER NOT NULL,
    contested   INTEGER NOT NULL,
    PRIMARY KEY (agency_id, period)
) STRICT;
CREATE INDEX petition_tallies_of_period ON petition_tallies (period, n_answered, agency_id);
