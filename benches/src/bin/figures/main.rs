//! The figures of the product, measured on the real binary: one JSON object on the output, what is
//! going on beside it. `./bench` builds and starts what this needs.
//!
//! `figures SAURO [reader|score|paper|intake|search|public|report|idle|first-visit|dashboard|national|petitions|redmine|…]… [--quick]`

mod client;
mod constant;
mod crowd;
mod dashboard;
mod figure;
mod helpdesk;
mod idle;
mod intake;
mod load;
mod machine;
mod millions;
mod national;
mod night;
mod paper;
mod petitions;
mod petitions_flood;
mod petitions_limits;
mod petitions_send;
mod place;
mod portal;
mod portal_beside;
mod portal_ghost;
mod portal_publish;
mod public;
mod reader;
mod redmine;
mod report;
mod search;
mod senders;
mod server;
mod superset;
mod syncs;
mod visit;

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;

use figure::Figure;
use place::{Petitions, Place, Portal};

/// As the product allocates, so does the constant page it is held against.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

type AnyError = Box<dyn std::error::Error + Send + Sync>;

/// The parts that need the demonstration or twenty thousand tasks.
const ON_PROVINCE: [&str; 5] = ["public", "report", "idle", "first-visit", "dashboard"];

/// Months of a nation's figures: five years.
const MONTHS: usize = 60;

/// How long things are looked at.
#[derive(Clone, Copy)]
struct Pace {
    /// One run of one page.
    page: Duration,
    reports: Duration,
    /// How long nobody asks before memory is read.
    idle: Duration,
}

struct Asked {
    sauro: PathBuf,
    parts: Vec<String>,
    is_quick: bool,
    /// Months of figures at the size of a nation.
    n_months: usize,
    /// The engines that are measured with them.
    engines: Vec<&'static str>,
    /// Petitions and initiatives at the size of a nation.
    petitions: Petitions,
    /// Articles and documents at the size of a nation.
    portal: Portal,
    /// Articles of each where others stand beside us.
    n_beside: usize,
    /// How long petitions are sent.
    seconds: u64,
    /// Where petitions that were made up stay for the next run.
    kept: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<(), AnyError> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [first, rest @ ..] = words.as_slice()
        && first == "constant"
    {
        return constant::serve(rest).await;
    }
    let asked = Asked::read(words)?;
    let home = tempfile::Builder::new().prefix("sauro-bench.").tempdir()?;
    let machine = machine::facts(home.path())?;
    let (figures, broken) = measure(&asked, home.path()).await;
    let short: Vec<_> = figures.iter().filter(|it| !it.holds()).map(Figure::title).collect();
    let result = json!({
        "holds": short.is_empty() && broken.is_empty(),
        "falls_short": short,
        "could_not_be_measured": broken,
        "quick": asked.is_quick,
        "machine": machine,
        "load_average_after": machine::load_average(),
        "figures": figures.iter().map(Figure::json).collect::<Vec<_>>(),
    });
    println!("{}", serde_json::to_string_pretty(&result)?);
    Ok(())
}

impl Asked {
    fn read(words: Vec<String>) -> Result<Self, AnyError> {
        let (flags, words): (Vec<_>, Vec<_>) =
            words.into_iter().partition(|it| it.starts_with("--"));
        let mut words = words.into_iter();
        let sauro = words.next().ok_or("figures SAURO [PART]… [--quick]")?.into();
        let mut parts: Vec<String> = words.collect();
        let all: Vec<&str> = ["reader", "score", "paper", "intake", "search"]
            .into_iter()
            .chain(ON_PROVINCE)
            .chain(national::PARTS)
            .chain(millions::PARTS)
            .chain(petitions::PARTS)
            .chain(portal::PARTS)
            .chain(["redmine", "superset", "helpdesk"])
            .collect();
        let is_quick = flags.iter().any(|it| it == "--quick");
        let told = |name: &str| flags.iter().find_map(|it| it.strip_prefix(name));
        let n_months = match told("--months=") {
            Some(n) => n.parse()?,
            None if is_quick => 2,
            None => MONTHS,
        };
        let engines = ["postgres", "sqlite"].into_iter();
        let engines =
            engines.filter(|it| told("--engine=").is_none_or(|only| only == *it)).collect();
        let number = |name: &str, quick: usize, whole: usize| match told(name) {
            Some(n) => n.parse(),
            None => Ok(if is_quick { quick } else { whole }),
        };
        let petitions = Petitions {
            n_cases: number("--cases=", 2_000, 1_000_000)?,
            n_initiatives: number("--initiatives=", 200, 50_000)?,
        };
        let portal = Portal {
            n_articles: number("--articles=", 400, 200_000)?,
            n_documents: number("--documents=", 600, 500_000)?,
        };
        let n_beside = number("--beside=", 100, 2_000)?;
        let seconds = u64::try_from(number("--seconds=", 3, 600)?)?;
        let kept = told("--kept=").map(PathBuf::from);
        for (word, meant) in [
            ("national", &national::PARTS[..]),
            (millions::ALL, &millions::PARTS),
            (petitions::ALL, &petitions::PARTS),
            (portal::ALL, &portal::PARTS),
        ] {
            if parts.iter().any(|it| it == word) {
                parts.retain(|it| it != word);
                parts.extend(meant.iter().map(|&it| it.to_owned()));
            }
        }
        if let Some(unknown) = parts.iter().find(|it| !all.contains(&it.as_str())) {
            return Err(format!("unknown part {unknown}; there are {}", all.join(", ")).into());
        }
        if parts.is_empty() {
            // A smoke run installs nothing large; a nation's figures, which fill a disk, are asked for by name.
            let by_name = |it: &str| {
                matches!(it, "superset" | "helpdesk")
                    || millions::PARTS.contains(&it)
                    || petitions::PARTS.contains(&it)
                    || portal::PARTS.contains(&it)
            };
            let is_meant = |it: &&&str| !(by_name(it) || is_quick && **it == "redmine");
            parts = all.iter().filter(is_meant).map(|&it| it.to_owned()).collect();
        }
        Ok(Self {
            sauro,
            parts,
            is_quick,
            n_months,
            engines,
            petitions,
            portal,
            n_beside,
            seconds,
            kept,
        })
    }

    fn has(&self, part: &str) -> bool {
        self.parts.iter().any(|it| it == part)
    }

    fn pace(&self) -> Pace {
        let seconds = Duration::from_secs;
        if self.is_quick {
            Pace { page: Duration::from_millis(300), reports: seconds(3), idle: seconds(3) }
        } else {
            Pace { page: seconds(1), reports: seconds(12), idle: seconds(30) }
        }
    }
}

/// Takes every part that was asked for. One that breaks does not hide the others.
async fn measure(asked: &Asked, home: &Path) -> (Vec<Figure>, Vec<String>) {
    let (mut figures, mut broken) = (Vec::new(), Vec::new());
    let mut take = |what: &str, outcome: Result<Vec<Figure>, AnyError>| match outcome {
        Ok(more) => {
            more.iter().for_each(|it| eprintln!("{}", it.title()));
            figures.extend(more);
        }
        Err(err) => {
            eprintln!("{what}: {err}");
            broken.push(format!("{what}: {err}"));
        }
    };
    if asked.has("reader") {
        take("reader", reader::measure());
    }
    if asked.has("score") {
        take("score", reader::score(&asked.sauro).await);
    }
    if asked.has("paper") {
        take("paper", paper::measure());
    }
    if asked.has("intake") {
        for engine in ["sqlite", "postgres"] {
            eprintln!("==> {engine}, intake");
            take(&format!("intake {engine}"), intake::at(asked, home, engine).await);
        }
    }
    if asked.has("search") {
        eprintln!("==> search");
        take("search", search::measure(home, asked.is_quick).await);
    }
    if ON_PROVINCE.iter().any(|it| asked.has(it)) {
        let scales: &[&'static str] =
            if asked.is_quick { &["demo"] } else { &["demo", "province"] };
        for scale in scales {
            for engine in ["sqlite", "postgres"] {
                eprintln!("==> {engine}, {scale}");
                at_place(asked, home, (engine, scale, None), &mut take).await;
            }
        }
    }
    if national::PARTS.iter().any(|it| asked.has(it)) {
        let n_tasks = asked.is_quick.then_some(4_000);
        for engine in ["sqlite", "postgres"] {
            eprintln!("==> {engine}, national");
            at_place(asked, home, (engine, "national", n_tasks), &mut take).await;
        }
    }
    if asked.has("superset") || millions::PARTS.iter().any(|it| asked.has(it)) {
        for engine in &asked.engines {
            eprintln!("==> {engine}, figures");
            with_figures(asked, home, engine, &mut take).await;
        }
    }
    if petitions::PARTS.iter().any(|it| asked.has(it)) {
        for engine in &asked.engines {
            eprintln!("==> {engine}, petitions");
            petitions::on(asked, home, engine, &mut take).await;
        }
    }
    if asked.has("portal-pages") {
        for engine in &asked.engines {
            eprintln!("==> {engine}, portal");
            portal::on(asked, home, engine, &mut take).await;
        }
    }
    if asked.has(portal::BESIDE) {
        eprintln!("==> portal beside others");
        portal_beside::measure(asked, home, &mut take).await;
    }
    if asked.has("helpdesk") {
        eprintln!("==> helpdesk");
        take("helpdesk", helpdesk::measure(asked, home).await);
    }
    if asked.has("redmine") {
        let n = if asked.is_quick { 1_000 } else { 20_000 };
        eprintln!("==> redmine");
        at_place(asked, home, ("sqlite", "redmine", Some(n)), &mut take).await;
    }
    (figures, broken)
}

type Take<'a> = dyn FnMut(&str, Result<Vec<Figure>, AnyError>) + Send + 'a;

async fn at_place(
    asked: &Asked,
    home: &Path,
    (engine, scale, n_tasks): (&'static str, &'static str, Option<usize>),
    take: &mut Take<'_>,
) {
    let what = |part: &str| format!("{part} {engine} {scale}");
    let place = match Place::make(&asked.sauro, home, engine, scale, n_tasks).await {
        Ok(place) => place,
        Err(err) => return take(&what("seed"), Err(err)),
    };
    let outcome = match (scale, n_tasks) {
        ("national", _) => national::measure(asked, &place, asked.pace(), take).await,
        ("redmine", Some(n)) => {
            take(&what("redmine"), redmine::measure(&place, n, asked.pace()).await);
            Ok(())
        }
        _ => on_server(asked, &place, take).await,
    };
    if let Err(err) = outcome {
        take(&what("server"), Err(err));
    }
    if let Err(err) = place.clear().await {
        take(&what("clear"), Err(err));
    }
}

/// A nation's figures on `engine`; they take much of the disk, so they go before the next ones come.
async fn with_figures(asked: &Asked, home: &Path, engine: &'static str, take: &mut Take<'_>) {
    let wanted =
        if asked.is_quick { (1_000, asked.n_months, 28) } else { (20_000, asked.n_months, 200) };
    let place = match Place::with_figures(&asked.sauro, home, engine, wanted).await {
        Ok(place) => place,
        Err(err) => return take(&format!("seed {engine} figures"), Err(err)),
    };
    if let Err(err) = millions::measure(asked, &place, asked.pace(), take).await {
        take(&format!("figures {engine}"), Err(err));
    }
    if let Err(err) = place.clear().await {
        take(&format!("clear {engine} figures"), Err(err));
    }
}

async fn on_server(asked: &Asked, place: &Place, take: &mut Take<'_>) -> Result<(), AnyError> {
    let pace = asked.pace();
    let what = |part: &str| format!("{part} {} {}", place.engine, place.scale);
    let mut senders = if asked.has("report") { senders::open(place).await? } else { Vec::new() };
    place.serve().await?.stop().await?;
    let server = place.serve().await?;
    let fresh = if asked.has("idle") { Some(idle::fresh(&server, pace).await) } else { None };
    if asked.has("first-visit") {
        take(&what("first-visit"), visit::measure(place, &server).await);
    }
    if asked.has("public") {
        take(&what("public"), public::measure(place, &server, pace).await);
    }
    if asked.has("dashboard") {
        take(&what("dashboard"), dashboard::measure(place, &server, pace).await);
    }
    if asked.has("report") {
        let outcome = match senders::sign_in(&server, &mut senders).await {
            Ok(()) => report::measure(place, &server, &senders, pace).await,
            Err(err) => Err(err),
        };
        take(&what("report"), outcome);
    }
    if let Some(fresh) = fresh {
        take(&what("idle"), idle::measure(place, &server, &fresh, pace).await);
    }
    server.stop().await
}
