//! Phrases and their English.

use std::cell::Cell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Cursor;
use std::sync::LazyLock;

use crate::grammar;
use crate::pattern::{Pattern, PatternError};
use crate::prose::{self, Standing};
use crate::turn::Turn;

/// Bytes of the longest text that is taken to pieces.
const LONGEST: usize = 1_200;

/// Phrases of one language.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub(crate) whole: HashMap<String, String>,
    by_first: HashMap<String, Vec<Pattern>>,
    by_last: HashMap<String, Vec<Pattern>>,
    loose: Vec<Pattern>,
    mark: u64,
}

/// Why a catalogue cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// It is not in the format of GNU gettext.
    #[error("catalogue {name}: {why}")]
    Format {
        /// Which one.
        name: &'static str,
        /// What the reader of the format says.
        why: String,
    },
    /// A phrase and its English do not go together.
    #[error("catalogue {name}, phrase {phrase:?}: {source}")]
    Phrase {
        /// Which one.
        name: &'static str,
        /// The Vietnamese.
        phrase: String,
        /// What is wrong.
        source: PatternError,
    },
}

/// The English of the product. It is read once, when the first page needs it.
pub fn english() -> &'static Catalogue {
    static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| match Catalogue::shipped() {
        Ok(it) => it,
        // A test reads what is shipped, so that nobody meets this; pages stay Vietnamese.
        Err(err) => {
            tracing::error!(error = %err, "the English catalogue cannot be read");
            Catalogue::default()
        }
    });
    &ENGLISH
}

impl Catalogue {
    /// What is shipped.
    ///
    /// # Errors
    ///
    /// [`CatalogueError`] when one of the files is damaged.
    pub fn shipped() -> Result<Self, CatalogueError> {
        Self::read(include!("files.rs"))
    }

    /// The phrases of `files`, each with its name. Of a phrase that stands twice the first is taken.
    ///
    /// # Errors
    ///
    /// [`CatalogueError`] when one of them is damaged.
    pub fn read(files: &[(&'static str, &str)]) -> Result<Self, CatalogueError> {
        let mut it = Self::default();
        for (name, text) in files {
            let read = polib::po_file::parse_from_reader(Cursor::new(text.as_bytes()));
            let messages =
                read.map_err(|err| CatalogueError::Format { name, why: format!("{err:?}") })?;
            it.mark = it.mark.rotate_left(7) ^ mark_of(text);
            for message in messages.messages() {
                let said = message.msgstr().unwrap_or_default();
                let wrong = |source| CatalogueError::Phrase {
                    name,
                    phrase: message.msgid().to_owned(),
                    source,
                };
                it.add(message.msgid(), said).map_err(wrong)?;
            }
        }
        Ok(it)
    }

    fn add(&mut self, phrase: &str, said: &str) -> Result<(), PatternError> {
        if phrase.is_empty() || said.is_empty() {
            return Ok(());
        }
        let Some(pattern) = Pattern::read(phrase, said)? else {
            self.whole.entry(phrase.to_owned()).or_insert_with(|| said.to_owned());
            return Ok(());
        };
        let shelf = if let Some(word) = pattern.first_word() {
            self.by_first.entry(word.to_owned()).or_default()
        } else if let Some(word) = pattern.last_word() {
            self.by_last.entry(word.to_owned()).or_default()
        } else {
            &mut self.loose
        };
        if !shelf.contains(&pattern) {
            shelf.push(pattern);
        }
        Ok(())
    }

    /// A mark of everything that is said: another one once something is said otherwise.
    pub fn mark(&self) -> u64 {
        self.mark
    }

    /// How many phrases there are.
    pub fn len(&self) -> usize {
        let shelves = self.by_first.values().chain(self.by_last.values());
        self.whole.len() + shelves.map(Vec::len).sum::<usize>() + self.loose.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `text` in English, with its spaces in front and behind; none when it is not known.
    pub fn said(&self, text: &str) -> Option<String> {
        let bare = text.trim();
        let line = one_line(bare);
        // No sentence of a screen is so long; what is, somebody wrote.
        let said = match line.len() {
            ..=LONGEST => self.deep(&line, Turn::first(&Cell::new(0)))?,
            _ => self.whole.get(&line).cloned()?,
        };
        let (before, after) = text.split_once(bare)?;
        Some(format!("{before}{said}{after}"))
    }

    pub(crate) fn deep(&self, text: &str, turn: Turn<'_>) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        grammar::number(text)
            .or_else(|| self.whole.get(text).cloned())
            .or_else(|| self.lowered(text))
            .or_else(|| self.both_sides(text, turn))
            .or_else(|| self.by_pattern(text, turn))
            .or_else(|| self.by_parts(text, turn))
    }

    /// A label in the middle of a sentence begins small.
    fn lowered(&self, text: &str) -> Option<String> {
        let first = text.chars().next().filter(|it| it.is_lowercase())?;
        let rest = text.get(first.len_utf8()..)?;
        let label = first.to_uppercase().chain(rest.chars()).collect::<String>();
        let said = self.whole.get(&label)?;
        let mut letters = said.chars();
        let first = letters.next()?;
        // An abbreviation stays as it is.
        let is_word = letters.clone().next().is_none_or(|it| !it.is_uppercase());
        is_word.then(|| first.to_lowercase().chain(letters).collect())
    }

    fn by_pattern(&self, text: &str, turn: Turn<'_>) -> Option<String> {
        let turn = turn.next()?;
        let first = text.split(' ').next().and_then(|it| self.by_first.get(it));
        let last = text.rsplit(' ').next().and_then(|it| self.by_last.get(it));
        let shelves = [first, last].into_iter().flatten().flatten().chain(&self.loose);
        let mut found: Vec<_> = shelves.filter_map(|it| Some((it, it.holes(text)?))).collect();
        // Of several that fit, the one with most letters of its own is meant.
        found.sort_by_key(|(it, _)| std::cmp::Reverse(it.weight()));
        found.into_iter().find_map(|(pattern, holes)| self.filled(pattern, &holes, (text, turn)))
    }

    /// `pattern` with what stands in its `holes`; none when that is somebody's prose, that has its words by chance.
    fn filled(
        &self,
        pattern: &Pattern,
        holes: &[&str],
        (text, turn): (&str, Turn<'_>),
    ) -> Option<String> {
        let say = |(n, hole): (usize, &&str)| match pattern.is_quoted(n) {
            // Quoted words stay as somebody wrote them, unless they are all that a button says.
            true => Some(self.whole.get(*hole).cloned().unwrap_or_else(|| (*hole).to_owned())),
            false => Some(hole.replace(hole.trim(), &self.deep(hole.trim(), turn)?)),
        };
        let said: Vec<Option<String>> = holes.iter().enumerate().map(say).collect();
        let weight = pattern.weight();
        let may_stand = |(n, hole): (usize, &&str)| {
            let is_first = n == 0 && text.starts_with(*hole);
            let standing = Standing { is_first, is_only: holes.len() == 1, n_letters: weight };
            said.get(n).is_some_and(Option::is_some) || prose::may_stand(hole, standing)
        };
        if !holes.iter().enumerate().all(may_stand) {
            return None;
        }
        let each = said.into_iter().zip(holes);
        let each: Vec<String> =
            each.map(|(it, hole)| it.unwrap_or_else(|| (*hole).to_owned())).collect();
        Some(pattern.said(holes, &each))
    }
}

fn mark_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Breaks of lines and runs of spaces are one space on a page.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: &str = r#"
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nLanguage: en\n"

msgid "Trang chủ"
msgstr "Home"

msgid "Giao thông"
msgstr "Transport"

msgid "Đã giải quyết"
msgstr "Solved"

msgid "Gửi lúc {at} đến {agency}"
msgstr "Sent to {agency} at {at}"

msgid "{n} nhiệm vụ quá hạn"
msgstr "{n} tasks are overdue"

msgid "Từ {} đến {}"
msgstr "From {} to {}"

msgid "xã"
msgstr "commune"

msgid "Lời văn gốc: “{}”"
msgstr "Original wording: “{}”"

msgid "{} trên {}"
msgstr "{} out of {}"

msgid "Dự thảo {}"
msgstr "Draft {}"

msgid "Chọn ngày."
msgstr "Choose a day."

msgid "Ngày sai."
msgstr "The day is wrong."
"#;

    fn some() -> Catalogue {
        Catalogue::read(&[("some", SOME)]).unwrap()
    }

    #[test]
    fn a_phrase_is_found_whole_with_holes_small_and_side_by_side() {
        let it = some();
        for (vi, en) in [
            (" Trang chủ\n", " Home\n"),
            ("trang chủ", "home"),
            ("Gửi lúc 09:00 đến Xã Năm Căn", "Sent to Xã Năm Căn at 09:00"),
            ("1.234 nhiệm vụ quá hạn", "1,234 tasks are overdue"),
            ("1 nhiệm vụ quá hạn", "1 task is overdue"),
            ("Giao thông · Xã Năm Căn", "Transport · Xã Năm Căn"),
            ("Giao thông: đã giải quyết", "Transport: solved"),
            ("Ngày sai. Chọn ngày.", "The day is wrong. Choose a day."),
            ("Từ 06:00 đến 09:00", "From 06:00 to 09:00"),
            (
                "Từ Ủy ban nhân dân xã Năm Căn đến Sở Nội vụ",
                "From Ủy ban nhân dân xã Năm Căn to Sở Nội vụ",
            ),
            ("Lời văn gốc: “Trang chủ”", "Original wording: “Home”"),
            ("Lời văn gốc: “Gửi lúc 9 đến Xã A”", "Original wording: “Gửi lúc 9 đến Xã A”"),
            ("· 66,5%", "· 66.5%"),
            ("Quảng Ngãi: 62,5%", "Quảng Ngãi: 62.5%"),
            ("Giao thông 74,4% · Đã giải quyết 7", "Transport 74.4% · Solved 7"),
            ("Giao thông, 01/12/2026", "Transport, 01/12/2026"),
            ("12 xã", "12 communes"),
            ("Đã giải quyết; 1 nhiệm vụ quá hạn", "Solved; 1 task is overdue"),
            ("1. Trang chủ", "1. Home"),
            ("12 xã (Đã giải quyết, 01/12/2026)", "12 communes (Solved, 01/12/2026)"),
            ("Xã Năm Căn: Trang chủ", "Xã Năm Căn: Home"),
        ] {
            assert_eq!(it.said(vi).as_deref(), Some(en));
        }
        let prose = [
            "Đưa sóng di động đến 12 ấp ven biển Cà Mau",
            "Theo dõi, đôn đốc, kiểm tra trên hệ thống, dựa trên dữ liệu",
            "Nhiệm vụ trên Hệ thống giám sát của tỉnh đã hoàn thành",
            "Dự thảo quy chế chia sẻ dữ liệu giữa xã, tỉnh và trung ương",
        ];
        for it_is_not in prose {
            assert_eq!(it.said(it_is_not), None, "{it_is_not}");
        }
        for it_is_not in [
            "",
            "Đường bị hỏng",
            "Trang chủ bị hỏng",
            "Xã Năm Căn · Ấp 1",
            "57-NQ/TW",
            "Từ 6 giờ đến 9 giờ mất sóng. Gọi qua đài xã.",
        ] {
            assert_eq!(it.said(it_is_not), None, "{it_is_not}");
        }
    }

    #[test]
    fn a_text_that_could_be_taken_to_pieces_for_ever_is_left_soon() {
        let it = some();
        let nasty =
            ["Trang chủ – ", "Trang chủ: ", "Trang chủ; ", "Trang chủ. ", "Trang chủ, "].concat();
        for n in 1..20 {
            // Whatever comes of it, it comes.
            it.said(&(nasty.repeat(n) + "Đường hỏng"));
        }
        assert_eq!(it.said(&"Đường hỏng: ".repeat(200)), None);
    }

    #[test]
    fn a_file_that_is_damaged_is_told_by_its_name() {
        let head = SOME.split("msgid \"Trang").next().unwrap_or_default();
        let holes = format!("{head}msgid \"{{a}} của {{b}}\"\nmsgstr \"{{a}}\"\n");
        let err = Catalogue::read(&[("tasks", &holes)]).unwrap_err().to_string();
        assert!(err.contains("tasks") && err.contains("{a} của {b}"), "{err}");
    }

    #[test]
    fn what_is_shipped_can_be_read() {
        assert!(Catalogue::shipped().unwrap().len() > 1_000);
    }
}
