//! The measures of both layouts.
//!
//! Sources: Decree 30/2020/NĐ-CP, Annex I, for the State; Guidance 36-HD/VPTW of 3 April 2018 for the
//! Party. Where the guidance is silent the Party's papers take the measure of the State's.

use super::paper::{PaperDate, PaperHead, Signing};

/// A layout of official papers (thể thức).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Of State bodies: Decree 30/2020/NĐ-CP.
    State,
    /// Of Party bodies: Guidance 36-HD/VPTW.
    Party,
}

/// Sizes of type, in half points as the format counts them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    /// Quốc hiệu, or the name of the Party.
    pub(super) country: u32,
    /// Tiêu ngữ.
    pub(super) motto: u32,
    pub(super) superior: u32,
    pub(super) issuer: u32,
    pub(super) number: u32,
    pub(super) date: u32,
    pub(super) kind: u32,
    pub(super) subject: u32,
    pub(super) text: u32,
    pub(super) signer: u32,
    pub(super) recipients_head: u32,
    pub(super) recipients: u32,
    pub(super) annex_label: u32,
    pub(super) annex_title: u32,
    pub(super) page_number: u32,
    pub(super) table: u32,
}

/// A side of A4 and its margins, in twentieths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// From edge to edge.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
    /// The margin above.
    pub top: u32,
    /// The margin below.
    pub bottom: u32,
    /// The margin at the left.
    pub left: u32,
    /// The margin at the right.
    pub right: u32,
}

/// Twentieths of a point of 297, 210, 30, 20 and 15 mm.
const LONG: u32 = 16_838;
const SHORT: u32 = 11_906;
const MM_30: u32 = 1_701;
const MM_20: u32 = 1_134;
const MM_15: u32 = 851;

/// Indent of a paragraph's first line: 1.27 cm.
pub(super) const FIRST_LINE: u32 = 720;
/// Space after a paragraph: 6 pt.
pub(super) const AFTER: u32 = 120;
/// Line spacing of the text, in 240ths of a single line.
pub(super) const LINE: u32 = 276;
/// The one face of all papers.
pub(super) const FONT: &str = "Times New Roman";

const STATE: Sizes = Sizes {
    country: 24,
    motto: 26,
    superior: 24,
    issuer: 24,
    number: 26,
    date: 26,
    kind: 28,
    subject: 28,
    text: 28,
    signer: 28,
    recipients_head: 24,
    recipients: 22,
    annex_label: 28,
    annex_title: 28,
    page_number: 26,
    table: 26,
};

const PARTY: Sizes = Sizes { country: 30, superior: 26, issuer: 26, kind: 32, ..STATE };

impl Page {
    /// A4 upright. Both layouts allow 20 mm above and below, 30 mm left, 15 mm right.
    pub const PORTRAIT: Self =
        Self { width: SHORT, height: LONG, top: MM_20, bottom: MM_20, left: MM_30, right: MM_15 };

    /// A4 on its side, for annexes.
    pub const LANDSCAPE: Self =
        Self { width: LONG, height: SHORT, top: MM_20, bottom: MM_20, left: MM_30, right: MM_15 };

    /// The width between the margins.
    pub fn text_width(self) -> u32 {
        self.width - self.left - self.right
    }
}

impl Layout {
    /// Both, in the order shown to people.
    pub const ALL: [Self; 2] = [Self::State, Self::Party];

    /// The word in addresses and forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::State => "nha-nuoc",
            Self::Party => "dang",
        }
    }

    /// The layout written `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::State => "Nhà nước (Nghị định 30/2020/NĐ-CP)",
            Self::Party => "Đảng (Hướng dẫn 36-HD/VPTW)",
        }
    }

    /// The number as cited in other papers, without the word before it.
    pub fn number(self, head: &PaperHead) -> String {
        let number = match head.number {
            Some(n) => format!("{n:02}"),
            None => "\u{a0}".repeat(6),
        };
        let (kind, issuer) = (&head.kind_code, &head.issuer_code);
        match self {
            Self::State => format!("{number}/{kind}-{issuer}"),
            Self::Party => format!("{number}-{kind}/{issuer}"),
        }
    }

    pub(super) fn sizes(self) -> &'static Sizes {
        match self {
            Self::State => &STATE,
            Self::Party => &PARTY,
        }
    }

    /// The line of the number.
    pub(super) fn number_line(self, head: &PaperHead) -> String {
        match self {
            Self::State => format!("Số: {}", self.number(head)),
            Self::Party => format!("Số {}", self.number(head)),
        }
    }

    /// The line over a signer's title that says in whose stead; none when the head signs.
    pub(super) fn stead(self, signing: &Signing) -> Option<String> {
        let (state, party, whom) = match signing {
            Signing::Head => return None,
            Signing::Collective(it) => ("TM.", "T/M", it),
            Signing::Deputy(it) => ("KT.", "K/T", it),
            Signing::ByOrder(it) => ("TL.", "T/L", it),
        };
        let sign = if self == Self::State { state } else { party };
        Some(format!("{sign} {}", whom.to_uppercase()))
    }
}

/// `Cà Mau, ngày 05 tháng 02 năm 2026`: days below 10 and months 1 and 2 with a leading zero.
pub(super) fn place_and_date(head: &PaperHead) -> String {
    let room = "\u{a0}".repeat(5);
    let date = match head.date {
        None => format!("ngày{room}tháng{room}năm{room}"),
        Some(PaperDate { year, month, day }) => {
            let month = if month <= 2 { format!("{month:02}") } else { month.to_string() };
            format!("ngày {day:02} tháng {month} năm {year}")
        }
    };
    if head.place.trim().is_empty() { date } else { format!("{}, {date}", head.place.trim()) }
}
