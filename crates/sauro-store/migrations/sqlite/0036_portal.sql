-- The portal (cổng thông tin): what agencies publish, in versions that stay, at addresses that are kept.

-- A section (chuyên mục) of one agency. Each list of roles narrows what the policy lets its seats do.
CREATE TABLE portal_sections (
    id          BLOB    NOT NULL PRIMARY KEY,
    code        TEXT    NOT NULL UNIQUE,
    name        TEXT    NOT NULL,
    agency_id   BLOB    NOT NULL REFERENCES agencies (id),
    agency_path TEXT NOT NULL,
    writers     TEXT    NOT NULL,                  -- codes of roles, one space between
    editors     TEXT    NOT NULL,
    approvers   TEXT    NOT NULL
) STRICT;
CREATE INDEX portal_sections_of_agency ON portal_sections (agency_id, id);

-- A topic (chủ đề) that gathers items of all sections.
CREATE TABLE portal_topics (
    id   BLOB    NOT NULL PRIMARY KEY,
    slug TEXT    NOT NULL UNIQUE,
    name TEXT    NOT NULL
) STRICT;

CREATE TABLE portal_items (
    id           BLOB    NOT NULL PRIMARY KEY,
    kind         TEXT    NOT NULL,
    shelf        TEXT    NOT NULL,                 -- the public list it stands in
    section_id   BLOB    NOT NULL REFERENCES portal_sections (id),
    agency_id    BLOB    NOT NULL REFERENCES agencies (id),
    agency_path  TEXT NOT NULL,
    state        TEXT    NOT NULL,
    slug         TEXT    NOT NULL UNIQUE,
    title        TEXT    NOT NULL,                 -- of the newest version
    version_n    INTEGER NOT NULL,                 -- the newest version
    live_n       INTEGER,                          -- the version that everybody reads
    live_title   TEXT    NOT NULL,
    live_summary TEXT    NOT NULL,
    is_listed    INTEGER NOT NULL,
    publish_at   INTEGER,                          -- waits for this instant, only while scheduled
    published_at INTEGER,
    changed_at   INTEGER NOT NULL,                 -- what everybody reads changed last
    touched_at   INTEGER NOT NULL,                 -- anything changed last
    note         TEXT    NOT NULL,                 -- what was corrected, shown; or empty
    reason       TEXT    NOT NULL,                 -- why it was withdrawn or sent back, or empty
    stamp        INTEGER NOT NULL,
    CHECK (is_listed = 0 OR live_n IS NOT NULL),
    CHECK ((publish_at IS NOT NULL) = (state = 'scheduled'))
) STRICT;
CREATE INDEX portal_items_listed ON portal_items (shelf, is_listed, published_at, id);
CREATE INDEX portal_items_of_agency ON portal_items (agency_id, touched_at, id);
CREATE INDEX portal_items_due ON portal_items (publish_at, id) WHERE publish_at IS NOT NULL;
CREATE INDEX portal_items_all ON portal_items (is_listed, id);

-- Every version as it was written. None changes and none goes.
CREATE TABLE portal_versions (
    item_id    BLOB    NOT NULL REFERENCES portal_items (id),
    n          INTEGER NOT NULL,
    content    TEXT    NOT NULL,                   -- JSON: title, summary, topics, particulars, blocks
    account_id BLOB    NOT NULL,
    author     TEXT    NOT NULL,                   -- the name of the seat
    at         INTEGER NOT NULL,
    note       TEXT    NOT NULL,
    PRIMARY KEY (item_id, n)
) STRICT;
CREATE TRIGGER portal_versions_keep BEFORE UPDATE ON portal_versions
BEGIN
    SELECT RAISE(ABORT, 'a version never changes');
END;
CREATE TRIGGER portal_versions_stay BEFORE DELETE ON portal_versions
BEGIN
    SELECT RAISE(ABORT, 'a version never goes');
END;


-- Every address that ever led to an item still does.
CREATE TABLE portal_addresses (
    slug    TEXT    NOT NULL PRIMARY KEY,
    item_id BLOB    NOT NULL REFERENCES portal_items (id)
) STRICT;

-- What somebody is writing and has not kept as a version.
CREATE TABLE portal_drafts (
    item_id    BLOB    NOT NULL REFERENCES portal_items (id),
    account_id BLOB    NOT NULL,
    author     TEXT    NOT NULL,
    base_n     INTEGER NOT NULL,                   -- the version it was begun from
    fields     TEXT    NOT NULL,                   -- JSON
    at         INTEGER NOT NULL,
    PRIMARY KEY (item_id, account_id)
) STRICT;

-- Topics of what everybody reads.
CREATE TABLE portal_item_topics (
    topic_id     BLOB    NOT NULL REFERENCES portal_topics (id),
    item_id      BLOB    NOT NULL REFERENCES portal_items (id),
    published_at INTEGER NOT NULL,
    PRIMARY KEY (topic_id, published_at, item_id)
) STRICT;
CREATE INDEX portal_item_topics_of_item ON portal_item_topics (item_id, topic_id);

-- The particulars of documents (văn bản) that everybody reads.
CREATE TABLE portal_documents (
    item_id      BLOB    NOT NULL PRIMARY KEY REFERENCES portal_items (id),
    number       TEXT    NOT NULL,
    number_fold  TEXT NOT NULL,
    kind         TEXT    NOT NULL,
    issuer       TEXT    NOT NULL,
    issuer_fold  TEXT NOT NULL,
    field        TEXT    NOT NULL,
    issued_on    TEXT NOT NULL,
    year         INTEGER NOT NULL,
    effective_on TEXT NOT NULL,
    expires_on   TEXT,
    replaces     TEXT NOT NULL,                 -- the folded number that it replaces, or empty
    directive_id BLOB
) STRICT;
CREATE INDEX portal_documents_listed ON portal_documents (issued_on, item_id);
CREATE INDEX portal_documents_of_kind ON portal_documents (kind, issued_on, item_id);
CREATE INDEX portal_documents_of_field ON portal_documents (field, issued_on, item_id);
CREATE INDEX portal_documents_of_issuer ON portal_documents (issuer_fold, issued_on, item_id);
CREATE INDEX portal_documents_of_year ON portal_documents (year, issued_on, item_id);
CREATE INDEX portal_documents_of_number ON portal_documents (number_fold, item_id);
CREATE INDEX portal_documents_replacing ON portal_documents (replaces, item_id);

-- Consultations (lấy ý kiến) that everybody reads, counted as opinions come.
CREATE TABLE portal_consultations (
    item_id   BLOB    NOT NULL PRIMARY KEY REFERENCES portal_items (id),
    opens_on  TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    n_for     INTEGER NOT NULL,
    n_against INTEGER NOT NULL,
    n_partly  INTEGER NOT NULL
) STRICT;
CREATE TABLE portal_opinions (
    id      BLOB    NOT NULL PRIMARY KEY,          -- of the form: sent again it is the same
    item_id BLOB    NOT NULL REFERENCES portal_items (id),
    stance  TEXT    NOT NULL,
    giver   TEXT    NOT NULL,                      -- đối tượng góp ý
    body    TEXT    NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX portal_opinions_of_item ON portal_opinions (item_id, id);

-- Files of items, by content.
CREATE TABLE portal_files (
    id      BLOB    NOT NULL PRIMARY KEY,
    item_id BLOB    NOT NULL REFERENCES portal_items (id),
    hash    TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    mime    TEXT    NOT NULL,
    n_bytes INTEGER NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX portal_files_of_item ON portal_files (item_id, id);
