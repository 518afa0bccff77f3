-- Keys that programs send with a report (Idempotency-Key): a retry gets the receipt of the first.
-- The report's row is written later in the same transaction, hence no foreign key.
CREATE TABLE report_keys (
    key_hash  BLOB    NOT NULL PRIMARY KEY,   -- SHA-256 of the agency, the task and the key
    report_id BLOB    NOT NULL,
    at        INTEGER NOT NULL
) STRICT;

-- All tasks by deadline, for those who oversee the nation.
CREATE INDEX tasks_by_due ON tasks (due_on, id);
