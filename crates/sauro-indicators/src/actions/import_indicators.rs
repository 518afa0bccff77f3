use std::collections::HashMap;

use sauro_directory::Fault;
use sauro_directory::model::Directory;
use sauro_journal::Event;
use sauro_kernel::{Ctx, IndicatorId, Over, Right, TargetId};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::read::all;
use crate::model::formula::checked;
use crate::model::{self, Indicator, Listed, Shape, Target, TargetState};
use crate::{IndicatorsError, store};

/// Takes a file of indicators with their targets and baselines (nạp chỉ số). A known one that reads
/// differently gets another version, which only later periods follow. Answers how many lines there were.
///
/// # Errors
///
/// [`IndicatorsError::Faults`] with every fault, formulas and changed targets among them; nothing is
/// taken then.
pub async fn import_indicators(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    csv: &str,
) -> Result<usize, IndicatorsError> {
    let listed = model::indicators(csv, directory).map_err(IndicatorsError::Faults)?;
    for it in &listed {
        ctx.require(Right::ManageIndicators, Over { agency: it.owner, path: &it.owner_path })?;
    }
    let mut conn = db.write().await?;
    let known = all(&mut conn).await?;
    let known: HashMap<&str, &Indicator> = known.iter().map(|it| (it.code.as_str(), it)).collect();
    let mut faults = formula_faults(&listed, &known);
    faults.extend(split_faults(&listed, &known));
    let mut events = Vec::new();
    for it in &listed {
        let id =
            define(ctx, &mut conn, it, known.get(it.code.as_str()).copied(), &mut events).await?;
        faults.extend(put_target(ctx, &mut conn, id, it).await?);
    }
    if !faults.is_empty() {
        return Err(IndicatorsError::Faults(faults));
    }
    let data = json!({ "n": listed.len() });
    events.push(Event::new("IndicatorsImported", "indicators", "all", data));
    sauro_journal::append_many(&mut conn, ctx, events).await?;
    conn.commit().await?;
    Ok(listed.len())
}

fn formula_faults(listed: &[Listed], known: &HashMap<&str, &Indicator>) -> Vec<Fault> {
    let fresh: HashMap<&str, &Listed> = listed.iter().map(|it| (it.code.as_str(), it)).collect();
    let definition = |code: &str| {
        let fresh = fresh.get(code).map(|it| &it.definition);
        fresh.or_else(|| known.get(code).map(|it| &it.definition))
    };
    let unit_of = |code: &str| definition(code).map(|it| it.unit.clone());
    let formula_of = |code: &str| match &definition(code)?.shape {
        Shape::Formula(text) => Some(text.clone()),
        _ => None,
    };
    let mut faults = Vec::new();
    for it in listed {
        let Shape::Formula(text) = &it.definition.shape else { continue };
        if let Err(err) = checked(&it.code, text, &it.definition.unit, &unit_of, &formula_of) {
            faults.push(Fault {
                line: it.line,
                column: "formula".to_owned(),
                words: err.sentence(),
            });
        }
    }
    faults
}

/// A part has a whole of the same unit and rhythm that is no part itself.
fn split_faults(listed: &[Listed], known: &HashMap<&str, &Indicator>) -> Vec<Fault> {
    let fresh: HashMap<&str, &Listed> = listed.iter().map(|it| (it.code.as_str(), it)).collect();
    let mut faults = Vec::new();
    for it in listed {
        let Some(split) = &it.definition.split else { continue };
        let whole = fresh.get(split.of.as_str()).map(|it| &it.definition);
        let whole = whole.or_else(|| known.get(split.of.as_str()).map(|it| &it.definition));
        let words = match whole {
            None => format!("không có chỉ số chung mang mã {}.", split.of),
            Some(whole) if whole.split.is_some() || split.of == it.code => {
                format!("{} đã là một phần của chỉ số khác; chọn chỉ số chung.", split.of)
            }
            Some(whole)
                if (&whole.unit, whole.rhythm) != (&it.definition.unit, it.definition.rhythm) =>
            {
                "phần và chỉ số chung phải cùng đơn vị tính, cùng nhịp báo.".to_owned()
            }
            Some(_) => continue,
        };
        faults.push(Fault { line: it.line, column: "part_of".to_owned(), words });
    }
    faults
}

/// Adds the indicator, or another version of a known one that reads differently.
async fn define(
    ctx: &Ctx,
    conn: &mut Conn,
    it: &Listed,
    known: Option<&Indicator>,
    events: &mut Vec<Event>,
) -> Result<IndicatorId, IndicatorsError> {
    let fresh = Indicator {
        id: known.map_or_else(|| IndicatorId(ctx.ids.fresh()), |it| it.id),
        code: it.code.clone(),
        owner: it.owner,
        owner_path: it.owner_path.clone(),
        version: known.map_or(1, |it| it.version + 1),
        definition: it.definition.clone(),
    };
    let (by, now) = (ctx.actor.account, ctx.now_us());
    let kind = match known {
        Some(old) if old.definition == fresh.definition => return Ok(old.id),
        Some(_) => {
            if !store::indicators::redefine(conn, &fresh, by, now).await? {
                return Err(IndicatorsError::Stale);
            }
            "IndicatorRedefined"
        }
        None => {
            store::indicators::insert(conn, &fresh, by, now).await?;
            "IndicatorDefined"
        }
    };
    let data = json!({ "code": fresh.code, "version": fresh.version });
    events.push(Event::new(kind, "indicator", fresh.id, data));
    Ok(fresh.id)
}

/// Sets the target of the line where there is none; another one than that in force is a fault.
async fn put_target(
    ctx: &Ctx,
    conn: &mut Conn,
    indicator: IndicatorId,
    it: &Listed,
) -> Result<Option<Fault>, IndicatorsError> {
    let Some((comparison, value, period)) = it.target else { return Ok(None) };
    let in_force = store::targets::in_state(conn, indicator, TargetState::InForce).await?;
    let old = in_force.iter().find(|old| old.unit.id == it.unit.id && old.period == period);
    if let Some(old) = old {
        let is_same = (old.comparison, old.value, old.baseline) == (comparison, value, it.baseline);
        return Ok((!is_same).then(|| Fault {
            line: it.line,
            column: "target".to_owned(),
            words: "khác chỉ tiêu hoặc số gốc đang có; số gốc đã chốt, muốn đổi phải có lý do và người thứ hai duyệt.".to_owned(),
        }));
    }
    let target = Target {
        id: TargetId(ctx.ids.fresh()),
        unit: it.unit.clone(),
        period,
        comparison,
        value,
        baseline: it.baseline,
        state: TargetState::InForce,
        reason: it.definition.basis.clone(),
        set_by: ctx.actor.account,
        set_at: ctx.now_us(),
        decided_by: None,
    };
    store::targets::insert(conn, indicator, &target).await?;
    Ok(None)
}
