//! Tables `initiative_councils`, `initiative_council_members` and `initiative_council_items`.

use sauro_kernel::{AccountId, AgencyId, AgencyPath, CouncilId, InitiativeId, Role};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Council, Member};

const TABLE: &str = "initiative_councils";

const COLUMNS: &str = "
    id, agency_id, agency_path, name, criteria, threshold, quorum, opened_by, opened_at, closed_at, stamp";

/// Adds a council.
pub(crate) async fn insert(conn: &mut Conn, it: &Council) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO initiative_councils ({COLUMNS})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    run!(conn, c => sqlx::query(AssertSqlSafe(sql))
        .bind(it.id.0)
        .bind(it.agency.0)
        .bind(it.path.as_str())
        .bind(&it.name)
        .bind(serde_json::to_string(&it.criteria).unwrap_or_default())
        .bind(it.threshold.to_string())
        .bind(it.quorum)
        .bind(it.opened_by.0)
        .bind(it.opened_at)
        .bind(it.closed_at)
        .bind(it.stamp)
        .execute(c)
        .await
        .map(drop))
}

/// Closes the council, if it is open and its stamp still is `stamp`. Answers whether it was.
pub(crate) async fn close(
    conn: &mut Conn,
    id: CouncilId,
    (stamp, at): (i64, i64),
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE initiative_councils
        SET closed_at = $1, stamp = stamp + 1
        WHERE id = $2 AND stamp = $3 AND closed_at IS NULL";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(at)
        .bind(id.0)
        .bind(stamp)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Takes hold of an open council, so that nobody closes it while a ballot comes in. Answers whether it is open.
pub(crate) async fn hold_open(conn: &mut Conn, id: CouncilId) -> Result<bool, StoreError> {
    const SQL: &str =
        "UPDATE initiative_councils SET stamp = stamp WHERE id = $1 AND closed_at IS NULL";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Finds one council.
pub(crate) async fn find(conn: &mut Conn, id: CouncilId) -> Result<Option<Council>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM initiative_councils WHERE id = $1");
    let row: Option<CouncilRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
    row.map(Council::try_from).transpose()
}

/// Lists the councils that `agency` holds, newest first.
pub(crate) async fn of_agency(
    conn: &mut Conn,
    agency: AgencyId,
    limit: u16,
) -> Result<Vec<Council>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM initiative_councils WHERE agency_id = $1 ORDER BY id DESC LIMIT $2"
    );
    let rows: Vec<CouncilRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(agency.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Council::try_from).collect()
}

/// Lists the councils in which the desk scores, newest first.
pub(crate) async fn of_desk(
    conn: &mut Conn,
    (agency, role): (AgencyId, Role),
    limit: u16,
) -> Result<Vec<Council>, StoreError> {
    let columns: Vec<String> = COLUMNS.split(',').map(|it| format!("i.{}", it.trim())).collect();
    let sql = format!(
        "SELECT {} FROM initiative_council_members m JOIN initiative_councils i ON i.id = m.council_id
        WHERE m.agency_id = $1 AND m.role = $2 ORDER BY m.council_id DESC LIMIT $3",
        columns.join(", ")
    );
    let rows: Vec<CouncilRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(agency.0)
        .bind(role.code())
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Council::try_from).collect()
}

/// Adds a member.
pub(crate) async fn add_member(
    conn: &mut Conn,
    id: CouncilId,
    it: &Member,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO initiative_council_members (council_id, n, agency_id, role)
        VALUES ($1, $2, $3, $4)";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(it.n)
        .bind(it.agency.0)
        .bind(it.role.code())
        .execute(c)
        .await
        .map(drop))
}

/// Lists the members in their order.
pub(crate) async fn members(conn: &mut Conn, id: CouncilId) -> Result<Vec<Member>, StoreError> {
    const SQL: &str = "
        SELECT n, agency_id, role
        FROM initiative_council_members
        WHERE council_id = $1
        ORDER BY n
        LIMIT 100";
    let rows: Vec<(i64, Uuid, String)> =
        run!(conn, c => sqlx::query_as(SQL).bind(id.0).fetch_all(c).await)?;
    rows.into_iter()
        .map(|(n, agency, role)| {
            let role = Role::of_code(&role)
                .ok_or_else(|| corrupt("initiative_council_members", id.0, "no such role"))?;
            Ok(Member { n, agency: AgencyId(agency), role })
        })
        .collect()
}

/// Puts an initiative before the council. Fails with [`StoreError::Conflict`] when it is before one.
pub(crate) async fn add_item(
    conn: &mut Conn,
    id: CouncilId,
    item: InitiativeId,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO initiative_council_items (council_id, initiative_id)
        VALUES ($1, $2)";
    run!(conn, c => sqlx::query(SQL).bind(id.0).bind(item.0).execute(c).await.map(drop))
}

/// Lists what is before the council, the oldest first.
pub(crate) async fn items(conn: &mut Conn, id: CouncilId) -> Result<Vec<InitiativeId>, StoreError> {
    const SQL: &str = "
        SELECT initiative_id
        FROM initiative_council_items
        WHERE council_id = $1
        ORDER BY initiative_id
        LIMIT 100";
    let rows: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(SQL).bind(id.0).fetch_all(c).await)?;
    Ok(rows.into_iter().map(InitiativeId).collect())
}

/// The council that the initiative is or was before.
pub(crate) async fn of_initiative(
    conn: &mut Conn,
    item: InitiativeId,
) -> Result<Option<Council>, StoreError> {
    const SQL: &str = "SELECT council_id FROM initiative_council_items WHERE initiative_id = $1";
    let id: Option<Uuid> =
        run!(conn, c => sqlx::query_scalar(SQL).bind(item.0).fetch_optional(c).await)?;
    match id {
        Some(id) => find(conn, CouncilId(id)).await,
        None => Ok(None),
    }
}

#[derive(sqlx::FromRow)]
struct CouncilRow {
    id: Uuid,
    agency_id: Uuid,
    agency_path: String,
    name: String,
    criteria: String,
    threshold: String,
    quorum: i64,
    opened_by: Uuid,
    opened_at: i64,
    closed_at: Option<i64>,
    stamp: i64,
}

impl TryFrom<CouncilRow> for Council {
    type Error = StoreError;

    fn try_from(row: CouncilRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: CouncilId(row.id),
            agency: AgencyId(row.agency_id),
            path: AgencyPath::parse(&row.agency_path).map_err(|err| corrupt(TABLE, row.id, err))?,
            name: row.name,
            criteria: serde_json::from_str(&row.criteria)
                .map_err(|err| corrupt(TABLE, row.id, err))?,
            threshold: row.threshold.parse().map_err(|_| corrupt(TABLE, row.id, "no number"))?,
            quorum: row.quorum,
            opened_by: AccountId(row.opened_by),
            opened_at: row.opened_at,
            closed_at: row.closed_at,
            stamp: row.stamp,
        })
    }
}
