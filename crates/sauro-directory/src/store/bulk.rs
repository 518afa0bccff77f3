//! Many rows in one statement with one parameter.
//!
//! The catalogue has tens of thousands of cells. Bound one by one they would keep the turn to write
//! for seconds on a slow machine; as one JSON text, made beforehand, they take a fraction.

use sauro_store::{Conn, Dialect, StoreError, run};
use serde_json::Value;
use sqlx::AssertSqlSafe;

/// What a column holds, and so how it is read out of JSON.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Text.
    Text,
    /// Bytes, written in hexadecimal digits.
    Bytes,
    /// An id, written in hexadecimal digits.
    Id,
    /// A civil date.
    Day,
    /// True or false.
    Flag,
}

/// A table and how its rows come in.
pub(super) struct Table {
    pub(super) name: &'static str,
    /// The columns that tell one row from another, which come first.
    pub(super) key: &'static [&'static str],
    pub(super) columns: &'static [(&'static str, Kind)],
}

/// Rows ready to be written: a JSON list of lists.
pub(crate) struct Rows(Option<String>);

impl FromIterator<Value> for Rows {
    fn from_iter<I: IntoIterator<Item = Value>>(rows: I) -> Self {
        let rows: Vec<Value> = rows.into_iter().collect();
        Self((!rows.is_empty()).then(|| Value::Array(rows).to_string()))
    }
}

impl Table {
    /// Adds `rows`, or brings those with a known key up to date. No key may come twice.
    pub(super) async fn put(&self, conn: &mut Conn, rows: &Rows) -> Result<(), StoreError> {
        let sql = self.upsert(conn.dialect());
        execute(conn, sql, rows).await
    }

    /// Deletes the rows whose `column` is the first cell of one of `rows`.
    pub(super) async fn forget(
        &self,
        conn: &mut Conn,
        column: &'static str,
        rows: &Rows,
    ) -> Result<(), StoreError> {
        let kind = self.columns.iter().find(|(name, _)| *name == column).map(|(_, kind)| *kind);
        let sql = format!(
            "DELETE FROM {} WHERE {column} IN (SELECT {} FROM {})",
            self.name,
            cell(conn.dialect(), 0, kind.unwrap_or(Kind::Text)),
            source(conn.dialect()),
        );
        execute(conn, sql, rows).await
    }

    fn upsert(&self, dialect: Dialect) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let cells = self.columns.iter().enumerate().map(|(n, (_, kind))| cell(dialect, n, *kind));
        let updates =
            names.iter().skip(self.key.len()).map(|name| format!("{name} = excluded.{name}"));
        // Without WHERE, SQLite takes ON for the condition of a join.
        format!(
            "INSERT INTO {} ({}) SELECT {} FROM {} WHERE true ON CONFLICT ({}) DO UPDATE SET {}",
            self.name,
            names.join(", "),
            cells.collect::<Vec<_>>().join(", "),
            source(dialect),
            self.key.join(", "),
            updates.collect::<Vec<_>>().join(", "),
        )
    }
}

fn source(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "json_each($1) AS r",
        Dialect::Postgres => "jsonb_array_elements($1::jsonb) AS r (value)",
    }
}

fn cell(dialect: Dialect, n: usize, kind: Kind) -> String {
    match (dialect, kind) {
        (Dialect::Sqlite, Kind::Bytes | Kind::Id) => format!("unhex(r.value->>{n})"),
        (Dialect::Sqlite, _) | (Dialect::Postgres, Kind::Text) => format!("r.value->>{n}"),
        (Dialect::Postgres, Kind::Bytes) => format!("decode(r.value->>{n}, 'hex')"),
        (Dialect::Postgres, Kind::Id) => format!("(r.value->>{n})::uuid"),
        (Dialect::Postgres, Kind::Day) => format!("(r.value->>{n})::date"),
        (Dialect::Postgres, Kind::Flag) => format!("(r.value->>{n})::boolean"),
    }
}

async fn execute(conn: &mut Conn, sql: String, rows: &Rows) -> Result<(), StoreError> {
    let Some(json) = &rows.0 else { return Ok(()) };
    run!(conn, c => sqlx::query(AssertSqlSafe(sql)).bind(json).execute(c).await.map(drop))
}

/// `bytes` in hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
