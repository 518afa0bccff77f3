-- Keys that programs send with a report (Idempotency-Key): a retry gets the receipt of the first.
-- The report's row is written later in the same transaction, hence no foreign key.
CREATE TABLE report_keys (
    key_hash  BYTEA  NOT NULL PRIMARY KEY,   -- SHA-256 of the agency, the task and the key
    report_id UUID   NOT NULL,
    at        BIGINT NOT NULL
);

-- All tasks by deadline, for those who oversee the nation.
CREATE INDEX tasks_by_due ON tasks (due_on, id);

-- Numbers of receipts. A row that counts would make all senders of the day wait for each other's
-- commit; SQLite has one writer anyway and counts in `receipt_numbers`.
CREATE SEQUENCE receipt_numbers_given AS INTEGER MAXVALUE 999999 CYCLE;
