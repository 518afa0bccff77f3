//! Table `observation_revisions`: every step in the life of a figure.

use rust_decimal::Decimal;
use sauro_kernel::{AccountId, AgencyId, Ctx, ObservationId};
use sauro_store::{Conn, Dialect, StoreError, insert_text, pieces, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{arrays, corrupt, decimal};
use crate::model::{Observation, Revision, Step};

const TABLE: &str = "observation_revisions";

/// Steps shown of one figure.
const MOST: i64 = 100;

/// Writes down the step that brought `observation` to `version`, done by the caller now.
pub(crate) async fn insert(
    conn: &mut Conn,
    ctx: &Ctx,
    key: (ObservationId, i64),
    step: Step,
    value: Decimal,
    reason: &str,
) -> Result<(), StoreError> {
    insert_after(conn, ctx, key, (step, value, reason), None).await
}

/// Writes down that `old` was corrected to `new` by the caller now, with what the correction puts away.
pub(crate) async fn insert_correction(
    conn: &mut Conn,
    ctx: &Ctx,
    (old, new): (&Observation, &Observation),
    reason: &str,
) -> Result<(), StoreError> {
    let done = (Step::Corrected, new.reported.value, reason);
    insert_after(conn, ctx, (new.id, new.version), done, Some(old)).await
}

async fn insert_after(
    conn: &mut Conn,
    ctx: &Ctx,
    (observation, version): (ObservationId, i64),
    (step, value, reason): (Step, Decimal, &str),
    old: Option<&Observation>,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO observation_revisions (observation_id, version, step, value, reason, by_account, agency_id, at,
            was_numerator, was_denominator, was_source, was_remark)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let parts = old.and_then(|it| it.reported.parts);
    run!(conn, c => sqlx::query(SQL)
        .bind(observation.0)
        .bind(version)
        .bind(step.code())
        .bind(value.to_string())
        .bind(reason)
        .bind(ctx.actor.account.0)
        .bind(ctx.actor.agency.0)
        .bind(ctx.now_us())
        .bind(parts.map(|it| it.0.to_string()))
        .bind(parts.map(|it| it.1.to_string()))
        .bind(old.map(|it| it.source.as_str()))
        .bind(old.map(|it| it.remark.as_str()))
        .execute(c)
        .await
        .map(drop))
}

/// Writes down that each of `observations` was reported, many in one statement.
pub(crate) async fn insert_first(
    conn: &mut Conn,
    ctx: &Ctx,
    observations: &[Observation],
) -> Result<(), StoreError> {
    const COLUMNS: [&str; 8] =
        ["observation_id", "version", "step", "value", "reason", "by_account", "agency_id", "at"];
    if conn.dialect() == Dialect::Postgres && observations.len() > arrays::FEW {
        return arrays::insert_first_revisions(conn, ctx, observations).await;
    }
    let now = ctx.now_us();
    for piece in pieces(observations) {
        let sql = insert_text(conn.dialect(), TABLE, &COLUMNS, piece.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for it in piece {
                query = query
                    .bind(it.id.0)
                    .bind(it.version)
                    .bind(Step::Reported.code())
                    .bind(it.reported.value.to_string())
                    .bind(&it.remark)
                    .bind(ctx.actor.account.0)
                    .bind(ctx.actor.agency.0)
                    .bind(now);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Lists the steps of `observation`, newest first.
pub(crate) async fn of(
    conn: &mut Conn,
    observation: ObservationId,
) -> Result<Vec<Revision>, StoreError> {
    const SQL: &str = "
        SELECT observation_id, step, value, reason, agency_id, at
        FROM observation_revisions
        WHERE observation_id = $1
        ORDER BY version DESC, observation_id
        LIMIT $2";
    let rows = run!(conn, c => sqlx::query_as::<_, RevisionRow>(SQL)
        .bind(observation.0)
        .bind(MOST)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Revision::try_from).collect()
}

/// True when `account` reported or corrected `observation` at some time.
pub(crate) async fn has_part(
    conn: &mut Conn,
    observation: ObservationId,
    account: AccountId,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        SELECT EXISTS (
            SELECT 1 FROM observation_revisions
            WHERE observation_id = $1 AND by_account = $2 AND step <> 'appraised'
        )";
    run!(conn, c => sqlx::query_scalar::<_, bool>(SQL)
        .bind(observation.0)
        .bind(account.0)
        .fetch_one(c)
        .await)
}

#[derive(sqlx::FromRow)]
struct RevisionRow {
    observation_id: Uuid,
    step: String,
    value: String,
    reason: String,
    agency_id: Uuid,
    at: i64,
}

impl TryFrom<RevisionRow> for Revision {
    type Error = StoreError;

    fn try_from(row: RevisionRow) -> Result<Self, StoreError> {
        let id = row.observation_id;
        Ok(Self {
            step: Step::of_code(&row.step).ok_or_else(|| corrupt(TABLE, id, "step"))?,
            value: decimal(TABLE, id, &row.value)?,
            reason: row.reason,
            agency: AgencyId(row.agency_id),
            at: row.at,
        })
    }
}
