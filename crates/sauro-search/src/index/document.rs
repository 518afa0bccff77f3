//! From a thing to what the index holds of it.

use chrono::{DateTime, Datelike};
use sauro_kernel::VIETNAM;
use tantivy::TantivyDocument;

use super::IndexError;
use super::schema::Fields;
use crate::model::{Doc, Word, words};

pub(super) fn document(fields: &Fields, doc: &Doc) -> Result<TantivyDocument, IndexError> {
    let title = words(&doc.title);
    let rest = [&doc.summary, &doc.text].map(|it| words(it));
    let mut all: Vec<&Word> = title.iter().collect();
    all.extend(rest.iter().flatten());
    let mut pairs: Vec<String> = pairs_of(&all).collect();
    let title: Vec<&Word> = title.iter().collect();
    pairs.extend(pairs_of(&title).map(|it| format!("={it}")));
    let mut it = TantivyDocument::default();
    it.add_text(fields.key, doc.key.to_string());
    it.add_text(fields.kind, doc.key.kind.code());
    it.add_u64(fields.kind_n, u64::try_from(doc.key.kind.ordinal()).unwrap_or_default());
    it.add_text(fields.title, folded(&title));
    it.add_text(fields.title_exact, exact(&title));
    it.add_text(fields.all, folded(&all));
    it.add_text(fields.exact, exact(&all));
    it.add_text(fields.pairs, pairs.join(" "));
    for code in &doc.within {
        it.add_text(fields.within, code);
    }
    if !doc.field.0.is_empty() {
        it.add_text(fields.field, &doc.field.0);
    }
    if let Some(year) = year_of(doc.at) {
        it.add_i64(fields.year, i64::from(year));
    }
    it.add_i64(fields.at, doc.at);
    let kept =
        serde_json::to_string(&doc.kept()).map_err(|err| IndexError::Broken(err.to_string()))?;
    it.add_text(fields.kept, kept);
    Ok(it)
}

/// Two neighbours as one term.
pub(super) fn pair(one: &str, other: &str) -> String {
    format!("{one}_{other}")
}

fn pairs_of<'a>(all: &'a [&Word]) -> impl Iterator<Item = String> + 'a {
    all.iter().zip(all.iter().skip(1)).map(|(one, other)| pair(&one.folded, &other.folded))
}

fn folded(all: &[&Word]) -> String {
    all.iter().map(|it| it.folded.as_str()).collect::<Vec<_>>().join(" ")
}

fn exact(all: &[&Word]) -> String {
    all.iter().map(|it| it.exact.as_str()).collect::<Vec<_>>().join(" ")
}

/// The year in which `at` lies in Viet Nam; none of something without a day.
fn year_of(at: i64) -> Option<i32> {
    if at == 0 {
        return None;
    }
    DateTime::from_timestamp_micros(at).map(|it| it.with_timezone(&VIETNAM).year())
}
