//! One expression of time at a place: a day, month, quarter, half, year, week.

use chrono::{Datelike, Days, NaiveDate};

use super::calendar::{end_of_week, last_of_month, last_of_quarter, last_of_year, roll};
use crate::{
    model::DeadlineKind,
    text::{Doc, Kind},
};

/// An expression of time without its preposition.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Time {
    pub(super) end: usize,
    pub(super) kind: DeadlineKind,
    pub(super) date: Option<NaiveDate>,
    /// The year comes from the issue date.
    pub(super) no_year: bool,
    /// Such a day does not exist.
    pub(super) impossible: bool,
    /// Day and month as said, for yearly rules.
    pub(super) day: Option<(u32, Option<u32>)>,
    /// Hour and minute as said.
    pub(super) clock: Option<(u32, u32)>,
}

impl Time {
    fn day(end: usize, date: Option<NaiveDate>, day: u32, month: Option<u32>) -> Self {
        Self {
            end,
            kind: DeadlineKind::Date,
            date,
            no_year: false,
            impossible: false,
            day: Some((day, month)),
            clock: None,
        }
    }

    fn period(end: usize, date: Option<NaiveDate>) -> Self {
        Self {
            end,
            kind: DeadlineKind::Period,
            date,
            no_year: false,
            impossible: false,
            day: None,
            clock: None,
        }
    }
}

/// Reads a time at `i`.
pub(super) fn at(doc: &Doc, i: usize, issued: Option<NaiveDate>) -> Option<Time> {
    if let Some((j, clock)) = clock(doc, i) {
        let mut j = doc.any(j, &[", ngày", "của ngày", "các ngày"]).map_or(j, |_| j + 1);
        if doc.any(j, &["hằng", "hàng", "mỗi"]).is_some() {
            let mut time = Time::period(j, None);
            time.clock = Some(clock);
            return Some(time);
        }
        while doc.w(j) == "," {
            j += 1;
        }
        let mut time = at_plain(doc, j, issued)?;
        time.clock = Some(clock);
        return Some(time);
    }
    at_plain(doc, i, issued)
}

/// `13 giờ`, `17 giờ 30 phút`, `17h00`.
pub(super) fn clock(doc: &Doc, i: usize) -> Option<(usize, (u32, u32))> {
    if let Kind::Clock(h, m) = doc.kind(i) {
        return (i < doc.len()).then_some((i + 1, (h, m)));
    }
    let hour = doc.number(i)?;
    let mut j = doc.any(i + 1, &["giờ", "h"])?;
    let mut minute = 0;
    if let Some(m) = doc.number(j)
        && m < 60
        && doc.w(j + 1) != "tháng"
    {
        minute = m;
        j += 1;
        j = doc.any(j, &["phút"]).unwrap_or(j);
    }
    Some((j, (hour, minute)))
}

fn at_plain(doc: &Doc, i: usize, issued: Option<NaiveDate>) -> Option<Time> {
    day(doc, i, issued)
        .or_else(|| month(doc, i, issued))
        .or_else(|| quarter(doc, i, issued))
        .or_else(|| half(doc, i, issued))
        .or_else(|| year(doc, i, issued))
        .or_else(|| near(doc, i, issued))
}

fn day(doc: &Doc, i: usize, issued: Option<NaiveDate>) -> Option<Time> {
    let said = doc.any(i, &["ngày", "hết ngày", "cuối ngày"]);
    let j = said.unwrap_or(i);
    match doc.kind(j) {
        Kind::Date(d, m, y) => {
            let date = NaiveDate::from_ymd_opt(y, m, d);
            Some(Time { impossible: date.is_none(), ..Time::day(j + 1, date, d, Some(m)) })
        }
        Kind::Pair(d, m) if said.is_some() || (d <= 31 && m <= 12 && d > 0 && m > 0) => {
            if doc.w(j + 1) == "năm"
                && let Some(y) = year_number(doc, j + 2)
            {
                let date = NaiveDate::from_ymd_opt(y, m, d);
                return Some(Time {
                    impossible: date.is_none(),
                    ..Time::day(j + 3, date, d, Some(m))
                });
            }
            Some(in_month(doc, j + 1, issued, d, m))
        }
        Kind::Number(d)
            if doc.w(j + 1) == "tháng"
                && (1..=31).contains(&d)
                && (said.is_some() || doc.number(j + 2).is_some()) =>
        {
            if let Kind::Month(m, y) = doc.kind(j + 2) {
                let date = NaiveDate::from_ymd_opt(y, m, d);
                return Some(Time {
                    impossible: date.is_none(),
                    ..Time::day(j + 3, date, d, Some(m))
                });
            }
            if doc.w(j + 2) == "này" {
                let date = issued.and_then(|on| on.with_day(d));
                return Some(Time::day(j + 3, date, d, None));
            }
            let (after, m) = month_number(doc, j + 2)?;
            let y_at = doc.any(after, &["năm", ", năm"]).unwrap_or(after);
            if let Some(y) = year_number(doc, y_at) {
                let date = NaiveDate::from_ymd_opt(y, m, d);
                return Some(Time {
                    impossible: date.is_none(),
                    ..Time::day(y_at + 1, date, d, Some(m))
                });
            }
            let end = doc.any(after, &["năm nay"]).unwrap_or(after);
            Some(in_month(doc, end, issued, d, m))
        }
        Kind::Number(d) if said.is_some() && (1..=31).contains(&d) => {
            Some(Time { kind: DeadlineKind::None, ..Time::day(j + 1, None, d, None) })
        }
        _ => None,
    }
}

fn in_month(doc: &Doc, end: usize, issued: Option<NaiveDate>, d: u32, m: u32) -> Time {
    let _ = doc;
    let leap_year_has_it = NaiveDate::from_ymd_opt(2024, m, d).is_some();
    let date = roll(issued, |y| NaiveDate::from_ymd_opt(y, m, d));
    Time {
        no_year: true,
        impossible: !leap_year_has_it || (issued.is_some() && date.is_none()),
        ..Time::day(end, date, d, Some(m))
    }
}

fn year_number(doc: &Doc, i: usize) -> Option<i32> {
    doc.number(i).filter(|y| (1990..=2100).contains(y)).map(|y| y as i32)
}

fn month_number(doc: &Doc, i: usize) -> Option<(usize, u32)> {
    if let Some(n) = doc.number(i) {
        return (1..=12).contains(&n).then_some((i + 1, n));
    }
    const WORDS: [(&str, u32); 15] = [
        ("mười một", 11),
        ("mười hai", 12),
        ("mười", 10),
        ("giêng", 1),
        ("một", 1),
        ("hai", 2),
        ("ba", 3),
        ("tư", 4),
        ("bốn", 4),
        ("năm", 5),
        ("sáu", 6),
        ("bảy", 7),
        ("tám", 8),
        ("chín", 9),
        ("chạp", 12),
    ];
    WORDS.iter().find_map(|(word, n)| {
        doc.at(i, word)
            .filter(|_| doc.w(i) != "năm" || doc.number(i + 1).is_none())
            .map(|end| (end, *n))
    })
}

fn month(doc: &Doc, i: usize, issued: Option<NaiveDate>) -> Option<Time> {
    let edge = doc.any(i, &["cuối", "hết", "đầu", "giữa", "nửa đầu", "nửa cuối"]).unwrap_or(i);
    let j = doc.any(edge, &["tháng"])?;
    if let Kind::Month(m, y) = doc.kind(j) {
        return Some(Time {
            impossible: last_of_month(y, m).is_none(),
            ..Time::period(j + 1, last_of_month(y, m))
        });
    }
    if let Some(end) = doc.any(j, &["này", "nay"]) {
        return Some(Time::period(end, issued.and_then(|on| last_of_month(on.year(), on.month()))));
    }
    if let Some(end) = doc.any(j, &["tới", "sau"]) {
        let next = issued
            .and_then(|on| on.with_day(1))
            .and_then(|on| on.checked_add_months(chrono::Months::new(1)));
        return Some(Time::period(end, next.and_then(|on| last_of_month(on.year(), on.month()))));
    }
    // "tháng 01 và tháng 02/2026", "tháng 11, 12 năm 2025": the last one counts.
    let (mut after, mut m) = month_number(doc, j)?;
    let mut k = after;
    while matches!(doc.w(k), "," | "và" | "-") {
        let next = doc.any(k + 1, &["tháng"]).unwrap_or(k + 1);
        if let Kind::Month(m, y) = doc.kind(next) {
            return Some(Time::period(next + 1, last_of_month(y, m)));
        }
        let Some((end, n)) = month_number(doc, next)
            .filter(|_| doc.number(next).is_some() && doc.w(next + 1) == "năm")
        else {
            break;
        };
        (after, m, k) = (end, n, end);
    }
    if doc.w(after) == "/"
        && let Some(y) = year_number(doc, after + 1)
    {
        return Some(Time::period(after + 2, last_of_month(y, m)));
    }
    let y_at = doc.any(after, &["năm", ", năm"]).unwrap_or(after);
    if let Some(y) = year_number(doc, y_at).filter(|_| y_at > after || doc.w(after) == "-") {
        return Some(Time::period(y_at + 1, last_of_month(y, m)));
    }
    let end = doc.any(after, &["năm nay", "tới"]).unwrap_or(after);
    Some(Time { no_year: true, ..Time::period(end, roll(issued, |y| last_of_month(y, m))) })
}

fn quarter(doc: &Doc, i: usize, issued: Option<NaiveDate>) -> Option<Time> {
    let edge = doc.any(i, &["cuối", "hết", "đầu", "giữa"]).unwrap_or(i);
    let j = doc.any(edge, &["quý", "qúy"])?;
    if let Some(end) = doc.any(j, &["này"]) {
        return Some(Time::period(
            end,
            issued.and_then(|on| last_of_quarter(on.year(), on.month0() / 3 + 1)),
        ));
    }
    let q = |k: usize| match (doc.w(k), doc.kind(k)) {
        ("i" | "1" | "một" | "01", _) => Some(1),
        ("ii" | "2" | "hai" | "02", _) => Some(2),
        ("iii" | "3" | "ba" | "03", _) => Some(3),
        ("iv" | "4" | "tư" | "bốn" | "04", _) => Some(4),
        _ => None,
    };
    if let Kind::Month(n, y) = doc.kind(j) {
        return last_of_quarter(y, n).map(|d| Time::period(j + 1, Some(d)));
    }
    let mut n = q(j)?;
    let mut after = j + 1;
    if matches!(doc.w(after), "," | "và" | "-") {
        let next = doc.any(after + 1, &["quý"]).unwrap_or(after + 1);
        if let Some(later) = q(next) {
            (n, after) = (later, next + 1);
        }
    }
    let y_at = doc.any(after, &["/", "năm", "-", ", năm"]).unwrap_or(after);
    if let Some(y) = year_number(doc, y_at) {
        return Some(Time::period(y_at + 1, last_of_quarter(y, n)));
    }
    let end = doc.any(after, &["năm nay"]).unwrap_or(after);
    Some(Time { no_year: true, ..Time::period(end, roll(issued, |y| last_of_quarter(y, n))) })
}

fn half(doc: &Doc, i: usize, issued: Option<NaiveDate>) -> Option<Time> {
    let months = doc
        .number(i)
        .filter(|n| *n == 6 && doc.w(i + 1) == "tháng")
        .map(|_| i + 2)
        .or_else(|| doc.any(i, &["sáu tháng", "nửa"]))?;
    let (j, first) = doc
        .any(months, &["đầu năm", "đầu"])
        .map(|j| (j, true))
        .or_else(|| doc.any(months, &["cuối năm", "cuối"]).map(|j| (j, false)))?;
    let j = doc.any(j, &["năm"]).unwrap_or(j);
    let build = |y| if first { NaiveDate::from_ymd_opt(y, 6, 30) } else { last_of_year(y) };
    match year_number(doc, j) {
        Some(y) => Some(Time::period(j + 1, build(y))),
        None => Some(Time { no_year: true, ..Time::period(j, roll(issued, build)) }),
    }
}

fn year(doc: &Doc, i: usize, issued: Option<NaiveDate>) -> Option<Time> {
    let edge = doc.any(i, &["cuối", "hết", "giữa", "đầu"]);
    let middle = edge.is_some() && doc.w(i) == "giữa";
    let j = doc.any(edge.unwrap_or(i), &["năm"])?;
    let build = |y| if middle { NaiveDate::from_ymd_opt(y, 6, 30) } else { last_of_year(y) };
    if let Some(y) = year_number(doc, j) {
        return Some(Time::period(j + 1, build(y)));
    }
    if let Some(end) = doc.any(j, &["nay", "này"]) {
        return Some(Time::period(end, issued.and_then(|on| build(on.year()))));
    }
    if let Some(end) = doc.any(j, &["tới", "sau"]) {
        return Some(Time::period(end, issued.and_then(|on| build(on.year() + 1))));
    }
    let alone = edge.is_some() && !matches!(doc.w(i), "đầu") && !matches!(doc.w(j), "học" | "ngân");
    alone.then(|| Time { no_year: true, ..Time::period(j, roll(issued, build)) })
}

/// Today, tomorrow, this week.
fn near(doc: &Doc, i: usize, issued: Option<NaiveDate>) -> Option<Time> {
    let plus = |n| issued.and_then(|on| on.checked_add_days(Days::new(n)));
    let cases: [(&[&str], Option<NaiveDate>); 5] = [
        (&["hôm nay", "ngày hôm nay", "đêm nay", "chiều nay", "tối nay"], issued),
        (&["ngày mai"], plus(1)),
        (&["tuần này", "cuối tuần này", "tuần nay"], end_of_week(issued, 0)),
        (&["tuần tới", "tuần sau", "đầu tuần tới", "cuối tuần tới"], end_of_week(issued, 1)),
        (&["cuối tuần"], end_of_week(issued, 0)),
    ];
    cases.iter().enumerate().find_map(|(k, (words, date))| {
        let end = doc.any(i, words)?;
        Some(if k < 2 {
            Time { day: None, ..Time::day(end, *date, 0, None) }
        } else {
            Time::period(end, *date)
        })
    })
}
