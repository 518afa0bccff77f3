use sauro_journal::Event;
use sauro_kernel::{Ctx, Right, TaskId};
use sauro_store::Db;
use serde_json::json;

use super::reach;
use crate::model::{RollRule, Rollup, Stage, Task};
use crate::{Fault, TasksError, store};

/// States by which rule a task follows those handed down from it (đặt quy tắc cộng gộp), or takes the
/// rule away. The issuer may at any time before acceptance; the lead only while there is none, so that
/// nobody makes their own measure easier.
///
/// # Errors
///
/// [`TasksError::Denied`] for anybody else; [`TasksError::WrongState`] once the task is verified.
pub async fn set_roll_rule(
    ctx: &Ctx,
    db: &Db,
    task: TaskId,
    rule: Option<RollRule>,
) -> Result<(), TasksError> {
    let mut conn = db.write().await?;
    let task = store::tasks_progress::lock(&mut conn, task, ctx.now_us()).await?;
    let task = reach::seen(ctx, &mut conn, task).await?;
    let before = store::rollups::of_task(&mut conn, task.id).await?;
    must_set(ctx, &task, &before)?;
    if before.rule == rule {
        return Ok(());
    }
    store::rollups::set_rule(&mut conn, task.id, rule).await?;
    sauro_journal::append(&mut conn, ctx, rule_event(task.id, before.rule, rule)).await?;
    conn.commit().await?;
    Ok(())
}

/// The entry of a rule stated anew.
pub(crate) fn rule_event(task: TaskId, before: Option<RollRule>, rule: Option<RollRule>) -> Event {
    let words = match rule {
        Some(rule) => format!("nghiệm thu xong khi {}", rule.label()),
        None => "không còn quy tắc".to_owned(),
    };
    let code = |rule: Option<RollRule>| rule.map(RollRule::code);
    let data = json!({ "words": words, "rule": code(rule), "before": code(before) });
    Event::new("RollRuleSet", "task", task, data)
}

/// `Ok` when the caller may state the rule of `task`, which has `now`.
pub(crate) fn must_set(ctx: &Ctx, task: &Task, now: &Rollup) -> Result<(), TasksError> {
    if reach::must_amend(ctx, task).is_err() {
        ctx.require(Right::HandDownTasks, reach::over_lead(task))?;
        if now.rule.is_some() {
            return Err(TasksError::WrongState(
                "Quy tắc đã đặt thì chỉ cơ quan giao nhiệm vụ đổi được. Liên hệ cơ quan giao nếu cần đổi.",
            ));
        }
    }
    match task.stage {
        Stage::Verified | Stage::InUse => Err(TasksError::WrongState(
            "Nhiệm vụ đã nghiệm thu xong nên không đặt quy tắc được nữa.",
        )),
        Stage::Cancelled => {
            Err(TasksError::WrongState("Nhiệm vụ đã hủy nên không đặt quy tắc được nữa."))
        }
        _ => Ok(()),
    }
}

/// The fault of accepting all of a task whose rule does not hold yet; none when it holds.
pub(crate) fn lacking(roll: &Rollup) -> Option<Fault> {
    let (rule, lacking) = (roll.rule?, roll.lacking());
    if lacking == 0 {
        return None;
    }
    let sentence = format!(
        "Chưa nghiệm thu xong được: {}/{} nhiệm vụ cấp dưới đã nghiệm thu, quy tắc là {}. Còn thiếu {lacking} nhiệm vụ; nghiệm thu từng phần thì để lại ít nhất một sản phẩm.",
        roll.verified,
        roll.counted(),
        rule.label()
    );
    Some(Fault::new("nghiem-thu", sentence))
}
