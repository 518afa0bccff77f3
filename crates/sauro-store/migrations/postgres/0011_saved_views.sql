-- Lists of tasks in every order people ask for, and the views they keep.

-- The part of the country that the lead stands in: a province or a body of the centre ('vn/96'), or the nation.
ALTER TABLE tasks ADD COLUMN area TEXT COLLATE "C" GENERATED ALWAYS AS (
    CASE
        WHEN position('/' IN lead_path) = 0 THEN lead_path
        ELSE split_part(lead_path, '/', 1) || '/' || split_part(lead_path, '/', 2)
    END
) STORED;

-- When the lead was heard of last; 0 for those that have never reported, so that they come first.
ALTER TABLE tasks ADD COLUMN heard_at BIGINT GENERATED ALWAYS AS (coalesce(last_report_at, 0)) STORED;

-- By deadline. Of the nation's tasks most are asked for before they have ended.
CREATE INDEX tasks_open_by_due ON tasks (due_on, id)
    WHERE stage IN ('issued', 'in_progress', 'returned', 'reported', 'paused');
CREATE INDEX tasks_of_area_by_due ON tasks (area, due_on, id);
CREATE INDEX tasks_of_lead_by_due ON tasks (lead_agency_id, due_on, id);
CREATE INDEX tasks_of_authority_by_due ON tasks (authority_agency_id, due_on, id);
CREATE INDEX tasks_of_issuer_by_due ON tasks (issuer_agency_id, due_on, id);
-- By the last report.
CREATE INDEX tasks_by_heard ON tasks (heard_at, id);
CREATE INDEX tasks_of_area_by_heard ON tasks (area, heard_at, id);
CREATE INDEX tasks_of_programme_by_heard ON tasks (programme_id, heard_at, id);
CREATE INDEX tasks_of_authority_by_heard ON tasks (authority_agency_id, heard_at, id);
CREATE INDEX tasks_of_issuer_by_heard ON tasks (issuer_agency_id, heard_at, id);
-- By code; `code` alone is unique already.
CREATE INDEX tasks_of_area_by_code ON tasks (area, code);
CREATE INDEX tasks_of_programme_by_code ON tasks (programme_id, code);
CREATE INDEX tasks_of_authority_by_code ON tasks (authority_agency_id, code);
CREATE INDEX tasks_of_issuer_by_code ON tasks (issuer_agency_id, code);
-- By the name of the lead or the programme: whoever walks these in order meets each name once.
CREATE UNIQUE INDEX agencies_in_order ON agencies (name_sort, id);
CREATE UNIQUE INDEX programmes_in_order ON programmes (name_sort, id);

-- Views of the list of tasks (cách xem): of one person, or shared with the agency it was made in.
CREATE TABLE saved_views (
    id         UUID    NOT NULL PRIMARY KEY,
    account_id UUID    NOT NULL,
    agency_id  UUID    NOT NULL REFERENCES agencies (id),
    is_shared  BOOLEAN NOT NULL,
    name       TEXT    NOT NULL,
    query      TEXT    NOT NULL,                    -- of the address, as the page writes it
    ordinal    BIGINT NOT NULL,                    -- order among the person's own
    made_at    BIGINT NOT NULL
);
CREATE INDEX saved_views_of_account ON saved_views (account_id, ordinal, id);
CREATE INDEX saved_views_of_agency ON saved_views (agency_id, is_shared, name, id);
