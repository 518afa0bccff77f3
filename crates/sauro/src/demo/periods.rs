//! Recurring work of the demonstration: its periods, opened as the calendar brought them.

use std::sync::Arc;

use chrono::{Days, NaiveTime, TimeZone};
use sauro_kernel::{Actor, AgencyId, Ctx, Role, TaskId, VIETNAM};
use sauro_tasks::actions;
use sauro_tasks::model::{Deadline, DeadlineKind, DraftBody, ProgrammeSettings};

use super::Stage;

/// Days of the past that are gone through.
const DAYS: u64 = 260;

/// Recurring work of the province's own programme: what, by which rule, what is handed over.
const WORKS: [(&str, &str, &str); 2] = [
    (
        "Báo cáo số hồ sơ người dân làm trực tuyến tại điểm hỗ trợ",
        "FREQ=MONTHLY;BYMONTHDAY=25",
        "01 bảng số liệu có xác nhận của Chủ tịch xã",
    ),
    (
        "Kiểm tra đường truyền và thiết bị ở các điểm hỗ trợ",
        "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20",
        "01 biên bản kiểm tra",
    ),
];

/// The province's own programme gets its ways and its recurring work.
pub(super) async fn issue_provincial(stage: &mut Stage) -> anyhow::Result<Vec<TaskId>> {
    let at = stage.moment(stage.today, -170);
    let leader = stage.ctx(Role::Leader, "UBND-96", at)?;
    let programme = actions::programme_by_code(&leader, &stage.db, "ca-mau").await?;
    let ways = ProgrammeSettings {
        authority: Some(AgencyId::of_code("UBND-96")),
        lead_days: 5,
        accountable: "Chủ tịch Ủy ban nhân dân cấp xã".to_owned(),
        ..ProgrammeSettings::default()
    };
    actions::set_programme_ways(&leader, &stage.db, "ca-mau", programme.version, ways).await?;
    let mut drafts = Vec::new();
    for (work, rule, product) in WORKS {
        let body = DraftBody {
            leads: vec![AgencyId::of_code("UBND-32191")],
            work: work.to_owned(),
            deliverables: vec![product.to_owned()],
            deadline: Deadline {
                kind: DeadlineKind::Recurring,
                text: "theo kế hoạch của tỉnh".to_owned(),
                due_on: sauro_tasks::model::next_due(rule, leader.today()),
                rule: Some(rule.to_owned()),
            },
            strength: "binding".to_owned(),
            is_public: true,
            ..DraftBody::default()
        };
        drafts.push(actions::enter_task(&leader, &stage.db, programme.id, body).await?);
    }
    let directory = stage.directory.clone();
    let proposed = actions::propose_drafts(&leader, &stage.db, directory.as_ref(), &drafts).await?;
    Ok(actions::issue_drafts(&leader, &stage.db, directory.as_ref(), &proposed).await?)
}

/// Opens the periods of recurring tasks day by day, until now. Answers the tasks that can be reported
/// on: those of `tasks` that do not come back, and the periods of those that do.
pub(super) async fn open_past(
    stage: &mut Stage,
    tasks: Vec<TaskId>,
) -> anyhow::Result<Vec<TaskId>> {
    let calendar = sauro_directory::actions::calendar(&stage.db).await?;
    for n in (0..=DAYS).rev() {
        let Some(day) = stage.today.checked_sub_days(Days::new(n)) else { continue };
        let early = day.and_time(NaiveTime::from_hms_opt(0, 5, 0).unwrap_or_default());
        let at = VIETNAM.from_local_datetime(&early).single().map(|it| it.to_utc());
        stage.past.set(at.unwrap_or(stage.now).min(stage.now));
        let past = Arc::new(stage.past.clone());
        let ctx = Ctx { actor: Actor::system(), clock: past.clone(), ids: past };
        while actions::open_periods(&ctx, &stage.db, &calendar).await? > 0 {}
    }
    let ctx = stage.ctx(Role::Inspector, "UBKTTW", stage.now)?;
    let mut all = Vec::new();
    for id in tasks {
        let (task, _) = actions::task_with_deliverables(&ctx, &stage.db, id).await?;
        if task.cycle().is_none() {
            all.push(id);
            continue;
        }
        let (_, periods) = actions::periods(&ctx, &stage.db, &task.code, None).await?;
        all.extend(periods.shown.into_iter().map(|(period, _)| period.id));
    }
    Ok(all)
}
