//! What one wait for this disk costs.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long many small durable writes took.
pub struct SyncTimes(Vec<Duration>);

impl SyncTimes {
    /// The given percentile, in milliseconds.
    pub fn at_ms(&self, percent: usize) -> f64 {
        let time = self.0.get(self.0.len() * percent / 100).copied().unwrap_or_default();
        time.as_secs_f64() * 1000.0
    }
}

/// Times 300 small durable writes in `folder`.
pub fn sync_times(folder: &Path) -> std::io::Result<SyncTimes> {
    let mut file = tempfile::tempfile_in(folder)?;
    let mut times = Vec::new();
    for _ in 0..300 {
        let started = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    Ok(SyncTimes(times))
}

/// The given percentile of 300 small durable writes in the folder of temporary files.
pub fn sync_time(percentile: usize) -> std::io::Result<Duration> {
    Ok(Duration::from_secs_f64(sync_times(&std::env::temp_dir())?.at_ms(percentile) / 1000.0))
}
