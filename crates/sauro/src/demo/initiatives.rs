//! Initiatives at every stage of the way: one just sent, one replicated with what was measured.

use chrono::{Days, NaiveDate};
use sauro_initiatives::actions::{self, Check, Room, Vote};
use sauro_initiatives::model::{
    ApplicationFields, AuthorFields, CouncilFields, DossierFields, Initiative, Terms,
};
use sauro_kernel::{Ctx, Role, WorkingCalendar};
use sauro_store::{Db, Files, Keys};

use super::{Scale, Stage, Wanted, problems};

/// The province, a commune in it, and the agency of the field.
const PROVINCE: &str = "UBND-96";
const COMMUNE: &str = "UBND-32191";
const MINISTRY: &str = "BKHCN";

/// How far an initiative has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Sent,
    Asked,
    Reviewing,
    Judging,
    Recognised,
    Replicated,
}

struct Plan {
    title: &'static str,
    kind: &'static str,
    area: &'static str,
    receiver: &'static str,
    texts: [&'static str; 5],
    figure: [&'static str; 3],
    days_ago: u64,
    reach: Reach,
}

const PLANS: [Plan; 6] = [
    Plan {
        title: "Đo độ mặn tự động ở cửa cống, nhắn tin cho hộ nuôi tôm",
        kind: "ky-thuat",
        area: "nong-nghiep",
        receiver: PROVINCE,
        texts: [
            "Cán bộ đi đo độ mặn bằng tay hai lần mỗi ngày, hộ nuôi biết tin muộn nửa ngày.",
            "Đặt cảm biến độ mặn ở cửa cống, gửi số mỗi 15 phút, vượt ngưỡng thì nhắn tin cho hộ trong vùng.",
            "Dùng cảm biến rẻ, thay được tại chỗ; ngưỡng do từng ấp tự đặt.",
            "Xã ven biển có cống ngăn mặn và sóng di động đều dùng được.",
            "Hộ nuôi đóng cống kịp, bớt tôm chết do sốc mặn.",
        ],
        figure: ["420.000.000", "dong-nam", "Sổ theo dõi thiệt hại của 60 hộ, vụ 1 năm nay"],
        days_ago: 290,
        reach: Reach::Replicated,
    },
    Plan {
        title: "Phiếu hẹn khám tại trạm y tế bằng tin nhắn thoại",
        kind: "tac-nghiep",
        area: "y-te",
        receiver: PROVINCE,
        texts: [
            "Người cao tuổi đến trạm từ 5 giờ sáng để lấy số.",
            "Gọi một số điện thoại, máy đọc giờ hẹn và nhắc lại trước một giờ.",
            "Không cần điện thoại thông minh.",
            "Trạm y tế có tổng đài của tỉnh đều dùng được.",
            "Giảm thời gian chờ của người bệnh.",
        ],
        figure: ["", "", ""],
        days_ago: 320,
        reach: Reach::Recognised,
    },
    Plan {
        title: "Gộp ba tờ khai hộ tịch thành một lần hỏi ở bộ phận một cửa",
        kind: "quan-ly",
        area: "dich-vu-cong",
        receiver: PROVINCE,
        texts: [
            "Người dân khai lại cùng một thông tin ở ba tờ khai.",
            "Một màn hình hỏi một lần, in ra ba tờ khai đã điền.",
            "Dữ liệu hỏi một lần, dùng lại cho mọi tờ khai.",
            "Mọi xã, phường dùng chung phần mềm một cửa của tỉnh.",
            "Bớt thời gian khai và lỗi sai tên.",
        ],
        figure: ["5.200", "gio-nam", "Đo 40 lượt khai ở một xã trong tháng 9"],
        days_ago: 60,
        reach: Reach::Judging,
    },
    Plan {
        title: "Bản đồ điểm trũng sóng di động do tổ công nghệ số cộng đồng đo",
        kind: "ung-dung",
        area: "chuyen-doi-so",
        receiver: PROVINCE,
        texts: [
            "Báo cáo vùng phủ sóng không có số đo ở từng ấp.",
            "Tổ công nghệ số cộng đồng đo bằng điện thoại theo lưới 500 m, số tự về bản đồ.",
            "Người đo không phải ghi chép, mỗi điểm có ba lần đo.",
            "Xã nào có tổ công nghệ số đều đo được.",
            "Nhà mạng biết đúng chỗ cần thêm trạm.",
        ],
        figure: ["", "", ""],
        days_ago: 22,
        reach: Reach::Reviewing,
    },
    Plan {
        title: "Ủ rơm rạ thành phân bón bằng chế phẩm vi sinh tại ruộng",
        kind: "ky-thuat",
        area: "nong-nghiep",
        receiver: COMMUNE,
        texts: [
            "Rơm rạ bị đốt sau mỗi vụ.",
            "Phun chế phẩm vi sinh, vùi rơm tại ruộng trong 20 ngày.",
            "Không phải chở rơm ra khỏi ruộng.",
            "Ruộng chủ động nước đều làm được.",
            "Bớt khói, bớt phân hóa học.",
        ],
        figure: ["", "", ""],
        days_ago: 12,
        reach: Reach::Asked,
    },
    Plan {
        title: "Bảng chỉ dẫn thủ tục bằng hình cho người đọc chậm",
        kind: "tac-nghiep",
        area: "dich-vu-cong",
        receiver: COMMUNE,
        texts: [
            "Bảng niêm yết toàn chữ nhỏ, nhiều người phải hỏi lại.",
            "Mỗi thủ tục một bảng hình bốn bước, có giấy tờ mẫu.",
            "Chỉ dùng hình và số.",
            "Bộ phận một cửa nào cũng treo được.",
            "Người dân chuẩn bị đủ giấy ngay lần đầu.",
        ],
        figure: ["", "", ""],
        days_ago: 2,
        reach: Reach::Sent,
    },
];

/// What all of it is made with.
struct House {
    db: Db,
    files: Files,
    keys: Keys,
    calendar: WorkingCalendar,
}

/// Makes the initiatives of a demonstration that was just loaded. Who wrote them is sealed with `keys`.
///
/// # Errors
///
/// Any failure of an action.
pub async fn load_initiatives(db: &Db, files: &Files, keys: &Keys) -> anyhow::Result<()> {
    let mut stage = Stage::set(db, files, &Wanted::now(58, Scale::Demo)).await?;
    let calendar = sauro_directory::actions::calendar(db).await?;
    let house = House { db: db.clone(), files: files.clone(), keys: keys.clone(), calendar };
    let salt = problems::salt(&mut stage, db).await?;
    for (n, plan) in PLANS.iter().enumerate() {
        let day = stage.today.checked_sub_days(Days::new(plan.days_ago)).unwrap_or(stage.today);
        let answered = if n == 0 { salt.number.as_str() } else { "" };
        let it = make(&mut stage, &house, (plan, answered), day).await?;
        if n == 0 {
            problems::solve(&mut stage, db, (&salt, &it), day).await?;
        }
    }
    problems::counter(&mut stage, db).await?;
    Ok(())
}

fn room<'a>(stage: &'a Stage, house: &'a House) -> Room<'a> {
    Room {
        db: &house.db,
        files: &house.files,
        keys: &house.keys,
        directory: &stage.directory,
        calendar: &house.calendar,
        terms: Terms::default(),
    }
}

async fn make(
    stage: &mut Stage,
    house: &House,
    (plan, answered): (&Plan, &str),
    day: NaiveDate,
) -> anyhow::Result<Initiative> {
    let at = stage.moment(day, 0);
    // From the clock and the ids of the stage, as somebody who is not signed in.
    let official = stage.ctx(Role::FocalOfficer, plan.receiver, at)?;
    let visitor = Ctx { actor: actions::visitor(), ..official };
    let key = visitor.ids.fresh();
    let typed = DossierFields { problem: answered.to_owned(), ..fields(plan) };
    let sent = actions::send(&visitor, &room(stage, house), key, &typed, Vec::new()).await?;
    let it = sent.initiative;
    if plan.reach == Reach::Sent {
        return Ok(it);
    }
    let at = stage.moment(day, 2);
    let focal = stage.ctx(Role::FocalOfficer, plan.receiver, at)?;
    let (decision, words) = match plan.reach {
        Reach::Asked => (Check::Ask, "Đề nghị bổ sung kết quả ủ thử ở ít nhất hai ruộng."),
        _ => (Check::Accept(MINISTRY.to_owned()), ""),
    };
    let key = (it.id, it.stamp);
    let it = actions::check(&focal, &room(stage, house), key, (&decision, words)).await?;
    if plan.reach < Reach::Judging {
        return Ok(it);
    }
    let at = stage.moment(day, 11);
    let reviewer = stage.ctx(Role::Leader, MINISTRY, at)?;
    let words = "Giải pháp dùng được ngay, chi phí thấp. Nên đo thêm ở nơi có điều kiện khác.";
    let key = (it.id, it.stamp);
    let it = actions::opine(&reviewer, &room(stage, house), key, words).await?;
    judge(stage, house, (plan, &it), day).await?;
    if plan.reach == Reach::Replicated {
        spread(stage, house, &it, day).await?;
    }
    Ok(it)
}

/// Seats that score, and what they give.
const JUDGES: [(Role, &str, [&str; 4]); 4] = [
    (Role::Verifier, PROVINCE, ["82", "75", "84", "80"]),
    (Role::Verifier, "TTBCĐ57", ["78", "80", "86", "85"]),
    (Role::Leader, MINISTRY, ["85", "70", "80", "88"]),
    (Role::Leader, "UBND-01", ["80", "78", "82", "76,5"]),
];

async fn judge(
    stage: &mut Stage,
    house: &House,
    (plan, it): (&Plan, &Initiative),
    day: NaiveDate,
) -> anyhow::Result<()> {
    let at = stage.moment(day, 16);
    let leader = stage.ctx(Role::Leader, plan.receiver, at)?;
    let text = |it: &str| it.to_owned();
    let fields = CouncilFields {
        name: format!("Hội đồng sáng kiến tỉnh Cà Mau, phiên {}", at.format("%m/%Y")),
        preset: text("nd-13"),
        threshold: text("70"),
        quorum: text("3"),
        members: JUDGES.iter().map(|it| (text(it.1), text(it.0.code()))).collect(),
        ..CouncilFields::default()
    };
    let council = actions::open_council(&leader, &room(stage, house), &[it.id], &fields).await?;
    let is_over = plan.reach > Reach::Judging;
    // One that is still open lacks some ballots.
    for (role, code, points) in JUDGES.iter().skip(if is_over { 0 } else { 2 }) {
        let at = stage.moment(day, 20);
        let judge = stage.ctx(*role, code, at)?;
        let vote = Vote::Points(points.map(text).into());
        actions::cast(&judge, &room(stage, house), (council.id, it.id), &vote).await?;
    }
    if is_over {
        let at = stage.moment(day, 24);
        let leader = stage.ctx(Role::Leader, plan.receiver, at)?;
        actions::close_council(&leader, &room(stage, house), (council.id, 1)).await?;
    }
    Ok(())
}

/// Who applies it, from how many days after it was sent, and what was measured.
const UNITS: [(&str, i64, &str, &str); 4] = [
    (PROVINCE, 60, "96.000.000", "Báo cáo số 118/BC-UBND"),
    (COMMUNE, 90, "41.500.000", "Báo cáo số 27/BC-UBND"),
    ("UBND-01", 140, "18.000.000", "Báo cáo số 64/BC-UBND"),
    ("UBND-79", 170, "22.750.000", "Báo cáo số 203/BC-UBND"),
];

async fn spread(
    stage: &mut Stage,
    house: &House,
    it: &Initiative,
    day: NaiveDate,
) -> anyhow::Result<()> {
    let text = |it: &str| it.to_owned();
    let at = stage.moment(day, 30);
    let leader = stage.ctx(Role::Leader, COMMUNE, at)?;
    let since = leader.today();
    let pilot = ApplicationFields {
        since: since.to_string(),
        until: since.checked_add_days(Days::new(60)).unwrap_or(since).to_string(),
        baseline: text("12 giờ từ lúc mặn đến lúc hộ nuôi biết"),
        target: text("dưới 1 giờ"),
        ..ApplicationFields::default()
    };
    actions::apply(&leader, &room(stage, house), (it.id, true), &pilot).await?;
    for (code, after, measured, source) in UNITS {
        let at = stage.moment(day, after);
        let focal = stage.ctx(Role::FocalOfficer, code, at)?;
        let said = ApplicationFields {
            since: focal.today().to_string(),
            measured: text(measured),
            unit: text("dong-nam"),
            source: text(source),
            ..ApplicationFields::default()
        };
        let said = actions::apply(&focal, &room(stage, house), (it.id, false), &said).await?;
        let at = stage.moment(day, after + 5);
        let leader = stage.ctx(Role::Leader, code, at)?;
        actions::confirm(&leader, &room(stage, house), (it.id, said.id)).await?;
    }
    Ok(())
}

fn fields(plan: &Plan) -> DossierFields {
    let text = |it: &str| it.to_owned();
    let author = |name: &str, share: &str| AuthorFields {
        name: text(name),
        unit: String::new(),
        share: text(share),
    };
    DossierFields {
        kind: text(plan.kind),
        area: text(plan.area),
        title: text(plan.title),
        texts: plan.texts.map(text),
        figure: plan.figure.map(text),
        ownership: ["khong", ""].map(text),
        receiver: text(plan.receiver),
        problem: String::new(),
        // Nobody here exists.
        authors: vec![author("Tác giả mẫu thứ nhất", "60"), author("Tác giả mẫu thứ hai", "40")],
        phone: String::new(),
        mail: text("tac-gia@example.vn"),
        consents: ["xu-ly", "cong-khai-noi-dung"].map(text).into(),
        is_sworn: true,
    }
}
