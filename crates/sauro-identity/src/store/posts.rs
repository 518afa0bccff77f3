//! Table `posts`.

use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, PostId, Role};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::agencies::path;
use crate::model::{Lender, Seat, Term};

/// What a new seat is.
pub(crate) struct NewPost<'a> {
    pub(crate) id: PostId,
    pub(crate) account: AccountId,
    pub(crate) agency: AgencyId,
    pub(crate) role: Role,
    pub(crate) title: &'a str,
    pub(crate) term: Term,
    pub(crate) lent_from: Option<PostId>,
}

/// The columns of a seat, in queries that join as [`JOINS`] does.
pub(super) const COLUMNS: &str = "
               p.id AS seat_id, p.account_id AS seat_account_id, p.role, p.title,
               p.valid_from, p.valid_to, p.agency_id, g.code, g.name, g.path, g.scope,
               l.id AS lender_id, l.title AS lender_title, l.valid_from AS lender_from,
               l.valid_to AS lender_to, la.display_name AS lender_name,
               la.disabled_at AS lender_disabled_at";

/// The tables behind [`COLUMNS`], after `posts p`.
pub(super) const JOINS: &str = "
        JOIN agencies g ON g.id = p.agency_id
        LEFT JOIN posts l ON l.id = p.delegated_from
        LEFT JOIN accounts la ON la.id = l.account_id";

#[derive(sqlx::FromRow)]
pub(super) struct SeatRow {
    seat_id: Uuid,
    seat_account_id: Uuid,
    role: String,
    title: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    agency_id: Uuid,
    code: String,
    name: String,
    path: String,
    scope: String,
    lender_id: Option<Uuid>,
    lender_title: Option<String>,
    lender_from: Option<NaiveDate>,
    lender_to: Option<NaiveDate>,
    lender_name: Option<String>,
    lender_disabled_at: Option<i64>,
}

impl SeatRow {
    pub(super) fn seat(self) -> Result<Seat, StoreError> {
        let role = Role::of_code(&self.role).ok_or_else(|| StoreError::Corrupt {
            table: "posts",
            row: self.seat_id.to_string(),
            reason: format!("no such role: {}", self.role),
        })?;
        let lender = self.lender_id.zip(self.lender_from).map(|(post, from)| Lender {
            post: PostId(post),
            title: self.lender_title.unwrap_or_default(),
            name: self.lender_name.unwrap_or_default(),
            term: Term { from, to: self.lender_to },
            is_disabled: self.lender_disabled_at.is_some(),
        });
        Ok(Seat {
            id: PostId(self.seat_id),
            account: AccountId(self.seat_account_id),
            role,
            title: self.title,
            term: Term { from: self.valid_from, to: self.valid_to },
            agency: AgencyId(self.agency_id),
            agency_path: path("agencies", self.agency_id, &self.path)?,
            scope: path("agencies", self.agency_id, &self.scope)?,
            agency_code: self.code,
            agency_name: self.name,
            lender,
        })
    }
}

pub(crate) async fn insert(conn: &mut Conn, post: NewPost<'_>) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO posts (id, account_id, agency_id, role, title, valid_from, valid_to, delegated_from)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    run!(conn, c => sqlx::query(SQL)
        .bind(post.id.0)
        .bind(post.account.0)
        .bind(post.agency.0)
        .bind(post.role.code())
        .bind(post.title)
        .bind(post.term.from)
        .bind(post.term.to)
        .bind(post.lent_from.map(|it| it.0))
        .execute(c)
        .await
        .map(drop))
}

pub(crate) async fn find(conn: &mut Conn, id: PostId) -> Result<Option<Seat>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM posts p {JOINS} WHERE p.id = $1");
    let row = run!(conn, c => sqlx::query_as::<_, SeatRow>(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
    row.map(SeatRow::seat).transpose()
}

/// Lists the seats of `account`, also past and future ones, own before lent.
pub(crate) async fn list_of(conn: &mut Conn, account: AccountId) -> Result<Vec<Seat>, StoreError> {
    list_where(conn, "p.account_id = $1", account.0).await
}

/// Lists what was lent from the seat `post`.
pub(crate) async fn list_lent_from(conn: &mut Conn, post: PostId) -> Result<Vec<Seat>, StoreError> {
    list_where(conn, "p.delegated_from = $1", post.0).await
}

async fn list_where(conn: &mut Conn, condition: &str, id: Uuid) -> Result<Vec<Seat>, StoreError> {
    const ORDER: &str = "
        ORDER BY CASE WHEN p.delegated_from IS NULL THEN 0 ELSE 1 END, p.valid_from, p.id
        LIMIT 200";
    let sql = format!("SELECT {COLUMNS} FROM posts p {JOINS} WHERE {condition} {ORDER}");
    let rows = run!(conn, c => sqlx::query_as::<_, SeatRow>(AssertSqlSafe(sql))
        .bind(id)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(SeatRow::seat).collect()
}

/// Makes `to` the last day of a seat.
pub(crate) async fn update_end(
    conn: &mut Conn,
    id: PostId,
    to: NaiveDate,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE posts SET valid_to = $2 WHERE id = $1";
    run!(conn, c => sqlx::query(SQL).bind(id.0).bind(to).execute(c).await.map(drop))
}

/// Lists who sits in the agencies `agencies` on the day `on`, in which role.
///
/// Uses index `posts_of_agency`.
pub(crate) async fn list_holders(
    conn: &mut Conn,
    agencies: &[AgencyId],
    on: NaiveDate,
) -> Result<Vec<((AgencyId, Role), AccountId)>, StoreError> {
    let places: Vec<String> = (0..agencies.len()).map(|n| format!("${}", n + 2)).collect();
    let sql = format!(
        "SELECT p.agency_id, p.role, p.account_id, p.id FROM posts p
        JOIN accounts a ON a.id = p.account_id
        LEFT JOIN posts l ON l.id = p.delegated_from
        LEFT JOIN accounts la ON la.id = l.account_id
        WHERE p.agency_id IN ({}) AND a.disabled_at IS NULL
            AND p.valid_from <= $1 AND (p.valid_to IS NULL OR p.valid_to >= $1)
            AND (p.delegated_from IS NULL OR (la.disabled_at IS NULL
                AND l.valid_from <= $1 AND (l.valid_to IS NULL OR l.valid_to >= $1)))
        ORDER BY p.agency_id, p.role, p.id
        LIMIT 100000",
        places.join(", ")
    );
    let rows: Vec<(Uuid, String, Uuid, Uuid)> = run!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(on);
        for agency in agencies {
            query = query.bind(agency.0);
        }
        query.fetch_all(c).await
    })?;
    let holder = |(agency, role, account, id): (Uuid, String, Uuid, Uuid)| {
        let role = Role::of_code(&role).ok_or_else(|| StoreError::Corrupt {
            table: "posts",
            row: id.to_string(),
            reason: format!("no such role: {role}"),
        })?;
        Ok(((AgencyId(agency), role), AccountId(account)))
    };
    rows.into_iter().map(holder).collect()
}

/// Lists who sits in the agencies `agencies` on the day `on`: account, name, title, agency.
///
/// Uses index `posts_of_agency`.
pub(crate) async fn list_seated(
    conn: &mut Conn,
    agencies: &[AgencyId],
    on: NaiveDate,
) -> Result<Vec<(AccountId, String, String, AgencyId)>, StoreError> {
    let places: Vec<String> = (0..agencies.len()).map(|n| format!("${}", n + 2)).collect();
    let sql = format!(
        "SELECT p.account_id, a.display_name, p.title, p.agency_id FROM posts p
        JOIN accounts a ON a.id = p.account_id
        WHERE p.agency_id IN ({}) AND a.disabled_at IS NULL
            AND p.valid_from <= $1 AND (p.valid_to IS NULL OR p.valid_to >= $1)
        ORDER BY p.agency_id, p.role, p.id
        LIMIT 1000",
        places.join(", ")
    );
    let rows: Vec<(Uuid, String, String, Uuid)> = run!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(on);
        for agency in agencies {
            query = query.bind(agency.0);
        }
        query.fetch_all(c).await
    })?;
    let seated =
        |(account, name, title, agency)| (AccountId(account), name, title, AgencyId(agency));
    Ok(rows.into_iter().map(seated).collect())
}
