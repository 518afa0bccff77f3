//! Table `problems`.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, InitiativeId, ProblemId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Area, Problem, ProblemState, ProblemText};

const TABLE: &str = "problems";

const COLUMNS: &str = "
    id, number, agency_id, agency_path, area, title, pain, wanted, until_on, published_at, closed_at, is_open,
    reason, solved_by, stamp";

/// The next number of `year`.
pub(crate) async fn next_number(conn: &mut Conn, year: i32) -> Result<i64, StoreError> {
    const SQL: &str = "
        INSERT INTO problem_numbers (year, last_n)
        VALUES ($1, 1)
        ON CONFLICT (year) DO UPDATE SET last_n = problem_numbers.last_n + 1
        RETURNING last_n";
    run!(conn, c => sqlx::query_scalar(SQL).bind(i64::from(year)).fetch_one(c).await)
}

/// Adds a problem.
pub(crate) async fn insert(conn: &mut Conn, it: &Problem) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO problems ({COLUMNS})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, $11, '', NULL, $12)"
    );
    run!(conn, c => sqlx::query(AssertSqlSafe(sql))
        .bind(it.id.0)
        .bind(&it.number)
        .bind(it.agency.0)
        .bind(it.agency_path.as_str())
        .bind(it.text.area.code())
        .bind(&it.text.title)
        .bind(&it.text.pain)
        .bind(&it.text.wanted)
        .bind(it.text.until)
        .bind(it.published_at)
        .bind(it.is_open())
        .bind(it.stamp)
        .execute(c)
        .await
        .map(drop))
}

/// Writes what `it` says and how it stands, if its stamp is still `it.stamp - 1`. Answers whether it was.
pub(crate) async fn update(conn: &mut Conn, it: &Problem) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE problems
        SET area = $1, title = $2, pain = $3, wanted = $4, until_on = $5, closed_at = $6, is_open = $7,
            reason = $8, solved_by = $9, stamp = $10
        WHERE id = $11 AND stamp = $10 - 1";
    let (closed_at, reason, solved_by) = match &it.state {
        ProblemState::Open => (None, "", None),
        ProblemState::Solved(by, at) => (Some(*at), "", Some(by.0)),
        ProblemState::Withdrawn(reason, at) => (Some(*at), reason.as_str(), None),
    };
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.text.area.code())
        .bind(&it.text.title)
        .bind(&it.text.pain)
        .bind(&it.text.wanted)
        .bind(it.text.until)
        .bind(closed_at)
        .bind(it.is_open())
        .bind(reason)
        .bind(solved_by)
        .bind(it.stamp)
        .bind(it.id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Finds one problem.
pub(crate) async fn find(conn: &mut Conn, id: ProblemId) -> Result<Option<Problem>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM problems WHERE id = $1");
    let row: Option<ProblemRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
    row.map(Problem::try_from).transpose()
}

/// Finds the problem with `number`.
pub(crate) async fn by_number(
    conn: &mut Conn,
    number: &str,
) -> Result<Option<Problem>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM problems WHERE number = $1");
    let row: Option<ProblemRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(number)
        .fetch_optional(c)
        .await)?;
    row.map(Problem::try_from).transpose()
}

/// Whose problems are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Everybody's.
    All,
    /// Those of an area.
    Area(Area),
    /// Those of an agency.
    Agency(AgencyId),
}

/// Lists problems, open ones first, of each the newest first; with `after`, what comes after that one.
pub(crate) async fn page(
    conn: &mut Conn,
    whose: Whose,
    after: Option<(bool, ProblemId)>,
    limit: u16,
) -> Result<Vec<Problem>, StoreError> {
    // Each walks the index of its own question.
    let narrowed = match whose {
        Whose::All => "",
        Whose::Area(_) => " AND area = $4",
        Whose::Agency(_) => " AND agency_id = $4",
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM problems WHERE (is_open, id) < ($1, $2){narrowed}
        ORDER BY is_open DESC, id DESC LIMIT $3"
    );
    let (is_open, id) = after.map_or((true, Uuid::max()), |it| (it.0, it.1.0));
    let rows: Vec<ProblemRow> = run!(conn, c => {
        let query = sqlx::query_as(AssertSqlSafe(sql)).bind(is_open).bind(id).bind(i64::from(limit));
        let query = match whose {
            Whose::All => query,
            Whose::Area(area) => query.bind(area.code()),
            Whose::Agency(agency) => query.bind(agency.0),
        };
        query.fetch_all(c).await
    })?;
    rows.into_iter().map(Problem::try_from).collect()
}

/// The problems that `initiative` solved, newest first.
pub(crate) async fn solved_by(
    conn: &mut Conn,
    initiative: InitiativeId,
) -> Result<Vec<Problem>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM problems WHERE solved_by = $1 ORDER BY id DESC LIMIT 20");
    let rows: Vec<ProblemRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(initiative.0)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Problem::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct ProblemRow {
    id: Uuid,
    number: String,
    agency_id: Uuid,
    agency_path: String,
    area: String,
    title: String,
    pain: String,
    wanted: String,
    until_on: NaiveDate,
    published_at: i64,
    closed_at: Option<i64>,
    is_open: bool,
    reason: String,
    solved_by: Option<Uuid>,
    stamp: i64,
}

impl TryFrom<ProblemRow> for Problem {
    type Error = StoreError;

    fn try_from(row: ProblemRow) -> Result<Self, StoreError> {
        let state = match (row.is_open, row.closed_at, row.solved_by) {
            (true, None, None) => ProblemState::Open,
            (false, Some(at), Some(by)) => ProblemState::Solved(InitiativeId(by), at),
            (false, Some(at), None) => ProblemState::Withdrawn(row.reason, at),
            _ => return Err(corrupt(TABLE, row.id, "it is neither open nor closed")),
        };
        Ok(Self {
            id: ProblemId(row.id),
            number: row.number,
            agency: AgencyId(row.agency_id),
            agency_path: AgencyPath::parse(&row.agency_path)
                .map_err(|err| corrupt(TABLE, row.id, err))?,
            text: ProblemText {
                area: Area::of_code(&row.area)
                    .ok_or_else(|| corrupt(TABLE, row.id, "no such area"))?,
                title: row.title,
                pain: row.pain,
                wanted: row.wanted,
                until: row.until_on,
            },
            published_at: row.published_at,
            state,
            stamp: row.stamp,
        })
    }
}
