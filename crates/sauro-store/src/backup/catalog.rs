//! Which tables and columns there are, asked of the database itself, so that a new table is in the
//! next backup without anybody thinking of it.

use serde::{Deserialize, Serialize};

use super::BackupError;
use crate::{Conn, Dialect, StoreError, run};

/// Tables and columns of SQLite. Columns that the engine computes are left out.
const SQLITE: &str = "
    SELECT tables.name AS table_name, columns.name AS column_name, lower(columns.type) AS type_name
    FROM sqlite_master AS tables, pragma_table_xinfo(tables.name) AS columns
    WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND tables.name <> '_sqlx_migrations' AND columns.hidden = 0
    ORDER BY tables.name, columns.cid
    LIMIT 100000";

/// Tables and columns of PostgreSQL, likewise.
const POSTGRES: &str = "
    SELECT columns.table_name::text, columns.column_name::text, columns.udt_name::text AS type_name
    FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE columns.table_schema = current_schema() AND tables.table_type = 'BASE TABLE'
        AND columns.table_name <> '_sqlx_migrations'
        AND columns.is_identity = 'NO' AND columns.is_generated = 'NEVER'
    ORDER BY columns.table_name, columns.ordinal_position
    LIMIT 100000";

/// One table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells are.
    pub kind: Kind,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A whole number.
    Int,
    /// True or false; on SQLite a whole number.
    Bool,
    /// Text.
    Text,
    /// A civil date; on SQLite text.
    Date,
    /// Bytes.
    Bytes,
    /// An id; on SQLite bytes.
    Uuid,
    /// A number with a fraction.
    Real,
}

impl Kind {
    fn of(type_name: &str) -> Option<Self> {
        Some(match type_name {
            "integer" | "int8" | "int4" | "int2" => Self::Int,
            "bool" => Self::Bool,
            "text" | "varchar" => Self::Text,
            "date" => Self::Date,
            "blob" | "bytea" => Self::Bytes,
            "uuid" => Self::Uuid,
            "real" | "float8" => Self::Real,
            _ => return None,
        })
    }

    /// The kind that stands for it in a backup: equal for columns that are twins on the two engines.
    pub(super) fn family(self) -> Self {
        match self {
            Self::Bool => Self::Int,
            Self::Date => Self::Text,
            Self::Uuid => Self::Bytes,
            kind => kind,
        }
    }
}

/// The query for the catalog of `dialect`; its rows go to [`group`].
pub(super) fn query(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    }
}

/// All tables, by name.
pub(super) async fn tables(conn: &mut Conn) -> Result<Vec<Table>, BackupError> {
    let sql = query(conn.dialect());
    let rows = run!(conn, c => sqlx::query_as::<_, (String, String, String)>(sql)
        .fetch_all(c)
        .await)?;
    group(rows)
}

/// Rows of (table, column, type), ordered by table, as tables.
pub(super) fn group(rows: Vec<(String, String, String)>) -> Result<Vec<Table>, BackupError> {
    let mut tables: Vec<Table> = Vec::new();
    for (table, column, type_name) in rows {
        let Some(kind) = Kind::of(&type_name) else {
            return Err(BackupError::UnknownKind { table, column, kind: type_name });
        };
        let column = Column { name: column, kind };
        match tables.last_mut().filter(|it| it.name == table) {
            Some(last) => last.columns.push(column),
            None => tables.push(Table { name: table, columns: vec![column] }),
        }
    }
    Ok(tables)
}

/// The last migration applied.
pub(super) async fn migration(conn: &mut Conn) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT coalesce(max(version), 0) FROM _sqlx_migrations";
    run!(conn, c => sqlx::query_scalar::<_, i64>(SQL).fetch_one(c).await)
}

/// `name` as SQL writes it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The columns as SQL lists them.
pub(super) fn column_list(columns: &[Column]) -> String {
    columns.iter().map(|it| quoted(&it.name)).collect::<Vec<_>>().join(", ")
}
