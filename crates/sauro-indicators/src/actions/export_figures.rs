use std::collections::HashMap;

use chrono::NaiveDate;
use sauro_kernel::{Ctx, IndicatorId};
use sauro_store::Db;

use super::read::all;
use crate::model::intake::MOST_ROWS;
use crate::model::{Exported, Indicator, Period, PeriodKind};
use crate::{IndicatorsError, store};

/// Periods of each kind that are offered.
const OFFERED: usize = 13;

/// The periods that indicators are reported for, short kinds first, newest first.
///
/// # Errors
///
/// The store's.
pub async fn export_periods(db: &Db, today: NaiveDate) -> Result<Vec<Period>, IndicatorsError> {
    let indicators = all(&mut db.read().await?).await?;
    let kinds: std::collections::BTreeSet<PeriodKind> =
        indicators.iter().map(|it| it.definition.rhythm).collect();
    Ok(kinds.into_iter().flat_map(|kind| Period::latest(kind, today, OFFERED)).collect())
}

/// The figures of `period`, of every indicator or of the one named `code`, by code and unit: for other
/// programs, and to be taken in again elsewhere. Whoever is signed in may read them.
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] for an unknown code, and for more than one table takes.
pub async fn export_figures(
    _ctx: &Ctx,
    db: &Db,
    period: Period,
    code: &str,
) -> Result<Vec<Exported>, IndicatorsError> {
    let mut conn = db.read().await?;
    let indicators = match code {
        "" => all(&mut conn).await?,
        code => {
            let found = store::indicators::find_by_code(&mut conn, code).await?;
            let words = format!("Không có chỉ số mang mã {code}. Kiểm tra mã, hoặc để trống.");
            vec![found.ok_or_else(|| IndicatorsError::of_field("chi-so", words))?]
        }
    };
    let pairs: Vec<(IndicatorId, Period)> = indicators.iter().map(|it| (it.id, period)).collect();
    let found = store::observations_many::of_pairs(&mut conn, &pairs, MOST_ROWS + 1).await?;
    if found.len() > MOST_ROWS {
        let words =
            format!("Kỳ này có hơn {MOST_ROWS} số liệu. Ghi mã một chỉ số để tải từng phần.");
        return Err(IndicatorsError::of_field("chi-so", words));
    }
    let by_id: HashMap<IndicatorId, Indicator> =
        indicators.into_iter().map(|it| (it.id, it)).collect();
    let mut exported: Vec<Exported> = found
        .into_iter()
        .filter_map(|it| {
            let indicator = by_id.get(&it.indicator)?;
            let (code, unit) = (indicator.code.clone(), indicator.definition.unit.clone());
            Some(Exported { indicator: code, measured_in: unit, figure: it })
        })
        .collect();
    exported.sort_by(|a, b| {
        (&a.indicator, &a.figure.unit.code).cmp(&(&b.indicator, &b.figure.unit.code))
    });
    Ok(exported)
}
