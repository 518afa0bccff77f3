//! Table `extensions`.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, ExtensionId, PostId, TaskId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::bulk::insert_rows;
use super::corrupt;
use crate::model::{Extension, ExtensionState, Place};

/// The columns that [`ExtensionRow`] reads, for `concat!`.
macro_rules! extension_columns {
    () => {
        "id, task_id, asked_by_post_id, asked_by_agency_id, decider_agency_id, asked_at, reason, from_on, to_on, \
         state, decided_by_post_id, decided_at, answer"
    };
}

const COLUMNS: &[&str] = &[
    "id",
    "task_id",
    "asked_by_post_id",
    "asked_by_agency_id",
    "decider_agency_id",
    "asked_at",
    "reason",
    "from_on",
    "to_on",
    "state",
    "decided_by_post_id",
    "decided_at",
    "answer",
];

/// Adds a request.
pub(crate) async fn insert(conn: &mut Conn, it: &Extension) -> Result<(), StoreError> {
    insert_many(conn, &[it]).await
}

/// Adds requests for more time as they stand.
pub(crate) async fn insert_many(conn: &mut Conn, rows: &[&Extension]) -> Result<(), StoreError> {
    insert_rows!(conn, "extensions", COLUMNS, rows, |query, it| query
        .bind(it.id.0)
        .bind(it.task.0)
        .bind(it.asked_by.0)
        .bind(it.asked_by_agency.0)
        .bind(it.decider.0)
        .bind(it.asked_at)
        .bind(&it.reason)
        .bind(it.from_on)
        .bind(it.to_on)
        .bind(it.state.code())
        .bind(it.decided_by.map(|id| id.0))
        .bind(it.decided_at)
        .bind(&it.answer))
}

/// Writes the end of an open request.
pub(crate) async fn update_decided(
    conn: &mut Conn,
    id: ExtensionId,
    state: ExtensionState,
    by: PostId,
    answer: &str,
    now_us: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE extensions
        SET state = $2, decided_by_post_id = $3, decided_at = $4, answer = $5
        WHERE id = $1 AND state = 'asked'";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(state.code())
        .bind(by.0)
        .bind(now_us)
        .bind(answer)
        .execute(c)
        .await
        .map(drop))
}

/// Lists the requests on a task, latest first.
///
/// Uses index `extensions_of_task`.
pub(crate) async fn of_task(conn: &mut Conn, task: TaskId) -> Result<Vec<Extension>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        extension_columns!(),
        " FROM extensions WHERE task_id = $1 ORDER BY asked_at DESC, id DESC LIMIT 100"
    );
    let rows =
        run!(conn, c => sqlx::query_as::<_, ExtensionRow>(SQL).bind(task.0).fetch_all(c).await)?;
    rows.into_iter().map(Extension::try_from).collect()
}

/// Whose open requests.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Whose {
    /// Those that this agency decides.
    ToDecide(AgencyId),
    /// Those that this agency asked.
    Asked(AgencyId),
}

impl Whose {
    fn column(self) -> (&'static str, AgencyId) {
        match self {
            Self::ToDecide(agency) => ("decider_agency_id", agency),
            Self::Asked(agency) => ("asked_by_agency_id", agency),
        }
    }
}

/// Lists open requests after the place `after`, longest waiting first.
///
/// Uses indexes `extensions_to_decide` and `extensions_asked`.
pub(crate) async fn waiting(
    conn: &mut Conn,
    whose: Whose,
    after: Place,
    limit: u16,
) -> Result<Vec<Extension>, StoreError> {
    let (column, agency) = whose.column();
    let sql = format!(
        "SELECT {}
         FROM extensions
         WHERE {column} = $1 AND state = 'asked' AND (asked_at > $2 OR (asked_at = $2 AND id > $3))
         ORDER BY asked_at, id
         LIMIT $4",
        extension_columns!()
    );
    let rows = run!(conn, c => sqlx::query_as::<_, ExtensionRow>(sqlx::AssertSqlSafe(sql))
        .bind(agency.0)
        .bind(after.at)
        .bind(after.id)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Extension::try_from).collect()
}

/// Counts open requests.
pub(crate) async fn count_waiting(conn: &mut Conn, whose: Whose) -> Result<i64, StoreError> {
    let (column, agency) = whose.column();
    let sql = format!("SELECT COUNT(*) FROM extensions WHERE {column} = $1 AND state = 'asked'");
    run!(conn, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(agency.0).fetch_one(c).await)
}

#[derive(sqlx::FromRow)]
struct ExtensionRow {
    id: Uuid,
    task_id: Uuid,
    asked_by_post_id: Uuid,
    asked_by_agency_id: Uuid,
    decider_agency_id: Uuid,
    asked_at: i64,
    reason: String,
    from_on: NaiveDate,
    to_on: NaiveDate,
    state: String,
    decided_by_post_id: Option<Uuid>,
    decided_at: Option<i64>,
    answer: String,
}

impl TryFrom<ExtensionRow> for Extension {
    type Error = StoreError;

    fn try_from(row: ExtensionRow) -> Result<Self, StoreError> {
        let state = ExtensionState::of_code(&row.state).ok_or_else(|| {
            corrupt("extensions", row.id, format!("no such state: {}", row.state))
        })?;
        Ok(Self {
            id: ExtensionId(row.id),
            task: TaskId(row.task_id),
            asked_by: PostId(row.asked_by_post_id),
            asked_by_agency: AgencyId(row.asked_by_agency_id),
            decider: AgencyId(row.decider_agency_id),
            asked_at: row.asked_at,
            reason: row.reason,
            from_on: row.from_on,
            to_on: row.to_on,
            state,
            decided_by: row.decided_by_post_id.map(PostId),
            decided_at: row.decided_at,
            answer: row.answer,
        })
    }
}
