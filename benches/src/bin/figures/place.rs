//! An installation to measure: one engine, data of one scale, a folder of its own.

use std::path::{Path, PathBuf};
use std::time::Instant;

use sauro_store::{Db, run};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor, Row};
use tempfile::TempDir;
use tokio::process::Command;
use uuid::Uuid;

use super::AnyError;
use super::server::Server;

/// How many petitions and initiatives are made up.
#[derive(Clone, Copy)]
pub(crate) struct Petitions {
    pub(crate) n_cases: usize,
    pub(crate) n_initiatives: usize,
}

/// How many articles and documents are made up.
#[derive(Clone, Copy)]
pub(crate) struct Portal {
    pub(crate) n_articles: usize,
    pub(crate) n_documents: usize,
}

/// A folder that goes with whoever holds it, or one that stays for the next run.
pub(crate) struct Folder {
    path: PathBuf,
    _passing: Option<TempDir>,
}

impl Folder {
    fn passing(home: &Path) -> Result<Self, AnyError> {
        let passing = tempfile::tempdir_in(home)?;
        Ok(Self { path: passing.path().to_owned(), _passing: Some(passing) })
    }

    fn kept(path: PathBuf) -> Result<Self, AnyError> {
        std::fs::create_dir_all(&path)?;
        Ok(Self { path, _passing: None })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// One installation. Its folder goes with it, unless it is kept.
pub(crate) struct Place {
    pub(crate) engine: &'static str,
    pub(crate) scale: &'static str,
    pub(crate) url: String,
    pub(crate) folder: Folder,
    pub(crate) seeded_in_s: f64,
    sauro: PathBuf,
    /// The database to drop afterwards: address of the server and its name.
    dropped: Option<(String, String)>,
}

impl Place {
    /// Makes the installation and fills it; with another number of tasks than the scale has, if one is given.
    pub(crate) async fn make(
        sauro: &Path,
        home: &Path,
        engine: &'static str,
        scale: &'static str,
        n_tasks: Option<usize>,
    ) -> Result<Self, AnyError> {
        let scale_of_seed = if scale == "redmine" { "province" } else { scale };
        let mut words = vec!["--scale".to_owned(), scale_of_seed.to_owned()];
        words.extend(n_tasks.into_iter().flat_map(|n| ["--tasks".to_owned(), n.to_string()]));
        let mut place = Self::bare(sauro, home, engine, scale).await?;
        place.fill(&words).await?;
        Ok(place)
    }

    /// An installation with tasks of a province, and figures of the nation for so many months and
    /// indicators.
    pub(crate) async fn with_figures(
        sauro: &Path,
        home: &Path,
        engine: &'static str,
        (n_tasks, n_months, n_indicators): (usize, usize, usize),
    ) -> Result<Self, AnyError> {
        let mut place = Self::bare(sauro, home, engine, "figures").await?;
        let numbers = [("tasks", n_tasks), ("figures", n_months), ("indicators", n_indicators)];
        let mut words = vec!["--scale".to_owned(), "province".to_owned()];
        words
            .extend(numbers.into_iter().flat_map(|(word, n)| [format!("--{word}"), n.to_string()]));
        place.fill(&words).await?;
        Ok(place)
    }

    /// An installation with the demonstration and so many petitions and initiatives, `open` of a hundred petitions
    /// not at their end. With `kept`, it is made there once and found again by the next run: a million cases take
    /// longer to make up than to measure.
    pub(crate) async fn with_petitions(
        sauro: &Path,
        (home, kept): (&Path, Option<&Path>),
        engine: &'static str,
        (wanted, open): (Petitions, u8),
    ) -> Result<Self, AnyError> {
        let scale = if open == 100 { "open_petitions" } else { "petitions" };
        let mut place = match kept {
            None => Self::bare(sauro, home, engine, scale).await?,
            Some(kept) => {
                let name = format!("{engine}_{scale}_{}", wanted.n_cases);
                let place = Self::in_kept(sauro, &kept.join(&name), (engine, scale, &name)).await?;
                if place.seeded_in_s > 0.0 {
                    return Ok(place);
                }
                place
            }
        };
        place.fill(&["--scale", "demo"].map(str::to_owned)).await?;
        let numbers = [
            ("cases", wanted.n_cases),
            ("initiatives", wanted.n_initiatives),
            ("open", usize::from(open)),
        ];
        let mut words = vec!["petitions".to_owned()];
        words
            .extend(numbers.into_iter().flat_map(|(word, n)| [format!("--{word}"), n.to_string()]));
        place.fill(&words).await?;
        if kept.is_some() {
            std::fs::write(place.folder.path().join(MADE_IN), place.seeded_in_s.to_string())?;
        }
        Ok(place)
    }

    /// What stands in `folder` since an earlier run, or an empty installation that will stay there. How long it
    /// took to fill is 0 when it is not full.
    async fn in_kept(
        sauro: &Path,
        folder: &Path,
        (engine, scale, name): (&'static str, &'static str, &str),
    ) -> Result<Self, AnyError> {
        let url = if engine == "sqlite" {
            sqlite_in(folder)
        } else {
            format!("{}/sauro_kept_{name}", server_of_tests()?)
        };
        let is_there = engine == "sqlite" || PgConnection::connect(&url).await.is_ok();
        let seeded_in_s = match std::fs::read_to_string(folder.join(MADE_IN)) {
            Ok(seconds) if is_there => seconds.parse()?,
            _ => 0.0,
        };
        if seeded_in_s == 0.0 && folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        if seeded_in_s == 0.0 && engine == "postgres" {
            let mut conn =
                PgConnection::connect(&format!("{}/postgres", server_of_tests()?)).await?;
            let old = format!("DROP DATABASE IF EXISTS sauro_kept_{name} WITH (FORCE)");
            conn.execute(AssertSqlSafe(old)).await?;
            conn.execute(AssertSqlSafe(format!("CREATE DATABASE sauro_kept_{name}"))).await?;
        }
        let folder = Folder::kept(folder.to_owned())?;
        let sauro = sauro.to_owned();
        Ok(Self { engine, scale, url, folder, seeded_in_s, sauro, dropped: None })
    }

    /// An installation with the demonstration and so many articles and documents.
    pub(crate) async fn with_portal(
        sauro: &Path,
        home: &Path,
        engine: &'static str,
        wanted: Portal,
    ) -> Result<Self, AnyError> {
        let mut place = Self::bare(sauro, home, engine, "portal").await?;
        place.fill(&["--scale", "demo"].map(str::to_owned)).await?;
        let numbers = [("articles", wanted.n_articles), ("documents", wanted.n_documents)];
        let mut words = vec!["portal".to_owned()];
        words
            .extend(numbers.into_iter().flat_map(|(word, n)| [format!("--{word}"), n.to_string()]));
        place.fill(&words).await?;
        Ok(place)
    }

    /// An installation without anything.
    pub(crate) async fn bare(
        sauro: &Path,
        home: &Path,
        engine: &'static str,
        scale: &'static str,
    ) -> Result<Self, AnyError> {
        let folder = Folder::passing(home)?;
        let (url, dropped) = if engine == "sqlite" {
            (sqlite_in(folder.path()), None)
        } else {
            let server = server_of_tests()?;
            let name = format!("sauro_bench_{scale}_{}", std::process::id());
            let mut conn = PgConnection::connect(&format!("{server}/postgres")).await?;
            conn.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await?;
            (format!("{server}/{name}"), Some((server, name)))
        };
        Ok(Self { engine, scale, url, folder, seeded_in_s: 0.0, sauro: sauro.to_owned(), dropped })
    }

    async fn fill(&mut self, words: &[String]) -> Result<(), AnyError> {
        let begun = Instant::now();
        let mut command = self.command("seed");
        let status = command.args(words).stdout(std::process::Stdio::null()).status().await?;
        if !status.success() {
            return Err(format!("sauro seed ended with {status}").into());
        }
        self.seeded_in_s = begun.elapsed().as_secs_f64();
        Ok(())
    }

    /// `sauro VERB` on this installation.
    pub(crate) fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(&self.sauro);
        command.arg(verb).arg("--data").arg(self.folder.path()).args(["--database", &self.url]);
        command
    }

    /// Starts the server. It is a demonstration, so that its sample accounts can sign in.
    pub(crate) async fn serve(&self) -> Result<Server, AnyError> {
        self.serve_with(&[]).await
    }

    /// The same, with `variables` beside the defaults.
    pub(crate) async fn serve_with(&self, variables: &[(&str, &str)]) -> Result<Server, AnyError> {
        let mut command = self.command("serve");
        command.arg("--demo").envs(variables.iter().copied());
        Server::start(command, "/ket-qua").await
    }

    /// What PostgreSQL counted so far, and how durable it is; `None` on SQLite.
    pub(crate) async fn postgres(&self) -> Result<Option<Postgres>, AnyError> {
        const COUNTS: &str = "
            SELECT d.xact_commit, w.wal_sync, w.wal_write,
                   current_setting('fsync') || ' ' || current_setting('synchronous_commit'),
                   current_setting('server_version')
            FROM pg_stat_database d, pg_stat_wal w
            WHERE d.datname = current_database()";
        if self.engine == "sqlite" {
            return Ok(None);
        }
        let mut conn = PgConnection::connect(&self.url).await?;
        let row = sqlx::query(COUNTS).fetch_one(&mut conn).await?;
        let text: String = row.try_get(3)?;
        Ok(Some(Postgres {
            commits: row.try_get(0)?,
            wal_syncs: row.try_get(1)?,
            is_durable: text == "on on",
            version: row.try_get(4)?,
        }))
    }

    /// How many rows the large tables have.
    pub(crate) async fn rows(&self) -> Result<Vec<(&'static str, i64)>, AnyError> {
        const TABLES: [(&str, &str); 7] = [
            ("tasks", "SELECT COUNT(*) FROM tasks"),
            ("reports", "SELECT COUNT(*) FROM reports"),
            ("report_items", "SELECT COUNT(*) FROM report_items"),
            ("evidence", "SELECT COUNT(*) FROM evidence"),
            ("verifications", "SELECT COUNT(*) FROM verifications"),
            ("task_history", "SELECT COUNT(*) FROM task_history"),
            ("journal_entries", "SELECT COUNT(*) FROM journal_entries"),
        ];
        let db = Db::open(&self.url).await?;
        let mut conn = db.read().await?;
        let mut rows = Vec::new();
        for (table, sql) in TABLES {
            rows.push((table, run!(conn, c => sqlx::query_scalar(sql).fetch_one(c).await)?));
        }
        Ok(rows)
    }

    /// Size of the database.
    pub(crate) async fn database_mb(&self) -> Result<u64, AnyError> {
        if self.engine == "sqlite" {
            return Ok(std::fs::metadata(self.folder.path().join("sauro.db"))?.len() >> 20);
        }
        let mut conn = PgConnection::connect(&self.url).await?;
        let size: i64 = sqlx::query_scalar("SELECT pg_database_size(current_database())")
            .fetch_one(&mut conn)
            .await?;
        Ok(u64::try_from(size)? >> 20)
    }

    /// The id of the programme `code`.
    pub(crate) async fn programme(&self, code: &str) -> Result<String, AnyError> {
        const SQL: &str = "SELECT id FROM programmes WHERE code = $1";
        let mut conn = Db::open(&self.url).await?.read().await?;
        let id: Uuid = run!(conn, c => sqlx::query_scalar(SQL).bind(code).fetch_one(c).await)?;
        Ok(id.to_string())
    }

    /// The code of a task that has been reported on several times.
    pub(crate) async fn task_code(&self) -> Result<String, AnyError> {
        const SQL: &str = "
            SELECT t.code FROM tasks t
            WHERE t.stage = 'in_use' AND (SELECT COUNT(*) FROM reports r WHERE r.task_id = t.id) >= 3
            ORDER BY t.code LIMIT 1";
        let mut conn = Db::open(&self.url).await?.read().await?;
        Ok(run!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await)?)
    }

    /// Removes what the folder does not hold.
    pub(crate) async fn clear(self) -> Result<(), AnyError> {
        if let Some((server, name)) = &self.dropped {
            let mut conn = PgConnection::connect(&format!("{server}/postgres")).await?;
            conn.execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")))
                .await?;
        }
        Ok(())
    }
}

/// Says in a kept folder how many seconds it took to fill.
const MADE_IN: &str = "made-in-seconds";

fn sqlite_in(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("sauro.db").display())
}

fn server_of_tests() -> Result<String, AnyError> {
    Ok(std::env::var("SAURO_TEST_POSTGRES").map_err(|_| "SAURO_TEST_POSTGRES is not set")?)
}

/// Counts of a PostgreSQL server.
pub(crate) struct Postgres {
    pub(crate) commits: i64,
    pub(crate) wal_syncs: i64,
    pub(crate) is_durable: bool,
    pub(crate) version: String,
}
