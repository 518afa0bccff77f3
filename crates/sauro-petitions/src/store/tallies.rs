//! Table `petition_tallies`.

use chrono::NaiveDate;
use sauro_kernel::AgencyId;
use sauro_store::{Conn, StoreError, run, values_text};
use uuid::Uuid;

use crate::model::{Tally, TallyLine};

/// Adds `it` to what `agency` gave in each of `periods`.
pub(crate) async fn add(
    conn: &mut Conn,
    agency: AgencyId,
    periods: [&str; 2],
    it: &Tally,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_tallies (period, agency_id, n_answered, on_time, late, solved, unsolved, guided, rated,
            rating_sum, satisfied, contested)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (agency_id, period) DO UPDATE SET
            n_answered = petition_tallies.n_answered + excluded.n_answered,
            on_time = petition_tallies.on_time + excluded.on_time,
            late = petition_tallies.late + excluded.late,
            solved = petition_tallies.solved + excluded.solved,
            unsolved = petition_tallies.unsolved + excluded.unsolved,
            guided = petition_tallies.guided + excluded.guided,
            rated = petition_tallies.rated + excluded.rated,
            rating_sum = petition_tallies.rating_sum + excluded.rating_sum,
            satisfied = petition_tallies.satisfied + excluded.satisfied,
            contested = petition_tallies.contested + excluded.contested";
    for period in periods {
        run!(conn, c => sqlx::query(SQL)
            .bind(period)
            .bind(agency.0)
            .bind(it.answered())
            .bind(it.on_time)
            .bind(it.late)
            .bind(it.solved)
            .bind(it.unsolved)
            .bind(it.guided)
            .bind(it.rated)
            .bind(it.rating_sum)
            .bind(it.satisfied)
            .bind(it.contested)
            .execute(c)
            .await
            .map(drop))?;
    }
    Ok(())
}

/// What `agency` gave by period, the latest first, at most `limit`.
pub(crate) async fn of_agency(
    conn: &mut Conn,
    agency: AgencyId,
    limit: u16,
) -> Result<Vec<(String, Tally)>, StoreError> {
    const SQL: &str = "
        SELECT period, agency_id, on_time, late, solved, unsolved, guided, rated, rating_sum, satisfied, contested
        FROM petition_tallies
        WHERE agency_id = $1
        ORDER BY period DESC
        LIMIT $2";
    let rows: Vec<Row> = run!(conn, c => sqlx::query_as(SQL)
        .bind(agency.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(|it| (it.period.clone(), it.tally())).collect())
}

/// How many answers of each agency were rated, and how many of these satisfied, in `periods` together.
pub(crate) async fn ratings(
    conn: &mut Conn,
    periods: &[String],
) -> Result<Vec<(AgencyId, i64, i64)>, StoreError> {
    if periods.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = values_text(conn.dialect(), 1, periods.len());
    // The sum of a BIGINT is no BIGINT to PostgreSQL.
    let sql = format!(
        "SELECT agency_id, CAST(sum(satisfied) AS BIGINT), CAST(sum(rated) AS BIGINT)
        FROM petition_tallies
        WHERE period IN ({wanted}) AND rated > 0
        GROUP BY agency_id"
    );
    let rows: Vec<(Uuid, i64, i64)> = run!(conn, c => {
        let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
        for period in periods {
            query = query.bind(period);
        }
        query.fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(|it| (AgencyId(it.0), it.1, it.2)).collect())
}

/// Agencies that answered in `period`, whoever answered most first, after (`before`) one that was shown.
pub(crate) async fn of_period(
    conn: &mut Conn,
    period: &str,
    before: (i64, Uuid),
    limit: u16,
) -> Result<Vec<TallyLine>, StoreError> {
    const SQL: &str = "
        SELECT period, agency_id, on_time, late, solved, unsolved, guided, rated, rating_sum, satisfied, contested
        FROM petition_tallies
        WHERE period = $1 AND (n_answered < $2 OR (n_answered = $2 AND agency_id < $3))
        ORDER BY n_answered DESC, agency_id DESC
        LIMIT $4";
    let rows: Vec<Row> = run!(conn, c => sqlx::query_as(SQL)
        .bind(period)
        .bind(before.0)
        .bind(before.1)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(|it| (AgencyId(it.agency_id), it.tally())).collect())
}

/// How many open cases `agency` has, and how many of them are past the day of their step.
pub(crate) async fn open_of(
    conn: &mut Conn,
    agency: AgencyId,
    today: NaiveDate,
) -> Result<(i64, i64), StoreError> {
    const SQL: &str = "
        SELECT count(*), count(CASE WHEN due_on < $2 THEN 1 END)
        FROM petitions
        WHERE holder_id = $1
            AND state IN ('sent', 'sorting', 'waiting', 'assigned', 'handling', 'approval', 'review')";
    run!(conn, c => sqlx::query_as(SQL).bind(agency.0).bind(today).fetch_one(c).await)
}

#[derive(sqlx::FromRow)]
struct Row {
    period: String,
    agency_id: Uuid,
    on_time: i64,
    late: i64,
    solved: i64,
    unsolved: i64,
    guided: i64,
    rated: i64,
    rating_sum: i64,
    satisfied: i64,
    contested: i64,
}

impl Row {
    fn tally(&self) -> Tally {
        Tally {
            on_time: self.on_time,
            late: self.late,
            solved: self.solved,
            unsolved: self.unsolved,
            guided: self.guided,
            rated: self.rated,
            rating_sum: self.rating_sum,
            satisfied: self.satisfied,
            contested: self.contested,
        }
    }
}
