-- What happens to a task beside reporting and verifying: more time, pause, cancel, explanation, urging.

-- The deadline that the directive set, once an extension has moved it; until then none.
ALTER TABLE tasks ADD COLUMN first_due_on TEXT;
-- Why the task is paused or cancelled; empty otherwise.
ALTER TABLE tasks ADD COLUMN stage_reason TEXT NOT NULL DEFAULT '';

-- Requests for more time (đề nghị gia hạn): asked by the lead, decided once by the issuer.
CREATE TABLE extensions (
    id                 BLOB   NOT NULL PRIMARY KEY,
    task_id            BLOB   NOT NULL REFERENCES tasks (id),
    asked_by_post_id   BLOB   NOT NULL,
    asked_by_agency_id BLOB   NOT NULL,
    decider_agency_id  BLOB   NOT NULL REFERENCES agencies (id),
    asked_at           INTEGER NOT NULL,
    reason             TEXT   NOT NULL,
    from_on            TEXT   NOT NULL,             -- the deadline when it was asked
    to_on              TEXT   NOT NULL,             -- the deadline asked for
    state              TEXT   NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'withdrawn')),
    decided_by_post_id BLOB,
    decided_at         INTEGER,
    answer             TEXT   NOT NULL
) STRICT;
CREATE UNIQUE INDEX extensions_one_open ON extensions (task_id) WHERE state = 'asked';
CREATE INDEX extensions_of_task ON extensions (task_id, asked_at, id);
CREATE INDEX extensions_to_decide ON extensions (decider_agency_id, state, asked_at, id);
CREATE INDEX extensions_asked ON extensions (asked_by_agency_id, state, asked_at, id);

-- Requests to explain (yêu cầu giải trình), each with a deadline of its own.
CREATE TABLE explanations (
    id                  BLOB   NOT NULL PRIMARY KEY,
    task_id             BLOB   NOT NULL REFERENCES tasks (id),
    asked_by_post_id    BLOB   NOT NULL,
    asked_by_agency_id  BLOB   NOT NULL REFERENCES agencies (id),
    lead_agency_id      BLOB   NOT NULL REFERENCES agencies (id),
    asked_at            INTEGER NOT NULL,
    question            TEXT   NOT NULL,
    due_on              TEXT   NOT NULL,
    state               TEXT   NOT NULL CHECK (state IN ('asked', 'answered', 'closed')),
    answered_by_post_id BLOB,
    answered_at         INTEGER,
    answer              TEXT   NOT NULL,
    closed_at           INTEGER
) STRICT;
CREATE UNIQUE INDEX explanations_one_open ON explanations (task_id, asked_by_agency_id) WHERE state = 'asked';
CREATE INDEX explanations_of_task ON explanations (task_id, asked_at, id);
CREATE INDEX explanations_owed ON explanations (lead_agency_id, state, due_on, id);
CREATE INDEX explanations_to_read ON explanations (asked_by_agency_id, state, answered_at, id);

-- Urgings (đôn đốc): at most one a day from one agency.
CREATE TABLE urges (
    id           BLOB   NOT NULL PRIMARY KEY,
    task_id      BLOB   NOT NULL REFERENCES tasks (id),
    by_post_id   BLOB   NOT NULL,
    by_agency_id BLOB   NOT NULL,
    on_day       TEXT   NOT NULL,
    at           INTEGER NOT NULL,
    words        TEXT   NOT NULL,
    UNIQUE (task_id, by_agency_id, on_day)
) STRICT;
CREATE INDEX urges_of_task ON urges (task_id, at, id);
