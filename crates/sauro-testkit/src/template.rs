//! Databases with all tables made once, of which each test gets a copy: making them anew takes most of a test.

use std::path::{Path, PathBuf};

use sauro_store::{Dialect, schema};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};

/// Whoever makes the template of a server holds this.
const LOCK: i64 = 0x5375_7452_6f00;

/// Makes `file` a copy of the template.
pub(crate) async fn sqlite(file: &Path) {
    let template = beside_the_tests(&format!("template-{}.db", mark(Dialect::Sqlite)));
    if !template.exists() {
        let half = tempfile::Builder::new().tempfile_in(template.parent().unwrap()).unwrap();
        let options =
            SqliteConnectOptions::new().filename(half.path()).journal_mode(SqliteJournalMode::Wal);
        let mut conn = options.connect().await.unwrap();
        schema(Dialect::Sqlite).run(&mut conn).await.unwrap();
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
        // Of several that made one the last stays; they are equal.
        half.persist(&template).unwrap();
    }
    std::fs::copy(&template, file).unwrap();
}

/// Makes the database `name` as a copy of the template, which is made first if the server has none.
pub(crate) async fn postgres(admin: &mut PgConnection, server: &str, name: &str) {
    let template = format!("template_{}", mark(Dialect::Postgres));
    if !is_there(admin, &template).await {
        sqlx::query("SELECT pg_advisory_lock($1)").bind(LOCK).execute(&mut *admin).await.unwrap();
        if !is_there(admin, &template).await {
            made(admin, server, &template).await;
        }
        sqlx::query("SELECT pg_advisory_unlock($1)").bind(LOCK).execute(&mut *admin).await.unwrap();
    }
    say(admin, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
}

async fn made(admin: &mut PgConnection, server: &str, template: &str) {
    let half = format!("half_{template}");
    say(admin, format!("DROP DATABASE IF EXISTS {half} WITH (FORCE)")).await;
    say(admin, format!("CREATE DATABASE {half}")).await;
    let mut conn = PgConnection::connect(&format!("{server}/{half}")).await.unwrap();
    schema(Dialect::Postgres).run(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    say(admin, format!("ALTER DATABASE {half} RENAME TO {template}")).await;
}

async fn is_there(admin: &mut PgConnection, name: &str) -> bool {
    let found: Option<i32> = sqlx::query_scalar("SELECT 1 FROM pg_database WHERE datname = $1")
        .bind(name)
        .fetch_optional(admin)
        .await
        .unwrap();
    found.is_some()
}

async fn say(admin: &mut PgConnection, sql: String) {
    sqlx::query(AssertSqlSafe(sql)).execute(admin).await.unwrap();
}

/// Other tables have another mark: sums over what every migration says.
fn mark(dialect: Dialect) -> String {
    let mut mark = [0_u8; 8];
    for migration in schema(dialect).iter() {
        for (n, byte) in migration.checksum.iter().enumerate() {
            let at = &mut mark[n % 8];
            *at = at.rotate_left(3) ^ byte;
        }
    }
    mark.iter().map(|it| format!("{it:02x}")).collect()
}

/// A file in the folder of the running test program, which goes when the target folder goes.
fn beside_the_tests(name: &str) -> PathBuf {
    std::env::current_exe().unwrap().with_file_name(name)
}
