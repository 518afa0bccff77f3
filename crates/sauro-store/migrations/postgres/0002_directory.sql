-- Agencies, places in time, holidays.

-- Agencies (cơ quan, đơn vị): whoever can be given work, and collective addressees.
CREATE TABLE agencies (
    id           UUID   NOT NULL PRIMARY KEY,
    code         TEXT   NOT NULL UNIQUE,
    abbr         TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    name_fold    TEXT   NOT NULL,
    name_sort    BYTEA NOT NULL,
    kind         TEXT   NOT NULL,
    level        TEXT   NOT NULL CHECK (level IN ('centre', 'province', 'commune')),
    place_code   TEXT,
    parent_id    UUID,
    path         TEXT COLLATE "C" NOT NULL UNIQUE,
    scope        TEXT COLLATE "C" NOT NULL,               -- what it oversees: a path prefix
    is_group     BOOLEAN NOT NULL,
    valid_from   DATE NOT NULL,
    valid_to     DATE,                        -- the last day
    successor_id UUID
);
CREATE INDEX agencies_of_parent ON agencies (parent_id, name_sort, id);

-- Other names an agency goes by.
CREATE TABLE agency_aliases (
    agency_id  UUID  NOT NULL REFERENCES agencies (id),
    alias_fold TEXT  NOT NULL,
    alias      TEXT  NOT NULL,
    PRIMARY KEY (agency_id, alias_fold)
);
CREATE INDEX agency_aliases_by_fold ON agency_aliases (alias_fold, agency_id);

-- Places (đơn vị hành chính) and what they were called when.
CREATE TABLE places (
    code        TEXT NOT NULL PRIMARY KEY,
    parent_code TEXT REFERENCES places (code),
    level       TEXT NOT NULL CHECK (level IN ('province', 'commune'))
);
CREATE INDEX places_of_parent ON places (parent_code, code);

CREATE TABLE place_names (
    code       TEXT   NOT NULL REFERENCES places (code),
    valid_from DATE NOT NULL,
    valid_to   DATE,                          -- the last day
    kind       TEXT   NOT NULL,                 -- tỉnh, thành phố, xã, phường, đặc khu
    name       TEXT   NOT NULL,
    name_fold  TEXT   NOT NULL,
    name_sort  BYTEA NOT NULL,
    basis      TEXT   NOT NULL,
    PRIMARY KEY (code, valid_from)
);

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
);
CREATE INDEX place_predecessors_by_name ON place_predecessors (old_fold, new_code, level, old_code);

-- Days off, and Saturdays that are worked.
CREATE TABLE holidays (
    day       DATE NOT NULL PRIMARY KEY,
    is_worked BOOLEAN NOT NULL,
    name      TEXT   NOT NULL,
    kind      TEXT   NOT NULL
);
