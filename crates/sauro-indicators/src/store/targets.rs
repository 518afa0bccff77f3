//! Table `indicator_targets`.

use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, IndicatorId, TargetId};
use sauro_store::{Conn, StoreError, pieces, run, values_text};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{UnitRow, corrupt, decimal, optional, period};
use crate::model::{Comparison, Target, TargetState};

const TABLE: &str = "indicator_targets";

/// Targets of one indicator read at once: every province has one at most for a period.
const MOST: i64 = 5_000;

/// Adds a target. Fails with [`StoreError::Conflict`] when one is in force, or proposed, there already.
pub(crate) async fn insert(
    conn: &mut Conn,
    indicator: IndicatorId,
    it: &Target,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO indicator_targets (id, indicator_id, unit_id, unit_code, unit_level, province, unit_path, period,
            comparison, value, baseline, baseline_on, state, reason, set_by, set_at, decided_by, in_force_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(indicator.0)
        .bind(it.unit.id.0)
        .bind(&it.unit.code)
        .bind(it.unit.level.code())
        .bind(&it.unit.province)
        .bind(it.unit.path.as_str())
        .bind(it.period.map(|it| it.code()).unwrap_or_default())
        .bind(it.comparison.code())
        .bind(it.value.to_string())
        .bind(it.baseline.map(|it| it.0.to_string()))
        .bind(it.baseline.map(|it| it.1))
        .bind(it.state.code())
        .bind(&it.reason)
        .bind(it.set_by.0)
        .bind(it.set_at)
        .bind(it.decided_by.map(|it| it.0))
        .bind(Some(it.set_at).filter(|_| it.state == TargetState::InForce))
        .execute(c)
        .await
        .map(drop))
}

/// Moves the target `id` from one state to another at the instant `at`, by `decided_by`. Answers whether it
/// was in the first.
pub(crate) async fn decide(
    conn: &mut Conn,
    id: TargetId,
    (from, to): (TargetState, TargetState),
    (decided_by, at): (Option<AccountId>, i64),
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE indicator_targets
        SET state = $1, decided_by = coalesce($2, decided_by),
            in_force_at = CASE WHEN $1 = 'in_force' THEN $5 ELSE in_force_at END,
            replaced_at = CASE WHEN $1 = 'replaced' THEN $5 ELSE replaced_at END
        WHERE id = $3 AND state = $4";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(to.code())
        .bind(decided_by.map(|it| it.0))
        .bind(id.0)
        .bind(from.code())
        .bind(at)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Lists the targets of `indicator` in `state`, oldest first.
pub(crate) async fn in_state(
    conn: &mut Conn,
    indicator: IndicatorId,
    state: TargetState,
) -> Result<Vec<Target>, StoreError> {
    const SQL: &str = "
        SELECT id, unit_id, unit_code, unit_level, province, unit_path, period, comparison, value, baseline, baseline_on,
            state, reason, set_by, set_at, decided_by
        FROM indicator_targets
        WHERE indicator_id = $1 AND state = $2
        ORDER BY id
        LIMIT $3";
    let rows = run!(conn, c => sqlx::query_as::<_, TargetRow>(SQL)
        .bind(indicator.0)
        .bind(state.code())
        .bind(MOST)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Target::try_from).collect()
}

/// Lists the targets of `indicator` that were in force at the instant `at`, oldest first.
pub(crate) async fn in_force_at(
    conn: &mut Conn,
    indicator: IndicatorId,
    at: i64,
) -> Result<Vec<Target>, StoreError> {
    const SQL: &str = "
        SELECT id, unit_id, unit_code, unit_level, province, unit_path, period, comparison, value, baseline, baseline_on,
            state, reason, set_by, set_at, decided_by
        FROM indicator_targets
        WHERE indicator_id = $1 AND state IN ('in_force', 'replaced') AND in_force_at <= $2
            AND (replaced_at IS NULL OR replaced_at > $2)
        ORDER BY id
        LIMIT $3";
    let rows = run!(conn, c => sqlx::query_as::<_, TargetRow>(SQL)
        .bind(indicator.0)
        .bind(at)
        .bind(MOST)
        .fetch_all(c)
        .await)?;
    // Whatever became of it since, then it was in force.
    let then = |it: Target| Target { state: TargetState::InForce, ..it };
    rows.into_iter().map(|it| Ok(then(it.try_into()?))).collect()
}

/// The columns of a target, after the indicator it is of.
const COLUMNS: &str = "
    indicator_id, id, unit_id, unit_code, unit_level, province, unit_path, period, comparison, value, baseline,
    baseline_on, state, reason, set_by, set_at, decided_by";

/// Lists the targets in force of each indicator and unit of `pairs`, oldest first.
pub(crate) async fn of_units(
    conn: &mut Conn,
    pairs: &[(IndicatorId, AgencyId)],
) -> Result<Vec<(IndicatorId, Target)>, StoreError> {
    let mut found = Vec::new();
    for piece in pieces(pairs) {
        let sql = format!(
            "WITH asked (asked_indicator, asked_unit) AS ({})
            SELECT {COLUMNS} FROM asked CROSS JOIN indicator_targets
            WHERE indicator_id = asked_indicator AND unit_id = asked_unit AND state = 'in_force'
            ORDER BY id",
            values_text(conn.dialect(), 2, piece.len())
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, OwnedTargetRow>(AssertSqlSafe(sql));
            for (indicator, unit) in piece {
                query = query.bind(indicator.0).bind(unit.0);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.push(row.owned()?);
        }
    }
    Ok(found)
}

/// Lists the targets in force of `units`, oldest first.
pub(crate) async fn of_agencies(
    conn: &mut Conn,
    units: &[AgencyId],
) -> Result<Vec<(IndicatorId, Target)>, StoreError> {
    let mut found = Vec::new();
    for piece in pieces(units) {
        let sql = format!(
            "WITH asked (asked_unit) AS ({})
            SELECT {COLUMNS} FROM asked CROSS JOIN indicator_targets
            WHERE unit_id = asked_unit AND state = 'in_force'
            ORDER BY id",
            values_text(conn.dialect(), 1, piece.len())
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, OwnedTargetRow>(AssertSqlSafe(sql));
            for unit in piece {
                query = query.bind(unit.0);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.push(row.owned()?);
        }
    }
    Ok(found)
}

/// Finds the oldest target in force of each of `indicators`.
pub(crate) async fn first_of(
    conn: &mut Conn,
    indicators: &[IndicatorId],
) -> Result<Vec<(IndicatorId, Target)>, StoreError> {
    let mut found = Vec::new();
    for piece in pieces(indicators) {
        let sql = format!(
            "WITH asked (asked_indicator) AS ({})
            SELECT {COLUMNS} FROM asked CROSS JOIN indicator_targets
            WHERE id = (
                SELECT id FROM indicator_targets
                WHERE indicator_id = asked_indicator AND state = 'in_force'
                ORDER BY id
                LIMIT 1
            )
            ORDER BY id",
            values_text(conn.dialect(), 1, piece.len())
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, OwnedTargetRow>(AssertSqlSafe(sql));
            for indicator in piece {
                query = query.bind(indicator.0);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.push(row.owned()?);
        }
    }
    Ok(found)
}

#[derive(sqlx::FromRow)]
struct OwnedTargetRow {
    indicator_id: Uuid,
    #[sqlx(flatten)]
    target: TargetRow,
}

impl OwnedTargetRow {
    fn owned(self) -> Result<(IndicatorId, Target), StoreError> {
        Ok((IndicatorId(self.indicator_id), self.target.try_into()?))
    }
}

#[derive(sqlx::FromRow)]
struct TargetRow {
    id: Uuid,
    #[sqlx(flatten)]
    unit: UnitRow,
    period: String,
    comparison: String,
    value: String,
    baseline: Option<String>,
    baseline_on: Option<NaiveDate>,
    state: String,
    reason: String,
    set_by: Uuid,
    set_at: i64,
    decided_by: Option<Uuid>,
}

impl TryFrom<TargetRow> for Target {
    type Error = StoreError;

    fn try_from(row: TargetRow) -> Result<Self, StoreError> {
        let id = row.id;
        let due = match row.period.as_str() {
            "" => None,
            code => Some(period(TABLE, id, code)?),
        };
        let baseline = optional(TABLE, id, row.baseline.as_deref())?;
        Ok(Self {
            id: TargetId(id),
            unit: row.unit.unit(TABLE, id)?,
            period: due,
            comparison: Comparison::of_code(&row.comparison)
                .ok_or_else(|| corrupt(TABLE, id, "comparison"))?,
            value: decimal(TABLE, id, &row.value)?,
            baseline: baseline.zip(row.baseline_on),
            state: TargetState::of_code(&row.state).ok_or_else(|| corrupt(TABLE, id, "state"))?,
            reason: row.reason,
            set_by: AccountId(row.set_by),
            set_at: row.set_at,
            decided_by: row.decided_by.map(AccountId),
        })
    }
}
