//! Two rounds of monthly reports: one that is closed and published, one that is still coming in.

use chrono::{DateTime, Days, NaiveDate, Utc};
use sauro_directory::model::{Agency, Level};
use sauro_indicators::actions::periodic::{
    CellFields, FormFields, ItemFields, SheetFields, accept_reports, define_form, open_round,
    publish_report, save_report, send_report,
};
use sauro_indicators::model::periodic::{DayRule, Schedule};
use sauro_indicators::model::{Period, PeriodKind};
use sauro_kernel::{Role, RoundId, WorkingCalendar};

use super::Stage;

/// Who asks.
const CENTRE: &str = "TTBCĐ57";

/// The province whose communes report in the demonstration.
const PROVINCE: &str = "96";

const FORM: &str = "BC-NQ57-THANG";

const RESULTS: [&str; 8] = [
    "Đã tập huấn {n} cán bộ, công chức về xử lý hồ sơ trên môi trường điện tử.",
    "Tổ công nghệ số cộng đồng đã hướng dẫn {n} lượt người dân nộp hồ sơ trực tuyến.",
    "Đã số hóa {n} hồ sơ lưu tại bộ phận một cửa.",
    "Khai trương {n} điểm hỗ trợ dịch vụ công tại nhà văn hóa ấp.",
    "Đã mở {n} lớp Bình dân học vụ số buổi tối cho người lớn tuổi.",
    "Đã cấp chữ ký số cho {n} người dân làm thủ tục.",
    "Đã rà soát thông tin của {n} hộ kinh doanh để nộp thuế điện tử.",
    "Hoàn thành kết nối camera an ninh tại {n} điểm đông người.",
];
const DIFFICULTIES: [&str; 6] = [
    "Thiếu cán bộ chuyên trách công nghệ thông tin, phải bố trí kiêm nhiệm.",
    "Máy tính ở bộ phận một cửa đã cũ, {n} máy cần thay.",
    "Đường truyền ở ấp xa chập chờn vào giờ cao điểm.",
    "Người lớn tuổi chưa quen dùng điện thoại thông minh.",
    "Phần mềm chuyên ngành chưa liên thông, phải nhập lại số liệu.",
    "Chưa có kinh phí duy trì điểm hỗ trợ sau giờ hành chính.",
];
const PROPOSALS: [&str; 4] = [
    "Đề nghị tỉnh bố trí kinh phí thay {n} máy tính của bộ phận một cửa.",
    "Đề nghị liên thông phần mềm chuyên ngành để không nhập lại số liệu.",
    "Đề nghị phủ sóng di động cho các ấp còn lõm sóng.",
    "Đề nghị tập huấn thêm cho Tổ công nghệ số cộng đồng.",
];
const NEXT: [&str; 4] = [
    "Mở thêm {n} lớp hướng dẫn dịch vụ công trực tuyến.",
    "Hoàn thành số hóa hồ sơ còn lại của năm.",
    "Rà soát các ấp còn lõm sóng, báo cáo tỉnh.",
    "Kiểm tra hoạt động của điểm hỗ trợ tại các ấp.",
];

/// Plays both rounds. Nothing is sent after now.
pub(super) async fn play(stage: &mut Stage) -> anyhow::Result<()> {
    let rhythm = PeriodKind::Month;
    let is_closed = |it: &Period| Schedule::usual(rhythm).cut_off_on(*it) <= stage.today;
    let Some(newest) = Period::latest(rhythm, stage.today, 3).into_iter().find(is_closed) else {
        return Ok(());
    };
    let before = newest.previous();
    let calendar = sauro_directory::actions::calendar(&stage.db).await?;
    let opening = morning(stage, Schedule::usual(rhythm).cut_off_on(before));
    let ctx = stage.ctx(Role::StandingAgency, CENTRE, opening)?;
    define_form(&ctx, &stage.db, &stage.directory, &form()).await?;
    closed(stage, &calendar, before).await?;
    running(stage, &calendar, newest).await
}

/// Eight in the morning of the working day after `day`, never later than now.
fn morning(stage: &mut Stage, day: NaiveDate) -> DateTime<Utc> {
    stage.moment(day, 1)
}

fn form() -> FormFields {
    let part = |title: &str, kind: &str, codes: &str| ItemFields {
        title: title.to_owned(),
        kind: kind.to_owned(),
        codes: codes.to_owned(),
        is_required: !kind.starts_with("viec"),
        ..ItemFields::default()
    };
    let rule = |it: DayRule| (it.after.to_string(), it.day.to_string());
    let schedule = Schedule::usual(PeriodKind::Month);
    FormFields {
        code: FORM.to_owned(),
        name: "Báo cáo tháng thực hiện Nghị quyết 57".to_owned(),
        rhythm: PeriodKind::Month.code().to_owned(),
        levels: ["ministry", "province", "commune"].map(str::to_owned).into(),
        cut_off: rule(schedule.cut_off),
        commune: rule(schedule.commune),
        above: rule(schedule.above),
        lock_after: "10".to_owned(),
        items: vec![
            part("Kết quả nổi bật", "van-ket-qua", ""),
            part("Khó khăn, vướng mắc", "van-kho-khan", ""),
            part("Đề xuất, kiến nghị", "van-de-xuat", ""),
            part("Số liệu trong tháng", "bang-so", "N57-11.1, S-LOMSONG, S-THONDIEN"),
            part("Nhiệm vụ đã báo xong", "viec-xong", ""),
            part("Nhiệm vụ quá hạn", "viec-qua-han", ""),
            part("Nhiệm vụ kỳ tới", "van-ky-toi", ""),
        ],
        ..FormFields::default()
    }
}

/// The month before: every province and ministry has sent, the centre has merged and published.
async fn closed(
    stage: &mut Stage,
    calendar: &WorkingCalendar,
    period: Period,
) -> anyhow::Result<()> {
    let (round, opened) = open(stage, calendar, period).await?;
    let senders = senders(stage, Level::Province, 100)
        .into_iter()
        .chain(senders(stage, Level::Centre, 100))
        .collect::<Vec<_>>();
    for code in &senders {
        write(stage, round, code, opened).await?;
    }
    let at = stage.moment(opened, 11);
    let now_us = stage.now.timestamp_micros();
    while sauro_indicators::jobs::follow_rollups(&stage.db, now_us).await? > 0 {}
    let ctx = stage.ctx(Role::StandingAgency, CENTRE, at)?;
    accept_reports(&ctx, &stage.db, &stage.directory, round, &senders).await?;
    let key = (round, "VN");
    let text = |key: &str, words: &str| (key.to_owned(), words.to_owned());
    let fields = SheetFields {
        texts: vec![
            text(
                "ket-qua-noi-bat",
                "Các bộ, ngành, địa phương đã mở điểm hỗ trợ dịch vụ công, tập huấn cán bộ và đẩy nhanh số hóa hồ sơ. Số thôn chưa có sóng tiếp tục giảm.",
            ),
            text(
                "kho-khan-vuong-mac",
                "Nhiều địa phương thiếu cán bộ chuyên trách; phần mềm chuyên ngành chưa liên thông nên còn nhập lại số liệu.",
            ),
            text(
                "de-xuat-kien-nghi",
                "Giao các bộ liên thông phần mềm chuyên ngành; địa phương bố trí kinh phí duy trì điểm hỗ trợ.",
            ),
            text(
                "nhiem-vu-ky-toi",
                "Kiểm tra các địa phương còn thôn lõm sóng; công bố kết quả số hóa hồ sơ theo tỉnh.",
            ),
        ],
        spent_s: 900,
        ..SheetFields::default()
    };
    let version = save_report(&ctx, &stage.db, &stage.directory, key, &fields).await?;
    send_report(&ctx, &stage.db, &stage.directory, key, version).await?;
    publish_report(&ctx, &stage.db, &stage.directory, key, version + 1).await?;
    Ok(())
}

/// The month that is coming in: most communes of one province, some provinces and ministries.
async fn running(
    stage: &mut Stage,
    calendar: &WorkingCalendar,
    period: Period,
) -> anyhow::Result<()> {
    let (round, opened) = open(stage, calendar, period).await?;
    let communes = senders(stage, Level::Commune, 70);
    for code in &communes {
        write(stage, round, code, opened).await?;
    }
    for code in senders(stage, Level::Province, 55) {
        if code != format!("UBND-{PROVINCE}") {
            write(stage, round, &code, opened).await?;
        }
    }
    for code in senders(stage, Level::Centre, 40) {
        write(stage, round, &code, opened).await?;
    }
    let at = stage.moment(opened, 6);
    let ctx = stage.ctx(Role::FocalOfficer, &format!("UBND-{PROVINCE}"), at)?;
    let first: Vec<String> = communes.into_iter().take(30).collect();
    if !first.is_empty() {
        accept_reports(&ctx, &stage.db, &stage.directory, round, &first).await?;
    }
    Ok(())
}

async fn open(
    stage: &mut Stage,
    calendar: &WorkingCalendar,
    period: Period,
) -> anyhow::Result<(RoundId, NaiveDate)> {
    let cut_off = Schedule::usual(PeriodKind::Month).cut_off_on(period);
    let at = morning(stage, cut_off);
    let ctx = stage.ctx(Role::StandingAgency, CENTRE, at)?;
    let round = open_round(&ctx, &stage.db, calendar, FORM, &period.code()).await?;
    Ok((round, cut_off))
}

/// Codes of the units of `level` that send, `percent` of a hundred; communes of the one province.
fn senders(stage: &mut Stage, level: Level, percent: u64) -> Vec<String> {
    let kind = |it: &Agency| match level {
        Level::Centre => it.kind == "ministry",
        Level::Province => it.kind == "province_pc",
        Level::Commune => it.kind == "commune_pc",
    };
    let within = |it: &Agency| {
        level != Level::Commune || it.path.as_str().split('/').nth(1) == Some(PROVINCE)
    };
    let directory = stage.directory.clone();
    let all = directory.all().iter().filter(|it| {
        it.level == level && !it.is_group && it.is_valid_on(stage.today) && kind(it) && within(it)
    });
    let codes: Vec<String> = all.map(|it| it.code.clone()).collect();
    // The commune of the sample account still has its report to write.
    codes.into_iter().filter(|it| stage.dice.is_lucky(percent) && it != "UBND-32191").collect()
}

/// The leader of `code` writes and sends, some days after `opened`.
async fn write(
    stage: &mut Stage,
    round: RoundId,
    code: &str,
    opened: NaiveDate,
) -> anyhow::Result<()> {
    let late = if stage.dice.is_lucky(15) { 9 } else { 0 };
    let day = opened.checked_add_days(Days::new(1)).unwrap_or(opened);
    let wait = stage.dice.between(0, 3) + late;
    let at = stage.moment(day, wait);
    let fields = fields(stage, code);
    let ctx = stage.ctx(Role::Leader, code, at)?;
    let key = (round, code);
    let version = save_report(&ctx, &stage.db, &stage.directory, key, &fields).await?;
    send_report(&ctx, &stage.db, &stage.directory, key, version).await?;
    Ok(())
}

fn fields(stage: &mut Stage, code: &str) -> SheetFields {
    let section = |stage: &mut Stage, key: &str, pool: &[&str], n: usize| {
        let lines: Vec<String> = (0..n).filter_map(|_| said(stage, pool)).collect();
        (key.to_owned(), lines.join("\n"))
    };
    let texts = vec![
        section(stage, "ket-qua-noi-bat", &RESULTS, 3),
        section(stage, "kho-khan-vuong-mac", &DIFFICULTIES, 2),
        section(stage, "de-xuat-kien-nghi", &PROPOSALS, 1),
        section(stage, "nhiem-vu-ky-toi", &NEXT, 2),
    ];
    let most = if code.len() > "UBND-96".len() { 2 } else { 14 };
    let cell = |value: String| CellFields {
        value,
        is_confirmed: true,
        remark: "Đã đối chiếu với sổ theo dõi của đơn vị.".to_owned(),
        ..CellFields::default()
    };
    let share = stage.dice.between(380, 920);
    let villages = stage.dice.between(0, most);
    // Those without power are some of those without signal.
    let dark = stage.dice.between(0, villages.min(most / 2));
    let cells = vec![
        ("N57-11.1".to_owned(), cell(format!("{},{}", share / 10, share % 10))),
        ("S-LOMSONG".to_owned(), cell(villages.to_string())),
        ("S-THONDIEN".to_owned(), cell(dark.to_string())),
    ];
    let spent_s = stage.dice.between(90, 420);
    SheetFields { version: 0, texts, cells, spent_s }
}

/// One sentence of `pool` with a number in it.
fn said(stage: &mut Stage, pool: &[&str]) -> Option<String> {
    let words = stage.dice.pick(pool).copied()?;
    let n = stage.dice.between(2, 48);
    Some(format!("- {}", words.replace("{n}", &n.to_string())))
}
