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

/// Finds what is counted of `observation`.
pub(crate) async fn part(
    conn: &mut Conn,
    observation: ObservationId,
) -> Result<Option<Part>, StoreError> {
    const SQL: &str = "
        SELECT observation_id, indicator_id, period, province, value, numerator, denominator, is_appraised, at
        FROM rollup_parts
        WHERE observation_id = $1";
    let row = run!(conn, c => sqlx::query_as::<_, PartRow>(SQL)
        .bind(observation.0)
        .fetch_optional(c)
        .await)?;
    row.map(Part::try_from).transpose()
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

/// Writes what is counted of one observation.
pub(crate) async fn put_part(conn: &mut Conn, it: &Part) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO rollup_parts (observation_id, indicator_id, period, province, value, numerator, denominator,
            is_appraised, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (observation_id) DO UPDATE SET value = $5, numerator = $6, denominator = $7, is_appraised = $8";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.observation.0)
        .bind(it.indicator.0)
        .bind(it.period.code())
        .bind(&it.province)
        .bind(it.counted.value.to_string())
        .bind(it.counted.parts.map(|it| it.0.to_string()))
        .bind(it.counted.parts.map(|it| it.1.to_string()))
        .bind(it.counted.is_appraised)
        .bind(it.at)
        .execute(c)
        .await
        .map(drop))
}

/// Finds a roll-up and the version of the definition that it follows.
pub(crate) async fn find(conn: &mut Conn, cell: &Cell) -> Result<Option<(i64, Tally)>, StoreError> {
    const SQL: &str = "
        SELECT indicator_id, period, place, definition_version, n, n_appraised, total, base, held
        FROM rollups
        WHERE indicator_id = $1 AND period = $2 AND place = $3";
    let row = run!(conn, c => sqlx::query_as::<_, RollupRow>(SQL)
        .bind(cell.indicator.0)
        .bind(cell.period.code())
        .bind(&cell.place)
        .fetch_optional(c)
        .await)?;
    Ok(row.map(<(Cell, i64, Tally)>::try_from).transpose()?.map(|it| (it.1, it.2)))
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

/// Writes a roll-up.
pub(crate) async fn put(
    conn: &mut Conn,
    cell: &Cell,
    version: i64,
    tally: &Tally,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO rollups (indicator_id, period, place, definition_version, n, n_appraised, total, base, held)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (indicator_id, period, place) DO UPDATE
        SET n = $5, n_appraised = $6, total = $7, base = $8, held = $9";
    run!(conn, c => sqlx::query(SQL)
        .bind(cell.indicator.0)
        .bind(cell.period.code())
        .bind(&cell.place)
        .bind(version)
        .bind(tally.n)
        .bind(tally.n_appraised)
        .bind(tally.total.to_string())
        .bind(tally.base.to_string())
        .bind(tally.held.map(|it| it.to_string()))
        .execute(c)
        .await
        .map(drop))
}

#[derive(sqlx::FromRow)]
struct PartRow {
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
struct RollupRow {
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
