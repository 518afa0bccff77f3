-- Reminders and escalations, entries that a reader could not digest, notices, e-mail.

-- The newest step of reminding that the present deadline has behind it: 0 none, 1 to 4 before it, 5 and 6 after it.
-- Beside `task_reminders`, which remembers for ever, so that a look with nothing to do reads no task.
ALTER TABLE tasks ADD COLUMN reminded INTEGER NOT NULL DEFAULT 0;
-- When the present deadline was set, once it has been moved; until then the task's issue.
ALTER TABLE tasks ADD COLUMN due_set_at INTEGER;
CREATE INDEX tasks_to_remind ON tasks (reminded, due_on, id) WHERE stage IN ('issued', 'in_progress', 'returned');
-- What was late long before anybody was reminded is not told of again.
UPDATE tasks SET reminded = 6 WHERE due_on < date('now', '-14 days');

-- Whoever moves a deadline starts a new series.
CREATE TRIGGER tasks_due_moved AFTER UPDATE OF due_on ON tasks
WHEN NEW.due_on <> OLD.due_on
BEGIN
    UPDATE tasks SET reminded = 0, due_set_at = NEW.changed_at WHERE id = NEW.id;
END;

-- Each step of each deadline, once for ever: -14, -7, -3, -1 working days before, 1 and 7 after.
CREATE TABLE task_reminders (
    task_id BLOB   NOT NULL REFERENCES tasks (id),
    due_on  TEXT   NOT NULL,
    step    INTEGER NOT NULL CHECK (step IN (-14, -7, -3, -1, 1, 7)),
    is_sent INTEGER NOT NULL CHECK (is_sent IN (0, 1)),  -- false: a later step was reached first, or it lay before the issue
    at      INTEGER NOT NULL,
    PRIMARY KEY (task_id, due_on, step)
) STRICT;

-- Entries that a reader of the journal could not digest and went past.
CREATE TABLE journal_parked (
    reader   TEXT   NOT NULL,
    position INTEGER NOT NULL,
    entry_id BLOB   NOT NULL,
    error    TEXT   NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (reader, position)
) STRICT;

-- Notices (thông báo). One is for a seat, that is a role in an agency, whoever sits there when it is read.
CREATE TABLE notices (
    id        BLOB   NOT NULL PRIMARY KEY,
    agency_id BLOB   NOT NULL,
    role      TEXT   NOT NULL,
    kind      TEXT   NOT NULL,
    n         INTEGER NOT NULL,                  -- how many things it is about
    items     TEXT   NOT NULL,                  -- JSON: the first of them
    at        INTEGER NOT NULL,
    source    BLOB   NOT NULL,                  -- the journal entry it follows from, the last of several
    UNIQUE (source, agency_id, role, kind)
) STRICT;
CREATE INDEX notices_of_seat ON notices (agency_id, role, at, id);

-- Which notices a person has read. Older ones than `notice_marks` count as read.
CREATE TABLE notice_reads (
    account_id BLOB   NOT NULL REFERENCES accounts (id),
    notice_id  BLOB   NOT NULL REFERENCES notices (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (account_id, notice_id)
) STRICT;
CREATE TABLE notice_marks (
    account_id BLOB   NOT NULL REFERENCES accounts (id),
    agency_id  BLOB   NOT NULL,
    role       TEXT   NOT NULL,
    read_until INTEGER NOT NULL,                 -- up to and with this instant
    PRIMARY KEY (account_id, agency_id, role)
) STRICT;

-- Whether and where a person wants notices by e-mail.
CREATE TABLE mail_settings (
    account_id      BLOB    NOT NULL PRIMARY KEY REFERENCES accounts (id),
    address         TEXT    NOT NULL,
    is_on           INTEGER NOT NULL CHECK (is_on IN (0, 1)),
    is_daily        INTEGER NOT NULL CHECK (is_daily IN (0, 1)),  -- gathered, each working morning
    rejected_at     INTEGER,                     -- the server said for good that it takes no mail for this address
    rejected_words  TEXT    NOT NULL,
    changed_at      INTEGER  NOT NULL
) STRICT;

-- The outbox. An open mail gathers notices; a closed one has its words fixed, so that trying again sends the same.
CREATE TABLE mails (
    id         BLOB    NOT NULL PRIMARY KEY,    -- also its Message-ID
    account_id BLOB    NOT NULL REFERENCES accounts (id),
    state      TEXT    NOT NULL CHECK (state IN ('open', 'closed', 'sent', 'rejected', 'dropped')),
    is_hurried INTEGER NOT NULL CHECK (is_hurried IN (0, 1)),  -- false: reminders only, for office hours
    made_at    INTEGER  NOT NULL,
    next_at    INTEGER  NOT NULL,                -- not tried before
    n_tries    INTEGER  NOT NULL,
    address    TEXT    NOT NULL,                -- set when closed
    subject    TEXT    NOT NULL,
    plain      TEXT    NOT NULL,
    html       TEXT    NOT NULL,
    sent_at    INTEGER,
    error      TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX mails_one_open ON mails (account_id) WHERE state = 'open';
CREATE INDEX mails_to_send ON mails (next_at, id) WHERE state IN ('open', 'closed');
CREATE INDEX mails_of_account ON mails (account_id, made_at, id);

CREATE TABLE mail_notices (
    mail_id   BLOB NOT NULL REFERENCES mails (id),
    notice_id BLOB NOT NULL REFERENCES notices (id),
    PRIMARY KEY (mail_id, notice_id)
) STRICT;
