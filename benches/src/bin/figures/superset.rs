//! Apache Superset, as PyPI has it, beside us in the same run: what a dashboard of 24 charts of the same
//! figures in the same PostgreSQL costs each of us.
//!
//! It has a folder of its own with its accounts and charts; `./bench superset` installs it beside the
//! other caches. It is asked twice: of the figures themselves, and of the sums that are kept here already.

use std::process::Stdio;
use std::time::{Duration, Instant};

use sauro_benches::outside::FreshIds;
use sauro_kernel::IdSource;
use serde_json::{Value, json};
use sqlx::{Connection, postgres::PgConnection};
use tempfile::TempDir;
use tokio::process::Command;
use tokio::task::JoinSet;

use super::AnyError;
use super::client::{Client, Request};
use super::dashboard;
use super::figure::{Figure, Target, rounded};
use super::load::percentile_ms;
use super::machine::tree_cpu;
use super::millions::tiles;
use super::national::cookie;
use super::place::Place;
use super::server::Server;

const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/superset/superset_config.py");
const FILL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/superset/fill.py");
/// Questions a browser has under way at once.
const LANES: usize = 6;
/// Processes of its server: as many as the machine has cores, each with threads that wait.
const WORKERS: &str = "2";

/// An instance in a folder of its own.
struct Superset {
    folder: TempDir,
    bin: String,
    secret: String,
    password: String,
}

/// What the readers of one dashboard saw.
struct Seen {
    times: Vec<Duration>,
    cpu_s: f64,
}

/// The dashboard of the nation on both, with few readers and with as many as two processes of Superset
/// answer within minutes.
pub(crate) async fn measure(place: &Place, is_quick: bool) -> Result<Vec<Figure>, AnyError> {
    if place.engine != "postgres" {
        return Ok(Vec::new());
    }
    let superset = Superset::make(place).await?;
    let month = last_month(place).await?;
    let postmaster = postmaster(place).await?;
    let crowds: &[usize] = if is_quick { &[4] } else { &[10, 30] };
    let mut figures = Vec::new();
    let server = superset.serve().await?;
    let mut theirs = Vec::new();
    for source in ["raw", "rollups"] {
        let questions = superset.fill(&server, place, &month, source).await?;
        ask_all(&server, &questions, 1, 1).await?;
        for crowd in crowds {
            let begun = tree_cpu(server.pid()) + tree_cpu(postmaster);
            let times = ask_all(&server, &questions, *crowd, 1).await?;
            let cpu = tree_cpu(server.pid()) + tree_cpu(postmaster) - begun;
            theirs.push((source, *crowd, Seen { cpu_s: cpu / times.len() as f64, times }));
        }
    }
    let held_mb = super::machine::tree_mb(server.pid());
    server.stop().await?;
    for crowd in crowds {
        let ours = ours(place, postmaster, *crowd).await?;
        // Looks of the same second share what was worked out for the first of them; Superset works every answer
        // out. So one of theirs stands beside all of ours together, which is no less than one of ours alone.
        let anew = ours.cpu_s * ours.times.len() as f64;
        for (source, _, theirs) in theirs.iter().filter(|it| it.1 == *crowd) {
            let figure = Figure::new(
                "superset_cpu_times_ours",
                theirs.cpu_s / anew,
                "times our CPU seconds of a dashboard worked out anew at the most, PostgreSQL's included",
                Target::AtLeast(1.0),
            );
            figures.push(figure.at(place.engine, place.scale).of(&format!("{source}, {crowd} readers")).with(
                json!({
                    "superset": told(theirs), "ours": told(&ours), "readers": crowd,
                    "our_looks_are_shared_within_a_second": true, "superset_workers": WORKERS, "superset_mb": rounded(held_mb), "month": month,
                }),
            ));
        }
    }
    Ok(figures)
}

fn told(seen: &Seen) -> Value {
    json!({
        "dashboards": seen.times.len(),
        "p50_ms": rounded(percentile_ms(&seen.times, 50)),
        "p95_ms": rounded(percentile_ms(&seen.times, 95)),
        "cpu_s_each": (seen.cpu_s * 1e6).round() / 1e6,
    })
}

/// The newest month that all have reported.
async fn last_month(place: &Place) -> Result<String, AnyError> {
    const SQL: &str = "
        SELECT MAX(r.period) FROM rollups r JOIN indicators i ON i.id = r.indicator_id
        WHERE i.code = 'DO-002'";
    let mut conn = PgConnection::connect(&place.url).await?;
    Ok(sqlx::query_scalar(SQL).fetch_one(&mut conn).await?)
}

/// The process above all others of PostgreSQL.
pub(crate) async fn postmaster(place: &Place) -> Result<u32, AnyError> {
    let mut conn = PgConnection::connect(&place.url).await?;
    let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut conn).await?;
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|it| it.strip_prefix("PPid:")).ok_or("no parent")?;
    Ok(line.trim().parse()?)
}

impl Superset {
    async fn make(place: &Place) -> Result<Self, AnyError> {
        let bin = std::env::var("SAURO_SUPERSET")
            .map_err(|_| "Superset is not installed; ./bench superset installs it")?;
        let folder = tempfile::tempdir_in(place.folder.path())?;
        let secret = || FreshIds.fresh().simple().to_string();
        let it = Self { folder, bin, secret: secret(), password: secret() };
        eprintln!("Superset: lập cơ sở dữ liệu");
        it.said("superset", &["db", "upgrade"]).await?;
        let admin =
            ["fab", "create-admin", "--username", "admin", "--firstname", "A", "--lastname", "B"];
        let more = ["--email", "a@example.vn", "--password", &it.password];
        it.said("superset", &[admin.as_slice(), &more].concat()).await?;
        it.said("superset", &["init"]).await?;
        Ok(it)
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(format!("{}/{program}", self.bin));
        command
            .current_dir(self.folder.path())
            .env("HOME", self.folder.path())
            .env("SUPERSET_HOME", self.folder.path())
            .env("SUPERSET_CONFIG_PATH", CONFIG)
            .env("SUPERSET_SECRET_KEY", &self.secret)
            .env("SUPERSET_PASSWORD", &self.password)
            .env("FLASK_APP", "superset")
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    async fn said(&self, program: &str, words: &[&str]) -> Result<String, AnyError> {
        let done = self.command(program).args(words).output().await?;
        if done.status.success() {
            return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
        }
        let words = String::from_utf8_lossy(&done.stderr).into_owned();
        let last: Vec<_> = words.lines().rev().take(5).collect();
        Err(format!("superset: {}", last.join(" | ")).into())
    }

    /// Gunicorn with threads, as its handbook serves it.
    async fn serve(&self) -> Result<Server, AnyError> {
        let start = |at: std::net::SocketAddr| {
            let mut command = self.command("gunicorn");
            let words = ["-w", WORKERS, "-k", "gthread", "--threads", "20", "--timeout", "900"];
            command.args(words).args(["--keep-alive", "900", "-b", &at.to_string()]);
            command.arg("superset.app:create_app()").stderr(Stdio::null());
            command
        };
        Server::start_with(start, "/health").await
    }

    /// Its charts; answers the questions that they ask.
    async fn fill(
        &self,
        server: &Server,
        place: &Place,
        month: &str,
        source: &str,
    ) -> Result<Vec<Request>, AnyError> {
        let at = format!("http://{}", server.at);
        let url = place.url.replacen("postgres://", "postgresql://", 1);
        let said = self.said("python", &[FILL, &at, &url, month, source]).await?;
        let told: Value = serde_json::from_str(said.lines().last().unwrap_or_default())?;
        let token = told.get("token").and_then(Value::as_str).ok_or("no token")?;
        let questions = told.get("questions").and_then(Value::as_array).ok_or("no questions")?;
        let ask = |it: &Value| {
            let body = it.as_str().unwrap_or_default().as_bytes().to_vec();
            Request::post("/api/v1/chart/data", "application/json", body)
                .header("Authorization", &format!("Bearer {token}"))
        };
        Ok(questions.iter().map(ask).collect())
    }
}

/// Our dashboard of the nation, looked at five times by each of `crowd`. The program works a tile out
/// once for all who look within a second; the first look, which finds nothing ready, is among them.
async fn ours(place: &Place, postmaster: u32, crowd: usize) -> Result<Seen, AnyError> {
    let server = place.serve().await?;
    let cookie = cookie(&server, "lanhdao").await?;
    let edit = dashboard::make_of(&server, &cookie, &tiles("VN", "VN")).await?;
    let path = edit.strip_suffix("/sua").ok_or("no dashboard")?.to_owned();
    let desk = [Request::get(&path).by_browser().header("Cookie", &cookie)];
    // What the start of a server costs is not the dashboard's.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let begun = tree_cpu(server.pid()) + tree_cpu(postmaster);
    let times = ask_all(&server, &desk, crowd, 5).await?;
    let cpu = tree_cpu(server.pid()) + tree_cpu(postmaster) - begun;
    server.stop().await?;
    Ok(Seen { cpu_s: cpu / times.len() as f64, times })
}

/// Each of `n_readers` asks all `questions` over a few connections, `n_times`; answers how long each time took.
async fn ask_all(
    server: &Server,
    questions: &[Request],
    n_readers: usize,
    n_times: usize,
) -> Result<Vec<Duration>, AnyError> {
    let at = server.at;
    let lanes: Vec<Vec<Vec<u8>>> = (0..LANES)
        .map(|lane| {
            let own = questions.iter().enumerate().filter(|(n, _)| n % LANES == lane);
            own.map(|(_, it)| it.bytes(at)).collect()
        })
        .collect();
    let mut readers: JoinSet<Result<Vec<Duration>, AnyError>> = JoinSet::new();
    for _ in 0..n_readers {
        let lanes = lanes.clone();
        readers.spawn(async move {
            let mut times = Vec::new();
            for _ in 0..n_times {
                let begun = Instant::now();
                let mut running: JoinSet<Result<(), AnyError>> = JoinSet::new();
                for own in lanes.clone().into_iter().filter(|it| !it.is_empty()) {
                    running.spawn(lane(at, own));
                }
                while let Some(done) = running.join_next().await {
                    done??;
                }
                times.push(begun.elapsed());
            }
            Ok(times)
        });
    }
    let mut all = Vec::new();
    while let Some(times) = readers.join_next().await {
        all.append(&mut times??);
    }
    all.sort_unstable();
    Ok(all)
}

async fn lane(at: std::net::SocketAddr, own: Vec<Vec<u8>>) -> Result<(), AnyError> {
    let mut client = Client::open(at).await?;
    for bytes in own {
        let answer = client.ask(&bytes).await?;
        if answer.status != 200 {
            let body: String = String::from_utf8_lossy(&answer.body).chars().take(300).collect();
            return Err(format!("a chart was answered {}: {body}", answer.status).into());
        }
    }
    Ok(())
}
