//! Deadlines that come again: `hằng tháng`, `định kỳ 6 tháng`, `trước ngày 25 hằng tháng`.

use super::time::Time;
use crate::text::Doc;

/// A recurrence at `i`: the place after it and its rule.
pub(super) fn at(doc: &Doc, i: usize, before: Option<&Time>) -> Option<(usize, String)> {
    let each = doc.any(i, &["hằng", "hàng", "mỗi", "từng"]);
    let regular = doc.any(i, &["định kỳ", "theo định kỳ"]);
    let mut j = each.or(regular)?;
    if regular.is_some() {
        j = doc.any(j, &["hằng", "hàng", "mỗi", ", hằng", "vào"]).unwrap_or(j);
        if let Some(n) = doc.number(j)
            && let Some((after, unit)) = unit(doc, j + 1)
        {
            let after = doc.any(after, &["một lần", "/ lần", "lần", "1 lần"]).unwrap_or(after);
            let after = if doc.number(after).is_some() && doc.w(after + 1) == "lần" {
                after + 2
            } else {
                after
            };
            return Some((after, rule(unit, n, before)));
        }
    }
    if regular.is_some() && doc.any(j, &["trước ngày", "vào ngày", "ngày"]).is_some() {
        const IN_QUARTER: [&str; 3] =
            ["tháng cuối quý", "tháng cuối mỗi quý", "tháng cuối của quý"];
        if let Some(end) = (j..j + 7).find_map(|k| doc.any(k, &IN_QUARTER)) {
            return Some((end, rule("QUARTERLY", 1, before)));
        }
    }
    if regular.is_some() && doc.w(j) == "ngày" && doc.number(j + 1).is_some() {
        return None;
    }
    let (mut after, mut unit) = unit(doc, j)?;
    // "hằng tháng, quý, năm": the shortest one is kept.
    let mut k = after;
    while matches!(doc.w(k), "," | "và" | "/" | "hoặc") {
        let next = doc.any(k + 1, &["hằng", "hàng", "mỗi", "định kỳ"]).unwrap_or(k + 1);
        let Some((end, _)) = self::unit(doc, next) else { break };
        (after, k) = (end, end);
    }
    if unit == "YEARLY" && doc.any(after, &["một lần", "1 lần"]).is_some() {
        unit = "YEARLY";
    }
    Some((after, rule(unit, 1, before)))
}

fn unit(doc: &Doc, i: usize) -> Option<(usize, &'static str)> {
    let unit = match doc.w(i) {
        "ngày" => "DAILY",
        "tuần" => "WEEKLY",
        "tháng" => "MONTHLY",
        "quý" | "qúy" => "QUARTERLY",
        "năm" => "YEARLY",
        _ => return None,
    };
    Some((i + 1, unit))
}

fn rule(unit: &str, every: u32, before: Option<&Time>) -> String {
    let (frequency, interval) =
        if unit == "QUARTERLY" { ("MONTHLY", every * 3) } else { (unit, every) };
    let mut out = format!("FREQ={frequency}");
    if interval > 1 {
        out.push_str(&format!(";INTERVAL={interval}"));
    }
    let Some(time) = before else { return out };
    if let Some((day, month)) = time.day {
        if frequency == "YEARLY"
            && let Some(month) = month
        {
            out.push_str(&format!(";BYMONTH={month}"));
        }
        if frequency != "DAILY" && frequency != "WEEKLY" && day > 0 {
            out.push_str(&format!(";BYMONTHDAY={day}"));
        }
    }
    if let Some((hour, minute)) = time.clock {
        out.push_str(&format!(";BYHOUR={hour};BYMINUTE={minute}"));
    }
    out
}

/// `thứ sáu hằng tuần`, `chủ nhật hằng tuần`.
pub(super) fn weekday_at(doc: &Doc, i: usize) -> Option<(usize, String)> {
    const DAYS: [(&str, &str); 13] = [
        ("thứ hai", "MO"),
        ("thứ 2", "MO"),
        ("thứ ba", "TU"),
        ("thứ 3", "TU"),
        ("thứ tư", "WE"),
        ("thứ 4", "WE"),
        ("thứ năm", "TH"),
        ("thứ 5", "TH"),
        ("thứ sáu", "FR"),
        ("thứ 6", "FR"),
        ("thứ bảy", "SA"),
        ("thứ 7", "SA"),
        ("chủ nhật", "SU"),
    ];
    let j = doc.any(i, &["ngày"]).unwrap_or(i);
    let (end, day) =
        DAYS.iter().find_map(|(words, day)| doc.at(j, words).map(|end| (end, *day)))?;
    let end = doc.any(end, &["hằng tuần", "hàng tuần", "mỗi tuần"])?;
    Some((end, format!("FREQ=WEEKLY;BYDAY={day}")))
}
