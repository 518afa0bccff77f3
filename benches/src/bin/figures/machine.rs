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
