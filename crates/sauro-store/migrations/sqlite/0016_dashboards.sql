-- Dashboards that agencies make (bảng điều khiển): which tiles, in which order.

CREATE TABLE dashboards (
    id         BLOB    NOT NULL PRIMARY KEY,
    agency_id  BLOB    NOT NULL REFERENCES agencies (id),
    path       TEXT    NOT NULL,                  -- what the agency oversees: who lies there may be shown it
    openness   TEXT    NOT NULL CHECK (openness IN ('own', 'scope', 'public')),
    name       TEXT    NOT NULL,
    name_sort  BLOB    NOT NULL,
    tiles      TEXT    NOT NULL,                  -- a list, as JSON
    version    INTEGER NOT NULL,                  -- counts up with every change
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX dashboards_of_agency ON dashboards (agency_id, name_sort, id);
CREATE INDEX dashboards_of_path ON dashboards (path, name_sort, id);
CREATE INDEX dashboards_public ON dashboards (name_sort, id) WHERE openness = 'public';

-- Newest figures of the units of one province.
CREATE INDEX observations_of_province ON observations (indicator_id, province, unit_level, as_of, id);
