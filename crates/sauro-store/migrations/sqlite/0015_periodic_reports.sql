-- Periodic reports: their forms, the rounds in which they are due, and what units send.

-- Forms (biểu mẫu báo cáo). What one asks for stands in its newest version.
CREATE TABLE report_forms (
    id              BLOB    NOT NULL PRIMARY KEY,
    code            TEXT    NOT NULL UNIQUE,
    owner_agency_id BLOB    NOT NULL,
    owner_path      TEXT    NOT NULL,
    owner_scope     TEXT    NOT NULL,
    extends_id      BLOB    REFERENCES report_forms (id),   -- the form it adds to
    version         INTEGER NOT NULL,
    is_retired      INTEGER NOT NULL CHECK (is_retired IN (0, 1)),
    CHECK (extends_id IS NULL OR extends_id <> id)
) STRICT;
CREATE UNIQUE INDEX report_forms_extension ON report_forms (extends_id, owner_agency_id) WHERE extends_id IS NOT NULL;

-- What a form asks for, once for ever: a change is another version.
CREATE TABLE report_form_versions (
    form_id    BLOB    NOT NULL REFERENCES report_forms (id),
    version    INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    rhythm     TEXT    NOT NULL,
    levels     TEXT    NOT NULL,                  -- who reports, separated by |
    schedule   TEXT    NOT NULL,                  -- JSON: cut-off, due days, days until it locks
    items      TEXT    NOT NULL,                  -- JSON: sections, tables of figures, lists of tasks
    by_account BLOB    NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (form_id, version)
) STRICT;

-- Rounds (đợt báo cáo): one form, one period.
CREATE TABLE report_rounds (
    id           BLOB    NOT NULL PRIMARY KEY,
    form_id      BLOB    NOT NULL,
    form_version INTEGER NOT NULL,
    period       TEXT    NOT NULL,
    cut_off_on   TEXT    NOT NULL,
    due_on       TEXT    NOT NULL,                -- of ministries and provinces
    commune_due_on TEXT  NOT NULL,
    locks_on     TEXT    NOT NULL,                -- the last day on which units may send
    opened_at    INTEGER NOT NULL,
    UNIQUE (form_id, period),
    FOREIGN KEY (form_id, form_version) REFERENCES report_form_versions (form_id, version)
) STRICT;
CREATE INDEX report_rounds_by_opening ON report_rounds (opened_at, id);

-- Units that may send after a round is locked, until a day.
CREATE TABLE round_exceptions (
    round_id   BLOB    NOT NULL REFERENCES report_rounds (id),
    unit_id    BLOB    NOT NULL,
    until_on   TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    by_account BLOB    NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (round_id, unit_id)
) STRICT;

-- Reminders of a round that were given, each once.
CREATE TABLE round_reminders (
    round_id   BLOB NOT NULL REFERENCES report_rounds (id),
    is_commune INTEGER NOT NULL CHECK (is_commune IN (0, 1)),
    step       INTEGER NOT NULL,                 -- working days from the deadline
    at         INTEGER NOT NULL,
    PRIMARY KEY (round_id, is_commune, step)
) STRICT;

-- Periodic reports (báo cáo định kỳ): one unit in one round.
CREATE TABLE periodic_reports (
    id                 BLOB    NOT NULL PRIMARY KEY,
    round_id           BLOB    NOT NULL REFERENCES report_rounds (id),
    unit_id            BLOB    NOT NULL,
    unit_code          TEXT    NOT NULL,
    unit_level         TEXT    NOT NULL,
    province           TEXT    NOT NULL,
    unit_path          TEXT    NOT NULL,
    receiver_agency_id BLOB,                      -- none of the report that ends the chain
    extension_id       BLOB,
    extension_version  INTEGER,
    state              TEXT    NOT NULL CHECK (state IN ('drafting', 'proposed', 'sent', 'returned', 'accepted')),
    n_changes          INTEGER NOT NULL,          -- saved since the leader last approved
    n_asked            INTEGER NOT NULL,          -- cells of the form
    n_typed            INTEGER NOT NULL,          -- of these, not prefilled
    spent_s            INTEGER NOT NULL,          -- seconds with the form open
    made_at            INTEGER NOT NULL,
    sent_at            INTEGER,                   -- first sent: what counts against the deadline
    decided_at         INTEGER,
    published_at       INTEGER,
    version            INTEGER NOT NULL,
    UNIQUE (round_id, unit_id),
    FOREIGN KEY (extension_id, extension_version) REFERENCES report_form_versions (form_id, version)
) STRICT;
CREATE INDEX periodic_reports_of_receiver ON periodic_reports (round_id, receiver_agency_id, unit_code);
CREATE INDEX periodic_reports_published ON periodic_reports (published_at, id) WHERE published_at IS NOT NULL;

-- The sections of a report.
CREATE TABLE periodic_texts (
    report_id BLOB NOT NULL REFERENCES periodic_reports (id),
    item      TEXT NOT NULL,
    text      TEXT NOT NULL,
    PRIMARY KEY (report_id, item)
) STRICT;

-- Figures typed into a report that has not been sent: as typed.
CREATE TABLE periodic_cells (
    report_id    BLOB NOT NULL REFERENCES periodic_reports (id),
    indicator_id BLOB NOT NULL REFERENCES indicators (id),
    value        TEXT NOT NULL,
    numerator    TEXT NOT NULL,
    denominator  TEXT NOT NULL,
    remark       TEXT NOT NULL,
    is_confirmed INTEGER NOT NULL CHECK (is_confirmed IN (0, 1)),
    PRIMARY KEY (report_id, indicator_id)
) STRICT;

-- The figures that stood in a report when it was sent.
CREATE TABLE periodic_figures (
    report_id    BLOB    NOT NULL REFERENCES periodic_reports (id),
    indicator_id BLOB    NOT NULL REFERENCES indicators (id),
    observation_id BLOB,                          -- none of what was added up from units below
    value        TEXT    NOT NULL,
    n            INTEGER NOT NULL,                -- units it was added up from
    PRIMARY KEY (report_id, indicator_id)
) STRICT;

-- Where each sentence of a merged section comes from.
CREATE TABLE periodic_traces (
    report_id BLOB    NOT NULL REFERENCES periodic_reports (id),
    item      TEXT    NOT NULL,
    n         INTEGER NOT NULL,                   -- of the sentence, from 0
    source_id BLOB    NOT NULL REFERENCES periodic_reports (id),
    likeness  INTEGER NOT NULL CHECK (likeness BETWEEN 0 AND 100),
    PRIMARY KEY (report_id, item, n, source_id)
) STRICT;

-- Every step in the life of a report.
CREATE TABLE periodic_steps (
    report_id  BLOB    NOT NULL REFERENCES periodic_reports (id),
    n          INTEGER NOT NULL,
    step       TEXT    NOT NULL CHECK (step IN ('begun', 'proposed', 'handed_back', 'sent', 'recalled', 'returned', 'accepted', 'published')),
    reason     TEXT    NOT NULL,
    by_account BLOB    NOT NULL,
    agency_id  BLOB    NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (report_id, n)
) STRICT;
