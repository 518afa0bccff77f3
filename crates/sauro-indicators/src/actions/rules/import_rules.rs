use std::collections::HashMap;

use sauro_directory::Fault;
use sauro_directory::model::{Directory, Row, Sheet};
use sauro_journal::Event;
use sauro_kernel::{Ctx, Over, Right};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::define_rule::event;
use super::fields::{Named, is_code, levels};
use crate::model::{Comparison, Hand, Rule, Severity, Terms};
use crate::{IndicatorsError, store};

/// The shipped rules.
pub(in crate::actions) const RULES: &str = include_str!("../../../../../data/indicator_rules.csv");

/// The columns that a file must have.
const NEEDED: [&str; 8] =
    ["code", "sentence", "left", "comparison", "right", "severity", "level", "owner"];

/// Takes a file of rules (nạp quy tắc kiểm tra): `code,sentence,left,comparison,right,severity,level,owner`
/// and, if known, `active`. A known one that reads differently is changed. Answers how many lines there
/// were.
///
/// # Errors
///
/// [`IndicatorsError::Faults`] with every fault, formulas among them by their characters; nothing is taken
/// then. [`IndicatorsError::Denied`] when one of the rules is of an agency the caller does not act for.
pub async fn import_rules(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    csv: &str,
) -> Result<usize, IndicatorsError> {
    ctx.require(Right::ManageIndicators, ctx.actor.own())?;
    let mut conn = db.write().await?;
    let named = Named::read(&mut conn).await?;
    let listed = listed(directory, &named, csv)?;
    let known = store::rules::all(&mut conn).await?;
    let known: HashMap<&str, &Rule> = known.iter().map(|it| (it.code.as_str(), it)).collect();
    let mut events = Vec::new();
    for fresh in &listed {
        let old = known.get(fresh.code.as_str()).copied();
        for it in [Some(fresh), old].into_iter().flatten() {
            ctx.require(Right::ManageIndicators, Over { agency: it.owner, path: &it.owner_path })?;
        }
        events.extend(put(ctx, &mut conn, &named, fresh, old).await?);
    }
    let data = json!({ "n": listed.len() });
    events.push(Event::new("RulesImported", "rules", "all", data));
    sauro_journal::append_many(&mut conn, ctx, events).await?;
    conn.commit().await?;
    Ok(listed.len())
}

/// Adds the shipped rules that nobody has laid down yet, within something larger; what somebody changed
/// stays as it is.
pub(in crate::actions) async fn add_shipped_rules(
    ctx: &Ctx,
    conn: &mut Conn,
    directory: &Directory,
) -> Result<(), IndicatorsError> {
    let named = Named::read(conn).await?;
    let mut events = Vec::new();
    for fresh in listed(directory, &named, RULES)? {
        if store::rules::find(conn, &fresh.code).await?.is_none() {
            events.extend(put(ctx, conn, &named, &fresh, None).await?);
        }
    }
    sauro_journal::append_many(conn, ctx, events).await?;
    Ok(())
}

/// Adds `fresh`, or changes `old` to it; nothing when they read alike.
async fn put(
    ctx: &Ctx,
    conn: &mut Conn,
    named: &Named,
    fresh: &Rule,
    old: Option<&Rule>,
) -> Result<Option<Event>, IndicatorsError> {
    let Some(old) = old else {
        store::rules::insert(conn, ctx, fresh, &named.parts(fresh)).await?;
        return Ok(Some(event("RuleDefined", fresh)));
    };
    let new = Rule { version: old.version + 1, ..fresh.clone() };
    if (Rule { version: old.version, ..fresh.clone() }) == *old {
        return Ok(None);
    }
    if !store::rules::update(conn, ctx, &new, &named.parts(&new)).await? {
        return Err(IndicatorsError::Stale);
    }
    Ok(Some(event("RuleChanged", &new)))
}

/// The rules of the file `csv`.
fn listed(directory: &Directory, named: &Named, csv: &str) -> Result<Vec<Rule>, IndicatorsError> {
    let sheet = Sheet::read(csv, &NEEDED).map_err(IndicatorsError::Faults)?;
    let mut faults = Vec::new();
    let mut seen: HashMap<String, u64> = HashMap::new();
    let mut rules = Vec::new();
    for row in sheet.rows() {
        let code = row.needed("code", &mut faults).to_uppercase();
        if !is_code(&code) {
            let words = "mã dài 2 đến 40 ký tự, chỉ gồm chữ không dấu, số, dấu chấm và gạch nối.";
            faults.push(row.fault("code", words));
        }
        if let Some(line) = seen.insert(code.clone(), row.line) {
            faults
                .push(row.fault("code", &format!("mã đã có ở dòng {line}; mỗi quy tắc một dòng.")));
        }
        rules.extend(rule(&row, code, directory, named, &mut faults));
    }
    if faults.is_empty() { Ok(rules) } else { Err(IndicatorsError::Faults(faults)) }
}

fn rule(
    row: &Row<'_>,
    code: String,
    directory: &Directory,
    named: &Named,
    faults: &mut Vec<Fault>,
) -> Option<Rule> {
    let terms = terms(row, named, faults);
    let is_active = match row.text("active") {
        "" | "1" | "true" => true,
        "0" | "false" => false,
        other => {
            let words = format!("không hiểu “{other}”; dùng 1 cho đang dùng, 0 cho tạm ngừng.");
            faults.push(row.fault("active", &words));
            true
        }
    };
    let Some(owner) = directory.by_code(row.text("owner")) else {
        let words = format!("không có cơ quan mang mã {}; kiểm tra mã.", row.text("owner"));
        faults.push(row.fault("owner", &words));
        return None;
    };
    let (owner, owner_path) = (owner.id, owner.path.clone());
    let rule = Rule { code, owner, owner_path, terms: terms?, is_active, version: 1 };
    if let Some(words) = named.stranger(rule.owner, &rule) {
        faults.push(row.fault("owner", &words));
    }
    Some(rule)
}

fn terms(row: &Row<'_>, named: &Named, faults: &mut Vec<Fault>) -> Option<Terms> {
    let sentence = row.needed("sentence", faults);
    let found = named.sides(row.text("left"), row.text("right")).map_err(|wrong| {
        for (hand, words) in wrong {
            let column = if hand == Hand::Left { "left" } else { "right" };
            faults.push(row.fault(column, &words));
        }
    });
    let comparison = Comparison::of_code(row.text("comparison"));
    if comparison.is_none() {
        faults.push(row.fault("comparison", "dùng một trong các dấu >=, >, <=, <, =."));
    }
    let severity = Severity::of_code(row.text("severity"));
    if severity.is_none() {
        faults.push(row.fault("severity", "dùng block (không nhận số) hoặc warning (hỏi lại)."));
    }
    let asked: Vec<String> = row.text("level").split('|').map(|it| it.trim().to_owned()).collect();
    let levels = levels(&asked);
    if levels.len() != asked.len() {
        let words = "dùng national, ministry, province, commune, ngăn nhau bằng dấu |.";
        faults.push(row.fault("level", words));
    }
    let (left, right) = found.ok()?;
    Some(Terms { sentence, left, comparison: comparison?, right, severity: severity?, levels })
}
