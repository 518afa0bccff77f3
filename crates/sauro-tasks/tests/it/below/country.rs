//! The small country of `issuing`, at any instant.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone};
use sauro_kernel::{Actor, Ctx, FixedClock, Role, TaskId, VIETNAM};
use sauro_tasks::actions::{
    self, Verdict, attach_link, enter_task, issue_drafts, open_report, propose_drafts, save_report,
    send_report, task_with_deliverables,
};
use sauro_tasks::model::{
    Claim, Deadline, DeadlineKind, Decision, DraftBody, ReportFields, ReportItem, Stage, Task,
    next_due,
};

use crate::issuing::setting::Setting;

/// `hour` o'clock of `on` in Ha Noi.
pub(crate) fn at(on: NaiveDate, hour: u32) -> Arc<FixedClock> {
    let local = on.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap());
    let at: DateTime<_> = VIETNAM.from_local_datetime(&local).unwrap();
    Arc::new(FixedClock(at.to_utc()))
}

/// A caller on the morning of `on`.
pub(crate) fn seat(it: &Setting, role: Role, code: &str, on: NaiveDate) -> Ctx {
    Ctx { clock: at(on, 9), ..it.ctx(role, code) }
}

/// The machine room on the morning of `on`.
pub(crate) fn machine(it: &Setting, on: NaiveDate) -> Ctx {
    Ctx { actor: Actor::system(), ..seat(it, Role::Leader, "VPTW", on) }
}

/// A recurring draft for `lead` by `rule`, first due after `on`.
pub(crate) fn recurring(it: &Setting, lead: &str, rule: &str, on: NaiveDate) -> DraftBody {
    DraftBody {
        work: format!("Báo cáo tình hình theo {rule}"),
        deadline: Deadline {
            kind: DeadlineKind::Recurring,
            text: "định kỳ".into(),
            due_on: next_due(rule, on),
            rule: Some(rule.into()),
        },
        ..it.clear(lead)
    }
}

/// Issues `body` at `on`; the first task that it becomes.
pub(crate) async fn issue(it: &Setting, body: DraftBody, on: NaiveDate) -> TaskId {
    let staff = seat(it, Role::StandingAgency, "VPTW", on);
    let leader = seat(it, Role::Leader, "VPTW", on);
    let id = enter_task(&staff, &it.db, it.programme, body).await.unwrap();
    propose_drafts(&staff, &it.db, &*it.directory, &[id]).await.unwrap();
    issue_drafts(&leader, &it.db, &*it.directory, &[id]).await.unwrap()[0]
}

/// The task as the machine room sees it.
pub(crate) async fn task(it: &Setting, id: TaskId) -> Task {
    let ctx = machine(it, sauro_testkit::day("2026-06-01"));
    task_with_deliverables(&ctx, &it.db, id).await.unwrap().0
}

/// The lead of `id` reports all of it done at `on`.
pub(crate) async fn report_done(it: &Setting, id: TaskId, on: NaiveDate) {
    let ctx = machine(it, on);
    let (task, deliverables) = task_with_deliverables(&ctx, &it.db, id).await.unwrap();
    let lead = code_of(it, &task);
    let leader = seat(it, Role::Leader, &lead, on);
    let report = open_report(&leader, &it.db, id).await.unwrap();
    let item = |id| ReportItem { deliverable: id, claim: Claim::Done, note: String::new() };
    let fields = ReportFields {
        results: "Đã làm xong.".into(),
        items: deliverables.iter().map(|it| item(it.id)).collect(),
        ..ReportFields::default()
    };
    let report = save_report(&leader, &it.db, report.id, fields, report.version).await.unwrap();
    attach_link(&leader, &it.db, report.id, None, "https://example.vn/ket-qua").await.unwrap();
    let report = open_report(&leader, &it.db, id).await.unwrap();
    send_report(&leader, &it.db, report.id, report.version).await.unwrap();
}

/// The authority accepts what waits of `id` at `on`.
pub(crate) async fn accept(
    it: &Setting,
    id: TaskId,
    on: NaiveDate,
) -> Result<Stage, sauro_tasks::TasksError> {
    let ctx = machine(it, on);
    let (task, deliverables) = task_with_deliverables(&ctx, &it.db, id).await.unwrap();
    let authority = it.directory.agency(task.authority).unwrap().code.clone();
    let verifier = seat(it, Role::Verifier, &authority, on);
    let verdict = |id| Verdict {
        deliverable: id,
        decision: Decision::Accepted,
        checked: "Đã đối chiếu.".into(),
        reason: String::new(),
    };
    let verdicts = deliverables.iter().map(|it| verdict(it.id)).collect();
    actions::verify(&verifier, &it.db, id, verdicts, task.version).await
}

/// The code of the agency that leads `task`.
pub(crate) fn code_of(it: &Setting, task: &Task) -> String {
    it.directory.agency(task.lead).unwrap().code.clone()
}

/// A small generator, so that the same seed gives the same life.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}
