//! The work in the words of the text, without who, with whom and when.

use super::{
    Raw, Reader,
    lexicon::{ADVERBS, VERBS},
};

const OPENING: [&str; 11] = [
    ",",
    "có trách nhiệm",
    "được giao",
    "được yêu cầu",
    "phải",
    "cần",
    "khẩn trương",
    ":",
    "\"",
    "làm chủ trì",
    "và",
];

/// Words that say only that it is to be done, when nothing but the deadline came after them.
const DANGLING: [&str; 12] = [
    "thực hiện xong",
    "hoàn thành",
    "hoàn thành xong",
    "hoàn tất",
    "thực hiện",
    "cập nhật",
    "xong",
    "thời hạn",
    "thời hạn hoàn thành",
    "thời gian hoàn thành",
    "việc này hoàn thành",
    "và hoàn thành",
];

const COOPERATION: [&str; 7] = [
    "chủ trì , phối hợp với",
    "chủ trì phối hợp với",
    "chủ trì , phối hợp cùng",
    "chủ trì , cùng",
    "chủ trì cùng",
    "phối hợp với",
    "phối hợp cùng",
];

impl Reader<'_> {
    /// The work as one line.
    pub(super) fn action(&self, raw: &Raw) -> String {
        let from = self.action_from(raw);
        let to = self.action_to(raw, from);
        let text = self.doc.words(from, to);
        let mut chars = text.chars();
        chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
    }

    fn action_from(&self, raw: &Raw) -> usize {
        let mut from = raw.work.clamp(raw.from, raw.to);
        loop {
            let opening = self.doc.any(from, &OPENING).or_else(|| self.after_cooperation(from));
            match opening.filter(|after| *after < raw.to) {
                Some(after) => from = after,
                None => return from,
            }
        }
    }

    /// "chủ trì, phối hợp với Bộ A và Bộ B": where the work after it begins.
    fn after_cooperation(&self, from: usize) -> Option<usize> {
        let names = self.doc.any(from, &COOPERATION)?;
        let end = self.g.actors_at(self.doc, names, &self.naming(&[]), false)?.end;
        let end = self.doc.any(end, &[","]).unwrap_or(end);
        (self.doc.of(end, &VERBS).is_some() || self.doc.of(end, &ADVERBS).is_some()).then_some(end)
    }

    fn action_to(&self, raw: &Raw, from: usize) -> usize {
        let mut to = raw.to;
        loop {
            let before = to;
            while to > from
                && matches!(self.doc.before(to), "." | ";" | "," | "./." | ":" | "\"" | ")" | "và")
                && !(self.doc.before(to) == ")" && (from..to).any(|k| self.doc.w(k) == "("))
            {
                to -= 1;
            }
            if let Some(hit) = raw.hits.iter().find(|h| h.to == to && h.from > from) {
                to = self.without_dangling(from, hit.from);
            }
            if to == before {
                return to;
            }
        }
    }

    /// "…, thực hiện xong [trước ngày D]" → "…".
    fn without_dangling(&self, from: usize, to: usize) -> usize {
        let chunk = (from + 1..to)
            .rev()
            .find(|k| matches!(self.doc.w(*k - 1), "," | ";" | "." | "và"))
            .filter(|k| DANGLING.iter().any(|d| self.doc.at(*k, d) == Some(to)));
        let mut end = chunk.unwrap_or(to);
        while end > from + 1
            && (matches!(self.doc.before(end), "," | ";" | "xong")
                || self.doc.before(end) == "thành" && self.doc.before(end - 1) == "hoàn"
                || self.doc.before(end) == "hoàn")
        {
            end -= 1;
        }
        end
    }
}
