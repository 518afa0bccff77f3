//! What the lists of a desk read of `petitions`. Every one walks an index, and reads no text but the title.

use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, AgencyPath, PetitionId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use super::lists::states_text;
use super::petitions::closing_of;
use crate::model::{Listed, MOST_REFUSALS, Standing, State};

const LISTED: &str = "
    petitions.id, number, title, field, place_id, holder_id, about_id, state, closing, due_on";

/// Cases in each of `states` that `holder` owes a step, without those about `reader`: at most `limit` of each, the
/// nearest deadline first.
///
/// Uses index `petitions_of_holder`, once for each state.
pub(crate) async fn of_states(
    conn: &mut Conn,
    (holder, reader): (AgencyId, AccountId),
    states: &[State],
    limit: u16,
) -> Result<Vec<Listed>, StoreError> {
    let which = states.iter().map(|it| format!("state = '{}'", it.code()));
    first_of_each(conn, (holder, reader), which.collect(), limit).await
}

/// The first `limit` cases of `holder` for each of the conditions `which`, without those about `reader`, the nearest
/// deadline first.
async fn first_of_each(
    conn: &mut Conn,
    (holder, reader): (AgencyId, AccountId),
    which: Vec<String>,
    limit: u16,
) -> Result<Vec<Listed>, StoreError> {
    let part = |(n, which): (usize, &String)| {
        format!(
            "SELECT * FROM (
                SELECT {LISTED}
                FROM petitions
                WHERE holder_id = $1 AND {which} AND (about_id IS NULL OR about_id <> $2)
                ORDER BY due_on, petitions.id
                LIMIT $3
            ) AS part_{n}"
        )
    };
    let sql = which.iter().enumerate().map(part).collect::<Vec<_>>().join(" UNION ALL ");
    let rows: Vec<ListedRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(holder.0)
        .bind(reader.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    let mut cases = listed(rows)?;
    // What is put together has no order of its own.
    cases.sort_by_key(|it| (it.standing.due_on, it.id.0));
    Ok(cases)
}

/// Cases in `state` that `holder` owes a step, the nearest deadline first, without those about `reader`: at most
/// `limit` after the first `skipped`.
///
/// Uses index `petitions_of_holder`.
pub(crate) async fn of_holder(
    conn: &mut Conn,
    (holder, reader): (AgencyId, AccountId),
    state: State,
    (skipped, limit): (i64, u16),
) -> Result<Vec<Listed>, StoreError> {
    let sql = format!(
        "SELECT {LISTED}
        FROM petitions
        WHERE holder_id = $1 AND state = $2 AND (about_id IS NULL OR about_id <> $3)
        ORDER BY due_on, id
        LIMIT $4 OFFSET $5"
    );
    let rows: Vec<ListedRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(holder.0)
        .bind(state.code())
        .bind(reader.0)
        .bind(i64::from(limit))
        .bind(skipped)
        .fetch_all(c)
        .await)?;
    listed(rows)
}

/// How many cases in each of `states` `holder` owes a step, each counted up to `most`.
///
/// Reads index `petitions_of_holder` alone.
pub(crate) async fn n_of_holder(
    conn: &mut Conn,
    holder: AgencyId,
    states: &[State],
    most: i64,
) -> Result<Vec<(State, i64)>, StoreError> {
    if states.is_empty() {
        return Ok(Vec::new());
    }
    let part = |state: &State| {
        format!(
            "SELECT '{code}', COUNT(*) FROM (
                SELECT id FROM petitions WHERE holder_id = $1 AND state = '{code}' LIMIT $2
            ) AS in_{code}",
            code = state.code()
        )
    };
    let sql = states.iter().map(part).collect::<Vec<_>>().join(" UNION ALL ");
    let rows: Vec<(String, i64)> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(holder.0)
        .bind(most)
        .fetch_all(c)
        .await)?;
    Ok(by_state(rows))
}

fn by_state(rows: Vec<(String, i64)>) -> Vec<(State, i64)> {
    rows.into_iter().filter_map(|(code, n)| Some((State::of_code(&code)?, n))).collect()
}

/// How many of the cases that `holder` owes a step are about `account`, by state.
///
/// Uses index `petitions_about`.
pub(crate) async fn n_about(
    conn: &mut Conn,
    (holder, account): (AgencyId, AccountId),
) -> Result<Vec<(State, i64)>, StoreError> {
    const SQL: &str = "
        SELECT state, COUNT(*)
        FROM petitions
        WHERE about_id = $1 AND holder_id = $2
        GROUP BY state";
    let rows: Vec<(String, i64)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(account.0)
        .bind(holder.0)
        .fetch_all(c)
        .await)?;
    Ok(by_state(rows))
}

/// Cases that only `holder` can bring forward, without those about `reader`: refused by two agencies, or contested;
/// at most `limit` of each, the nearest deadline first.
///
/// Uses indexes `petitions_to_bind` and `petitions_of_holder`.
pub(crate) async fn to_decide(
    conn: &mut Conn,
    (holder, reader): (AgencyId, AccountId),
    limit: u16,
) -> Result<Vec<Listed>, StoreError> {
    let refused = format!("state = 'sorting' AND n_refusals >= {MOST_REFUSALS}");
    let which = vec![refused, "state = 'review'".to_owned()];
    let mut cases = first_of_each(conn, (holder, reader), which, limit).await?;
    cases.sort_by_key(|it| it.standing.state == State::Review);
    Ok(cases)
}

/// Cases on which `agency` was asked for an opinion and has given none while an agency owes a step, without those about
/// `reader`: the nearest deadline first, at most `limit` after the first `skipped`. It reads all of these cases, and those
/// that were answered without the opinion.
pub(crate) async fn asked_of(
    conn: &mut Conn,
    (agency, reader): (AgencyId, AccountId),
    (skipped, limit): (i64, u16),
) -> Result<Vec<Listed>, StoreError> {
    let open = states_text(State::is_open);
    let sql = format!(
        "SELECT {LISTED}
        FROM petition_partners
        JOIN petitions ON petitions.id = petition_partners.petition_id
        WHERE petition_partners.agency_id = $1 AND petition_partners.given_at IS NULL
            AND petitions.state IN ({open})
            AND (petitions.about_id IS NULL OR petitions.about_id <> $2)
        ORDER BY petitions.due_on, petitions.id
        LIMIT $3 OFFSET $4"
    );
    let rows: Vec<ListedRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(agency.0)
        .bind(reader.0)
        .bind(i64::from(limit))
        .bind(skipped)
        .fetch_all(c)
        .await)?;
    listed(rows)
}

/// Cases in review held by agencies below `scope`, at most `limit`. It walks the reviews below, whatever else is there.
///
/// Uses index `petitions_in_review`.
pub(crate) async fn in_review_below(
    conn: &mut Conn,
    scope: &AgencyPath,
    limit: u16,
) -> Result<Vec<Listed>, StoreError> {
    let sql = format!(
        "SELECT {LISTED}
        FROM petitions
        WHERE state = 'review' AND holder_path >= $1 AND holder_path < $2
        ORDER BY holder_path, id
        LIMIT $3"
    );
    let (from, to) = scope.below();
    let rows: Vec<ListedRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(from)
        .bind(to)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    listed(rows)
}

/// Cases held below `scope`, but not by `own`, that are owed a step and past their day on the evening of `today`, the
/// longest overdue first. It walks what is overdue, from the oldest on.
pub(crate) async fn overdue_below(
    conn: &mut Conn,
    scope: &AgencyPath,
    own: AgencyId,
    today: NaiveDate,
    limit: u16,
) -> Result<Vec<Listed>, StoreError> {
    let sql = format!(
        "SELECT {LISTED}
        FROM petitions
        WHERE due_on IS NOT NULL AND due_on <= $1 AND holder_path >= $2 AND holder_path < $3
            AND holder_id <> $4 AND state IN ('sorting', 'assigned', 'handling')
        ORDER BY due_on, id
        LIMIT $5"
    );
    let (from, to) = scope.below();
    let rows: Vec<ListedRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(today)
        .bind(from)
        .bind(to)
        .bind(own.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    listed(rows)
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    id: Uuid,
    number: String,
    title: String,
    field: String,
    place_id: Option<Uuid>,
    holder_id: Uuid,
    about_id: Option<Uuid>,
    state: String,
    closing: String,
    due_on: Option<NaiveDate>,
}

fn listed(rows: Vec<ListedRow>) -> Result<Vec<Listed>, StoreError> {
    rows.into_iter().map(ListedRow::listed).collect()
}

impl ListedRow {
    fn listed(self) -> Result<Listed, StoreError> {
        let wrong = |what: &'static str| corrupt("petitions", self.id, what);
        let closing = closing_of(self.id, &self.closing)?;
        let state = State::of_code(&self.state).ok_or_else(|| wrong("no such state"))?;
        Ok(Listed {
            id: PetitionId(self.id),
            number: self.number,
            title: self.title,
            field: self.field,
            place: self.place_id.map(AgencyId),
            holder: AgencyId(self.holder_id),
            about: self.about_id.map(AccountId),
            standing: Standing { state, closing, due_on: self.due_on },
        })
    }
}
