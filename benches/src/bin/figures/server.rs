//! A server under measure: a process of its own, with what it takes of the machine.

use std::net::{SocketAddr, TcpListener};
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use super::AnyError;
use super::client::{Client, Request};
use super::machine::kib_of;

/// Longest wait for a server to answer, or to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server. It ends with this value.
pub(crate) struct Server {
    child: Child,
    pid: u32,
    pub(crate) at: SocketAddr,
    /// From the start of the process to the first whole page.
    pub(crate) started_in: Duration,
}

impl Server {
    /// Starts `command` with `--listen` on a free port and waits for its first answer to `path`.
    pub(crate) async fn start(mut command: Command, path: &str) -> Result<Self, AnyError> {
        let with = |at: SocketAddr| {
            command.args(["--listen", &at.to_string()]);
            command
        };
        Self::start_with(with, path).await
    }

    /// Starts the command that `with` makes for a free port.
    pub(crate) async fn start_with(
        with: impl FnOnce(SocketAddr) -> Command,
        path: &str,
    ) -> Result<Self, AnyError> {
        let at = free_port()?;
        let mut command = with(at);
        command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true);
        let begun = Instant::now();
        let child = command.spawn()?;
        let pid = child.id().ok_or("the server ended at once")?;
        let mut server = Self { child, pid, at, started_in: Duration::ZERO };
        server.answered(path, begun).await?;
        server.started_in = begun.elapsed();
        Ok(server)
    }

    async fn answered(&mut self, path: &str, begun: Instant) -> Result<(), AnyError> {
        let request = Request::get(path);
        while begun.elapsed() < PATIENCE {
            if let Ok(mut client) = Client::open(self.at).await {
                let answer = client.ask(&request.bytes(self.at)).await?;
                if answer.status == 200 {
                    return Ok(());
                }
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the server ended with {status}").into());
            }
            sleep(Duration::from_millis(5)).await;
        }
        Err("the server did not answer".into())
    }

    /// Asks the process to end and waits for it.
    pub(crate) async fn stop(mut self) -> Result<(), AnyError> {
        Command::new("kill").args(["-TERM", &self.pid.to_string()]).status().await?;
        if timeout(PATIENCE, self.child.wait()).await.is_err() {
            self.child.kill().await?;
        }
        Ok(())
    }

    /// Processor time of all its threads so far.
    pub(crate) fn cpu(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid)).unwrap_or_default();
        // The name in parentheses may hold spaces; user and system time are fields 14 and 15.
        let fields =
            stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
        Duration::from_millis(fields.filter_map(|it| it.parse::<u64>().ok()).sum::<u64>() * 10)
    }

    /// Memory it holds, in MB (2²⁰).
    pub(crate) fn resident_mb(&self) -> f64 {
        let kib = kib_of(&format!("/proc/{}/status", self.pid), "VmRSS").unwrap_or(u64::MAX);
        kib as f64 / 1024.0
    }

    /// The most memory it ever held, in MB (2²⁰).
    pub(crate) fn peak_mb(&self) -> f64 {
        let kib = kib_of(&format!("/proc/{}/status", self.pid), "VmHWM").unwrap_or(u64::MAX);
        kib as f64 / 1024.0
    }

    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }
}

fn free_port() -> std::io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}
