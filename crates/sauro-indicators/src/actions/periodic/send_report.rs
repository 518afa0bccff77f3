use sauro_directory::model::Directory;
use sauro_journal::Event;
use sauro_kernel::{Ctx, Right, RoundId};
use sauro_store::{Conn, Db};
use serde_json::{Value, json};

use super::authority::writer;
use super::save_report::check_open;
use super::sheet::{FigureLine, Given, Sheet, sheet_within};
use crate::actions::FigureFields;
use crate::actions::fields::Faulty;
use crate::actions::report_figure::report_within;
use crate::actions::take_figure::COMPUTED;
use crate::model::periodic::{Cell, Frozen, ItemKind, PeriodicReport, ReportState, ReportStep};
use crate::{IndicatorsError, store};

/// Puts the report before the leader of the unit (trình lãnh đạo).
///
/// # Errors
///
/// [`IndicatorsError::Sheet`] names every part that is lacking.
pub async fn propose_report(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    key: (RoundId, &str),
    version: i64,
) -> Result<(), IndicatorsError> {
    let (mut conn, sheet) = opened(ctx, db, directory, key, Right::DraftPeriodic).await?;
    let report = current(ctx, &sheet, version)?;
    complete(&sheet)?;
    let new = PeriodicReport { state: ReportState::Proposed, n_changes: 0, ..report };
    step(ctx, &mut conn, &sheet, new, (ReportStep::Proposed, "")).await?;
    conn.commit().await?;
    Ok(())
}

/// The leader gives the report back to whoever wrote it (yêu cầu sửa).
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] without a reason.
pub async fn hand_back_report(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    key: (RoundId, &str),
    (version, reason): (i64, &str),
) -> Result<(), IndicatorsError> {
    let (mut conn, sheet) = opened(ctx, db, directory, key, Right::SendPeriodic).await?;
    let report = current(ctx, &sheet, version)?;
    let mut faulty = Faulty::default();
    let reason = faulty.prose("ly-do", "điều cần sửa", reason);
    if report.state != ReportState::Proposed {
        faulty.add("bao-cao", "Báo cáo chưa được trình, nên không có gì để trả lại.");
    }
    faulty.settle()?;
    let new = PeriodicReport { state: ReportState::Drafting, ..report };
    step(ctx, &mut conn, &sheet, new, (ReportStep::HandedBack, &reason)).await?;
    conn.commit().await?;
    Ok(())
}

/// Signs and sends the report: its figures are reported, and what stands in it is kept as it is now (ký
/// gửi báo cáo). The report that ends the chain is accepted with that.
///
/// # Errors
///
/// [`IndicatorsError::Sheet`] names every part that is lacking and every figure that is wrong.
pub async fn send_report(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    key: (RoundId, &str),
    version: i64,
) -> Result<(), IndicatorsError> {
    let (mut conn, sheet) = opened(ctx, db, directory, key, Right::SendPeriodic).await?;
    let report = current(ctx, &sheet, version)?;
    complete(&sheet)?;
    report_figures(ctx, &mut conn, &sheet).await?;
    // Read again: what was just reported stands in it now.
    let sheet = sheet_within(ctx, &mut conn, directory, key.0, key.1).await?;
    for (_, line) in &sheet.figures {
        if let Some(frozen) = frozen(line) {
            store::periodic::contents::put_figure(&mut conn, report.id, &frozen).await?;
        }
    }
    let is_last = report.receiver.is_none();
    let new = PeriodicReport {
        state: if is_last { ReportState::Accepted } else { ReportState::Sent },
        n_changes: 0,
        sent_at: report.sent_at.or(Some(ctx.now_us())),
        decided_at: if is_last { Some(ctx.now_us()) } else { report.decided_at },
        ..report
    };
    step(ctx, &mut conn, &sheet, new, (ReportStep::Sent, "")).await?;
    conn.commit().await?;
    Ok(())
}

/// Takes the report back before it is accepted, to change it (thu hồi báo cáo). What was sent stays in its
/// history, and the figures stay reported.
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] without a reason, or once it is accepted.
pub async fn recall_report(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    key: (RoundId, &str),
    (version, reason): (i64, &str),
) -> Result<(), IndicatorsError> {
    let (mut conn, sheet) = opened(ctx, db, directory, key, Right::SendPeriodic).await?;
    let report = at_version(&sheet, version)?;
    let mut faulty = Faulty::default();
    let reason = faulty.prose("ly-do", "lý do thu hồi", reason);
    let is_last = report.receiver.is_none();
    if report.state != ReportState::Sent && !(is_last && report.state == ReportState::Accepted) {
        faulty.add("bao-cao", "Chỉ thu hồi được báo cáo đã gửi mà cấp trên chưa tiếp nhận.");
    }
    if report.published_at.is_some() {
        faulty.add("bao-cao", "Báo cáo đã công bố, không thu hồi được.");
    }
    faulty.settle()?;
    let new = PeriodicReport { state: ReportState::Drafting, n_changes: 0, ..report };
    step(ctx, &mut conn, &sheet, new, (ReportStep::Recalled, &reason)).await?;
    conn.commit().await?;
    Ok(())
}

/// The report of a unit, opened for a change by somebody with `right` over it.
pub(super) async fn opened(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    (round, code): (RoundId, &str),
    right: Right,
) -> Result<(Conn, Sheet), IndicatorsError> {
    let mut conn = db.write().await?;
    let sheet = sheet_within(ctx, &mut conn, directory, round, code).await?;
    ctx.require(right, writer(&sheet.form, &sheet.unit))?;
    Ok((conn, sheet))
}

/// The report, while it may be written in.
fn current(ctx: &Ctx, sheet: &Sheet, version: i64) -> Result<PeriodicReport, IndicatorsError> {
    check_open(ctx, sheet)?;
    at_version(sheet, version)
}

pub(super) fn at_version(sheet: &Sheet, version: i64) -> Result<PeriodicReport, IndicatorsError> {
    let report = sheet.report.clone();
    let report = report.ok_or(IndicatorsError::NotFound("report that was begun"))?;
    if report.version == version { Ok(report) } else { Err(IndicatorsError::Stale) }
}

/// Writes where the report is now, its step, and what the journal hears.
pub(super) async fn step(
    ctx: &Ctx,
    conn: &mut Conn,
    sheet: &Sheet,
    new: PeriodicReport,
    (step, reason): (ReportStep, &str),
) -> Result<(), IndicatorsError> {
    let new = PeriodicReport { version: new.version + 1, ..new };
    if !store::periodic::reports::update(conn, &new).await? {
        return Err(IndicatorsError::Stale);
    }
    store::periodic::steps::insert(conn, ctx, new.id, step, reason).await?;
    let kind = match step {
        ReportStep::Begun => "PeriodicBegun",
        ReportStep::Proposed => "PeriodicProposed",
        ReportStep::HandedBack => "PeriodicHandedBack",
        ReportStep::Sent => "PeriodicSent",
        ReportStep::Recalled => "PeriodicRecalled",
        ReportStep::Returned => "PeriodicReturned",
        ReportStep::Accepted => "PeriodicAccepted",
        ReportStep::Published => "PeriodicPublished",
    };
    let event = Event::new(kind, "periodic_report", new.id, data(sheet, reason));
    sauro_journal::append(conn, ctx, event).await?;
    Ok(())
}

fn data(sheet: &Sheet, reason: &str) -> Value {
    json!({
        "round": sheet.round.id,
        "form": sheet.form.code,
        "name": sheet.form.design.name,
        "unit": sheet.unit.code,
        "writer": writer(&sheet.form, &sheet.unit).agency,
        "receiver": sheet.receiver,
        "period": sheet.round.period.code(),
        "period_label": sheet.round.period.label(),
        "reason": reason,
    })
}

/// `Ok` when nothing that is required is lacking.
fn complete(sheet: &Sheet) -> Result<(), IndicatorsError> {
    let mut faults = Vec::new();
    for item in sheet.form.design.items.iter().filter(|it| it.is_required) {
        match item.kind {
            ItemKind::Text(_) if sheet.text(&item.key).is_empty() => {
                let words = format!("Viết phần “{}”; không có thì ghi “Không”.", item.title);
                faults.push((format!("van-{}", item.key), words));
            }
            ItemKind::Figures(_) => {
                let is_blank =
                    |it: &&FigureLine| it.is_asked() && it.cell.as_ref().is_none_or(Cell::is_blank);
                faults.extend(sheet.figures_of(&item.key).filter(is_blank).map(|it| {
                    let code = &it.indicator.code;
                    let words = format!("{code}: để trống không phải là số không; nhập số, đúng là không thì viết 0.");
                    (format!("so-{code}"), words)
                }));
            }
            _ => {}
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(IndicatorsError::Sheet(faults)) }
}

/// Reports what was typed, and what is calculated from it; every fault of every figure at once.
async fn report_figures(ctx: &Ctx, conn: &mut Conn, sheet: &Sheet) -> Result<(), IndicatorsError> {
    let mut faults = Vec::new();
    let typed = sheet.figures.iter().map(|it| &it.1).filter(|it| it.is_asked());
    let calculated =
        sheet.figures.iter().map(|it| &it.1).filter(|it| it.given == Given::Calculated);
    for line in typed.chain(calculated) {
        let blank = line.cell.as_ref().is_none_or(Cell::is_blank);
        if line.is_asked() && blank {
            continue;
        }
        let fields = figure_fields(sheet, line);
        let key = (&sheet.unit, line.period);
        let code = &line.indicator.code;
        let mut taken = report_within(ctx, conn, line.indicator.clone(), key, &fields).await;
        if let (Given::Calculated, Err(IndicatorsError::Unusual(words))) = (&line.given, &taken) {
            // Nobody typed it, so nobody is asked; whoever appraises it reads why it was looked at.
            let fields = FigureFields { remark: words.join(" "), is_confirmed: true, ..fields };
            taken = report_within(ctx, conn, line.indicator.clone(), key, &fields).await;
        }
        match taken {
            Ok(_) => {}
            Err(IndicatorsError::Invalid(found)) => {
                // A calculated figure whose parts are lacking is simply not there yet.
                let counts = |it: &(&str, String)| line.is_asked() || it.0 == COMPUTED;
                let said = found.into_iter().filter(counts);
                faults.extend(said.map(|it| (format!("so-{code}"), format!("{code}: {}", it.1))));
            }
            Err(IndicatorsError::Unusual(words)) => {
                let words = words.join(" ");
                let ask = format!("{code}: {words} Số đúng thì đánh dấu xác nhận và ghi lý do.");
                faults.push((format!("xac-nhan-{code}"), ask));
            }
            Err(err) => return Err(err),
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(IndicatorsError::Sheet(faults)) }
}

fn figure_fields(sheet: &Sheet, line: &FigureLine) -> FigureFields {
    let cell = line.cell.clone();
    let of = |read: fn(&Cell) -> &String| cell.as_ref().map(read).cloned().unwrap_or_default();
    FigureFields {
        period: line.period.code(),
        value: of(|it| &it.value),
        numerator: of(|it| &it.numerator),
        denominator: of(|it| &it.denominator),
        source: format!(
            "{}, {}",
            sheet.form.design.name,
            sheet.round.period.label().to_lowercase()
        ),
        remark: of(|it| &it.remark),
        is_confirmed: cell.is_some_and(|it| it.is_confirmed),
    }
}

fn frozen(line: &FigureLine) -> Option<Frozen> {
    let value = line.value()?;
    let (observation, n) = match &line.given {
        Given::Observed(it) => (Some(it.id), 0),
        Given::RolledUp(_, n) => (None, *n),
        _ => (None, 0),
    };
    Some(Frozen { indicator: line.indicator.id, observation, value, n })
}
