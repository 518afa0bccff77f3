//! Public cases, as programs read them.

use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::petitions::{COLUMNS, PetitionRow};
use crate::model::{Petition, Wanted};

/// Public cases in the order in which they were sent, the newest first. Those of a field walk its index, all
/// others that of public cases.
pub(crate) async fn sent(conn: &mut Conn, wanted: &Wanted) -> Result<Vec<Petition>, StoreError> {
    let of_field = if wanted.field.is_empty() { "$5 = ''" } else { "field = $5" };
    let of_state = match wanted.is_open {
        None => "",
        Some(true) => " AND state NOT IN ('answered', 'closed')",
        Some(false) => " AND state IN ('answered', 'closed')",
    };
    let sql = format!(
        "SELECT {COLUMNS}
        FROM petitions
        WHERE answered_at IS NOT NULL AND may_publish AND NOT is_hidden
            AND sent_at >= $1 AND sent_at <= $2 AND sent_at <= $3 AND (sent_at < $3 OR id < $4)
            AND {of_field}{of_state}
        ORDER BY sent_at DESC, id DESC
        LIMIT $6"
    );
    let after = wanted.after.unwrap_or((i64::MAX, Uuid::max()));
    let rows: Vec<PetitionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(wanted.from.unwrap_or(i64::MIN))
        .bind(wanted.to.unwrap_or(i64::MAX))
        .bind(after.0)
        .bind(after.1)
        .bind(&wanted.field)
        .bind(i64::from(wanted.limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Petition::try_from).collect()
}
