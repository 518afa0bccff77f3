-- The desk of the portal: the legal opinion (ý kiến pháp chế) as a step of its own, what readers of a draft say
-- about its blocks, and who has an item open.

-- Seats that give the legal opinion; none where a section asks for none.
ALTER TABLE portal_sections ADD COLUMN vetters TEXT NOT NULL DEFAULT '';
-- Nothing is let out while somebody's remark is not settled.
ALTER TABLE portal_sections ADD COLUMN must_settle INTEGER NOT NULL DEFAULT 0;

-- Every legal opinion, on the version it was given on.
CREATE TABLE portal_legal_opinions (
    id         BLOB    NOT NULL PRIMARY KEY,
    item_id    BLOB    NOT NULL REFERENCES portal_items (id),
    n          INTEGER NOT NULL,                   -- the version
    agrees     INTEGER NOT NULL,
    body       TEXT    NOT NULL,
    account_id BLOB    NOT NULL,
    author     TEXT    NOT NULL,                   -- the name of the seat
    at         INTEGER NOT NULL,
    CHECK (agrees = 1 OR body <> '')
) STRICT;
CREATE INDEX portal_legal_opinions_of_item ON portal_legal_opinions (item_id, n, id);
CREATE TRIGGER portal_legal_opinions_keep BEFORE UPDATE ON portal_legal_opinions
BEGIN
    SELECT RAISE(ABORT, 'a legal opinion never changes');
END;
CREATE TRIGGER portal_legal_opinions_stay BEFORE DELETE ON portal_legal_opinions
BEGIN
    SELECT RAISE(ABORT, 'a legal opinion never goes');
END;

-- A remark (góp ý) on one block, with whatever was answered. What was said never changes; only whether it is settled.
CREATE TABLE portal_threads (
    id         BLOB    NOT NULL PRIMARY KEY,
    item_id    BLOB    NOT NULL REFERENCES portal_items (id),
    mark       TEXT    NOT NULL,                   -- of the block
    quote      TEXT    NOT NULL,                   -- how the block began
    n          INTEGER NOT NULL,                   -- the version that was read
    is_settled INTEGER NOT NULL
) STRICT;
CREATE INDEX portal_threads_of_item ON portal_threads (item_id, is_settled, id);
CREATE TABLE portal_comments (
    id         BLOB    NOT NULL PRIMARY KEY,
    thread_id  BLOB    NOT NULL REFERENCES portal_threads (id),
    item_id    BLOB    NOT NULL REFERENCES portal_items (id),
    act        TEXT    NOT NULL,                   -- said, settled, reopened
    body       TEXT    NOT NULL,
    account_id BLOB    NOT NULL,
    author     TEXT    NOT NULL,
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX portal_comments_of_item ON portal_comments (item_id, id);
CREATE TRIGGER portal_comments_keep BEFORE UPDATE ON portal_comments
BEGIN
    SELECT RAISE(ABORT, 'a remark never changes');
END;
CREATE TRIGGER portal_comments_stay BEFORE DELETE ON portal_comments
BEGIN
    SELECT RAISE(ABORT, 'a remark never goes');
END;

-- Who has an item open to write, and was last heard of when.
CREATE TABLE portal_holders (
    item_id    BLOB    NOT NULL PRIMARY KEY REFERENCES portal_items (id),
    account_id BLOB    NOT NULL,
    author     TEXT    NOT NULL,
    since      INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT;
