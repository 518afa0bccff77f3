-- How many petitions are open and how many were answered, by place and by the month in which they were sent; by
-- field, and for all fields together (''). Counted as cases move, for the map that everybody reads.
CREATE TABLE petition_places (
    scope_id   BLOB    NOT NULL,                    -- a commune, a province, or the id of all zeros for the nation
    month      TEXT    NOT NULL,
    field      TEXT    NOT NULL,
    parent_id  BLOB    NOT NULL,                    -- the scope above
    n_open     INTEGER NOT NULL,
    n_answered INTEGER NOT NULL,
    PRIMARY KEY (scope_id, month, field)
) STRICT;
CREATE INDEX petition_places_below ON petition_places (parent_id, field, month, scope_id);

-- Cases that are there already.
INSERT INTO petition_places (scope_id, month, field, parent_id, n_open, n_answered)
SELECT scope_id, month, field, parent_id, sum(n_open), sum(n_answered)
FROM (
    SELECT
        CASE scopes.n WHEN 0 THEN zeroblob(16) WHEN 1 THEN place.id ELSE province.id END AS scope_id,
        CASE WHEN scopes.n = 1 AND province.id IS NOT NULL THEN province.id ELSE zeroblob(16) END AS parent_id,
        strftime('%Y-%m', petitions.sent_at / 1000000 + 25200, 'unixepoch') AS month,
        CASE fields.n WHEN 0 THEN '' ELSE petitions.field END AS field,
        CASE WHEN petitions.state IN ('answered', 'closed') THEN 0 ELSE 1 END AS n_open,
        CASE WHEN petitions.state IN ('answered', 'closed') THEN 1 ELSE 0 END AS n_answered
    FROM petitions
    JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2) scopes
    JOIN (SELECT 0 AS n UNION ALL SELECT 1) fields
    LEFT JOIN agencies place ON place.id = petitions.place_id
    LEFT JOIN agencies province
        ON province.id = place.parent_id AND place.level = 'commune' AND province.level = 'province'
            AND province.place_code IS NOT NULL
    WHERE petitions.before_merge = '' AND (fields.n = 0 OR petitions.field <> '')
) counted
WHERE scope_id IS NOT NULL
GROUP BY scope_id, month, field, parent_id;

-- Letters tell of a merge as well. SQLite changes no check in place.
CREATE TABLE mailbox_letters_next (
    id          BLOB NOT NULL PRIMARY KEY,          -- also its Message-ID
    cause       BLOB NOT NULL UNIQUE,               -- hash of what it answers: each is written once
    kind        TEXT NOT NULL CHECK (kind IN ('receipt', 'refusal', 'asked', 'merged', 'answered')),
    petition_id BLOB,                               -- the address is that of the case's sender, unless forgotten
    sealed      BLOB,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'rejected', 'dropped')),
    made_at     INTEGER NOT NULL,
    next_at     INTEGER NOT NULL,                      -- not tried before
    n_tries     INTEGER NOT NULL,
    sent_at     INTEGER,
    error       TEXT NOT NULL
) STRICT;
INSERT INTO mailbox_letters_next
SELECT id, cause, kind, petition_id, sealed, state, made_at, next_at, n_tries, sent_at, error
FROM mailbox_letters;
DROP TABLE mailbox_letters;
ALTER TABLE mailbox_letters_next RENAME TO mailbox_letters;
CREATE INDEX mailbox_letters_to_send ON mailbox_letters (next_at, id) WHERE state = 'waiting';
