-- Where it hurts: what came in and what went wrong, by week, counted for the commune, the province, the nation and
-- whoever received it; by field, and for all fields together ('').
CREATE TABLE petition_pains (
    scope_id  BLOB   NOT NULL,                      -- an agency, or the id of all zeros for the nation
    week      TEXT   NOT NULL,                      -- the Monday it begins on
    field     TEXT   NOT NULL,
    parent_id BLOB   NOT NULL,                      -- the scope above
    sent      INTEGER NOT NULL,
    late      INTEGER NOT NULL,
    contested INTEGER NOT NULL,
    refused   INTEGER NOT NULL,
    PRIMARY KEY (scope_id, week, field)
) STRICT;
CREATE INDEX petition_pains_below ON petition_pains (parent_id, week) WHERE field = '';
-- What is past its day now, of a whole territory.
CREATE INDEX petitions_overdue ON petitions (due_on, holder_path, holder_id) WHERE due_on IS NOT NULL;
-- The public list of one place.
CREATE INDEX petitions_public_of_place ON petitions (place_path, sent_at DESC, id DESC)
    WHERE answered_at IS NOT NULL AND may_publish AND NOT is_hidden;
