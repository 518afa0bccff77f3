-- What became of the answers of an agency, counted by the year and the month in which it gave them.
CREATE TABLE petition_tallies (
    period      TEXT NOT NULL,                    -- 2026, or 2026-11
    agency_id   UUID NOT NULL,
    n_answered  BIGINT NOT NULL,
    on_time     BIGINT NOT NULL,
    late        BIGINT NOT NULL,
    solved      BIGINT NOT NULL,
    unsolved    BIGINT NOT NULL,
    guided      BIGINT NOT NULL,
    rated       BIGINT NOT NULL,
    rating_sum  BIGINT NOT NULL,
    satisfied   BIGINT NOT NULL,
    contested   BIGINT NOT NULL,
    PRIMARY KEY (agency_id, period)
);
CREATE INDEX petition_tallies_of_period ON petition_tallies (period, n_answered, agency_id);
