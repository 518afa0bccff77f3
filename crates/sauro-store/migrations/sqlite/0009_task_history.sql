-- Versions of what the results count of each task, so that every past day can be counted again. The triggers
-- write them: whatever changes a task, its history cannot forget it.
--
-- A version holds from `since` until `until`, the instant itself excluded; the present one has no `until`.
-- A restore and a bulk load bring the versions before the task, hence no foreign key, and the first trigger
-- leaves alone what is there.
CREATE TABLE task_history (
    task_id        BLOB    NOT NULL,
    since          INTEGER NOT NULL,                -- unix microseconds, UTC
    until          INTEGER,
    programme_id   BLOB    NOT NULL,
    lead_agency_id BLOB    NOT NULL,
    lead_path      TEXT    NOT NULL,
    is_public      INTEGER NOT NULL CHECK (is_public IN (0, 1)),
    stage          TEXT    NOT NULL,
    due_on         TEXT    NOT NULL,
    recurs         TEXT    NOT NULL,
    self_rating    TEXT    NOT NULL,
    reported_at    INTEGER,
    verified_at    INTEGER,
    in_use_at      INTEGER,
    PRIMARY KEY (task_id, since),
    CHECK (until > since)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_history_by_time ON task_history (until, since, task_id);

-- What is known of tasks issued before: the steps whose instants the row kept, and the present.
INSERT INTO task_history (task_id, since, until, programme_id, lead_agency_id, lead_path, is_public, stage,
    due_on, recurs, self_rating, reported_at, verified_at, in_use_at)
WITH steps AS (
    SELECT id, issued_at AS since, 0 AS step FROM tasks
    UNION ALL SELECT id, reported_at, 1 FROM tasks WHERE reported_at > issued_at AND reported_at < changed_at
    UNION ALL SELECT id, verified_at, 2 FROM tasks WHERE verified_at > issued_at AND verified_at < changed_at
    UNION ALL SELECT id, MAX(issued_at, changed_at), 3 FROM tasks
), last_of_instant AS (
    SELECT id, since, MAX(step) AS step FROM steps GROUP BY id, since
)
SELECT tasks.id, it.since, LEAD(it.since) OVER (PARTITION BY it.id ORDER BY it.since), tasks.programme_id,
    tasks.lead_agency_id, tasks.lead_path, tasks.is_public,
    CASE it.step WHEN 0 THEN 'issued' WHEN 1 THEN 'reported' WHEN 2 THEN 'verified' ELSE tasks.stage END,
    tasks.due_on, tasks.recurs,
    CASE it.step WHEN 0 THEN '' ELSE tasks.self_rating END,
    CASE WHEN it.step >= 1 THEN tasks.reported_at END,
    CASE WHEN it.step >= 2 THEN tasks.verified_at END,
    CASE WHEN it.step >= 3 THEN tasks.in_use_at END
FROM last_of_instant AS it
JOIN tasks ON tasks.id = it.id;

CREATE TRIGGER task_history_begins AFTER INSERT ON tasks
WHEN NOT EXISTS (SELECT 1 FROM task_history WHERE task_id = NEW.id)
BEGIN
    INSERT INTO task_history (task_id, since, programme_id, lead_agency_id, lead_path, is_public, stage,
        due_on, recurs, self_rating, reported_at, verified_at, in_use_at)
    VALUES (NEW.id, NEW.changed_at, NEW.programme_id, NEW.lead_agency_id, NEW.lead_path, NEW.is_public,
        NEW.stage, NEW.due_on, NEW.recurs, NEW.self_rating, NEW.reported_at, NEW.verified_at, NEW.in_use_at);
END;

-- A change at the instant of the last one, or before it because the clock was set back, takes its place:
-- no version is empty, and none begins before the one it follows.
CREATE TRIGGER task_history_goes_on AFTER UPDATE OF programme_id, lead_agency_id, lead_path, is_public, stage,
    due_on, recurs, self_rating, reported_at, verified_at, in_use_at ON tasks
WHEN OLD.stage <> NEW.stage OR OLD.due_on <> NEW.due_on OR OLD.self_rating <> NEW.self_rating
    OR OLD.reported_at IS NOT NEW.reported_at OR OLD.verified_at IS NOT NEW.verified_at
    OR OLD.in_use_at IS NOT NEW.in_use_at OR OLD.is_public <> NEW.is_public OR OLD.recurs <> NEW.recurs
    OR OLD.programme_id <> NEW.programme_id OR OLD.lead_agency_id <> NEW.lead_agency_id
    OR OLD.lead_path <> NEW.lead_path
BEGIN
    UPDATE task_history SET until = NEW.changed_at
    WHERE task_id = NEW.id AND until IS NULL AND since < NEW.changed_at;
    UPDATE task_history
    SET programme_id = NEW.programme_id, lead_agency_id = NEW.lead_agency_id, lead_path = NEW.lead_path,
        is_public = NEW.is_public, stage = NEW.stage, due_on = NEW.due_on, recurs = NEW.recurs,
        self_rating = NEW.self_rating, reported_at = NEW.reported_at, verified_at = NEW.verified_at,
        in_use_at = NEW.in_use_at
    WHERE task_id = NEW.id AND until IS NULL;
    INSERT INTO task_history (task_id, since, programme_id, lead_agency_id, lead_path, is_public, stage,
        due_on, recurs, self_rating, reported_at, verified_at, in_use_at)
    SELECT NEW.id, NEW.changed_at, NEW.programme_id, NEW.lead_agency_id, NEW.lead_path, NEW.is_public,
        NEW.stage, NEW.due_on, NEW.recurs, NEW.self_rating, NEW.reported_at, NEW.verified_at, NEW.in_use_at
    WHERE NOT EXISTS (SELECT 1 FROM task_history WHERE task_id = NEW.id AND until IS NULL);
END;
