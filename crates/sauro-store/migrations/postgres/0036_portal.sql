-- The portal (cổng thông tin): what agencies publish, in versions that stay, at addresses that are kept.

-- A section (chuyên mục) of one agency. Each list of roles narrows what the policy lets its seats do.
CREATE TABLE portal_sections (
    id          UUID    NOT NULL PRIMARY KEY,
    code        TEXT    NOT NULL UNIQUE,
    name        TEXT    NOT NULL,
    agency_id   UUID    NOT NULL REFERENCES agencies (id),
    agency_path TEXT COLLATE "C" NOT NULL,
    writers     TEXT    NOT NULL,                  -- codes of roles, one space between
    editors     TEXT    NOT NULL,
    approvers   TEXT    NOT NULL
);
CREATE INDEX portal_sections_of_agency ON portal_sections (agency_id, id);

-- A topic (chủ đề) that gathers items of all sections.
CREATE TABLE portal_topics (
    id   UUID    NOT NULL PRIMARY KEY,
    slug TEXT    NOT NULL UNIQUE,
    name TEXT    NOT NULL
);

CREATE TABLE portal_items (
    id           UUID    NOT NULL PRIMARY KEY,
    kind         TEXT    NOT NULL,
    shelf        TEXT    NOT NULL,                 -- the public list it stands in
    section_id   UUID    NOT NULL REFERENCES portal_sections (id),
    agency_id    UUID    NOT NULL REFERENCES agencies (id),
    agency_path  TEXT COLLATE "C" NOT NULL,
    state        TEXT    NOT NULL,
    slug         TEXT    NOT NULL UNIQUE,
    title        TEXT    NOT NULL,                 -- of the newest version
    version_n    BIGINT NOT NULL,                 -- the newest version
    live_n       BIGINT,                          -- the version that everybody reads
    live_title   TEXT    NOT NULL,
    live_summary TEXT    NOT NULL,
    is_listed    BOOLEAN NOT NULL,
    publish_at   BIGINT,                          -- waits for this instant, only while scheduled
    published_at BIGINT,
    changed_at   BIGINT NOT NULL,                 -- what everybody reads changed last
    touched_at   BIGINT NOT NULL,                 -- anything changed last
    note         TEXT    NOT NULL,                 -- what was corrected, shown; or empty
    reason       TEXT    NOT NULL,                 -- why it was withdrawn or sent back, or empty
    stamp        BIGINT NOT NULL,
    CHECK (is_listed = FALSE OR live_n IS NOT NULL),
    CHECK ((publish_at IS NOT NULL) = (state = 'scheduled'))
);
CREATE INDEX portal_items_listed ON portal_items (shelf, is_listed, published_at, id);
CREATE INDEX portal_items_of_agency ON portal_items (agency_id, touched_at, id);
CREATE INDEX portal_items_due ON portal_items (publish_at, id) WHERE publish_at IS NOT NULL;
CREATE INDEX portal_items_all ON portal_items (is_listed, id);

-- Every version as it was written. None changes and none goes.
CREATE TABLE portal_versions (
    item_id    UUID    NOT NULL REFERENCES portal_items (id),
    n          BIGINT NOT NULL,
    content    TEXT    NOT NULL,                   -- JSON: title, summary, topics, particulars, blocks
    account_id UUID    NOT NULL,
    author     TEXT    NOT NULL,                   -- the name of the seat
    at         BIGINT NOT NULL,
    note       TEXT    NOT NULL,
    PRIMARY KEY (item_id, n)
);
CREATE FUNCTION portal_versions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version never changes and never goes';
END;
$$;
CREATE TRIGGER portal_versions_keep BEFORE UPDATE OR DELETE ON portal_versions
FOR EACH ROW EXECUTE FUNCTION portal_versions_refuse();


-- Every address that ever led to an item still does.
CREATE TABLE portal_addresses (
    slug    TEXT    NOT NULL PRIMARY KEY,
    item_id UUID    NOT NULL REFERENCES portal_items (id)
);

-- What somebody is writing and has not kept as a version.
CREATE TABLE portal_drafts (
    item_id    UUID    NOT NULL REFERENCES portal_items (id),
    account_id UUID    NOT NULL,
    author     TEXT    NOT NULL,
    base_n     BIGINT NOT NULL,                   -- the version it was begun from
    fields     TEXT    NOT NULL,                   -- JSON
    at         BIGINT NOT NULL,
    PRIMARY KEY (item_id, account_id)
);

-- Topics of what everybody reads.
CREATE TABLE portal_item_topics (
    topic_id     UUID    NOT NULL REFERENCES portal_topics (id),
    item_id      UUID    NOT NULL REFERENCES portal_items (id),
    published_at BIGINT NOT NULL,
    PRIMARY KEY (topic_id, published_at, item_id)
);
CREATE INDEX portal_item_topics_of_item ON portal_item_topics (item_id, topic_id);

-- The particulars of documents (văn bản) that everybody reads.
CREATE TABLE portal_documents (
    item_id      UUID    NOT NULL PRIMARY KEY REFERENCES portal_items (id),
    number       TEXT    NOT NULL,
    number_fold  TEXT COLLATE "C" NOT NULL,
    kind         TEXT    NOT NULL,
    issuer       TEXT    NOT NULL,
    issuer_fold  TEXT COLLATE "C" NOT NULL,
    field        TEXT    NOT NULL,
    issued_on    DATE NOT NULL,
    year         BIGINT NOT NULL,
    effective_on DATE NOT NULL,
    expires_on   DATE,
    replaces     TEXT COLLATE "C" NOT NULL,                 -- the folded number that it replaces, or empty
    directive_id UUID
);
CREATE INDEX portal_documents_listed ON portal_documents (issued_on, item_id);
CREATE INDEX portal_documents_of_kind ON portal_documents (kind, issued_on, item_id);
CREATE INDEX portal_documents_of_field ON portal_documents (field, issued_on, item_id);
CREATE INDEX portal_documents_of_issuer ON portal_documents (issuer_fold, issued_on, item_id);
CREATE INDEX portal_documents_of_year ON portal_documents (year, issued_on, item_id);
CREATE INDEX portal_documents_of_number ON portal_documents (number_fold, item_id);
CREATE INDEX portal_documents_replacing ON portal_documents (replaces, item_id);

-- Consultations (lấy ý kiến) that everybody reads, counted as opinions come.
CREATE TABLE portal_consultations (
    item_id   UUID    NOT NULL PRIMARY KEY REFERENCES portal_items (id),
    opens_on  DATE NOT NULL,
    closes_on DATE NOT NULL,
    n_for     BIGINT NOT NULL,
    n_against BIGINT NOT NULL,
    n_partly  BIGINT NOT NULL
);
CREATE TABLE portal_opinions (
    id      UUID    NOT NULL PRIMARY KEY,          -- of the form: sent again it is the same
    item_id UUID    NOT NULL REFERENCES portal_items (id),
    stance  TEXT    NOT NULL,
    giver   TEXT    NOT NULL,                      -- đối tượng góp ý
    body    TEXT    NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX portal_opinions_of_item ON portal_opinions (item_id, id);

-- Files of items, by content.
CREATE TABLE portal_files (
    id      UUID    NOT NULL PRIMARY KEY,
    item_id UUID    NOT NULL REFERENCES portal_items (id),
    hash    TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    mime    TEXT    NOT NULL,
    n_bytes BIGINT NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX portal_files_of_item ON portal_files (item_id, id);
