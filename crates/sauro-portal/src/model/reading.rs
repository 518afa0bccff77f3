//! From what was typed to what is kept: every fault at once, each with how to mend it.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime};
use sauro_kernel::{Line, Prose, TextError, TopicId};

use super::content::{DOCUMENT_FIELDS, DOCUMENT_KINDS, label_in};
use super::{
    Block, ConsultationDetails, Content, DetailFields, Details, DocumentDetails, EventDetails,
    Fault, Fields, Kind, Remark, remarks,
};

/// Blocks of one item, and letters of all of them.
pub const MOST_BLOCKS: usize = 10_000;
/// Letters of all blocks.
pub const MOST_LETTERS: usize = 1_000_000;
/// Letters of one block.
pub const MOST_IN_BLOCK: usize = 20_000;
/// Topics of one item.
const MOST_TOPICS: usize = 5;

impl Fields {
    /// Checks what was typed for an item of `kind`.
    ///
    /// # Errors
    ///
    /// Every fault, in the order of the form.
    pub fn read(&self, kind: Kind) -> Result<Content, Vec<Fault>> {
        let mut faults = Vec::new();
        let title = line("tieu-de", "tiêu đề", &self.title, (200, true), &mut faults);
        let summary = prose("tom-tat", "tóm tắt", &self.summary, 500, &mut faults);
        let mut topics: Vec<TopicId> =
            self.topics.iter().filter_map(|it| it.parse().ok()).collect();
        topics.dedup();
        if topics.len() > MOST_TOPICS {
            fault(&mut faults, "chu-de", "Chọn tối đa 5 chủ đề.");
        }
        let details = self.details.read(kind, &mut faults);
        let (places, blocks): (Vec<usize>, Vec<Block>) =
            self.read_blocks(&mut faults).into_iter().unzip();
        let marks = self.marks(&places);
        if faults.is_empty() {
            Ok(Content { title, summary, topics, details, blocks, marks })
        } else {
            Err(faults)
        }
    }

    /// The marks of blocks that come from those of the form at `places`: of several from one, the first keeps it.
    fn marks(&self, places: &[usize]) -> Vec<String> {
        let mut last = 0;
        let mut mark = |place: &usize| {
            let is_first = std::mem::replace(&mut last, *place) != *place;
            let typed = place.checked_sub(1).and_then(|n| self.blocks.get(n));
            let typed = typed.map(|it| it.mark.as_str()).filter(|it| is_first && is_mark(it));
            typed.unwrap_or_default().to_owned()
        };
        places.iter().map(&mut mark).collect()
    }

    /// What is to be said about the text as it is typed, each at the number of its block in the form.
    pub fn remarks(&self) -> Vec<Remark> {
        let mut faults = Vec::new();
        let (places, blocks): (Vec<usize>, Vec<Block>) =
            self.read_blocks(&mut faults).into_iter().unzip();
        let content = Content {
            title: self.title.clone(),
            summary: self.summary.trim().to_owned(),
            blocks,
            ..Content::default()
        };
        let placed = |it: Remark| match it.block.checked_sub(1).and_then(|n| places.get(n)) {
            Some(block) => Remark { block: *block, ..it },
            None => it,
        };
        remarks(&content).into_iter().map(placed).collect()
    }

    /// The blocks, each with the number of the block of the form that it comes from.
    fn read_blocks(&self, faults: &mut Vec<Fault>) -> Vec<(usize, Block)> {
        let n = self.blocks.len();
        if n > MOST_BLOCKS {
            let words = format!(
                "Bài có {n} khối, mỗi bài tối đa {MOST_BLOCKS} khối. Chia thành nhiều bài rồi dẫn đường dẫn qua lại."
            );
            fault(faults, "khoi-1", &words);
            return Vec::new();
        }
        let n_letters: usize = self.blocks.iter().map(|it| it.text.chars().count()).sum();
        if n_letters > MOST_LETTERS {
            let words = format!(
                "Bài dài {n_letters} ký tự, mỗi bài tối đa {MOST_LETTERS} ký tự. Chia thành nhiều bài, hoặc để phần dài trong tệp."
            );
            fault(faults, "khoi-1", &words);
            return Vec::new();
        }
        let mut all = Vec::new();
        for (n, block) in self.blocks.iter().enumerate().filter(|(_, it)| !it.is_blank()) {
            if block.text.chars().count() > MOST_IN_BLOCK {
                let words = format!("Khối {}: rút gọn còn tối đa {MOST_IN_BLOCK} ký tự.", n + 1);
                fault(faults, &format!("khoi-{}", n + 1), &words);
                continue;
            }
            match block.clean().read(n + 1) {
                Ok(read) => {
                    let says = |it: &Block| {
                        let shows = matches!(
                            it,
                            Block::Image { .. } | Block::File { .. } | Block::Figure { .. }
                        );
                        shows || !it.words().trim().is_empty()
                    };
                    all.extend(read.into_iter().filter(says).map(|it| (n + 1, it)));
                }
                Err(found) => faults.push(found),
            }
        }
        all
    }
}

impl super::BlockFields {
    /// Without letters that hide what a text says.
    fn clean(&self) -> Self {
        let clean =
            |it: &str| Prose::parse(it).map(|it| it.as_str().to_owned()).unwrap_or_default();
        Self { text: clean(&self.text), more: clean(&self.more), ..self.clone() }
    }
}

impl DetailFields {
    fn read(&self, kind: Kind, faults: &mut Vec<Fault>) -> Details {
        match kind {
            Kind::Document => self.document(faults).map_or(Details::None, Details::Document),
            Kind::Event => self.event(faults).map_or(Details::None, Details::Event),
            Kind::Consultation => {
                self.consultation(faults).map_or(Details::None, Details::Consultation)
            }
            Kind::Article | Kind::Page | Kind::Notice => Details::None,
        }
    }

    fn document(&self, faults: &mut Vec<Fault>) -> Option<DocumentDetails> {
        let number = line("so", "số, ký hiệu", &self.number, (60, true), faults);
        let kind = self.kind.trim().to_owned();
        if label_in(&DOCUMENT_KINDS, &kind).is_empty() {
            fault(faults, "loai-van-ban", "Chọn loại văn bản.");
        }
        let issuer = line("noi-ban-hanh", "cơ quan ban hành", &self.issuer, (200, true), faults);
        let signer = line("nguoi-ky", "người ký", &self.signer, (100, false), faults);
        let field = self.field.trim().to_owned();
        if !field.is_empty() && label_in(&DOCUMENT_FIELDS, &field).is_empty() {
            fault(faults, "linh-vuc", "Chọn lĩnh vực trong danh sách.");
        }
        let issued_on = day("ngay-ban-hanh", "ngày ban hành", &self.issued_on, faults);
        let effective_on = match self.effective_on.trim() {
            "" => issued_on,
            typed => day("ngay-hieu-luc", "ngày có hiệu lực", typed, faults),
        };
        let expires_on = match self.expires_on.trim() {
            "" => None,
            typed => day("ngay-het-hieu-luc", "ngày hết hiệu lực", typed, faults),
        };
        if let (Some(from), Some(to)) = (effective_on, expires_on)
            && to <= from
        {
            fault(faults, "ngay-het-hieu-luc", "Chọn ngày hết hiệu lực sau ngày có hiệu lực.");
        }
        let replaces =
            line("thay-the", "số văn bản được thay thế", &self.replaces, (60, false), faults);
        let directive = match self.directive.trim() {
            "" => None,
            typed => {
                // People paste the address of the page.
                let id = typed.rsplit('/').next().and_then(|it| it.parse().ok());
                if id.is_none() {
                    fault(
                        faults,
                        "chi-dao",
                        "Dán địa chỉ trang chỉ đạo, dạng /chi-dao/…, hoặc để trống.",
                    );
                }
                id
            }
        };
        let (issued_on, effective_on) = (issued_on?, effective_on?);
        Some(DocumentDetails {
            number,
            kind,
            issuer,
            signer,
            field,
            issued_on,
            effective_on,
            expires_on,
            replaces,
            directive,
        })
    }

    fn event(&self, faults: &mut Vec<Fault>) -> Option<EventDetails> {
        let starts_at = moment("bat-dau", "lúc bắt đầu", &self.starts_at, faults);
        let ends_at = match self.ends_at.trim() {
            "" => None,
            typed => moment("ket-thuc", "lúc kết thúc", typed, faults),
        };
        if let (Some(from), Some(to)) = (starts_at, ends_at)
            && to < from
        {
            fault(faults, "ket-thuc", "Chọn lúc kết thúc sau lúc bắt đầu.");
        }
        let place = line("dia-diem", "địa điểm", &self.place, (200, true), faults);
        Some(EventDetails { starts_at: starts_at?, ends_at, place })
    }

    fn consultation(&self, faults: &mut Vec<Fault>) -> Option<ConsultationDetails> {
        let opens_on = day("mo", "ngày mở", &self.opens_on, faults);
        let closes_on = day("dong", "ngày đóng", &self.closes_on, faults);
        if let (Some(from), Some(to)) = (opens_on, closes_on)
            && to < from
        {
            fault(faults, "dong", "Chọn ngày đóng không trước ngày mở.");
        }
        Some(ConsultationDetails { opens_on: opens_on?, closes_on: closes_on? })
    }
}

/// Whether `word` may be the mark of a block.
fn is_mark(word: &str) -> bool {
    (1..=16).contains(&word.len()) && word.bytes().all(|it| it.is_ascii_alphanumeric())
}

fn fault(faults: &mut Vec<Fault>, field: &str, words: &str) {
    faults.push((field.to_owned(), words.to_owned()));
}

/// The line typed as `label`, at most so many letters; whether it must be there.
pub(crate) fn line(
    field: &str,
    label: &str,
    typed: &str,
    (most, is_needed): (usize, bool),
    faults: &mut Vec<Fault>,
) -> String {
    match Line::parse(typed) {
        Ok(it) if it.as_str().chars().count() <= most => it.as_str().to_owned(),
        Err(TextError::Empty) if !is_needed => String::new(),
        Err(TextError::Empty) => {
            fault(faults, field, &format!("Nhập {label}."));
            String::new()
        }
        Ok(_) | Err(TextError::TooLong { .. }) => {
            fault(faults, field, &format!("Rút gọn {label} còn tối đa {most} ký tự."));
            String::new()
        }
    }
}

/// The text typed as `label`, at most so many letters, or empty.
pub(crate) fn prose(
    field: &str,
    label: &str,
    typed: &str,
    most: usize,
    faults: &mut Vec<Fault>,
) -> String {
    match Prose::parse(typed) {
        Ok(it) if it.as_str().chars().count() <= most => it.as_str().to_owned(),
        Err(TextError::Empty) => String::new(),
        Ok(_) | Err(TextError::TooLong { .. }) => {
            fault(faults, field, &format!("Rút gọn {label} còn tối đa {most} ký tự."));
            String::new()
        }
    }
}

fn day(field: &str, label: &str, typed: &str, faults: &mut Vec<Fault>) -> Option<NaiveDate> {
    let found = NaiveDate::from_str(typed.trim()).ok().filter(is_sane);
    if found.is_none() {
        fault(faults, field, &format!("Chọn {label}."));
    }
    found
}

/// The moment typed as `label`, on the clock of Viet Nam.
pub(crate) fn moment(
    field: &str,
    label: &str,
    typed: &str,
    faults: &mut Vec<Fault>,
) -> Option<NaiveDateTime> {
    let typed = typed.trim();
    let found = NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M:%S"));
    let found = found.ok().filter(|it| is_sane(&it.date()));
    if found.is_none() {
        fault(faults, field, &format!("Chọn {label}."));
    }
    found
}

/// Documents go back to 1945; what lies beyond the century is a slip of the hand.
fn is_sane(day: &NaiveDate) -> bool {
    use chrono::Datelike;
    (1900..=2100).contains(&day.year())
}
