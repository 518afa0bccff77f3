use sauro_journal::Event;
use sauro_kernel::{Ctx, Prose, RankingId, Right};
use sauro_store::Db;
use sauro_ui::words;
use serde_json::json;

use super::rankings::shown_to;
use crate::model::{Design, Fault, Measure, SelfMark, points_of};
use crate::{ScoresError, store};

/// What a unit says of one component, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkFields {
    /// The code of the component's measure.
    pub measure: String,
    /// The points; empty where nothing is said.
    pub points: String,
    /// Why.
    pub note: String,
}

/// Longest note, in characters.
const LONGEST_NOTE: usize = 1_000;

/// Writes down what the caller's unit says of itself in the ranking `id`.
///
/// # Errors
///
/// [`ScoresError::Denied`] to whoever does not speak for a unit, [`ScoresError::NotFound`] when the unit is
/// not scored there, [`ScoresError::Invalid`] after the last day and with every fault.
pub async fn self_score(
    ctx: &Ctx,
    db: &Db,
    units: &sauro_directory::model::Directory,
    id: RankingId,
    fields: &[MarkFields],
) -> Result<(), ScoresError> {
    let mut conn = db.write().await?;
    let (ranking, _, version) = shown_to(ctx, &mut conn, id).await?;
    ctx.require(Right::SelfScore, ctx.actor.own())?;
    let design = &version.design;
    let day = ranking.period.end().min(ctx.today());
    if design.roster.units(units, day).iter().all(|it| it.id != ctx.actor.agency) {
        return Err(ScoresError::NotFound("unit of a ranking"));
    }
    if !ranking.is_open() || ctx.today() > ranking.self_until {
        let words =
            format!("Hạn tự chấm là hết ngày {}, nay đã qua.", words::date(ranking.self_until));
        return Err(ScoresError::of_field("tu-cham", words));
    }
    let marks = marks(ctx, design, fields).map_err(ScoresError::Invalid)?;
    for it in &marks {
        store::self_marks::put(&mut conn, id, it).await?;
    }
    let said: Vec<_> = marks
        .iter()
        .map(|it| json!({ "measure": it.measure.code(), "points": it.points.to_string(), "note": it.note }))
        .collect();
    let data = json!({ "unit": ctx.actor.agency_code, "marks": said });
    sauro_journal::append(&mut conn, ctx, Event::new("SelfScored", "ranking", id, data)).await?;
    conn.commit().await?;
    Ok(())
}

fn marks(ctx: &Ctx, design: &Design, fields: &[MarkFields]) -> Result<Vec<SelfMark>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut marks: Vec<SelfMark> = Vec::new();
    for it in fields.iter().filter(|it| !it.points.trim().is_empty()) {
        let measure = Measure::of_code(&it.measure).filter(|it| design.component(*it).is_some());
        let Some(measure) = measure else {
            faults.push((
                "tu-cham".to_owned(),
                "Có tiêu chí lạ. Mở lại trang rồi nhập lại.".to_owned(),
            ));
            continue;
        };
        let points = points_of(&it.points);
        if points.is_none() {
            let words = format!(
                "{}: điểm tự chấm là số từ 0 đến 100, tối đa hai chữ số thập phân.",
                measure.label()
            );
            faults.push((format!("diem-{}", measure.code()), words));
        }
        let note = match Prose::parse(&it.note) {
            Ok(note) => note.as_str().to_owned(),
            Err(_) => String::new(),
        };
        if it.note.chars().count() > LONGEST_NOTE {
            let words =
                format!("{}: rút gọn lý do còn tối đa {LONGEST_NOTE} ký tự.", measure.label());
            faults.push((format!("ly-do-{}", measure.code()), words));
        }
        marks.extend(points.map(|points| SelfMark {
            unit: ctx.actor.agency,
            measure,
            points,
            note,
            by: ctx.actor.account,
            at: ctx.now_us(),
        }));
    }
    if faults.is_empty() && marks.is_empty() {
        faults
            .push(("tu-cham".to_owned(), "Nhập điểm tự chấm cho ít nhất một tiêu chí.".to_owned()));
    }
    if faults.is_empty() { Ok(marks) } else { Err(faults) }
}
