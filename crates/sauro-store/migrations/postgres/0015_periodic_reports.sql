-- Periodic reports: their forms, the rounds in which they are due, and what units send.

-- Forms (biểu mẫu báo cáo). What one asks for stands in its newest version.
CREATE TABLE report_forms (
    id              UUID    NOT NULL PRIMARY KEY,
    code            TEXT    NOT NULL UNIQUE,
    owner_agency_id UUID    NOT NULL,
    owner_path      TEXT COLLATE "C" NOT NULL,
    owner_scope     TEXT COLLATE "C" NOT NULL,
    extends_id      UUID    REFERENCES report_forms (id),   -- the form it adds to
    version         BIGINT NOT NULL,
    is_retired      BOOLEAN NOT NULL,
    CHECK (extends_id IS NULL OR extends_id <> id)
);
CREATE UNIQUE INDEX report_forms_extension ON report_forms (extends_id, owner_agency_id) WHERE extends_id IS NOT NULL;

-- What a form asks for, once for ever: a change is another version.
CREATE TABLE report_form_versions (
    form_id    UUID    NOT NULL REFERENCES report_forms (id),
    version    BIGINT NOT NULL,
    name       TEXT    NOT NULL,
    rhythm     TEXT    NOT NULL,
    levels     TEXT    NOT NULL,                  -- who reports, separated by |
    schedule   TEXT    NOT NULL,                  -- JSON: cut-off, due days, days until it locks
    items      TEXT    NOT NULL,                  -- JSON: sections, tables of figures, lists of tasks
    by_account UUID    NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (form_id, version)
);

-- Rounds (đợt báo cáo): one form, one period.
CREATE TABLE report_rounds (
    id           UUID    NOT NULL PRIMARY KEY,
    form_id      UUID    NOT NULL,
    form_version BIGINT NOT NULL,
    period       TEXT    NOT NULL,
    cut_off_on   DATE    NOT NULL,
    due_on       DATE    NOT NULL,                -- of ministries and provinces
    commune_due_on DATE  NOT NULL,
    locks_on     DATE    NOT NULL,                -- the last day on which units may send
    opened_at    BIGINT NOT NULL,
    UNIQUE (form_id, period),
    FOREIGN KEY (form_id, form_version) REFERENCES report_form_versions (form_id, version)
);
CREATE INDEX report_rounds_by_opening ON report_rounds (opened_at, id);

-- Units that may send after a round is locked, until a day.
CREATE TABLE round_exceptions (
    round_id   UUID    NOT NULL REFERENCES report_rounds (id),
    unit_id    UUID    NOT NULL,
    until_on   DATE    NOT NULL,
    reason     TEXT    NOT NULL,
    by_account UUID    NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (round_id, unit_id)
);

-- Reminders of a round that were given, each once.
CREATE TABLE round_reminders (
    round_id   UUID NOT NULL REFERENCES report_rounds (id),
    is_commune BOOLEAN NOT NULL,
    step       BIGINT NOT NULL,                 -- working days from the deadline
    at         BIGINT NOT NULL,
    PRIMARY KEY (round_id, is_commune, step)
);

-- Periodic reports (báo cáo định kỳ): one unit in one round.
CREATE TABLE periodic_reports (
    id                 UUID    NOT NULL PRIMARY KEY,
    round_id           UUID    NOT NULL REFERENCES report_rounds (id),
    unit_id            UUID    NOT NULL,
    unit_code          TEXT COLLATE "C" NOT NULL,
    unit_level         TEXT    NOT NULL,
    province           TEXT    NOT NULL,
    unit_path          TEXT COLLATE "C" NOT NULL,
    receiver_agency_id UUID,                      -- none of the report that ends the chain
    extension_id       UUID,
    extension_version  BIGINT,
    state              TEXT    NOT NULL CHECK (state IN ('drafting', 'proposed', 'sent', 'returned', 'accepted')),
    n_changes          BIGINT NOT NULL,          -- saved since the leader last approved
    n_asked            BIGINT NOT NULL,          -- cells of the form
    n_typed            BIGINT NOT NULL,          -- of these, not prefilled
    spent_s            BIGINT NOT NULL,          -- seconds with the form open
    made_at            BIGINT NOT NULL,
    sent_at            BIGINT,                   -- first sent: what counts against the deadline
    decided_at         BIGINT,
    published_at       BIGINT,
    version            BIGINT NOT NULL,
    UNIQUE (round_id, unit_id),
    FOREIGN KEY (extension_id, extension_version) REFERENCES report_form_versions (form_id, version)
);
CREATE INDEX periodic_reports_of_receiver ON periodic_reports (round_id, receiver_agency_id, unit_code);
CREATE INDEX periodic_reports_published ON periodic_reports (published_at, id) WHERE published_at IS NOT NULL;

-- The sections of a report.
CREATE TABLE periodic_texts (
    report_id UUID NOT NULL REFERENCES periodic_reports (id),
    item      TEXT NOT NULL,
    text      TEXT NOT NULL,
    PRIMARY KEY (report_id, item)
);

-- Figures typed into a report that has not been sent: as typed.
CREATE TABLE periodic_cells (
    report_id    UUID NOT NULL REFERENCES periodic_reports (id),
    indicator_id UUID NOT NULL REFERENCES indicators (id),
    value        TEXT NOT NULL,
    numerator    TEXT NOT NULL,
    denominator  TEXT NOT NULL,
    remark       TEXT NOT NULL,
    is_confirmed BOOLEAN NOT NULL,
    PRIMARY KEY (report_id, indicator_id)
);

-- The figures that stood in a report when it was sent.
CREATE TABLE periodic_figures (
    report_id    UUID    NOT NULL REFERENCES periodic_reports (id),
    indicator_id UUID    NOT NULL REFERENCES indicators (id),
    observation_id UUID,                          -- none of what was added up from units below
    value        TEXT    NOT NULL,
    n            BIGINT NOT NULL,                -- units it was added up from
    PRIMARY KEY (report_id, indicator_id)
);

-- Where each sentence of a merged section comes from.
CREATE TABLE periodic_traces (
    report_id UUID    NOT NULL REFERENCES periodic_reports (id),
    item      TEXT    NOT NULL,
    n         BIGINT NOT NULL,                   -- of the sentence, from 0
    source_id UUID    NOT NULL REFERENCES periodic_reports (id),
    likeness  BIGINT NOT NULL CHECK (likeness BETWEEN 0 AND 100),
    PRIMARY KEY (report_id, item, n, source_id)
);

-- Every step in the life of a report.
CREATE TABLE periodic_steps (
    report_id  UUID    NOT NULL REFERENCES periodic_reports (id),
    n          BIGINT NOT NULL,
    step       TEXT    NOT NULL CHECK (step IN ('begun', 'proposed', 'handed_back', 'sent', 'recalled', 'returned', 'accepted', 'published')),
    reason     TEXT    NOT NULL,
    by_account UUID    NOT NULL,
    agency_id  UUID    NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (report_id, n)
);
