-- The desk of the portal: the legal opinion (ý kiến pháp chế) as a step of its own, what readers of a draft say
-- about its blocks, and who has an item open.

-- Seats that give the legal opinion; none where a section asks for none.
ALTER TABLE portal_sections ADD COLUMN vetters TEXT NOT NULL DEFAULT '';
-- Nothing is let out while somebody's remark is not settled.
ALTER TABLE portal_sections ADD COLUMN must_settle BOOLEAN NOT NULL DEFAULT FALSE;

-- Every legal opinion, on the version it was given on.
CREATE TABLE portal_legal_opinions (
    id         UUID    NOT NULL PRIMARY KEY,
    item_id    UUID    NOT NULL REFERENCES portal_items (id),
    n          BIGINT NOT NULL,                   -- the version
    agrees     BOOLEAN NOT NULL,
    body       TEXT    NOT NULL,
    account_id UUID    NOT NULL,
    author     TEXT    NOT NULL,                   -- the name of the seat
    at         BIGINT NOT NULL,
    CHECK (agrees OR body <> '')
);
CREATE INDEX portal_legal_opinions_of_item ON portal_legal_opinions (item_id, n, id);
CREATE FUNCTION portal_legal_opinions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a legal opinion never changes and never goes';
END;
$$;
CREATE TRIGGER portal_legal_opinions_keep BEFORE UPDATE OR DELETE ON portal_legal_opinions
FOR EACH ROW EXECUTE FUNCTION portal_legal_opinions_refuse();

-- A remark (góp ý) on one block, with whatever was answered. What was said never changes; only whether it is settled.
CREATE TABLE portal_threads (
    id         UUID    NOT NULL PRIMARY KEY,
    item_id    UUID    NOT NULL REFERENCES portal_items (id),
    mark       TEXT    NOT NULL,                   -- of the block
    quote      TEXT    NOT NULL,                   -- how the block began
    n          BIGINT NOT NULL,                   -- the version that was read
    is_settled BOOLEAN NOT NULL
);
CREATE INDEX portal_threads_of_item ON portal_threads (item_id, is_settled, id);
CREATE TABLE portal_comments (
    id         UUID    NOT NULL PRIMARY KEY,
    thread_id  UUID    NOT NULL REFERENCES portal_threads (id),
    item_id    UUID    NOT NULL REFERENCES portal_items (id),
    act        TEXT    NOT NULL,                   -- said, settled, reopened
    body       TEXT    NOT NULL,
    account_id UUID    NOT NULL,
    author     TEXT    NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX portal_comments_of_item ON portal_comments (item_id, id);
CREATE FUNCTION portal_comments_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a remark never changes and never goes';
END;
$$;
CREATE TRIGGER portal_comments_keep BEFORE UPDATE OR DELETE ON portal_comments
FOR EACH ROW EXECUTE FUNCTION portal_comments_refuse();

-- Who has an item open to write, and was last heard of when.
CREATE TABLE portal_holders (
    item_id    UUID    NOT NULL PRIMARY KEY REFERENCES portal_items (id),
    account_id UUID    NOT NULL,
    author     TEXT    NOT NULL,
    since      BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL
);
