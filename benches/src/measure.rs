//! Many callers, each repeating one thing for a while.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;

/// What came out.
pub struct Figures {
    n_callers: u32,
    times: Vec<Duration>,
    wall: Duration,
    cpu: Duration,
    /// How many COMMITs made the transactions durable, if known.
    pub n_commits: Option<u64>,
}

/// Runs `n_callers` loops of `work` for `span`. `work` gets a number that no other call gets.
pub async fn repeat<W, F, E>(n_callers: u32, span: Duration, work: W) -> Result<Figures, E>
where
    W: Fn(u64) -> F + Clone + Send + 'static,
    F: Future<Output = Result<(), E>> + Send,
    E: Send + 'static,
{
    let (started, cpu) = (Instant::now(), cpu_time());
    let mut callers = JoinSet::new();
    for caller in 0..n_callers {
        let work = work.clone();
        callers.spawn(async move {
            let mut times = Vec::new();
            while started.elapsed() < span {
                let asked = Instant::now();
                work((u64::from(caller) << 40) | times.len() as u64).await?;
                times.push(asked.elapsed());
            }
            Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(Ok(caller)) = callers.join_next().await {
        times.append(&mut caller?);
    }
    let (wall, cpu) = (started.elapsed(), cpu_time().saturating_sub(cpu));
    times.sort_unstable();
    Ok(Figures { n_callers, times, wall, cpu, n_commits: None })
}

/// The title row.
pub fn print_head() {
    println!(
        "| way | callers | durable/s | commits/s | per commit | p50 ms | p99 ms | CPU µs each |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|");
}

impl Figures {
    /// How many transactions were acknowledged.
    #[expect(clippy::len_without_is_empty, reason = "a measure that never ran is not printed")]
    pub fn len(&self) -> u64 {
        self.times.len() as u64
    }

    /// How many a second.
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.wall.as_secs_f64()
    }

    /// The given percentile of the time until the answer, in milliseconds.
    pub fn at_ms(&self, percent: usize) -> f64 {
        let n = self.times.len();
        let time = self.times.get((n * percent / 100).min(n.saturating_sub(1)));
        time.map_or(0.0, |it| it.as_secs_f64() * 1000.0)
    }

    /// Processor time of each, in microseconds.
    pub fn cpu_us(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / self.times.len() as f64
    }

    /// How many shared one COMMIT, if known.
    pub fn per_commit(&self) -> Option<f64> {
        self.n_commits.map(|n| self.times.len() as f64 / n as f64)
    }

    /// One row of the table.
    pub fn print(&self, way: &str) {
        let seconds = self.wall.as_secs_f64();
        let commits =
            self.n_commits.map_or(String::new(), |n| format!("{:.0}", n as f64 / seconds));
        let sharing = self.per_commit().map_or(String::new(), |it| format!("{it:.1}"));
        println!(
            "| {way} | {} | {:.0} | {commits} | {sharing} | {:.1} | {:.1} | {:.0} |",
            self.n_callers,
            self.rate(),
            self.at_ms(50),
            self.at_ms(99),
            self.cpu_us(),
        );
    }
}

/// Processor time of this process so far, in ticks of 10 ms; zero where there is no `/proc`.
fn cpu_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in parentheses may hold spaces; user and system time are fields 14 and 15.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    Duration::from_millis(fields.filter_map(|it| it.parse::<u64>().ok()).sum::<u64>() * 10)
}
