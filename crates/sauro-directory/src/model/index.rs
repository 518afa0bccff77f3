//! Finding agencies by names, however they are typed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sauro_kernel::fold;

/// Names and words, each with the places of the agencies that have them.
#[derive(Debug, Default)]
pub(super) struct NameIndex {
    names: HashMap<String, Vec<usize>>,
    /// A prefix is a range.
    words: BTreeMap<String, Vec<usize>>,
}

/// Most agencies taken from one prefix of former names.
const FORMER: usize = 60;

/// Former names, each with who took over and what to say.
#[derive(Debug, Default)]
pub(super) struct FormerIndex(BTreeMap<String, Vec<(usize, String)>>);

impl NameIndex {
    /// Adds the [`plain`] names of the agency at place `n`. Places must come in rising order.
    pub(super) fn add(&mut self, n: usize, names: impl IntoIterator<Item = String>) {
        for name in names {
            if name.is_empty() {
                continue;
            }
            let key = shortened(&name);
            self.add_words(n, &name);
            if key != name {
                self.add_words(n, &key);
            }
            push(self.names.entry(key).or_default(), n);
        }
    }

    fn add_words(&mut self, n: usize, name: &str) {
        for word in name.split(' ') {
            match self.words.get_mut(word) {
                Some(agencies) => push(agencies, n),
                None => {
                    self.words.insert(word.to_owned(), vec![n]);
                }
            }
        }
    }

    /// Those one of whose whole names is `words`.
    pub(super) fn named(&self, words: &str) -> &[usize] {
        self.names.get(&key(words)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Those that have every word of `words` at the start of one of theirs.
    pub(super) fn with_words(&self, words: &str) -> BTreeSet<usize> {
        let (plain, key) = (plain(words), key(words));
        let mut found = self.with_all(&plain);
        if key != plain {
            found.extend(self.with_all(&key));
        }
        found
    }

    fn with_all(&self, key: &str) -> BTreeSet<usize> {
        let mut common: Option<BTreeSet<usize>> = None;
        // The longest word leaves the fewest to compare.
        let mut words: Vec<&str> = key.split(' ').filter(|it| !it.is_empty()).collect();
        words.sort_by_key(|it| std::cmp::Reverse(it.len()));
        for word in words.into_iter().take(20) {
            let hits = self
                .words
                .range(word.to_owned()..)
                .take_while(|(it, _)| it.starts_with(word))
                .flat_map(|(_, agencies)| agencies.iter().copied());
            common = Some(match common {
                Some(before) => hits.filter(|n| before.contains(n)).collect(),
                None => hits.collect(),
            });
        }
        common.unwrap_or_default()
    }
}

impl FormerIndex {
    /// Remembers that `name` now leads to the agency at place `n`, with a remark.
    pub(super) fn add(&mut self, name: &str, n: usize, note: &str) {
        let key = key(name);
        if !key.is_empty() {
            self.0.entry(key).or_default().push((n, note.to_owned()));
        }
    }

    /// Those that took over from what was called `words`.
    pub(super) fn named(&self, words: &str) -> &[(usize, String)] {
        self.0.get(&key(words)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Some of those that took over from something whose name begins with `words`.
    pub(super) fn beginning(&self, words: &str) -> impl Iterator<Item = &(usize, String)> {
        let key = key(words);
        let is_enough = key.chars().count() >= 3;
        self.0
            .range(key.clone()..)
            .take_while(move |(it, _)| is_enough && it.starts_with(&key))
            .flat_map(|(_, all)| all)
            .take(FORMER)
    }
}

fn push(all: &mut Vec<usize>, n: usize) {
    if all.last() != Some(&n) {
        all.push(n);
    }
}

/// The words of `text` without marks, dashes and apostrophes: `Ea H’Leo` and `Ea HLeo` are one,
/// `Phan Rang - Tháp Chàm` and `Phan Rang-Tháp Chàm` are one.
pub(super) fn plain(text: &str) -> String {
    let is_bare = |c: char| !matches!(c, '-' | '–' | '_') && !is_apostrophe(c);
    if text.chars().all(is_bare) {
        return fold(text);
    }
    let text: String = text
        .chars()
        .filter(|c| !is_apostrophe(*c))
        .map(|c| if is_bare(c) { c } else { ' ' })
        .collect();
    fold(&text)
}

/// [`plain`], and with the parts around an apostrophe as words when there is one: `ea h leo`.
pub(super) fn plains(text: &str) -> Vec<String> {
    let mut all = vec![plain(text)];
    if text.contains(is_apostrophe) {
        all.push(fold(text));
    }
    all
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ')
}

/// The key of a whole name.
pub(super) fn key(text: &str) -> String {
    shortened(&plain(text))
}

/// A plain name with one spelling for `y`/`i` at the end of a syllable (Quy Nhơn, Qui Nhơn), and
/// one for what is often shortened.
fn shortened(plain: &str) -> String {
    let mut key = String::with_capacity(plain.len());
    let mut words = plain.split(' ').peekable();
    while let Some(word) = words.next() {
        if !key.is_empty() {
            key.push(' ');
        }
        if matches!(word, "uy" | "ui") && is_next(words.clone(), &["ban", "nhan", "dan"]) {
            words.nth(2);
            key.push_str("ubnd");
        } else if word == "thanh" && is_next(words.clone(), &["pho"]) {
            words.next();
            key.push_str("tp");
        } else if let Some(front) = word.strip_suffix('y')
            && (front == "qu" || front.ends_with(['h', 'k', 'l', 'm', 's', 't']))
        {
            key.push_str(front);
            key.push('i');
        } else {
            key.push_str(word);
        }
    }
    key
}

fn is_next<'a>(words: impl Iterator<Item = &'a str>, wanted: &[&str]) -> bool {
    words.take(wanted.len()).eq(wanted.iter().copied())
}
