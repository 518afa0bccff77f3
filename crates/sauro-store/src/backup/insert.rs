//! Rows into an empty database, on a connection of its own: keys between rows are checked at the
//! end, because tables refer to each other and to themselves.

use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, SqliteConnection};

use super::catalog::{self, Column, Table, column_list, quoted};
use super::unpack::Rows;
use super::{BackupError, cell};
use crate::db::{postgres_options, sqlite_options};
use crate::{Dialect, Limits, schema};

/// The foreign keys of PostgreSQL.
const KEYS: &str = "
    SELECT conrelid::regclass::text, quote_ident(conname)
    FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
    ORDER BY conrelid::regclass::text, conname
    LIMIT 100000";

/// The triggers of SQLite: names and texts.
const TRIGGERS: &str = "
    SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name LIMIT 1000";

/// The tables of PostgreSQL with triggers of ours.
const TRIGGERED: &str = "
    SELECT DISTINCT tgrelid::regclass::text
    FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
    ORDER BY tgrelid::regclass::text
    LIMIT 1000";

/// The database that is being filled. Nothing is in it before [`Target::finish`].
pub(super) enum Target {
    Sqlite(SqliteConnection, Vec<String>),
    Postgres(PgConnection),
}

/// Runs `$body` with the driver's connection, whichever it is.
macro_rules! on {
    ($target:expr, $c:ident => $body:expr) => {
        match $target {
            Target::Sqlite($c, _) => $body,
            Target::Postgres($c) => $body,
        }
    };
}

impl Target {
    /// Connects to `url`.
    pub(super) async fn open(url: &str) -> Result<Self, BackupError> {
        if url.starts_with("postgres") {
            return Ok(Self::Postgres(postgres_options(url)?.connect().await?));
        }
        // Checked at the end instead.
        let options = sqlite_options(url, Limits::default())?.foreign_keys(false);
        Ok(Self::Sqlite(options.connect().await?, Vec::new()))
    }

    fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(..) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    fn migrator(&self) -> &'static Migrator {
        schema(self.dialect())
    }

    /// The last migration that this program knows.
    pub(super) fn known_migration(&self) -> i64 {
        self.migrator().iter().map(|it| it.version).max().unwrap_or_default()
    }

    /// Makes the tables as they were at `version`.
    pub(super) async fn migrate_to(&mut self, version: i64) -> Result<(), BackupError> {
        let migrator = self.migrator();
        on!(self, c => migrator.run_to(version, c).await)?;
        Ok(())
    }

    /// Makes the tables as this program wants them.
    pub(super) async fn migrate(&mut self) -> Result<(), BackupError> {
        let migrator = self.migrator();
        on!(self, c => migrator.run(c).await)?;
        Ok(())
    }

    /// All tables.
    pub(super) async fn tables(&mut self) -> Result<Vec<Table>, BackupError> {
        let sql = catalog::query(self.dialect());
        catalog::group(on!(self, c => sqlx::query_as(sql).fetch_all(c).await)?)
    }

    /// The last migration applied, if any was.
    pub(super) async fn migration(&mut self) -> Result<Option<i64>, BackupError> {
        let exists = match self {
            Self::Sqlite(..) => {
                "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'"
            }
            Self::Postgres(_) => "SELECT count(to_regclass('_sqlx_migrations'))",
        };
        let n: i64 = on!(self, c => sqlx::query_scalar(exists).fetch_one(c).await)?;
        if n == 0 {
            return Ok(None);
        }
        let sql = "SELECT max(version) FROM _sqlx_migrations";
        Ok(on!(self, c => sqlx::query_scalar(sql).fetch_one(c).await)?)
    }

    /// A table that has rows, if any has.
    pub(super) async fn used_table(&mut self) -> Result<Option<String>, BackupError> {
        for table in self.tables().await? {
            let sql = format!(
                "SELECT count(*) FROM (SELECT 1 FROM {} LIMIT 1) AS row",
                quoted(&table.name)
            );
            let n: i64 = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(c).await)?;
            if n > 0 {
                return Ok(Some(table.name));
            }
        }
        Ok(None)
    }

    /// Starts the one transaction of the restore.
    pub(super) async fn begin(&mut self) -> Result<(), BackupError> {
        self.say("BEGIN").await?;
        self.alter_keys("DEFERRABLE INITIALLY DEFERRED").await?;
        self.silence_triggers().await
    }

    /// Adds rows. The cells are in the order of `columns`.
    pub(super) async fn insert(
        &mut self,
        table: &str,
        columns: &[Column],
        rows: &Rows,
    ) -> Result<(), BackupError> {
        if rows.is_empty() {
            return Ok(());
        }
        let misfit = |_| BackupError::Broken(format!("bảng {table} có ô không đúng kiểu"));
        let sql = AssertSqlSafe(insert_text(table, columns, rows.len()));
        let cells = rows.iter().flat_map(|row| columns.iter().zip(row));
        match self {
            Self::Sqlite(conn, _) => {
                let mut query = sqlx::query(sql);
                for (column, value) in cells {
                    query = cell::bind_sqlite(query, column.kind, value).map_err(misfit)?;
                }
                query.execute(conn).await?;
            }
            Self::Postgres(conn) => {
                let mut query = sqlx::query(sql);
                for (column, value) in cells {
                    query = cell::bind_postgres(query, column.kind, value).map_err(misfit)?;
                }
                query.execute(conn).await?;
            }
        }
        Ok(())
    }

    /// Checks the keys between rows, and commits.
    pub(super) async fn finish(&mut self) -> Result<(), BackupError> {
        match self {
            Self::Sqlite(conn, _) => {
                let sql = "SELECT \"table\" FROM pragma_foreign_key_check ORDER BY 1 LIMIT 1";
                let broken: Option<String> = sqlx::query_scalar(sql).fetch_optional(conn).await?;
                if let Some(table) = broken {
                    return Err(BackupError::Unlinked { table });
                }
            }
            Self::Postgres(conn) => {
                let checked = sqlx::query("SET CONSTRAINTS ALL IMMEDIATE").execute(conn).await;
                if let Err(sqlx::Error::Database(err)) = &checked
                    && err.is_foreign_key_violation()
                {
                    let table = err.table().unwrap_or_default().to_owned();
                    return Err(BackupError::Unlinked { table });
                }
                checked?;
            }
        }
        self.wake_triggers().await?;
        self.alter_keys("NOT DEFERRABLE").await?;
        self.say("COMMIT").await
    }

    /// Takes leave.
    pub(super) async fn close(self) -> Result<(), BackupError> {
        match self {
            Self::Sqlite(conn, _) => conn.close().await?,
            Self::Postgres(conn) => conn.close().await?,
        }
        Ok(())
    }

    /// Rows that triggers write are in the backup already.
    async fn silence_triggers(&mut self) -> Result<(), BackupError> {
        match self {
            Self::Sqlite(conn, silent) => {
                let all: Vec<(String, String)> =
                    sqlx::query_as(TRIGGERS).fetch_all(&mut *conn).await?;
                for (name, text) in all {
                    let sql = AssertSqlSafe(format!("DROP TRIGGER {}", quoted(&name)));
                    sqlx::query(sql).execute(&mut *conn).await?;
                    silent.push(text);
                }
            }
            Self::Postgres(conn) => alter_triggers(conn, "DISABLE").await?,
        }
        Ok(())
    }

    async fn wake_triggers(&mut self) -> Result<(), BackupError> {
        match self {
            Self::Sqlite(conn, silent) => {
                for text in silent.drain(..) {
                    sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut *conn).await?;
                }
            }
            Self::Postgres(conn) => alter_triggers(conn, "ENABLE").await?,
        }
        Ok(())
    }

    /// On PostgreSQL, says when keys are checked.
    async fn alter_keys(&mut self, when: &str) -> Result<(), BackupError> {
        let Self::Postgres(conn) = self else { return Ok(()) };
        let keys: Vec<(String, String)> = sqlx::query_as(KEYS).fetch_all(&mut *conn).await?;
        for (table, key) in keys {
            let sql = AssertSqlSafe(format!("ALTER TABLE {table} ALTER CONSTRAINT {key} {when}"));
            sqlx::query(sql).execute(&mut *conn).await?;
        }
        Ok(())
    }

    async fn say(&mut self, sql: &'static str) -> Result<(), BackupError> {
        on!(self, c => sqlx::query(sql).execute(c).await.map(drop))?;
        Ok(())
    }
}

fn insert_text(table: &str, columns: &[Column], n_rows: usize) -> String {
    let row = |n: usize| {
        let places = (1..=columns.len()).map(|it| format!("${}", n * columns.len() + it));
        format!("({})", places.collect::<Vec<_>>().join(", "))
    };
    let rows: Vec<_> = (0..n_rows).map(row).collect();
    format!("INSERT INTO {} ({}) VALUES {}", quoted(table), column_list(columns), rows.join(", "))
}

async fn alter_triggers(conn: &mut PgConnection, how: &str) -> Result<(), BackupError> {
    let tables: Vec<String> = sqlx::query_scalar(TRIGGERED).fetch_all(&mut *conn).await?;
    for table in tables {
        let sql = AssertSqlSafe(format!("ALTER TABLE {table} {how} TRIGGER USER"));
        sqlx::query(sql).execute(&mut *conn).await?;
    }
    Ok(())
}
