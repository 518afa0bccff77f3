-- E-mail as a channel of petitions: which messages were taken in, letters to those who sent them.

-- Messages that are dealt with, so that each is taken in once whatever breaks meanwhile.
CREATE TABLE mailbox_messages (
    key_hash    BLOB NOT NULL PRIMARY KEY,          -- of Message-ID, address, subject and text
    outcome     TEXT NOT NULL CHECK (outcome IN ('taken', 'refused', 'skipped')),
    petition_id BLOB,                               -- the case it became
    at          INTEGER NOT NULL
) STRICT;

-- How many messages came to what, by month; of what was left aside also why.
CREATE TABLE mailbox_counts (
    month   TEXT    NOT NULL,
    outcome TEXT    NOT NULL,
    reason  TEXT    NOT NULL,
    n       INTEGER NOT NULL,
    PRIMARY KEY (month, outcome, reason)
) STRICT;

-- Letters to senders. Where to and what about is sealed, and gone once the letter has ended.
CREATE TABLE mailbox_letters (
    id          BLOB NOT NULL PRIMARY KEY,          -- also its Message-ID
    cause       BLOB NOT NULL UNIQUE,               -- hash of what it answers: each is written once
    kind        TEXT NOT NULL CHECK (kind IN ('receipt', 'refusal', 'asked', 'answered')),
    petition_id BLOB,                               -- the address is that of the case's sender, unless forgotten
    sealed      BLOB,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'rejected', 'dropped')),
    made_at     INTEGER NOT NULL,
    next_at     INTEGER NOT NULL,                      -- not tried before
    n_tries     INTEGER NOT NULL,
    sent_at     INTEGER,
    error       TEXT NOT NULL
) STRICT;
CREATE INDEX mailbox_letters_to_send ON mailbox_letters (next_at, id) WHERE state = 'waiting';

-- Letters written to one address on one day; forgotten after two.
CREATE TABLE mailbox_days (
    source BLOB NOT NULL PRIMARY KEY,               -- hash of the address and the day
    at     INTEGER NOT NULL,
    n      INTEGER NOT NULL
) STRICT;
CREATE INDEX mailbox_days_old ON mailbox_days (at, source);
