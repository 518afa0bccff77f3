//! Wagtail (PyPI) and Ghost (npm) beside us in the same run, with the same articles: home, an article, the list, search.
//!
//! Each has a folder of its own; `./bench portal` installs them beside the other caches.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use sauro_benches::outside::FreshIds;
use sauro_kernel::IdSource;
use sauro_portal::model::{Block, Content};
use sauro_store::{Db, run};
use serde_json::{Value, json};
use tokio::process::Command;

use super::client::Request;
use super::crowd::place as reader;
use super::figure::{Figure, Target};
use super::helpdesk::{Seen, seen};
use super::national::ask;
use super::petitions::{quoted, settled};
use super::place::{Place, Portal};
use super::portal::{FROM_ONE, newest};
use super::server::Server;
use super::superset::postmaster;
use super::{AnyError, Asked, portal_ghost};

/// Wagtail's settings, its pages, and what fills it.
const HOME: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/wagtail");
/// Processes of Wagtail's server: as many as the machine has cores.
const WORKERS: &str = "2";
/// What is looked for.
pub(super) const WORDS: &str = "đất đai";

/// What each doing cost.
pub(super) type All = Vec<(&'static str, Seen)>;

/// Addresses of a site: home, article, list, and search where it has one.
pub(super) type Paths = Vec<(&'static str, String)>;

/// All three, one after the other.
pub(crate) async fn measure(asked: &Asked, home: &Path, take: &mut super::Take<'_>) {
    let wanted = Portal { n_articles: asked.n_beside, n_documents: 0 };
    let place = match Place::with_portal(&asked.sauro, home, "postgres", wanted).await {
        Ok(place) => place,
        Err(err) => return take("portal-beside seed", Err(err)),
    };
    let span = asked.pace().page * 4;
    let outcome = beside(asked, (home, &place), span, take).await;
    if let Err(err) = outcome {
        take("portal-beside", Err(err));
    }
    if let Err(err) = place.clear().await {
        take("portal-beside clear", Err(err));
    }
}

async fn beside(
    asked: &Asked,
    (home, place): (&Path, &Place),
    span: Duration,
    take: &mut super::Take<'_>,
) -> Result<(), AnyError> {
    let file = place.folder.path().join("articles.jsonl");
    let n = written(place, &file).await?;
    let ours = ours(place, span).await?;
    for cache in ["", "on"] {
        let name = if cache.is_empty() { "wagtail" } else { "wagtail with its page cache" };
        let theirs = wagtail(asked, home, &file, (cache, span)).await;
        take(name, theirs.map(|(theirs, version)| ratios((&ours, theirs), (name, version, n))));
    }
    let theirs = portal_ghost::measure(home, &file, span).await;
    take("ghost", theirs.map(|(theirs, version)| ratios((&ours, theirs), ("ghost", version, n))));
    Ok(())
}

/// How many times as many answers a second as theirs, and how many times less of the processor.
fn ratios((ours, theirs): (&All, All), (name, version, n): (&str, String, usize)) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (doing, theirs) in theirs {
        let Some((_, ours)) = ours.iter().find(|it| it.0 == doing) else { continue };
        // Search is asked of the index each time; pages come from memory.
        let least = if doing == "search" { 1.0 } else { 100.0 };
        let detail = json!({
            "ours": ours.json(), "theirs": theirs.json(), "version": version, "articles": n,
        });
        for (figure, value) in [
            ("portal_rate_times_theirs", ours.rate() / theirs.rate()),
            ("portal_cpu_times_less_than_theirs", theirs.cpu_ms / ours.cpu_ms),
        ] {
            let figure = Figure::new(figure, value, "times", Target::AtLeast(least));
            figures.push(figure.of(&format!("{doing}, {name}")).with(detail.clone()));
        }
    }
    figures
}

/// Asks `server` for each of `paths` in turn.
pub(super) async fn all_of(
    server: &Server,
    postmaster: Option<u32>,
    (paths, span): (&Paths, Duration),
) -> Result<All, AnyError> {
    let mut all = Vec::new();
    for (doing, path) in paths {
        let request = Request::get(path).by_browser();
        ask(server, &request).await?;
        let bytes = request.bytes(server.at);
        // Our search answers one address only so often.
        let is_search = *doing == "search";
        let from = move |n: usize| is_search.then(|| reader(n / FROM_ONE));
        let cost = seen(server, postmaster, (span, 200), move |n| (from(n), bytes.clone())).await?;
        all.push((*doing, cost));
    }
    Ok(all)
}

async fn ours(place: &Place, span: Duration) -> Result<All, AnyError> {
    let server = settled(place).await?;
    let article = newest(&server).await?;
    let search = format!("/tim-kiem?q={}", quoted(WORDS));
    let paths: Paths = vec![
        ("home", "/".to_owned()),
        ("article", article),
        ("list", "/tin".to_owned()),
        ("search", search),
    ];
    let all = all_of(&server, Some(postmaster(place).await?), (&paths, span)).await?;
    server.stop().await?;
    Ok(all)
}

/// Our articles as a file that anybody can read, the oldest first.
async fn written(place: &Place, file: &Path) -> Result<usize, AnyError> {
    const SQL: &str = "
        SELECT i.slug, i.published_at, v.content
        FROM portal_items i JOIN portal_versions v ON v.item_id = i.id AND v.n = i.live_n
        WHERE i.kind = 'tin' ORDER BY i.published_at, i.id";
    let db = Db::open(&place.url).await?;
    let mut conn = db.read().await?;
    let rows: Vec<(String, i64, String)> = run!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)?;
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    for (slug, at, content) in &rows {
        let content: Content = serde_json::from_str(content)?;
        let html: String = content.blocks.iter().map(html_of).collect();
        let line = json!({
            "slug": slug, "title": content.title, "summary": content.summary, "html": html,
            "at": at / 1_000_000,
        });
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(rows.len())
}

fn html_of(block: &Block) -> String {
    match block {
        Block::Heading { text, .. } => format!("<h2>{text}</h2>"),
        Block::Paragraph { spans } => {
            let text: String = spans.iter().map(|it| it.text.as_str()).collect();
            format!("<p>{text}</p>")
        }
        _ => String::new(),
    }
}

/// An instance with a database of its own.
struct Wagtail {
    place: Place,
    bin: PathBuf,
    secret: String,
    cache: &'static str,
}

async fn wagtail(
    asked: &Asked,
    home: &Path,
    file: &Path,
    (cache, span): (&'static str, Duration),
) -> Result<(All, String), AnyError> {
    let bin = std::env::var("SAURO_WAGTAIL")
        .map_err(|_| "Wagtail is not installed; ./bench portal installs it")?;
    let place = Place::bare(&asked.sauro, home, "postgres", "wagtail").await?;
    let secret = FreshIds.fresh().simple().to_string();
    let it = Wagtail { place, bin: bin.into(), secret, cache };
    let outcome = it.measure(file, span).await;
    it.place.clear().await?;
    outcome
}

impl Wagtail {
    async fn measure(&self, file: &Path, span: Duration) -> Result<(All, String), AnyError> {
        self.said(&["-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"]).await?;
        let fill = format!("{HOME}/fill.py");
        let told = self.said(&[&fill, &file.display().to_string()]).await?;
        let told: Value = serde_json::from_str(told.lines().last().unwrap_or_default())?;
        let word =
            |name: &str| told.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let paths: Paths = vec![
            ("home", "/".to_owned()),
            ("article", word("article")),
            ("list", "/tin/".to_owned()),
            ("search", format!("/search/?q={}", quoted(WORDS))),
        ];
        let start = |at: std::net::SocketAddr| {
            let mut command = self.command("gunicorn");
            let words = ["-w", WORKERS, "-k", "gthread", "--threads", "8", "--timeout", "300"];
            command.args(words).args(["--keep-alive", "300", "-b", &at.to_string()]);
            command.arg("site_settings:application").stderr(Stdio::null());
            command
        };
        let server = Server::start_with(start, "/").await?;
        let postmaster = postmaster(&self.place).await?;
        let all = all_of(&server, Some(postmaster), (&paths, span)).await?;
        server.stop().await?;
        Ok((all, word("version")))
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.bin.join(program));
        command
            .current_dir(self.place.folder.path())
            .env("PYTHONPATH", HOME)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("DJANGO_SETTINGS_MODULE", "site_settings")
            .env("WAGTAIL_DATABASE", &self.place.url)
            .env("WAGTAIL_SECRET", &self.secret)
            .env("WAGTAIL_CACHE", self.cache)
            .env("WAGTAIL_MEDIA", self.place.folder.path().join("media"))
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    async fn said(&self, words: &[&str]) -> Result<String, AnyError> {
        said(self.command("python").args(words), "Wagtail").await
    }
}

/// What `command` prints; what went wrong with it otherwise.
pub(super) async fn said(command: &mut Command, name: &str) -> Result<String, AnyError> {
    let done = command.output().await?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
    }
    let words = String::from_utf8_lossy(&done.stderr).into_owned();
    let last: Vec<_> = words.lines().rev().take(5).collect();
    Err(format!("{name}: {}", last.join(" | ")).into())
}
