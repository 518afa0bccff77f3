use std::sync::Arc;

use sauro_directory::Fault;
use sauro_directory::model::Directory;
use sauro_journal::Event;
use sauro_kernel::Ctx;
use sauro_store::Db;
use serde_json::json;
use uuid::Uuid;

use super::batch::{By, prepare};
use super::import_figures::by_code;
use super::read::all;
use super::rules::{RULES, add_shipped_rules};
use super::state_quality::{STATEMENTS, add_shipped_statements};
use super::{import_figures, import_indicators};
use crate::model::intake::{At, Given, RowFault};
use crate::model::{self, Indicator, Period};
use crate::{IndicatorsError, store};

const INDICATORS: &str = include_str!("../../../../data/indicators.csv");
const OF_WORK: &str = include_str!("../../../../data/indicators_of_work.csv");
const FIGURES: &str = include_str!("../../../../data/observations.csv");

/// Where the journal says which edition was loaded.
const SHIPPED: &str = "indicators/shipped";

/// Loads the shipped indicators with targets, sources and first figures, unless this very edition was
/// loaded before. Answers whether it did.
///
/// # Errors
///
/// What an import answers.
pub async fn load_shipped(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
) -> Result<bool, IndicatorsError> {
    let files = [INDICATORS, OF_WORK, FIGURES, RULES, STATEMENTS].concat();
    let edition = Uuid::new_v5(&Uuid::NAMESPACE_OID, files.as_bytes()).to_string();
    let loaded = sauro_journal::history(&mut db.read().await?, SHIPPED, None, 1).await?;
    if loaded.first().is_some_and(|it| it.data.get("edition") == Some(&json!(edition))) {
        return Ok(false);
    }
    import_indicators(ctx, db, directory, INDICATORS).await?;
    import_indicators(ctx, db, directory, OF_WORK).await?;
    import_figures(ctx, db, directory, FIGURES).await?;
    let mut conn = db.write().await?;
    let known = by_code(all(&mut conn).await?);
    let mut first = Vec::new();
    for it in model::indicators(INDICATORS, directory).map_err(IndicatorsError::Faults)? {
        let Some(indicator) = known.get(&it.code) else { continue };
        let seen = store::observations::of_unit(&mut conn, indicator.id, it.unit.id, 1).await?;
        if seen.is_empty() {
            first.extend(baseline_figure(ctx, indicator, it));
        }
    }
    let (batch, faults) = prepare(ctx, &mut conn, &known, (first, By::Program)).await?;
    if !faults.is_empty() {
        let fault = |it: RowFault| Fault { line: 0, column: String::new(), words: it.words };
        return Err(IndicatorsError::Faults(faults.into_iter().map(fault).collect()));
    }
    batch.write(ctx, &mut conn).await?;
    add_shipped_rules(ctx, &mut conn, directory).await?;
    add_shipped_statements(ctx, &mut conn).await?;
    let data = json!({ "edition": edition });
    let event = Event::new("IndicatorsLoaded", "indicators", "shipped", data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(true)
}

/// The baseline of an indicator without any other figure is its first one.
fn baseline_figure(ctx: &Ctx, indicator: &Arc<Indicator>, it: model::Listed) -> Option<Given> {
    let (value, as_of) = it.baseline?;
    Some(Given {
        at: At::default(),
        indicator: indicator.clone(),
        unit: it.unit,
        period: Period::containing(it.definition.rhythm, as_of),
        as_of: as_of.min(ctx.today()),
        version: None,
        value: Some(value),
        numerator: None,
        denominator: None,
        source: it.definition.basis,
        remark: String::new(),
    })
}
