//! `/phan-anh/ban-do`: how many cases are open and how many were answered, by province, then by commune.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use sauro_directory::model::{Agency, MapSheet};
use sauro_directory::nation_map;
use sauro_kernel::AgencyId;
use sauro_ui::words::number;
use sauro_ui::{Choice, Chrome, Failure, Faults, MapLook, NationMap, filters, page};
use serde::Deserialize;

use crate::actions::{self, Places};
use crate::model::{PlaceCount, months_until};
use crate::pages::premises::Premises;

/// Shades of the map.
const SHADES: i64 = 5;

#[derive(Template)]
#[template(path = "petitions/public/map.html")]
struct MapPage {
    chrome: Chrome,
    /// Nothing to mend: the fields choose.
    faults: Faults,
    /// The province, or empty for the nation.
    place: String,
    code: String,
    all: PlaceCount,
    /// What is counted nowhere on this page: cases without a place, or of the province as a whole.
    elsewhere: PlaceCount,
    rows: Vec<Row>,
    scale: Vec<(i64, String)>,
    map: Option<NationMap>,
    sheet: Option<Sheet>,
    fields: Vec<Choice>,
    field: String,
    months: Vec<Choice>,
    month: String,
}

struct Row {
    name: String,
    href: String,
    count: PlaceCount,
    shade: i64,
}

/// A province by communes.
pub(super) struct Sheet {
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) shapes: Vec<Shape>,
    /// Longitude and latitude of its corner, and the steps by one unit.
    pub(super) degrees: String,
}

/// One commune of a sheet.
pub(super) struct Shape {
    pub(super) name: String,
    pub(super) words: String,
    pub(super) fill: String,
    pub(super) href: String,
    pub(super) path: String,
}

/// How the map is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "noi")]
    place: String,
    #[serde(rename = "linh-vuc")]
    field: String,
    #[serde(rename = "thang")]
    month: String,
}

/// `GET /phan-anh/ban-do`.
pub(super) async fn show(
    premises: Premises,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let (ctx, house) = (premises.anybody(), premises.house());
    let province = match asked.place.as_str() {
        "" => None,
        code => Some(province_of(&premises, code).ok_or(Failure::NotFound)?),
    };
    let fields = actions::all_fields(&house).await?;
    let field = fields.iter().find(|it| it.code == asked.field);
    let field = field.map(|it| it.code.clone()).unwrap_or_default();
    let months = months_until(ctx.today());
    let month = months.iter().find(|it| **it == asked.month).cloned().unwrap_or_default();
    let id = province.map(|it| it.id);
    let found = actions::places(&ctx, &house, id, (&field, &month)).await?;
    let keep = format!("linh-vuc={field}&thang={month}");
    let drawn = Drawn { premises: &premises, found: &found, keep: &keep };
    let rows = drawn.rows(province);
    let of_rows = rows.iter().fold(PlaceCount::default(), |sum, it| PlaceCount {
        open: sum.open + it.count.open,
        answered: sum.answered + it.count.answered,
    });
    page(&MapPage {
        place: province.map(|it| bare(&it.name)).unwrap_or_default(),
        code: province.map(|it| it.code.clone()).unwrap_or_default(),
        all: found.all,
        elsewhere: PlaceCount {
            open: (found.all.open - of_rows.open).max(0),
            answered: (found.all.answered - of_rows.answered).max(0),
        },
        scale: scale(drawn.most()),
        map: if province.is_none() { drawn.nation() } else { None },
        sheet: province.and_then(|it| drawn.province(it)),
        fields: fields.into_iter().map(|it| Choice::new(it.code, it.name)).collect(),
        months: months.iter().map(|it| Choice::new(it, month_label(it))).collect(),
        faults: Faults::none(),
        rows,
        chrome,
        field,
        month,
    })
}

/// The agency that governs the province with the code `code`.
pub(super) fn province_of<'a>(premises: &'a Premises, code: &str) -> Option<&'a Agency> {
    let found = premises.directory.by_code(code)?;
    Some(found).filter(|it| is_province(it))
}

/// It governs a province.
pub(super) fn is_province(it: &Agency) -> bool {
    !it.is_group && it.place.as_ref().is_some_and(|code| code.len() == 2)
}

struct Drawn<'a> {
    premises: &'a Premises,
    found: &'a Places,
    keep: &'a str,
}

impl Drawn<'_> {
    /// The most open cases of one place.
    fn most(&self) -> i64 {
        self.found.below.iter().map(|it| it.1.open).max().unwrap_or(0)
    }

    /// Each place that has cases, those with most open ones first.
    fn rows(&self, province: Option<&Agency>) -> Vec<Row> {
        let most = self.most();
        let directory = &self.premises.directory;
        let row = |(id, count): &(AgencyId, PlaceCount)| {
            let agency = directory.agency(*id)?;
            // Of the nation the provinces; of a province its communes.
            if province.is_none() && !is_province(agency) || count.all() <= 0 {
                return None;
            }
            Some(Row {
                href: self.href(agency),
                name: bare(&agency.name),
                count: *count,
                shade: shade(count.open, most),
            })
        };
        let mut rows: Vec<Row> = self.found.below.iter().filter_map(row).collect();
        rows.sort_by(|a, b| {
            (b.count.open, b.count.answered, &a.name).cmp(&(
                a.count.open,
                a.count.answered,
                &b.name,
            ))
        });
        rows
    }

    /// Of a province its communes.
    fn href(&self, agency: &Agency) -> String {
        match is_province(agency) {
            true => format!("/phan-anh/ban-do?noi={}&{}", agency.code, self.keep),
            false => String::new(),
        }
    }

    /// What is counted of each place, by its official code.
    fn by_place(&self) -> HashMap<&str, PlaceCount> {
        let of = |(id, count): &(AgencyId, PlaceCount)| {
            Some((self.premises.directory.agency(*id)?.place.as_deref()?, *count))
        };
        self.found.below.iter().filter_map(of).collect()
    }

    fn nation(&self) -> Option<NationMap> {
        let (counts, most) = (self.by_place(), self.most());
        nation_map(&self.premises.maps, &|code, name| {
            let agency = self.premises.directory.by_code(&format!("UBND-{code}"));
            let count = counts.get(code).copied().unwrap_or_default();
            MapLook {
                name: agency.map_or_else(|| name.to_owned(), |it| bare(&it.name)),
                words: said(count),
                fill: fill(shade(count.open, most)),
                href: agency.map(|it| self.href(it)).unwrap_or_default(),
            }
        })
    }

    fn province(&self, province: &Agency) -> Option<Sheet> {
        let sheet = self.premises.maps.province(province.place.as_deref()?)?;
        let (counts, most) = (self.by_place(), self.most());
        Some(Sheet::of(sheet, &|code, name| {
            let agency = self.premises.directory.by_code(&format!("UBND-{code}"));
            let count = counts.get(code).copied().unwrap_or_default();
            MapLook {
                name: agency.map_or_else(|| name.to_owned(), |it| bare(&it.name)),
                words: said(count),
                fill: fill(shade(count.open, most)),
                href: String::new(),
            }
        }))
    }
}

impl Sheet {
    /// The sheet as drawn, each commune as `look` says.
    pub(super) fn of(sheet: &MapSheet, look: &dyn Fn(&str, &str) -> MapLook) -> Self {
        let shape = |code: &str, name: &str, path: &str| {
            let MapLook { name, words, fill, href } = look(code, name);
            Shape { words, name, fill, href, path: path.to_owned() }
        };
        let [lon, lat, right, down] = sheet.degrees();
        Self {
            width: sheet.width,
            height: sheet.height,
            shapes: sheet.outlines.iter().map(|it| shape(&it.code, &it.name, &it.path)).collect(),
            degrees: format!("{lon:.6} {lat:.6} {right:.8} {down:.8}"),
        }
    }
}

/// The name of a place without the words for who governs it.
pub(super) fn bare(name: &str) -> String {
    let name = name.trim_start_matches("Ủy ban nhân dân ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

fn said(it: PlaceCount) -> String {
    match it.all() {
        0 => "không có vụ việc".to_owned(),
        _ => format!("{} đang giải quyết, {} đã trả lời", number(it.open), number(it.answered)),
    }
}

/// How dark `n` of at most `most` is drawn: 0 for none, up to [`SHADES`].
fn shade(n: i64, most: i64) -> i64 {
    if n <= 0 || most <= 0 { 0 } else { ((n * SHADES + most - 1) / most).min(SHADES) }
}

fn fill(shade: i64) -> String {
    if shade == 0 { "url(#gach)".to_owned() } else { format!("var(--h-{shade})") }
}

/// What each shade stands for, where there is one.
fn scale(most: i64) -> Vec<(i64, String)> {
    let words = |shade: i64| {
        let (from, to) = (most * (shade - 1) / SHADES + 1, most * shade / SHADES);
        match to - from {
            0 => Some((shade, number(to))),
            wide if wide > 0 => Some((shade, format!("{} đến {}", number(from), number(to)))),
            _ => None,
        }
    };
    (1..=SHADES).filter_map(words).collect()
}

/// `2026-11` as people read it.
fn month_label(month: &str) -> String {
    month.split_once('-').map_or_else(|| month.to_owned(), |it| format!("Tháng {}/{}", it.1, it.0))
}

#[cfg(test)]
mod tests {
    use super::{scale, shade};

    #[test]
    fn every_shade_says_the_numbers_that_are_drawn_in_it() {
        for most in [1, 3, 5, 7, 38, 1000] {
            let scale = scale(most);
            for n in 1..=most {
                let of_n = shade(n, most);
                assert!(scale.iter().any(|it| it.0 == of_n), "{n} of {most} is in no shade");
            }
            assert_eq!(shade(most, most), 5);
        }
        assert_eq!((shade(0, 9), shade(3, 0)), (0, 0));
        assert_eq!(scale(10)[1], (2, "3 đến 4".to_owned()));
        assert_eq!(scale(3).len(), 3);
    }
}
