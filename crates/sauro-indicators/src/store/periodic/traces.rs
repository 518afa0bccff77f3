//! Table `periodic_traces`: where each sentence of a merged section comes from.

use sauro_kernel::PeriodicReportId;
use sauro_store::{Conn, StoreError, insert_text, pieces, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::periodic::Trace;

const COLUMNS: [&str; 5] = ["report_id", "item", "n", "source_id", "likeness"];

/// Traces of one report at most.
const MOST: i64 = 50_000;

/// Writes the traces of `report` in the place of those before.
pub(crate) async fn replace(
    conn: &mut Conn,
    report: PeriodicReportId,
    traces: &[Trace],
) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM periodic_traces WHERE report_id = $1";
    run!(conn, c => sqlx::query(SQL).bind(report.0).execute(c).await.map(drop))?;
    for piece in pieces(traces) {
        let sql = insert_text(conn.dialect(), "periodic_traces", &COLUMNS, piece.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for it in piece {
                query = query
                    .bind(report.0)
                    .bind(&it.item)
                    .bind(it.n)
                    .bind(it.source.0)
                    .bind(i64::from(it.likeness));
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// The traces of `report`, in the order of its sentences, most alike first.
pub(crate) async fn of(
    conn: &mut Conn,
    report: PeriodicReportId,
) -> Result<Vec<Trace>, StoreError> {
    const SQL: &str = "
        SELECT item, n, source_id, likeness
        FROM periodic_traces
        WHERE report_id = $1
        ORDER BY item, n, likeness DESC, source_id
        LIMIT $2";
    let rows: Vec<(String, i64, Uuid, i64)> =
        run!(conn, c => sqlx::query_as(SQL).bind(report.0).bind(MOST).fetch_all(c).await)?;
    let of = |(item, n, source, likeness): (String, i64, Uuid, i64)| Trace {
        item,
        n,
        source: PeriodicReportId(source),
        likeness: u8::try_from(likeness).unwrap_or(100),
    };
    Ok(rows.into_iter().map(of).collect())
}
