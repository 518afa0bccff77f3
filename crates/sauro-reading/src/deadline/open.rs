//! Deadlines that have no day of their own: recurring, without end, relative, tied to an event.

use std::sync::LazyLock;

use super::{
    find::{Hit, Reading},
    repeat,
};
use crate::{
    Rule,
    model::{Deadline, DeadlineKind},
    text::{Doc, Phrases},
};

/// Work that "hằng tháng" before it repeats.
static AFTER_EACH: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "báo cáo|tổng hợp|gửi|cập nhật|rà soát|đánh giá|công bố|công khai|kiểm tra|tổ chức|giao ban|họp|sơ kết|có báo cáo|, tổng hợp|, báo cáo|theo dõi|kiểm điểm|ít nhất|tối thiểu|một|thông báo|giám sát|tổng kết|đối thoại|tiếp công dân|trình|thống kê|lập|đăng tải|xếp hạng|chấm điểm|tập huấn|đôn đốc|nghe",
    )
});

/// Work that "hằng tháng" after it repeats.
static BEFORE_EACH: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "báo cáo|gửi|cập nhật|tổng hợp|giao ban|công khai|công bố|kiểm tra|đánh giá|rà soát|định kỳ|duy trì|họp|xếp hạng|thống kê|đăng tải|thông báo",
    )
});

pub(super) fn recurring(doc: &Doc, i: usize, from: usize, how: Reading) -> Option<Hit> {
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
    if doc.of(end, &AFTER_EACH).is_some() {
        return Some(repeated(doc, i, end, rule));
    }
    let mut k = i;
    while k > from && i - k < 14 {
        k -= 1;
        if matches!(doc.w(k), ";" | ".") {
            break;
        }
        if doc.of(k, &BEFORE_EACH).is_some() {
            let noun = matches!(
                doc.before(i),
                "hoạch" | "toán" | "sách" | "chi" | "vốn" | "thu" | "trình" | "cáo" | "phí" | "cầu"
            ) && doc.w(i + 1) == "năm";
            return (!noun).then(|| repeated(doc, i, end, rule));
        }
    }
    (doc.before(i) == "và" || i == from).then(|| repeated(doc, i, end, rule))
}

pub(super) fn repeated(doc: &Doc, from: usize, to: usize, rule: String) -> Hit {
    let deadline = Deadline {
        kind: DeadlineKind::Recurring,
        text: doc.exact(from, to),
        date: None,
        rule: Some(rule),
    };
    Hit { from, to, deadline, rules: vec![Rule::DeadlineRecurring], weight: 1 }
}

pub(super) fn words(doc: &Doc, from: usize, to: usize, kind: DeadlineKind, rule: Rule) -> Hit {
    Hit {
        from,
        to,
        deadline: Deadline { kind, text: doc.exact(from, to), date: None, rule: None },
        rules: vec![rule],
        weight: 0,
    }
}

pub(super) fn ongoing(doc: &Doc, i: usize, from: usize, to: usize, how: Reading) -> Option<Hit> {
    let ends = |end: usize| end >= to || matches!(doc.w(end), "." | ";" | "," | ")" | "./.");
    if let Some(end) = doc.any(
        i,
        &[
            "nhiệm vụ thường xuyên",
            "thực hiện thường xuyên",
            "làm thường xuyên",
            "thường xuyên hằng năm",
        ],
    ) && ends(end)
        && !(how == Reading::Prose && matches!(doc.before(i), "là" | "những" | "các" | "một"))
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
pub(super) fn relative(doc: &Doc, i: usize, from: usize) -> Option<Hit> {
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
            let is_day = doc.w(k) == "ngày" && doc.number(end).is_some();
            if says_time && !(is_clock || is_half || is_day) {
                if let Some(after) = counted_from {
                    end = clause_end(doc, after, 14);
                } else if doc.w(end) == "tới" {
                    end += 1;
                }
                return Some(words(doc, i, end, DeadlineKind::Relative, Rule::DeadlineRelative));
            }
        }
    }
    // "20 ngày sau khi …"
    if doc.number(i).is_some()
        && let Some(end) = doc.any(i + 1, &["ngày làm việc", "ngày", "tuần", "tháng"])
        && let Some(after) =
            doc.any(end, &["sau khi", "kể từ khi", "kể từ ngày", "tính từ", "sau ngày"])
    {
        return Some(words(
            doc,
            i,
            clause_end(doc, after, 14),
            DeadlineKind::Relative,
            Rule::DeadlineRelative,
        ));
    }
    let after = doc.any(i, &["ngay sau khi", "sau khi", "ngay sau", "ngay khi"])?;
    let opens = i == from || doc.w(i) == "ngay" || matches!(doc.before(i), "," | ";" | "." | ":");
    let narrative = doc.any(after, &["nghe", "xem xét"]).is_some();
    (opens && !narrative).then(|| {
        words(doc, i, clause_end(doc, after, 22), DeadlineKind::Relative, Rule::DeadlineRelative)
    })
}

pub(super) fn clause_end(doc: &Doc, from: usize, most: usize) -> usize {
    (from..(from + most).min(doc.len()))
        .find(|k| matches!(doc.w(*k), "," | ";" | "." | "./." | ":" | ")"))
        .unwrap_or_else(|| (from + most).min(doc.len()))
}

pub(super) fn event(doc: &Doc, i: usize, from: usize, to: usize) -> Option<Hit> {
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
