//! Lines of figures in words, as lists and pages show them.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sauro_directory::model::Directory;
use sauro_ui::{Markup, svg, words};

use crate::actions::Overview;
use crate::model::{Definition, Observation, Pace, Period, Target, Unit, drawn};

/// One line of the list.
pub(super) struct Row {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) owner: String,
    /// The newest figure with its unit, or empty.
    pub(super) value: String,
    /// Whose it is and of when, or why there is none.
    pub(super) when: String,
    /// The target, or empty.
    pub(super) target: String,
    /// The trend in words; the line is decoration.
    pub(super) trend: String,
    pub(super) spark: Option<Markup>,
    /// Status code and words.
    pub(super) status: (&'static str, &'static str),
    /// The pace that is needed, or empty.
    pub(super) needed: String,
    /// How far the figure can be trusted.
    pub(super) quality: String,
    /// How many points of the statement about its quality are said; for its owner only.
    pub(super) n_said: Option<usize>,
}

impl Row {
    pub(super) fn of(it: &Overview, directory: &Directory) -> Self {
        let def = &it.indicator.definition;
        let newest = it.figures.last();
        let (value, when) = match (newest, &it.rolled) {
            (Some(figure), _) => (def.written(figure.value()), as_of(figure, directory)),
            (None, Some(rolled)) => (
                rolled.value.map(|it| def.written(it)).unwrap_or_default(),
                format!(
                    "{}, từ {} đơn vị {}",
                    rolled.period.label(),
                    words::number(rolled.n),
                    def.grain().label()
                ),
            ),
            (None, None) => (String::new(), "Chưa có số liệu".to_owned()),
        };
        let values: Vec<f64> = it.figures.iter().map(|it| drawn(it.value())).collect();
        let spark = (values.len() > 1).then(|| match &it.target {
            Some(target) => svg::spark_to(&values, drawn(target.value)),
            None => svg::spark(&values),
        });
        Self {
            code: it.indicator.code.clone(),
            name: def.name.clone(),
            owner: directory.name(it.indicator.owner).to_owned(),
            value,
            when,
            target: it.target.as_ref().map(|it| target_words(it, def)).unwrap_or_default(),
            trend: trend_words(&it.figures, def),
            spark,
            status: it
                .pace
                .as_ref()
                .map_or(("none", "Chưa đánh giá được"), |it| it.state.status()),
            needed: it.pace.as_ref().map(|it| needed_words(it, def)).unwrap_or_default(),
            quality: newest.map_or_else(String::new, |it| quality_words(it).to_owned()),
            n_said: None,
        }
    }
}

/// Name of `unit` today.
pub(super) fn unit_name(unit: &Unit, directory: &Directory) -> String {
    match directory.agency(unit.id) {
        Some(agency) => agency.name.clone(),
        None if unit.is_nation() => Unit::nation().name,
        None => unit.code.clone(),
    }
}

/// `tháng 5/2026, Cả nước`.
fn as_of(figure: &Observation, directory: &Directory) -> String {
    let day = if figure.as_of == figure.period.end() {
        figure.period.label()
    } else {
        format!("Đến {}", words::date(figure.as_of))
    };
    format!("{day}, {}", unit_name(&figure.unit, directory))
}

/// `ít nhất 90% vào cuối năm 2026`.
pub fn target_words(target: &Target, def: &Definition) -> String {
    let value = def.written(target.value);
    match target.period {
        Some(period) => {
            format!("{} {value}, hết {}", target.comparison.label(), period.label().to_lowercase())
        }
        None => format!("{} {value}, văn bản không nêu hạn", target.comparison.label()),
    }
}

/// How the newest figure differs from the one before it; nothing with fewer than two.
pub fn trend_words(figures: &[Observation], def: &Definition) -> String {
    let [.., before, newest] = figures else { return String::new() };
    let change = newest.value() - before.value();
    let amount = def.written(change.abs());
    let since = before.period.label().to_lowercase();
    if change.is_zero() {
        format!("Không đổi so với {since}")
    } else if change > Decimal::ZERO {
        format!("Tăng {amount} so với {since}")
    } else {
        format!("Giảm {amount} so với {since}")
    }
}

/// `Cần tăng 4,2% mỗi tháng; từ số gốc đến nay 2,1%`.
pub fn needed_words(pace: &Pace, def: &Definition) -> String {
    let monthly = |it: Decimal| {
        let rough = Definition { decimals: def.decimals.max(1), ..def.clone() };
        rough.written(it.abs())
    };
    let Some(needed) = pace.needed else { return String::new() };
    let verb = if needed >= Decimal::ZERO { "tăng" } else { "giảm" };
    let so_far = match pace.so_far {
        Some(so_far) if so_far.is_zero() => "; từ số gốc đến nay chưa đổi".to_owned(),
        Some(so_far) => {
            let verb = if so_far > Decimal::ZERO { "tăng" } else { "giảm" };
            format!("; từ số gốc đến nay {verb} {} mỗi tháng", monthly(so_far))
        }
        None => String::new(),
    };
    format!("Cần {verb} {} mỗi tháng{so_far}", monthly(needed))
}

/// How far `figure` can be trusted.
pub fn quality_words(figure: &Observation) -> &'static str {
    match figure.appraised {
        Some(value) if value == figure.reported.value => "Đã thẩm định, khớp số tự báo",
        Some(_) => "Đã thẩm định, khác số tự báo",
        None if figure.is_counted() => "Đếm từ nhiệm vụ đã xác minh",
        None => "Tự báo, chưa thẩm định",
    }
}

/// Days since the year 2000, for drawing.
pub fn day_number(day: NaiveDate) -> f64 {
    let since = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    f64::from(i32::try_from((day - since).num_days()).unwrap_or_default())
}

/// Periods that can be reported of, newest first.
pub(super) fn open_periods(def: &Definition, today: NaiveDate) -> Vec<Period> {
    Period::latest(def.rhythm, today, 13)
}

/// The pages above those of the indicator `code`.
pub(super) fn steps(code: &str) -> [(String, String); 2] {
    [("/chi-so".to_owned(), "Chỉ số".to_owned()), (format!("/chi-so/{code}"), code.to_owned())]
}
