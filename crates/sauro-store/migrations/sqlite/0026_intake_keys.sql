-- Programs that send petitions show a key. Only its SHA-256 is kept.
CREATE TABLE intake_keys (
    id         BLOB NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,                     -- the system that has it
    key_hash   BLOB NOT NULL UNIQUE,
    made_at    INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

-- Programs read public cases in the order in which they were sent.
CREATE INDEX petitions_public_by_sent ON petitions (sent_at, id)
    WHERE answered_at IS NOT NULL AND may_publish AND NOT is_hidden;

-- A partial index serves only those who ask in its own words.
DROP INDEX petitions_public;
CREATE INDEX petitions_public ON petitions (answered_at, id)
    WHERE answered_at IS NOT NULL AND may_publish AND NOT is_hidden;
