use super::{Word, synonyms, words};

/// Words of a question that count.
const MOST_WORDS: usize = 24;

/// Who knows the names of agencies and places.
pub trait Names {
    /// Codes of the agencies that `words` is a whole name of: a present one, a former one, a short one, that of
    /// their place. Empty when it names none, or so many that it says nothing.
    fn codes_of(&self, words: &str) -> Vec<String>;
}

/// Another way to say what some typed words say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Other {
    /// These folded words in this order.
    Words(Vec<String>),
    /// Whatever belongs to the agency with this code.
    Agency(String),
}

/// Some of the typed words that mean one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The words.
    pub words: Vec<Word>,
    /// Stood between quotation marks: the words count in their order.
    pub is_quoted: bool,
    /// Other ways to say it.
    pub others: Vec<Other>,
}

/// What is sought: every unit has to be found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// The units in the order typed.
    pub units: Vec<Unit>,
}

impl Sought {
    /// What `typed` asks for, with the names that `names` knows.
    pub fn read(typed: &str, names: &impl Names) -> Self {
        let mut units = Vec::new();
        let mut n_words = 0;
        for (n, part) in typed.split(['"', '“', '”', '„']).enumerate() {
            let mut found = words(part);
            found.truncate(MOST_WORDS - n_words.min(MOST_WORDS));
            n_words += found.len();
            if n % 2 == 1 && !found.is_empty() {
                units.push(Unit { words: found, is_quoted: true, others: Vec::new() });
            } else {
                units.extend(understood(part, &found, names));
            }
        }
        Self { units }
    }

    /// True when nothing is sought.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Every typed word, in order.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.units.iter().flat_map(|it| &it.words)
    }

    /// The folded words that are marked where they are found.
    pub fn to_mark(&self) -> Vec<String> {
        let others = self.units.iter().flat_map(|it| &it.others).flat_map(|it| match it {
            Other::Words(words) => words.clone(),
            Other::Agency(_) => Vec::new(),
        });
        let mut all: Vec<String> = self.words().map(|it| it.folded.clone()).chain(others).collect();
        all.sort();
        all.dedup();
        all
    }
}

/// `typed` in units: from the left, each time the longest run of words that says something in other ways too.
fn understood(typed: &str, found: &[Word], names: &impl Names) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut rest = found;
    while !rest.is_empty() {
        let most = rest.len().min(synonyms::LONGEST);
        let known = (1..=most).rev().find_map(|n| {
            let run = rest.get(..n)?;
            let others = others_of(typed, run, names);
            (!others.is_empty()).then_some((n, others))
        });
        let (n, others) = known.unwrap_or((1, Vec::new()));
        let (run, more) = rest.split_at(n);
        units.push(Unit { words: run.to_vec(), is_quoted: false, others });
        rest = more;
    }
    units
}

fn others_of(typed: &str, run: &[Word], names: &impl Names) -> Vec<Other> {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return Vec::new() };
    let raw = typed.get(first.start..last.end).unwrap_or_default();
    let is_capital = !raw.chars().any(char::is_lowercase);
    let folded: Vec<&str> = run.iter().map(|it| it.folded.as_str()).collect();
    let said = synonyms::others(&folded.join(" "), is_capital).into_iter().map(Other::Words);
    // A single short word names too much: every second hamlet is called so.
    let may_name = run.len() > 1 || raw.chars().count() > 2;
    let codes = if may_name { names.codes_of(raw) } else { Vec::new() };
    said.chain(codes.into_iter().map(Other::Agency)).collect()
}
