//! Facts about the machine, so that a reader can judge the figures.

use std::fs::read_to_string;
use std::path::Path;

use sauro_benches::disk::sync_times;
use serde_json::{Value, json};

use super::AnyError;
use super::figure::rounded;

/// What the machine is, and how busy it is before the first measure.
pub(crate) fn facts(home: &Path) -> Result<Value, AnyError> {
    let syncs = sync_times(home)?;
    Ok(json!({
        "cores": std::thread::available_parallelism()?.get(),
        "cpu": line_of("/proc/cpuinfo", "model name"),
        "memory_mb": kib_of("/proc/meminfo", "MemTotal").map(|it| it / 1024),
        "kernel": read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim(),
        "fsync_p50_ms": rounded(syncs.at_ms(50)),
        "fsync_p99_ms": rounded(syncs.at_ms(99)),
        "load_average_before": load_average(),
    }))
}

/// The load averages over 1, 5 and 15 minutes.
pub(crate) fn load_average() -> Vec<f64> {
    let text = read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).filter_map(|it| it.parse().ok()).collect()
}

fn line_of(file: &str, name: &str) -> Option<String> {
    let text = read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// A line such as `VmRSS:   84120 kB`.
pub(crate) fn kib_of(file: &str, name: &str) -> Option<u64> {
    line_of(file, name)?.split_whitespace().next()?.parse().ok()
}

/// Processor seconds of `root` and of everything it started, ended ones included.
pub(crate) fn tree_cpu(root: u32) -> f64 {
    let ticks: u64 = tree(root).iter().filter_map(|pid| stat(*pid)).map(|it| it.ticks).sum();
    ticks as f64 / 100.0
}

/// Memory that `root` and everything it started hold, in MB (2²⁰).
pub(crate) fn tree_mb(root: u32) -> f64 {
    let held = tree(root).into_iter();
    let kib: u64 = held.filter_map(|pid| kib_of(&format!("/proc/{pid}/status"), "VmRSS")).sum();
    kib as f64 / 1024.0
}

struct Stat {
    parent: u32,
    /// Its own time and that of its children that have ended.
    ticks: u64,
}

fn stat(pid: u32) -> Option<Stat> {
    let text = read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold spaces.
    let fields: Vec<&str> = text.rsplit(')').next()?.split_whitespace().collect();
    let ticks = fields.get(11..15)?.iter().filter_map(|it| it.parse::<u64>().ok()).sum();
    Some(Stat { parent: fields.get(1)?.parse().ok()?, ticks })
}

/// `root` and all below it.
fn tree(root: u32) -> Vec<u32> {
    let names = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = names.filter_map(|it| it.file_name().to_str()?.parse::<u32>().ok());
    let parents: Vec<(u32, u32)> = pids.filter_map(|pid| Some((pid, stat(pid)?.parent))).collect();
    let mut tree = vec![root];
    let mut n = 0;
    while let Some(at) = tree.get(n).copied() {
        tree.extend(parents.iter().filter(|it| it.1 == at).map(|it| it.0));
        n += 1;
    }
    tree
}
