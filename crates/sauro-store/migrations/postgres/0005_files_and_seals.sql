-- Files (tệp), kept by content outside the database. A row is written only after the file is durable.
CREATE TABLE files (
    hash     BYTEA NOT NULL PRIMARY KEY,   -- SHA-256 of the content, 32 bytes
    n_bytes  BIGINT NOT NULL CHECK (n_bytes >= 0),
    mime     TEXT NOT NULL,               -- as sniffed from the content
    added_at BIGINT NOT NULL
);

-- The proof of the journal: a Merkle tree (RFC 6962) over its entries, in the order of their positions.
-- The leaf of each entry.
CREATE TABLE journal_leaves (
    position  BIGINT NOT NULL PRIMARY KEY,
    leaf_hash BYTEA NOT NULL
);

-- Hashes of whole subtrees of 256, 65536 ... leaves, so that a proof needs a few hundred rows at most.
CREATE TABLE journal_subtrees (
    level   BIGINT NOT NULL,                -- 8, 16, 24 ...: the subtree has 2^level leaves
    ordinal BIGINT NOT NULL,                -- from 0
    hash    BYTEA NOT NULL,
    PRIMARY KEY (level, ordinal)
);

-- The root after each round of sealing.
CREATE TABLE journal_heads (
    size BIGINT NOT NULL PRIMARY KEY,       -- how many entries it covers
    root BYTEA NOT NULL,
    at   BIGINT NOT NULL                    -- unix microseconds, UTC
);
