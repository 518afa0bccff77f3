//! The judged set: what was asked, what should have been found, and how near the answers come. The test of this
//! room and `./bench search` both read it.

use std::collections::HashMap;

use sauro_directory::model::{Agency, Directory};
use sauro_search::SearchIndex;
use sauro_search::model::{Asked, Doc, DocKey, Kind, Sought};
use serde::Deserialize;

const CORPUS: &str = include_str!("corpus.jsonl");
const QUERIES: &str = include_str!("queries.tsv");

/// Hits that count.
const AT: usize = 10;

#[derive(Deserialize)]
struct Line {
    key: String,
    title: String,
    summary: String,
    text: String,
    agency: String,
}

/// A question with what should be found: key and grade, 3 to 1.
pub(crate) struct Judged {
    pub(crate) query: String,
    pub(crate) grades: HashMap<String, u8>,
}

/// How near the answers come.
pub(crate) struct Scores {
    /// Mean of nDCG@10 over all questions.
    pub(crate) ndcg: f64,
    /// Mean share of what should be found that is among the first 20.
    pub(crate) recall: f64,
    /// Each question with its nDCG@10 and the keys that came first, the worst first.
    pub(crate) worst: Vec<(f64, String, Vec<String>)>,
}

/// Everything in the set: texts of the product's own demonstration, and every agency of `directory`.
pub(crate) fn corpus(directory: &Directory) -> Vec<Doc> {
    let lines = CORPUS.lines().map(|it| serde_json::from_str::<Line>(it).unwrap());
    let agencies = directory.all().iter().filter(|it| !it.is_group && it.valid_to.is_none());
    lines
        .map(|it| of_line(directory, it))
        .chain(agencies.map(|it| of_agency(directory, it)))
        .collect()
}

/// Every question, with the keys that each judgement of `docs` stands for.
pub(crate) fn judged(docs: &[Doc]) -> Vec<Judged> {
    let keys: Vec<String> = docs.iter().map(|it| it.key.to_string()).collect();
    let lines = QUERIES.lines().filter(|it| !it.starts_with('#') && !it.is_empty());
    lines
        .map(|line| {
            let (query, judgements) = line.split_once('\t').unwrap();
            let mut grades = HashMap::new();
            for it in judgements.split(' ') {
                let (pattern, grade) = match it.rsplit_once(':') {
                    Some((pattern, grade)) => (pattern, grade.parse().unwrap()),
                    None => (it, 3),
                };
                let meant: Vec<&String> =
                    keys.iter().filter(|key| is_meant(pattern, key)).collect();
                assert!(!meant.is_empty(), "{query}: nothing is called {pattern}");
                for key in meant {
                    grades.entry(key.clone()).or_insert(grade);
                }
            }
            Judged { query: query.to_owned(), grades }
        })
        .collect()
}

fn is_meant(pattern: &str, key: &str) -> bool {
    match pattern.split_once('*') {
        Some((front, back)) => {
            key.len() >= front.len() + back.len() && key.starts_with(front) && key.ends_with(back)
        }
        None => pattern == key,
    }
}

/// Asks every question of `index`.
pub(crate) fn score(index: &SearchIndex, directory: &Directory, judged: &[Judged]) -> Scores {
    let (mut ndcg, mut recall, mut worst) = (0.0, 0.0, Vec::new());
    for it in judged {
        let sought = Sought::read(&it.query, directory);
        let found = index.find(&sought, &Asked::of(&it.query)).unwrap();
        let keys: Vec<String> = found.hits.iter().map(|it| it.key.to_string()).collect();
        let gains = keys.iter().take(AT).map(|key| it.grades.get(key).copied().unwrap_or(0));
        let mut best: Vec<u8> = it.grades.values().copied().collect();
        best.sort_unstable_by(|a, b| b.cmp(a));
        let one = dcg(gains) / dcg(best.iter().copied().take(AT));
        let n_found = keys.iter().filter(|key| it.grades.contains_key(*key)).count();
        let n_findable = it.grades.len().min(keys.len().max(20));
        recall += n_found as f64 / n_findable as f64;
        ndcg += one;
        worst.push((one, it.query.clone(), keys.into_iter().take(5).collect()));
    }
    worst.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n = judged.len() as f64;
    Scores { ndcg: ndcg / n, recall: recall / n, worst }
}

/// Järvelin and Kekäläinen: 2^grade - 1, discounted by the logarithm of the place.
fn dcg(grades: impl Iterator<Item = u8>) -> f64 {
    grades
        .enumerate()
        .map(|(n, grade)| (f64::from(grade).exp2() - 1.0) / (n as f64 + 2.0).log2())
        .sum()
}

fn of_line(directory: &Directory, it: Line) -> Doc {
    let agency = directory.by_code(&it.agency);
    let lead = agency.map(|it| it.name.clone()).unwrap_or_default();
    Doc {
        key: it.key.parse().unwrap(),
        address: format!("/{}", it.key),
        title: it.title,
        summary: it.summary,
        text: format!("{} {lead}.", it.text),
        within: agency.map(|it| within(directory, it)).unwrap_or_default(),
        agency: it.agency,
        field: (String::new(), String::new()),
        at: 1_780_000_000_000_000,
    }
}

fn of_agency(directory: &Directory, it: &Agency) -> Doc {
    let above = it.parent.and_then(|id| directory.agency(id)).map_or("", |it| it.name.as_str());
    Doc {
        key: DocKey::new(Kind::Agency, &it.code),
        address: format!("/ket-qua/co-quan/{}", it.code),
        title: it.name.clone(),
        summary: it.abbr.clone(),
        text: format!("{}. {above}.", it.aliases.join(", ")),
        within: within(directory, it),
        agency: it.code.clone(),
        field: (String::new(), String::new()),
        at: 0,
    }
}

fn within(directory: &Directory, agency: &Agency) -> Vec<String> {
    let mut codes = Vec::new();
    let mut next = Some(agency);
    while let Some(it) = next {
        codes.push(it.code.clone());
        next = it.parent.and_then(|id| directory.agency(id));
    }
    codes
}
