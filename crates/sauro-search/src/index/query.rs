//! From what is sought to what the engine is asked.
//!
//! A thing is found when each unit stands in it, whatever the marks. What stands with the same marks, in the
//! title, or beside each other as it was typed comes above.

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::IndexError;
use super::document::pair;
use super::schema::Fields;
use crate::model::{Asked, DocKey, Kind, Other, Sought, Unit, Word};

/// Above a word anywhere: with the same marks, in the title, in the title with the same marks.
const EXACT: f32 = 1.0;
const TITLE: f32 = 1.5;
const TITLE_EXACT: f32 = 1.5;

/// Above words anywhere: beside each other, and beside each other in the title.
const PAIR: f32 = 1.5;
const TITLE_PAIR: f32 = 2.0;

/// What belongs to an agency that was named, and the agency itself: whoever types a name means it first.
const AGENCY: f32 = 4.0;
const NAMED: f32 = 40.0;

/// Another way to say it counts a little less than what was typed.
const OTHER: f32 = 0.8;

/// Letters from which on a word that stands nowhere may be a slip of the hand.
const SLIP: usize = 3;

pub(super) type Clause = (Occur, Box<dyn Query>);

/// Makes queries of one question.
pub(super) struct Builder<'a> {
    pub(super) fields: &'a Fields,
    pub(super) searcher: &'a Searcher,
}

impl Builder<'_> {
    /// What has every unit.
    pub(super) fn strict(
        &self,
        sought: &Sought,
        asked: &Asked,
    ) -> Result<BooleanQuery, IndexError> {
        let mut clauses = self.filters(asked);
        for unit in &sought.units {
            clauses.push((Occur::Must, self.unit(unit)?));
        }
        self.rank(sought, &mut clauses);
        Ok(BooleanQuery::new(clauses))
    }

    /// What has most of the units, but not all.
    pub(super) fn loose(&self, sought: &Sought, asked: &Asked) -> Result<BooleanQuery, IndexError> {
        let (mut any, mut all) = (Vec::new(), Vec::new());
        for unit in &sought.units {
            any.push(self.unit(unit)?);
            all.push((Occur::Must, self.unit(unit)?));
        }
        let least = (any.len() * 3).div_ceil(5).max(1);
        let most = BooleanQuery::union_with_minimum_required_clauses(any, least);
        let mut clauses = self.filters(asked);
        clauses.push((Occur::Must, Box::new(most)));
        clauses.push((Occur::MustNot, Box::new(BooleanQuery::new(all))));
        self.rank(sought, &mut clauses);
        Ok(BooleanQuery::new(clauses))
    }

    /// What narrows the question, without a say in the order.
    pub(super) fn filters(&self, asked: &Asked) -> Vec<Clause> {
        let fields = self.fields;
        let mut terms = Vec::new();
        if let Some(kind) = asked.kind {
            terms.push(Term::from_field_text(fields.kind, kind.code()));
        }
        if !asked.agency.is_empty() {
            terms.push(Term::from_field_text(fields.within, &asked.agency));
        }
        if !asked.field.is_empty() {
            terms.push(Term::from_field_text(fields.field, &asked.field));
        }
        if let Some(year) = asked.year {
            terms.push(Term::from_field_i64(fields.year, i64::from(year)));
        }
        let silent = |it| -> Clause {
            let term = TermQuery::new(it, IndexRecordOption::Basic);
            (Occur::Must, Box::new(ConstScoreQuery::new(Box::new(term), 0.0)))
        };
        terms.into_iter().map(silent).collect()
    }

    /// Everything that passes the filters.
    pub(super) fn anything(&self, asked: &Asked) -> BooleanQuery {
        let mut clauses = self.filters(asked);
        clauses.push((Occur::Must, Box::new(AllQuery)));
        BooleanQuery::new(clauses)
    }

    /// What has `unit`, in any of its ways.
    fn unit(&self, unit: &Unit) -> Result<Box<dyn Query>, IndexError> {
        let words: Vec<&str> = unit.words.iter().map(|it| it.folded.as_str()).collect();
        if unit.is_quoted {
            return Ok(self.in_order(&words));
        }
        let mut all = Vec::with_capacity(words.len());
        for word in &words {
            all.push(self.word(word)?);
        }
        let typed: Box<dyn Query> = match all.len() {
            1 => all.swap_remove(0),
            _ => Box::new(BooleanQuery::intersection(all)),
        };
        if unit.others.is_empty() {
            return Ok(typed);
        }
        let mut ways = vec![typed];
        for other in &unit.others {
            ways.push(match other {
                Other::Words(words) => {
                    let words: Vec<&str> = words.iter().map(String::as_str).collect();
                    Box::new(BoostQuery::new(self.in_order(&words), OTHER))
                }
                Other::Agency(code) => {
                    let term = Term::from_field_text(self.fields.within, code);
                    let term = TermQuery::new(term, IndexRecordOption::Basic);
                    Box::new(ConstScoreQuery::new(Box::new(term), AGENCY))
                }
            });
        }
        Ok(Box::new(BooleanQuery::union(ways)))
    }

    /// What has `word`; when nothing has it, what has one like it.
    fn word(&self, word: &str) -> Result<Box<dyn Query>, IndexError> {
        let term = Term::from_field_text(self.fields.all, word);
        let may_slip = word.chars().count() >= SLIP && word.chars().all(char::is_alphabetic);
        if may_slip && self.searcher.doc_freq(&term)? == 0 {
            return Ok(Box::new(FuzzyTermQuery::new(term, 1, true)));
        }
        Ok(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
    }

    /// What has `words` one after the other: each beside the next.
    fn in_order(&self, words: &[&str]) -> Box<dyn Query> {
        let has = |field: Field, text: &str| -> Box<dyn Query> {
            let term = Term::from_field_text(field, text);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        let beside = |(one, other): (&&str, &&str)| has(self.fields.pairs, &pair(one, other));
        let mut pairs: Vec<_> = words.iter().zip(words.iter().skip(1)).map(beside).collect();
        match (pairs.len(), words.first()) {
            (0, first) => has(self.fields.all, first.copied().unwrap_or_default()),
            (1, _) => pairs.swap_remove(0),
            _ => Box::new(BooleanQuery::intersection(pairs)),
        }
    }

    /// What makes a thing that is found come above others.
    fn rank(&self, sought: &Sought, clauses: &mut Vec<Clause>) {
        let fields = self.fields;
        let words: Vec<&Word> = sought.words().collect();
        let mut lift = |field: Field, text: &str, by: f32| {
            let term = Term::from_field_text(field, text);
            let term = TermQuery::new(term, IndexRecordOption::WithFreqs);
            clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(term), by))));
        };
        for word in &words {
            lift(fields.title, &word.folded, TITLE);
            if word.has_marks() {
                lift(fields.exact, &word.exact, EXACT);
                lift(fields.title_exact, &word.exact, TITLE_EXACT);
            }
        }
        for (one, other) in words.iter().zip(words.iter().skip(1)) {
            let pair = pair(&one.folded, &other.folded);
            lift(fields.pairs, &pair, PAIR);
            lift(fields.pairs, &format!("={pair}"), TITLE_PAIR);
        }
        for other in sought.units.iter().flat_map(|it| &it.others) {
            let Other::Agency(code) = other else { continue };
            let key = DocKey::new(Kind::Agency, code).to_string();
            let term =
                TermQuery::new(Term::from_field_text(fields.key, &key), IndexRecordOption::Basic);
            clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(Box::new(term), NAMED))));
        }
    }
}
