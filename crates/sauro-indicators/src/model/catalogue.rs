//! Files of indicators: all faults at once, each with its line and column.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use sauro_directory::Fault;
use sauro_directory::model::{Directory, Row, Sheet};
use sauro_kernel::{AgencyId, AgencyPath};

use super::{
    Comparison, Definition, Direction, FigureError, Kind, Nature, Operator, Period, PeriodKind,
    Shape, Split, Unit, UnitLevel, WorkMeasure, read_plain,
};

/// An indicator of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Line of the file.
    pub line: u64,
    /// Its code.
    pub code: String,
    /// The agency that answers for it.
    pub owner: AgencyId,
    /// Where that agency stands.
    pub owner_path: AgencyPath,
    /// What it means.
    pub definition: Definition,
    /// Whose target and baseline they are.
    pub unit: Unit,
    /// Comparison, value, and by when.
    pub target: Option<(Comparison, Decimal, Option<Period>)>,
    /// Where it started.
    pub baseline: Option<(Decimal, NaiveDate)>,
}

/// The indicators of the file `text`, with agencies of `directory`.
///
/// # Errors
///
/// Every fault of the file.
pub fn indicators(text: &str, directory: &Directory) -> Result<Vec<Listed>, Vec<Fault>> {
    let sheet = Sheet::read(text, &["code", "name", "unit", "direction", "level", "owner"])?;
    let mut faults = Vec::new();
    let mut seen: HashMap<String, u64> = HashMap::new();
    let mut listed = Vec::new();
    for row in sheet.rows() {
        let code = row.needed("code", &mut faults);
        if !code.chars().all(|it| it.is_alphanumeric() || matches!(it, '-' | '.' | '_')) {
            faults.push(row.fault("code", "mã chỉ gồm chữ, số, dấu chấm và gạch nối."));
        }
        if let Some(line) = seen.insert(code.clone(), row.line) {
            let words = format!("mã đã có ở dòng {line}; mỗi chỉ số một dòng.");
            faults.push(row.fault("code", &words));
        }
        listed.extend(indicator(&row, code, directory, &mut faults));
    }
    if faults.is_empty() { Ok(listed) } else { Err(faults) }
}

fn indicator(
    row: &Row<'_>,
    code: String,
    directory: &Directory,
    faults: &mut Vec<Fault>,
) -> Option<Listed> {
    let target = target(row, faults);
    let baseline = baseline(row, faults);
    let finest = [target.as_ref().map(|it| it.1), baseline.map(|it| it.0)];
    let finest = finest.into_iter().flatten().map(|it| it.scale()).max().unwrap_or(0);
    let definition = definition_of(row, finest, faults);
    // Where two agencies share an indicator, the first one answers for it.
    let owner = row.text("owner").split('|').next().unwrap_or_default();
    let Some(owner) = directory.by_code(owner) else {
        let words = format!("không có cơ quan mang mã {owner}; nạp danh mục cơ quan trước.");
        faults.push(row.fault("owner", &words));
        return None;
    };
    let is_national = definition.is_reported_at(UnitLevel::National);
    let own = Unit::of_agency(directory, owner)
        .filter(|it| it.level >= UnitLevel::Province && !is_national);
    Some(Listed {
        line: row.line,
        code,
        owner: owner.id,
        owner_path: owner.path.clone(),
        unit: own.unwrap_or_else(Unit::nation),
        definition,
        target,
        baseline,
    })
}

fn definition_of(row: &Row<'_>, finest: u32, faults: &mut Vec<Fault>) -> Definition {
    let unit = row.needed("unit", faults);
    let levels = levels(row, faults);
    let usual = Usual::of(&unit, &levels);
    let direction = choice(row, "direction", None, Direction::of_code, faults);
    let kind = choice(row, "kind", Some(usual.kind), Kind::of_code, faults);
    let nature = choice(row, "nature", Some(Nature::Stock), Nature::of_code, faults);
    let operator = choice(row, "operator", Some(usual.operator), Operator::of_code, faults);
    let rhythm = choice(row, "rhythm", Some(usual.rhythm), PeriodKind::of_code, faults);
    let decimals = number(row, "decimals", faults).unwrap_or(Decimal::from(usual.decimals));
    let decimals = decimals.to_string().parse::<u32>().ok().filter(|it| *it <= 6);
    if decimals.is_none() {
        faults.push(row.fault("decimals", "số chữ số lẻ từ 0 đến 6."));
    }
    let factor = number(row, "factor", faults);
    let formula = row.text("formula").to_owned();
    let shape = match (formula.is_empty(), factor) {
        (false, _) => Shape::Formula(formula),
        (true, Some(factor)) if factor > Decimal::ZERO => Shape::Ratio(factor),
        (true, Some(_)) => {
            faults.push(row.fault("factor", "hệ số lớn hơn 0, như 100 với phần trăm."));
            Shape::Value
        }
        (true, None) => Shape::Value,
    };
    let counts = counts_of(row, &shape, faults);
    Definition {
        name: row.needed("name", faults),
        kind: kind.unwrap_or(usual.kind),
        levels,
        unit,
        decimals: decimals.unwrap_or_default().max(finest),
        direction: direction.unwrap_or(Direction::Higher),
        nature: nature.unwrap_or(Nature::Stock),
        shape,
        counts,
        split: split_of(row, faults),
        operator: operator.unwrap_or(usual.operator),
        rhythm: rhythm.unwrap_or(usual.rhythm),
        low: number(row, "low", faults).or(usual.low.map(Decimal::from)),
        high: number(row, "high", faults).or(usual.high.map(Decimal::from)),
        basis: row.optional("source"),
        note: row.optional("note"),
    }
}

/// What is counted of tasks, by the column `counts`.
fn counts_of(row: &Row<'_>, shape: &Shape, faults: &mut Vec<Fault>) -> Option<WorkMeasure> {
    let text = row.text("counts");
    if text.is_empty() {
        return None;
    }
    let Some(measure) = WorkMeasure::of_code(text) else {
        let words = format!(
            "không có cách đếm “{text}”; dùng due, verified, on_time_share, verified_share."
        );
        faults.push(row.fault("counts", &words));
        return None;
    };
    match (shape, measure.is_share()) {
        (Shape::Ratio(_), true) | (Shape::Value, false) => {}
        (_, true) => faults.push(row.fault("factor", "tỉ lệ đếm từ nhiệm vụ cần hệ số, như 100.")),
        (_, false) => {
            let words = "số đếm từ nhiệm vụ không có hệ số và công thức.";
            faults.push(row.fault("counts", words));
        }
    }
    Some(measure)
}

/// What the line is a part of, by the columns `part_of`, `split_by` and `part`.
fn split_of(row: &Row<'_>, faults: &mut Vec<Fault>) -> Option<Split> {
    if row.text("part_of").is_empty() {
        for column in ["split_by", "part"] {
            if !row.text(column).is_empty() {
                faults.push(row.fault("part_of", "ghi mã chỉ số chung, hoặc bỏ trống cả ba cột."));
                break;
            }
        }
        return None;
    }
    Some(Split {
        of: row.text("part_of").to_owned(),
        by: row.needed("split_by", faults),
        part: row.needed("part", faults),
    })
}

/// What is usual for a unit, where the file does not say.
struct Usual {
    kind: Kind,
    decimals: u32,
    operator: Operator,
    rhythm: PeriodKind,
    low: Option<i64>,
    high: Option<i64>,
}

impl Usual {
    fn of(unit: &str, levels: &[UnitLevel]) -> Self {
        let kind =
            if levels.contains(&UnitLevel::National) { Kind::Strategic } else { Kind::Operational };
        let with = |decimals, operator, rhythm, low, high| Self {
            kind,
            decimals,
            operator,
            rhythm,
            low,
            high,
        };
        match unit {
            "thứ hạng" => with(0, Operator::None, PeriodKind::Year, Some(1), None),
            "0-1" => with(4, Operator::None, PeriodKind::Year, Some(0), Some(1)),
            "điểm" => with(3, Operator::None, PeriodKind::Year, Some(0), None),
            "% GDP" => with(2, Operator::None, PeriodKind::Year, Some(0), None),
            it if it.contains('/') => with(2, Operator::None, PeriodKind::Year, None, None),
            // Without numerators the shares of unlike units can only be averaged.
            it if it.starts_with('%') => {
                with(2, Operator::LastInPeriodAverage, PeriodKind::Month, Some(0), Some(100))
            }
            _ => with(0, Operator::LastInPeriod, PeriodKind::Month, Some(0), None),
        }
    }
}

fn levels(row: &Row<'_>, faults: &mut Vec<Fault>) -> Vec<UnitLevel> {
    let mut levels = Vec::new();
    for text in row.text("level").split('|') {
        match UnitLevel::of_code(text.trim()) {
            Some(level) => levels.push(level),
            None => faults.push(row.fault(
                "level",
                &format!("không có cấp “{text}”; dùng national, ministry, province, commune."),
            )),
        }
    }
    levels.sort_unstable();
    levels.dedup();
    levels
}

fn choice<T>(
    row: &Row<'_>,
    column: &str,
    usual: Option<T>,
    of_code: impl Fn(&str) -> Option<T>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let text = row.text(column);
    let found = of_code(text);
    if found.is_none() && (usual.is_none() || !text.is_empty()) {
        faults.push(
            row.fault(column, &format!("không hiểu “{text}”; xem danh sách trong hướng dẫn.")),
        );
    }
    found.or(usual)
}

fn number(row: &Row<'_>, column: &str, faults: &mut Vec<Fault>) -> Option<Decimal> {
    match read_plain(row.text(column)) {
        Ok(number) => Some(number),
        Err(FigureError::Blank) => None,
        Err(err) => {
            faults.push(row.fault(column, &plain_words(&err)));
            None
        }
    }
}

/// Files of programs have a point before the decimals; the sentence of people would say otherwise.
fn plain_words(err: &FigureError) -> String {
    match err {
        FigureError::NotANumber(text) => {
            format!("“{text}” không phải số; trong tệp này viết như 1234.5.")
        }
        err => err.sentence(),
    }
}

fn target(row: &Row<'_>, faults: &mut Vec<Fault>) -> Option<(Comparison, Decimal, Option<Period>)> {
    let value = number(row, "target", faults)?;
    let comparison = choice(row, "target_op", None, Comparison::of_code, faults)?;
    let year = row.text("target_year");
    let period = Period::parse(year);
    if period.is_none() && !year.is_empty() {
        faults.push(row.fault("target_year", &format!("không có kỳ “{year}”; viết như 2030.")));
    }
    Some((comparison, value, period))
}

fn baseline(row: &Row<'_>, faults: &mut Vec<Fault>) -> Option<(Decimal, NaiveDate)> {
    let value = number(row, "baseline", faults)?;
    let text = row.text("baseline_date");
    let day = day_of(text).or_else(|| Period::parse(text).map(Period::end));
    if day.is_none() {
        let words = format!("“{text}” không phải ngày hay kỳ; viết như 2025-06-30 hoặc 2025-11.");
        faults.push(row.fault("baseline_date", &words));
    }
    day.map(|day| (value, day))
}

fn day_of(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%F").ok().filter(|it| (2000..=2100).contains(&it.year()))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A definition with what is usual for `unit`.
    pub(crate) fn definition(unit: &str) -> Definition {
        let text =
            format!("code,name,unit,direction,level,owner\nX,Tên,{unit},higher,province,A\n");
        let sheet = Sheet::read(&text, &[]).unwrap();
        let row = sheet.rows().next().unwrap();
        definition_of(&row, 0, &mut Vec::new())
    }

    #[test]
    fn what_a_file_does_not_say_follows_from_the_unit() {
        let percent = definition("% dân số");
        assert_eq!(percent.operator, Operator::LastInPeriodAverage);
        assert_eq!((percent.low, percent.high), (Some(0.into()), Some(100.into())));
        let villages = definition("thôn");
        assert_eq!((villages.operator, villages.decimals), (Operator::LastInPeriod, 0));
        let rank = definition("thứ hạng");
        assert_eq!((rank.operator, rank.rhythm), (Operator::None, PeriodKind::Year));
        assert_eq!(definition("nghìn tỷ đồng").operator, Operator::LastInPeriod);
    }
}
