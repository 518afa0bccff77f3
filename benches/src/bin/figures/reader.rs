//! The directive reader: 20 kB of text.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use sauro_reading::{Gazetteer, Reader};
use serde_json::{Value, json};
use tokio::process::Command;

use super::AnyError;
use super::figure::{Figure, Target, rounded};
use super::load::percentile_ms;

const N_BYTES: usize = 20_000;
const RUNS: usize = 200;

/// Reads the demonstration's texts, and the largest real one when it is there.
pub(crate) fn measure() -> Result<Vec<Figure>, AnyError> {
    let begun = Instant::now();
    let reader = Reader::new(Gazetteer::shipped());
    let opened = begun.elapsed();
    let mut figures = vec![of("reader_20_kb_ms", &reader, &demonstration()?, opened)];
    if let Some(text) = largest_real()? {
        figures.push(of("reader_largest_real_ms", &reader, &text, opened));
    }
    Ok(figures)
}

fn of(name: &'static str, reader: &Reader, text: &str, opened: Duration) -> Figure {
    let issued = NaiveDate::from_ymd_opt(2026, 3, 2);
    let mut times = Vec::new();
    let mut n_tasks = 0;
    for _ in 0..RUNS {
        let begun = Instant::now();
        n_tasks = reader.read(text, issued).tasks.len();
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let (p50, p95) = (percentile_ms(&times, 50), percentile_ms(&times, 95));
    // On a busy machine the slowest runs tell of the neighbours; they are printed for the reader to
    // judge beside the load average.
    Figure::new(name, p50, "ms, median of 200 runs", Target::AtMost(20.0)).with(json!({
        "bytes": text.len(),
        "characters": text.chars().count(),
        "tasks_found": n_tasks,
        "p50_ms": rounded(p50),
        "p95_ms": rounded(p95),
        "max_ms": rounded(percentile_ms(&times, 100)),
        "reader_opened_in_ms": rounded(opened.as_secs_f64() * 1000.0),
    }))
}

/// The demonstration's texts one after the other, and again, up to 20 kB.
fn demonstration() -> Result<String, AnyError> {
    let mut paths = texts_in("data/demo")?;
    paths.sort();
    let texts = paths.iter().map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    let whole: Vec<char> = texts.join("\n\n").chars().collect();
    let mut n_bytes = 0;
    let kept = whole.iter().cycle().take_while(|it| {
        n_bytes += it.len_utf8();
        n_bytes <= N_BYTES
    });
    Ok(kept.collect())
}

fn largest_real() -> Result<Option<String>, AnyError> {
    if !Path::new(REAL).is_dir() {
        return Ok(None);
    }
    let sized = texts_in(REAL)?.into_iter().filter_map(|it| Some((it.metadata().ok()?.len(), it)));
    Ok(sized.max().map(|(_, path)| std::fs::read_to_string(path)).transpose()?)
}

fn texts_in(folder: &str) -> std::io::Result<Vec<std::path::PathBuf>> {
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let paths = entries.into_iter().map(|it| it.path());
    Ok(paths.filter(|it| it.extension().is_some_and(|end| end == "txt")).collect())
}

const REAL: &str = "../shared/data/test/directives";

/// The quality of what is read, by the labelled directives, when they are there.
pub(crate) async fn score(sauro: &Path) -> Result<Vec<Figure>, AnyError> {
    let script = Path::new(REAL).join("score.py");
    if !script.is_file() {
        eprintln!("score: {} is not here, skipped", script.display());
        return Ok(Vec::new());
    }
    let asked = Command::new("python3")
        .arg(&script)
        .arg("--sauro")
        .arg(sauro)
        .arg("--json")
        .output()
        .await?;
    if !asked.status.success() {
        return Err(String::from_utf8_lossy(&asked.stderr).into_owned().into());
    }
    let scores: Value = serde_json::from_slice(&asked.stdout)?;
    let value = |name: &str| scores.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
    Ok(vec![
        Figure::new("score_f1", value("f1"), "share", Target::AtLeast(0.90)).with(scores.clone()),
        Figure::new("score_leads", value("lead_correct"), "share", Target::AtLeast(0.90)),
        Figure::new("score_deadlines", value("deadline_correct"), "share", Target::AtLeast(0.95)),
    ])
}
