//! `/chi-so/{code}`: the way to the target, figures, provinces, and where all of it comes from.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Html;
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, Over, Right};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Markup, Trajectory, filters, page, words};

use super::day::{Asked, DayView};
use super::quality::QualityView;
use super::rows::{Row, day_number, needed_words, quality_words, target_words, unit_name};
use crate::IndicatorsError;
use crate::actions::{self, Look, Overview};
use crate::model::{Definition, Indicator, Observation, Shape, UnitLevel, drawn};

#[derive(Template)]
#[template(path = "indicators/indicator.html")]
struct IndicatorPage {
    chrome: Chrome,
    day: DayView,
    indicator: Indicator,
    row: Row,
    chart: Markup,
    needed: String,
    figures: Vec<FigureRow>,
    places: Vec<PlaceRow>,
    targets: Vec<(String, String, String)>,
    waiting: Vec<FigureRow>,
    meaning: Meaning,
    quality: QualityView,
    /// What figures are held against: a sentence and its formula.
    rules: Vec<(String, String)>,
    can_report: bool,
    can_target: bool,
    /// What it is split by, and the lines of its parts.
    splits: Vec<(String, Vec<PartRow>)>,
}

/// One part of the indicator.
struct PartRow {
    name: String,
    row: Row,
}

/// One figure in a table.
pub(super) struct FigureRow {
    pub(super) href: String,
    pub(super) when: String,
    pub(super) unit: String,
    pub(super) reported: String,
    pub(super) appraised: String,
    pub(super) quality: &'static str,
    pub(super) source: String,
    pub(super) by: String,
    pub(super) verified_by: String,
}

/// What an indicator means, in words.
pub(super) struct Meaning {
    pub(super) formula: String,
    pub(super) words: String,
    pub(super) roll: String,
    pub(super) levels: String,
    pub(super) basis: String,
    pub(super) note: String,
}

impl Meaning {
    pub(super) fn of(def: &Definition) -> Self {
        Self {
            formula: match &def.shape {
                _ if def.counts.is_some() => {
                    let counted = def.counts.map_or("", crate::model::WorkMeasure::label);
                    format!("Máy đếm từ nhiệm vụ: {counted}. Không ai nhập.")
                }
                Shape::Value => "Đơn vị báo trực tiếp.".to_owned(),
                Shape::Ratio(factor) => format!("Tử số chia mẫu số, nhân {factor}."),
                Shape::Formula(text) => format!("Tính từ chỉ số khác: {text}"),
            },
            words: format!(
                "{}, {}, báo theo {}",
                def.nature.label(),
                def.direction.label(),
                def.rhythm.label()
            ),
            roll: def.roll_words(),
            levels: def.levels.iter().map(|it| it.label()).collect::<Vec<_>>().join(", "),
            basis: def.basis.clone(),
            note: def.note.clone(),
        }
    }
}

/// One province in a table.
struct PlaceRow {
    name: String,
    own: String,
    rolled: String,
    count: String,
}

/// Figures shown in the table.
const FIGURES: usize = 24;

/// `GET /chi-so/{code}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<(StatusCode, Html<String>), Failure> {
    let directory = directory.directory();
    let mut day = DayView::read(&asked, format!("/chi-so/{code}"), ctx.today());
    let look = look(&ctx, &db, &code, &mut day).await?;
    let indicator = look.overview.indicator.clone();
    let is_now = !day.is_past();
    let def = &indicator.definition;
    let figure = |it: &Observation| FigureRow::of(it, def, &directory);
    let row = Row::of(&look.overview, &directory);
    let targets = look
        .targets
        .iter()
        .map(|it| {
            let baseline = it.baseline.map_or_else(
                || "không có số gốc".to_owned(),
                |(value, on)| format!("số gốc {} ngày {}", def.written(value), words::date(on)),
            );
            (unit_name(&it.unit, &directory), target_words(it, def), baseline)
        })
        .collect();
    let status = day.status();
    let drawn = page(&IndicatorPage {
        chart: chart(&look.overview).draw(),
        needed: look.overview.pace.as_ref().map(|it| needed_words(it, def)).unwrap_or_default(),
        figures: look.overview.figures.iter().rev().take(FIGURES).map(figure).collect(),
        places: places(&look, def, &directory),
        targets,
        waiting: look
            .waiting
            .iter()
            .filter(|it| actions::may_appraise(&ctx, &indicator, it).is_ok())
            .map(figure)
            .collect(),
        meaning: Meaning::of(def),
        rules: if is_now { rules(&db, &indicator).await? } else { Vec::new() },
        quality: QualityView::read(&db, &indicator, &directory, day.day).await?,
        can_target: is_now
            && ctx.may(
                Right::ManageIndicators,
                Over { agency: indicator.owner, path: &indicator.owner_path },
            ),
        splits: splits(&look.parts, &directory),
        can_report: is_now && !actions::reported_units(&ctx, &directory, &indicator).is_empty(),
        chrome,
        day,
        row,
        indicator,
    })?;
    Ok((status, drawn))
}

/// What there is to see on the day asked for; the present, with its fault, when that day shows nothing.
async fn look(ctx: &Ctx, db: &Db, code: &str, day: &mut DayView) -> Result<Look, Failure> {
    if let Some(past) = day.day {
        match actions::show_at(ctx, db, code, past).await {
            Err(IndicatorsError::Invalid(faults)) => day.refuse(faults),
            other => return Ok(other?),
        }
    }
    Ok(actions::show(ctx, db, code).await?)
}

/// What figures are held against: a sentence and its formula.
async fn rules(db: &Db, indicator: &Indicator) -> Result<Vec<(String, String)>, Failure> {
    let rules = actions::rules::rules_of(db, indicator).await?;
    Ok(rules.into_iter().map(|it| (it.terms.sentence.clone(), it.terms.written())).collect())
}

/// The parts by what they split.
fn splits(parts: &[Overview], directory: &Directory) -> Vec<(String, Vec<PartRow>)> {
    let mut splits: Vec<(String, Vec<PartRow>)> = Vec::new();
    for it in parts {
        let Some(split) = &it.indicator.definition.split else { continue };
        let row = PartRow { name: split.part.clone(), row: Row::of(it, directory) };
        match splits.iter_mut().find(|it| it.0 == split.by) {
            Some((_, rows)) => rows.push(row),
            None => splits.push((split.by.clone(), vec![row])),
        }
    }
    splits
}

impl FigureRow {
    pub(super) fn of(it: &Observation, def: &Definition, directory: &Directory) -> Self {
        let at = words::datetime(it.reported_at);
        Self {
            href: format!("/so-lieu/{}", it.id),
            when: it.period.label(),
            unit: unit_name(&it.unit, directory),
            reported: def.written(it.reported.value),
            appraised: it.appraised.map(|it| def.written(it)).unwrap_or_default(),
            quality: quality_words(it),
            source: it.source.clone(),
            by: format!("{}, {at}", reporter_name(it, directory)),
            verified_by: it.appraisal.map_or_else(String::new, |(agency, at)| {
                format!("{}, {}", directory.name(agency), words::datetime(at))
            }),
        }
    }
}

/// Who reported: an agency, or a file.
pub(super) fn reporter_name(it: &Observation, directory: &Directory) -> String {
    match directory.agency(it.reporter) {
        Some(agency) => agency.name.clone(),
        None if it.is_counted() => "Máy đếm".to_owned(),
        None => "Nạp từ tệp".to_owned(),
    }
}

/// The line of the figures, and the straight way to the target.
pub(super) fn chart(it: &Overview) -> Trajectory {
    let def = &it.indicator.definition;
    let points: Vec<(f64, f64)> =
        it.figures.iter().map(|it| (day_number(it.as_of), drawn(it.value()))).collect();
    let (Some(first), Some(last)) = (it.figures.first(), it.figures.last()) else {
        return Trajectory::default();
    };
    let mut way = Vec::new();
    let mut days = vec![first.as_of, last.as_of];
    let mut values = vec![first.value(), last.value()];
    values.extend(it.figures.iter().map(Observation::value));
    let mut sentence = format!(
        "{} số liệu, từ {} ({}) đến {} ({})",
        it.figures.len(),
        def.written(first.value()),
        words::date(first.as_of),
        def.written(last.value()),
        words::date(last.as_of)
    );
    if let Some(target) = &it.target {
        if let (Some((from, since)), Some(_)) = (target.baseline, target.period) {
            way.push((day_number(since), drawn(from)));
            days.push(since);
            values.push(from);
        }
        let end = target.period.map_or(last.as_of, |it| it.end());
        way.push((day_number(end), drawn(target.value)));
        days.push(end);
        values.push(target.value);
        sentence.push_str(&format!("; chỉ tiêu {}", target_words(target, def)));
    }
    let edge = |it: Option<chrono::NaiveDate>| it.map(words::date).unwrap_or_default();
    let figure =
        |it: Option<rust_decimal::Decimal>| it.map(|it| def.written(it)).unwrap_or_default();
    Trajectory {
        points,
        way,
        days: (edge(days.iter().min().copied()), edge(days.iter().max().copied())),
        figures: (figure(values.iter().min().copied()), figure(values.iter().max().copied())),
        sentence,
    }
}

/// Provinces with a figure of their own or of their communes, by name.
fn places(look: &Look, def: &Definition, directory: &Directory) -> Vec<PlaceRow> {
    let mut rows: Vec<(Vec<u8>, PlaceRow)> = Vec::new();
    for place in directory.atlas().provinces() {
        let Some(agency) = directory.by_code(&format!("UBND-{}", place.code)) else { continue };
        let own = look.provinces.iter().find(|it| it.unit.id == agency.id);
        let rolled = look.places.iter().find(|it| it.place == place.code);
        let is_commune = def.grain() == UnitLevel::Commune;
        if own.is_none() && (rolled.is_none() || !is_commune) {
            continue;
        }
        let name = agency.name.trim_start_matches("Ủy ban nhân dân ").to_owned();
        let own = own.map(|it| {
            format!("{} ({}, {})", def.written(it.value()), it.period.label(), quality_words(it))
        });
        let rolled = rolled.filter(|_| is_commune);
        let value = rolled.and_then(|it| it.value).map(|it| def.written(it));
        let count = rolled.map(|it| {
            format!(
                "{} xã, {} đã thẩm định, {}",
                words::number(it.n),
                words::number(it.n_appraised),
                it.period.label()
            )
        });
        let row = PlaceRow {
            own: own.unwrap_or_default(),
            rolled: value.unwrap_or_default(),
            count: count.unwrap_or_default(),
            name: name.clone(),
        };
        // Provinces and cities stand in one order, by what they are called.
        let bare = name.trim_start_matches("thành phố ").trim_start_matches("tỉnh ");
        rows.push((sauro_kernel::sort_key(bare), row));
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows.into_iter().map(|it| it.1).collect()
}
