//! Table `score_methods`.

use sauro_kernel::{AgencyId, AgencyPath, ScoreMethodId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::corrupt;
use crate::model::{Method, Roster};

const TABLE: &str = "score_methods";

/// Adds a method.
pub(crate) async fn insert(conn: &mut Conn, it: &Method) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO score_methods (id, agency_id, agency_path, roster, reach)
        VALUES ($1, $2, $3, $4, $5)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.agency.0)
        .bind(it.path.as_str())
        .bind(it.roster.code())
        .bind(it.roster.reach().as_str())
        .execute(c)
        .await
        .map(drop))
}

/// Finds one method.
pub(crate) async fn find(conn: &mut Conn, id: ScoreMethodId) -> Result<Option<Method>, StoreError> {
    const SQL: &str = "
        SELECT id, agency_id, agency_path, roster
        FROM score_methods
        WHERE id = $1";
    let row: Option<MethodRow> =
        run!(conn, c => sqlx::query_as(SQL).bind(id.0).fetch_optional(c).await)?;
    row.map(Method::try_from).transpose()
}

/// Lists the methods of `agency`, oldest first.
pub(crate) async fn of_agency(
    conn: &mut Conn,
    agency: AgencyId,
    limit: u16,
) -> Result<Vec<Method>, StoreError> {
    const SQL: &str = "
        SELECT id, agency_id, agency_path, roster
        FROM score_methods
        WHERE agency_id = $1
        ORDER BY id
        LIMIT $2";
    let rows: Vec<MethodRow> = run!(conn, c => sqlx::query_as(SQL)
        .bind(agency.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Method::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct MethodRow {
    id: Uuid,
    agency_id: Uuid,
    agency_path: String,
    roster: String,
}

impl TryFrom<MethodRow> for Method {
    type Error = StoreError;

    fn try_from(row: MethodRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: ScoreMethodId(row.id),
            agency: AgencyId(row.agency_id),
            path: AgencyPath::parse(&row.agency_path).map_err(|err| corrupt(TABLE, row.id, err))?,
            roster: Roster::of_code(&row.roster)
                .ok_or_else(|| corrupt(TABLE, row.id, "no such roster"))?,
        })
    }
}
