-- What the program counts of tasks by itself; empty where somebody reports it.
ALTER TABLE indicator_versions ADD COLUMN counts TEXT NOT NULL DEFAULT '';

-- Of a part (women of all, city of city and country): the code of the whole, by what it is split, and which part.
ALTER TABLE indicator_versions ADD COLUMN part_of TEXT NOT NULL DEFAULT '';
ALTER TABLE indicator_versions ADD COLUMN split_by TEXT NOT NULL DEFAULT '';
ALTER TABLE indicator_versions ADD COLUMN part TEXT NOT NULL DEFAULT '';
CREATE INDEX indicator_versions_of_whole ON indicator_versions (part_of, indicator_id, version) WHERE part_of <> '';
