-- Items in other languages, each beside its original, and where the words of public items lead.

ALTER TABLE portal_items ADD COLUMN tongue TEXT NOT NULL DEFAULT 'vi';
ALTER TABLE portal_items ADD COLUMN original_id BLOB REFERENCES portal_items (id);
CREATE UNIQUE INDEX portal_items_of_original ON portal_items (original_id, tongue)
WHERE original_id IS NOT NULL AND state <> 'withdrawn';

CREATE INDEX portal_addresses_of_item ON portal_addresses (item_id, slug);

-- A link in a block that everybody reads. It is due for a look again when what it leads to may have moved.
CREATE TABLE portal_links (
    item_id   BLOB    NOT NULL REFERENCES portal_items (id),
    n         INTEGER NOT NULL,                    -- counts the links of an item
    mark      TEXT    NOT NULL,                    -- of the block
    words     TEXT    NOT NULL,
    href      TEXT    NOT NULL,
    slug      TEXT    NOT NULL,                    -- the word of an item that it names, or empty
    due_at    INTEGER NOT NULL,
    fault     TEXT    NOT NULL,                    -- what is wrong with it, or empty
    PRIMARY KEY (item_id, n)
) STRICT;
CREATE INDEX portal_links_due ON portal_links (due_at, item_id, n);
CREATE INDEX portal_links_to ON portal_links (slug, item_id, n);
CREATE INDEX portal_links_broken ON portal_links (item_id, n) WHERE fault <> '';

-- The nights on which links were looked at: the node that does it says so again and again while it does.
CREATE TABLE portal_link_nights (
    night    TEXT    NOT NULL PRIMARY KEY,
    heard_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
