use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, RoundId};
use sauro_store::{Conn, Db};

use super::authority::{may_manage, may_receive};
use super::lock_round::grant;
use super::send_report::{at_version, step};
use super::sheet::{Sheet, sheet_within};
use crate::actions::fields::Faulty;
use crate::model::periodic::{Exception, PeriodicReport, ReportState, ReportStep};
use crate::{IndicatorsError, store};

/// Working days that a unit has after its report was returned from a locked round.
const TO_MEND: u32 = 3;

/// Accepts the reports of the units named `codes` (tiếp nhận báo cáo). Those that are accepted already are
/// left. Answers how many were accepted.
///
/// # Errors
///
/// [`IndicatorsError::Denied`] for whoever does not receive them, and [`IndicatorsError::Invalid`] for one
/// that was not sent: then none is accepted.
pub async fn accept_reports(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    round: RoundId,
    codes: &[String],
) -> Result<usize, IndicatorsError> {
    if codes.is_empty() {
        return Err(IndicatorsError::of_field("nhan", "Chọn ít nhất một báo cáo để tiếp nhận."));
    }
    let mut conn = db.write().await?;
    let mut n = 0;
    for code in codes {
        let sheet = received(ctx, &mut conn, directory, round, code).await?;
        let Some(report) = sheet.report.clone() else {
            return Err(IndicatorsError::NotFound("report that was begun"));
        };
        if report.state == ReportState::Accepted {
            continue;
        }
        if report.state != ReportState::Sent {
            let words = format!("{} chưa gửi báo cáo; bỏ chọn rồi tiếp nhận lại.", sheet.unit.name);
            return Err(IndicatorsError::of_field("nhan", words));
        }
        if store::periodic::steps::has_taken(
            &mut conn,
            report.id,
            ctx.actor.account,
            ReportStep::Sent,
        )
        .await?
        {
            let words = format!(
                "Đồng chí đã ký gửi báo cáo của {}; người khác phải tiếp nhận.",
                sheet.unit.name
            );
            return Err(IndicatorsError::of_field("nhan", words));
        }
        let new = PeriodicReport {
            state: ReportState::Accepted,
            decided_at: Some(ctx.now_us()),
            ..report
        };
        step(ctx, &mut conn, &sheet, new, (ReportStep::Accepted, "")).await?;
        n += 1;
    }
    conn.commit().await?;
    Ok(n)
}

/// Returns the report of the unit named `code` with a reason (trả lại báo cáo). When the round is locked,
/// the unit gets some days to mend it.
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] without a reason, or for a report that is not there to be returned.
pub async fn return_report(
    ctx: &Ctx,
    db: &Db,
    (directory, calendar): (&Directory, &sauro_kernel::WorkingCalendar),
    (round, code): (RoundId, &str),
    (version, reason): (i64, &str),
) -> Result<(), IndicatorsError> {
    let mut conn = db.write().await?;
    let sheet = received(ctx, &mut conn, directory, round, code).await?;
    let report = at_version(&sheet, version)?;
    let mut faulty = Faulty::default();
    let reason = faulty.prose("ly-do", "lý do trả lại", reason);
    if !report.state.is_with_receiver() {
        faulty.add("bao-cao", "Báo cáo này chưa gửi, hoặc đã trả lại rồi.");
    }
    faulty.settle()?;
    let until_on = calendar.add_working_days(ctx.today(), TO_MEND);
    if !sheet.round.takes(sheet.exception.as_ref(), until_on) {
        let words = "Báo cáo được trả lại để sửa.".to_owned();
        let exception = Exception { unit: sheet.unit.id, until_on, reason: words };
        grant(ctx, &mut conn, sheet.round.id, &exception).await?;
    }
    let new = PeriodicReport {
        state: ReportState::Returned,
        n_changes: 0,
        decided_at: Some(ctx.now_us()),
        ..report
    };
    step(ctx, &mut conn, &sheet, new, (ReportStep::Returned, &reason)).await?;
    conn.commit().await?;
    Ok(())
}

/// Publishes the report that ends the chain (công bố báo cáo).
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] before it is signed; [`IndicatorsError::NotFound`] for whoever does not run
/// the round.
pub async fn publish_report(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    (round, code): (RoundId, &str),
    version: i64,
) -> Result<(), IndicatorsError> {
    let mut conn = db.write().await?;
    let sheet = sheet_within(ctx, &mut conn, directory, round, code).await?;
    may_manage(ctx, &sheet.form)?;
    let report = at_version(&sheet, version)?;
    if report.receiver.is_some() || report.state != ReportState::Accepted {
        let words = "Chỉ công bố báo cáo tổng hợp cuối cùng, sau khi đã ký.";
        return Err(IndicatorsError::of_field("bao-cao", words));
    }
    if report.published_at.is_some() {
        return Err(IndicatorsError::of_field("bao-cao", "Báo cáo này đã công bố."));
    }
    let new = PeriodicReport { published_at: Some(ctx.now_us()), ..report };
    step(ctx, &mut conn, &sheet, new, (ReportStep::Published, "")).await?;
    conn.commit().await?;
    Ok(())
}

/// The report of a unit that sends to the caller's agency.
async fn received(
    ctx: &Ctx,
    conn: &mut Conn,
    directory: &Directory,
    round: RoundId,
    code: &str,
) -> Result<Sheet, IndicatorsError> {
    let sheet = sheet_within(ctx, conn, directory, round, code).await?;
    let receiver = sheet.receiver.ok_or(IndicatorsError::NotFound("report with a receiver"))?;
    may_receive(ctx, directory, receiver)?;
    Ok(sheet)
}
