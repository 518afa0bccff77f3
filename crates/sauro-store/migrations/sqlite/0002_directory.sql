-- Agencies, places in time, holidays.

-- Agencies (cơ quan, đơn vị): whoever can be given work, and collective addressees.
CREATE TABLE agencies (
    id           BLOB   NOT NULL PRIMARY KEY,
    code         TEXT   NOT NULL UNIQUE,
    abbr         TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    name_fold    TEXT   NOT NULL,
    name_sort    BLOB NOT NULL,
    kind         TEXT   NOT NULL,
    level        TEXT   NOT NULL CHECK (level IN ('centre', 'province', 'commune')),
    place_code   TEXT,
    parent_id    BLOB,
    path         TEXT NOT NULL UNIQUE,
    scope        TEXT NOT NULL,               -- what it oversees: a path prefix
    is_group     INTEGER NOT NULL CHECK (is_group IN (0, 1)),
    valid_from   TEXT NOT NULL,
    valid_to     TEXT,                        -- the last day
    successor_id BLOB
) STRICT;
CREATE INDEX agencies_of_parent ON agencies (parent_id, name_sort, id);

-- Other names an agency goes by.
CREATE TABLE agency_aliases (
    agency_id  BLOB  NOT NULL REFERENCES agencies (id),
    alias_fold TEXT  NOT NULL,
    alias      TEXT  NOT NULL,
    PRIMARY KEY (agency_id, alias_fold)
) STRICT;
CREATE INDEX agency_aliases_by_fold ON agency_aliases (alias_fold, agency_id);

-- Places (đơn vị hành chính) and what they were called when.
CREATE TABLE places (
    code        TEXT NOT NULL PRIMARY KEY,
    parent_code TEXT REFERENCES places (code),
    level       TEXT NOT NULL CHECK (level IN ('province', 'commune'))
) STRICT;
CREATE INDEX places_of_parent ON places (parent_code, code);

CREATE TABLE place_names (
    code       TEXT   NOT NULL REFERENCES places (code),
    valid_from TEXT NOT NULL,
    valid_to   TEXT,                          -- the last day
    kind       TEXT   NOT NULL,                 -- tỉnh, thành phố, xã, phường, đặc khu
    name       TEXT   NOT NULL,
    name_fold  TEXT   NOT NULL,
    name_sort  BLOB NOT NULL,
    basis      TEXT   NOT NULL,
    PRIMARY KEY (code, valid_from)
) STRICT;

-- Which former place went into which present one; many to many.
CREATE TABLE place_predecessors (
    new_code TEXT NOT NULL REFERENCES places (code),
    level    TEXT NOT NULL CHECK (level IN ('province', 'commune')),
    old_code TEXT NOT NULL,
    old_name TEXT NOT NULL,
    old_fold TEXT NOT NULL,
    context  TEXT NOT NULL,                     -- former district and province
    how      TEXT NOT NULL,                     -- whole, part …
    PRIMARY KEY (new_code, level, old_code)
) STRICT;
CREATE INDEX place_predecessors_by_name ON place_predecessors (old_fold, new_code, level, old_code);

-- Days off, and Saturdays that are worked.
CREATE TABLE holidays (
    day       TEXT NOT NULL PRIMARY KEY,
    is_worked INTEGER NOT NULL CHECK (is_worked IN (0, 1)),
    name      TEXT   NOT NULL,
    kind      TEXT   NOT NULL
) STRICT;
