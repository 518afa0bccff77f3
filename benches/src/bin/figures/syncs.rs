//! How often a process waits for the disk: counted by `perf` where it may, and by the disk itself.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::process::{Child, Command};

use super::AnyError;
use super::figure::rounded;

const EVENTS: &str = "syscalls:sys_enter_fsync,syscalls:sys_enter_fdatasync";

/// A count under way.
pub(crate) struct Syncs {
    perf: Option<(Child, PathBuf)>,
    flushes: u64,
}

/// What was counted.
pub(crate) struct Counted {
    /// Calls of fsync and fdatasync by the process; `None` where `perf` is not there or may not.
    calls: Option<u64>,
    /// Flushes that all disks of the machine were asked for, by whomever.
    flushes: u64,
}

impl Syncs {
    pub(crate) async fn start(pid: u32, folder: &Path) -> Result<Self, AnyError> {
        let out = folder.join("perf.csv");
        let mut command = Command::new("perf");
        command.args(["stat", "-x", ",", "-e", EVENTS, "-p", &pid.to_string(), "-o"]).arg(&out);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let perf = command.spawn().ok().map(|child| (child, out));
        // It needs a moment to attach.
        tokio::time::sleep(Duration::from_millis(500)).await;
        Ok(Self { perf, flushes: flushes() })
    }

    pub(crate) async fn stop(self) -> Result<Counted, AnyError> {
        let flushes = flushes().saturating_sub(self.flushes);
        let Some((mut perf, out)) = self.perf else { return Ok(Counted { calls: None, flushes }) };
        if let Some(pid) = perf.id() {
            Command::new("kill").args(["-INT", &pid.to_string()]).status().await?;
        }
        perf.wait().await?;
        let text = std::fs::read_to_string(out).unwrap_or_default();
        let counts: Vec<u64> = text
            .lines()
            .filter(|line| line.contains("sys_enter_"))
            .filter_map(|line| line.split(',').next()?.parse().ok())
            .collect();
        Ok(Counted { calls: (!counts.is_empty()).then(|| counts.iter().sum()), flushes })
    }
}

impl Counted {
    /// The counts, and what they are for each of `n` reports.
    pub(crate) fn json(&self, n: usize) -> Value {
        let each = |count: u64| rounded(count as f64 / n as f64);
        json!({
            "fsync_and_fdatasync_calls": self.calls,
            "calls_per_report": self.calls.map(each),
            "disk_flushes_of_the_machine": self.flushes,
            "disk_flushes_per_report": each(self.flushes),
        })
    }
}

/// Flushes completed by all disks since the machine started.
fn flushes() -> u64 {
    let disks = std::fs::read_dir("/sys/block").into_iter().flatten().flatten();
    let count = |text: String| text.split_whitespace().nth(15)?.parse::<u64>().ok();
    disks.filter_map(|disk| count(std::fs::read_to_string(disk.path().join("stat")).ok()?)).sum()
}
