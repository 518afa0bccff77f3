//! Table `task_drafts`.

use sauro_kernel::{AgencyId, AgencyPath, DirectiveId, DraftId, PostId, ProgrammeId, TaskId, fold};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{bulk, corrupt, path_of};
use crate::model::{Draft, DraftState};

const COLUMNS: &str = "id, directive_id, programme_id, owner_agency_id, owner_path, parent_task_id, ordinal, state, body, \
     reason, changed_by_post_id, changed_at, version";

/// Adds drafts.
pub(crate) async fn insert_many(conn: &mut Conn, drafts: &[Draft]) -> Result<(), StoreError> {
    for chunk in drafts.chunks(bulk::ROWS) {
        let tuples = bulk::values(chunk.len(), 1, 14, |at| {
            let all: Vec<String> = (at..at + 14).map(|n| format!("${n}")).collect();
            format!("({})", all.join(", "))
        });
        let sql = format!("INSERT INTO task_drafts ({COLUMNS}, work_fold) VALUES {tuples}");
        let bodies = chunk.iter().map(body_text).collect::<Result<Vec<_>, _>>()?;
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (draft, body) in chunk.iter().zip(&bodies) {
                query = query
                    .bind(draft.id.0)
                    .bind(draft.directive.map(|id| id.0))
                    .bind(draft.programme.0)
                    .bind(draft.owner.0)
                    .bind(draft.owner_path.as_str())
                    .bind(draft.parent.map(|id| id.0))
                    .bind(draft.ordinal)
                    .bind(draft.state.code())
                    .bind(body)
                    .bind(&draft.reason)
                    .bind(draft.changed_by.0)
                    .bind(draft.changed_at)
                    .bind(draft.version)
                    .bind(fold(&draft.body.work));
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Writes everything of `draft` that can change, if its stored version is still `draft.version`, and
/// counts the version up. Answers whether it was.
pub(crate) async fn update(conn: &mut Conn, draft: &Draft) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE task_drafts
        SET ordinal = $1, state = $2, work_fold = $3, body = $4, reason = $5, changed_by_post_id = $6, changed_at = $7,
            version = version + 1
        WHERE id = $8 AND version = $9";
    let body = body_text(draft)?;
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(draft.ordinal)
        .bind(draft.state.code())
        .bind(fold(&draft.body.work))
        .bind(&body)
        .bind(&draft.reason)
        .bind(draft.changed_by.0)
        .bind(draft.changed_at)
        .bind(draft.id.0)
        .bind(draft.version)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Makes room in a directive: the drafts after `ordinal` move one place down.
pub(crate) async fn make_room(
    conn: &mut Conn,
    directive: DirectiveId,
    ordinal: i64,
) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE task_drafts SET ordinal = ordinal + 1 WHERE directive_id = $1 AND ordinal > $2";
    run!(conn, c => sqlx::query(SQL).bind(directive.0).bind(ordinal).execute(c).await.map(drop))
}

/// Finds one draft.
pub(crate) async fn find(conn: &mut Conn, id: DraftId) -> Result<Option<Draft>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM task_drafts WHERE id = $1");
    let row = run!(conn, c => sqlx::query_as::<_, DraftRow>(AssertSqlSafe(sql)).bind(id.0).fetch_optional(c).await)?;
    row.map(Draft::try_from).transpose()
}

/// Finds the drafts `ids`, in the order of `ids`; those that are not there are left out.
pub(crate) async fn find_many(conn: &mut Conn, ids: &[DraftId]) -> Result<Vec<Draft>, StoreError> {
    let mut found = std::collections::HashMap::new();
    for chunk in ids.chunks(bulk::ROWS) {
        let places: Vec<String> = (1..=chunk.len()).map(|n| format!("${n}")).collect();
        let limit = chunk.len();
        let sql = format!(
            "SELECT {COLUMNS} FROM task_drafts WHERE id IN ({}) ORDER BY id LIMIT {limit}",
            places.join(", ")
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, DraftRow>(AssertSqlSafe(sql));
            for id in chunk {
                query = query.bind(id.0);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            let draft = Draft::try_from(row)?;
            found.insert(draft.id, draft);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Lists the drafts of a directive, in their order.
///
/// Uses index `task_drafts_of_directive`.
pub(crate) async fn of_directive(
    conn: &mut Conn,
    directive: DirectiveId,
) -> Result<Vec<Draft>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM task_drafts WHERE directive_id = $1 ORDER BY ordinal, id LIMIT 2000"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, DraftRow>(AssertSqlSafe(sql)).bind(directive.0).fetch_all(c).await)?;
    rows.into_iter().map(Draft::try_from).collect()
}

/// Lists the drafts of `owner` in `state` changed after (`after_at`, `after_id`), oldest change first.
///
/// Uses index `task_drafts_waiting`.
pub(crate) async fn of_owner_in(
    conn: &mut Conn,
    owner: AgencyId,
    state: DraftState,
    after: (i64, Uuid),
    limit: u16,
) -> Result<Vec<Draft>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM task_drafts
        WHERE owner_agency_id = $1 AND state = $2 AND (changed_at > $3 OR (changed_at = $3 AND id > $4))
        ORDER BY changed_at, id
        LIMIT $5"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, DraftRow>(AssertSqlSafe(sql))
        .bind(owner.0)
        .bind(state.code())
        .bind(after.0)
        .bind(after.1)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Draft::try_from).collect()
}

/// Lists the drafts of `owner` being edited or waiting whose folded work is `work_fold`, latest first.
pub(crate) async fn with_work(
    conn: &mut Conn,
    owner: AgencyId,
    work_fold: &str,
    limit: u16,
) -> Result<Vec<Draft>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM task_drafts
        WHERE owner_agency_id = $1 AND state IN ('draft', 'proposed') AND work_fold = $2
        ORDER BY changed_at DESC, id DESC
        LIMIT $3"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, DraftRow>(AssertSqlSafe(sql))
        .bind(owner.0)
        .bind(work_fold)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Draft::try_from).collect()
}

fn body_text(draft: &Draft) -> Result<String, StoreError> {
    serde_json::to_string(&draft.body).map_err(|err| corrupt("task_drafts", draft.id.0, err))
}

#[derive(sqlx::FromRow)]
struct DraftRow {
    id: Uuid,
    directive_id: Option<Uuid>,
    programme_id: Uuid,
    owner_agency_id: Uuid,
    owner_path: String,
    parent_task_id: Option<Uuid>,
    ordinal: i64,
    state: String,
    body: String,
    reason: String,
    changed_by_post_id: Uuid,
    changed_at: i64,
    version: i64,
}

impl TryFrom<DraftRow> for Draft {
    type Error = StoreError;

    fn try_from(row: DraftRow) -> Result<Self, StoreError> {
        let owner_path: AgencyPath = path_of("task_drafts", row.id, &row.owner_path)?;
        let state = DraftState::of_code(&row.state).ok_or_else(|| {
            corrupt("task_drafts", row.id, format!("no such state: {}", row.state))
        })?;
        Ok(Self {
            id: DraftId(row.id),
            directive: row.directive_id.map(DirectiveId),
            programme: ProgrammeId(row.programme_id),
            owner: AgencyId(row.owner_agency_id),
            owner_path,
            parent: row.parent_task_id.map(TaskId),
            ordinal: row.ordinal,
            state,
            body: serde_json::from_str(&row.body)
                .map_err(|err| corrupt("task_drafts", row.id, err))?,
            reason: row.reason,
            changed_by: PostId(row.changed_by_post_id),
            changed_at: row.changed_at,
            version: row.version,
        })
    }
}
