//! Tables `periodic_texts`, `periodic_cells` and `periodic_figures`: what stands in a report.

use rust_decimal::Decimal;
use sauro_kernel::{IndicatorId, ObservationId, PeriodicReportId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::periodic::{Cell, Frozen};
use crate::store::decimal;

/// Parts of one report read at most.
const MOST: i64 = 3_000;

/// Writes the section `item`.
pub(crate) async fn put_text(
    conn: &mut Conn,
    report: PeriodicReportId,
    item: &str,
    text: &str,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO periodic_texts (report_id, item, text) VALUES ($1, $2, $3)
        ON CONFLICT (report_id, item) DO UPDATE SET text = $3";
    run!(conn, c => sqlx::query(SQL).bind(report.0).bind(item).bind(text).execute(c).await.map(drop))
}

/// The sections of `report`.
pub(crate) async fn texts(
    conn: &mut Conn,
    report: PeriodicReportId,
) -> Result<Vec<(String, String)>, StoreError> {
    const SQL: &str =
        "SELECT item, text FROM periodic_texts WHERE report_id = $1 ORDER BY item LIMIT $2";
    run!(conn, c => sqlx::query_as(SQL).bind(report.0).bind(MOST).fetch_all(c).await)
}

/// Writes a figure as typed.
pub(crate) async fn put_cell(
    conn: &mut Conn,
    report: PeriodicReportId,
    it: &Cell,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO periodic_cells (report_id, indicator_id, value, numerator, denominator, remark, is_confirmed)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (report_id, indicator_id)
        DO UPDATE SET value = $3, numerator = $4, denominator = $5, remark = $6, is_confirmed = $7";
    run!(conn, c => sqlx::query(SQL)
        .bind(report.0)
        .bind(it.indicator.0)
        .bind(&it.value)
        .bind(&it.numerator)
        .bind(&it.denominator)
        .bind(&it.remark)
        .bind(it.is_confirmed)
        .execute(c)
        .await
        .map(drop))
}

/// The figures typed into `report`.
pub(crate) async fn cells(
    conn: &mut Conn,
    report: PeriodicReportId,
) -> Result<Vec<Cell>, StoreError> {
    const SQL: &str = "
        SELECT indicator_id, value, numerator, denominator, remark, is_confirmed
        FROM periodic_cells
        WHERE report_id = $1
        ORDER BY indicator_id
        LIMIT $2";
    type Row = (Uuid, String, String, String, String, bool);
    let rows: Vec<Row> =
        run!(conn, c => sqlx::query_as(SQL).bind(report.0).bind(MOST).fetch_all(c).await)?;
    let of = |(indicator, value, numerator, denominator, remark, is_confirmed): Row| Cell {
        indicator: IndicatorId(indicator),
        value,
        numerator,
        denominator,
        remark,
        is_confirmed,
    };
    Ok(rows.into_iter().map(of).collect())
}

/// Writes a figure as it stood when the report was sent; sent again, in the place of the one before.
pub(crate) async fn put_figure(
    conn: &mut Conn,
    report: PeriodicReportId,
    it: &Frozen,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO periodic_figures (report_id, indicator_id, observation_id, value, n)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (report_id, indicator_id) DO UPDATE SET observation_id = $3, value = $4, n = $5";
    run!(conn, c => sqlx::query(SQL)
        .bind(report.0)
        .bind(it.indicator.0)
        .bind(it.observation.map(|it| it.0))
        .bind(it.value.to_string())
        .bind(it.n)
        .execute(c)
        .await
        .map(drop))
}

/// The figures that stood in `report` when it was sent.
pub(crate) async fn figures(
    conn: &mut Conn,
    report: PeriodicReportId,
) -> Result<Vec<Frozen>, StoreError> {
    const SQL: &str = "
        SELECT indicator_id, observation_id, value, n
        FROM periodic_figures
        WHERE report_id = $1
        ORDER BY indicator_id
        LIMIT $2";
    let rows: Vec<(Uuid, Option<Uuid>, String, i64)> =
        run!(conn, c => sqlx::query_as(SQL).bind(report.0).bind(MOST).fetch_all(c).await)?;
    let of = |(indicator, observation, value, n): (Uuid, Option<Uuid>, String, i64)| {
        let value: Decimal = decimal("periodic_figures", report.0, &value)?;
        let observation = observation.map(ObservationId);
        Ok(Frozen { indicator: IndicatorId(indicator), observation, value, n })
    };
    rows.into_iter().map(of).collect()
}

/// The section `item` of all reports of `round` that their receiver `receiver` has, by report.
pub(crate) async fn sections_to(
    conn: &mut Conn,
    (round, receiver): (sauro_kernel::RoundId, sauro_kernel::AgencyId),
) -> Result<Vec<(PeriodicReportId, String, String)>, StoreError> {
    const SQL: &str = "
        SELECT t.report_id, t.item, t.text
        FROM periodic_reports r
        JOIN periodic_texts t ON t.report_id = r.id
        WHERE r.round_id = $1 AND r.receiver_agency_id = $2 AND r.state IN ('sent', 'accepted')
        ORDER BY r.unit_code, t.item
        LIMIT 100000";
    let rows: Vec<(Uuid, String, String)> =
        run!(conn, c => sqlx::query_as(SQL).bind(round.0).bind(receiver.0).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|it| (PeriodicReportId(it.0), it.1, it.2)).collect())
}
