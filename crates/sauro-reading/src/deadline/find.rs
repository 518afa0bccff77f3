//! Where deadlines stand in a stretch of text, and which times are no deadlines.

use chrono::NaiveDate;

use super::{
    repeat,
    time::{self, Time},
};
use crate::{
    Rule,
    model::{Deadline, DeadlineKind},
    text::Doc,
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

const STRONG: [&str; 32] = [
    "chậm nhất là trước",
    "chậm nhất là trong",
    "chậm nhất là vào",
    "chậm nhất là đến",
    "chậm nhất là",
    "chậm nhất trước",
    "chậm nhất trong",
    "chậm nhất vào",
    "chậm nhất đến hết",
    "chậm nhất đến",
    "chậm nhất",
    "muộn nhất là",
    "muộn nhất",
    "không muộn hơn",
    "không chậm hơn",
    "không quá",
    "xong trước",
    "ngay trước",
    "trước và trong",
    "từ nay đến hết",
    "từ nay đến trước",
    "từ nay đến",
    "trước",
    "đến hết",
    "đến trước",
    "ngay trong",
    "ngay từ",
    "hết",
    "xong trong",
    "cho đến hết",
    "ngay",
    "hạn cuối là",
];

const WEAK: [&str; 4] = ["trong", "vào", "vào cuối", "đến"];

const ANCHORS: [&str; 20] = [
    "hoàn thành",
    "hoàn thành xong",
    "xong",
    "hoàn tất",
    "thời hạn hoàn thành :",
    "thời hạn hoàn thành",
    "thời hạn thực hiện :",
    "thời hạn :",
    "thời hạn",
    "thời gian hoàn thành :",
    "thời gian hoàn thành",
    "thời gian thực hiện :",
    "thời gian :",
    "hạn :",
    "hạn hoàn thành :",
    "hạn xử lý :",
    "hạn báo cáo :",
    "tiến độ :",
    "thời gian thực hiện",
    "hoàn thành :",
];

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
    known || how == Reading::Field
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
    let strong = doc.any(i, &STRONG);
    let weak = doc.any(i, &WEAK);
    let anchor = doc.any(i, &ANCHORS);
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

fn recurring(doc: &Doc, i: usize, from: usize, how: Reading) -> Option<Hit> {
    let i_time = doc.any(i, &["vào", "trước", "trong", "chậm nhất"]).unwrap_or(i);
    if let Some((end, rule)) = repeat::weekday_at(doc, i_time) {
        return Some(repeated(doc, i, end, rule));
    }
    let (end, rule) = repeat::at(doc, i, None)?;
    if how == Reading::Field || matches!(doc.w(i), "định" | "theo") {
        return Some(repeated(doc, i, end, rule));
    }
    if matches!(doc.w(i), "mỗi" | "từng") && !matches!(doc.w(i + 1), "tuần" | "tháng" | "quý")
    {
        return None;
    }
    if doc.w(i) == "từng" {
        return None;
    }
    if doc
        .any(
            end,
            &[
                "báo cáo",
                "tổng hợp",
                "gửi",
                "cập nhật",
                "rà soát",
                "đánh giá",
                "công bố",
                "công khai",
                "kiểm tra",
                "tổ chức",
                "giao ban",
                "họp",
                "sơ kết",
                "có báo cáo",
                ", tổng hợp",
                ", báo cáo",
                "theo dõi",
                "kiểm điểm",
            ],
        )
        .is_some()
    {
        return Some(repeated(doc, i, end, rule));
    }
    let mut k = i;
    while k > from && i - k < 14 {
        k -= 1;
        if matches!(doc.w(k), ";" | ".") {
            break;
        }
        if doc
            .any(
                k,
                &[
                    "báo cáo",
                    "gửi",
                    "cập nhật",
                    "tổng hợp",
                    "giao ban",
                    "công khai",
                    "công bố",
                    "kiểm tra",
                    "đánh giá",
                    "rà soát",
                    "định kỳ",
                ],
            )
            .is_some()
        {
            let noun = matches!(
                doc.before(i),
                "hoạch" | "toán" | "sách" | "chi" | "vốn" | "thu" | "trình" | "cáo" | "phí" | "cầu"
            ) && doc.w(i + 1) == "năm";
            return (!noun).then(|| repeated(doc, i, end, rule));
        }
    }
    (doc.before(i) == "và" || i == from).then(|| repeated(doc, i, end, rule))
}

fn repeated(doc: &Doc, from: usize, to: usize, rule: String) -> Hit {
    let deadline = Deadline {
        kind: DeadlineKind::Recurring,
        text: doc.exact(from, to),
        date: None,
        rule: Some(rule),
    };
    Hit { from, to, deadline, rules: vec![Rule::DeadlineRecurring], weight: 1 }
}

fn words(doc: &Doc, from: usize, to: usize, kind: DeadlineKind, rule: Rule) -> Hit {
    Hit {
        from,
        to,
        deadline: Deadline { kind, text: doc.exact(from, to), date: None, rule: None },
        rules: vec![rule],
        weight: 0,
    }
}

fn ongoing(doc: &Doc, i: usize, from: usize, to: usize, how: Reading) -> Option<Hit> {
    let ends = |end: usize| end >= to || matches!(doc.w(end), "." | ";" | "," | ")" | "./.");
    if let Some(end) = doc.any(
        i,
        &[
            "nhiệm vụ thường xuyên",
            "thực hiện thường xuyên",
            "làm thường xuyên",
            "thường xuyên , liên tục",
            "thường xuyên hằng năm",
        ],
    ) && ends(end)
        && !(end < to
            && doc.w(end) == ","
            && doc.before(end) == "xuyên"
            && doc.any(end + 1, &["liên tục"]).is_some())
    {
        return Some(words(doc, i, end, DeadlineKind::Ongoing, Rule::DeadlineOngoing));
    }
    let tag = doc.any(i, &["thường xuyên"]).filter(|end| {
        how == Reading::Field
            || (ends(*end) && i > from && matches!(doc.before(i), "," | "(" | ":" | ";"))
    });
    if let Some(end) = tag {
        return Some(words(doc, i, end, DeadlineKind::Ongoing, Rule::DeadlineOngoing));
    }
    let begin = doc.any(i, &["năm"]).and_then(|j| doc.number(j).map(|_| j + 1)).unwrap_or(i);
    let end = doc.any(
        begin,
        &["và các năm tiếp theo", "và những năm tiếp theo", "và các năm sau", "các năm tiếp theo"],
    )?;
    Some(words(doc, i, end, DeadlineKind::Ongoing, Rule::DeadlineOngoing))
}

/// `trong 10 ngày kể từ ngày ký`, `sau khi …`, `ngay sau khi …`.
fn relative(doc: &Doc, i: usize, from: usize) -> Option<Hit> {
    let within = doc.any(
        i,
        &[
            "trong thời hạn",
            "trong thời gian",
            "trong vòng",
            "trong",
            "thời hạn",
            "không quá",
            "chậm nhất",
            "chậm nhất là",
            "sau",
            "tối đa",
            "trước",
        ],
    );
    if let Some(mut j) = within {
        j = doc.any(j, &["không quá", "tối đa", "là", "sau", "vòng"]).unwrap_or(j);
        let n = doc
            .number(j)
            .map(|_| j + 1)
            .or_else(|| doc.any(j, &["một", "hai", "ba", "năm", "bảy", "mười", "mười lăm", "nửa"]));
        if let Some(k) = n
            && let Some(mut end) =
                doc.any(k, &["ngày làm việc", "ngày", "tuần", "tháng", "giờ", "năm"])
        {
            let counted_from = doc.any(
                end,
                &["kể từ", "tính từ", "từ khi", "từ ngày", "sau khi", "sau", "trước khi", "khi"],
            );
            let is_clock = doc.w(k) == "giờ" && counted_from.is_none();
            let is_half =
                doc.any(end, &["đầu", "cuối", "năm", "qua", "vừa", "gần", "tháng"]).is_some()
                    || (doc.before(end) == "tháng" && doc.w(j) == "năm");
            let says_time = matches!(doc.w(i), "trong" | "thời" | "không" | "sau" | "tối")
                || counted_from.is_some();
            if !is_clock
                && !is_half
                && says_time
                && !(doc.w(k) == "ngày" && doc.number(end).is_some())
            {
                if let Some(after) = counted_from {
                    end = clause_end(doc, after, 14);
                } else if doc.w(end) == "tới" {
                    end += 1;
                }
                return Some(words(doc, i, end, DeadlineKind::Relative, Rule::DeadlineRelative));
            }
        }
    }
    let after = doc.any(i, &["ngay sau khi", "sau khi", "ngay sau", "ngay khi"])?;
    let opens = i == from || doc.w(i) == "ngay" || matches!(doc.before(i), "," | ";" | "." | ":");
    let narrative = doc.any(after, &["nghe", "xem xét"]).is_some();
    (opens && !narrative).then(|| {
        words(doc, i, clause_end(doc, after, 22), DeadlineKind::Relative, Rule::DeadlineRelative)
    })
}

fn clause_end(doc: &Doc, from: usize, most: usize) -> usize {
    (from..(from + most).min(doc.len()))
        .find(|k| matches!(doc.w(*k), "," | ";" | "." | "./." | ":" | ")"))
        .unwrap_or_else(|| (from + most).min(doc.len()))
}

fn event(doc: &Doc, i: usize, from: usize, to: usize) -> Option<Hit> {
    if doc.at(i, "kỳ họp thứ").is_some() {
        let before = (1..4).any(|n| {
            i.checked_sub(n)
                .is_some_and(|p| p >= from && matches!(doc.w(p), "tại" | "trước" | "trong" | "vào"))
        });
        let end = (i + 3..(i + 12).min(to))
            .find(|k| matches!(doc.w(*k), "," | ";" | "." | "./."))
            .unwrap_or_else(|| (i + 4).min(to));
        return before.then(|| words(doc, i, end, DeadlineKind::Event, Rule::DeadlineEvent));
    }
    let opens = i == from || matches!(doc.before(i), "," | ";");
    let after = doc
        .any(
            i,
            &["khi có yêu cầu", "khi có", "khi cần thiết", "theo yêu cầu của", "theo đề nghị của"],
        )
        .filter(|_| opens)
        .or_else(|| {
            doc.any(
                i,
                &[
                    "trước tết",
                    "trước dịp",
                    "trước đại hội",
                    "trước khi khai giảng",
                    "trước thềm",
                    "trước mùa",
                    "trước kỳ họp",
                ],
            )
        })?;
    Some(words(
        doc,
        i,
        clause_end(doc, after, 12).min(to),
        DeadlineKind::Event,
        Rule::DeadlineEvent,
    ))
}
