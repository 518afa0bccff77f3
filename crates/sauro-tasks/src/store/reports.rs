//! Table `reports`.

use sauro_kernel::{AgencyId, PostId, ReportId, TaskId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::bulk::insert_rows;
use super::corrupt;
use crate::model::{Place, Report, ReportFields, ReportState, SelfRating};

/// The columns that [`ReportRow`] reads, for `concat!`.
macro_rules! report_columns {
    () => {
        "id, task_id, agency_id, state, results, difficulties, proposals, self_rating, drafted_by_post_id, \
         changed_by_post_id, changed_at, sent_by_post_id, sent_at, receipt, reason, version"
    };
}

/// Who changed a report, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change {
    pub(crate) by: PostId,
    pub(crate) at: i64,
}

/// Finds one report.
pub(crate) async fn find(conn: &mut Conn, id: ReportId) -> Result<Option<Report>, StoreError> {
    const SQL: &str = concat!("SELECT ", report_columns!(), " FROM reports WHERE id = $1");
    let row =
        run!(conn, c => sqlx::query_as::<_, ReportRow>(SQL).bind(id.0).fetch_optional(c).await)?;
    row.map(Report::try_from).transpose()
}

/// The one report of `task` that is still being written, if any.
pub(crate) async fn open_of_task(
    conn: &mut Conn,
    task: TaskId,
) -> Result<Option<Report>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        report_columns!(),
        " FROM reports WHERE task_id = $1 AND state IN ('draft', 'submitted')"
    );
    let row =
        run!(conn, c => sqlx::query_as::<_, ReportRow>(SQL).bind(task.0).fetch_optional(c).await)?;
    row.map(Report::try_from).transpose()
}

/// Lists the sent reports of `task`, latest first, at most `limit`.
///
/// Uses index `reports_of_task`.
pub(crate) async fn sent_of_task(
    conn: &mut Conn,
    task: TaskId,
    limit: u16,
) -> Result<Vec<Report>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        report_columns!(),
        " FROM reports WHERE task_id = $1 AND sent_at IS NOT NULL ORDER BY sent_at DESC, id DESC LIMIT $2"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, ReportRow>(SQL)
        .bind(task.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Report::try_from).collect()
}

const COLUMNS: &[&str] = &[
    "id",
    "task_id",
    "agency_id",
    "state",
    "results",
    "difficulties",
    "proposals",
    "self_rating",
    "drafted_by_post_id",
    "changed_by_post_id",
    "changed_at",
    "sent_by_post_id",
    "sent_at",
    "receipt",
    "reason",
    "version",
];

/// Adds a report. [`StoreError::Conflict`]: the task has an open one already.
pub(crate) async fn insert(conn: &mut Conn, it: &Report) -> Result<(), StoreError> {
    insert_many(conn, &[it]).await
}

/// Adds reports as they stand.
pub(crate) async fn insert_many(conn: &mut Conn, rows: &[&Report]) -> Result<(), StoreError> {
    insert_rows!(conn, "reports", COLUMNS, rows, |query, it| query
        .bind(it.id.0)
        .bind(it.task.0)
        .bind(it.agency.0)
        .bind(it.state.code())
        .bind(&it.results)
        .bind(&it.difficulties)
        .bind(&it.proposals)
        .bind(it.self_rating.map_or("", SelfRating::code))
        .bind(it.drafted_by.0)
        .bind(it.changed_by.0)
        .bind(it.changed_at)
        .bind(it.sent_by.map(|id| id.0))
        .bind(it.sent_at)
        .bind(&it.receipt)
        .bind(&it.reason)
        .bind(it.version))
}

/// Writes the fields of an open report that still has `version`. Answers whether it had.
pub(crate) async fn update_fields(
    conn: &mut Conn,
    id: ReportId,
    version: i64,
    fields: &ReportFields,
    change: Change,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE reports
        SET results = $3, difficulties = $4, proposals = $5, self_rating = $6, changed_by_post_id = $7,
            changed_at = $8, version = version + 1
        WHERE id = $1 AND version = $2 AND state IN ('draft', 'submitted')";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(version)
        .bind(&fields.results)
        .bind(&fields.difficulties)
        .bind(&fields.proposals)
        .bind(fields.self_rating.map_or("", SelfRating::code))
        .bind(change.by.0)
        .bind(change.at)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Moves an open report that still has `version` to `state`. Answers whether it had.
pub(crate) async fn update_state(
    conn: &mut Conn,
    id: ReportId,
    version: i64,
    state: ReportState,
    reason: &str,
    change: Change,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE reports
        SET state = $3, reason = $4, changed_by_post_id = $5, changed_at = $6, version = version + 1
        WHERE id = $1 AND version = $2 AND state IN ('draft', 'submitted')";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(version)
        .bind(state.code())
        .bind(reason)
        .bind(change.by.0)
        .bind(change.at)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Marks an open report that still has `version` as sent. Answers whether it had.
pub(crate) async fn update_sent(
    conn: &mut Conn,
    id: ReportId,
    version: i64,
    receipt: &str,
    change: Change,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE reports
        SET state = 'sent', reason = '', receipt = $3, sent_by_post_id = $4, sent_at = $5,
            changed_by_post_id = $4, changed_at = $5, version = version + 1
        WHERE id = $1 AND version = $2 AND state IN ('draft', 'submitted')";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(version)
        .bind(receipt)
        .bind(change.by.0)
        .bind(change.at)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Writes what became of a sent report.
pub(crate) async fn update_verdict(
    conn: &mut Conn,
    id: ReportId,
    state: ReportState,
    reason: &str,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE reports
        SET state = $2, reason = $3, version = version + 1
        WHERE id = $1 AND sent_at IS NOT NULL";
    run!(conn, c => sqlx::query(SQL).bind(id.0).bind(state.code()).bind(reason).execute(c).await.map(drop))
}

/// Notes that something was added to or taken from an open report, and keeps it from being sent
/// until this transaction ends. Answers whether it is open.
pub(crate) async fn touch_open(
    conn: &mut Conn,
    id: ReportId,
    change: Change,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE reports
        SET changed_by_post_id = $2, changed_at = $3
        WHERE id = $1 AND state IN ('draft', 'submitted')";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(change.by.0)
        .bind(change.at)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Lists the reports of `agency` in `state` after the place `after`, longest waiting first, at most
/// `limit`.
///
/// Uses index `reports_waiting`.
pub(crate) async fn waiting(
    conn: &mut Conn,
    agency: AgencyId,
    state: ReportState,
    after: Place,
    limit: u16,
) -> Result<Vec<Report>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        report_columns!(),
        " FROM reports
         WHERE agency_id = $1 AND state = $2 AND (changed_at > $3 OR (changed_at = $3 AND id > $4))
         ORDER BY changed_at, id
         LIMIT $5"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, ReportRow>(SQL)
        .bind(agency.0)
        .bind(state.code())
        .bind(after.at)
        .bind(after.id)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Report::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct ReportRow {
    id: Uuid,
    task_id: Uuid,
    agency_id: Uuid,
    state: String,
    results: String,
    difficulties: String,
    proposals: String,
    self_rating: String,
    drafted_by_post_id: Uuid,
    changed_by_post_id: Uuid,
    changed_at: i64,
    sent_by_post_id: Option<Uuid>,
    sent_at: Option<i64>,
    receipt: Option<String>,
    reason: String,
    version: i64,
}

impl TryFrom<ReportRow> for Report {
    type Error = StoreError;

    fn try_from(row: ReportRow) -> Result<Self, StoreError> {
        let state = ReportState::of_code(&row.state)
            .ok_or_else(|| corrupt("reports", row.id, format!("no such state: {}", row.state)))?;
        Ok(Self {
            id: ReportId(row.id),
            task: TaskId(row.task_id),
            agency: AgencyId(row.agency_id),
            state,
            results: row.results,
            difficulties: row.difficulties,
            proposals: row.proposals,
            self_rating: SelfRating::of_code(&row.self_rating),
            drafted_by: PostId(row.drafted_by_post_id),
            changed_by: PostId(row.changed_by_post_id),
            changed_at: row.changed_at,
            sent_by: row.sent_by_post_id.map(PostId),
            sent_at: row.sent_at,
            receipt: row.receipt,
            reason: row.reason,
            version: row.version,
        })
    }
}
