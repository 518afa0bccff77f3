//! Table `initiative_words`.

use sauro_kernel::InitiativeId;
use sauro_store::{Conn, StoreError, run};

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
