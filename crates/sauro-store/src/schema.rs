//! The migrations of both engines, compiled in.

use sqlx::migrate::Migrator;

use crate::Dialect;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// The migrations of `dialect`, in their order. Opening a database applies them.
pub fn schema(dialect: Dialect) -> &'static Migrator {
    match dialect {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    }
}
