//! `/phan-anh-den/noi-dau`: where it hurts, for leaders: by field, place, agency and week, and what waits for
//! their decision.

use askama::Template;
use axum::response::Html;
use sauro_directory::model::Directory;
use sauro_kernel::AgencyId;
use sauro_ui::{Caller, Chrome, Failure, filters, page};

use crate::actions::{self, Pains};
use crate::model::{Field, Listed, Pain, State, week_label};
use crate::pages::premises::Premises;

/// Places shown.
const MOST_PLACES: usize = 15;

/// Weeks that are held against those before them.
const NOW: usize = 4;

#[derive(Template)]
#[template(path = "petitions/desk/pains.html")]
struct PainsPage {
    chrome: Chrome,
    this_week: i64,
    /// How this week stands against the four before it.
    against: String,
    overdue: String,
    late: i64,
    contested: i64,
    weeks: Vec<String>,
    fields: Vec<FieldRow>,
    places: Vec<PlaceRow>,
    n_more: usize,
    decisions: Vec<Decision>,
}

struct FieldRow {
    name: String,
    cells: Vec<Cell>,
    /// What grew most says so.
    growth: String,
}

/// How many cases, and how dark that is drawn, 0 to 5.
struct Cell {
    n: i64,
    class: i64,
}

struct PlaceRow {
    name: String,
    now: i64,
    growth: String,
    overdue: i64,
    late: i64,
    contested: i64,
    refused: i64,
}

struct Decision {
    href: String,
    title: String,
    number: String,
    why: &'static str,
}

/// `GET /phan-anh-den/noi-dau`.
pub(super) async fn show(
    Caller(ctx): Caller,
    premises: Premises,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let house = premises.house();
    let found = actions::pains(&ctx, &house).await?;
    let fields = actions::all_fields(&house).await?;
    page(&drawn(chrome, &found, &fields, &premises.directory))
}

fn drawn(chrome: Chrome, found: &Pains, fields: &[Field], directory: &Directory) -> PainsPage {
    let (now, _) = halves(&found.all);
    let this_week = found.all.last().map_or(0, |it| it.sent);
    let earlier = found.all.iter().rev().skip(1).take(NOW).map(|it| it.sent).sum::<i64>();
    let most = found.fields.iter().flat_map(|it| &it.1).map(|it| it.sent).max().unwrap_or(0);
    PainsPage {
        chrome,
        this_week,
        against: format!("Trung bình bốn tuần trước: {}.", tenths(earlier)),
        overdue: match found.is_cut {
            true => format!("trên {}", sauro_ui::words::number(found.overdue)),
            false => sauro_ui::words::number(found.overdue),
        },
        late: now.late,
        contested: now.contested,
        weeks: found.weeks.iter().map(|it| week_label(*it)).collect(),
        fields: found.fields.iter().map(|it| field_row(it, fields, most)).collect(),
        places: found.places.iter().take(MOST_PLACES).map(|it| place_row(it, directory)).collect(),
        n_more: found.places.len().saturating_sub(MOST_PLACES),
        decisions: found.decisions.iter().map(decision).collect(),
    }
}

fn field_row((code, series): &(String, Vec<Pain>), fields: &[Field], most: i64) -> FieldRow {
    let name = fields.iter().find(|it| it.code == *code);
    let cell = |it: &Pain| Cell {
        n: it.sent,
        // Of few cases one is not yet dark.
        class: (it.sent.max(0) * 5 + most - 1) / most.max(5),
    };
    let (now, before) = halves(series);
    FieldRow {
        name: name.map_or_else(|| code.clone(), |it| it.name.clone()),
        cells: series.iter().map(cell).collect(),
        growth: growth(now.sent, before.sent),
    }
}

fn place_row(
    (id, series, overdue): &(AgencyId, Vec<Pain>, i64),
    directory: &Directory,
) -> PlaceRow {
    let (now, before) = halves(series);
    PlaceRow {
        name: directory.name(*id).to_owned(),
        now: now.sent,
        growth: growth(now.sent, before.sent),
        overdue: *overdue,
        late: now.late,
        contested: now.contested,
        refused: now.refused,
    }
}

fn decision(it: &Listed) -> Decision {
    Decision {
        href: format!("/phan-anh-den/{}", it.id),
        title: it.title.clone(),
        number: it.number.clone(),
        why: match it.standing.state {
            State::Review => "Người gửi chưa hài lòng, cần giao phúc tra",
            _ => "Hai cơ quan đã trả lại, cần chỉ định bắt buộc",
        },
    }
}

/// The last four weeks together, and the weeks before them.
fn halves(series: &[Pain]) -> (Pain, Pain) {
    let sum = |part: &[Pain]| part.iter().fold(Pain::default(), |sum, it| sum.plus(*it));
    let (before, now) = series.split_at(series.len().saturating_sub(NOW));
    (sum(now), sum(before))
}

/// How the last four weeks stand against the four before, in words.
fn growth(now: i64, before: i64) -> String {
    match now - before {
        0 => "không đổi".to_owned(),
        more if more > 0 => format!("tăng {more}"),
        fewer => format!("giảm {}", -fewer),
    }
}

/// A fourth of `n`, to one decimal as Vietnamese writes it.
fn tenths(n: i64) -> String {
    let tenths = (n * 10 + 2) / 4;
    format!("{},{}", tenths / 10, tenths % 10)
}
