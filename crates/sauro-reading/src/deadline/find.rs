//! Where deadlines stand in a stretch of text, and which times are no deadlines.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::{
    open::{event, ongoing, recurring, relative, repeated},
    repeat,
    time::{self, Time},
};
use crate::{
    Rule,
    model::{Deadline, DeadlineKind},
    text::{Doc, Phrases},
};

/// A deadline with its place in tokens.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) deadline: Deadline,
    pub(crate) rules: Vec<Rule>,
    /// Stands after "hoàn thành", "trước", "chậm nhất": surer than a mere "trong năm".
    pub(crate) weight: u8,
}

/// How strictly to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Running text: a time needs a preposition or an anchor before it.
    Prose,
    /// A cell or a "Thời hạn:" field: any time counts.
    Field,
}

static STRONG: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "chậm nhất là trước|chậm nhất là trong|chậm nhất là vào|chậm nhất là đến|chậm nhất là|chậm nhất trước|chậm nhất trong|chậm nhất vào|chậm nhất đến hết|chậm nhất đến|chậm nhất|muộn nhất là|muộn nhất|không muộn hơn|không chậm hơn|không quá|xong trước|ngay trước|trước và trong|từ nay đến hết|từ nay đến trước|từ nay đến|trước|đến hết|đến trước|ngay trong|ngay từ|hết|xong trong|cho đến hết|ngay|hạn cuối là",
    )
});

static WEAK: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("trong|vào|vào cuối|đến"));

static ANCHORS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "hoàn thành|hoàn thành xong|xong|hoàn tất|thời hạn hoàn thành :|thời hạn hoàn thành|thời hạn thực hiện :|thời hạn :|thời hạn|thời gian hoàn thành :|thời gian hoàn thành|thời gian thực hiện :|thời gian :|hạn :|hạn hoàn thành :|hạn xử lý :|hạn báo cáo :|tiến độ :|thời gian thực hiện|hoàn thành :",
    )
});

/// All deadlines of tokens `from..to`.
pub(crate) fn find(
    doc: &Doc,
    from: usize,
    to: usize,
    issued: Option<NaiveDate>,
    how: Reading,
) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut i = from;
    while i < to {
        if !may_begin(doc, i, how) {
            i += 1;
            continue;
        }
        match hit_at(doc, i, from, to, issued, how).filter(|h| h.to <= to && h.to > i) {
            Some(hit) => {
                i = hit.to;
                hits.push(hit);
            }
            None => i += 1,
        }
    }
    hits
}

/// First words of everything this grammar can read; any other place is passed over at once.
fn may_begin(doc: &Doc, i: usize, how: Reading) -> bool {
    let known = matches!(
        doc.w(i),
        "chậm"
            | "muộn"
            | "không"
            | "xong"
            | "ngay"
            | "trước"
            | "từ"
            | "đến"
            | "hết"
            | "cho"
            | "hạn"
            | "trong"
            | "vào"
            | "hoàn"
            | "thời"
            | "tiến"
            | "sau"
            | "tối"
            | "hằng"
            | "hàng"
            | "mỗi"
            | "định"
            | "theo"
            | "thứ"
            | "chủ"
            | "ngày"
            | "nhiệm"
            | "thực"
            | "làm"
            | "thường"
            | "năm"
            | "và"
            | "các"
            | "kỳ"
            | "khi"
    );
    known || how == Reading::Field || doc.number(i).is_some()
}

fn hit_at(
    doc: &Doc,
    i: usize,
    from: usize,
    to: usize,
    issued: Option<NaiveDate>,
    how: Reading,
) -> Option<Hit> {
    relative(doc, i, from)
        .or_else(|| dated(doc, i, from, issued, how))
        .or_else(|| recurring(doc, i, from, how))
        .or_else(|| ongoing(doc, i, from, to, how))
        .or_else(|| event(doc, i, from, to))
}

fn dated(doc: &Doc, i: usize, from: usize, issued: Option<NaiveDate>, how: Reading) -> Option<Hit> {
    let strong = doc.of(i, &STRONG);
    let weak = doc.of(i, &WEAK);
    let anchor = doc.of(i, &ANCHORS);
    let before = i.checked_sub(1).map_or("", |p| if p >= from { doc.w(p) } else { "" });
    if strong.is_none() && weak.is_none() && anchor.is_none() && how == Reading::Field {
        let time = time::at(doc, i, issued)?;
        return Some(build(doc, i, i, &time, 2));
    }
    let begin = strong.into_iter().chain(weak).max();
    let (start, time, weight) = match (begin, anchor) {
        (Some(j), _) => {
            let time = time::at(doc, j, issued)?;
            let sure = strong == Some(j);
            if is_no_deadline(doc, i, j, from, &time, sure) && how == Reading::Prose {
                return None;
            }
            (
                i,
                time,
                if sure || doc.any(i.wrapping_sub(2), &["hoàn thành"]) == Some(i) {
                    3
                } else {
                    2
                },
            )
        }
        (None, Some(j)) => {
            let j = if doc.w(j) == ":" { j + 1 } else { j };
            let time = time::at(doc, j, issued)?;
            if matches!(before, "hoạch" | "kiến" | "đã" | "cơ") && how == Reading::Prose {
                return None;
            }
            (j, time, 3)
        }
        _ => return None,
    };
    if let Some((end, rule)) = repeat::at(doc, time.end, Some(&time)) {
        return Some(repeated(doc, start, end, rule));
    }
    if matches!(time.kind, DeadlineKind::None)
        || (time.clock.is_some() && time.date.is_none() && !time.impossible)
    {
        return None;
    }
    if doc
        .any(time.end, &["và các năm tiếp theo", "và những năm tiếp theo", "và các năm sau"])
        .is_some()
    {
        return None;
    }
    Some(build(doc, start, time.end, &time, weight))
}

fn build(doc: &Doc, from: usize, _to: usize, time: &Time, weight: u8) -> Hit {
    let text = doc.exact(from, time.end);
    let mut rules = vec![if time.kind == DeadlineKind::Date {
        Rule::DeadlineDay
    } else {
        Rule::DeadlinePeriod
    }];
    let mut kind = time.kind;
    if time.impossible {
        rules = vec![Rule::ImpossibleDate];
        kind = DeadlineKind::None;
    } else if time.no_year {
        rules.push(Rule::YearFromIssue);
    }
    let date = if time.impossible { None } else { time.date };
    Hit { from, to: time.end, deadline: Deadline { kind, text, date, rule: None }, rules, weight }
}

/// Times that bind nobody: dates of cited papers, ranges, statistics, strategic horizons, plans of something else.
fn is_no_deadline(
    doc: &Doc,
    i: usize,
    time_at: usize,
    from: usize,
    time: &Time,
    sure: bool,
) -> bool {
    let back = |n: usize| i.checked_sub(n).filter(|p| *p >= from).map_or("", |p| doc.w(p));
    let (one, two) = (back(1), back(2));
    if matches!(
        (two, one),
        (_, "tính")
            | (_, "hiệu")
            | (_, "lực")
            | (_, "kể")
            | ("dự", "kiến")
            | ("tầm", "nhìn")
            | (_, "so")
            | ("áp", "dụng")
    ) {
        return true;
    }
    if doc.any(time.end, &["trở về trước", "trở lại đây", "đến nay", "tới nay"]).is_some()
    {
        return true;
    }
    if doc.w(i) == "đến" || doc.w(i) == "đến hết" {
        let range = (2..9).any(|n| matches!(back(n), "từ" | "giai" | "đoạn"))
            || one == "từ"
            || matches!(one, "thời" | "nhìn" | "kỳ");
        if range {
            return true;
        }
    }
    if sure {
        return false;
    }
    let year_said = doc.w(time_at) == "năm";
    if doc.w(i) == "đến" && year_said {
        let opens = i == from || matches!(one, "," | ";" | "." | "đấu" | ":" | "tiêu" | ")");
        let goal = (time.end..time.end + 3).any(|k| {
            doc.any(k, &["đạt", "hoàn thành", "có", "phủ sóng", "phải", "cơ bản", "100"]).is_some()
        });
        let horizon = (time.end..time.end + 4)
            .any(|k| doc.at(k, "tầm nhìn").is_some() || doc.at(k, "định hướng").is_some());
        return horizon || !(opens && goal);
    }
    let about_money =
        matches!(one, "vốn" | "phí" | "toán" | "sách" | "trưởng" | "chi" | "thu") && year_said;
    let recent = doc.any(time.end, &["vừa qua", "qua", "đã"]).is_some();
    let past = (1..4).any(|n| matches!(back(n), "đã" | "vừa"));
    about_money || recent || past
}
