//! Tables `citizens` and `citizen_sessions`.

use sauro_kernel::CitizenId;
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

/// A session with whom it is of, sealed.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct SessionRow {
    pub(crate) citizen_id: Uuid,
    pub(crate) provider: String,
    pub(crate) level: String,
    pub(crate) sealed: Vec<u8>,
    pub(crate) subject_mark: Vec<u8>,
}

/// What a new session holds.
pub(crate) struct NewSession<'a> {
    pub(crate) token_hash: &'a [u8],
    pub(crate) citizen: CitizenId,
    pub(crate) provider: &'a str,
    pub(crate) level: &'a str,
    pub(crate) made_at: i64,
    pub(crate) expires_at: i64,
}

/// The citizen with this mark, made with the id `fresh` when there is none; what is known is written anew by
/// [`update`]. Answers whether it was made.
pub(crate) async fn take(
    conn: &mut Conn,
    mark: &[u8],
    fresh: CitizenId,
    now: i64,
) -> Result<(CitizenId, bool), StoreError> {
    const SQL: &str = "
        INSERT INTO citizens (id, subject_mark, sealed, made_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (subject_mark) DO UPDATE SET subject_mark = citizens.subject_mark
        RETURNING id";
    let id: Uuid = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(fresh.0)
        .bind(mark)
        .bind(Vec::<u8>::new())
        .bind(now)
        .fetch_one(c)
        .await)?;
    Ok((CitizenId(id), id == fresh.0))
}

/// Writes who it is, sealed.
pub(crate) async fn update(
    conn: &mut Conn,
    id: CitizenId,
    sealed: &[u8],
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE citizens SET sealed = $2 WHERE id = $1";
    run!(conn, c => sqlx::query(SQL).bind(id.0).bind(sealed).execute(c).await.map(drop))
}

/// Forgets a citizen, with the sessions and the list of own cases. Answers whether there was one.
pub(crate) async fn delete(conn: &mut Conn, id: CitizenId) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM citizens WHERE id = $1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n > 0)
}

pub(crate) async fn insert_session(conn: &mut Conn, row: NewSession<'_>) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO citizen_sessions (token_hash, citizen_id, provider, level, made_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    run!(conn, c => sqlx::query(SQL)
        .bind(row.token_hash)
        .bind(row.citizen.0)
        .bind(row.provider)
        .bind(row.level)
        .bind(row.made_at)
        .bind(row.expires_at)
        .execute(c)
        .await
        .map(drop))
}

/// The session of `hash`, when `now` is before its end.
pub(crate) async fn find_session(
    conn: &mut Conn,
    hash: &[u8],
    now: i64,
) -> Result<Option<SessionRow>, StoreError> {
    const SQL: &str = "
        SELECT s.citizen_id, s.provider, s.level, c.sealed, c.subject_mark
        FROM citizen_sessions s
        JOIN citizens c ON c.id = s.citizen_id
        WHERE s.token_hash = $1 AND s.expires_at > $2";
    run!(conn, c => sqlx::query_as::<_, SessionRow>(SQL)
        .bind(hash)
        .bind(now)
        .fetch_optional(c)
        .await)
}

/// Removes one session. Answers whether there was one.
pub(crate) async fn delete_session(conn: &mut Conn, hash: &[u8]) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM citizen_sessions WHERE token_hash = $1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(hash)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n > 0)
}

/// Removes every session of a citizen; answers how many.
pub(crate) async fn delete_sessions(conn: &mut Conn, of: CitizenId) -> Result<u64, StoreError> {
    const SQL: &str = "DELETE FROM citizen_sessions WHERE citizen_id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(of.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))
}

/// Removes what has ended.
pub(crate) async fn delete_ended(conn: &mut Conn, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM citizen_sessions WHERE expires_at <= $1";
    run!(conn, c => sqlx::query(SQL).bind(now).execute(c).await.map(drop))
}
