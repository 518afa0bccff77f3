//! Table `notices`.

use chrono::DateTime;
use sauro_kernel::{AccountId, AgencyId, NoticeId, Role};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::{Desk, Kind, NewNotice, Notice};

/// Rows a statement holds at most.
const ROWS: usize = 300;

/// A place in the list, latest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) at: i64,
    pub(crate) id: Uuid,
}

/// For whom, and since when what was not read counts as unread.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) desk: Desk,
    pub(crate) account: AccountId,
    pub(crate) since: i64,
}

/// A notice of `$1, $2` that the account `$3` has not read: the words of all questions about it.
macro_rules! unread {
    () => {
        "n.agency_id = $1 AND n.role = $2 AND n.at > $4
            AND n.at > COALESCE((SELECT m.read_until FROM notice_marks m
                WHERE m.account_id = $3 AND m.agency_id = $1 AND m.role = $2), 0)
            AND NOT EXISTS (SELECT 1 FROM notice_reads r WHERE r.account_id = $3 AND r.notice_id = n.id)"
    };
}

macro_rules! columns {
    () => {
        "n.id, n.agency_id, n.role, n.kind, n.n, n.items, n.at"
    };
}

/// Most that are counted.
pub(crate) const MOST_COUNTED: i64 = 100;

/// Counts what is unread, at most [`MOST_COUNTED`].
pub(super) const COUNT: &str = concat!(
    "SELECT COUNT(*) FROM (SELECT n.id FROM notices n WHERE ",
    unread!(),
    " ORDER BY n.at DESC, n.id DESC LIMIT $5) AS unread"
);

/// Lists what is unread.
pub(super) const UNREAD: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM notices n WHERE ",
    unread!(),
    " AND (n.at, n.id) < ($5, $6) ORDER BY n.at DESC, n.id DESC LIMIT $7"
);

/// Lists what is read.
pub(super) const READ: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM notices n WHERE n.agency_id = $1 AND n.role = $2 AND NOT (",
    unread!(),
    ") AND (n.at, n.id) < ($5, $6) ORDER BY n.at DESC, n.id DESC LIMIT $7"
);

/// Adds `notices` with the ids of the same place.
pub(crate) async fn insert_many(
    conn: &mut Conn,
    notices: &[(NoticeId, &NewNotice)],
) -> Result<(), StoreError> {
    for chunk in notices.chunks(ROWS) {
        let tuple = |row: usize| {
            let places: Vec<String> = (1..=8).map(|n| format!("${}", row * 8 + n)).collect();
            format!("({})", places.join(", "))
        };
        let tuples: Vec<String> = (0..chunk.len()).map(tuple).collect();
        let sql = format!(
            "INSERT INTO notices (id, agency_id, role, kind, n, items, at, source) VALUES {}",
            tuples.join(", ")
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (id, it) in chunk {
                query = query
                    .bind(id.0)
                    .bind(it.desk.agency.0)
                    .bind(it.desk.role.code())
                    .bind(it.kind.code())
                    .bind(it.n)
                    .bind(serde_json::to_string(&it.items).unwrap_or_default())
                    .bind(it.at.timestamp_micros())
                    .bind(it.source);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Finds a notice.
pub(crate) async fn find(conn: &mut Conn, id: NoticeId) -> Result<Option<Notice>, StoreError> {
    const SQL: &str = concat!("SELECT ", columns!(), " FROM notices n WHERE n.id = $1");
    let row =
        run!(conn, c => sqlx::query_as::<_, NoticeRow>(SQL).bind(id.0).fetch_optional(c).await)?;
    row.map(Notice::try_from).transpose()
}

/// How many notices are unread, at most [`MOST_COUNTED`].
///
/// Uses index `notices_of_seat`.
pub(crate) async fn count_unread(conn: &mut Conn, reading: Reading) -> Result<i64, StoreError> {
    run!(conn, c => sqlx::query_scalar(COUNT)
        .bind(reading.desk.agency.0)
        .bind(reading.desk.role.code())
        .bind(reading.account.0)
        .bind(reading.since)
        .bind(MOST_COUNTED)
        .fetch_one(c)
        .await)
}

/// Lists notices, those read or those unread, after `place`, latest first.
///
/// Uses index `notices_of_seat`.
pub(crate) async fn list(
    conn: &mut Conn,
    reading: Reading,
    is_read: bool,
    place: Place,
    limit: u16,
) -> Result<Vec<Notice>, StoreError> {
    let sql = if is_read { READ } else { UNREAD };
    let rows = run!(conn, c => sqlx::query_as::<_, NoticeRow>(sql)
        .bind(reading.desk.agency.0)
        .bind(reading.desk.role.code())
        .bind(reading.account.0)
        .bind(reading.since)
        .bind(place.at)
        .bind(place.id)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Notice::try_from).collect()
}

#[derive(sqlx::FromRow)]
pub(crate) struct NoticeRow {
    id: Uuid,
    agency_id: Uuid,
    role: String,
    kind: String,
    n: i64,
    items: String,
    at: i64,
}

impl TryFrom<NoticeRow> for Notice {
    type Error = StoreError;

    fn try_from(row: NoticeRow) -> Result<Self, StoreError> {
        let corrupt = |reason: String| StoreError::Corrupt {
            table: "notices",
            row: row.id.to_string(),
            reason,
        };
        let role = Role::of_code(&row.role);
        let role = role.ok_or_else(|| corrupt(format!("no such role: {}", row.role)))?;
        let kind = Kind::of_code(&row.kind);
        Ok(Self {
            id: NoticeId(row.id),
            desk: Desk { agency: AgencyId(row.agency_id), role },
            kind: kind.ok_or_else(|| corrupt(format!("no such kind: {}", row.kind)))?,
            n: row.n,
            items: serde_json::from_str(&row.items).map_err(|err| corrupt(err.to_string()))?,
            at: DateTime::from_timestamp_micros(row.at)
                .ok_or_else(|| corrupt(format!("no such instant: {}", row.at)))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use sauro_store::{Limits, run};
    use sauro_testkit::on_sqlite;
    use sqlx::AssertSqlSafe;
    use uuid::Uuid;

    use super::{COUNT, READ, UNREAD};

    #[tokio::test]
    async fn notices_of_a_desk_are_counted_and_listed_along_an_index() {
        let engine = on_sqlite(Limits::default()).await;
        let mut conn = engine.db.read().await.unwrap();
        for sql in [COUNT, UNREAD, READ] {
            let text = format!("EXPLAIN QUERY PLAN {sql}");
            let rows: Vec<(i64, i64, i64, String)> = run!(conn, c => {
                let mut query = sqlx::query_as(AssertSqlSafe(text))
                    .bind(Uuid::nil())
                    .bind("leader")
                    .bind(Uuid::nil())
                    .bind(0_i64)
                    .bind(100_i64);
                if sql != COUNT {
                    query = query.bind(Uuid::nil()).bind(30_i64);
                }
                query.fetch_all(c).await
            })
            .unwrap();
            let plan = rows.into_iter().map(|row| row.3).collect::<Vec<_>>().join("\n");
            assert!(plan.contains("INDEX notices_of_seat (agency_id=? AND role=?"), "{plan}");
            assert!(!plan.contains("SCAN n\n") && !plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}
