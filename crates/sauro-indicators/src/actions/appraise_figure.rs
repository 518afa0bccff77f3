use sauro_journal::Event;
use sauro_kernel::{Ctx, ObservationId};
use sauro_store::Db;
use serde_json::json;

use super::authority::may_appraise;
use super::fields::Faulty;
use super::read::of_observation;
use super::rules::{Fresh, hold};
use crate::model::{Observation, Severity, Step, checks};
use crate::{IndicatorsError, store};

/// Appraises the figure `id`, as read at `version`: `value` is what the appraiser found (thẩm định số
/// liệu). It stands beside what the unit reported, which stays.
///
/// # Errors
///
/// [`IndicatorsError::Denied`] for whoever reported it, for their agency, and for those without the
/// right; [`IndicatorsError::Invalid`] when it differs and nobody says how that was found.
pub async fn appraise_figure(
    ctx: &Ctx,
    db: &Db,
    id: ObservationId,
    version: i64,
    value: &str,
    checked: &str,
) -> Result<(), IndicatorsError> {
    let mut conn = db.write().await?;
    let (indicator, old) = of_observation(&mut conn, id).await?;
    may_appraise(ctx, &indicator, &old)?;
    if store::revisions::has_part(&mut conn, id, ctx.actor.account).await? {
        // The same person from another seat is still the same person.
        let words = "Đồng chí đã báo số này, người khác phải thẩm định.";
        return Err(IndicatorsError::of_field("so", words));
    }
    if old.version != version {
        return Err(IndicatorsError::Stale);
    }
    let mut faulty = Faulty::default();
    let found = faulty.figure("so", value);
    let checked = faulty.prose("da-kiem", "đã kiểm tra thế nào", checked);
    let mut against = Vec::new();
    if let Some(value) = found {
        against = checks(&indicator.definition, value, &[]);
        let key = (indicator.id, old.period, old.unit.id);
        let fresh = Fresh { key, level: old.unit.level, value };
        against.extend(hold(&mut conn, &[fresh]).await?.into_iter().map(|it| it.check));
    }
    for it in against.into_iter().filter(|it| it.severity == Severity::Block) {
        faulty.add("so", it.words);
    }
    faulty.settle()?;
    let new = Observation {
        appraised: found,
        appraisal: Some((ctx.actor.agency, ctx.now_us())),
        version: version + 1,
        ..old.clone()
    };
    if !store::observations::update(&mut conn, &new).await? {
        return Err(IndicatorsError::Stale);
    }
    let key = (id, new.version);
    store::revisions::insert(&mut conn, ctx, key, Step::Appraised, new.value(), &checked).await?;
    let data = json!({
        "indicator": indicator.code,
        "unit": old.unit.code,
        "period": old.period.code(),
        "reported": old.reported.value.to_string(),
        "appraised": new.value().to_string(),
    });
    let event = Event::new("FigureAppraised", "observation", id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(())
}
