//! Table `initiative_ballots`.

use sauro_kernel::{AccountId, CouncilId, InitiativeId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::corrupt;
use crate::model::{Ballot, Conflict};

/// Writes a ballot. Another of the same member takes its place, unless that one says why there are no
/// points: a recusal stays. Answers whether it was written.
pub(crate) async fn put(
    conn: &mut Conn,
    (council, item): (CouncilId, InitiativeId),
    it: &Ballot,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        INSERT INTO initiative_ballots (council_id, initiative_id, member_n, account_id, conflict, points, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (council_id, initiative_id, member_n) DO UPDATE
        SET account_id = excluded.account_id, conflict = excluded.conflict, points = excluded.points,
            at = excluded.at
        WHERE initiative_ballots.conflict = ''";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(council.0)
        .bind(item.0)
        .bind(it.member)
        .bind(it.account.map(|it| it.0))
        .bind(it.conflict.map_or("", Conflict::code))
        .bind(serde_json::to_string(&it.points).unwrap_or_default())
        .bind(it.at)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Lists the ballots about one initiative, in the order of the members.
pub(crate) async fn of_item(
    conn: &mut Conn,
    (council, item): (CouncilId, InitiativeId),
) -> Result<Vec<Ballot>, StoreError> {
    const SQL: &str = "
        SELECT member_n, account_id, conflict, points, at
        FROM initiative_ballots
        WHERE council_id = $1 AND initiative_id = $2
        ORDER BY member_n
        LIMIT 100";
    let rows: Vec<(i64, Option<Uuid>, String, String, i64)> =
        run!(conn, c => sqlx::query_as(SQL).bind(council.0).bind(item.0).fetch_all(c).await)?;
    rows.into_iter()
        .map(|(member, account, conflict, points, at)| {
            let none = |what: &str| corrupt("initiative_ballots", council.0, what);
            let conflict = match conflict.as_str() {
                "" => None,
                code => Some(Conflict::of_code(code).ok_or_else(|| none("no such conflict"))?),
            };
            let points = serde_json::from_str(&points).map_err(|_| none("no points"))?;
            Ok(Ballot { member, account: account.map(AccountId), conflict, points, at })
        })
        .collect()
}
