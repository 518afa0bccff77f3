//! Many connections that each ask the same again and again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::AnyError;
use super::client::{Client, Request};
use super::figure::rounded;
use super::server::Server;

/// What came out of one run.
#[derive(Clone)]
pub(crate) struct Load {
    times: Vec<Duration>,
    wall: Duration,
    cpu: Duration,
}

/// Asks `server` for `request` over `n_connections` for `span`; every answer must have `status`.
pub(crate) async fn load(
    server: &Server,
    request: &Request,
    status: u16,
    n_connections: usize,
    span: Duration,
) -> Result<Load, AnyError> {
    let bytes: Arc<[u8]> = request.bytes(server.at).into();
    let mut clients = Vec::new();
    for _ in 0..n_connections {
        let mut client = Client::open(server.at).await?;
        client.ask(&bytes).await?;
        clients.push(client);
    }
    let (begun, cpu) = (Instant::now(), server.cpu());
    let mut running = JoinSet::new();
    for mut client in clients {
        let bytes = bytes.clone();
        running.spawn(async move {
            let mut times = Vec::new();
            while begun.elapsed() < span {
                let asked = Instant::now();
                let answer = client.ask(&bytes).await?;
                if answer.status != status {
                    return Err(AnyError::from(format!(
                        "answered {}: {}",
                        answer.status, answer.head
                    )));
                }
                times.push(asked.elapsed());
            }
            Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(client) = running.join_next().await {
        times.append(&mut client??);
    }
    let (wall, cpu) = (begun.elapsed(), server.cpu().saturating_sub(cpu));
    times.sort_unstable();
    Ok(Load { times, wall, cpu })
}

impl Load {
    /// Answers a second.
    pub(crate) fn rate(&self) -> f64 {
        self.times.len() as f64 / self.wall.as_secs_f64()
    }

    /// Processor time of the server for each answer, in milliseconds.
    pub(crate) fn cpu_ms(&self) -> f64 {
        self.cpu.as_secs_f64() * 1000.0 / self.times.len() as f64
    }

    pub(crate) fn at_ms(&self, percent: usize) -> f64 {
        percentile_ms(&self.times, percent)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "per_s": self.rate().round(),
            "p50_ms": rounded(self.at_ms(50)),
            "p95_ms": rounded(self.at_ms(95)),
            "p99_ms": rounded(self.at_ms(99)),
            "cpu_ms_each": (self.cpu_ms() * 1e4).round() / 1e4,
        })
    }
}

/// The percentile of `times`, which are sorted.
pub(crate) fn percentile_ms(times: &[Duration], percent: usize) -> f64 {
    let n = times.len();
    let time = times.get((n * percent / 100).min(n.saturating_sub(1)));
    time.map_or(f64::NAN, |it| it.as_secs_f64() * 1000.0)
}
