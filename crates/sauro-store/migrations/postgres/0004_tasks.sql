-- Programmes, directives, drafts, tasks, reports, evidence, verification.

-- Programmes (chương trình, bộ nhiệm vụ): a resolution's or plan's set of tasks. Plural from the first day.
CREATE TABLE programmes (
    id              UUID   NOT NULL PRIMARY KEY,
    code            TEXT   NOT NULL UNIQUE,        -- short, used in addresses: 'nq57', 'ca-mau-2026'
    name            TEXT   NOT NULL,
    name_fold       TEXT   NOT NULL,
    name_sort       BYTEA NOT NULL,
    basis           TEXT   NOT NULL,               -- the document it rests on
    owner_agency_id UUID   NOT NULL REFERENCES agencies (id),
    owner_path      TEXT COLLATE "C" NOT NULL,
    is_public       BOOLEAN NOT NULL,
    opened_at       BIGINT   NOT NULL,
    version         BIGINT  NOT NULL
);
CREATE INDEX programmes_by_owner ON programmes (owner_path, id);

-- Directives (văn bản chỉ đạo): the text that tasks come from. The text never changes after it came in.
CREATE TABLE directives (
    id               UUID   NOT NULL PRIMARY KEY,
    programme_id     UUID   NOT NULL REFERENCES programmes (id),
    owner_agency_id  UUID   NOT NULL REFERENCES agencies (id),  -- who brought it in and issues its tasks
    owner_path       TEXT COLLATE "C" NOT NULL,
    number           TEXT   NOT NULL,               -- '624/TB-VPCP'; empty when the text names none
    kind             TEXT   NOT NULL,
    issuer_text      TEXT   NOT NULL,
    issuer_agency_id UUID   REFERENCES agencies (id),
    place            TEXT   NOT NULL,
    issued_on        DATE,
    subject          TEXT   NOT NULL,
    subject_fold     TEXT   NOT NULL,
    signer           TEXT   NOT NULL,
    body             TEXT   NOT NULL,               -- NFC; spans of drafts count its code points
    body_hash        BYTEA NOT NULL,              -- SHA-256 of the body: the same text is recognised
    file_hash        BYTEA,                       -- the file it came as, if any
    file_name        TEXT   NOT NULL,
    added_by_post_id UUID   NOT NULL,
    added_at         BIGINT   NOT NULL
);
CREATE INDEX directives_by_owner ON directives (owner_path, added_at, id);
CREATE INDEX directives_by_body ON directives (body_hash, id);

-- Draft tasks (dự thảo nhiệm vụ). The body is one JSON document; any clarity may be missing.
CREATE TABLE task_drafts (
    id              UUID   NOT NULL PRIMARY KEY,
    directive_id    UUID   REFERENCES directives (id),
    programme_id    UUID   NOT NULL REFERENCES programmes (id),
    owner_agency_id UUID   NOT NULL REFERENCES agencies (id),
    owner_path      TEXT COLLATE "C" NOT NULL,
    parent_task_id  UUID,                           -- set when a task is handed down
    ordinal         BIGINT  NOT NULL,                -- order within its directive
    state           TEXT   NOT NULL CHECK (state IN ('draft', 'proposed', 'issued', 'dropped')),
    work_fold       TEXT   NOT NULL,                -- to find duplicates
    body            TEXT   NOT NULL,                -- JSON
    reason          TEXT   NOT NULL,                -- why it was dropped or sent back
    changed_by_post_id UUID NOT NULL,
    changed_at      BIGINT   NOT NULL,
    version         BIGINT  NOT NULL
);
CREATE INDEX task_drafts_of_directive ON task_drafts (directive_id, ordinal, id);
CREATE INDEX task_drafts_waiting ON task_drafts (owner_agency_id, state, changed_at, id);

-- The last number given in each year, for 'NV-2026-000123'.
CREATE TABLE task_numbers (
    year   BIGINT NOT NULL PRIMARY KEY,
    last_n BIGINT NOT NULL
);

-- Tasks (nhiệm vụ). Each states all six clarities; the stage and the dates are set by actions only.
CREATE TABLE tasks (
    id                  UUID   NOT NULL PRIMARY KEY,
    code                TEXT   NOT NULL UNIQUE,
    programme_id        UUID   NOT NULL REFERENCES programmes (id),
    directive_id        UUID   REFERENCES directives (id),
    draft_id            UUID   REFERENCES task_drafts (id),
    parent_id           UUID   REFERENCES tasks (id),
    issuer_agency_id    UUID   NOT NULL REFERENCES agencies (id),
    issuer_path         TEXT COLLATE "C" NOT NULL,
    lead_agency_id      UUID   NOT NULL REFERENCES agencies (id),   -- rõ người
    lead_path           TEXT COLLATE "C" NOT NULL,
    work                TEXT   NOT NULL,                            -- rõ việc
    work_fold           TEXT   NOT NULL,
    deadline_kind       TEXT   NOT NULL,                            -- rõ thời gian
    deadline_text       TEXT   NOT NULL,
    due_on              DATE NOT NULL,                            -- for recurring work, the next day due
    recurs              TEXT   NOT NULL,                            -- RFC 5545 RRULE, or empty
    accountable         TEXT   NOT NULL,                            -- rõ trách nhiệm: the leader's title
    authority_agency_id UUID   NOT NULL REFERENCES agencies (id),   -- rõ thẩm quyền
    authority_path      TEXT COLLATE "C" NOT NULL,
    strength            TEXT   NOT NULL,
    is_public           BOOLEAN NOT NULL,
    stage               TEXT   NOT NULL CHECK (stage IN
        ('issued', 'in_progress', 'reported', 'returned', 'verified', 'in_use', 'paused', 'cancelled')),
    self_rating         TEXT   NOT NULL CHECK (self_rating IN ('', 'done', 'on_track', 'at_risk')),
    reported_at         BIGINT,                       -- when the completing report arrived
    verified_at         BIGINT,                       -- when the last deliverable was accepted
    in_use_at           BIGINT,
    last_report_at      BIGINT,
    issued_at           BIGINT   NOT NULL,
    issued_by_post_id   UUID   NOT NULL,
    changed_at          BIGINT   NOT NULL,
    version             BIGINT  NOT NULL
);
CREATE INDEX tasks_of_lead ON tasks (lead_agency_id, stage, due_on, id);
CREATE INDEX tasks_by_lead_path ON tasks (lead_path, due_on, id);
CREATE INDEX tasks_of_authority ON tasks (authority_agency_id, stage, due_on, id);
CREATE INDEX tasks_of_issuer ON tasks (issuer_agency_id, stage, due_on, id);
CREATE INDEX tasks_of_programme ON tasks (programme_id, due_on, id);
CREATE INDEX tasks_of_parent ON tasks (parent_id, id);
CREATE INDEX tasks_of_directive ON tasks (directive_id, id);
CREATE INDEX tasks_by_work ON tasks (work_fold, id);
CREATE INDEX tasks_doubted ON tasks (self_rating, stage, due_on, id);

-- Cooperating agencies (cơ quan phối hợp).
CREATE TABLE task_partners (
    task_id   UUID NOT NULL REFERENCES tasks (id),
    agency_id UUID NOT NULL REFERENCES agencies (id),
    PRIMARY KEY (task_id, agency_id)
);
CREATE INDEX task_partners_of_agency ON task_partners (agency_id, task_id);

-- Deliverables (rõ sản phẩm).
CREATE TABLE deliverables (
    id          UUID   NOT NULL PRIMARY KEY,
    task_id     UUID   NOT NULL REFERENCES tasks (id),
    ordinal     BIGINT  NOT NULL,
    name        TEXT   NOT NULL,
    measure     TEXT   NOT NULL,                    -- how one sees that it is there: '1 nghị định', '100% thôn'
    stage       TEXT   NOT NULL CHECK (stage IN ('assigned', 'doing', 'reported', 'returned', 'accepted', 'in_use')),
    reported_at BIGINT,
    accepted_at BIGINT,
    in_use_at   BIGINT,
    version     BIGINT  NOT NULL,
    UNIQUE (task_id, ordinal)
);

-- Reports (báo cáo): staff drafts, the leader sends. One open draft a task.
CREATE TABLE reports (
    id                UUID   NOT NULL PRIMARY KEY,
    task_id           UUID   NOT NULL REFERENCES tasks (id),
    agency_id         UUID   NOT NULL REFERENCES agencies (id),
    state             TEXT   NOT NULL CHECK (state IN ('draft', 'submitted', 'sent', 'accepted', 'returned')),
    results           TEXT   NOT NULL,              -- kết quả nổi bật
    difficulties      TEXT   NOT NULL,              -- khó khăn, vướng mắc
    proposals         TEXT   NOT NULL,              -- đề xuất, kiến nghị
    self_rating       TEXT   NOT NULL CHECK (self_rating IN ('', 'done', 'on_track', 'at_risk')),
    drafted_by_post_id UUID  NOT NULL,
    changed_by_post_id UUID  NOT NULL,
    changed_at        BIGINT   NOT NULL,
    sent_by_post_id   UUID,
    sent_at           BIGINT,
    receipt           TEXT   UNIQUE,                -- 'BN-20261120-000418'
    reason            TEXT   NOT NULL,              -- why it was returned
    version           BIGINT  NOT NULL
);
CREATE UNIQUE INDEX reports_one_open ON reports (task_id) WHERE state IN ('draft', 'submitted');
CREATE INDEX reports_of_task ON reports (task_id, sent_at, id);
CREATE INDEX reports_waiting ON reports (agency_id, state, changed_at, id);

-- The last receipt number of each day.
CREATE TABLE receipt_numbers (
    day    DATE NOT NULL PRIMARY KEY,
    last_n BIGINT  NOT NULL
);

-- What a report says of each deliverable: a stage, never a typed percentage.
CREATE TABLE report_items (
    report_id      UUID  NOT NULL REFERENCES reports (id),
    deliverable_id UUID  NOT NULL REFERENCES deliverables (id),
    claim          TEXT  NOT NULL CHECK (claim IN ('doing', 'done', 'in_use')),
    note           TEXT  NOT NULL,
    PRIMARY KEY (report_id, deliverable_id)
);

-- Evidence (minh chứng): a file, a link or a document number.
CREATE TABLE evidence (
    id               UUID   NOT NULL PRIMARY KEY,
    task_id          UUID   NOT NULL REFERENCES tasks (id),
    report_id        UUID   NOT NULL REFERENCES reports (id),
    deliverable_id   UUID   REFERENCES deliverables (id),
    kind             TEXT   NOT NULL CHECK (kind IN ('file', 'link', 'document')),
    label            TEXT   NOT NULL,               -- file name as sent, address, or document number
    file_hash        BYTEA,
    mime             TEXT   NOT NULL,
    n_bytes          BIGINT  NOT NULL,
    added_by_post_id UUID   NOT NULL,
    added_at         BIGINT   NOT NULL
);
CREATE INDEX evidence_of_report ON evidence (report_id, added_at, id);
CREATE INDEX evidence_of_task ON evidence (task_id, added_at, id);
CREATE INDEX evidence_by_file ON evidence (file_hash, task_id, id);

-- Verifications (nghiệm thu): one decision of the authority on one deliverable. Never changed.
CREATE TABLE verifications (
    id                 UUID   NOT NULL PRIMARY KEY,
    task_id            UUID   NOT NULL REFERENCES tasks (id),
    deliverable_id     UUID   NOT NULL REFERENCES deliverables (id),
    report_id          UUID   REFERENCES reports (id),
    decision           TEXT   NOT NULL CHECK (decision IN ('accepted', 'returned', 'in_use')),
    checked            TEXT   NOT NULL,             -- what was looked at
    reason             TEXT   NOT NULL,
    decided_by_post_id UUID   NOT NULL,
    decided_by_agency_id UUID NOT NULL,
    decided_at         BIGINT   NOT NULL
);
CREATE INDEX verifications_of_task ON verifications (task_id, decided_at, id);
