//! Table `quality_statements`.

use std::collections::HashMap;

use sauro_kernel::{AgencyId, Ctx, IndicatorId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::{Quality, Statement};

/// Versions shown of one statement.
const MOST: i64 = 50;

/// Writes the statement about `indicator` as the version `version`. Fails with [`StoreError::Conflict`]
/// when somebody else made that version.
pub(crate) async fn insert(
    conn: &mut Conn,
    ctx: &Ctx,
    (indicator, version): (IndicatorId, i64),
    it: &Quality,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO quality_statements (indicator_id, version, verification, source, accuracy, limits, compensation,
            by_account, agency_id, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    run!(conn, c => sqlx::query(SQL)
        .bind(indicator.0)
        .bind(version)
        .bind(&it.verification)
        .bind(&it.source)
        .bind(&it.accuracy)
        .bind(&it.limits)
        .bind(&it.compensation)
        .bind(ctx.actor.account.0)
        .bind(ctx.actor.agency.0)
        .bind(ctx.now_us())
        .execute(c)
        .await
        .map(drop))
}

/// Lists the versions of the statement about `indicator`, newest first, at most `limit`.
pub(crate) async fn of_indicator(
    conn: &mut Conn,
    indicator: IndicatorId,
    limit: Option<u16>,
) -> Result<Vec<Statement>, StoreError> {
    const SQL: &str = "
        SELECT version, verification, source, accuracy, limits, compensation, agency_id, at
        FROM quality_statements
        WHERE indicator_id = $1
        ORDER BY version DESC
        LIMIT $2";
    let rows = run!(conn, c => sqlx::query_as::<_, StatementRow>(SQL)
        .bind(indicator.0)
        .bind(limit.map_or(MOST, i64::from))
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(Statement::from).collect())
}

/// The newest statement about every indicator that has one, at most `limit` of them.
pub(crate) async fn newest(
    conn: &mut Conn,
    limit: u32,
) -> Result<HashMap<IndicatorId, Quality>, StoreError> {
    const SQL: &str = "
        SELECT q.indicator_id, q.version, q.verification, q.source, q.accuracy, q.limits, q.compensation, q.agency_id,
            q.at
        FROM indicators AS i
        JOIN quality_statements AS q ON q.indicator_id = i.id
        WHERE q.version = (SELECT MAX(version) FROM quality_statements AS n WHERE n.indicator_id = i.id)
        ORDER BY q.indicator_id
        LIMIT $1";
    let rows = run!(conn, c => sqlx::query_as::<_, OwnedRow>(SQL)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    let owned = |row: OwnedRow| (IndicatorId(row.indicator_id), Statement::from(row.row).quality);
    Ok(rows.into_iter().map(owned).collect())
}

#[derive(sqlx::FromRow)]
struct OwnedRow {
    indicator_id: Uuid,
    #[sqlx(flatten)]
    row: StatementRow,
}

#[derive(sqlx::FromRow)]
struct StatementRow {
    version: i64,
    verification: String,
    source: String,
    accuracy: String,
    limits: String,
    compensation: String,
    agency_id: Uuid,
    at: i64,
}

impl From<StatementRow> for Statement {
    fn from(row: StatementRow) -> Self {
        Self {
            version: row.version,
            quality: Quality {
                verification: row.verification,
                source: row.source,
                accuracy: row.accuracy,
                limits: row.limits,
                compensation: row.compensation,
            },
            agency: AgencyId(row.agency_id),
            at: row.at,
        }
    }
}
