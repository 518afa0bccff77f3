//! Several callers who each ask something else every time, from one place or from many.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::AnyError;
use super::client::Client;

/// How something is asked.
#[derive(Clone, Copy)]
pub(crate) struct Asking {
    pub(crate) at: SocketAddr,
    pub(crate) n_callers: usize,
    pub(crate) span: Duration,
    /// Every answer must have it.
    pub(crate) status: u16,
}

/// Where from, and the bytes of the n-th request. From a place of its own it has a connection of its own.
pub(crate) type Asked = (Option<Ipv4Addr>, Vec<u8>);

/// Asks for `asking.span`, and at least once each; answers how long each took, sorted, and all together.
pub(crate) async fn crowd(
    asking: Asking,
    request: impl Fn(usize) -> Asked + Send + Sync + 'static,
) -> Result<(Vec<Duration>, Duration), AnyError> {
    let (request, next) = (Arc::new(request), Arc::new(AtomicUsize::new(0)));
    let begun = Instant::now();
    let mut running: JoinSet<Result<Vec<Duration>, AnyError>> = JoinSet::new();
    for _ in 0..asking.n_callers {
        let (request, next) = (request.clone(), next.clone());
        running.spawn(async move {
            let mut kept = Client::open(asking.at).await?;
            let mut times = Vec::new();
            while times.is_empty() || begun.elapsed() < asking.span {
                let (from, bytes) = request(next.fetch_add(1, Ordering::Relaxed));
                let asked = Instant::now();
                let answer = match from {
                    Some(from) => Client::open_from(from, asking.at).await?.ask(&bytes).await?,
                    None => kept.ask(&bytes).await?,
                };
                if answer.status != asking.status {
                    let body: String =
                        String::from_utf8_lossy(&answer.body).chars().take(300).collect();
                    return Err(format!("answered {}: {body}", answer.status).into());
                }
                times.push(asked.elapsed());
            }
            Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(some) = running.join_next().await {
        times.append(&mut some??);
    }
    let wall = begun.elapsed();
    times.sort_unstable();
    Ok((times, wall))
}

/// The n-th of many places on this machine: so many that none sends too often.
pub(crate) fn place(n: usize) -> Ipv4Addr {
    let [_, _, c, d] = u32::try_from(n % 65_000).unwrap_or(0).to_be_bytes();
    Ipv4Addr::new(127, 57, c, d)
}
