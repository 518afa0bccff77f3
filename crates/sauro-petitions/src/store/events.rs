//! Table `petition_events`.

use sauro_kernel::{AccountId, AgencyId, PetitionId};
use sauro_store::{Conn, StoreError, insert_text, pieces, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Happening, Kind};

/// Adds what happened, after everything that had; its place is given here.
pub(crate) async fn append(
    conn: &mut Conn,
    petition: PetitionId,
    it: &Happening,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_events
            (petition_id, n, at, kind, account_id, agency_id, to_id, is_public, words, public_words)
        SELECT $1, coalesce(max(n), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9
        FROM petition_events
        WHERE petition_id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(petition.0)
        .bind(it.at)
        .bind(it.kind.code())
        .bind(it.account.map(|it| it.0))
        .bind(it.agency.map(|it| it.0))
        .bind(it.to)
        .bind(it.is_public)
        .bind(&it.words)
        .bind(&it.public_words)
        .execute(c)
        .await
        .map(drop))
}

/// Adds what happened to several cases, each at its own place.
pub(crate) async fn insert_many(
    conn: &mut Conn,
    rows: &[(PetitionId, &Happening)],
) -> Result<(), StoreError> {
    const COLUMNS: [&str; 10] = [
        "petition_id",
        "n",
        "at",
        "kind",
        "account_id",
        "agency_id",
        "to_id",
        "is_public",
        "words",
        "public_words",
    ];
    for piece in pieces(rows) {
        let sql = insert_text(conn.dialect(), "petition_events", &COLUMNS, piece.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (petition, it) in piece {
                query = query
                    .bind(petition.0)
                    .bind(it.n)
                    .bind(it.at)
                    .bind(it.kind.code())
                    .bind(it.account.map(|it| it.0))
                    .bind(it.agency.map(|it| it.0))
                    .bind(it.to)
                    .bind(it.is_public)
                    .bind(&it.words)
                    .bind(&it.public_words);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Lists what happened to a case, oldest first.
pub(crate) async fn of_case(
    conn: &mut Conn,
    petition: PetitionId,
) -> Result<Vec<Happening>, StoreError> {
    const SQL: &str = "
        SELECT n, at, kind, account_id, agency_id, to_id, is_public, words, public_words
        FROM petition_events
        WHERE petition_id = $1
        ORDER BY n
        LIMIT 2000";
    let rows: Vec<EventRow> = run!(conn, c => sqlx::query_as(SQL)
        .bind(petition.0)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(|row| row.happening(petition)).collect()
}

/// Writes the words of a happening anew, once the person they name was erased.
pub(crate) async fn rewrite(
    conn: &mut Conn,
    petition: PetitionId,
    it: &Happening,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE petition_events SET words = $1, public_words = $2 WHERE petition_id = $3 AND n = $4";
    run!(conn, c => sqlx::query(SQL)
        .bind(&it.words)
        .bind(&it.public_words)
        .bind(petition.0)
        .bind(it.n)
        .execute(c)
        .await
        .map(drop))
}

#[derive(sqlx::FromRow)]
struct EventRow {
    n: i64,
    at: i64,
    kind: String,
    account_id: Option<Uuid>,
    agency_id: Option<Uuid>,
    to_id: Option<Uuid>,
    is_public: bool,
    words: String,
    public_words: String,
}

impl EventRow {
    fn happening(self, petition: PetitionId) -> Result<Happening, StoreError> {
        let kind = Kind::of_code(&self.kind);
        Ok(Happening {
            n: self.n,
            at: self.at,
            kind: kind.ok_or_else(|| corrupt("petition_events", petition, "no such kind"))?,
            account: self.account_id.map(AccountId),
            agency: self.agency_id.map(AgencyId),
            to: self.to_id,
            is_public: self.is_public,
            words: self.words,
            public_words: self.public_words,
        })
    }
}
