//! A set of phrases looked up by their first word, longest first.

use std::collections::HashMap;

use super::doc::Doc;

/// Phrases written in lower case with words and marks separated by one space.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    by_first: HashMap<&'static str, Vec<Vec<&'static str>>>,
}

impl Phrases {
    /// Reads a list with phrases separated by `|` or line ends.
    pub(crate) fn new(list: &'static str) -> Self {
        let mut by_first: HashMap<&'static str, Vec<Vec<&'static str>>> = HashMap::new();
        for phrase in list.split(['|', '\n']).map(str::trim).filter(|p| !p.is_empty()) {
            let mut words = phrase.split(' ');
            let Some(first) = words.next() else { continue };
            by_first.entry(first).or_default().push(words.collect());
        }
        for rest in by_first.values_mut() {
            rest.sort_by_key(|r| std::cmp::Reverse(r.len()));
        }
        Self { by_first }
    }

    /// The place after the longest phrase at `i`.
    pub(crate) fn longest(&self, doc: &Doc, i: usize) -> Option<usize> {
        let rests = self.by_first.get(doc.w(i))?;
        rests
            .iter()
            .find(|rest| rest.iter().enumerate().all(|(k, word)| doc.w(i + 1 + k) == *word))
            .map(|rest| i + 1 + rest.len())
    }
}
