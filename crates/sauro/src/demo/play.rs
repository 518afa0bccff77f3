//! Some months of believable activity: reports, returns, acceptance, use, and silence.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use sauro_kernel::{Role, TaskId, VIETNAM};
use sauro_tasks::TasksError;
use sauro_tasks::actions::{self, Verdict};
use sauro_tasks::model::{
    Claim, Decision, Deliverable, DeliverableStage, ReportFields, ReportItem, SelfRating, Task,
};

use super::Stage;

/// One thing that somebody will do.
struct Move {
    at: DateTime<Utc>,
    task: TaskId,
    act: Act,
}

#[derive(Clone, Copy)]
enum Act {
    /// A report on the way.
    Progress(SelfRating),
    /// A report that claims everything done.
    Complete,
    /// The leader has the finished draft on the desk and has not sent it.
    LeaveOnDesk,
    /// The authority accepts.
    Accept,
    /// The authority returns.
    Return,
    /// The authority confirms that it is in use.
    Use,
}

const RESULTS: [&str; 6] = [
    "Đã hoàn thành phần việc chính, sản phẩm đã bàn giao cho đơn vị sử dụng và có biên bản kèm theo.",
    "Đơn vị đã rà soát, thống nhất cách làm và tổ chức thực hiện; số liệu được đối chiếu với cơ sở.",
    "Sản phẩm đã được ký ban hành, công khai trên trang của đơn vị và gửi các nơi có liên quan.",
    "Đã tổ chức kiểm tra tại chỗ, khắc phục các điểm chưa đạt nêu trong lần kiểm tra trước.",
    "Đã đưa vào vận hành, có người trực và sổ theo dõi; người dân bắt đầu sử dụng.",
    "Đã tập huấn cho người sử dụng và bàn giao tài liệu hướng dẫn.",
];
const PROGRESS: [&str; 5] = [
    "Đã phân công đầu mối, lập kế hoạch chi tiết và bắt đầu thực hiện từ đầu tháng.",
    "Đã lấy ý kiến các đơn vị, đang tiếp thu để hoàn chỉnh.",
    "Đã khảo sát xong, đang tổng hợp số liệu của các đơn vị còn lại.",
    "Đã xong phần chuẩn bị, đang chờ bố trí kinh phí để làm tiếp.",
    "Đã làm thử ở một đơn vị, đang rút kinh nghiệm trước khi làm đồng loạt.",
];
const DIFFICULTIES: [&str; 5] = [
    "",
    "Một số đơn vị gửi số liệu chậm, phải đôn đốc nhiều lần.",
    "Đường truyền ở vùng xa chưa ổn định, mất nhiều thời gian kiểm tra.",
    "Thiếu người có kỹ năng ở cấp xã, phải làm kiêm nhiệm.",
    "Quy định hiện hành giữa các ngành chưa khớp nhau về biểu mẫu.",
];
const PROPOSALS: [&str; 4] = [
    "",
    "Đề nghị cấp trên hướng dẫn thống nhất biểu mẫu.",
    "Đề nghị bố trí thêm kinh phí vận hành trong năm tới.",
    "Đề nghị cho phép nhân rộng cách làm sang các đơn vị khác.",
];
const CHECKED: [&str; 4] = [
    "Đã mở văn bản, đối chiếu số, ngày và nội dung với nhiệm vụ được giao.",
    "Đã gọi thử ba đơn vị sử dụng, cả ba xác nhận sản phẩm hoạt động.",
    "Đã xem bảng kết quả và chọn ngẫu nhiên năm dòng để đối chiếu với cơ sở.",
    "Đã kiểm tra tại chỗ cùng đơn vị thực hiện.",
];
const REASONS: [&str; 3] = [
    "Sản phẩm chưa đủ so với nhiệm vụ: còn thiếu phần số liệu của các đơn vị trực thuộc. Đề nghị bổ sung.",
    "Minh chứng mới là công văn gửi đi, chưa phải kết quả. Đề nghị gửi kết quả thực hiện.",
    "Số liệu trong báo cáo và trong bảng kèm theo khác nhau. Đề nghị kiểm tra lại.",
];

/// Plays what happens to `tasks` until now. Answers how many moves there were.
pub(super) async fn play(stage: &mut Stage, tasks: &[TaskId]) -> anyhow::Result<usize> {
    let mut moves = Vec::new();
    for id in tasks {
        let ctx = stage.ctx(Role::Inspector, "UBKTTW", stage.now)?;
        let (task, _) = actions::task_with_deliverables(&ctx, &stage.db, *id).await?;
        plan(stage, &task, &mut moves);
    }
    // The journal is written in the order of time.
    moves.sort_by_key(|it| it.at);
    for it in &moves {
        perform(stage, it).await?;
    }
    Ok(moves.len())
}

fn plan(stage: &mut Stage, task: &Task, moves: &mut Vec<Move>) {
    let issued = DateTime::from_timestamp_micros(task.issued_at).unwrap_or(stage.now);
    let issued_on = issued.with_timezone(&VIETNAM).date_naive();
    let n_days = (task.due_on - issued_on).num_days().max(4);
    let elapsed = (stage.today - issued_on).num_days();
    let mut add = |stage: &mut Stage, day: i64, act: Act| {
        // What would happen after today has not happened.
        if day < elapsed {
            let at = stage.moment(issued_on, day);
            moves.push(Move { at, task: task.id, act });
        }
    };
    let rating = if stage.dice.is_lucky(80) { SelfRating::OnTrack } else { SelfRating::AtRisk };
    let mut begun = 0;
    if stage.dice.is_lucky(72) {
        begun = stage.dice.between(2, (n_days * 6 / 10).max(3));
        add(stage, begun, Act::Progress(rating));
    }
    let fate = stage.dice.between(1, 100);
    let done_on = match fate {
        1..=62 => n_days - stage.dice.between(0, (n_days / 4).max(1)),
        63..=80 => n_days + stage.dice.between(2, 24),
        81..=84 => {
            let day = (n_days - stage.dice.between(0, 3)).max(begun + 1);
            add(stage, day, Act::LeaveOnDesk);
            return;
        }
        _ => return,
    };
    // Nobody reports on the way after the end, however short the time is.
    let done_on = done_on.max(begun + 1);
    add(stage, done_on, Act::Complete);
    let answer = done_on + stage.dice.between(2, 9);
    if stage.dice.is_lucky(14) {
        add(stage, answer, Act::Return);
        if stage.dice.is_lucky(60) {
            let again = answer + stage.dice.between(3, 10);
            add(stage, again, Act::Complete);
            let accepted = again + stage.dice.between(2, 7);
            add(stage, accepted, Act::Accept);
        }
        return;
    }
    if stage.dice.is_lucky(84) {
        add(stage, answer, Act::Accept);
        if stage.dice.is_lucky(66) {
            let used = answer + stage.dice.between(8, 30);
            add(stage, used, Act::Use);
        }
    }
}

async fn perform(stage: &mut Stage, it: &Move) -> anyhow::Result<()> {
    let ctx = stage.ctx(Role::Inspector, "UBKTTW", it.at)?;
    let (task, deliverables) = actions::task_with_deliverables(&ctx, &stage.db, it.task).await?;
    let is_open = task.stage.is_open();
    match it.act {
        Act::Progress(rating) if is_open => {
            report(stage, it.at, &task, &deliverables, rating, Claim::Doing, true).await
        }
        Act::Complete if is_open => {
            report(stage, it.at, &task, &deliverables, SelfRating::Done, Claim::Done, true).await
        }
        Act::LeaveOnDesk if is_open => {
            report(stage, it.at, &task, &deliverables, SelfRating::Done, Claim::Done, false).await
        }
        Act::Accept => judge(stage, it.at, &task, &deliverables, Decision::Accepted).await,
        Act::Return => judge(stage, it.at, &task, &deliverables, Decision::Returned).await,
        Act::Use => use_it(stage, it.at, &task, &deliverables).await,
        _ => Ok(()),
    }
}

async fn report(
    stage: &mut Stage,
    at: DateTime<Utc>,
    task: &Task,
    deliverables: &[Deliverable],
    rating: SelfRating,
    claim: Claim,
    is_sent: bool,
) -> anyhow::Result<()> {
    let Some(lead) = stage.directory.agency(task.lead).map(|it| it.code.clone()) else {
        return Ok(());
    };
    let results: &[&str] = if claim == Claim::Doing { &PROGRESS } else { &RESULTS };
    let fields = ReportFields {
        results: stage.dice.word(results).to_owned(),
        difficulties: stage.dice.word(&DIFFICULTIES).to_owned(),
        proposals: stage.dice.word(&PROPOSALS).to_owned(),
        self_rating: Some(rating),
        items: deliverables
            .iter()
            .filter(|it| it.stage < DeliverableStage::Accepted)
            .map(|it| ReportItem { deliverable: it.id, claim, note: String::new() })
            .collect(),
    };
    let officer = stage.ctx(Role::Officer, &lead, at)?;
    let open = actions::open_report(&officer, &stage.db, task.id).await?;
    let mut saved =
        actions::save_report(&officer, &stage.db, open.id, fields, open.version).await?;
    if claim != Claim::Doing {
        for it in deliverables {
            let number =
                format!("{}/BC-{}", stage.dice.between(11, 480), lead.replace(['@', '-', '_'], ""));
            actions::attach_document(&officer, &stage.db, saved.id, Some(it.id), &number).await?;
        }
        if stage.dice.is_lucky(40) {
            let table = format!(
                "Đơn vị,Kết quả,Ngày\n{lead},{},{}\n",
                stage.dice.between(1, 400),
                at.format("%F")
            );
            let name = format!("bang-ket-qua-{}.csv", task.code);
            actions::attach_file(
                &officer,
                &stage.db,
                &stage.files,
                saved.id,
                None,
                &name,
                Bytes::from(table),
            )
            .await?;
        }
    }
    saved = actions::submit_report(
        &officer,
        &stage.db,
        saved.id,
        version(stage, saved.id, &officer, task).await?,
    )
    .await?;
    if is_sent {
        let leader = stage.ctx(Role::Leader, &lead, at)?;
        actions::send_report(&leader, &stage.db, saved.id, saved.version).await?;
    }
    Ok(())
}

/// Attaching may have counted up the version of the draft.
async fn version(
    stage: &Stage,
    report: sauro_kernel::ReportId,
    ctx: &sauro_kernel::Ctx,
    task: &Task,
) -> anyhow::Result<i64> {
    let open = actions::open_report(ctx, &stage.db, task.id).await?;
    anyhow::ensure!(open.id == report, "another report was opened meanwhile");
    Ok(open.version)
}

async fn judge(
    stage: &mut Stage,
    at: DateTime<Utc>,
    task: &Task,
    deliverables: &[Deliverable],
    decision: Decision,
) -> anyhow::Result<()> {
    let Some(authority) = stage.directory.agency(task.authority).map(|it| it.code.clone()) else {
        return Ok(());
    };
    let mut verdicts = Vec::new();
    for it in deliverables.iter().filter(|it| it.stage == DeliverableStage::Reported) {
        let is_returned = decision == Decision::Returned;
        verdicts.push(Verdict {
            deliverable: it.id,
            decision,
            checked: stage.dice.word(&CHECKED).to_owned(),
            reason: if is_returned { stage.dice.word(&REASONS).to_owned() } else { String::new() },
        });
    }
    if verdicts.is_empty() {
        return Ok(());
    }
    let verifier = stage.ctx(Role::Verifier, &authority, at)?;
    match actions::verify(&verifier, &stage.db, task.id, verdicts, task.version).await {
        // The rule over the communes does not hold yet: the authority waits.
        Err(TasksError::Invalid(faults)) if faults.iter().any(|it| it.field == "nghiem-thu") => {
            Ok(())
        }
        done => Ok(done.map(drop)?),
    }
}

async fn use_it(
    stage: &mut Stage,
    at: DateTime<Utc>,
    task: &Task,
    deliverables: &[Deliverable],
) -> anyhow::Result<()> {
    let Some(authority) = stage.directory.agency(task.authority).map(|it| it.code.clone()) else {
        return Ok(());
    };
    for it in deliverables.iter().filter(|it| it.stage == DeliverableStage::Accepted) {
        let verifier = stage.ctx(Role::Verifier, &authority, at)?;
        let words = "Đã xem sổ theo dõi và hỏi người sử dụng, sản phẩm được dùng hằng ngày.";
        actions::confirm_in_use(&verifier, &stage.db, task.id, it.id, words).await?;
    }
    Ok(())
}
