use sauro_kernel::{Ctx, Right};
use sauro_store::Db;

use super::authority::may_manage;
use crate::model::periodic::Form;
use crate::{IndicatorsError, store};

/// The forms that concern the caller's agency, by code: its own, and those it reports by. Beside each
/// whether the caller designs it.
///
/// # Errors
///
/// [`IndicatorsError::Denied`] for those without the right.
pub async fn forms_of(ctx: &Ctx, db: &Db) -> Result<Vec<(Form, bool)>, IndicatorsError> {
    ctx.require(Right::ManageForms, ctx.actor.own())?;
    let forms = store::periodic::forms::all(&mut db.read().await?).await?;
    let concerns = |it: &Form| {
        it.owner == ctx.actor.agency
            || (it.extends.is_none() && it.owner_scope.covers(&ctx.actor.agency_path))
    };
    Ok(forms
        .into_iter()
        .filter(concerns)
        .map(|it| {
            let is_own = may_manage(ctx, &it).is_ok();
            (it, is_own)
        })
        .collect())
}

/// The form named `code`, if it concerns the caller's agency, the form it adds to, and whether the caller
/// designs it.
///
/// # Errors
///
/// [`IndicatorsError::NotFound`] for strangers too.
pub async fn form_by_code(
    ctx: &Ctx,
    db: &Db,
    code: &str,
) -> Result<(Form, Option<Form>, bool), IndicatorsError> {
    ctx.require(Right::ManageForms, ctx.actor.own())?;
    let mut conn = db.read().await?;
    let form = store::periodic::forms::find_by_code(&mut conn, code)
        .await?
        .ok_or(IndicatorsError::NotFound("form"))?;
    let is_own = may_manage(ctx, &form).is_ok();
    let is_asked = form.extends.is_none() && form.owner_scope.covers(&ctx.actor.agency_path);
    if !is_own && !is_asked {
        return Err(IndicatorsError::NotFound("form for this caller"));
    }
    let root = match form.extends {
        Some(id) => store::periodic::forms::find(&mut conn, id).await?,
        None => None,
    };
    Ok((form, root, is_own))
}
