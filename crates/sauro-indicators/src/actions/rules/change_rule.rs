use sauro_kernel::{Ctx, Over, Right};
use sauro_store::Db;

use super::RuleFields;
use super::define_rule::{event, upper};
use super::fields::{Named, terms};
use crate::actions::fields::Faulty;
use crate::model::Rule;
use crate::{IndicatorsError, store};

/// Changes the rule `code`, as read at `version` (sửa quy tắc kiểm tra): what it says, or whether it is
/// looked at. Figures that were taken before stay as they are.
///
/// # Errors
///
/// [`IndicatorsError::Stale`] when someone else changed it since; else as when it is laid down.
pub async fn change_rule(
    ctx: &Ctx,
    db: &Db,
    code: &str,
    version: i64,
    fields: &RuleFields,
) -> Result<(), IndicatorsError> {
    let mut conn = db.write().await?;
    let found = store::rules::find(&mut conn, code).await?;
    let old = found.ok_or(IndicatorsError::NotFound("rule"))?;
    ctx.require(Right::ManageIndicators, Over { agency: old.owner, path: &old.owner_path })?;
    if old.version != version {
        return Err(IndicatorsError::Stale);
    }
    let named = Named::read(&mut conn).await?;
    let mut faulty = Faulty::default();
    let terms = terms(fields, &named, &mut faulty);
    let new = terms.map(|terms| Rule {
        terms,
        is_active: fields.is_active,
        version: version + 1,
        ..old.clone()
    });
    if let Some(words) = new.as_ref().and_then(|it| named.stranger(it.owner, it)) {
        faulty.add("ve-trai", upper(&words));
    }
    faulty.settle()?;
    let Some(new) = new else { return Err(IndicatorsError::NotFound("rule")) };
    if (&new.terms, new.is_active) == (&old.terms, old.is_active) {
        return Ok(());
    }
    if !store::rules::update(&mut conn, ctx, &new, &named.parts(&new)).await? {
        return Err(IndicatorsError::Stale);
    }
    sauro_journal::append(&mut conn, ctx, event("RuleChanged", &new)).await?;
    conn.commit().await?;
    Ok(())
}
