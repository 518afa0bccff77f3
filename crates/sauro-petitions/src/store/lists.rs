//! Lists of cases. Every one walks an index.

use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, AgencyPath, PetitionId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::petitions::{COLUMNS, PetitionRow};
use crate::model::{Petition, State};

/// Cases in `state` that `holder` owes a step, the nearest deadline first, without those about `reader`: at most
/// `limit` after the first `skipped`.
///
/// Uses index `petitions_of_holder`.
pub(crate) async fn of_holder(
    conn: &mut Conn,
    (holder, reader): (AgencyId, AccountId),
    state: State,
    (skipped, limit): (i64, u16),
) -> Result<Vec<Petition>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}
        FROM petitions
        WHERE holder_id = $1 AND state = $2 AND (about_id IS NULL OR about_id <> $3)
        ORDER BY due_on, id
        LIMIT $4 OFFSET $5"
    );
    let rows: Vec<PetitionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(holder.0)
        .bind(state.code())
        .bind(reader.0)
        .bind(i64::from(limit))
        .bind(skipped)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Petition::try_from).collect()
}

/// How many cases in `state` `holder` owes a step, counted up to `most`.
///
/// Reads index `petitions_of_holder` alone.
pub(crate) async fn n_of_holder(
    conn: &mut Conn,
    holder: AgencyId,
    state: State,
    most: i64,
) -> Result<i64, StoreError> {
    const SQL: &str = "
        SELECT COUNT(*)
        FROM (SELECT id FROM petitions WHERE holder_id = $1 AND state = $2 LIMIT $3) counted";
    run!(conn, c => sqlx::query_scalar(SQL)
        .bind(holder.0)
        .bind(state.code())
        .bind(most)
        .fetch_one(c)
        .await)
}

/// How many cases in `state` that `holder` owes a step are about `account`.
///
/// Uses index `petitions_about`.
pub(crate) async fn n_about(
    conn: &mut Conn,
    (holder, account): (AgencyId, AccountId),
    state: State,
) -> Result<i64, StoreError> {
    const SQL: &str = "
        SELECT COUNT(*) FROM petitions WHERE about_id = $1 AND holder_id = $2 AND state = $3";
    run!(conn, c => sqlx::query_scalar(SQL)
        .bind(account.0)
        .bind(holder.0)
        .bind(state.code())
        .fetch_one(c)
        .await)
}

/// Cases that `holder` has and that are not at their end, at most `limit`.
pub(crate) async fn open_of_holder(
    conn: &mut Conn,
    holder: AgencyId,
    limit: u16,
) -> Result<Vec<PetitionId>, StoreError> {
    let open: Vec<String> = State::ALL
        .iter()
        .filter(|it| **it != State::Closed)
        .map(|it| format!("'{}'", it.code()))
        .collect();
    let sql = format!(
        "SELECT id FROM petitions WHERE holder_id = $1 AND state IN ({}) LIMIT $2",
        open.join(", ")
    );
    let ids: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(holder.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(PetitionId).collect())
}

/// Cases on which `agency` was asked for an opinion and has given none.
pub(crate) async fn asked_of(
    conn: &mut Conn,
    (agency, reader): (AgencyId, AccountId),
    (skipped, limit): (i64, u16),
) -> Result<Vec<Petition>, StoreError> {
    let columns = COLUMNS.replace("id, number", "petitions.id, number");
    let sql = format!(
        "SELECT {columns}
        FROM petition_partners
        JOIN petitions ON petitions.id = petition_partners.petition_id
        WHERE petition_partners.agency_id = $1 AND petition_partners.given_at IS NULL
            AND petitions.state NOT IN ('answered', 'closed', 'waiting')
            AND (petitions.about_id IS NULL OR petitions.about_id <> $2)
        ORDER BY petition_partners.petition_id
        LIMIT $3 OFFSET $4"
    );
    let rows: Vec<PetitionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(agency.0)
        .bind(reader.0)
        .bind(i64::from(limit))
        .bind(skipped)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Petition::try_from).collect()
}

/// Cases in review held by agencies below `scope`, at most `limit`. It walks the reviews below, whatever else is there.
///
/// Uses index `petitions_in_review`.
pub(crate) async fn in_review_below(
    conn: &mut Conn,
    scope: &AgencyPath,
    limit: u16,
) -> Result<Vec<Petition>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}
        FROM petitions
        WHERE state = 'review' AND holder_path >= $1 AND holder_path < $2
        ORDER BY holder_path, id
        LIMIT $3"
    );
    let (from, to) = scope.below();
    let rows: Vec<PetitionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(from)
        .bind(to)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Petition::try_from).collect()
}

/// Cases held below `scope`, but not by `own`, that are owed a step and past their day on the evening of `today`, the
/// longest overdue first. It walks what is overdue, from the oldest on.
pub(crate) async fn overdue_below(
    conn: &mut Conn,
    scope: &AgencyPath,
    own: AgencyId,
    today: NaiveDate,
    limit: u16,
) -> Result<Vec<Petition>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}
        FROM petitions
        WHERE due_on IS NOT NULL AND due_on <= $1 AND holder_path >= $2 AND holder_path < $3
            AND holder_id <> $4 AND state IN ('sorting', 'assigned', 'handling')
        ORDER BY due_on, id
        LIMIT $5"
    );
    let (from, to) = scope.below();
    let rows: Vec<PetitionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(today)
        .bind(from)
        .bind(to)
        .bind(own.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Petition::try_from).collect()
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
