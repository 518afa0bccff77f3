//! Many tasks: orders to every commune of the country, reported by most.

use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Days, Utc};
use sauro_kernel::{AgencyId, Role, TaskId};
use sauro_tasks::actions::{self, Verdict, WholeReport};
use sauro_tasks::model::{
    Claim, Deadline, DeadlineKind, Decision, Deliverable, DraftBody, ReportFields, ReportItem,
    SelfRating, Task,
};
use tokio::task::JoinSet;

use super::dice::{Dice, Past};
use super::{Made, Stage, cast};

/// Reports under way at once.
const AT_ONCE: usize = 64;

/// What each order asks of every commune.
const ORDERS: [(&str, &str); 6] = [
    (
        "Công khai kết quả giải quyết thủ tục hành chính tại nơi tiếp dân",
        "01 bảng công khai cập nhật hằng tuần",
    ),
    ("Rà soát, cập nhật dữ liệu hộ nghèo, hộ cận nghèo trên hệ thống", "01 danh sách đã đối chiếu"),
    ("Lập tổ công nghệ số cộng đồng ở thôn, ấp, khu phố", "100% thôn có tổ hoạt động"),
    ("Số hóa hồ sơ hộ tịch còn lưu bản giấy", "100% hồ sơ được số hóa"),
    (
        "Bố trí máy tính và đường truyền cho điểm phục vụ hành chính công",
        "01 điểm phục vụ hoạt động",
    ),
    (
        "Tổ chức hướng dẫn người cao tuổi nhận trợ cấp qua tài khoản",
        "90% người thuộc diện có tài khoản",
    ),
];

/// Issues `n_orders` orders to all communes and plays what most of them do.
pub(super) async fn make(stage: &mut Stage, n_orders: usize) -> anyhow::Result<Made> {
    let mut made = Made { n_tasks: 0, n_moves: 0 };
    for n in 0..n_orders {
        let tasks = order(stage, n).await?;
        made.n_tasks += tasks.len();
        made.n_moves += answer(stage, &tasks).await?;
    }
    Ok(made)
}

async fn order(stage: &mut Stage, n: usize) -> anyhow::Result<Vec<TaskId>> {
    let issued_on = stage.today - Days::new(150 - (n as u64 * 3) % 120);
    let due_on = issued_on + Days::new(40 + (n as u64 * 17) % 90);
    let (work, product) = ORDERS.get(n % ORDERS.len()).copied().unwrap_or_default();
    let at = stage.moment(issued_on, 0);
    let ctx = stage.ctx(Role::StandingAgency, "TTBCĐ57", at)?;
    let programme = actions::programme_by_code(&ctx, &stage.db, "nq57").await?;
    let body = DraftBody {
        leads: vec![AgencyId::of_code("*UBNDX")],
        work: if n < ORDERS.len() {
            work.to_owned()
        } else {
            format!("{work}, đợt {}", n / ORDERS.len() + 1)
        },
        deliverables: vec![product.to_owned()],
        accountable: "Chủ tịch Ủy ban nhân dân cấp xã".to_owned(),
        authority: Some(AgencyId::of_code("TTBCĐ57")),
        deadline: Deadline {
            kind: DeadlineKind::Date,
            text: format!("trước ngày {}", due_on.format("%d/%m/%Y")),
            due_on: Some(due_on),
            rule: None,
        },
        strength: "binding".to_owned(),
        is_public: true,
        ..DraftBody::default()
    };
    let draft = actions::enter_task(&ctx, &stage.db, programme.id, body).await?;
    actions::propose_drafts(&ctx, &stage.db, stage.directory.as_ref(), &[draft]).await?;
    let leader = stage.ctx(Role::Leader, "TTBCĐ57", at)?;
    Ok(actions::issue_drafts(&leader, &stage.db, stage.directory.as_ref(), &[draft]).await?)
}

/// Two of three communes report, most of them in time; two of three reports are judged.
async fn answer(stage: &mut Stage, tasks: &[TaskId]) -> anyhow::Result<usize> {
    let mut under_way: JoinSet<anyhow::Result<usize>> = JoinSet::new();
    let mut n_moves = 0;
    for id in tasks {
        if !stage.dice.is_lucky(66) {
            continue;
        }
        let one = One {
            db: stage.db.clone(),
            files: stage.files.clone(),
            directory: stage.directory.clone(),
            seed: stage.dice.next(),
            now: stage.now,
            task: *id,
        };
        if under_way.len() >= AT_ONCE
            && let Some(done) = under_way.join_next().await
        {
            n_moves += done??;
        }
        under_way.spawn(one.run());
    }
    while let Some(done) = under_way.join_next().await {
        n_moves += done??;
    }
    Ok(n_moves)
}

/// One commune's answer.
struct One {
    db: sauro_store::Db,
    files: sauro_store::Files,
    directory: Arc<sauro_directory::model::Directory>,
    seed: u64,
    now: DateTime<Utc>,
    task: TaskId,
}

impl One {
    async fn run(self) -> anyhow::Result<usize> {
        let mut dice = Dice::new(self.seed);
        let past = Past::new(self.seed);
        let reader = self.ctx(&past, Role::Inspector, AgencyId::of_code("UBKTTW"), self.now)?;
        let (task, deliverables) =
            actions::task_with_deliverables(&reader, &self.db, self.task).await?;
        let due = sauro_kernel::cut_off(task.due_on);
        let at = (due - chrono::Duration::hours(dice.between(-200, 900))).min(self.now);
        self.report(&past, &mut dice, &task, &deliverables, at).await?;
        if !dice.is_lucky(66) {
            return Ok(1);
        }
        let judged_at = (at + chrono::Duration::hours(dice.between(20, 200))).min(self.now);
        self.judge(&past, &mut dice, judged_at).await?;
        Ok(2)
    }

    async fn report(
        &self,
        past: &Past,
        dice: &mut Dice,
        task: &Task,
        deliverables: &[Deliverable],
        at: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let leader = self.ctx(past, Role::Leader, task.lead, at)?;
        let item = |it: &Deliverable| ReportItem {
            deliverable: it.id,
            claim: Claim::Done,
            note: String::new(),
        };
        let fields = ReportFields {
            results: "Đã hoàn thành, sản phẩm được người dân sử dụng; số liệu trong bảng kèm theo."
                .to_owned(),
            self_rating: Some(SelfRating::Done),
            items: deliverables.iter().map(item).collect(),
            ..ReportFields::default()
        };
        let table = format!("Mã,Kết quả\n{},{}\n", task.code, dice.between(1, 999));
        let name = format!("ket-qua-{}.csv", task.code);
        let whole =
            WholeReport { fields, file: Some((name, Bytes::from(table))), shows: None, key: None };
        actions::report_with_file(&leader, &self.db, &self.files, &task.code, whole).await?;
        Ok(())
    }

    async fn judge(&self, past: &Past, dice: &mut Dice, at: DateTime<Utc>) -> anyhow::Result<()> {
        let verifier = self.ctx(past, Role::Verifier, AgencyId::of_code("TTBCĐ57"), at)?;
        let (task, deliverables) =
            actions::task_with_deliverables(&verifier, &self.db, self.task).await?;
        let is_good = dice.is_lucky(90);
        let verdict = |it: &Deliverable| Verdict {
            deliverable: it.id,
            decision: if is_good { Decision::Accepted } else { Decision::Returned },
            checked: "Đã xem bảng kết quả và đối chiếu với cơ sở.".to_owned(),
            reason: if is_good {
                String::new()
            } else {
                "Bảng kết quả còn thiếu. Đề nghị bổ sung.".to_owned()
            },
        };
        let verdicts = deliverables.iter().map(verdict).collect();
        actions::verify(&verifier, &self.db, self.task, verdicts, task.version).await?;
        if is_good && dice.is_lucky(55) {
            for it in &deliverables {
                let words = "Đã hỏi người dân, sản phẩm được dùng hằng ngày.";
                actions::confirm_in_use(&verifier, &self.db, self.task, it.id, words).await?;
            }
        }
        Ok(())
    }

    fn ctx(
        &self,
        past: &Past,
        role: Role,
        agency: AgencyId,
        at: DateTime<Utc>,
    ) -> anyhow::Result<sauro_kernel::Ctx> {
        past.set(at);
        let agency =
            self.directory.agency(agency).ok_or_else(|| anyhow::anyhow!("no agency {agency}"))?;
        let past = Arc::new(past.clone());
        Ok(sauro_kernel::Ctx { actor: cast::actor(role, agency), clock: past.clone(), ids: past })
    }
}
