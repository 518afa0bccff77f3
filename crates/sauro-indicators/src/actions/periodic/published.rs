use std::collections::BTreeMap;

use sauro_kernel::PeriodicReportId;
use sauro_store::Db;

use super::read::{form_of_unit, round_within};
use crate::actions::read::all;
use crate::model::Indicator;
use crate::model::periodic::{Form, Frozen, PeriodicReport, Round};
use crate::{IndicatorsError, store};

/// Reports listed at most.
const MOST: u16 = 200;

/// A published report, as it stood when it was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedReport {
    /// The round.
    pub round: Round,
    /// Its form.
    pub form: Form,
    /// The report.
    pub report: PeriodicReport,
    /// Its sections.
    pub texts: BTreeMap<String, String>,
    /// Its figures.
    pub figures: Vec<(Indicator, Frozen)>,
}

/// The published reports, newest first, with their rounds and forms. They are for everybody.
///
/// # Errors
///
/// The store's.
pub async fn published_reports(
    db: &Db,
) -> Result<Vec<(Round, Form, PeriodicReport)>, IndicatorsError> {
    let mut conn = db.read().await?;
    let mut lines = Vec::new();
    for report in store::periodic::reports::published(&mut conn, MOST).await? {
        let (round, form) = round_within(&mut conn, report.round).await?;
        lines.push((round, form, report));
    }
    Ok(lines)
}

/// The published report `id`.
///
/// # Errors
///
/// [`IndicatorsError::NotFound`] for one that is not published.
pub async fn published_report(
    db: &Db,
    id: PeriodicReportId,
) -> Result<PublishedReport, IndicatorsError> {
    let mut conn = db.read().await?;
    let report = store::periodic::reports::find(&mut conn, id)
        .await?
        .filter(|it| it.published_at.is_some())
        .ok_or(IndicatorsError::NotFound("published report"))?;
    let (round, form) = round_within(&mut conn, report.round).await?;
    let (form, _) = form_of_unit(&mut conn, form, &report.unit, Some(&report)).await?;
    let texts = store::periodic::contents::texts(&mut conn, id).await?.into_iter().collect();
    let frozen = store::periodic::contents::figures(&mut conn, id).await?;
    let known = all(&mut conn).await?;
    let of = |it: Frozen| Some((known.iter().find(|known| known.id == it.indicator)?.clone(), it));
    let figures = frozen.into_iter().filter_map(of).collect();
    Ok(PublishedReport { round, form, report, texts, figures })
}
