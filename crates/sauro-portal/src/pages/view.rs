//! Lines of lists, as several pages show them.

use chrono::{DateTime, NaiveDate};
use sauro_kernel::VIETNAM;
use sauro_ui::{percent, words};

use super::shown::{CARD, Frame, THUMB, tag};
use crate::actions::{After, DocumentLine};
use crate::model::{Consultation, DOCUMENT_KINDS, Item, Picture, Stance, label_in};

/// An item in a public list.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) kind: &'static str,
    pub(super) at: String,
    pub(super) title: String,
    pub(super) summary: String,
    /// Its first picture as HTML, or empty.
    pub(super) picture: String,
}

impl Line {
    pub(super) fn of(it: &Item) -> Self {
        Self {
            href: it.path(),
            kind: it.kind.label(),
            at: it.published_at.map(words::datetime).unwrap_or_default(),
            title: it.live_title.clone(),
            summary: it.live_summary.clone(),
            picture: String::new(),
        }
    }

    /// With its first picture, cut; the title beside it says what the picture would.
    pub(super) fn with_picture(it: &Item, picture: Option<&Picture>, is_lead: bool) -> Self {
        let sizes = if is_lead { CARD } else { THUMB };
        let frame = Frame { alt: "", sizes, is_lazy: !is_lead, is_cut: true, pass: "" };
        let picture = picture.map(|it| tag(it, &frame)).unwrap_or_default();
        Self { picture, ..Self::of(it) }
    }
}

/// A document in a list.
pub(super) struct Paper {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) kind: &'static str,
    pub(super) issuer: String,
    pub(super) issued: String,
    /// Silhouette and words: whether it holds.
    pub(super) force: (&'static str, &'static str),
}

impl Paper {
    pub(super) fn of(it: &DocumentLine, today: NaiveDate) -> Self {
        Self {
            href: format!("/van-ban/{}", it.slug),
            number: it.number.clone(),
            title: it.title.clone(),
            kind: label_in(&DOCUMENT_KINDS, &it.kind),
            issuer: it.issuer.clone(),
            issued: words::date(it.issued_on),
            force: force(it, today),
        }
    }
}

/// Whether a document holds on `today`.
pub(super) fn force(it: &DocumentLine, today: NaiveDate) -> (&'static str, &'static str) {
    if it.is_replaced {
        ("none", "Đã bị thay thế")
    } else if it.expires_on.is_some_and(|day| day <= today) {
        ("none", "Hết hiệu lực")
    } else if it.effective_on > today {
        ("soon", "Chưa có hiệu lực")
    } else {
        ("done", "Còn hiệu lực")
    }
}

/// One stance as counted.
pub(super) struct Counted {
    pub(super) label: &'static str,
    pub(super) n: i64,
    pub(super) share_bp: i64,
}

/// All stances of `it`.
pub(super) fn counted(it: &Consultation) -> Vec<Counted> {
    let total = it.total();
    let one = |stance: Stance| Counted {
        label: stance.label(),
        n: it.n(stance),
        share_bp: if total > 0 { (it.n(stance) * 10_000 + total / 2) / total } else { 0 },
    };
    Stance::ALL.map(one).into()
}

/// How a consultation stands on `today`, in words.
pub(super) fn days_left(it: &Consultation, today: NaiveDate) -> String {
    if today < it.opens_on {
        format!("Mở từ {}", words::date(it.opens_on))
    } else if today > it.closes_on {
        format!("Đã đóng ngày {}", words::date(it.closes_on))
    } else if today == it.closes_on {
        "Ngày cuối cùng".to_owned()
    } else {
        format!("Còn {} ngày", (it.closes_on - today).num_days())
    }
}

/// The address of the page of `path` that begins after `next`, or empty.
pub(super) fn next_page(path: &str, next: After) -> String {
    next.map(|(at, id)| format!("{path}?sau={at}.{id}")).unwrap_or_default()
}

/// Where a page begins, as [`next_page`] wrote it; what makes no sense is the beginning.
pub(super) fn after(typed: &str) -> After {
    let (at, id) = typed.split_once('.')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

/// RFC 3339, on Viet Nam's clock.
pub(super) fn instant(at: i64) -> String {
    let at = DateTime::from_timestamp_micros(at).unwrap_or_default();
    at.with_timezone(&VIETNAM).to_rfc3339()
}

/// `text` without what XML cannot say at all.
pub(super) fn plain(text: &str) -> String {
    let may = |c: &char| *c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(may).collect()
}

/// A query of names and values, without those that are empty.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    let said = pairs.iter().filter(|it| !it.1.is_empty());
    said.map(|(name, value)| format!("{name}={}", percent(value))).collect::<Vec<_>>().join("&")
}
