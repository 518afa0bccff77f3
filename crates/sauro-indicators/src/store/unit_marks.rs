//! What units did and when, for those who score them: many units with one question.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, IndicatorId, RoundId};
use sauro_store::{Conn, StoreError, pieces, run, values_text};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::period;
use crate::model::{Period, UnitLevel};

/// Figures of one indicator within a period read at most: one a week of every commune of a province.
const FIGURES: i64 = 20_000;

/// Rounds within a period read at most.
const ROUNDS: i64 = 400;

/// A figure that a unit has said: whose, of which period, and when it was said first.
pub(crate) type Said = (AgencyId, Period, i64);

/// A report in a round: whose, when it was first sent, and whether it was ever returned.
pub(crate) type Sent = (RoundId, AgencyId, i64, bool);

/// Lists what the units of a level, and of one province when it is named, said of each of `indicators` as
/// of the days `within`; with `is_appraised`, only what was appraised.
pub(crate) async fn said(
    conn: &mut Conn,
    indicators: &[IndicatorId],
    (level, province): (UnitLevel, Option<&str>),
    within: (NaiveDate, NaiveDate),
    is_appraised: bool,
) -> Result<Vec<Said>, StoreError> {
    let place = if province.is_some() { "AND province = $5" } else { "" };
    let only = if is_appraised { "AND appraised IS NOT NULL" } else { "" };
    let sql = format!(
        "SELECT unit_id, period, first.at
        FROM observations
        JOIN observation_revisions AS first ON first.observation_id = observations.id AND first.version = 1
        WHERE indicator_id = $1 AND unit_level = $2 AND as_of BETWEEN $3 AND $4 {place} {only}
        ORDER BY as_of, id
        LIMIT {FIGURES}"
    );
    let mut found = Vec::new();
    for indicator in indicators {
        let rows = run!(conn, c => {
            let query = sqlx::query_as::<_, (Uuid, String, i64)>(AssertSqlSafe(sql.clone()))
                .bind(indicator.0)
                .bind(level.code())
                .bind(within.0)
                .bind(within.1);
            match province {
                Some(province) => query.bind(province).fetch_all(c).await,
                None => query.fetch_all(c).await,
            }
        })?;
        for (unit, code, at) in rows {
            found.push((AgencyId(unit), period("observations", unit, &code)?, at));
        }
    }
    Ok(found)
}

/// Lists the rounds that are due on the days `within`: the day for communes, or that for those above.
pub(crate) async fn rounds_due(
    conn: &mut Conn,
    within: (NaiveDate, NaiveDate),
    is_commune: bool,
) -> Result<Vec<RoundId>, StoreError> {
    let column = if is_commune { "commune_due_on" } else { "due_on" };
    let sql = format!(
        "SELECT id FROM report_rounds
        WHERE {column} BETWEEN $1 AND $2
        ORDER BY {column}, id
        LIMIT {ROUNDS}"
    );
    let rows: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(within.0)
        .bind(within.1)
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(RoundId).collect())
}

/// Lists the reports of `pairs` that were ever sent.
pub(crate) async fn sent(
    conn: &mut Conn,
    pairs: &[(RoundId, AgencyId)],
) -> Result<Vec<Sent>, StoreError> {
    let mut found = Vec::new();
    for piece in pieces(pairs) {
        let sql = format!(
            "WITH asked (asked_round, asked_unit) AS ({})
            SELECT round_id, unit_id, sent_at,
                (SELECT COUNT(*) FROM periodic_steps WHERE report_id = periodic_reports.id AND step = 'returned')
            FROM asked CROSS JOIN periodic_reports
            WHERE round_id = asked_round AND unit_id = asked_unit AND sent_at IS NOT NULL
            ORDER BY id",
            values_text(conn.dialect(), 2, piece.len())
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, (Uuid, Uuid, i64, i64)>(AssertSqlSafe(sql));
            for (round, unit) in piece {
                query = query.bind(round.0).bind(unit.0);
            }
            query.fetch_all(c).await
        })?;
        let sent = |(round, unit, at, n)| (RoundId(round), AgencyId(unit), at, n > 0);
        found.extend(rows.into_iter().map(sent));
    }
    Ok(found)
}
