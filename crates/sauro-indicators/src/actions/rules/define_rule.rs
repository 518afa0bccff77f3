use sauro_journal::Event;
use sauro_kernel::{Ctx, Right};
use sauro_store::{Db, StoreError};
use serde_json::{Value, json};

use super::RuleFields;
use super::fields::{Named, is_code, terms};
use crate::actions::fields::Faulty;
use crate::model::Rule;
use crate::{IndicatorsError, store};

/// Lays down a rule of the caller's agency (lập quy tắc kiểm tra). Answers its code.
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] names every field to mend, formulas by their characters.
pub async fn define_rule(
    ctx: &Ctx,
    db: &Db,
    fields: &RuleFields,
) -> Result<String, IndicatorsError> {
    ctx.require(Right::ManageIndicators, ctx.actor.own())?;
    let mut conn = db.write().await?;
    let named = Named::read(&mut conn).await?;
    let mut faulty = Faulty::default();
    let code = fields.code.trim().to_uppercase();
    if !is_code(&code) {
        faulty.add("ma", "Mã dài 2 đến 40 ký tự, chỉ gồm chữ không dấu, số, dấu chấm và gạch nối.");
    }
    let terms = terms(fields, &named, &mut faulty);
    let rule = terms.map(|terms| Rule {
        code: code.clone(),
        owner: ctx.actor.agency,
        owner_path: ctx.actor.agency_path.clone(),
        terms,
        is_active: fields.is_active,
        version: 1,
    });
    if let Some(words) = rule.as_ref().and_then(|it| named.stranger(it.owner, it)) {
        faulty.add("ve-trai", upper(&words));
    }
    faulty.settle()?;
    let Some(rule) = rule else { return Err(IndicatorsError::NotFound("rule")) };
    store::rules::insert(&mut conn, ctx, &rule, &named.parts(&rule)).await.map_err(taken)?;
    sauro_journal::append(&mut conn, ctx, event("RuleDefined", &rule)).await?;
    conn.commit().await?;
    Ok(code)
}

/// What the journal hears of a rule.
pub(super) fn event(kind: &'static str, rule: &Rule) -> Event {
    Event::new(kind, "rule", &rule.code, told(rule))
}

fn told(rule: &Rule) -> Value {
    let terms = &rule.terms;
    let levels: Vec<&str> = terms.levels.iter().map(|it| it.code()).collect();
    json!({
        "code": rule.code,
        "version": rule.version,
        "owner": rule.owner,
        "sentence": terms.sentence,
        "left": terms.left.text,
        "comparison": terms.comparison.code(),
        "right": terms.right.text,
        "severity": terms.severity.code(),
        "levels": levels,
        "active": rule.is_active,
    })
}

/// `words` as a sentence that stands alone.
pub(super) fn upper(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

fn taken(err: StoreError) -> IndicatorsError {
    match err {
        StoreError::Conflict(_) => IndicatorsError::of_field(
            "ma",
            "Mã này đã có quy tắc; chọn mã khác, hoặc sửa quy tắc ấy.",
        ),
        err => err.into(),
    }
}
