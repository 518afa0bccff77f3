//! From the texts to issued tasks, as the standing agency and its leader would do it.

use chrono::Days;
use sauro_kernel::{AgencyId, Role, TaskId};
use sauro_reading::Reader;
use sauro_tasks::actions::{self, Addressees, HandDown, NewDirective, ProgrammeFields};
use sauro_tasks::model::{DraftBody, DraftState, RollRule};

use super::texts::{self, Text};
use super::{Stage, cast};

/// Programmes: code, name, basis, owner.
const PROGRAMMES: [(&str, &str, &str, &str); 3] = [
    (
        "nq57",
        "Nghị quyết 57: khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số",
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024",
        "TTBCĐ57",
    ),
    (
        "nq71",
        "Chương trình hành động của Chính phủ thực hiện Nghị quyết 57",
        "Nghị quyết số 71/NQ-CP ngày 01/4/2025",
        "VPCP",
    ),
    (
        "ca-mau",
        "Cà Mau: một trăm ngày đưa dịch vụ số về ấp, khóm",
        "Kế hoạch mẫu của tỉnh, dùng để trình diễn",
        "UBND-96",
    ),
];

pub(super) async fn open_programmes(stage: &mut Stage, day: i64) -> anyhow::Result<()> {
    for (code, name, basis, owner) in PROGRAMMES {
        let at = stage.moment(stage.today, day);
        let ctx = stage.ctx(Role::StandingAgency, owner, at)?;
        let fields = ProgrammeFields {
            code: code.into(),
            name: name.into(),
            basis: basis.into(),
            is_public: true,
        };
        actions::open_programme(&ctx, &stage.db, fields).await?;
    }
    Ok(())
}

/// Brings in every text, issues what has six clarities, and answers the tasks.
pub(super) async fn issue_all(stage: &mut Stage, reader: &Reader) -> anyhow::Result<Vec<TaskId>> {
    let mut tasks = Vec::new();
    for text in texts::all(stage.today) {
        tasks.extend(issue(stage, reader, &text).await?);
    }
    Ok(tasks)
}

async fn issue(stage: &mut Stage, reader: &Reader, text: &Text) -> anyhow::Result<Vec<TaskId>> {
    let at = stage.moment(text.issued_on, 1);
    // A province's plan is prepared by its focal officer; a central body's by its standing agency.
    let role =
        if text.owner.starts_with("UBND") { Role::FocalOfficer } else { Role::StandingAgency };
    let ctx = stage.ctx(role, &text.owner, at)?;
    let programme = actions::programme_by_code(&ctx, &stage.db, &text.programme).await?;
    let read = actions::compose(reader, stage.directory.as_ref(), &text.body, Some(text.issued_on));
    let owner = AgencyId::of_code(&text.owner);
    let drafts = read.drafts.into_iter().map(|body| reviewed(stage, body, owner)).collect();
    let new = NewDirective {
        programme: programme.id,
        text: text.body.clone(),
        head: read.head,
        file: None,
        drafts,
    };
    let directive = actions::bring_directive(&ctx, &stage.db, new).await?;

    let at = stage.moment(text.issued_on, 2);
    let ctx = stage.ctx(role, &text.owner, at)?;
    let drafts = actions::drafts_of(&ctx, &stage.db, directive).await?;
    let ids: Vec<_> = drafts.iter().map(|it| it.id).collect();
    anyhow::ensure!(!ids.is_empty(), "no task was found in the text of {}", text.owner);
    let proposed = actions::propose_drafts(&ctx, &stage.db, stage.directory.as_ref(), &ids).await?;

    let at = stage.moment(text.issued_on, 3);
    let ctx = stage.ctx(Role::Leader, &text.owner, at)?;
    let drafts = actions::drafts_of(&ctx, &stage.db, directive).await?;
    let waiting: Vec<_> = drafts
        .iter()
        .filter(|it| it.state == DraftState::Proposed && proposed.contains(&it.id))
        .map(|it| it.id)
        .collect();
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    Ok(actions::issue_drafts(&ctx, &stage.db, stage.directory.as_ref(), &waiting).await?)
}

/// Fills in what a reviewer knows and the text does not say; vague sentences stay drafts.
fn reviewed(stage: &Stage, mut body: DraftBody, owner: AgencyId) -> DraftBody {
    let is_named = body.leads.iter().any(|id| !stage.directory.is_vague(*id));
    if !is_named || body.deadline.due_on.is_none() {
        return body;
    }
    if let Some(lead) = body.leads.first() {
        body.accountable = cast::head_of(&stage.directory, *lead);
    }
    // Whoever gave the work accepts it, in the person of the body that prepared it.
    let nation = sauro_kernel::AgencyPath::nation();
    let is_doer =
        body.leads.iter().any(|id| stage.directory.members_of(*id, &nation).contains(&owner));
    body.authority = Some(if is_doer { AgencyId::of_code("CP") } else { owner });
    if body.deliverables.is_empty() {
        body.deliverables = vec![format!("Báo cáo kết quả: {}", shortened(&body.work, 120))];
    }
    body.is_public = true;
    body
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head))
}

/// The province hands its task down to all its communes.
pub(super) async fn hand_down(stage: &mut Stage, tasks: &[TaskId]) -> anyhow::Result<Vec<TaskId>> {
    let lead = AgencyId::of_code("UBND-96");
    for id in tasks {
        let at = stage.moment(stage.today, -130);
        let reader = stage.ctx(Role::Inspector, "UBKTTW", at)?;
        let (view, _) = actions::task_with_deliverables(&reader, &stage.db, *id).await?;
        if view.lead != lead || !view.work.contains("điểm hỗ trợ") {
            continue;
        }
        let ctx = stage.ctx(Role::FocalOfficer, "UBND-96", at)?;
        let due_on = view.due_on.checked_sub_days(Days::new(2)).unwrap_or(view.due_on);
        let order = HandDown {
            to: Addressees::AllCommunes,
            work: "Bố trí điểm hỗ trợ người dân làm thủ tục trực tuyến tại nhà văn hóa hoặc trụ sở"
                .to_owned(),
            deliverables: vec!["01 điểm hỗ trợ hoạt động các ngày làm việc".to_owned()],
            due_on: Some(due_on),
            accountable: "Phó Chủ tịch Ủy ban nhân dân cấp xã".to_owned(),
            // Nine in ten communes are enough.
            rule: Some(RollRule::Share(9_000)),
            ..HandDown::default()
        };
        return Ok(actions::hand_down(&ctx, &stage.db, stage.directory.as_ref(), *id, order).await?);
    }
    Ok(Vec::new())
}
