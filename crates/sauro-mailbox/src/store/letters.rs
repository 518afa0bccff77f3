//! Table `mailbox_letters`: the outbox.

use chrono::DateTime;
use sauro_kernel::{MailId, PetitionId};
use sauro_store::{Conn, Keys, SealError, StoreError, run};
use uuid::Uuid;

use super::corrupt;
use crate::model::{About, Letter, LetterKind, Way};

const TABLE: &str = "mailbox_letters";

/// Lists letters of one way whose time has come.
const DUE: &str = "
    SELECT id, kind, way, petition_id, sealed, made_at, next_at, n_tries, n_unsure
    FROM mailbox_letters
    WHERE state = 'waiting' AND way = $1 AND next_at <= $2
    ORDER BY next_at, id
    LIMIT $3";

/// A letter to be written.
pub(crate) struct NewLetter {
    pub(crate) id: MailId,
    pub(crate) kind: LetterKind,
    pub(crate) way: Way,
    pub(crate) petition: Option<PetitionId>,
    /// [`About`], sealed for `id`.
    pub(crate) sealed: Vec<u8>,
}

/// Seals `about` for the letter `id`.
pub(crate) fn sealed(keys: &Keys, id: MailId, about: &About) -> Result<Vec<u8>, SealError> {
    keys.seal(id.0, &serde_json::to_vec(about).unwrap_or_default())
}

/// Writes a letter, unless what causes it has caused one before.
pub(crate) async fn insert(
    conn: &mut Conn,
    cause: &[u8; 32],
    it: &NewLetter,
    at: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO mailbox_letters
            (id, cause, kind, way, petition_id, sealed, state, made_at, next_at, n_tries, n_unsure, error)
        VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $7, 0, 0, '')
        ON CONFLICT (cause) DO NOTHING";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(cause.as_slice())
        .bind(it.kind.code())
        .bind(it.way.code())
        .bind(it.petition.map(|it| it.0))
        .bind(&it.sealed)
        .bind(at)
        .execute(c)
        .await
        .map(drop))
}

/// Lists letters of `way` whose time has come at `now`, the longest waiting first, opened with `keys`; and those that do
/// not open, sealed with a key file that is no more.
///
/// Uses index `mailbox_letters_to_send`.
pub(crate) async fn due(
    conn: &mut Conn,
    keys: &Keys,
    way: Way,
    (now, limit): (i64, u16),
) -> Result<(Vec<Letter>, Vec<MailId>), StoreError> {
    let rows: Vec<LetterRow> = run!(conn, c => sqlx::query_as(DUE)
        .bind(way.code())
        .bind(now)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    let (mut letters, mut lost) = (Vec::new(), Vec::new());
    for row in rows {
        let id = MailId(row.id);
        match row.opened(keys)? {
            Some(letter) => letters.push(letter),
            None => lost.push(id),
        }
    }
    Ok((letters, lost))
}

/// Takes a letter for one try, until `until`. Answers false when another node has it.
pub(crate) async fn take(conn: &mut Conn, it: &Letter, until: i64) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE mailbox_letters SET next_at = $3, n_tries = n_tries + 1
        WHERE id = $1 AND state = 'waiting' AND next_at = $2";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.next_at)
        .bind(until)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Notes that a letter is being handed over: whether the server has it is open until it answers, also when nobody
/// comes back to say so.
pub(crate) async fn begin(conn: &mut Conn, id: MailId) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE mailbox_letters SET n_unsure = n_unsure + 1 WHERE id = $1";
    run!(conn, c => sqlx::query(SQL).bind(id.0).execute(c).await.map(drop))
}

/// Notes that the server does not have a letter that was being handed over.
pub(crate) async fn unheard(conn: &mut Conn, id: MailId) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE mailbox_letters SET n_unsure = n_unsure - 1 WHERE id = $1";
    run!(conn, c => sqlx::query(SQL).bind(id.0).execute(c).await.map(drop))
}

/// Puts a letter off until `next_at`.
pub(crate) async fn put_off(
    conn: &mut Conn,
    id: MailId,
    next_at: i64,
    error: &str,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE mailbox_letters SET next_at = $2, error = $3 WHERE id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(next_at)
        .bind(error)
        .execute(c)
        .await
        .map(drop))
}

/// Ends a letter as `sent`, `rejected` or `dropped`. What it said goes, what became of it stays.
pub(crate) async fn end(
    conn: &mut Conn,
    id: MailId,
    (state, error): (&'static str, &str),
    now: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE mailbox_letters SET state = $2, error = $3, sent_at = $4, sealed = NULL
        WHERE id = $1 AND state = 'waiting'";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(state)
        .bind(error)
        .bind(Some(now).filter(|_| state == "sent"))
        .execute(c)
        .await
        .map(drop))
}

#[derive(sqlx::FromRow)]
struct LetterRow {
    id: Uuid,
    kind: String,
    way: String,
    petition_id: Option<Uuid>,
    sealed: Option<Vec<u8>>,
    made_at: i64,
    next_at: i64,
    n_tries: i64,
    n_unsure: i64,
}

impl LetterRow {
    fn opened(self, keys: &Keys) -> Result<Option<Letter>, StoreError> {
        let wrong = |what: &'static str| corrupt(TABLE, self.id, what);
        let sealed = self.sealed.as_deref().ok_or_else(|| wrong("nothing sealed"))?;
        let Ok(plain) = keys.open_sealed(self.id, sealed) else { return Ok(None) };
        Ok(Some(Letter {
            id: MailId(self.id),
            kind: LetterKind::of_code(&self.kind).ok_or_else(|| wrong("no such kind"))?,
            way: Way::of_code(&self.way).ok_or_else(|| wrong("no such way"))?,
            petition: self.petition_id.map(PetitionId),
            about: serde_json::from_slice(&plain).map_err(|_| wrong("no letter"))?,
            made_at: DateTime::from_timestamp_micros(self.made_at).unwrap_or_default(),
            n_tries: self.n_tries,
            n_unsure: self.n_unsure,
            next_at: self.next_at,
        }))
    }
}

#[cfg(test)]
mod tests {
    use sauro_store::{Limits, run};
    use sauro_testkit::on_sqlite;
    use sqlx::AssertSqlSafe;

    use super::DUE;

    #[tokio::test]
    async fn letters_whose_time_has_come_are_found_along_an_index() {
        let engine = on_sqlite(Limits::default()).await;
        let mut conn = engine.db.read().await.unwrap();
        let text = format!("EXPLAIN QUERY PLAN {DUE}");
        let rows: Vec<(i64, i64, i64, String)> =
            run!(conn, c => sqlx::query_as(AssertSqlSafe(text))
            .bind("mail")
            .bind(0_i64)
            .bind(50_i64)
            .fetch_all(c)
            .await)
            .unwrap();
        let plan = rows.into_iter().map(|row| row.3).collect::<Vec<_>>().join("\n");
        assert!(plan.contains("USING INDEX mailbox_letters_to_send"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}
