use std::collections::BTreeMap;

use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, PeriodicReportId, Right, RoundId};
use sauro_store::Db;

use super::authority::writer;
use super::save_report::{SheetFields, check_open, save_report};
use super::sheet::{Sheet, sheet_within};
use crate::model::periodic::{Folded, Item, PeriodicReport, Said, fold_said, sentences};
use crate::model::short_name;
use crate::{IndicatorsError, store};

/// Units named behind a sentence; more are counted.
const NAMED: usize = 3;

/// The reports below a unit, side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Merging {
    /// The report that is made of them.
    pub sheet: Sheet,
    /// The reports, in the order of their units' codes.
    pub reports: Vec<PeriodicReport>,
    /// Each section with what is said in it, near-duplicates folded.
    pub sections: Vec<(Item, Vec<Folded>)>,
}

/// What was chosen of one section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picked {
    /// The name of the part.
    pub item: String,
    /// The sentences that stand for those folded, as shown.
    pub words: Vec<String>,
}

/// The reports that the unit named `code` has in the round `round`, to be merged (tổng hợp).
///
/// # Errors
///
/// [`IndicatorsError::NotFound`] for strangers, and for a unit that nobody sends to.
pub async fn merging(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    (round, code): (RoundId, &str),
) -> Result<Merging, IndicatorsError> {
    let mut conn = db.read().await?;
    let sheet = sheet_within(ctx, &mut conn, directory, round, code).await?;
    ctx.require(Right::DraftPeriodic, writer(&sheet.form, &sheet.unit))?;
    if sheet.n_below == 0 {
        return Err(IndicatorsError::NotFound("reports to merge"));
    }
    let receiver = writer(&sheet.form, &sheet.unit).agency;
    let mut reports = store::periodic::reports::to_receiver(&mut conn, round, receiver).await?;
    reports.retain(|it| it.state.is_with_receiver());
    let texts = store::periodic::contents::sections_to(&mut conn, (round, receiver)).await?;
    drop(conn);
    let places: BTreeMap<PeriodicReportId, usize> =
        reports.iter().enumerate().map(|(n, it)| (it.id, n)).collect();
    let items: Vec<Item> = sheet.form.design.texts().map(|it| it.0.clone()).collect();
    // Cutting and folding a hundred reports is work for a thread of its own.
    let sections = tokio::task::spawn_blocking(move || {
        let folded = |item: &Item| {
            let of = texts.iter().filter(|it| it.1 == item.key);
            let said = of.filter_map(|it| Some((*places.get(&it.0)?, &it.2))).flat_map(
                |(report, text)| {
                    sentences(text).into_iter().map(move |words| Said { report, words })
                },
            );
            fold_said(said.collect())
        };
        items.into_iter().map(|it| (it.clone(), folded(&it))).collect()
    })
    .await
    .map_err(|err| sauro_store::StoreError::Corrupt {
        table: "periodic_texts",
        row: round.to_string(),
        reason: err.to_string(),
    })?;
    Ok(Merging { sheet, reports, sections })
}

/// Puts what was chosen at the end of the sections, each sentence with who said it. Answers the version of
/// the report.
///
/// # Errors
///
/// As [`save_report`]; [`IndicatorsError::Invalid`] when nothing was chosen.
pub async fn merge_reports(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    (round, code): (RoundId, &str),
    (version, picked): (i64, &[Picked]),
) -> Result<i64, IndicatorsError> {
    let merging = merging(ctx, db, directory, (round, code)).await?;
    check_open(ctx, &merging.sheet)?;
    let mut texts = Vec::new();
    for (item, folds) in &merging.sections {
        let Some(chosen) = picked.iter().find(|it| it.item == item.key) else { continue };
        let old = merging.sheet.text(&item.key);
        let known = sentences(old);
        let lines: Vec<String> = folds
            .iter()
            .filter(|it| chosen.words.contains(&it.words))
            .map(|it| line(it, &merging, directory))
            .filter(|it| !known.iter().any(|known| it.ends_with(known.as_str())))
            .collect();
        if !lines.is_empty() {
            let all = [old.to_owned(), lines.join("\n")];
            let parts: Vec<&str> =
                all.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
            texts.push((item.key.clone(), parts.join("\n")));
        }
    }
    if texts.is_empty() {
        let words = "Chọn ít nhất một câu chưa có trong báo cáo.";
        return Err(IndicatorsError::of_field("cau", words));
    }
    let fields = SheetFields { version, texts, ..SheetFields::default() };
    save_report(ctx, db, directory, (round, code), &fields).await
}

/// `- Thiếu máy quét (Xã A, Xã B).`
fn line(fold: &Folded, merging: &Merging, directory: &Directory) -> String {
    let reports = fold.reports();
    let names: Vec<&str> = reports
        .iter()
        .filter_map(|n| merging.reports.get(*n))
        .map(|it| directory.name(it.unit.id))
        .map(short_name)
        .collect();
    let who =
        if names.len() > NAMED { format!("{} đơn vị", names.len()) } else { names.join(", ") };
    format!("- {} ({who})", fold.words.trim_end_matches(['.', ';', ' ']))
}
