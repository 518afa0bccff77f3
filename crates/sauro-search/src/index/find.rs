use tantivy::collector::{Count, TopDocs};
use tantivy::query::Query;
use tantivy::{DocAddress, Order, Searcher, TantivyDocument};

use super::kinds::KindCounts;
use super::query::Builder;
use super::schema::AT;
use super::{IndexError, SearchIndex};
use crate::model::{
    Asked, DocKey, Kept, MOST_PAGES, PER_PAGE, Piece, Sort, Sought, marked, passage,
};

/// Hits below which those are added that have most of the words, but not all.
const FEW: usize = 10;

/// One thing that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Which thing.
    pub key: DocKey,
    /// Its page.
    pub address: String,
    /// Its title, with the words sought marked.
    pub title: Vec<Piece>,
    /// What stands under it.
    pub summary: String,
    /// The passage in which most of the words stand.
    pub passage: Vec<Piece>,
    /// The code of the agency that answers for it, or empty.
    pub agency: String,
    /// Its field: code and name, or empty.
    pub field: (String, String),
    /// Its day in microseconds, or 0.
    pub at: i64,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The hits of this page.
    pub hits: Vec<Hit>,
    /// How many have every word.
    pub n: usize,
    /// How many have most of the words; counted when few have all.
    pub n_loose: usize,
    /// How many have every word, by kind in the order of [`crate::model::Kind::ALL`], whatever kind is asked for.
    pub kinds: Vec<u64>,
}

impl Found {
    /// All that can be turned to.
    pub fn n_all(&self) -> usize {
        self.n + self.n_loose
    }
}

impl SearchIndex {
    /// The page of what is sought that `asked` names.
    ///
    /// # Errors
    ///
    /// [`IndexError`] when the index cannot be read.
    pub fn find(&self, sought: &Sought, asked: &Asked) -> Result<Found, IndexError> {
        self.heed(self.found(sought, asked))
    }

    fn found(&self, sought: &Sought, asked: &Asked) -> Result<Found, IndexError> {
        let searcher = self.searcher();
        let builder = Builder { fields: &self.0.fields, searcher: &searcher };
        let from = asked.page.min(MOST_PAGES - 1) * PER_PAGE;
        let query = |asked: &Asked| match sought.is_empty() {
            true => Ok(builder.anything(asked)),
            false => builder.strict(sought, asked),
        };
        let strict = query(asked)?;
        let (mut places, n, kinds) = first(&searcher, &strict, asked, from)?;
        let kinds = match asked.kind {
            None => kinds,
            Some(_) => {
                let all = Asked { kind: None, ..asked.clone() };
                searcher.search(&query(&all)?, &KindCounts)?
            }
        };
        let mut n_loose = 0;
        if n < FEW && sought.units.len() > 1 {
            let loose = builder.loose(sought, asked)?;
            n_loose = searcher.search(&loose, &Count)?;
            let room = PER_PAGE - places.len();
            if room > 0 {
                let top = TopDocs::with_limit(room).and_offset(from.saturating_sub(n));
                let more = searcher.search(&loose, &top.order_by_score())?;
                places.extend(more.into_iter().map(|it| it.1));
            }
        }
        let hits = self.hits(&searcher, &places, sought)?;
        Ok(Found { hits, n, n_loose, kinds })
    }

    fn hits(
        &self,
        searcher: &Searcher,
        places: &[DocAddress],
        sought: &Sought,
    ) -> Result<Vec<Hit>, IndexError> {
        let to_mark = sought.to_mark();
        let mut hits = Vec::with_capacity(places.len());
        for place in places {
            let (key, kept) = self.shown(&searcher.doc::<TantivyDocument>(*place)?)?;
            hits.push(hit(key, kept, &to_mark));
        }
        Ok(hits)
    }
}

fn hit(key: DocKey, kept: Kept, to_mark: &[String]) -> Hit {
    Hit {
        key,
        title: marked(&kept.title, to_mark),
        passage: passage(&kept.text, to_mark),
        address: kept.address,
        summary: kept.summary,
        agency: kept.agency,
        field: kept.field,
        at: kept.at,
    }
}

type First = (Vec<DocAddress>, usize, Vec<u64>);

/// The hits of one page, how many there are, and of which kinds.
fn first(
    searcher: &Searcher,
    query: &dyn Query,
    asked: &Asked,
    from: usize,
) -> Result<First, IndexError> {
    let top = TopDocs::with_limit(PER_PAGE).and_offset(from);
    let (places, kinds): (Vec<DocAddress>, Vec<u64>) = match asked.sort {
        Sort::Relevance => {
            let (top, kinds) = searcher.search(query, &(top.order_by_score(), KindCounts))?;
            (top.into_iter().map(|it| it.1).collect(), kinds)
        }
        Sort::Date => {
            let top = top.order_by_fast_field::<i64>(AT, Order::Desc);
            let (top, kinds) = searcher.search(query, &(top, KindCounts))?;
            (top.into_iter().map(|it| it.1).collect(), kinds)
        }
    };
    let n = usize::try_from(kinds.iter().sum::<u64>()).unwrap_or(usize::MAX);
    Ok((places, n, kinds))
}
