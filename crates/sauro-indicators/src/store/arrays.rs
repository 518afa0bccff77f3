//! Many rows in one statement of PostgreSQL, a column an array: it plans no row, and one text serves any
//! number of rows.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, Ctx, IndicatorId};
use sauro_store::{Conn, StoreError, run_postgres};
use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

use super::rollups::Part;
use crate::model::{Observation, Period, Step};

/// Rows of one statement.
const ROWS: usize = 5_000;

/// Fewer rows than these are written by the text that both engines share.
pub(super) const FEW: usize = 16;

/// Adds figures.
pub(super) async fn insert_observations(
    conn: &mut Conn,
    observations: &[Observation],
) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO observations ({})
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::uuid[], $5::text[], $6::text[],
            $7::text[], $8::text[], $9::text[], $10::date[], $11::text[], $12::text[], $13::text[],
            $14::text[], $15::text[], $16::uuid[], $17::uuid[], $18::bigint[], $19::text[], $20::uuid[],
            $21::bigint[], $22::bigint[])",
        super::observations::COLUMNS
    );
    for some in observations.chunks(ROWS) {
        let days: Vec<NaiveDate> = column(some, |it| it.as_of);
        let sql = AssertSqlSafe(sql.clone());
        run_postgres!(conn, c => sqlx::query(sql)
            .bind(column(some, |it| it.id.0))
            .bind(column(some, |it| it.indicator.0))
            .bind(column(some, |it| it.definition_version))
            .bind(column(some, |it| it.unit.id.0))
            .bind(column(some, |it| it.unit.code.as_str()))
            .bind(column(some, |it| it.unit.level.code()))
            .bind(column(some, |it| it.unit.province.as_str()))
            .bind(column(some, |it| it.unit.path.as_str()))
            .bind(column(some, |it| it.period.code()))
            .bind(days)
            .bind(column(some, |it| it.reported.value.to_string()))
            .bind(column(some, |it| it.reported.parts.map(|it| it.0.to_string())))
            .bind(column(some, |it| it.reported.parts.map(|it| it.1.to_string())))
            .bind(column(some, |it| it.source.as_str()))
            .bind(column(some, |it| it.remark.as_str()))
            .bind(column(some, |it| it.reported_by.0))
            .bind(column(some, |it| it.reporter.0))
            .bind(column(some, |it| it.reported_at))
            .bind(column(some, |it| it.appraised.map(|it| it.to_string())))
            .bind(column(some, |it| it.appraisal.map(|it| it.0.0)))
            .bind(column(some, |it| it.appraisal.map(|it| it.1)))
            .bind(column(some, |it| it.version))
            .execute(c)
            .await
            .map(drop))?;
    }
    Ok(())
}

/// Writes down that each of `observations` was reported.
pub(super) async fn insert_first_revisions(
    conn: &mut Conn,
    ctx: &Ctx,
    observations: &[Observation],
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO observation_revisions (observation_id, version, step, value, reason, by_account, agency_id, at)
        SELECT id, version, $1, value, reason, $2, $3, $4
        FROM unnest($5::uuid[], $6::bigint[], $7::text[], $8::text[]) AS it (id, version, value, reason)";
    for some in observations.chunks(ROWS) {
        run_postgres!(conn, c => sqlx::query(SQL)
            .bind(Step::Reported.code())
            .bind(ctx.actor.account.0)
            .bind(ctx.actor.agency.0)
            .bind(ctx.now_us())
            .bind(column(some, |it| it.id.0))
            .bind(column(some, |it| it.version))
            .bind(column(some, |it| it.reported.value.to_string()))
            .bind(column(some, |it| it.remark.as_str()))
            .execute(c)
            .await
            .map(drop))?;
    }
    Ok(())
}

/// Writes what is counted of many observations.
pub(super) async fn put_parts(conn: &mut Conn, parts: &[Part]) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO rollup_parts
            (observation_id, indicator_id, period, province, value, numerator, denominator, is_appraised, at)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[],
            $7::text[], $8::boolean[], $9::bigint[])
        ON CONFLICT (observation_id) DO UPDATE SET value = excluded.value, numerator = excluded.numerator,
            denominator = excluded.denominator, is_appraised = excluded.is_appraised";
    for some in parts.chunks(ROWS) {
        let ids: Vec<Uuid> = column(some, |it| it.observation.0);
        run_postgres!(conn, c => sqlx::query(SQL)
            .bind(ids)
            .bind(column(some, |it| it.indicator.0))
            .bind(column(some, |it| it.period.code()))
            .bind(column(some, |it| it.province.as_str()))
            .bind(column(some, |it| it.counted.value.to_string()))
            .bind(column(some, |it| it.counted.parts.map(|it| it.0.to_string())))
            .bind(column(some, |it| it.counted.parts.map(|it| it.1.to_string())))
            .bind(column(some, |it| it.counted.is_appraised))
            .bind(column(some, |it| it.at))
            .execute(c)
            .await
            .map(drop))?;
    }
    Ok(())
}

/// What `sql` finds of `ids`, its only parameter.
pub(super) async fn of_ids<R>(
    conn: &mut Conn,
    sql: String,
    ids: Vec<Uuid>,
) -> Result<Vec<R>, StoreError>
where
    R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
{
    let sql = AssertSqlSafe(sql);
    run_postgres!(conn, c => sqlx::query_as::<_, R>(sql).bind(ids).fetch_all(c).await)
}

/// What `sql` finds of `keys`, its three parameters.
pub(super) async fn of_keys<R>(
    conn: &mut Conn,
    sql: String,
    keys: &[(IndicatorId, Period, AgencyId)],
) -> Result<Vec<R>, StoreError>
where
    R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
{
    let sql = AssertSqlSafe(sql);
    run_postgres!(conn, c => sqlx::query_as::<_, R>(sql)
        .bind(column(keys, |it| it.0.0))
        .bind(column(keys, |it| it.1.code()))
        .bind(column(keys, |it| it.2.0))
        .fetch_all(c)
        .await)
}

fn column<'a, T, C>(rows: &'a [T], of: impl Fn(&'a T) -> C) -> Vec<C> {
    rows.iter().map(of).collect()
}
