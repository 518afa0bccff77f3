-- Programmes with ways of their own, the periods of recurring work, and how a task follows its children.

-- What a programme sets for its tasks where nobody says otherwise, as one JSON document.
ALTER TABLE programmes ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

-- The period of a recurring task that this task is, such as '2026-10'; empty for any other task.
ALTER TABLE tasks ADD COLUMN period TEXT NOT NULL DEFAULT '';
-- Who of the authority accepts: a role, or empty for whoever may.
ALTER TABLE tasks ADD COLUMN verifier_role TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX tasks_one_of_period ON tasks (parent_id, period) WHERE period <> '';
CREATE INDEX tasks_of_period ON tasks (parent_id, due_on, id) WHERE period <> '';

-- Where each recurring task stands: the first day whose period is still to be opened, and when.
CREATE TABLE task_cycles (
    task_id  UUID NOT NULL PRIMARY KEY REFERENCES tasks (id),
    from_on  DATE NOT NULL,
    opens_on DATE NOT NULL                           -- '9999-12-31' while nothing is to be opened
);
CREATE INDEX task_cycles_by_opening ON task_cycles (opens_on, task_id);

-- Recurring work that runs already goes on from today: its past was reported on the task itself.
INSERT INTO task_cycles (task_id, from_on, opens_on)
SELECT id, greatest(due_on, (now() AT TIME ZONE 'UTC' + INTERVAL '7 hours')::date), '2000-01-01'
FROM tasks
WHERE recurs <> '';

CREATE FUNCTION task_cycles_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO task_cycles (task_id, from_on, opens_on) VALUES (NEW.id, NEW.due_on, '2000-01-01');
    RETURN NULL;
END $$;

CREATE TRIGGER task_cycles_begin AFTER INSERT ON tasks
FOR EACH ROW WHEN (NEW.recurs <> '') EXECUTE FUNCTION task_cycles_begin();

-- The tasks handed down from a task, counted, and the rule by which it follows them. Periods are not
-- counted. The counts follow from `tasks` alone: triggers move them by what changed.
CREATE TABLE task_rollups (
    parent_id   UUID   NOT NULL PRIMARY KEY REFERENCES tasks (id),
    rule        TEXT   NOT NULL CHECK (rule IN ('', 'all', 'share', 'count')),
    rule_value  BIGINT NOT NULL,                     -- basis points, or how many
    n_tasks     BIGINT NOT NULL,
    n_cancelled BIGINT NOT NULL,
    n_paused    BIGINT NOT NULL,
    n_verified  BIGINT NOT NULL
);

INSERT INTO task_rollups (parent_id, rule, rule_value, n_tasks, n_cancelled, n_paused, n_verified)
SELECT parent_id, '', 0, COUNT(*), COUNT(*) FILTER (WHERE stage = 'cancelled'),
    COUNT(*) FILTER (WHERE stage = 'paused'), COUNT(*) FILTER (WHERE stage IN ('verified', 'in_use'))
FROM tasks
WHERE parent_id IS NOT NULL
GROUP BY parent_id;

-- Many come in one statement: each parent is counted up once.
CREATE FUNCTION task_rollups_come() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO task_rollups (parent_id, rule, rule_value, n_tasks, n_cancelled, n_paused, n_verified)
    SELECT parent_id, '', 0, COUNT(*), COUNT(*) FILTER (WHERE stage = 'cancelled'),
        COUNT(*) FILTER (WHERE stage = 'paused'), COUNT(*) FILTER (WHERE stage IN ('verified', 'in_use'))
    FROM fresh
    WHERE parent_id IS NOT NULL AND period = ''
    GROUP BY parent_id
    ORDER BY parent_id
    ON CONFLICT (parent_id) DO UPDATE SET
        n_tasks = task_rollups.n_tasks + excluded.n_tasks,
        n_cancelled = task_rollups.n_cancelled + excluded.n_cancelled,
        n_paused = task_rollups.n_paused + excluded.n_paused,
        n_verified = task_rollups.n_verified + excluded.n_verified;
    RETURN NULL;
END $$;

CREATE TRIGGER task_rollups_come AFTER INSERT ON tasks
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION task_rollups_come();

CREATE FUNCTION task_rollups_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.parent_id IS NOT NULL AND OLD.period = '' THEN
        UPDATE task_rollups
        SET n_tasks = n_tasks - 1,
            n_cancelled = n_cancelled - (OLD.stage = 'cancelled')::int,
            n_paused = n_paused - (OLD.stage = 'paused')::int,
            n_verified = n_verified - (OLD.stage IN ('verified', 'in_use'))::int
        WHERE parent_id = OLD.parent_id;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.parent_id IS NOT NULL AND NEW.period = '' THEN
        INSERT INTO task_rollups (parent_id, rule, rule_value, n_tasks, n_cancelled, n_paused, n_verified)
        VALUES (NEW.parent_id, '', 0, 1, (NEW.stage = 'cancelled')::int, (NEW.stage = 'paused')::int,
            (NEW.stage IN ('verified', 'in_use'))::int)
        ON CONFLICT (parent_id) DO UPDATE SET
            n_tasks = task_rollups.n_tasks + 1,
            n_cancelled = task_rollups.n_cancelled + excluded.n_cancelled,
            n_paused = task_rollups.n_paused + excluded.n_paused,
            n_verified = task_rollups.n_verified + excluded.n_verified;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER task_rollups_go AFTER DELETE ON tasks
FOR EACH ROW EXECUTE FUNCTION task_rollups_move();

CREATE TRIGGER task_rollups_move AFTER UPDATE OF stage, parent_id, period ON tasks
FOR EACH ROW WHEN (
    (NEW.stage, NEW.parent_id, NEW.period) IS DISTINCT FROM (OLD.stage, OLD.parent_id, OLD.period)
) EXECUTE FUNCTION task_rollups_move();
