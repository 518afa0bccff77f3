use std::collections::BTreeMap;

use sauro_directory::model::Directory;
use sauro_journal::Event;
use sauro_kernel::{AgencyId, Ctx, PeriodicReportId, Prose, Right, RoundId};
use sauro_store::{Conn, Db, StoreError};
use serde_json::json;

use super::authority::writer;
use super::send_report::opened;
use super::sheet::Sheet;
use crate::model::periodic::{
    Cell, PeriodicReport, ReportState, ReportStep, Trace, origins, sentences,
};
use crate::{IndicatorsError, store};

/// A report as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetFields {
    /// The version that was read; 0 of a report that is not begun.
    pub version: i64,
    /// Sections by the names of their parts.
    pub texts: Vec<(String, String)>,
    /// Figures by the codes of their indicators.
    pub cells: Vec<(String, CellFields)>,
    /// How long the form was open, in seconds.
    pub spent_s: i64,
}

/// One figure as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CellFields {
    /// Where it is reported as it is.
    pub value: String,
    /// Of a ratio.
    pub numerator: String,
    /// Of a ratio.
    pub denominator: String,
    /// Why it is right although it is unusual.
    pub remark: String,
    /// The unit stands by it.
    pub is_confirmed: bool,
}

/// One sitting counts for at most this long, in seconds: a form that is left open is not worked on.
const LONGEST_SITTING: i64 = 30 * 60;

/// Letters of a cell at most.
const LONGEST_CELL: usize = 60;

/// Saves the report of the unit named `code` in the round `round`, which begins with the first saving
/// (lưu báo cáo định kỳ). Nothing is checked but what cannot be stored: a draft may be incomplete. Answers
/// its version.
///
/// # Errors
///
/// [`IndicatorsError::Sheet`] for sections that are too long; [`IndicatorsError::Stale`] when somebody else
/// saved it since; [`IndicatorsError::Invalid`] when the round takes nothing any more.
pub async fn save_report(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    key: (RoundId, &str),
    fields: &SheetFields,
) -> Result<i64, IndicatorsError> {
    let (mut conn, sheet) = opened(ctx, db, directory, key, Right::DraftPeriodic).await?;
    check_open(ctx, &sheet)?;
    let (texts, cells) = read(&sheet, fields)?;
    let known = sheet.report.as_ref().map_or(0, |it| it.version);
    if known != fields.version {
        return Err(IndicatorsError::Stale);
    }
    let report = put(ctx, &mut conn, &sheet, fields, &texts, &cells).await?;
    for (item, text) in &texts {
        store::periodic::contents::put_text(&mut conn, report.id, item, text).await?;
    }
    for cell in &cells {
        store::periodic::contents::put_cell(&mut conn, report.id, cell).await?;
    }
    // Sections that this saving leaves as they are keep their traces.
    let mut whole = sheet.texts.clone();
    whole.extend(texts);
    let traces = traces(&mut conn, &sheet, &whole).await?;
    store::periodic::traces::replace(&mut conn, report.id, &traces).await?;
    let data = json!({ "unit": sheet.unit.code, "period": sheet.round.period.code() });
    let event = Event::new("PeriodicSaved", "periodic_report", report.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(report.version)
}

/// `Ok` while the unit may write and send.
pub(super) fn check_open(ctx: &Ctx, sheet: &Sheet) -> Result<(), IndicatorsError> {
    if sheet.report.as_ref().is_some_and(|it| !it.state.is_open()) {
        let words = "Báo cáo đã gửi, không sửa được nữa. Thu hồi trước khi cấp trên tiếp nhận, hoặc đề nghị trả lại.";
        return Err(IndicatorsError::of_field("bao-cao", words));
    }
    if sheet.is_taken(ctx.today()) {
        return Ok(());
    }
    let last = sheet.round.locks_on.format("%d/%m/%Y");
    let words = format!(
        "Đợt báo cáo đã khóa từ hết ngày {last}. Đề nghị cơ quan mở đợt cho phép gửi muộn."
    );
    Err(IndicatorsError::of_field("bao-cao", words))
}

/// What `fields` come down to: only what the form has, and only what the unit is asked.
fn read(
    sheet: &Sheet,
    fields: &SheetFields,
) -> Result<(BTreeMap<String, String>, Vec<Cell>), IndicatorsError> {
    let mut faults = Vec::new();
    let mut texts = BTreeMap::new();
    for (item, _) in sheet.form.design.texts() {
        let Some((_, text)) = fields.texts.iter().find(|it| it.0 == item.key) else { continue };
        match Prose::parse(text) {
            Ok(prose) => texts.insert(item.key.clone(), prose.as_str().to_owned()),
            Err(sauro_kernel::TextError::Empty) => texts.insert(item.key.clone(), String::new()),
            Err(sauro_kernel::TextError::TooLong { len, most }) => {
                let words = format!("{} dài {len} ký tự, rút gọn còn tối đa {most}.", item.title);
                faults.push((format!("van-{}", item.key), words));
                None
            }
        };
    }
    let mut cells = Vec::new();
    for (_, line) in sheet.figures.iter().filter(|it| it.1.is_asked()) {
        let code = &line.indicator.code;
        let Some((_, typed)) = fields.cells.iter().find(|it| it.0 == *code) else { continue };
        let of = |text: &String| text.trim().to_owned();
        let all = [&typed.value, &typed.numerator, &typed.denominator];
        if all.iter().any(|it| it.chars().count() > LONGEST_CELL) {
            let words = format!("{code}: số dài quá {LONGEST_CELL} ký tự.");
            faults.push((format!("so-{code}"), words));
        }
        cells.push(Cell {
            indicator: line.indicator.id,
            value: of(&typed.value),
            numerator: of(&typed.numerator),
            denominator: of(&typed.denominator),
            remark: typed.remark.trim().chars().take(2_000).collect(),
            is_confirmed: typed.is_confirmed,
        });
    }
    if faults.is_empty() { Ok((texts, cells)) } else { Err(IndicatorsError::Sheet(faults)) }
}

/// Begins the report, or counts one more change of it.
async fn put(
    ctx: &Ctx,
    conn: &mut Conn,
    sheet: &Sheet,
    fields: &SheetFields,
    texts: &BTreeMap<String, String>,
    cells: &[Cell],
) -> Result<PeriodicReport, IndicatorsError> {
    let n = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    let spent_s = fields.spent_s.clamp(0, LONGEST_SITTING);
    let n_asked = n(sheet.form.design.texts().count() + sheet.figures.len());
    let typed_texts = texts.values().filter(|it| !it.is_empty()).count();
    let n_typed = n(typed_texts + cells.iter().filter(|it| is_typed(sheet, it)).count());
    let Some(old) = &sheet.report else {
        let report = PeriodicReport {
            id: PeriodicReportId(ctx.ids.fresh()),
            round: sheet.round.id,
            unit: sheet.unit.clone(),
            receiver: sheet.receiver,
            extension: sheet.extension,
            state: ReportState::Drafting,
            n_changes: 1,
            n_asked,
            n_typed,
            spent_s,
            made_at: ctx.now_us(),
            sent_at: None,
            decided_at: None,
            published_at: None,
            version: 1,
        };
        store::periodic::reports::insert(conn, &report).await.map_err(|err| match err {
            StoreError::Conflict(_) => IndicatorsError::Stale,
            err => err.into(),
        })?;
        store::periodic::steps::insert(conn, ctx, report.id, ReportStep::Begun, "").await?;
        return Ok(report);
    };
    let report = PeriodicReport {
        n_changes: old.n_changes + 1,
        n_asked,
        n_typed,
        spent_s: old.spent_s.saturating_add(spent_s),
        version: old.version + 1,
        ..old.clone()
    };
    if !store::periodic::reports::update(conn, &report).await? {
        return Err(IndicatorsError::Stale);
    }
    Ok(report)
}

/// True of a figure that was not left as suggested.
fn is_typed(sheet: &Sheet, cell: &Cell) -> bool {
    let line = sheet.figures.iter().map(|it| &it.1).find(|it| it.indicator.id == cell.indicator);
    let suggested = line.map(super::sheet::FigureLine::suggestion).unwrap_or_default();
    !cell.is_blank() && cell.value != suggested
}

/// Where the sentences of the sections come from, for a unit that merges the reports of others.
async fn traces(
    conn: &mut Conn,
    sheet: &Sheet,
    texts: &BTreeMap<String, String>,
) -> Result<Vec<Trace>, IndicatorsError> {
    if sheet.n_below == 0 {
        return Ok(Vec::new());
    }
    let receiver: AgencyId = writer(&sheet.form, &sheet.unit).agency;
    let sections = store::periodic::contents::sections_to(conn, (sheet.round.id, receiver)).await?;
    let mut all = Vec::new();
    for (item, text) in texts {
        let mut said = Vec::new();
        let mut from = Vec::new();
        for (report, _, text) in sections.iter().filter(|it| it.1 == *item) {
            for sentence in sentences(text) {
                said.push(sentence);
                from.push(*report);
            }
        }
        let found = origins(&sentences(text), &said);
        for (n, origins) in (0_i64..).zip(found) {
            let mut best: BTreeMap<PeriodicReportId, u8> = BTreeMap::new();
            for it in origins {
                if let Some(source) = from.get(it.source) {
                    let known = best.entry(*source).or_default();
                    *known = it.likeness.max(*known);
                }
            }
            all.extend(best.into_iter().map(|(source, likeness)| Trace {
                item: item.clone(),
                n,
                source,
                likeness,
            }));
        }
    }
    Ok(all)
}
