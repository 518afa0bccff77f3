//! Table `periodic_steps`: every step in the life of a report.

use sauro_kernel::{AgencyId, Ctx, PeriodicReportId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::periodic::{ReportStep, StepTaken};
use crate::store::corrupt;

/// Steps shown of one report.
const MOST: i64 = 200;

/// Writes down `step`, done by the caller now.
pub(crate) async fn insert(
    conn: &mut Conn,
    ctx: &Ctx,
    report: PeriodicReportId,
    step: ReportStep,
    reason: &str,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO periodic_steps (report_id, n, step, reason, by_account, agency_id, at)
        SELECT $1, coalesce(MAX(n), 0) + 1, $2, $3, $4, $5, $6 FROM periodic_steps WHERE report_id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(report.0)
        .bind(step.code())
        .bind(reason)
        .bind(ctx.actor.account.0)
        .bind(ctx.actor.agency.0)
        .bind(ctx.now_us())
        .execute(c)
        .await
        .map(drop))
}

/// Lists the steps of `report`, newest first.
pub(crate) async fn of(
    conn: &mut Conn,
    report: PeriodicReportId,
) -> Result<Vec<StepTaken>, StoreError> {
    const SQL: &str = "
        SELECT step, reason, agency_id, at FROM periodic_steps WHERE report_id = $1 ORDER BY n DESC LIMIT $2";
    let rows = run!(conn, c => sqlx::query_as::<_, (String, String, Uuid, i64)>(SQL)
        .bind(report.0)
        .bind(MOST)
        .fetch_all(c)
        .await)?;
    let of = |(step, reason, agency, at): (String, String, Uuid, i64)| {
        let step = ReportStep::of_code(&step)
            .ok_or_else(|| corrupt("periodic_steps", report.0, "no such step"))?;
        Ok(StepTaken { step, reason, agency: AgencyId(agency), at })
    };
    rows.into_iter().map(of).collect()
}

/// True when `account` has taken `step` for `report`.
pub(crate) async fn has_taken(
    conn: &mut Conn,
    report: PeriodicReportId,
    account: sauro_kernel::AccountId,
    step: ReportStep,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        SELECT COUNT(*) FROM periodic_steps WHERE report_id = $1 AND by_account = $2 AND step = $3";
    let n: i64 = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(report.0)
        .bind(account.0)
        .bind(step.code())
        .fetch_one(c)
        .await)?;
    Ok(n > 0)
}
