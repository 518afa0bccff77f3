//! Table `petition_partners`.

use sauro_kernel::{AccountId, AgencyId, PetitionId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::Partner;

/// Asks an agency to cooperate; one that was asked before stays as it is.
pub(crate) async fn insert(
    conn: &mut Conn,
    petition: PetitionId,
    agency: AgencyId,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_partners (petition_id, agency_id)
        VALUES ($1, $2)
        ON CONFLICT (petition_id, agency_id) DO NOTHING";
    run!(conn, c => sqlx::query(SQL)
        .bind(petition.0)
        .bind(agency.0)
        .execute(c)
        .await
        .map(drop))
}

/// Writes down what an agency thinks. Answers whether it had been asked.
pub(crate) async fn give(
    conn: &mut Conn,
    petition: PetitionId,
    it: &Partner,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE petition_partners
        SET opinion = $1, given_by = $2, given_at = $3
        WHERE petition_id = $4 AND agency_id = $5";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(&it.opinion)
        .bind(it.given.map(|it| it.0.0))
        .bind(it.given.map(|it| it.1))
        .bind(petition.0)
        .bind(it.agency.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Lists the agencies that cooperate.
pub(crate) async fn of_case(
    conn: &mut Conn,
    petition: PetitionId,
) -> Result<Vec<Partner>, StoreError> {
    const SQL: &str = "
        SELECT agency_id, opinion, given_by, given_at
        FROM petition_partners
        WHERE petition_id = $1
        ORDER BY agency_id
        LIMIT 100";
    let rows: Vec<(Uuid, String, Option<Uuid>, Option<i64>)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(petition.0)
        .fetch_all(c)
        .await)?;
    let partner = |(agency, opinion, by, at): (Uuid, String, Option<Uuid>, Option<i64>)| Partner {
        agency: AgencyId(agency),
        opinion,
        given: by.map(AccountId).zip(at),
    };
    Ok(rows.into_iter().map(partner).collect())
}
