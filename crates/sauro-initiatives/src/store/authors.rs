//! Table `initiative_authors`.

use sauro_kernel::{AccountId, AgencyId, InitiativeId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::Author;

/// Adds an author.
pub(crate) async fn insert(
    conn: &mut Conn,
    id: InitiativeId,
    it: &Author,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO initiative_authors (initiative_id, n, share_bp, agency_id, account_id, sealed, public_name)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(it.n)
        .bind(it.share_bp)
        .bind(it.agency.map(|it| it.0))
        .bind(it.account.map(|it| it.0))
        .bind(&it.sealed)
        .bind(&it.public_name)
        .execute(c)
        .await
        .map(drop))
}

/// Lists the authors in their order.
pub(crate) async fn of_initiative(
    conn: &mut Conn,
    id: InitiativeId,
) -> Result<Vec<Author>, StoreError> {
    const SQL: &str = "
        SELECT n, share_bp, agency_id, account_id, sealed, public_name
        FROM initiative_authors
        WHERE initiative_id = $1
        ORDER BY n
        LIMIT 100";
    let rows: Vec<AuthorRow> = run!(conn, c => sqlx::query_as(SQL).bind(id.0).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Author::from).collect())
}

#[derive(sqlx::FromRow)]
struct AuthorRow {
    n: i64,
    share_bp: i64,
    agency_id: Option<Uuid>,
    account_id: Option<Uuid>,
    sealed: Vec<u8>,
    public_name: String,
}

impl From<AuthorRow> for Author {
    fn from(row: AuthorRow) -> Self {
        Self {
            n: row.n,
            share_bp: row.share_bp,
            agency: row.agency_id.map(AgencyId),
            account: row.account_id.map(AccountId),
            sealed: row.sealed,
            public_name: row.public_name,
        }
    }
}
