//! Table `initiative_applications`.

use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, ApplicationId, InitiativeId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::Application;

const COLUMNS: &str = "
    id, initiative_id, agency_id, place, is_pilot, since_on, until_on, baseline, target, measured, unit, source,
    said_by, said_at, confirmed_by, confirmed_at";

/// Adds an application. Fails with [`StoreError::Conflict`] when the agency has said so before.
pub(crate) async fn insert(conn: &mut Conn, it: &Application) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO initiative_applications ({COLUMNS})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    );
    let measured = it.measured.as_ref();
    run!(conn, c => sqlx::query(AssertSqlSafe(sql))
        .bind(it.id.0)
        .bind(it.initiative.0)
        .bind(it.agency.0)
        .bind(&it.place)
        .bind(it.is_pilot)
        .bind(it.since)
        .bind(it.until)
        .bind(&it.baseline)
        .bind(&it.target)
        .bind(measured.map(|it| it.0.to_string()).unwrap_or_default())
        .bind(measured.map_or("", |it| it.1.as_str()))
        .bind(measured.map_or("", |it| it.2.as_str()))
        .bind(it.said.0.0)
        .bind(it.said.1)
        .bind(it.confirmed.map(|it| it.0.0))
        .bind(it.confirmed.map(|it| it.1))
        .execute(c)
        .await
        .map(drop))
}

/// Confirms an application, if nobody has. Answers whether nobody had.
pub(crate) async fn confirm(
    conn: &mut Conn,
    id: ApplicationId,
    (by, at): (AccountId, i64),
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE initiative_applications
        SET confirmed_by = $1, confirmed_at = $2
        WHERE id = $3 AND confirmed_by IS NULL";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(by.0)
        .bind(at)
        .bind(id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Lists who applies the initiative, the first first. There are as many as agencies at most.
pub(crate) async fn of_initiative(
    conn: &mut Conn,
    id: InitiativeId,
) -> Result<Vec<Application>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM initiative_applications WHERE initiative_id = $1 ORDER BY id LIMIT 10000"
    );
    let rows: Vec<Row> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Application::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    initiative_id: Uuid,
    agency_id: Uuid,
    place: String,
    is_pilot: bool,
    since_on: NaiveDate,
    until_on: Option<NaiveDate>,
    baseline: String,
    target: String,
    measured: String,
    unit: String,
    source: String,
    said_by: Uuid,
    said_at: i64,
    confirmed_by: Option<Uuid>,
    confirmed_at: Option<i64>,
}

impl TryFrom<Row> for Application {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let measured = match row.measured.as_str() {
            "" => None,
            text => {
                let amount = text
                    .parse()
                    .map_err(|_| corrupt("initiative_applications", row.id, "no number"))?;
                Some((amount, row.unit, row.source))
            }
        };
        Ok(Self {
            id: ApplicationId(row.id),
            initiative: InitiativeId(row.initiative_id),
            agency: AgencyId(row.agency_id),
            place: row.place,
            is_pilot: row.is_pilot,
            since: row.since_on,
            until: row.until_on,
            baseline: row.baseline,
            target: row.target,
            measured,
            said: (AccountId(row.said_by), row.said_at),
            confirmed: row.confirmed_by.map(AccountId).zip(row.confirmed_at),
        })
    }
}
