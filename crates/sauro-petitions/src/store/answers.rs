//! Table `petition_answers`.

use std::collections::HashMap;

use sauro_kernel::{AccountId, AgencyId, PetitionId};
use sauro_store::{Conn, StoreError, insert_text, pieces, run, values_text};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Answer, Closing};

/// Writes a draft: the newest one anew while nobody has approved it, or another after it.
pub(crate) async fn put(
    conn: &mut Conn,
    petition: PetitionId,
    it: &Answer,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_answers
            (petition_id, n, agency_id, closing, words, public_words, proof, drafted_by, drafted_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (petition_id, n) DO UPDATE
        SET agency_id = excluded.agency_id, closing = excluded.closing, words = excluded.words,
            public_words = excluded.public_words, proof = excluded.proof, drafted_by = excluded.drafted_by,
            drafted_at = excluded.drafted_at
        WHERE petition_answers.approved_at IS NULL";
    run!(conn, c => sqlx::query(SQL)
        .bind(petition.0)
        .bind(it.n)
        .bind(it.agency.0)
        .bind(it.closing.code())
        .bind(&it.words)
        .bind(&it.public_words)
        .bind(&it.proof)
        .bind(it.drafted_by.0)
        .bind(it.drafted_at)
        .execute(c)
        .await
        .map(drop))
}

/// Adds answers of several cases as they are, approved or not.
pub(crate) async fn insert_many(
    conn: &mut Conn,
    rows: &[(PetitionId, &Answer)],
) -> Result<(), StoreError> {
    const COLUMNS: [&str; 12] = [
        "petition_id",
        "n",
        "agency_id",
        "closing",
        "words",
        "public_words",
        "proof",
        "drafted_by",
        "drafted_at",
        "approved_by",
        "approved_at",
        "signer",
    ];
    for piece in pieces(rows) {
        let sql = insert_text(conn.dialect(), "petition_answers", &COLUMNS, piece.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (petition, it) in piece {
                query = query
                    .bind(petition.0)
                    .bind(it.n)
                    .bind(it.agency.0)
                    .bind(it.closing.code())
                    .bind(&it.words)
                    .bind(&it.public_words)
                    .bind(&it.proof)
                    .bind(it.drafted_by.0)
                    .bind(it.drafted_at)
                    .bind(it.approved.map(|it| it.0.0))
                    .bind(it.approved.map(|it| it.1))
                    .bind(&it.signer);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Marks the draft `n` as approved.
pub(crate) async fn approve(
    conn: &mut Conn,
    petition: PetitionId,
    it: &Answer,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE petition_answers
        SET approved_by = $1, approved_at = $2, signer = $3, public_words = $4
        WHERE petition_id = $5 AND n = $6 AND approved_at IS NULL";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.approved.map(|it| it.0.0))
        .bind(it.approved.map(|it| it.1))
        .bind(&it.signer)
        .bind(&it.public_words)
        .bind(petition.0)
        .bind(it.n)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Writes the words of an answer anew, once the person they name was erased.
pub(crate) async fn rewrite(
    conn: &mut Conn,
    petition: PetitionId,
    it: &Answer,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE petition_answers SET words = $1, public_words = $2 WHERE petition_id = $3 AND n = $4";
    run!(conn, c => sqlx::query(SQL)
        .bind(&it.words)
        .bind(&it.public_words)
        .bind(petition.0)
        .bind(it.n)
        .execute(c)
        .await
        .map(drop))
}

/// Lists the answers of a case, oldest first.
pub(crate) async fn of_case(
    conn: &mut Conn,
    petition: PetitionId,
) -> Result<Vec<Answer>, StoreError> {
    const SQL: &str = "
        SELECT n, agency_id, closing, words, public_words, proof, drafted_by, drafted_at, approved_by, approved_at,
            signer
        FROM petition_answers
        WHERE petition_id = $1
        ORDER BY n
        LIMIT 50";
    let rows: Vec<AnswerRow> = run!(conn, c => sqlx::query_as(SQL)
        .bind(petition.0)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(|row| row.answer(petition)).collect()
}

/// The last approved answer of each of `cases` that has one.
pub(crate) async fn last_of(
    conn: &mut Conn,
    cases: &[PetitionId],
) -> Result<HashMap<PetitionId, Answer>, StoreError> {
    let mut found = HashMap::with_capacity(cases.len());
    for piece in pieces(cases) {
        let wanted = values_text(conn.dialect(), 1, piece.len());
        let sql = format!(
            "SELECT petition_id, n, agency_id, closing, words, public_words, proof, drafted_by, drafted_at,
                approved_by, approved_at, signer
            FROM petition_answers
            WHERE petition_id IN ({wanted}) AND approved_at IS NOT NULL
            ORDER BY petition_id, n"
        );
        let rows: Vec<OwnedRow> = run!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for id in piece {
                query = query.bind(id.0);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            let id = PetitionId(row.petition_id);
            // In the order of their places, so that the last one stays.
            found.insert(id, row.answer.answer(id)?);
        }
    }
    Ok(found)
}

#[derive(sqlx::FromRow)]
struct OwnedRow {
    petition_id: Uuid,
    #[sqlx(flatten)]
    answer: AnswerRow,
}

#[derive(sqlx::FromRow)]
struct AnswerRow {
    n: i64,
    agency_id: Uuid,
    closing: String,
    words: String,
    public_words: String,
    proof: String,
    drafted_by: Uuid,
    drafted_at: i64,
    approved_by: Option<Uuid>,
    approved_at: Option<i64>,
    signer: String,
}

impl AnswerRow {
    fn answer(self, petition: PetitionId) -> Result<Answer, StoreError> {
        let closing = Closing::of_code(&self.closing);
        Ok(Answer {
            n: self.n,
            agency: AgencyId(self.agency_id),
            closing: closing
                .ok_or_else(|| corrupt("petition_answers", petition, "no such closing"))?,
            words: self.words,
            public_words: self.public_words,
            proof: self.proof,
            drafted_by: AccountId(self.drafted_by),
            drafted_at: self.drafted_at,
            approved: self.approved_by.map(AccountId).zip(self.approved_at),
            signer: self.signer,
        })
    }
}
