//! django-helpdesk, as PyPI has it, beside us in the same run: what sending, a list and a search cost each of us with
//! as many tickets there as cases here, both in PostgreSQL.
//!
//! It has a folder and a database of its own; `./bench helpdesk` installs it beside the other caches.

use std::process::Stdio;
use std::time::Duration;

use sauro_benches::outside::FreshIds;
use sauro_kernel::IdSource;
use serde_json::{Value, json};
use tokio::process::Command;

use super::client::{Client, Request};
use super::crowd::{Asking, crowd, place as place_of};
use super::figure::{Figure, Target, rounded};
use super::load::percentile_ms;
use super::machine::tree_cpu;
use super::national::{ask, cookie};
use super::petitions::{quoted, settled};
use super::petitions_send::{Sending, photo};
use super::place::{Petitions, Place};
use super::server::Server;
use super::superset::postmaster;
use super::{AnyError, Asked};

/// Its settings, its addresses, and what fills it.
const HOME: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/helpdesk");
/// Callers at once, and processes of its server: as many as the machine has cores.
const CALLERS: usize = 4;
const WORKERS: &str = "2";
/// What is looked for on both sides.
const WORDS: &str = "mất sóng di động";

/// What one doing cost.
pub(crate) struct Seen {
    times: Vec<Duration>,
    wall: Duration,
    pub(crate) cpu_ms: f64,
}

/// An instance with a database of its own.
struct Helpdesk {
    place: Place,
    bin: String,
    secret: String,
    version: String,
    n_tickets: i64,
    session: String,
}

/// The same three doings on both.
pub(crate) async fn measure(
    asked: &Asked,
    home: &std::path::Path,
) -> Result<Vec<Figure>, AnyError> {
    let n = if asked.is_quick { 500 } else { asked.petitions.n_cases.min(20_000) };
    let span = asked.pace().page * 4;
    let helpdesk = Helpdesk::make(asked, home, n).await?;
    let theirs = helpdesk.measure(span).await;
    let (version, n_tickets) = (helpdesk.version.clone(), helpdesk.n_tickets);
    helpdesk.place.clear().await?;
    let theirs = theirs?;
    let wanted = Petitions { n_cases: n, n_initiatives: 0 };
    let place = Place::with_petitions(&asked.sauro, (home, None), "postgres", (wanted, 33)).await?;
    let ours = ours(&place, span).await;
    place.clear().await?;
    let mut figures = Vec::new();
    for ((doing, theirs), (_, ours)) in theirs.into_iter().zip(ours?) {
        let figure = Figure::new(
            "helpdesk_cpu_times_ours",
            theirs.cpu_ms / ours.cpu_ms,
            "times our CPU milliseconds a request, PostgreSQL's included",
            Target::AtLeast(1.0),
        );
        figures.push(figure.at("postgres", "helpdesk").of(doing).with(json!({
            "helpdesk": theirs.json(), "ours": ours.json(), "helpdesk_version": version,
            "tickets": n_tickets, "cases": n, "callers": CALLERS, "helpdesk_workers": WORKERS,
        })));
    }
    Ok(figures)
}

impl Seen {
    /// Answers a second.
    pub(crate) fn rate(&self) -> f64 {
        self.times.len() as f64 / self.wall.as_secs_f64()
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "answers": self.times.len(),
            "per_s": rounded(self.rate()),
            "p50_ms": rounded(percentile_ms(&self.times, 50)),
            "p95_ms": rounded(percentile_ms(&self.times, 95)),
            "cpu_ms_each": rounded(self.cpu_ms),
        })
    }
}

/// Asks for `span`, and counts what the server, and the database where it is a server too, took of the processor.
pub(crate) async fn seen(
    server: &Server,
    postmaster: Option<u32>,
    (span, status): (Duration, u16),
    request: impl Fn(usize) -> super::crowd::Asked + Send + Sync + 'static,
) -> Result<Seen, AnyError> {
    let spent = || tree_cpu(server.pid()) + postmaster.map_or(0.0, tree_cpu);
    let begun = spent();
    let asking = Asking { at: server.at, n_callers: CALLERS, span, status };
    let (times, wall) = crowd(asking, request).await?;
    let cpu = spent() - begun;
    Ok(Seen { cpu_ms: cpu * 1000.0 / times.len() as f64, times, wall })
}

impl Helpdesk {
    async fn make(asked: &Asked, home: &std::path::Path, n: usize) -> Result<Self, AnyError> {
        let bin = std::env::var("SAURO_HELPDESK")
            .map_err(|_| "django-helpdesk is not installed; ./bench helpdesk installs it")?;
        let place = Place::bare(&asked.sauro, home, "postgres", "helpdesk").await?;
        let secret = FreshIds.fresh().simple().to_string();
        let mut it = Self {
            place,
            bin,
            secret,
            version: String::new(),
            n_tickets: 0,
            session: String::new(),
        };
        eprintln!("django-helpdesk: lập cơ sở dữ liệu, nạp {n} phiếu");
        let said = it.fill(n).await;
        let told: Value = match said {
            Ok(said) => serde_json::from_str(said.lines().last().unwrap_or_default())?,
            Err(err) => {
                it.place.clear().await?;
                return Err(err);
            }
        };
        let word =
            |name: &str| told.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        it.version = word("version");
        it.session = word("session");
        it.n_tickets = told.get("tickets").and_then(Value::as_i64).ok_or("no tickets")?;
        Ok(it)
    }

    async fn fill(&self, n: usize) -> Result<String, AnyError> {
        self.said("python", &["-m", "django", "migrate", "--verbosity", "0"]).await?;
        self.said("python", &[&format!("{HOME}/fill.py"), &n.to_string()]).await
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(format!("{}/{program}", self.bin));
        command
            .current_dir(self.place.folder.path())
            .env("PYTHONPATH", HOME)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("DJANGO_SETTINGS_MODULE", "desk_settings")
            .env("HELPDESK_DATABASE", &self.place.url)
            .env("HELPDESK_SECRET", &self.secret)
            .env("HELPDESK_MEDIA", self.place.folder.path().join("media"))
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
        Err(format!("django-helpdesk: {}", last.join(" | ")).into())
    }

    /// Gunicorn with threads.
    async fn serve(&self) -> Result<Server, AnyError> {
        let start = |at: std::net::SocketAddr| {
            let mut command = self.command("gunicorn");
            let words = ["-w", WORKERS, "-k", "gthread", "--threads", "8", "--timeout", "300"];
            command.args(words).args(["--keep-alive", "300", "-b", &at.to_string()]);
            command.arg("desk_settings:application").stderr(Stdio::null());
            command
        };
        Server::start_with(start, "/tickets/submit/").await
    }

    async fn measure(&self, span: Duration) -> Result<Vec<(&'static str, Seen)>, AnyError> {
        let server = self.serve().await?;
        let postmaster = Some(postmaster(&self.place).await?);
        let session = format!("sessionid={}", self.session);
        let (at, shot) = (server.at, photo());
        let create =
            seen(&server, postmaster, (span, 302), move |n| (None, ticket(&shot, n).bytes(at)));
        let create = create.await?;
        let mut all = vec![("create", create)];
        for (doing, words) in [("list", ""), ("search", WORDS)] {
            let path = self.said("python", &[&format!("{HOME}/fill.py"), "path", words]).await?;
            let request = Request::get(path.trim()).header("Cookie", &session);
            ask(&server, &request).await?;
            let bytes = request.bytes(at);
            let seen = seen(&server, postmaster, (span, 200), move |_| (None, bytes.clone()));
            all.push((doing, seen.await?));
        }
        server.stop().await?;
        Ok(all)
    }
}

/// A ticket as its public form sends it, with the same photo.
fn ticket(photo: &[u8], n: usize) -> Request {
    const BOUNDARY: &str = "sau-ro-do-helpdesk";
    // Its guard wants the word of the form and that of the cookie to be the same.
    const TOKEN: &str = "0123456789abcdefghijklmnopqrstuv";
    let mut body = Vec::with_capacity(photo.len() + 2048);
    let mut part = |disposition: String, more: &str, content: &[u8]| {
        let head =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}{more}\r\n\r\n");
        body.extend(head.into_bytes());
        body.extend(content);
        body.extend(b"\r\n");
    };
    for (field, value) in [
        ("csrfmiddlewaretoken", TOKEN.to_owned()),
        ("queue", "1".to_owned()),
        ("title", format!("Nắp hố ga vỡ trước cổng trường {n}")),
        ("body", "Bà con đã nhắc tổ trưởng mà chưa thấy ai xuống xem.".to_owned()),
        ("priority", "3".to_owned()),
        ("submitter_email", format!("nguoi-gui-{n}@example.vn")),
    ] {
        part(format!("name=\"{field}\""), "", value.as_bytes());
    }
    let name = format!("name=\"attachment\"; filename=\"anh-{n}.jpg\"");
    part(name, "\r\nContent-Type: image/jpeg", photo);
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    let media = format!("multipart/form-data; boundary={BOUNDARY}");
    Request::post("/tickets/submit/", &media, body).header("Cookie", &format!("csrftoken={TOKEN}"))
}

/// Sending, the queue of a desk, and what is like some words.
async fn ours(place: &Place, span: Duration) -> Result<Vec<(&'static str, Seen)>, AnyError> {
    let server = settled(place).await?;
    let (at, postmaster) = (server.at, Some(postmaster(place).await?));
    let sending = Sending::ready(place, true, 0).await?;
    // The first one warms both up.
    let first = sending.after(1_000_000).request(1_000_000).bytes(at);
    Client::open_from(place_of(60_000), at).await?.ask(&first).await?;
    let create = seen(&server, postmaster, (span, 303), move |n| {
        (Some(sending.from(n)), sending.request(n).bytes(at))
    });
    let mut all = vec![("create", create.await?)];
    let cookie = cookie(&server, "xa-namcan").await?;
    let list = Request::get("/phan-anh-den").header("Cookie", &cookie);
    let search = Request::get(&format!("/phan-anh/tuong-tu?noi-dung={}", quoted(WORDS)));
    for (doing, request) in [("list", list), ("search", search)] {
        ask(&server, &request).await?;
        let bytes = request.bytes(at);
        let seen = seen(&server, postmaster, (span, 200), move |_| (None, bytes.clone()));
        all.push((doing, seen.await?));
    }
    server.stop().await?;
    Ok(all)
}
