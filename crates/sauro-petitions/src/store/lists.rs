//! Lists of cases. Every one walks an index.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, PetitionId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::petitions::{COLUMNS, PetitionRow};
use crate::model::{Petition, State};

/// The states that are `wanted`, as SQL lists them.
pub(super) fn states_text(wanted: impl Fn(State) -> bool) -> String {
    let states = State::ALL.into_iter().filter(|it| wanted(*it));
    states.map(|it| format!("'{}'", it.code())).collect::<Vec<_>>().join(", ")
}

/// Cases that `holder` has and that are not at their end, at most `limit`.
pub(crate) async fn open_of_holder(
    conn: &mut Conn,
    holder: AgencyId,
    limit: u16,
) -> Result<Vec<PetitionId>, StoreError> {
    let open = states_text(|it| it != State::Closed);
    let sql =
        format!("SELECT id FROM petitions WHERE holder_id = $1 AND state IN ({open}) LIMIT $2");
    let ids: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(holder.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(PetitionId).collect())
}

/// Public cases, the newest answer first, after (`before`) one that was shown; of one field when given, which has
/// an index of its own.
pub(crate) async fn public(
    conn: &mut Conn,
    field: &str,
    before: (i64, Uuid),
    limit: u16,
) -> Result<Vec<Petition>, StoreError> {
    // Either text names the placeholder, so that both engines know its type.
    let of_field = if field.is_empty() { "$3 = ''" } else { "field = $3" };
    let sql = format!(
        "SELECT {COLUMNS}
        FROM petitions
        WHERE answered_at IS NOT NULL AND may_publish AND NOT is_hidden
            AND answered_at <= $1 AND (answered_at < $1 OR id < $2)
            AND {of_field}
        ORDER BY answered_at DESC, id DESC
        LIMIT $4"
    );
    let rows: Vec<PetitionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(before.0)
        .bind(before.1)
        .bind(field)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Petition::try_from).collect()
}

/// Public cases of `place`, the last sent first.
pub(crate) async fn public_of_place(
    conn: &mut Conn,
    place: &AgencyPath,
    limit: u16,
) -> Result<Vec<Petition>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}
        FROM petitions
        WHERE answered_at IS NOT NULL AND may_publish AND NOT is_hidden
            AND place_path = $1
        ORDER BY sent_at DESC, id DESC
        LIMIT $2"
    );
    let rows: Vec<PetitionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(place.as_str())
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Petition::try_from).collect()
}

/// True when a case was merged into `id`.
pub(crate) async fn has_merged(conn: &mut Conn, id: PetitionId) -> Result<bool, StoreError> {
    const SQL: &str =
        "SELECT count(*) FROM (SELECT id FROM petitions WHERE merged_into = $1 LIMIT 1) found";
    let n: i64 = run!(conn, c => sqlx::query_scalar(SQL).bind(id.0).fetch_one(c).await)?;
    Ok(n > 0)
}

/// The public numbers of the cases merged into `id`.
pub(crate) async fn merged_into(
    conn: &mut Conn,
    id: PetitionId,
) -> Result<Vec<String>, StoreError> {
    const SQL: &str = "
        SELECT number
        FROM petitions
        WHERE merged_into = $1
        ORDER BY id
        LIMIT 1000";
    run!(conn, c => sqlx::query_scalar(SQL).bind(id.0).fetch_all(c).await)
}

/// The cases merged into `id` that come after `after`, at most `limit`.
///
/// Uses index `petitions_merged`.
pub(crate) async fn merged_after(
    conn: &mut Conn,
    id: PetitionId,
    after: Option<PetitionId>,
    limit: u16,
) -> Result<Vec<PetitionId>, StoreError> {
    const SQL: &str = "
        SELECT id
        FROM petitions
        WHERE merged_into = $1 AND id > $2
        ORDER BY id
        LIMIT $3";
    let ids: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(id.0)
        .bind(after.map_or(Uuid::nil(), |it| it.0))
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(PetitionId).collect())
}

/// Answered cases that nobody rated since `before`, the oldest first.
pub(crate) async fn to_settle(
    conn: &mut Conn,
    before: i64,
    limit: u16,
) -> Result<Vec<PetitionId>, StoreError> {
    const SQL: &str = "
        SELECT id
        FROM petitions
        WHERE state = 'answered' AND answered_at < $1
        ORDER BY answered_at, id
        LIMIT $2";
    let ids: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(before)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(PetitionId).collect())
}

/// Cases whose step runs out by `until` and that were reminded fewer than `step` times: the id, its holder,
/// its number and its deadline.
pub(crate) async fn due(
    conn: &mut Conn,
    step: i64,
    until: NaiveDate,
    limit: u16,
) -> Result<Vec<(Uuid, Uuid, String, NaiveDate)>, StoreError> {
    const SQL: &str = "
        SELECT id, holder_id, number, due_on
        FROM petitions
        WHERE reminded = $1 AND due_on IS NOT NULL AND due_on <= $2
        ORDER BY due_on, id
        LIMIT $3";
    run!(conn, c => sqlx::query_as(SQL)
        .bind(step)
        .bind(until)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)
}

/// Marks the step of reminding that a case has behind it, if its deadline is still the one that was read and
/// nobody else has. Answers whether so.
pub(crate) async fn mark_reminded(
    conn: &mut Conn,
    id: Uuid,
    (from, to): (i64, i64),
    due_on: NaiveDate,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE petitions SET reminded = $1 WHERE id = $2 AND reminded = $3 AND due_on = $4";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(to)
        .bind(id)
        .bind(from)
        .bind(due_on)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}
