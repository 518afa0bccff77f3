use sauro_kernel::{Ctx, Over, Right};
use sauro_store::Db;

use crate::model::{Indicator, Rule};
use crate::{IndicatorsError, store};

/// One rule as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleLine {
    /// The rule.
    pub rule: Rule,
    /// The reader changes it.
    pub may_change: bool,
}

/// Every rule, by code. What is asked of figures is no secret inside, so no right is asked.
///
/// # Errors
///
/// The store's.
pub async fn rules(ctx: &Ctx, db: &Db) -> Result<Vec<RuleLine>, IndicatorsError> {
    let all = store::rules::all(&mut db.read().await?).await?;
    Ok(all.into_iter().map(|rule| RuleLine { may_change: may_change(ctx, &rule), rule }).collect())
}

/// The rules that figures of `indicator` are held against, by code.
///
/// # Errors
///
/// The store's.
pub async fn rules_of(db: &Db, indicator: &Indicator) -> Result<Vec<Rule>, IndicatorsError> {
    Ok(store::rules::active_of(&mut db.read().await?, &[indicator.id]).await?)
}

/// The rule named `code`, for whoever changes it.
///
/// # Errors
///
/// [`IndicatorsError::Denied`] for those who change no rules at all; [`IndicatorsError::NotFound`] for a
/// rule of somebody else.
pub async fn rule_by_code(ctx: &Ctx, db: &Db, code: &str) -> Result<Rule, IndicatorsError> {
    ctx.require(Right::ManageIndicators, ctx.actor.own())?;
    store::rules::find(&mut db.read().await?, code)
        .await?
        .filter(|it| may_change(ctx, it))
        .ok_or(IndicatorsError::NotFound("rule"))
}

fn may_change(ctx: &Ctx, rule: &Rule) -> bool {
    ctx.may(Right::ManageIndicators, Over { agency: rule.owner, path: &rule.owner_path })
}
