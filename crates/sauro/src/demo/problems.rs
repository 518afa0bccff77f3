//! Problems that the province publishes: one that an initiative of the demonstration solved, one that waits.

use chrono::{Days, NaiveDate};
use sauro_initiatives::actions;
use sauro_initiatives::model::{Initiative, Problem, ProblemFields};
use sauro_kernel::Role;
use sauro_store::Db;

use super::Stage;

/// Who publishes them.
const PROVINCE: &str = "UBND-96";

struct Plan {
    title: &'static str,
    area: &'static str,
    pain: &'static str,
    wanted: &'static str,
    days_ago: u64,
    /// Days between its publication and the day by which it is wanted.
    lasts: u64,
}

const SALT: Plan = Plan {
    title: "Hộ nuôi tôm ven biển biết tin độ mặn tăng quá muộn",
    area: "nong-nghiep",
    pain: "60 hộ ở hai xã ven biển mất khoảng 420 triệu đồng một vụ vì tôm chết do sốc mặn. Cán bộ đo độ mặn bằng tay 2 lần mỗi ngày, hộ nuôi biết tin sau 12 giờ.",
    wanted: "Hộ nuôi tôm biết độ mặn vượt ngưỡng ở cửa cống trong vòng 1 giờ, dùng được ở cả 5 cống ngăn mặn.",
    days_ago: 300,
    lasts: 360,
};

const COUNTER: Plan = Plan {
    title: "Người dân chờ lâu ở bộ phận một cửa vì khai đi khai lại",
    area: "dich-vu-cong",
    pain: "Mỗi lượt khai hộ tịch ở bộ phận một cửa mất 25 phút, có 3 tờ khai hỏi cùng một thông tin. Đầu tuần có nơi 70 người chờ cùng lúc.",
    wanted: "Một lượt khai còn dưới 10 phút, không hỏi lại thông tin đã khai, mọi xã dùng chung phần mềm một cửa của tỉnh.",
    days_ago: 9,
    lasts: 180,
};

/// Publishes the problem that the first initiative answers.
pub(super) async fn salt(stage: &mut Stage, db: &Db) -> anyhow::Result<Problem> {
    publish(stage, db, &SALT).await
}

/// Publishes the one that nobody has solved.
pub(super) async fn counter(stage: &mut Stage, db: &Db) -> anyhow::Result<Problem> {
    publish(stage, db, &COUNTER).await
}

async fn publish(stage: &mut Stage, db: &Db, plan: &Plan) -> anyhow::Result<Problem> {
    let day = stage.today.checked_sub_days(Days::new(plan.days_ago)).unwrap_or(stage.today);
    let until: NaiveDate = day.checked_add_days(Days::new(plan.lasts)).unwrap_or(day);
    let at = stage.moment(day, 0);
    let focal = stage.ctx(Role::FocalOfficer, PROVINCE, at)?;
    let fields = ProblemFields {
        title: plan.title.to_owned(),
        area: plan.area.to_owned(),
        pain: plan.pain.to_owned(),
        wanted: plan.wanted.to_owned(),
        until: until.to_string(),
    };
    Ok(actions::publish_problem(&focal, db, &fields).await?)
}

/// Says that `by` solved `problem`.
pub(super) async fn solve(
    stage: &mut Stage,
    db: &Db,
    (problem, by): (&Problem, &Initiative),
    day: NaiveDate,
) -> anyhow::Result<()> {
    let at = stage.moment(day, 200);
    let leader = stage.ctx(Role::Leader, PROVINCE, at)?;
    let key = (problem.id, problem.stamp);
    actions::solve_problem(&leader, db, key, by.code.as_str()).await?;
    Ok(())
}
