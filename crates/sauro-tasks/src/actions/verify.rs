use std::collections::BTreeMap;

use sauro_journal::Event;
use sauro_kernel::{Ctx, DeliverableId, Prose, ReportId, TaskId, TextError, VerificationId};
use sauro_store::{Conn, Db, StoreError};
use serde_json::json;

use super::reach;
use super::set_roll_rule::lacking;
use crate::TasksError;
use crate::error::Fault;
use crate::model::{
    Claim, Decision, Deliverable, DeliverableStage, Progress, Report, ReportItem, ReportState,
    Stage, Task, Verification,
};
use crate::store;

/// What the authority says of one deliverable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The deliverable.
    pub deliverable: DeliverableId,
    /// Accept or return.
    pub decision: Decision,
    /// What was looked at; needed to accept.
    pub checked: String,
    /// Why it is returned; needed to return.
    pub reason: String,
}

/// Accepts or returns deliverables that were reported done (nghiệm thu), all in one step. Answers
/// the stage that the task has reached.
///
/// # Errors
///
/// [`TasksError::Denied`] for anybody but the authority and the standing agency of the issuer, and
/// always for the lead; [`TasksError::Stale`] when the task changed since `version`;
/// [`TasksError::Invalid`] names every missing reason at once.
pub async fn verify(
    ctx: &Ctx,
    db: &Db,
    task: TaskId,
    verdicts: Vec<Verdict>,
    version: i64,
) -> Result<Stage, TasksError> {
    let mut conn = db.write().await?;
    let task = store::tasks_progress::lock(&mut conn, task, ctx.now_us()).await?;
    let task = reach::seen(ctx, &mut conn, task).await?;
    reach::must_verify(ctx, &task)?;
    reach::must_run(&task)?;
    // The lock has counted this change already.
    if task.version != version + 1 {
        return Err(TasksError::Stale);
    }
    let mut deliverables = store::deliverables::of_task(&mut conn, task.id).await?;
    let verdicts = cleaned(verdicts, &deliverables)?;
    must_follow(&mut conn, &task, &verdicts, &deliverables).await?;
    let history = History::read(&mut conn, task.id).await?;
    let now = ctx.now_us();
    for verdict in &verdicts {
        let Some(deliverable) = deliverables.iter_mut().find(|it| it.id == verdict.deliverable)
        else {
            continue;
        };
        decide(deliverable, verdict.decision, now);
        store::tasks_progress::update_deliverable(&mut conn, deliverable).await?;
        let report = history.claiming(deliverable.id);
        store::verifications::insert(&mut conn, &verification(ctx, &task, verdict, report)).await?;
        sauro_journal::append(&mut conn, ctx, decided(&task, verdict, report)).await?;
    }
    for (report, state, reason) in history.outcomes(&verdicts, &deliverables) {
        store::reports::update_verdict(&mut conn, report, state, &reason).await?;
    }
    let progress = Progress::of(&task, &deliverables, now);
    store::tasks_progress::update_verified(&mut conn, task.id, &progress).await?;
    conn.commit().await?;
    Ok(progress.stage)
}

/// `Ok` unless the last deliverable is accepted before the rule over the tasks handed down holds.
async fn must_follow(
    conn: &mut Conn,
    task: &Task,
    verdicts: &[Verdict],
    deliverables: &[Deliverable],
) -> Result<(), TasksError> {
    let is_accepted = |it: &Deliverable| {
        let decision = verdicts.iter().find(|verdict| verdict.deliverable == it.id);
        decision.map_or(it.stage >= DeliverableStage::Accepted, |verdict| {
            verdict.decision == Decision::Accepted
        })
    };
    if !deliverables.iter().all(is_accepted) {
        return Ok(());
    }
    let roll = store::rollups::of_task(conn, task.id).await?;
    match lacking(&roll) {
        Some(fault) => Err(TasksError::Invalid(vec![fault])),
        None => Ok(()),
    }
}

fn decide(deliverable: &mut Deliverable, decision: Decision, now: i64) {
    if decision == Decision::Accepted {
        deliverable.stage = DeliverableStage::Accepted;
        deliverable.accepted_at = Some(now);
    } else {
        deliverable.stage = DeliverableStage::Returned;
        deliverable.reported_at = None;
    }
}

/// The verdicts with their texts normalized, or every fault at once.
fn cleaned(
    verdicts: Vec<Verdict>,
    deliverables: &[Deliverable],
) -> Result<Vec<Verdict>, TasksError> {
    if verdicts.is_empty() {
        let fault =
            Fault::new("nghiem-thu", "Chọn nghiệm thu hoặc trả lại cho ít nhất một sản phẩm.");
        return Err(TasksError::Invalid(vec![fault]));
    }
    let mut faults = Vec::new();
    let mut kept: Vec<Verdict> = Vec::new();
    for verdict in verdicts {
        let Some(deliverable) = deliverables.iter().find(|it| it.id == verdict.deliverable) else {
            return Err(TasksError::NotFound("deliverable"));
        };
        if deliverable.stage != DeliverableStage::Reported
            || kept.iter().any(|it| it.deliverable == verdict.deliverable)
        {
            return Err(TasksError::WrongState(
                "Sản phẩm này không còn chờ nghiệm thu. Tải lại trang để xem tình trạng mới.",
            ));
        }
        let n = deliverable.ordinal;
        let is_return = verdict.decision == Decision::Returned;
        let checked = prose(
            &format!("da-kiem-tra-{n}"),
            "đã kiểm tra những gì",
            &verdict.checked,
            !is_return,
        );
        let reason = prose(&format!("ly-do-{n}"), "lý do trả lại", &verdict.reason, is_return);
        match (checked, reason) {
            (Ok(checked), Ok(reason)) => {
                let decision = if is_return { Decision::Returned } else { Decision::Accepted };
                kept.push(Verdict { checked, reason, decision, ..verdict });
            }
            (checked, reason) => faults.extend([checked.err(), reason.err()].into_iter().flatten()),
        }
    }
    if faults.is_empty() { Ok(kept) } else { Err(TasksError::Invalid(faults)) }
}

pub(crate) fn prose(
    field: &str,
    label: &str,
    text: &str,
    is_needed: bool,
) -> Result<String, Fault> {
    match Prose::parse(text) {
        Ok(text) => Ok(text.as_str().to_owned()),
        Err(TextError::Empty) if !is_needed => Ok(String::new()),
        Err(err) => Err(Fault::of_text(field, label, err)),
    }
}

/// The sent reports of a task and what they claim, latest first.
struct History {
    reports: Vec<Report>,
    items: Vec<(ReportId, ReportItem)>,
}

impl History {
    async fn read(conn: &mut Conn, task: TaskId) -> Result<Self, StoreError> {
        let reports = store::reports::sent_of_task(conn, task, 100).await?;
        let items = store::report_items::of_task(conn, task).await?;
        Ok(Self { reports, items })
    }

    fn claims(&self, report: ReportId) -> impl Iterator<Item = DeliverableId> + '_ {
        let is_claim =
            move |(id, item): &&(ReportId, ReportItem)| *id == report && item.claim != Claim::Doing;
        self.items.iter().filter(is_claim).map(|(_, item)| item.deliverable)
    }

    /// The latest sent report that claims `deliverable` to be done.
    fn claiming(&self, deliverable: DeliverableId) -> Option<ReportId> {
        let is_claiming = |it: &&Report| self.claims(it.id).any(|id| id == deliverable);
        self.reports.iter().find(is_claiming).map(|it| it.id)
    }

    /// What becomes of the reports that claimed what was decided: returned when something of it was,
    /// accepted when all of it is.
    fn outcomes(
        &self,
        verdicts: &[Verdict],
        after: &[Deliverable],
    ) -> Vec<(ReportId, ReportState, String)> {
        let mut reports: BTreeMap<ReportId, Vec<&Verdict>> = BTreeMap::new();
        for verdict in verdicts {
            if let Some(report) = self.claiming(verdict.deliverable) {
                reports.entry(report).or_default().push(verdict);
            }
        }
        let is_accepted = |id: DeliverableId| {
            after.iter().any(|it| it.id == id && it.stage >= DeliverableStage::Accepted)
        };
        let mut outcomes = Vec::new();
        for (report, verdicts) in reports {
            let reasons: Vec<&str> =
                verdicts.iter().map(|it| it.reason.as_str()).filter(|it| !it.is_empty()).collect();
            if verdicts.iter().any(|it| it.decision == Decision::Returned) {
                outcomes.push((report, ReportState::Returned, reasons.join("\n")));
            } else if self.claims(report).all(is_accepted) {
                outcomes.push((report, ReportState::Accepted, String::new()));
            }
        }
        outcomes
    }
}

fn verification(
    ctx: &Ctx,
    task: &Task,
    verdict: &Verdict,
    report: Option<ReportId>,
) -> Verification {
    Verification {
        id: VerificationId(ctx.ids.fresh()),
        task: task.id,
        deliverable: verdict.deliverable,
        report,
        decision: verdict.decision,
        checked: verdict.checked.clone(),
        reason: verdict.reason.clone(),
        decided_by: ctx.actor.post,
        decided_by_agency: ctx.actor.agency,
        decided_at: ctx.now_us(),
    }
}

fn decided(task: &Task, verdict: &Verdict, report: Option<ReportId>) -> Event {
    let kind = match verdict.decision {
        Decision::Returned => "DeliverableReturned",
        Decision::Accepted | Decision::InUse => "DeliverableAccepted",
    };
    let data = json!({
        "deliverable": verdict.deliverable,
        "report": report,
        "checked": verdict.checked,
        "reason": verdict.reason,
    });
    Event::new(kind, "task", task.id, data)
}

/// Confirms that an accepted deliverable is in use (xác nhận đang sử dụng), saying how one knows.
/// Answers the stage that the task has reached.
///
/// # Errors
///
/// As [`verify`]; [`TasksError::WrongState`] before acceptance.
pub async fn confirm_in_use(
    ctx: &Ctx,
    db: &Db,
    task: TaskId,
    deliverable: DeliverableId,
    words: &str,
) -> Result<Stage, TasksError> {
    let mut conn = db.write().await?;
    let task = store::tasks_progress::lock(&mut conn, task, ctx.now_us()).await?;
    let task = reach::seen(ctx, &mut conn, task).await?;
    reach::must_verify(ctx, &task)?;
    reach::must_run(&task)?;
    let mut deliverables = store::deliverables::of_task(&mut conn, task.id).await?;
    let Some(found) = deliverables.iter_mut().find(|it| it.id == deliverable) else {
        return Err(TasksError::NotFound("deliverable"));
    };
    if found.stage == DeliverableStage::InUse {
        return Ok(task.stage);
    }
    if found.stage != DeliverableStage::Accepted {
        return Err(TasksError::WrongState(
            "Sản phẩm chưa được nghiệm thu nên chưa xác nhận đang sử dụng được.",
        ));
    }
    let field = format!("su-dung-{}", found.ordinal);
    let checked = prose(&field, "căn cứ cho thấy sản phẩm đang được dùng", words, true)
        .map_err(|fault| TasksError::Invalid(vec![fault]))?;
    let now = ctx.now_us();
    found.stage = DeliverableStage::InUse;
    found.in_use_at = Some(now);
    store::tasks_progress::update_deliverable(&mut conn, found).await?;
    let verdict =
        Verdict { deliverable, decision: Decision::InUse, checked, reason: String::new() };
    store::verifications::insert(&mut conn, &verification(ctx, &task, &verdict, None)).await?;
    let progress = Progress::of(&task, &deliverables, now);
    store::tasks_progress::update_verified(&mut conn, task.id, &progress).await?;
    let data = json!({ "deliverable": deliverable, "checked": verdict.checked });
    sauro_journal::append(&mut conn, ctx, Event::new("DeliverableInUse", "task", task.id, data))
        .await?;
    conn.commit().await?;
    Ok(progress.stage)
}
