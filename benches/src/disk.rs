//! What one wait for this disk costs.

use std::io::Write;
use std::time::{Duration, Instant};

/// The given percentile of 300 small durable writes.
pub fn sync_time(percentile: usize) -> std::io::Result<Duration> {
    let mut file = tempfile::tempfile()?;
    let mut times = Vec::new();
    for _ in 0..300 {
        let started = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    Ok(times.get(times.len() * percentile / 100).copied().unwrap_or_default())
}
