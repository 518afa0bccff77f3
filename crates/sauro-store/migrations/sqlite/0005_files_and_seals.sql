-- Files (tệp), kept by content outside the database. A row is written only after the file is durable.
CREATE TABLE files (
    hash     BLOB NOT NULL PRIMARY KEY,   -- SHA-256 of the content, 32 bytes
    n_bytes  INTEGER NOT NULL CHECK (n_bytes >= 0),
    mime     TEXT NOT NULL,               -- as sniffed from the content
    added_at INTEGER NOT NULL
) STRICT;

-- The proof of the journal: a Merkle tree (RFC 6962) over its entries, in the order of their positions.
-- The leaf of each entry.
CREATE TABLE journal_leaves (
    position  INTEGER NOT NULL PRIMARY KEY,
    leaf_hash BLOB NOT NULL
) STRICT;

-- Hashes of whole subtrees of 256, 65536 ... leaves, so that a proof needs a few hundred rows at most.
CREATE TABLE journal_subtrees (
    level   INTEGER NOT NULL,                -- 8, 16, 24 ...: the subtree has 2^level leaves
    ordinal INTEGER NOT NULL,                -- from 0
    hash    BLOB NOT NULL,
    PRIMARY KEY (level, ordinal)
) STRICT;

-- The root after each round of sealing.
CREATE TABLE journal_heads (
    size INTEGER NOT NULL PRIMARY KEY,       -- how many entries it covers
    root BLOB NOT NULL,
    at   INTEGER NOT NULL                    -- unix microseconds, UTC
) STRICT;
