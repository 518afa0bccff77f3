//! One unit's score, explained to the last decimal: inside and in public.

use rust_decimal::Decimal;
use sauro_directory::model::Directory;
use sauro_ui::words;

use super::table::{capital, hundredths, own_total};
use crate::actions::RankingView;
use crate::model::{Appeal, Part, UnitScore, written, written_to};

/// What the page says of one unit.
pub(super) struct UnitView {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) rank: String,
    /// The total with all decimals; empty when it is not ranked.
    pub(super) total: String,
    /// The interval in words.
    pub(super) between: String,
    pub(super) ends: (i64, i64, i64),
    pub(super) own_total: String,
    pub(super) parts: Vec<PartView>,
    /// The sum, as one would write it down.
    pub(super) sum: String,
    /// What became of the weight of what could not be rated; empty when all was.
    pub(super) shared: String,
    pub(super) adjustments: Vec<(String, String, String)>,
    pub(super) appeals: Vec<AppealLine>,
}

/// One component.
pub(super) struct PartView {
    pub(super) code: &'static str,
    pub(super) label: &'static str,
    /// `12 trên 15`, or why there is nothing.
    pub(super) counted: String,
    pub(super) value: String,
    pub(super) computed: String,
    pub(super) adjusted: String,
    pub(super) own: String,
    /// What the unit says beyond the points that count: `+5` or `−3,5`.
    pub(super) beyond: String,
    pub(super) own_note: String,
    pub(super) weight: String,
    pub(super) contribution: String,
    /// How it was counted, in a sentence.
    pub(super) formula: String,
    pub(super) is_rated: bool,
}

/// An appeal beside the score.
pub(super) struct AppealLine {
    pub(super) about: &'static str,
    pub(super) status: (&'static str, &'static str),
    pub(super) asked: String,
    pub(super) shown: String,
    pub(super) reason: String,
    pub(super) evidence: String,
    pub(super) due: String,
    pub(super) answered: String,
    pub(super) answer: String,
    pub(super) corrected: String,
}

impl UnitView {
    /// What `view` says of `score`, seen on `today`.
    pub(super) fn of(
        view: &RankingView,
        score: &UnitScore,
        appeals: &[Appeal],
        directory: &Directory,
        today: chrono::NaiveDate,
    ) -> Self {
        let between = match (score.low, score.high) {
            (Some(low), Some(high)) => {
                format!("từ {} đến {}", written_to(low, 1), written_to(high, 1))
            }
            _ => String::new(),
        };
        // An old edition shows what had been given until then.
        let edition = view.editions.iter().find(|it| it.n == view.edition);
        let until = edition.map_or(i64::MAX, |it| it.at);
        let adjustments =
            view.adjustments.iter().filter(|it| it.unit == score.unit.id && it.at <= until);
        Self {
            code: score.unit.code.clone(),
            name: capital(&score.unit.name),
            rank: score.rank.map(|it| it.to_string()).unwrap_or_default(),
            total: score.total.map(written).unwrap_or_default(),
            between,
            ends: (hundredths(score.low), hundredths(score.high), hundredths(score.total)),
            own_total: own_total(view, score).map(|it| written_to(it, 1)).unwrap_or_default(),
            parts: score.parts.iter().map(|it| part(view, score, it)).collect(),
            sum: sum(score),
            shared: shared(view, score),
            adjustments: adjustments
                .map(|it| {
                    let by = directory.name(it.by.1);
                    let title = format!("{}: {} điểm", it.measure.label(), written(it.points));
                    (words::datetime(it.at), title, format!("{} ({by})", it.reason))
                })
                .collect(),
            appeals: appeals.iter().map(|it| AppealLine::of(it, today)).collect(),
        }
    }
}

impl AppealLine {
    /// The line of `it`, seen on `today`.
    pub(super) fn of(it: &Appeal, today: chrono::NaiveDate) -> Self {
        Self {
            about: it.about(),
            status: it.status(today),
            asked: words::datetime(it.asked_at),
            shown: it.shown.clone(),
            reason: it.reason.clone(),
            evidence: it.evidence.clone(),
            due: words::date(it.due_on),
            answered: it.answered.map(|it| words::datetime(it.1)).unwrap_or_default(),
            answer: it.answer.clone(),
            corrected: it
                .corrected
                .map(|it| format!("{} sửa thành {} điểm", it.0.label(), written(it.1)))
                .unwrap_or_default(),
        }
    }
}

fn part(view: &RankingView, score: &UnitScore, it: &Part) -> PartView {
    let measure = it.component.measure;
    let mark = view.marks.iter().find(|one| one.unit == score.unit.id && one.measure == measure);
    let sums = it.sums.as_ref();
    let figure = |value: Option<Decimal>| value.map(written).unwrap_or_default();
    let counted = match it.share {
        Some(share) => format!("{} trên {}", words::number(share.hits), words::number(share.of)),
        None => "chưa có số liệu".to_owned(),
    };
    PartView {
        code: measure.code(),
        label: measure.label(),
        counted,
        value: sums.map(|it| format!("{}%", written(it.value))).unwrap_or_default(),
        computed: figure(sums.map(|it| it.computed)),
        adjusted: figure(sums.and_then(|it| it.adjusted)),
        own: figure(mark.map(|it| it.points)),
        beyond: match (mark, sums) {
            (Some(mark), Some(sums)) => signed(mark.points - sums.points()),
            _ => String::new(),
        },
        own_note: mark.map(|it| it.note.clone()).unwrap_or_default(),
        weight: written(it.component.weight),
        contribution: figure(sums.map(|it| it.contribution)),
        formula: formula(it, score.rated),
        is_rated: sums.is_some(),
    }
}

/// `+5` or `−3,5`, with at most one decimal: what people estimate is not finer.
pub(super) fn signed(it: Decimal) -> String {
    match it.round_dp(1).normalize() {
        it if it.is_zero() => "0".to_owned(),
        it if it.is_sign_negative() => format!("−{}", written(-it)),
        it => format!("+{}", written(it)),
    }
}

fn formula(it: &Part, rated: Decimal) -> String {
    let component = &it.component;
    let (hits_words, of_words) = component.measure.words();
    let (low, high) = (written(component.low), written(component.high));
    let Some(sums) = &it.sums else {
        return match it.share {
            Some(share) => format!(
                "Mới có {} {of_words}, cần ít nhất {} thì mới chấm.",
                words::number(share.of),
                words::number(component.least)
            ),
            None => "Chưa có số liệu để chấm.".to_owned(),
        };
    };
    let share = it.share.map_or((0, 0), |it| (it.hits, it.of));
    let value = written(sums.value);
    let line = if sums.value <= component.low {
        format!("{value}% không vượt mốc {low}% nên được 0 điểm")
    } else if sums.value >= component.high {
        format!("{value}% đạt mốc {high}% nên được 100 điểm")
    } else {
        format!("({value} − {low}) × 100 ÷ ({high} − {low}) = {} điểm", written(sums.computed))
    };
    let adjusted = sums.adjusted.map(|it| format!(" Thẩm định: {} điểm.", written(it)));
    format!(
        "{} {hits_words} × 100 ÷ {} {of_words} = {value}%. {line}.{} Đóng góp: {} × {} ÷ {} = {}.",
        words::number(share.0),
        words::number(share.1),
        adjusted.unwrap_or_default(),
        written(sums.points()),
        written(component.weight),
        written(rated),
        written(sums.contribution)
    )
}

fn sum(score: &UnitScore) -> String {
    let Some(total) = score.total else { return String::new() };
    let parts: Vec<String> = score
        .parts
        .iter()
        .filter_map(|it| it.sums.as_ref())
        .map(|it| written(it.contribution))
        .collect();
    format!("{} = {}", parts.join(" + "), written(total))
}

fn shared(view: &RankingView, score: &UnitScore) -> String {
    let missing: Vec<&str> = score.unrated().map(|it| it.component.measure.label()).collect();
    if missing.is_empty() {
        return String::new();
    }
    let (lost, names) = (Decimal::ONE_HUNDRED - score.rated, missing.join(", "));
    match score.total {
        Some(_) => format!(
            "Chưa đủ số liệu để chấm: {names}. {} điểm trọng số của phần này chia cho các tiêu chí còn lại theo tỷ lệ, nên mỗi trọng số được chia cho {}.",
            written(lost),
            written(score.rated)
        ),
        None => format!(
            "Chưa đủ số liệu để xếp hạng: chỉ chấm được {} trên 100 trọng số, cần ít nhất {}. Còn thiếu: {names}.",
            written(score.rated),
            written(view.version.design.enough)
        ),
    }
}
