//! A cell, as JSON: a number (also for true and false), a text (also for a date, and for a number
//! with a fraction, which must come back to the last bit), hexadecimal digits for bytes, or null.

use chrono::NaiveDate;
use serde_json::Value;
use sqlx::postgres::PgRow;
use sqlx::query::Query;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row, Sqlite, Type};
use uuid::Uuid;

use super::{Column, Kind};

/// Binds cells of a query.
pub(super) type SqliteQuery<'q> = Query<'q, Sqlite, sqlx::sqlite::SqliteArguments>;
/// Binds cells of a query.
pub(super) type PostgresQuery<'q> = Query<'q, Postgres, sqlx::postgres::PgArguments>;

/// A row as one line.
pub(super) fn from_sqlite(row: &SqliteRow, columns: &[Column]) -> Result<Vec<u8>, sqlx::Error> {
    line(columns, |n, kind| match kind.family() {
        Kind::Int | Kind::Bool => cell::<i64, _>(row, n, Value::from),
        Kind::Text | Kind::Date => cell::<String, _>(row, n, Value::from),
        Kind::Bytes | Kind::Uuid => cell::<Vec<u8>, _>(row, n, |it| hex::encode(it).into()),
        Kind::Real => cell::<f64, _>(row, n, |it| format!("{it:?}").into()),
    })
}

/// A row as one line.
pub(super) fn from_postgres(row: &PgRow, columns: &[Column]) -> Result<Vec<u8>, sqlx::Error> {
    line(columns, |n, kind| match kind {
        // int2 and int4 are cast by the query.
        Kind::Int => cell::<i64, _>(row, n, Value::from),
        Kind::Bool => cell::<bool, _>(row, n, |it| i64::from(it).into()),
        Kind::Text => cell::<String, _>(row, n, Value::from),
        Kind::Date => cell::<NaiveDate, _>(row, n, |it| it.to_string().into()),
        Kind::Bytes => cell::<Vec<u8>, _>(row, n, |it| hex::encode(it).into()),
        Kind::Uuid => cell::<Uuid, _>(row, n, |it| it.simple().to_string().into()),
        Kind::Real => cell::<f64, _>(row, n, |it| format!("{it:?}").into()),
    })
}

fn line(
    columns: &[Column],
    cell: impl Fn(usize, Kind) -> Result<Value, sqlx::Error>,
) -> Result<Vec<u8>, sqlx::Error> {
    let cells = columns.iter().enumerate().map(|(n, column)| cell(n, column.kind));
    let cells = Value::Array(cells.collect::<Result<_, _>>()?);
    let mut line = serde_json::to_vec(&cells).map_err(|err| sqlx::Error::Encode(err.into()))?;
    line.push(b'\n');
    Ok(line)
}

fn cell<'r, T, R>(row: &'r R, n: usize, json: impl Fn(T) -> Value) -> Result<Value, sqlx::Error>
where
    R: Row,
    usize: sqlx::ColumnIndex<R>,
    T: Decode<'r, R::Database> + Type<R::Database>,
{
    Ok(row.try_get::<Option<T>, _>(n)?.map_or(Value::Null, json))
}

/// A cell that is not of its column's kind.
#[derive(Debug)]
pub(super) struct Misfit;

/// Binds `value` to a column of `kind`.
pub(super) fn bind_sqlite<'q>(
    query: SqliteQuery<'q>,
    kind: Kind,
    value: &Value,
) -> Result<SqliteQuery<'q>, Misfit> {
    Ok(match kind.family() {
        Kind::Int | Kind::Bool => query.bind(int(value)?),
        Kind::Text | Kind::Date => query.bind(text(value)?.map(str::to_owned)),
        Kind::Bytes | Kind::Uuid => query.bind(bytes(value)?),
        Kind::Real => query.bind(real(value)?),
    })
}

/// Binds `value` to a column of `kind`.
pub(super) fn bind_postgres<'q>(
    query: PostgresQuery<'q>,
    kind: Kind,
    value: &Value,
) -> Result<PostgresQuery<'q>, Misfit> {
    Ok(match kind {
        Kind::Int => query.bind(int(value)?),
        Kind::Bool => query.bind(int(value)?.map(|it| it != 0)),
        Kind::Text => query.bind(text(value)?.map(str::to_owned)),
        Kind::Date => {
            let date = |it: &str| it.parse::<NaiveDate>().map_err(|_| Misfit);
            query.bind(text(value)?.map(date).transpose()?)
        }
        Kind::Bytes => query.bind(bytes(value)?),
        Kind::Uuid => {
            let id = |it: Vec<u8>| Uuid::from_slice(&it).map_err(|_| Misfit);
            query.bind(bytes(value)?.map(id).transpose()?)
        }
        Kind::Real => query.bind(real(value)?),
    })
}

/// `None` for null, and a misfit unless `read` makes sense of it.
fn or_null<'v, T>(
    value: &'v Value,
    read: impl Fn(&'v Value) -> Option<T>,
) -> Result<Option<T>, Misfit> {
    if value.is_null() { Ok(None) } else { read(value).map(Some).ok_or(Misfit) }
}

fn int(value: &Value) -> Result<Option<i64>, Misfit> {
    or_null(value, Value::as_i64)
}

fn text(value: &Value) -> Result<Option<&str>, Misfit> {
    or_null(value, Value::as_str)
}

fn bytes(value: &Value) -> Result<Option<Vec<u8>>, Misfit> {
    or_null(value, |it| hex::decode(it.as_str()?).ok())
}

fn real(value: &Value) -> Result<Option<f64>, Misfit> {
    or_null(value, |it| it.as_str()?.parse().ok())
}
