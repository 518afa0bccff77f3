//! Texts that are put together: labels, counts, names, sentences side by side.

use crate::catalogue::Catalogue;
use crate::grammar;
use crate::turn::Turn;

impl Catalogue {
    /// A label and how many or how much of it there is, on either side.
    fn counted(&self, text: &str, turn: Turn<'_>) -> Option<String> {
        let is_number = |it: &str| {
            it.starts_with(|it: char| it.is_ascii_digit())
                && it.ends_with(|it: char| it.is_ascii_digit() || it == '%')
                && !it.contains(char::is_alphabetic)
        };
        let number = |it: &str| grammar::number(it).unwrap_or_else(|| it.to_owned());
        if let Some((label, n)) = text.rsplit_once(' ').filter(|it| is_number(it.1)) {
            return Some(format!("{} {}", self.deep(label, turn)?, number(n)));
        }
        let (n, label) = text.split_once(' ').filter(|it| is_number(it.0))?;
        let label = self.whole.get(label)?;
        Some(format!(
            "{} {}",
            number(n),
            if n == "1" { label.clone() } else { grammar::several(label) }
        ))
    }

    /// Two that are put side by side, both known.
    pub(crate) fn both_sides(&self, text: &str, turn: Turn<'_>) -> Option<String> {
        let turn = turn.next()?;
        [": ", " – ", "; "].into_iter().find_map(|mark| {
            let (before, after) = text.split_once(mark)?;
            let (head, tail) = (self.deep(before, turn)?, self.deep(after, turn)?);
            Some(format!("{head}{mark}{tail}"))
        })
    }

    /// Phrases put side by side: each that is known is said, when all of them are or the rest are names.
    pub(crate) fn by_parts(&self, text: &str, turn: Turn<'_>) -> Option<String> {
        let turn = turn.next()?;
        self.marked(text, turn)
            .or_else(|| self.counted(text, turn))
            .or_else(|| self.in_a_row(text, turn))
            .or_else(|| self.with_brackets(text, turn))
            .or_else(|| self.one_after_the_other(text, turn))
    }

    /// With the mark of a list before it, or one that ends a line after it.
    fn marked(&self, text: &str, turn: Turn<'_>) -> Option<String> {
        if let Some((mark, rest)) = text.split_once(' ').filter(|it| is_mark(it.0)) {
            return Some(format!("{mark} {}", self.deep(rest, turn)?));
        }
        let label = text.strip_suffix(['.', ':', ',', ';'])?;
        Some(self.deep(label, turn)? + text.get(label.len()..)?)
    }

    /// With dots between.
    fn in_a_row(&self, text: &str, turn: Turn<'_>) -> Option<String> {
        let parts: Vec<&str> = text.split(" · ").collect();
        if parts.len() < 2 {
            return None;
        }
        let said: Vec<_> = parts.iter().map(|it| self.deep(it, turn)).collect();
        if said.iter().all(Option::is_none) {
            return None;
        }
        let each = said.into_iter().zip(&parts);
        let each = each.map(|(said, part)| said.unwrap_or_else(|| (*part).to_owned()));
        Some(each.collect::<Vec<_>>().join(" · "))
    }

    /// With something in brackets behind.
    fn with_brackets(&self, text: &str, turn: Turn<'_>) -> Option<String> {
        let (before, inside) = text.strip_suffix(')')?.rsplit_once(" (")?;
        let (head, within) = (self.deep(before, turn), self.deep(inside, turn));
        let may_stay = !before.contains(char::is_alphabetic) || is_name(before);
        match (head, within) {
            (Some(head), within) => {
                Some(format!("{head} ({})", within.unwrap_or_else(|| inside.to_owned())))
            }
            (None, Some(within)) if may_stay => Some(format!("{before} ({within})")),
            _ => None,
        }
    }

    /// Sentences, and members of a sentence.
    fn one_after_the_other(&self, text: &str, turn: Turn<'_>) -> Option<String> {
        // Of these the tail may be anything; of the others both must be known.
        const LOOSE: [&str; 2] = [" – ", ": "];
        for mark in [" – ", ": ", ". ", "; ", ", "] {
            let Some((before, after)) = text.split_once(mark) else { continue };
            let is_loose = LOOSE.contains(&mark);
            // A sentence keeps its full stop.
            let (head, between) =
                if mark == ". " { (format!("{before}."), " ") } else { (before.to_owned(), mark) };
            let tail = || {
                let is_wordless = !after.contains(char::is_alphabetic);
                self.deep(after, turn).or_else(|| is_wordless.then(|| after.to_owned()))
            };
            match self.deep(&head, turn) {
                Some(head) => match tail() {
                    Some(tail) => return Some(format!("{head}{between}{tail}")),
                    None if is_loose => return Some(format!("{head}{between}{after}")),
                    None => {}
                },
                // What belongs to somebody or to a place is said after its name.
                None if is_loose && is_name(before) => {
                    return Some(format!("{before}{mark}{}", tail()?));
                }
                None => {}
            }
        }
        None
    }
}

/// What stands before a line of a list.
fn is_mark(word: &str) -> bool {
    let n = word.strip_suffix('.').unwrap_or_default();
    word == "·" || (!n.is_empty() && n.bytes().all(|it| it.is_ascii_digit()))
}

/// A name of a few words.
fn is_name(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
        && text.split(' ').count() <= 8
        && !text.contains(['.', ','])
}
