-- Senders are told on the way that they left: by mail or by short message, whichever way their case came in.

CREATE TABLE mailbox_letters_next (
    id          BLOB NOT NULL PRIMARY KEY,          -- also its Message-ID
    cause       BLOB NOT NULL UNIQUE,               -- hash of what it answers: each is written once
    kind        TEXT NOT NULL
        CHECK (kind IN ('receipt', 'refusal', 'asked', 'extended', 'merged', 'answered', 'code')),
    way         TEXT NOT NULL DEFAULT 'mail' CHECK (way IN ('mail', 'sms')),
    petition_id BLOB,                               -- the address is that of the case's sender, unless forgotten
    sealed      BLOB,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'rejected', 'dropped')),
    made_at     INTEGER NOT NULL,
    next_at     INTEGER NOT NULL,                   -- not tried before
    n_tries     INTEGER NOT NULL,
    n_unsure    INTEGER NOT NULL DEFAULT 0,         -- tries after which the server may have it
    sent_at     INTEGER,
    error       TEXT NOT NULL
) STRICT;
INSERT INTO mailbox_letters_next
SELECT id, cause, kind, 'mail', petition_id, sealed, state, made_at, next_at, n_tries, 0, sent_at, error
FROM mailbox_letters;
DROP TABLE mailbox_letters;
ALTER TABLE mailbox_letters_next RENAME TO mailbox_letters;
CREATE INDEX mailbox_letters_to_send ON mailbox_letters (way, next_at, id) WHERE state = 'waiting';

-- Lists of places and of fields walk the indexes of public cases alone; these two only made each write dearer.
DROP INDEX petitions_of_place;
DROP INDEX petitions_of_field;

-- The few cases about an official, who is told of none of them: counted apart, so that all others are counted along an
-- index alone.
CREATE INDEX petitions_about ON petitions (about_id, holder_id, state) WHERE about_id IS NOT NULL;

-- What only the desk that coordinates can bring forward: few cases among many that wait to be sorted.
CREATE INDEX petitions_to_bind ON petitions (holder_id, due_on, id) WHERE state = 'sorting' AND n_refusals >= 2;
