//! Table `petition_recounts`, and what a recount of deadlines reads and writes of `petitions`.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, PetitionId};
use sauro_store::{Conn, Dialect, StoreError, pieces, run, values_text};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Happening, Kind, Recount, State};

/// What of an open case its clocks follow from, and what they say now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clocked {
    /// The case.
    pub(crate) id: PetitionId,
    /// Who received it.
    pub(crate) coordinator: AgencyId,
    /// When it was sent.
    pub(crate) sent_at: i64,
    /// Where it stands.
    pub(crate) state: State,
    /// The last day of the step that runs.
    pub(crate) due_on: Option<NaiveDate>,
    /// The day the sender was promised.
    pub(crate) citizen_due_on: NaiveDate,
    /// Counts up with every change.
    pub(crate) version: i64,
}

/// The recount that is under way, or was the last.
pub(crate) async fn find(conn: &mut Conn) -> Result<Option<Recount>, StoreError> {
    const SQL: &str = "
        SELECT basis, after_id, n_all, n_seen, n_moved, began_at, ended_at
        FROM petition_recounts
        WHERE id = 1";
    let row: Option<RecountRow> = run!(conn, c => sqlx::query_as(SQL).fetch_optional(c).await)?;
    row.map(RecountRow::recount).transpose()
}

/// Begins a recount by `it.basis`, unless one by the same basis was begun. Answers whether it did.
pub(crate) async fn begin(conn: &mut Conn, it: &Recount) -> Result<bool, StoreError> {
    const SQL: &str = "
        INSERT INTO petition_recounts (id, basis, after_id, n_all, n_seen, n_moved, began_at, ended_at)
        VALUES (1, $1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE
        SET basis = excluded.basis, after_id = excluded.after_id, n_all = excluded.n_all,
            n_seen = excluded.n_seen, n_moved = excluded.n_moved, began_at = excluded.began_at,
            ended_at = excluded.ended_at
        WHERE petition_recounts.basis <> excluded.basis";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.basis.as_slice())
        .bind(it.after)
        .bind(it.n_all)
        .bind(it.n_seen)
        .bind(it.n_moved)
        .bind(it.began_at)
        .bind(it.ended_at)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Holds the recount until the transaction ends, if it is still where it was read: until then no other node writes a
/// deadline, and none begins by other limits. Answers whether it was.
pub(crate) async fn hold(conn: &mut Conn, before: &Recount) -> Result<bool, StoreError> {
    const SQL: &str = "
        SELECT id
        FROM petition_recounts
        WHERE id = 1 AND basis = $1 AND after_id = $2 AND n_moved = $3 AND ended_at IS NULL";
    let sql = match conn.dialect() {
        // It has one writer at a time.
        Dialect::Sqlite => SQL.to_owned(),
        Dialect::Postgres => format!("{SQL} FOR UPDATE"),
    };
    let found: Option<i64> = run!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(before.basis.as_slice())
        .bind(before.after)
        .bind(before.n_moved)
        .fetch_optional(c)
        .await)?;
    Ok(found.is_some())
}

/// Writes how far the recount is that this transaction [holds](hold).
pub(crate) async fn advance(conn: &mut Conn, it: &Recount) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE petition_recounts SET after_id = $1, n_seen = $2, n_moved = $3, ended_at = $4
        WHERE id = 1";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.after)
        .bind(it.n_seen)
        .bind(it.n_moved)
        .bind(it.ended_at)
        .execute(c)
        .await
        .map(drop))
}

/// How many cases are not at their end.
pub(crate) async fn n_open(conn: &mut Conn) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT count(*) FROM petitions WHERE state <> 'closed'";
    run!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await)
}

/// Open cases after `after`, in the order of their ids.
pub(crate) async fn open_after(
    conn: &mut Conn,
    after: Uuid,
    limit: u16,
) -> Result<Vec<Clocked>, StoreError> {
    const SQL: &str = "
        SELECT id, coordinator_id, sent_at, state, due_on, citizen_due_on, version
        FROM petitions
        WHERE id > $1 AND state <> 'closed'
        ORDER BY id
        LIMIT $2";
    let rows: Vec<ClockedRow> = run!(conn, c => sqlx::query_as(SQL)
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(ClockedRow::clocked).collect()
}

/// What happened to the open cases after `after` up to `last`, in the order of the cases, oldest first: without
/// words, which move no clock.
pub(crate) async fn happenings(
    conn: &mut Conn,
    after: Uuid,
    last: Uuid,
) -> Result<Vec<(Uuid, Happening)>, StoreError> {
    const SQL: &str = "
        SELECT petitions.id, petition_events.at, petition_events.kind, petition_events.agency_id,
            petition_events.to_id
        FROM petitions
        JOIN petition_events ON petition_events.petition_id = petitions.id
        WHERE petitions.id > $1 AND petitions.id <= $2 AND petitions.state <> 'closed'
        ORDER BY petitions.id, petition_events.n";
    type Row = (Uuid, i64, String, Option<Uuid>, Option<Uuid>);
    let rows: Vec<Row> = run!(conn, c => sqlx::query_as(SQL)
        .bind(after)
        .bind(last)
        .fetch_all(c)
        .await)?;
    let happening = |(id, at, kind, agency, to): Row| {
        let kind =
            Kind::of_code(&kind).ok_or_else(|| corrupt("petition_events", id, "no such kind"))?;
        let it = Happening {
            n: 0,
            at,
            kind,
            account: None,
            agency: agency.map(AgencyId),
            to,
            is_public: false,
            words: String::new(),
            public_words: String::new(),
        };
        Ok((id, it))
    };
    rows.into_iter().map(happening).collect()
}

/// Sets the days of cases that are still at the version that was read; whoever is told of a new day was told of
/// no step of it. Answers how many were.
pub(crate) async fn set_days(conn: &mut Conn, cases: &[Clocked]) -> Result<u64, StoreError> {
    let mut n = 0;
    for piece in pieces(cases) {
        let values = values_text(conn.dialect(), 4, piece.len());
        let sql = format!(
            "UPDATE petitions
            SET due_on = it.column2, citizen_due_on = it.column3, version = petitions.version + 1,
                reminded = CASE WHEN due_on = it.column2 THEN reminded ELSE 0 END
            FROM ({values}) AS it
            WHERE petitions.id = it.column1 AND petitions.version = it.column4"
        );
        n += run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for it in piece {
                query = query
                    .bind(it.id.0)
                    .bind(it.due_on)
                    .bind(it.citizen_due_on)
                    .bind(it.version);
            }
            query.execute(c).await.map(|done| done.rows_affected())
        })?;
    }
    Ok(n)
}

#[derive(sqlx::FromRow)]
struct RecountRow {
    basis: Vec<u8>,
    after_id: Uuid,
    n_all: i64,
    n_seen: i64,
    n_moved: i64,
    began_at: i64,
    ended_at: Option<i64>,
}

impl RecountRow {
    fn recount(self) -> Result<Recount, StoreError> {
        Ok(Recount {
            basis: super::hash("petition_recounts", 1, &self.basis)?,
            after: self.after_id,
            n_all: self.n_all,
            n_seen: self.n_seen,
            n_moved: self.n_moved,
            began_at: self.began_at,
            ended_at: self.ended_at,
        })
    }
}

#[derive(sqlx::FromRow)]
struct ClockedRow {
    id: Uuid,
    coordinator_id: Uuid,
    sent_at: i64,
    state: String,
    due_on: Option<NaiveDate>,
    citizen_due_on: NaiveDate,
    version: i64,
}

impl ClockedRow {
    fn clocked(self) -> Result<Clocked, StoreError> {
        let state = State::of_code(&self.state)
            .ok_or_else(|| corrupt("petitions", self.id, "no such state"))?;
        Ok(Clocked {
            id: PetitionId(self.id),
            coordinator: AgencyId(self.coordinator_id),
            sent_at: self.sent_at,
            state,
            due_on: self.due_on,
            citizen_due_on: self.citizen_due_on,
            version: self.version,
        })
    }
}
