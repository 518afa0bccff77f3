//! Redmine 5 as Debian ships it, beside us in the same run: what a page costs each of us.
//!
//! It has a folder and a SQLite file of its own; what is installed on the machine is not touched.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use sauro_benches::outside::FreshIds;
use sauro_kernel::IdSource;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::Command;

use super::client::{Client, Request};
use super::figure::{Figure, Target, rounded};
use super::load::{Load, load};
use super::national::{self, ask};
use super::place::Place;
use super::server::Server;
use super::{AnyError, Pace};

/// Where Debian puts it.
const HOME: &str = "/usr/share/redmine";
/// What fills it: people, a project, issues with three notes each.
const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/redmine/seed.rb");
/// Callers at once: as many as its server has threads.
const CALLERS: usize = 4;

/// Redmine on SQLite answers 500 to one of two who write at once, so one writes.
fn callers(doing: &str) -> usize {
    if doing == "create" { 1 } else { CALLERS }
}

/// An instance in a folder of its own.
struct Redmine {
    folder: TempDir,
    version: String,
    n_issues: i64,
    password: String,
    key: String,
}

/// The same four doings on both, with `n` issues there and `n` tasks here.
pub(crate) async fn measure(place: &Place, n: usize, pace: Pace) -> Result<Vec<Figure>, AnyError> {
    if !Path::new(HOME).is_dir() {
        return Err("redmine is not installed; ./bench redmine installs it".into());
    }
    let redmine = Redmine::make(place.folder.path(), n).await?;
    let theirs = theirs(&redmine, pace).await?;
    let ours = ours(place, pace).await?;
    let mut figures = Vec::new();
    for ((doing, theirs), (_, ours)) in theirs.into_iter().zip(ours) {
        let times = theirs.cpu_ms() / ours.cpu_ms();
        let figure = Figure::new(
            "redmine_cpu_times_ours",
            times,
            "times our CPU milliseconds a request",
            Target::AtLeast(1.0),
        );
        figures.push(figure.at(place.engine, place.scale).of(doing).with(json!({
            "redmine": theirs.json(),
            "ours": ours.json(),
            "redmine_cpu_ms": rounded(theirs.cpu_ms()),
            "ours_cpu_ms": rounded(ours.cpu_ms()),
            "redmine_version": redmine.version,
            "issues": redmine.n_issues,
            "callers": callers(doing),
        })));
    }
    Ok(figures)
}

impl Redmine {
    async fn make(home: &Path, n: usize) -> Result<Self, AnyError> {
        let folder = tempfile::tempdir_in(home)?;
        let at = |name: &str| folder.path().join(name);
        for name in ["config", "files", "log", "public", "tmp/cache", "tmp/pids"] {
            std::fs::create_dir_all(at(name))?;
        }
        let database = at("redmine.sqlite3");
        let config = format!(
            "production:\n  adapter: sqlite3\n  database: {}\n  encoding: utf8\n  timeout: 10000\n",
            database.display()
        );
        std::fs::write(at("config/database.yml"), config)?;
        std::fs::write(at("config/secret_key.txt"), secret())?;
        let mut redmine = Self {
            folder,
            version: String::new(),
            n_issues: 0,
            password: secret(),
            key: String::new(),
        };
        eprintln!("Redmine: lập cơ sở dữ liệu");
        redmine.said("bundle", &["exec", "rake", "db:migrate"], n).await?;
        eprintln!("Redmine: nạp {n} việc");
        let said = redmine.said("bundle", &["exec", "rails", "runner", SEED], n).await?;
        let told: Value = serde_json::from_str(said.lines().last().unwrap_or_default())?;
        redmine.n_issues = told.get("issues").and_then(Value::as_i64).ok_or("no issues")?;
        let word =
            |name: &str| told.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        redmine.version = word("version");
        redmine.key = word("key");
        Ok(redmine)
    }

    /// A command inside it.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        // Its instances lie below one folder; this is the way from there to ours.
        let instance = format!("../../../../../..{}", self.folder.path().display());
        command
            .current_dir(HOME)
            .env("REDMINE_INSTANCE", instance)
            .env("RAILS_ENV", "production")
            .env("REDMINE_PASSWORD", &self.password)
            .kill_on_drop(true);
        command
    }

    async fn said(&self, program: &str, words: &[&str], n: usize) -> Result<String, AnyError> {
        let done = self
            .command(program)
            .args(words)
            .env("REDMINE_ISSUES", n.to_string())
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .output()
            .await?;
        if done.status.success() {
            return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
        }
        let words = String::from_utf8_lossy(&done.stderr).into_owned();
        let last: Vec<_> = words.lines().rev().take(5).collect();
        Err(format!("redmine: {}", last.join(" | ")).into())
    }

    /// One process of Puma, its usual server.
    async fn serve(&self) -> Result<Server, AnyError> {
        let start = |at: std::net::SocketAddr| {
            let mut command = self.command("puma");
            let threads = format!("{CALLERS}:{CALLERS}");
            command.args(["-e", "production", "-t", &threads, "-b", &format!("tcp://{at}")]);
            command
        };
        Server::start_with(start, "/login").await
    }
}

/// A word nobody knows, made for this run.
fn secret() -> String {
    let ids = [FreshIds.fresh(), FreshIds.fresh()];
    ids.map(|it| it.simple().to_string()).concat()
}

type Doings = Vec<(&'static str, Load)>;

async fn theirs(redmine: &Redmine, pace: Pace) -> Result<Doings, AnyError> {
    let server = redmine.serve().await?;
    let cookie = sign_in(&server, redmine).await?;
    let get = |path: &str| Request::get(path).by_browser().header("Cookie", &cookie);
    let issue = json!({ "issue": {
        "project_id": "do", "subject": "Bo tri diem ho tro", "description": "Bao cao hang tuan.",
        "tracker_id": 1, "priority_id": 1, "status_id": 1,
    }});
    let create = Request::post("/issues.json", "application/json", issue.to_string().into_bytes())
        .header("X-Redmine-API-Key", &redmine.key);
    let span = pace.page * 4;
    let mut all = Vec::new();
    for (doing, request, status) in [
        ("list", get("/projects/do/issues?set_filter=1&sort=due_date"), 200),
        ("detail", get("/issues/123"), 200),
        ("search", get("/projects/do/search?q=nguoi+dan+777&issues=1"), 200),
        ("create", create, 201),
    ] {
        // Its caches and its compiled templates are warm before the clock starts.
        let n = callers(doing);
        load(&server, &request, status, n, Duration::from_millis(500)).await?;
        all.push((doing, load(&server, &request, status, n, span).await?));
    }
    server.stop().await?;
    Ok(all)
}

async fn ours(place: &Place, pace: Pace) -> Result<Doings, AnyError> {
    let server = place.serve().await?;
    let cookie = national::cookie(&server, "thuongtruc").await?;
    let get = |path: &str| Request::get(path).by_browser().header("Cookie", &cookie);
    let code = place.task_code().await?;
    let programme = place.programme("nq57").await?;
    let form = format!(
        "chuong-trinh={programme}&viec=B%E1%BB%91+tr%C3%AD+%C4%91i%E1%BB%83m+h%E1%BB%97+tr%E1%BB%A3\
         &chu-tri=BKHCN&san-pham=01+%C4%91i%E1%BB%83m&trach-nhiem=Th%E1%BB%A9+tr%C6%B0%E1%BB%9Fng\
         &tham-quyen=TTBC%C4%9057&han=2031-06-30&muc-do=binding&cong-khai=1"
    );
    let create = Request::post("/nhiem-vu/moi", "application/x-www-form-urlencoded", form.into())
        .header("Cookie", &cookie);
    let span = pace.page * 4;
    let mut all = Vec::new();
    for (doing, request, status) in [
        ("list", get("/nhiem-vu?tt=tat-ca"), 200),
        ("detail", get(&format!("/nhiem-vu/{code}")), 200),
        ("search", get("/nhiem-vu?q=h%E1%BB%93+s%C6%A1&tt=tat-ca"), 200),
        ("create", create, 303),
    ] {
        let n = callers(doing);
        load(&server, &request, status, n, Duration::from_millis(500)).await?;
        all.push((doing, load(&server, &request, status, n, span).await?));
    }
    server.stop().await?;
    Ok(all)
}

/// Signs in as its administrator.
async fn sign_in(server: &Server, redmine: &Redmine) -> Result<String, AnyError> {
    let page = ask(server, &Request::get("/login")).await?;
    let body = String::from_utf8_lossy(&page.body).into_owned();
    let token = body
        .split("name=\"authenticity_token\" value=\"")
        .nth(1)
        .and_then(|it| it.split('"').next())
        .ok_or("no token on the sign-in page of Redmine")?;
    let first = page.header("set-cookie").and_then(|it| it.split(';').next()).unwrap_or_default();
    let form = format!(
        "username=admin&password={}&authenticity_token={}",
        redmine.password,
        token.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
    );
    let request = Request::post("/login", "application/x-www-form-urlencoded", form.into_bytes())
        .header("Cookie", first);
    let answer = Client::open(server.at).await?.ask(&request.bytes(server.at)).await?;
    let cookie = answer.header("set-cookie").and_then(|it| it.split(';').next());
    match cookie {
        Some(cookie) if answer.status == 302 => Ok(cookie.to_owned()),
        _ => Err(format!("Redmine refused to sign in: {}", answer.status).into()),
    }
}
