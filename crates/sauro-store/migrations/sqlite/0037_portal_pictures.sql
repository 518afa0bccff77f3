-- The library of pictures (kho ảnh): each at an address that stays, in versions, drawn at a few widths.

CREATE TABLE portal_pictures (
    id          BLOB NOT NULL PRIMARY KEY,
    agency_id   BLOB NOT NULL REFERENCES agencies (id),
    agency_path TEXT NOT NULL,
    n           INTEGER NOT NULL,                      -- the version that is shown
    hash        TEXT NOT NULL,                     -- its content
    name        TEXT NOT NULL,
    mime        TEXT NOT NULL,
    width       INTEGER NOT NULL,                      -- as drawn at most; 0 of one that was not measured yet
    height      INTEGER NOT NULL,
    is_clear    INTEGER NOT NULL,                      -- some of it lets through what is below
    n_bytes     INTEGER NOT NULL,
    alt         TEXT NOT NULL,
    licence     TEXT NOT NULL,                     -- a code, or empty
    source      TEXT NOT NULL,
    words       TEXT NOT NULL,                  -- name, alternative text and source, folded, for the filter
    focal_x     INTEGER NOT NULL,                      -- in thousandths, from the left
    focal_y     INTEGER NOT NULL,                      -- in thousandths, from above
    author      TEXT NOT NULL,                     -- the name of the seat that added it
    added_at    INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL,
    removed_at  INTEGER,
    stamp       INTEGER NOT NULL,
    CHECK (focal_x BETWEEN 0 AND 1000 AND focal_y BETWEEN 0 AND 1000)
) STRICT;
CREATE INDEX portal_pictures_of_agency ON portal_pictures (agency_id, id) WHERE removed_at IS NULL;

-- What a picture showed, from its first file on. None changes and none goes.
CREATE TABLE portal_picture_versions (
    picture_id BLOB NOT NULL REFERENCES portal_pictures (id),
    n          INTEGER NOT NULL,
    hash       TEXT NOT NULL,
    name       TEXT NOT NULL,
    mime       TEXT NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    is_clear   INTEGER NOT NULL,
    n_bytes    INTEGER NOT NULL,
    author     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (picture_id, n)
) STRICT;
CREATE TRIGGER portal_picture_versions_keep BEFORE UPDATE ON portal_picture_versions
BEGIN
    SELECT RAISE(ABORT, 'a version of a picture never changes');
END;
CREATE TRIGGER portal_picture_versions_stay BEFORE DELETE ON portal_picture_versions
BEGIN
    SELECT RAISE(ABORT, 'a version of a picture never goes');
END;

-- Which items show which pictures: in the version that everybody reads, and in the newest one.
CREATE TABLE portal_picture_uses (
    item_id    BLOB NOT NULL REFERENCES portal_items (id),
    place      TEXT NOT NULL CHECK (place IN ('live', 'newest')),
    ord        INTEGER NOT NULL,                       -- 0 is the first picture of the item
    picture_id BLOB NOT NULL REFERENCES portal_pictures (id),
    PRIMARY KEY (item_id, place, ord)
) STRICT;
CREATE INDEX portal_picture_uses_of_picture ON portal_picture_uses (picture_id, place, item_id);

-- What was drawn of a content, at a width and in a format. It follows from the content and can be drawn again.
CREATE TABLE portal_renditions (
    hash    TEXT NOT NULL,
    width   INTEGER NOT NULL,
    format  TEXT NOT NULL,
    drawn   TEXT NOT NULL,                         -- the content that came of it
    n_bytes INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (hash, width, format)
) STRICT;

-- Pictures that came with items so far are in the library from now on, under the ids that their blocks name.
INSERT INTO portal_pictures (
    id, agency_id, agency_path, n, hash, name, mime, width, height, is_clear, n_bytes, alt, licence, source, words,
    focal_x, focal_y, author, added_at, changed_at, removed_at, stamp)
SELECT f.id, i.agency_id, i.agency_path, 1, f.hash, f.name, f.mime, 0, 0, 0, f.n_bytes, '', '', '', '',
    500, 500, '', f.at, f.at, NULL, 1
FROM portal_files f JOIN portal_items i ON i.id = f.item_id
WHERE f.mime IN ('image/jpeg', 'image/png', 'image/webp');
INSERT INTO portal_picture_versions (
    picture_id, n, hash, name, mime, width, height, is_clear, n_bytes, author, at)
SELECT id, 1, hash, name, mime, 0, 0, 0, n_bytes, '', added_at FROM portal_pictures;
INSERT INTO portal_picture_uses (item_id, place, ord, picture_id)
SELECT b.item_id, b.place, ROW_NUMBER() OVER (PARTITION BY b.item_id, b.place ORDER BY b.at) - 1, p.id
FROM (
    SELECT v.item_id, 'newest' AS place, j.key AS at,
        unhex(replace(json_extract(j.value, '$.file'), '-', '')) AS file
    FROM portal_items i JOIN portal_versions v ON v.item_id = i.id AND v.n = i.version_n,
        json_each(v.content, '$.blocks') j
    WHERE json_extract(j.value, '$.kind') = 'image'
    UNION ALL
    SELECT v.item_id, 'live' AS place, j.key AS at,
        unhex(replace(json_extract(j.value, '$.file'), '-', '')) AS file
    FROM portal_items i JOIN portal_versions v ON v.item_id = i.id AND v.n = i.live_n,
        json_each(v.content, '$.blocks') j
    WHERE json_extract(j.value, '$.kind') = 'image'
) b
JOIN portal_pictures p ON p.id = b.file;
