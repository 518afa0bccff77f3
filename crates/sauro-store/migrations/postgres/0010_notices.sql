-- Reminders and escalations, entries that a reader could not digest, notices, e-mail.

-- The newest step of reminding that the present deadline has behind it: 0 none, 1 to 4 before it, 5 and 6 after it.
-- Beside `task_reminders`, which remembers for ever, so that a look with nothing to do reads no task.
ALTER TABLE tasks ADD COLUMN reminded BIGINT NOT NULL DEFAULT 0;
-- When the present deadline was set, once it has been moved; until then the task's issue.
ALTER TABLE tasks ADD COLUMN due_set_at BIGINT;
CREATE INDEX tasks_to_remind ON tasks (reminded, due_on, id) WHERE stage IN ('issued', 'in_progress', 'returned');
-- What was late long before anybody was reminded is not told of again.
UPDATE tasks SET reminded = 6 WHERE due_on < CURRENT_DATE - 14;

-- Whoever moves a deadline starts a new series.
CREATE FUNCTION tasks_due_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.reminded := 0;
    NEW.due_set_at := NEW.changed_at;
    RETURN NEW;
END $$;
CREATE TRIGGER tasks_due_moved BEFORE UPDATE OF due_on ON tasks
FOR EACH ROW WHEN (NEW.due_on <> OLD.due_on) EXECUTE FUNCTION tasks_due_moved();

-- Each step of each deadline, once for ever: -14, -7, -3, -1 working days before, 1 and 7 after.
CREATE TABLE task_reminders (
    task_id UUID   NOT NULL REFERENCES tasks (id),
    due_on  DATE   NOT NULL,
    step    BIGINT NOT NULL CHECK (step IN (-14, -7, -3, -1, 1, 7)),
    is_sent BOOLEAN NOT NULL,                   -- false: a later step was reached first, or it lay before the issue
    at      BIGINT NOT NULL,
    PRIMARY KEY (task_id, due_on, step)
);

-- Entries that a reader of the journal could not digest and went past.
CREATE TABLE journal_parked (
    reader   TEXT   NOT NULL,
    position BIGINT NOT NULL,
    entry_id UUID   NOT NULL,
    error    TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (reader, position)
);

-- Notices (thông báo). One is for a seat, that is a role in an agency, whoever sits there when it is read.
CREATE TABLE notices (
    id        UUID   NOT NULL PRIMARY KEY,
    agency_id UUID   NOT NULL,
    role      TEXT   NOT NULL,
    kind      TEXT   NOT NULL,
    n         BIGINT NOT NULL,                  -- how many things it is about
    items     TEXT   NOT NULL,                  -- JSON: the first of them
    at        BIGINT NOT NULL,
    source    UUID   NOT NULL,                  -- the journal entry it follows from, the last of several
    UNIQUE (source, agency_id, role, kind)
);
CREATE INDEX notices_of_seat ON notices (agency_id, role, at, id);

-- Which notices a person has read. Older ones than `notice_marks` count as read.
CREATE TABLE notice_reads (
    account_id UUID   NOT NULL REFERENCES accounts (id),
    notice_id  UUID   NOT NULL REFERENCES notices (id),
    at         BIGINT NOT NULL,
    PRIMARY KEY (account_id, notice_id)
);
CREATE TABLE notice_marks (
    account_id UUID   NOT NULL REFERENCES accounts (id),
    agency_id  UUID   NOT NULL,
    role       TEXT   NOT NULL,
    read_until BIGINT NOT NULL,                 -- up to and with this instant
    PRIMARY KEY (account_id, agency_id, role)
);

-- Whether and where a person wants notices by e-mail.
CREATE TABLE mail_settings (
    account_id      UUID    NOT NULL PRIMARY KEY REFERENCES accounts (id),
    address         TEXT    NOT NULL,
    is_on           BOOLEAN NOT NULL,
    is_daily        BOOLEAN NOT NULL,           -- gathered, each working morning
    rejected_at     BIGINT,                     -- the server said for good that it takes no mail for this address
    rejected_words  TEXT    NOT NULL,
    changed_at      BIGINT  NOT NULL
);

-- The outbox. An open mail gathers notices; a closed one has its words fixed, so that trying again sends the same.
CREATE TABLE mails (
    id         UUID    NOT NULL PRIMARY KEY,    -- also its Message-ID
    account_id UUID    NOT NULL REFERENCES accounts (id),
    state      TEXT    NOT NULL CHECK (state IN ('open', 'closed', 'sent', 'rejected', 'dropped')),
    is_hurried BOOLEAN NOT NULL,                -- false: reminders only, for office hours
    made_at    BIGINT  NOT NULL,
    next_at    BIGINT  NOT NULL,                -- not tried before
    n_tries    BIGINT  NOT NULL,
    address    TEXT    NOT NULL,                -- set when closed
    subject    TEXT    NOT NULL,
    plain      TEXT    NOT NULL,
    html       TEXT    NOT NULL,
    sent_at    BIGINT,
    error      TEXT    NOT NULL
);
CREATE UNIQUE INDEX mails_one_open ON mails (account_id) WHERE state = 'open';
CREATE INDEX mails_to_send ON mails (next_at, id) WHERE state IN ('open', 'closed');
CREATE INDEX mails_of_account ON mails (account_id, made_at, id);

CREATE TABLE mail_notices (
    mail_id   UUID NOT NULL REFERENCES mails (id),
    notice_id UUID NOT NULL REFERENCES notices (id),
    PRIMARY KEY (mail_id, notice_id)
);
