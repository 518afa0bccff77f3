-- Words that were searched and found nothing, for editors: only the words, never who.
CREATE TABLE search_misses (
    fold     TEXT    NOT NULL,                      -- without marks, so that one question is one row
    words    TEXT    NOT NULL,                      -- as they were last typed
    n        INTEGER NOT NULL CHECK (n > 0),
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    PRIMARY KEY (fold)
) STRICT;
CREATE INDEX search_misses_most ON search_misses (n, fold);
CREATE INDEX search_misses_old ON search_misses (last_at, fold);
