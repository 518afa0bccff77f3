//! Table `initiative_words`.

use sauro_kernel::InitiativeId;
use sauro_store::{Conn, StoreError, insert_text, pieces, run};
use sqlx::AssertSqlSafe;

/// Adds a folded word of a title; the same word again is no matter.
pub(crate) async fn insert(
    conn: &mut Conn,
    word: &str,
    id: InitiativeId,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO initiative_words (word, initiative_id)
        VALUES ($1, $2)
        ON CONFLICT (word, initiative_id) DO NOTHING";
    run!(conn, c => sqlx::query(SQL).bind(word).bind(id.0).execute(c).await.map(drop))
}

/// Adds words of several titles, each once for each of them.
pub(crate) async fn insert_many(
    conn: &mut Conn,
    rows: &[(String, InitiativeId)],
) -> Result<(), StoreError> {
    for piece in pieces(rows) {
        let columns = ["word", "initiative_id"];
        let sql = insert_text(conn.dialect(), "initiative_words", &columns, piece.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (word, id) in piece {
                query = query.bind(word).bind(id.0);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}
