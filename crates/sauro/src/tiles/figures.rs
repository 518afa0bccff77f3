use std::sync::Arc;

use rust_decimal::Decimal;
use sauro_dashboards::Unfilled;
use sauro_dashboards::model::{
    Area, Body, Cell, Content, Grid, Line, Measure, Origin, Point, Ranked, Reading, Spec, Way,
};
use sauro_directory::model::{Agency, Directory};
use sauro_indicators::IndicatorsError;
use sauro_indicators::actions::{self, PlaceFigure, Sight, UnitFigure, UnitReading};
use sauro_indicators::model::{Definition, Direction, Indicator, Observation, drawn, unit_of};
use sauro_indicators::{day_number, needed_words, quality_words, target_words, trend_words};
use sauro_kernel::{Ctx, PastDay};
use sauro_ui::words;

use super::{Tiles, end_of, unfilled_figures};

/// Figures behind one number: enough for a trend.
const BEHIND: u16 = 13;

/// What `spec`, which is about figures or about nothing, shows now or at the end of a past day: what was reported to `inside`, what was
/// appraised to everybody.
pub(super) async fn content(
    tiles: &Tiles,
    directory: &Arc<Directory>,
    inside: Option<&Ctx>,
    (spec, day): (&Spec, Option<PastDay>),
) -> Result<Content, Unfilled> {
    let today = tiles.clock.now().with_timezone(&sauro_kernel::VIETNAM).date_naive();
    let sight = inside.map_or(Sight::Public, Sight::Inside);
    let told = Told { tiles, directory, sight, is_inside: inside.is_some(), today, day };
    let found = match spec {
        Spec::Number { indicator, place } => told.reading(indicator, place, BEHIND, false).await,
        Spec::Way { indicator, place, periods } => {
            told.reading(indicator, place, u16::from(*periods), true).await
        }
        Spec::Ranking { indicator, place, most } => {
            told.ranking(indicator, place, usize::from(*most)).await
        }
        Spec::Map { indicator: Some(indicator) } => told.map(indicator).await,
        Spec::Heat { indicators, place } => told.heat(indicators, place).await,
        Spec::Text { text } => Ok(Content {
            title: String::new(),
            of: String::new(),
            href: String::new(),
            body: Body::Text(text.clone()),
        }),
        Spec::Map { indicator: None } | Spec::Four { .. } | Spec::Late { .. } => {
            Ok(Content::absent(spec.kind().label(), "Ô này nói về nhiệm vụ."))
        }
    };
    match found {
        Err(IndicatorsError::NotFound(_)) => {
            let why = "Chỉ số hoặc đơn vị của ô này không còn. Sửa ô để chọn cái khác.";
            Ok(Content::absent(spec.kind().label(), why))
        }
        // On that day the indicator was not there yet.
        Err(IndicatorsError::Invalid(faults)) => {
            let why = faults.into_iter().map(|it| it.1).next().unwrap_or_default();
            Ok(Content::absent(spec.kind().label(), format!("Chỉ số chưa có vào ngày này. {why}")))
        }
        found => found.map_err(unfilled_figures),
    }
}

struct Told<'a> {
    tiles: &'a Tiles,
    directory: &'a Directory,
    sight: Sight<'a>,
    is_inside: bool,
    today: chrono::NaiveDate,
    /// The past day whose end is shown.
    day: Option<PastDay>,
}

/// The absent thing is named by the kind of the tile.
const ABSENT: IndicatorsError = IndicatorsError::NotFound("what a tile is about");

impl Told<'_> {
    async fn reading(
        &self,
        code: &str,
        place: &str,
        most: u16,
        is_way: bool,
    ) -> Result<Content, IndicatorsError> {
        let unit = unit_of(self.directory, place).ok_or(ABSENT)?;
        let db = &self.tiles.db;
        let found = match self.day {
            None => actions::unit_reading(self.sight, db, code, &unit, most, self.today).await?,
            Some(day) => actions::unit_reading_at(self.sight, db, code, &unit, most, day).await?,
        };
        let def = &found.indicator.definition;
        let mut points: Vec<Point> = found.figures.iter().map(|it| self.point(it, def)).collect();
        points.extend(found.rolled.iter().filter_map(|it| self.sum(it, &found.indicator)));
        if points.is_empty() {
            let why = match (self.is_inside, self.day) {
                (true, None) => "Chưa có số liệu.",
                (false, None) => "Chưa có số liệu nào được thẩm định.",
                (true, Some(_)) => "Đến hết ngày này chưa ai báo số.",
                (false, Some(_)) => "Đến hết ngày này chưa có số nào được thẩm định.",
            };
            return Ok(self.of_indicator(&found.indicator, &unit.name, Body::Absent(why.into())));
        }
        let status = found.pace.as_ref().map(|it| it.state.status());
        let (status, words) = status.unwrap_or(("none", "Chưa đánh giá được"));
        let reading = Reading {
            way: is_way.then(|| way(&found, &points)),
            points,
            target: found.target.as_ref().map(|it| target_words(it, def)).unwrap_or_default(),
            goal: found.target.as_ref().map(|it| drawn(it.value)),
            status: (status.to_owned(), words.to_owned()),
            trend: trend_words(&found.figures, def),
            needed: found.pace.as_ref().map(|it| needed_words(it, def)).unwrap_or_default(),
            measure: measure(def),
        };
        let body = Body::Reading(Box::new(reading));
        Ok(self.of_indicator(&found.indicator, &unit.name, body))
    }

    async fn ranking(
        &self,
        code: &str,
        place: &str,
        most: usize,
    ) -> Result<Content, IndicatorsError> {
        let below = self.below(place)?;
        let (indicator, lines) = self.lines(code, &below).await?;
        let mut ranked = ranked(lines, &indicator.definition);
        ranked.most = Some(most);
        let body = match ranked.lines.is_empty() {
            true => Body::Absent("Chưa đơn vị nào có số liệu.".to_owned()),
            false => Body::Ranked(ranked),
        };
        Ok(self.of_indicator(&indicator, &below.name, body))
    }

    async fn map(&self, code: &str) -> Result<Content, IndicatorsError> {
        let below = self.below("VN")?;
        let (indicator, mut lines) = self.lines(code, &below).await?;
        for place in self.directory.atlas().provinces() {
            let Some(agency) = self.directory.by_code(&format!("UBND-{}", place.code)) else {
                continue;
            };
            if !lines.iter().any(|it| it.code == place.code) {
                lines.push(Line {
                    code: place.code.clone(),
                    name: short(agency),
                    note: "chưa có số liệu".to_owned(),
                    ..Line::default()
                });
            }
        }
        let ranked = ranked(lines, &indicator.definition);
        Ok(self.of_indicator(&indicator, "34 tỉnh, thành phố", Body::Map(ranked)))
    }

    async fn heat(&self, codes: &[String], place: &str) -> Result<Content, IndicatorsError> {
        let below = self.below(place)?;
        let mut grid = Grid::default();
        let mut rows: Vec<(String, Area)> = Vec::new();
        for (column, code) in codes.iter().enumerate() {
            let (indicator, lines) = self.lines(code, &below).await?;
            let def = &indicator.definition;
            grid.columns.push((indicator.code.clone(), def.name.clone()));
            for it in ranked(lines, def).lines {
                let cell = Cell {
                    written: it.written,
                    amount: it.amount,
                    class: it.class.unwrap_or_default(),
                };
                let known = rows.iter().position(|row| row.0 == it.code);
                let row = known.unwrap_or_else(|| {
                    let cells = vec![Cell::default(); codes.len()];
                    rows.push((it.code, Area { name: it.name, cells }));
                    rows.len() - 1
                });
                let place = rows.get_mut(row).and_then(|row| row.1.cells.get_mut(column));
                if let Some(place) = place {
                    *place = cell;
                }
            }
        }
        rows.sort_by_key(|it| sauro_kernel::sort_key(&it.1.name));
        grid.rows = rows.into_iter().map(|it| it.1).collect();
        let body = match grid.rows.is_empty() {
            true => Body::Absent("Chưa đơn vị nào có số liệu.".to_owned()),
            false => Body::Grid(grid),
        };
        let href = if self.is_inside { "/chi-so" } else { "/ket-qua/chi-so" };
        Ok(Content {
            title: "Đơn vị và chỉ số".to_owned(),
            of: self.of(&below.name),
            href: href.to_owned(),
            body,
        })
    }

    /// The units that `place` is compared by.
    fn below(&self, place: &str) -> Result<Below, IndicatorsError> {
        let unit = unit_of(self.directory, place).ok_or(ABSENT)?;
        let province = Some(unit.province.clone()).filter(|it| !it.is_empty());
        Ok(Below { province, name: unit.name })
    }

    /// The figures of the units of `below` for the indicator `code`.
    async fn lines(
        &self,
        code: &str,
        below: &Below,
    ) -> Result<(Indicator, Vec<Line>), IndicatorsError> {
        let province = below.province.as_deref();
        let db = &self.tiles.db;
        let (indicator, units) = match self.day {
            None => actions::figures_below(self.sight, db, code, province).await?,
            Some(day) => actions::figures_below_at(self.sight, db, code, province, day).await?,
        };
        let lines = units.iter().filter_map(|it| self.line(it, &indicator)).collect();
        Ok((indicator, lines))
    }

    fn line(&self, it: &UnitFigure, indicator: &Indicator) -> Option<Line> {
        let agency = self.directory.by_code(&it.unit_code)?;
        let def = &indicator.definition;
        let point = match (&it.own, &it.rolled) {
            (Some(own), _) => self.point(own, def),
            (None, Some(rolled)) => self.sum(rolled, indicator)?,
            (None, None) => return None,
        };
        Some(Line {
            code: agency.place.clone().unwrap_or_else(|| agency.code.clone()),
            name: short(agency),
            written: point.written,
            amount: Some(point.amount),
            note: point.label,
            origin: point.origin,
            ..Line::default()
        })
    }

    /// A figure that a unit has said.
    fn point(&self, it: &Observation, def: &Definition) -> Point {
        let reporter = self.directory.agency(it.reporter);
        let reporter = reporter.map_or("Nạp từ tệp", |it| it.name.as_str());
        let verified = it.appraisal.map(|(agency, at)| {
            format!("{}, {}", self.directory.name(agency), words::datetime(at))
        });
        Point {
            label: it.period.label(),
            written: def.written(it.value()),
            amount: drawn(it.value()),
            day: day_number(it.as_of),
            origin: Origin {
                href: self.inside_address(|| format!("/so-lieu/{}", it.id)),
                reported: format!("{reporter}, {}", words::datetime(it.reported_at)),
                verified: verified.unwrap_or_default(),
                quality: quality_words(it).to_owned(),
            },
        }
    }

    /// What the units of a place come to.
    fn sum(&self, it: &PlaceFigure, indicator: &Indicator) -> Option<Point> {
        let value = it.value?;
        let def = &indicator.definition;
        let (n, grain) = (words::number(it.n), def.grain().label());
        Some(Point {
            label: it.period.label(),
            written: def.written(value),
            amount: drawn(value),
            day: day_number(it.period.end()),
            origin: Origin {
                href: self.inside_address(|| format!("/chi-so/{}{}", indicator.code, self.query())),
                reported: format!("Cộng gộp từ {n} đơn vị {grain} đã báo"),
                verified: String::new(),
                quality: format!("{} trên {n} số đã thẩm định", words::number(it.n_appraised)),
            },
        })
    }

    fn of_indicator(&self, it: &Indicator, name: &str, body: Body) -> Content {
        Content {
            title: it.definition.name.clone(),
            of: self.of(name),
            href: match self.is_inside {
                true => format!("/chi-so/{}{}", it.code, self.query()),
                false => format!("/ket-qua/chi-so/{}{}", it.code, self.query()),
            },
            body,
        }
    }

    /// What follows the address of an indicator to stay on the day.
    fn query(&self) -> String {
        self.day.map(|it| format!("?ngay={}", it.day())).unwrap_or_default()
    }

    /// Whose figures, which of them, and of which day.
    fn of(&self, name: &str) -> String {
        let which = if self.is_inside { "số đã báo" } else { "số đã thẩm định" };
        format!("{name}, {which}{}", end_of(self.day))
    }

    /// Pages of single figures are for those who are signed in.
    fn inside_address(&self, address: impl Fn() -> String) -> String {
        if self.is_inside { address() } else { String::new() }
    }
}

struct Below {
    province: Option<String>,
    name: String,
}

fn ranked(lines: Vec<Line>, def: &Definition) -> Ranked {
    let written = |amount: f64| {
        Decimal::try_from(amount).map_or_else(|_| amount.to_string(), |it| def.written(it))
    };
    let ranked = Ranked::by_amount(lines, def.direction == Direction::Lower, &written);
    Ranked { measure: measure(def), ..ranked }
}

/// How a difference between two figures is written.
fn measure(def: &Definition) -> Measure {
    Measure { unit: def.unit.clone(), decimals: def.decimals }
}

/// The straight way to the target, and the words at the edges.
fn way(found: &UnitReading, points: &[Point]) -> Way {
    let def = &found.indicator.definition;
    let mut straight = Vec::new();
    let mut marks: Vec<(f64, f64)> = points.iter().map(|it| (it.day, it.amount)).collect();
    if let Some(target) = &found.target {
        if let (Some((from, since)), Some(_)) = (target.baseline, target.period) {
            straight.push((day_number(since), drawn(from)));
        }
        let last = points.last().map_or(0.0, |it| it.day);
        let end = target.period.map_or(last, |it| day_number(it.end()));
        straight.push((end, drawn(target.value)));
        marks.extend(&straight);
    }
    let days = marks.iter().map(|it| it.0);
    let figures = marks.iter().map(|it| it.1);
    let edges = |it: &mut dyn Iterator<Item = f64>| {
        it.fold((f64::MAX, f64::MIN), |(low, high), it| (low.min(it), high.max(it)))
    };
    let (first, last) = edges(&mut days.into_iter());
    let (low, high) = edges(&mut figures.into_iter());
    let figure = |it: f64| Decimal::try_from(it).map(|it| def.written(it)).unwrap_or_default();
    Way {
        straight,
        days: (day_words(first), day_words(last)),
        figures: (figure(low), figure(high)),
    }
}

/// The day that [`day_number`] has counted.
fn day_words(number: f64) -> String {
    let since = chrono::NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    let days = chrono::Days::new(number.max(0.0) as u64);
    since.checked_add_days(days).map(words::date).unwrap_or_default()
}

/// The name of a unit without the words that all have.
fn short(agency: &Agency) -> String {
    let name = agency.name.trim_start_matches("Ủy ban nhân dân ");
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => agency.name.clone(),
    }
}
