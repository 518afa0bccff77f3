//! The directives of the demonstration, with their dates set from the day of loading.

use chrono::{Datelike, Days, Months, NaiveDate};

/// A directive to be brought in.
pub(super) struct Text {
    /// Code of its programme.
    pub(super) programme: String,
    /// Code of the agency that brings it in.
    pub(super) owner: String,
    /// The day it was issued.
    pub(super) issued_on: NaiveDate,
    /// The text.
    pub(super) body: String,
}

const SOURCES: [&str; 7] = [
    include_str!("../../../../data/demo/01-ket-luan-du-lieu.txt"),
    include_str!("../../../../data/demo/04-ke-hoach-ca-mau.txt"),
    include_str!("../../../../data/demo/02-ke-hoach-ha-tang.txt"),
    include_str!("../../../../data/demo/03-ket-luan-dich-vu-cong.txt"),
    include_str!("../../../../data/demo/05-cong-dien-ung-cuu.txt"),
    include_str!("../../../../data/demo/06-ket-luan-dau-nam.txt"),
    include_str!("../../../../data/demo/07-thong-bao-giua-nam.txt"),
];

/// All texts as of `today`, oldest first.
pub(super) fn all(today: NaiveDate) -> Vec<Text> {
    let mut texts: Vec<Text> = SOURCES.iter().map(|source| text(source, today)).collect();
    texts.sort_by_key(|it| it.issued_on);
    texts
}

fn text(source: &str, today: NaiveDate) -> Text {
    let (head, body) = source.split_once('\n').unwrap_or((source, ""));
    let field = |name: &str| {
        let mark = format!("{name}=");
        head.split(' ').find_map(|it| it.strip_prefix(mark.as_str())).unwrap_or_default().to_owned()
    };
    let issued = field("issued").parse().unwrap_or(0);
    Text {
        programme: field("programme"),
        owner: field("owner"),
        issued_on: shifted(today, issued),
        body: dated(body, today),
    }
}

/// Replaces `{d-20}`, `{long-90}`, `{m+1}`, `{q+0}` and `{y+0}` by the words for that time.
fn dated(body: &str, today: NaiveDate) -> String {
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((mark, tail)) = after.split_once('}') else { break };
        text.push_str(before);
        text.push_str(&words(mark, today));
        rest = tail;
    }
    text.push_str(rest);
    text
}

fn words(mark: &str, today: NaiveDate) -> String {
    let at = mark.find(['+', '-']).unwrap_or(mark.len());
    let (unit, shift) = mark.split_at(at);
    let shift: i64 = shift.parse().unwrap_or(0);
    match unit {
        "d" => shifted(today, shift).format("%d/%m/%Y").to_string(),
        "long" => {
            let day = shifted(today, shift);
            format!("ngày {:02} tháng {:02} năm {}", day.day(), day.month(), day.year())
        }
        "m" => {
            let day = months(today, shift);
            format!("tháng {} năm {}", day.month(), day.year())
        }
        "q" => {
            let day = months(today, shift * 3);
            let quarter =
                ["I", "II", "III", "IV"].get(day.month0() as usize / 3).copied().unwrap_or("IV");
            format!("Quý {quarter}/{}", day.year())
        }
        _ => (i64::from(today.year()) + shift).to_string(),
    }
}

fn shifted(day: NaiveDate, days: i64) -> NaiveDate {
    let step = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(step) } else { day.checked_add_days(step) };
    moved.unwrap_or(day)
}

fn months(day: NaiveDate, n: i64) -> NaiveDate {
    let step = Months::new(u32::try_from(n.unsigned_abs()).unwrap_or(0));
    let first = day.with_day(1).unwrap_or(day);
    let moved = if n < 0 { first.checked_sub_months(step) } else { first.checked_add_months(step) };
    moved.unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_becomes_the_words_for_that_time() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        assert_eq!(
            dated("trước ngày {d-20}, {m+2}, {q+0}, {y+1}", today),
            "trước ngày 03/11/2026, tháng 1 năm 2027, Quý IV/2026, 2027"
        );
        assert_eq!(dated("Hà Nội, {long-150}", today), "Hà Nội, ngày 26 tháng 06 năm 2026");
        let texts = all(today);
        assert_eq!(texts.len(), 7);
        assert!(texts.iter().all(|it| !it.body.contains(['{', '}']) && !it.owner.is_empty()));
    }
}
