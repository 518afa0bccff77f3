-- Programmes, directives, drafts, tasks, reports, evidence, verification.

-- Programmes (chương trình, bộ nhiệm vụ): a resolution's or plan's set of tasks. Plural from the first day.
CREATE TABLE programmes (
    id              BLOB   NOT NULL PRIMARY KEY,
    code            TEXT   NOT NULL UNIQUE,        -- short, used in addresses: 'nq57', 'ca-mau-2026'
    name            TEXT   NOT NULL,
    name_fold       TEXT   NOT NULL,
    name_sort       BLOB NOT NULL,
    basis           TEXT   NOT NULL,               -- the document it rests on
    owner_agency_id BLOB   NOT NULL REFERENCES agencies (id),
    owner_path      TEXT NOT NULL,
    is_public       INTEGER NOT NULL CHECK (is_public IN (0, 1)),
    opened_at       INTEGER   NOT NULL,
    version         INTEGER  NOT NULL
) STRICT;
CREATE INDEX programmes_by_owner ON programmes (owner_path, id);

-- Directives (văn bản chỉ đạo): the text that tasks come from. The text never changes after it came in.
CREATE TABLE directives (
    id               BLOB   NOT NULL PRIMARY KEY,
    programme_id     BLOB   NOT NULL REFERENCES programmes (id),
    owner_agency_id  BLOB   NOT NULL REFERENCES agencies (id),  -- who brought it in and issues its tasks
    owner_path       TEXT NOT NULL,
    number           TEXT   NOT NULL,               -- '624/TB-VPCP'; empty when the text names none
    kind             TEXT   NOT NULL,
    issuer_text      TEXT   NOT NULL,
    issuer_agency_id BLOB   REFERENCES agencies (id),
    place            TEXT   NOT NULL,
    issued_on        TEXT,
    subject          TEXT   NOT NULL,
    subject_fold     TEXT   NOT NULL,
    signer           TEXT   NOT NULL,
    body             TEXT   NOT NULL,               -- NFC; spans of drafts count its code points
    body_hash        BLOB NOT NULL,              -- SHA-256 of the body: the same text is recognised
    file_hash        BLOB,                       -- the file it came as, if any
    file_name        TEXT   NOT NULL,
    added_by_post_id BLOB   NOT NULL,
    added_at         INTEGER   NOT NULL
) STRICT;
CREATE INDEX directives_by_owner ON directives (owner_path, added_at, id);
CREATE INDEX directives_by_body ON directives (body_hash, id);

-- Draft tasks (dự thảo nhiệm vụ). The body is one JSON document; any clarity may be missing.
CREATE TABLE task_drafts (
    id              BLOB   NOT NULL PRIMARY KEY,
    directive_id    BLOB   REFERENCES directives (id),
    programme_id    BLOB   NOT NULL REFERENCES programmes (id),
    owner_agency_id BLOB   NOT NULL REFERENCES agencies (id),
    owner_path      TEXT NOT NULL,
    parent_task_id  BLOB,                           -- set when a task is handed down
    ordinal         INTEGER  NOT NULL,                -- order within its directive
    state           TEXT   NOT NULL CHECK (state IN ('draft', 'proposed', 'issued', 'dropped')),
    work_fold       TEXT   NOT NULL,                -- to find duplicates
    body            TEXT   NOT NULL,                -- JSON
    reason          TEXT   NOT NULL,                -- why it was dropped or sent back
    changed_by_post_id BLOB NOT NULL,
    changed_at      INTEGER   NOT NULL,
    version         INTEGER  NOT NULL
) STRICT;
CREATE INDEX task_drafts_of_directive ON task_drafts (directive_id, ordinal, id);
CREATE INDEX task_drafts_waiting ON task_drafts (owner_agency_id, state, changed_at, id);

-- The last number given in each year, for 'NV-2026-000123'.
CREATE TABLE task_numbers (
    year   INTEGER NOT NULL PRIMARY KEY,
    last_n INTEGER NOT NULL
) STRICT;

-- Tasks (nhiệm vụ). Each states all six clarities; the stage and the dates are set by actions only.
CREATE TABLE tasks (
    id                  BLOB   NOT NULL PRIMARY KEY,
    code                TEXT   NOT NULL UNIQUE,
    programme_id        BLOB   NOT NULL REFERENCES programmes (id),
    directive_id        BLOB   REFERENCES directives (id),
    draft_id            BLOB   REFERENCES task_drafts (id),
    parent_id           BLOB   REFERENCES tasks (id),
    issuer_agency_id    BLOB   NOT NULL REFERENCES agencies (id),
    issuer_path         TEXT NOT NULL,
    lead_agency_id      BLOB   NOT NULL REFERENCES agencies (id),   -- rõ người
    lead_path           TEXT NOT NULL,
    work                TEXT   NOT NULL,                            -- rõ việc
    work_fold           TEXT   NOT NULL,
    deadline_kind       TEXT   NOT NULL,                            -- rõ thời gian
    deadline_text       TEXT   NOT NULL,
    due_on              TEXT NOT NULL,                            -- for recurring work, the next day due
    recurs              TEXT   NOT NULL,                            -- RFC 5545 RRULE, or empty
    accountable         TEXT   NOT NULL,                            -- rõ trách nhiệm: the leader's title
    authority_agency_id BLOB   NOT NULL REFERENCES agencies (id),   -- rõ thẩm quyền
    authority_path      TEXT NOT NULL,
    strength            TEXT   NOT NULL,
    is_public           INTEGER NOT NULL CHECK (is_public IN (0, 1)),
    stage               TEXT   NOT NULL CHECK (stage IN
        ('issued', 'in_progress', 'reported', 'returned', 'verified', 'in_use', 'paused', 'cancelled')),
    self_rating         TEXT   NOT NULL CHECK (self_rating IN ('', 'done', 'on_track', 'at_risk')),
    reported_at         INTEGER,                       -- when the completing report arrived
    verified_at         INTEGER,                       -- when the last deliverable was accepted
    in_use_at           INTEGER,
    last_report_at      INTEGER,
    issued_at           INTEGER   NOT NULL,
    issued_by_post_id   BLOB   NOT NULL,
    changed_at          INTEGER   NOT NULL,
    version             INTEGER  NOT NULL
) STRICT;
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
    task_id   BLOB NOT NULL REFERENCES tasks (id),
    agency_id BLOB NOT NULL REFERENCES agencies (id),
    PRIMARY KEY (task_id, agency_id)
) STRICT;
CREATE INDEX task_partners_of_agency ON task_partners (agency_id, task_id);

-- Deliverables (rõ sản phẩm).
CREATE TABLE deliverables (
    id          BLOB   NOT NULL PRIMARY KEY,
    task_id     BLOB   NOT NULL REFERENCES tasks (id),
    ordinal     INTEGER  NOT NULL,
    name        TEXT   NOT NULL,
    measure     TEXT   NOT NULL,                    -- how one sees that it is there: '1 nghị định', '100% thôn'
    stage       TEXT   NOT NULL CHECK (stage IN ('assigned', 'doing', 'reported', 'returned', 'accepted', 'in_use')),
    reported_at INTEGER,
    accepted_at INTEGER,
    in_use_at   INTEGER,
    version     INTEGER  NOT NULL,
    UNIQUE (task_id, ordinal)
) STRICT;

-- Reports (báo cáo): staff drafts, the leader sends. One open draft a task.
CREATE TABLE reports (
    id                BLOB   NOT NULL PRIMARY KEY,
    task_id           BLOB   NOT NULL REFERENCES tasks (id),
    agency_id         BLOB   NOT NULL REFERENCES agencies (id),
    state             TEXT   NOT NULL CHECK (state IN ('draft', 'submitted', 'sent', 'accepted', 'returned')),
    results           TEXT   NOT NULL,              -- kết quả nổi bật
    difficulties      TEXT   NOT NULL,              -- khó khăn, vướng mắc
    proposals         TEXT   NOT NULL,              -- đề xuất, kiến nghị
    self_rating       TEXT   NOT NULL CHECK (self_rating IN ('', 'done', 'on_track', 'at_risk')),
    drafted_by_post_id BLOB  NOT NULL,
    changed_by_post_id BLOB  NOT NULL,
    changed_at        INTEGER   NOT NULL,
    sent_by_post_id   BLOB,
    sent_at           INTEGER,
    receipt           TEXT   UNIQUE,                -- 'BN-20261120-000418'
    reason            TEXT   NOT NULL,              -- why it was returned
    version           INTEGER  NOT NULL
) STRICT;
CREATE UNIQUE INDEX reports_one_open ON reports (task_id) WHERE state IN ('draft', 'submitted');
CREATE INDEX reports_of_task ON reports (task_id, sent_at, id);
CREATE INDEX reports_waiting ON reports (agency_id, state, changed_at, id);

-- The last receipt number of each day.
CREATE TABLE receipt_numbers (
    day    TEXT NOT NULL PRIMARY KEY,
    last_n INTEGER  NOT NULL
) STRICT;

-- What a report says of each deliverable: a stage, never a typed percentage.
CREATE TABLE report_items (
    report_id      BLOB  NOT NULL REFERENCES reports (id),
    deliverable_id BLOB  NOT NULL REFERENCES deliverables (id),
    claim          TEXT  NOT NULL CHECK (claim IN ('doing', 'done', 'in_use')),
    note           TEXT  NOT NULL,
    PRIMARY KEY (report_id, deliverable_id)
) STRICT;

-- Evidence (minh chứng): a file, a link or a document number.
CREATE TABLE evidence (
    id               BLOB   NOT NULL PRIMARY KEY,
    task_id          BLOB   NOT NULL REFERENCES tasks (id),
    report_id        BLOB   NOT NULL REFERENCES reports (id),
    deliverable_id   BLOB   REFERENCES deliverables (id),
    kind             TEXT   NOT NULL CHECK (kind IN ('file', 'link', 'document')),
    label            TEXT   NOT NULL,               -- file name as sent, address, or document number
    file_hash        BLOB,
    mime             TEXT   NOT NULL,
    n_bytes          INTEGER  NOT NULL,
    added_by_post_id BLOB   NOT NULL,
    added_at         INTEGER   NOT NULL
) STRICT;
CREATE INDEX evidence_of_report ON evidence (report_id, added_at, id);
CREATE INDEX evidence_of_task ON evidence (task_id, added_at, id);
CREATE INDEX evidence_by_file ON evidence (file_hash, task_id, id);

-- Verifications (nghiệm thu): one decision of the authority on one deliverable. Never changed.
CREATE TABLE verifications (
    id                 BLOB   NOT NULL PRIMARY KEY,
    task_id            BLOB   NOT NULL REFERENCES tasks (id),
    deliverable_id     BLOB   NOT NULL REFERENCES deliverables (id),
    report_id          BLOB   REFERENCES reports (id),
    decision           TEXT   NOT NULL CHECK (decision IN ('accepted', 'returned', 'in_use')),
    checked            TEXT   NOT NULL,             -- what was looked at
    reason             TEXT   NOT NULL,
    decided_by_post_id BLOB   NOT NULL,
    decided_by_agency_id BLOB NOT NULL,
    decided_at         INTEGER   NOT NULL
) STRICT;
CREATE INDEX verifications_of_task ON verifications (task_id, decided_at, id);
