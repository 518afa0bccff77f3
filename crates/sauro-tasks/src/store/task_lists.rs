//! Lists of tasks with optional filters, paged by key.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, CUT_OFF_HOUR, ProgrammeId, TaskId, VIETNAM, fold};
use sauro_store::{Conn, Dialect, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::tasks::{TaskRow, task_columns};
use crate::model::{Moment, Stage, Status, StatusFacts, Task};

/// Whose tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Led at this place or below.
    LedBelow(AgencyPath),
    /// Led by this agency.
    LedBy(AgencyId),
    /// To be accepted by this agency.
    AcceptedBy(AgencyId),
    /// Issued by this agency.
    IssuedBy(AgencyId),
    /// In which this agency cooperates.
    Helped(AgencyId),
}

/// Which tasks.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) whose: Whose,
    pub(crate) status: Option<Status>,
    pub(crate) is_unfinished: bool,
    pub(crate) moment: Moment,
    pub(crate) lead: Option<AgencyId>,
    pub(crate) programme: Option<ProgrammeId>,
    pub(crate) words: String,
    pub(crate) after: Option<(NaiveDate, TaskId)>,
}

enum Value {
    Id(Uuid),
    Text(String),
    Day(NaiveDate),
}

/// A growing condition and the values of its placeholders.
#[derive(Default)]
struct Condition {
    parts: Vec<String>,
    values: Vec<Value>,
}

impl Condition {
    /// The placeholder of `value`.
    fn value(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    fn id(&mut self, column: &str, id: Uuid) {
        let place = self.value(Value::Id(id));
        self.parts.push(format!("{column} = {place}"));
    }
}

/// Lists the tasks wanted, nearest deadline first, at most `limit`.
pub(crate) async fn page(
    conn: &mut Conn,
    wanted: &Wanted,
    limit: u16,
) -> Result<Vec<Task>, StoreError> {
    let condition = condition(conn.dialect(), wanted);
    let sql = format!(
        "SELECT {} FROM tasks WHERE {} ORDER BY due_on, id LIMIT {limit}",
        task_columns!(),
        condition.parts.join(" AND "),
    );
    let rows = run!(conn, c => {
        let mut query = sqlx::query_as::<_, TaskRow>(AssertSqlSafe(sql));
        for value in condition.values {
            query = match value {
                Value::Id(id) => query.bind(id),
                Value::Text(text) => query.bind(text),
                Value::Day(day) => query.bind(day),
            };
        }
        query.fetch_all(c).await
    })?;
    rows.into_iter().map(Task::try_from).collect()
}

fn condition(dialect: Dialect, wanted: &Wanted) -> Condition {
    let mut all = Condition::default();
    match &wanted.whose {
        Whose::LedBelow(path) if *path == AgencyPath::nation() => {
            all.parts.push("1 = 1".to_owned())
        }
        Whose::LedBelow(path) => {
            let (start, end) = path.below();
            let own = all.value(Value::Text(path.as_str().to_owned()));
            let (start, end) = (all.value(Value::Text(start)), all.value(Value::Text(end)));
            all.parts.push(format!(
                "(lead_path = {own} OR (lead_path >= {start} AND lead_path < {end}))"
            ));
        }
        Whose::LedBy(id) => all.id("lead_agency_id", id.0),
        Whose::AcceptedBy(id) => all.id("authority_agency_id", id.0),
        Whose::IssuedBy(id) => all.id("issuer_agency_id", id.0),
        Whose::Helped(id) => {
            let place = all.value(Value::Id(id.0));
            all.parts.push(format!(
                "id IN (SELECT p.task_id FROM task_partners p WHERE p.agency_id = {place})"
            ));
        }
    }
    if let Some(lead) = wanted.lead {
        all.id("lead_agency_id", lead.0);
    }
    if let Some(programme) = wanted.programme {
        all.id("programme_id", programme.0);
    }
    if let Some(status) = wanted.status {
        let part = has_status(&mut all, dialect, status, wanted.moment);
        all.parts.push(part);
    }
    if wanted.is_unfinished {
        let open = "stage IN ('issued', 'in_progress', 'returned', 'reported', 'paused')";
        all.parts.push(open.to_owned());
    }
    let words = fold(&wanted.words);
    if !words.is_empty() {
        let pattern = words.replace(['%', '_', '\\'], " ");
        let work = all.value(Value::Text(format!("%{pattern}%")));
        let code = all.value(Value::Text(format!("%{}%", pattern.to_uppercase())));
        all.parts.push(format!("(work_fold LIKE {work} OR code LIKE {code})"));
    }
    if let Some((due_on, id)) = wanted.after {
        let (day, id) = (all.value(Value::Day(due_on)), all.value(Value::Id(id.0)));
        all.parts.push(format!("(due_on > {day} OR (due_on = {day} AND id > {id}))"));
    }
    all
}

/// [`StatusFacts::status`] as a condition.
fn has_status(all: &mut Condition, dialect: Dialect, status: Status, moment: Moment) -> String {
    let in_time = format!("(reported_at IS NOT NULL AND reported_at <= {})", cut_off_sql(dialect));
    let owed = format!(
        "(stage IN ('issued', 'in_progress', 'returned') OR (stage = 'reported' AND NOT {in_time}))"
    );
    let open_day = all.value(Value::Day(moment.open_day));
    let soon_day = all.value(Value::Day(moment.open_day + StatusFacts::DUE_SOON));
    // Both engines want every placeholder used, and PostgreSQL its type known.
    let used = format!("{open_day} <= {soon_day}");
    let is = match status {
        Status::Overdue => format!("{owed} AND due_on < {open_day}"),
        Status::DueSoon => format!("{owed} AND due_on >= {open_day} AND due_on <= {soon_day}"),
        Status::InTime => {
            format!("(({owed} AND due_on > {soon_day}) OR (stage = 'reported' AND {in_time}))")
        }
        Status::DoneLate => format!("stage IN ('verified', 'in_use') AND NOT {in_time}"),
        Status::DoneOnTime => format!("stage IN ('verified', 'in_use') AND {in_time}"),
        Status::NotAssessable => "stage IN ('paused', 'cancelled')".to_owned(),
    };
    match dialect {
        Dialect::Sqlite => format!("({is} AND {used})"),
        Dialect::Postgres => {
            format!("({is} AND {})", used.replace(&open_day, &format!("{open_day}::date")))
        }
    }
}

/// The cut-off of a row's deadline, in microseconds.
fn cut_off_sql(dialect: Dialect) -> String {
    let utc_hour = i64::from(CUT_OFF_HOUR) - i64::from(VIETNAM.local_minus_utc()) / 3600;
    match dialect {
        Dialect::Sqlite => format!("(unixepoch(due_on) + {}) * 1000000", utc_hour * 3600),
        Dialect::Postgres => {
            format!(
                "((due_on - DATE '1970-01-01')::bigint * 86400 + {}) * 1000000",
                utc_hour * 3600
            )
        }
    }
}

/// Lists what the status of each task handed down from `parent` follows from.
///
/// Uses index `tasks_of_parent`.
pub(crate) async fn facts_of_children(
    conn: &mut Conn,
    parent: TaskId,
) -> Result<Vec<StatusFacts>, StoreError> {
    const SQL: &str = "
        SELECT id, stage, due_on, reported_at
        FROM tasks
        WHERE parent_id = $1 AND period = ''
        ORDER BY id
        LIMIT 20000";
    let rows: Vec<(Uuid, String, NaiveDate, Option<i64>)> =
        run!(conn, c => sqlx::query_as(SQL).bind(parent.0).fetch_all(c).await)?;
    let facts = |(id, stage, due_on, reported_at): (Uuid, String, NaiveDate, Option<i64>)| {
        let stage = Stage::of_code(&stage)
            .ok_or_else(|| super::corrupt("tasks", id, format!("stage {stage}")))?;
        Ok(StatusFacts { stage, due_on, reported_at })
    };
    rows.into_iter().map(facts).collect()
}
