//! Tables `rollups` and `rollup_parts`, written by their reader of the journal only.

use sauro_kernel::{IndicatorId, ObservationId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::{decimal, optional, period};
use crate::model::{Counted, Period, Tally};

/// What is counted of one observation, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) observation: ObservationId,
    pub(crate) indicator: IndicatorId,
    pub(crate) period: Period,
    /// Code of the province; empty where it counts in the nation only.
    pub(crate) province: String,
    pub(crate) counted: Counted,
    /// When it was first reported, in microseconds.
    pub(crate) at: i64,
}

/// Which roll-up: of an indicator and a period, in a place (a province, or `VN`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cell {
    pub(crate) indicator: IndicatorId,
    pub(crate) period: Period,
    pub(crate) place: String,
}

/// The nation among the places of roll-ups.
pub(crate) const NATION: &str = "VN";

impl Part {
    /// The roll-ups it counts in.
    pub(crate) fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        let province = Some(self.province.clone()).filter(|it| !it.is_empty());
        province.into_iter().chain([NATION.to_owned()]).map(|place| Cell {
            indicator: self.indicator,
            period: self.period,
            place,
        })
    }
}

/// All parts of `cell`, oldest first.
pub(crate) async fn parts_of(conn: &mut Conn, cell: &Cell) -> Result<Vec<Part>, StoreError> {
    const SQL: &str = "
        SELECT observation_id, indicator_id, period, province, value, numerator, denominator, is_appraised, at
        FROM rollup_parts
        WHERE indicator_id = $1 AND period = $2 AND ($3 = 'VN' OR province = $3)
        ORDER BY at, observation_id";
    let rows = run!(conn, c => sqlx::query_as::<_, PartRow>(SQL)
        .bind(cell.indicator.0)
        .bind(cell.period.code())
        .bind(&cell.place)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Part::try_from).collect()
}

/// Lists the roll-ups of `indicator`, at most `limit`.
pub(crate) async fn of_indicator(
    conn: &mut Conn,
    indicator: IndicatorId,
    limit: u32,
) -> Result<Vec<(Cell, i64, Tally)>, StoreError> {
    const SQL: &str = "
        SELECT indicator_id, period, place, definition_version, n, n_appraised, total, base, held
        FROM rollups
        WHERE indicator_id = $1
        ORDER BY period DESC, place
        LIMIT $2";
    let rows = run!(conn, c => sqlx::query_as::<_, RollupRow>(SQL)
        .bind(indicator.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(<(Cell, i64, Tally)>::try_from).collect()
}

#[derive(sqlx::FromRow)]
pub(super) struct PartRow {
    observation_id: Uuid,
    indicator_id: Uuid,
    period: String,
    province: String,
    value: String,
    numerator: Option<String>,
    denominator: Option<String>,
    is_appraised: bool,
    at: i64,
}

impl TryFrom<PartRow> for Part {
    type Error = StoreError;

    fn try_from(row: PartRow) -> Result<Self, StoreError> {
        const TABLE: &str = "rollup_parts";
        let id = row.observation_id;
        let numerator = optional(TABLE, id, row.numerator.as_deref())?;
        let denominator = optional(TABLE, id, row.denominator.as_deref())?;
        Ok(Self {
            observation: ObservationId(id),
            indicator: IndicatorId(row.indicator_id),
            period: period(TABLE, id, &row.period)?,
            province: row.province,
            counted: Counted {
                value: decimal(TABLE, id, &row.value)?,
                parts: numerator.zip(denominator),
                is_appraised: row.is_appraised,
            },
            at: row.at,
        })
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct RollupRow {
    indicator_id: Uuid,
    period: String,
    place: String,
    definition_version: i64,
    n: i64,
    n_appraised: i64,
    total: String,
    base: String,
    held: Option<String>,
}

impl TryFrom<RollupRow> for (Cell, i64, Tally) {
    type Error = StoreError;

    fn try_from(row: RollupRow) -> Result<Self, StoreError> {
        const TABLE: &str = "rollups";
        let id = row.indicator_id;
        let cell = Cell {
            indicator: IndicatorId(id),
            period: period(TABLE, id, &row.period)?,
            place: row.place,
        };
        let tally = Tally {
            n: row.n,
            n_appraised: row.n_appraised,
            total: decimal(TABLE, id, &row.total)?,
            base: decimal(TABLE, id, &row.base)?,
            held: optional(TABLE, id, row.held.as_deref())?,
        };
        Ok((cell, row.definition_version, tally))
    }
}
