use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{TantivyDocument, Term};

use super::query::Clause;
use super::{IndexError, SearchIndex};
use crate::model::{DocKey, words};

/// Letters of the last word from which on it is completed.
const LEAST_LETTERS: usize = 2;

/// Words that are looked at.
const MOST_WORDS: usize = 12;

/// A thing that may be meant: its key, title and address.
type Offer = (DocKey, String, String);

impl SearchIndex {
    /// Things whose title has every word of `typed`, the last one begun: key, title, address; at most `limit`.
    ///
    /// # Errors
    ///
    /// [`IndexError`] when the index cannot be read.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<Offer>, IndexError> {
        self.heed(self.offers(typed, limit))
    }

    fn offers(&self, typed: &str, limit: usize) -> Result<Vec<Offer>, IndexError> {
        let mut typed = words(typed);
        typed.truncate(MOST_WORDS);
        let Some((last, whole)) = typed.split_last() else { return Ok(Vec::new()) };
        if limit == 0 || whole.is_empty() && last.folded.chars().count() < LEAST_LETTERS {
            return Ok(Vec::new());
        }
        let fields = &self.0.fields;
        let word = |field, text: &str| -> Box<dyn Query> {
            let term = Term::from_field_text(field, text);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        let mut clauses: Vec<Clause> = Vec::new();
        for it in whole {
            clauses.push((Occur::Must, word(fields.title, &it.folded)));
            clauses.push((Occur::Should, word(fields.title_exact, &it.exact)));
        }
        let begun = Term::from_field_text(fields.title, &last.folded);
        clauses.push((Occur::Must, Box::new(FuzzyTermQuery::new_prefix(begun, 0, true))));
        clauses.push((Occur::Should, word(fields.title, &last.folded)));
        clauses.push((Occur::Should, word(fields.title_exact, &last.exact)));
        for (one, other) in typed.iter().zip(typed.iter().skip(1)) {
            let pair = format!("={}", super::document::pair(&one.folded, &other.folded));
            let lifted = BoostQuery::new(word(fields.pairs, &pair), 2.0);
            clauses.push((Occur::Should, Box::new(lifted)));
        }
        let searcher = self.searcher();
        let top = TopDocs::with_limit(limit).order_by_score();
        let mut found = Vec::with_capacity(limit);
        for (_, place) in searcher.search(&BooleanQuery::new(clauses), &top)? {
            let (key, kept) = self.shown(&searcher.doc::<TantivyDocument>(place)?)?;
            found.push((key, kept.title, kept.address));
        }
        Ok(found)
    }
}
