//! Search: how near the answers come on the judged set, and how fast they come from many things.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::Role;
use sauro_search::model::{Asked, Doc, DocKey, Kind, Sought};
use sauro_search::{Place, SearchIndex};
use sauro_store::Db;
use sauro_testkit::ctx;
use serde_json::json;

use super::AnyError;
use super::figure::{Figure, Target, rounded};
use super::load::percentile_ms;

#[expect(clippy::unwrap_used, reason = "the judged set is sound, or the measure stops")]
#[path = "../../../../crates/sauro-search/tests/golden/judge.rs"]
mod judge;

/// Pages and documents of the full run.
const PAGES: usize = 200_000;
const DOCUMENTS: usize = 500_000;

/// Sentences of a made-up text: some 150 words.
const SENTENCES: usize = 9;

/// Askers at once; the engine is asked where it blocks nobody, on a thread each.
const ASKERS: usize = 4;

/// Questions asked one after the other.
const QUESTIONS: usize = 2_000;

pub(crate) async fn measure(home: &Path, is_quick: bool) -> Result<Vec<Figure>, AnyError> {
    let db = Db::open(&format!("sqlite://{}", home.join("search.db").display())).await?;
    let system = ctx(Role::System);
    sauro_directory::actions::load_shipped(&system, &db).await?;
    let directory = DirectoryHandle::load(&system, &db).await?.directory();
    let folder = home.join("search");
    let (n_pages, n_documents) = if is_quick { (2_000, 5_000) } else { (PAGES, DOCUMENTS) };
    let figures = tokio::task::spawn_blocking(move || -> Result<Vec<Figure>, AnyError> {
        let mut figures = vec![judged(&folder.join("judged"), &directory)?];
        figures.extend(fast(&folder.join("many"), &directory, (n_pages, n_documents))?);
        Ok(figures)
    });
    figures.await?
}

fn judged(folder: &Path, directory: &Directory) -> Result<Figure, AnyError> {
    let index = SearchIndex::open(folder)?;
    let docs = judge::corpus(directory);
    index.put(&docs)?;
    index.commit(Place { position: 1, is_whole: true })?;
    let judged = judge::judged(&docs);
    let scores = judge::score(&index, directory, &judged);
    let worst: Vec<_> = scores.worst.iter().take(10).map(|it| (rounded(it.0), &it.1)).collect();
    Ok(Figure::new("search_ndcg_at_10", scores.ndcg, "mean", Target::AtLeast(0.80)).with(json!({
        "questions": judged.len(),
        "things": docs.len(),
        "recall_at_20": rounded(scores.recall),
        "worst": worst,
    })))
}

/// The same draw each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % n.max(1)
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}

fn fast(
    folder: &Path,
    directory: &Arc<Directory>,
    (n_pages, n_documents): (usize, usize),
) -> Result<Vec<Figure>, AnyError> {
    let index = SearchIndex::open(folder)?;
    let corpus = judge::corpus(directory);
    let begun = Instant::now();
    fill(&index, &corpus, (n_pages, n_documents))?;
    let filled = begun.elapsed();
    let questions = questions(&corpus);
    let mut times = Vec::with_capacity(QUESTIONS);
    for typed in questions.iter().cycle().take(QUESTIONS) {
        let begun = Instant::now();
        ask(&index, directory, typed)?;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let (n_asked, spent) = crowd(&index, directory, &questions)?;
    let mut begun_times = Vec::new();
    for typed in questions.iter().take(500) {
        let begun = Instant::now();
        index.suggest(typed, 16)?;
        begun_times.push(begun.elapsed());
    }
    begun_times.sort_unstable();
    let detail = json!({
        "pages": n_pages,
        "documents": n_documents,
        "what": "the index alone, in this process: what the rooms are asked before an answer is not in it",
        "p50_ms": rounded(percentile_ms(&times, 50)),
        "p99_ms": rounded(percentile_ms(&times, 99)),
        "index_mb": rounded(size_of(folder)? / 1e6),
        "made_in_s": rounded(filled.as_secs_f64()),
        "memory_kb": memory(),
    });
    let per_s = n_asked as f64 / spent.as_secs_f64();
    Ok(vec![
        Figure::new("search_p95_ms", percentile_ms(&times, 95), "ms", Target::AtMost(100.0))
            .with(detail),
        Figure::new("search_per_s", per_s, "questions/s", Target::AtLeast(200.0))
            .with(json!({ "askers": ASKERS, "questions": n_asked })),
        Figure::new(
            "search_suggest_p95_ms",
            percentile_ms(&begun_times, 95),
            "ms",
            Target::AtMost(50.0),
        ),
    ])
}

/// Made-up pages and documents: sentences of the demonstration in another order.
fn fill(
    index: &SearchIndex,
    corpus: &[Doc],
    (n_pages, n_documents): (usize, usize),
) -> Result<(), AnyError> {
    let mut dice = Dice(57);
    let texts: Vec<&Doc> = corpus.iter().filter(|it| it.key.kind != Kind::Agency).collect();
    let agencies: Vec<&Doc> = corpus.iter().filter(|it| it.key.kind == Kind::Agency).collect();
    let kinds = [(Kind::Article, n_pages), (Kind::Document, n_documents)];
    for (kind, n_things) in kinds {
        let mut batch = Vec::new();
        for n in 0..n_things {
            let (Some(about), Some(by)) = (dice.of(&texts), dice.of(&agencies)) else { break };
            let mut sentences = Vec::with_capacity(SENTENCES);
            for _ in 0..SENTENCES {
                sentences.extend(dice.of(&texts).map(|it| it.title.as_str()));
            }
            batch.push(Doc {
                key: DocKey::new(kind, n),
                address: format!("/{kind}/{n}"),
                title: format!("{} – {}", about.title, by.title),
                text: sentences.join(". "),
                agency: by.agency.clone(),
                within: by.within.clone(),
                at: 1_700_000_000_000_000 + i64::try_from(n).unwrap_or(0) * 60_000_000,
                ..(*about).clone()
            });
            if batch.len() == 2_000 {
                index.put(&batch)?;
                batch.clear();
            }
        }
        index.put(&batch)?;
    }
    Ok(index.commit(Place { position: 1, is_whole: true })?)
}

/// What people ask: the judged questions, with and without marks.
fn questions(corpus: &[Doc]) -> Vec<String> {
    let judged = judge::judged(corpus);
    judged.into_iter().flat_map(|it| [sauro_kernel::fold(&it.query), it.query]).collect()
}

fn ask(index: &SearchIndex, directory: &Directory, typed: &str) -> Result<usize, AnyError> {
    let sought = Sought::read(typed, directory);
    Ok(index.find(&sought, &Asked::of(typed))?.hits.len())
}

/// Several askers at once, for some seconds: how many questions were answered, and in which time.
fn crowd(
    index: &SearchIndex,
    directory: &Arc<Directory>,
    questions: &[String],
) -> Result<(usize, Duration), AnyError> {
    let (n, begun) = (AtomicUsize::new(0), Instant::now());
    let failed = std::thread::scope(|scope| {
        let asker = || -> Result<(), AnyError> {
            while begun.elapsed() < Duration::from_secs(5) {
                let nth = n.fetch_add(1, Ordering::Relaxed);
                let Some(typed) = questions.get(nth % questions.len().max(1)) else { break };
                ask(index, directory, typed)?;
            }
            Ok(())
        };
        let askers: Vec<_> = (0..ASKERS).map(|_| scope.spawn(asker)).collect();
        askers.into_iter().find_map(|it| match it.join() {
            Ok(outcome) => outcome.err(),
            Err(_) => Some("an asker panicked".into()),
        })
    });
    match failed {
        Some(err) => Err(err),
        None => Ok((n.load(Ordering::Relaxed), begun.elapsed())),
    }
}

/// Bytes of the files in `folder`.
fn size_of(folder: &Path) -> Result<f64, AnyError> {
    let mut n_bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        n_bytes += entry?.metadata()?.len();
    }
    Ok(n_bytes as f64)
}

/// What this process holds in memory, in kB: its own, and files that the system lends it.
fn memory() -> HashMap<String, u64> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = |it: &str| {
        let (name, rest) = it.split_once(':')?;
        let value = rest.split_whitespace().next()?.parse().ok()?;
        name.starts_with("Rss").then(|| (name.to_owned(), value))
    };
    status.lines().filter_map(line).collect()
}
