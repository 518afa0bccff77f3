//! Every rule of the reader fires on a text made for it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sauro_reading::{Clarity, DeadlineKind, DraftTask, Gazetteer, Reader, Rule, Strength};

const ISSUED: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 3, 10);

fn reader() -> Reader {
    Reader::new(Gazetteer::shipped())
}

fn read(text: &str) -> Vec<DraftTask> {
    reader().read(text, ISSUED).tasks
}

/// A text and a rule that must be among the reasons or the warnings.
const CASES: &[(Rule, &str)] = &[
    (Rule::Assigned, "1. Giao Bộ Tài chính xây dựng phương án phân bổ kinh phí."),
    (Rule::Required, "Thủ tướng yêu cầu Bộ Y tế rà soát danh mục thuốc thiết yếu."),
    (Rule::Requested, "Đề nghị Kiểm toán nhà nước cung cấp số liệu quyết toán."),
    (Rule::Stressed, "Thủ tướng nhấn mạnh phải công khai danh sách dự án chậm."),
    (Rule::SubjectActs, "Thủ tướng yêu cầu:\n1. Bộ Xây dựng công bố chỉ số giá."),
    (Rule::BlockHeader, "1. Bộ Nội vụ:\na) Xây dựng bộ tiêu chí.\nb) Tổ chức tập huấn."),
    (Rule::ListUnderOrder, "Thủ tướng Chính phủ yêu cầu:\n1. Rà soát toàn bộ thủ tục."),
    (Rule::TaskSection, "III. NHIỆM VỤ, GIẢI PHÁP\n1. Xây dựng cổng dữ liệu mở."),
    (Rule::UnderTitle, "THÔNG BÁO\nVề công tác dữ liệu\n1. Bộ Y tế cho ý kiến về bộ mã."),
    (Rule::AccordingTo, "Theo Thủ tướng, các địa phương phải công khai dự án chậm."),
    (Rule::SaidAfter, "“Bộ Y tế phải công khai giá thuốc”, Thủ tướng nhấn mạnh."),
    (Rule::PassiveOrder, "Việc này được giao cho Bộ Nội vụ, xong trước ngày 30/9/2026."),
    (Rule::PassiveOrder, "Bộ Y tế được giao xây dựng đề án."),
    (Rule::LeadInside, "II. NHIỆM VỤ\n1. Xây dựng kho dữ liệu dùng chung, do Bộ Công an chủ trì."),
    (
        Rule::FieldLine,
        "II. NHIỆM VỤ\n1. Xây dựng cổng dữ liệu.\n- Cơ quan chủ trì: Bộ Công an.\n- Thời hạn: quý III/2026.",
    ),
    (
        Rule::TableRow,
        "TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n1 | Xây dựng sổ tay | Bộ Tư pháp | 30/6/2026",
    ),
    (Rule::NoActor, "II. NHIỆM VỤ\n1. Hoàn thành bản đồ quy hoạch."),
    (Rule::TitleOfHead, "Giao Bộ trưởng Bộ Công Thương báo cáo cung cầu xăng dầu."),
    (Rule::ElidedList, "Giao các Bộ: Quốc phòng, Công an chuẩn bị lực lượng."),
    (Rule::CollectiveActor, "Yêu cầu các bộ, ngành, địa phương cập nhật dữ liệu."),
    (Rule::VagueActor, "Yêu cầu các cơ quan liên quan khẩn trương phối hợp."),
    (
        Rule::BackReference,
        "Mưa lớn tại các tỉnh: Nghệ An, Hà Tĩnh.\nYêu cầu Chủ tịch UBND các tỉnh nêu trên sơ tán người dân.",
    ),
    (Rule::ProvincialDepartment, "UBND tỉnh Quảng Trị giao Sở Tài chính bố trí vốn."),
    (Rule::ProvinceFromContext, "Tỉnh Quảng Trị họp với Sở Xây dựng. Giao UBND tỉnh bố trí vốn."),
    (Rule::OldName, "Giao Bộ Giao thông vận tải rà soát các tuyến đường."),
    (Rule::Cooperation, "Giao Bộ Y tế chủ trì, phối hợp với Bộ Tài chính xây dựng đề án."),
    (Rule::NumberedItem, "1. Giao Bộ Y tế xây dựng đề án."),
    (Rule::InlineNumbers, "Bộ Y tế: (1) xây dựng đề án; (2) báo cáo Chính phủ."),
    (Rule::SplitByLead, "Giao Bộ Y tế xây dựng đề án; Bộ Tài chính bố trí kinh phí."),
    (
        Rule::SplitByDeadline,
        "Giao Bộ Y tế xây dựng đề án trước ngày 30/4/2026; triển khai tại các trạm y tế trong năm 2027.",
    ),
    (
        Rule::ClosingDeadline,
        "Giao Bộ Y tế xây dựng đề án; lấy ý kiến các địa phương; hoàn thành trước ngày 30/4/2026.",
    ),
    (Rule::DeadlineDay, "Giao Bộ Y tế xây dựng đề án trước ngày 30/4/2026."),
    (Rule::DeadlinePeriod, "Giao Bộ Y tế xây dựng đề án trong quý II/2026."),
    (Rule::DeadlineRecurring, "Giao Bộ Y tế báo cáo Thủ tướng hằng tháng."),
    (Rule::DeadlineOngoing, "Giao Bộ Y tế cập nhật dữ liệu; nhiệm vụ thường xuyên."),
    (
        Rule::DeadlineRelative,
        "Giao Bộ Y tế trả lời trong thời hạn 10 ngày kể từ ngày nhận được kiến nghị.",
    ),
    (Rule::DeadlineEvent, "Giao Bộ Y tế trình Quốc hội tại Kỳ họp thứ 3."),
    (Rule::YearFromIssue, "Giao Bộ Y tế báo cáo trước ngày 15/01."),
    (
        Rule::SecondDeadline,
        "Giao Bộ Y tế xây dựng đề án, hoàn thành trong tháng 6 năm 2026, triển khai trong năm 2027.",
    ),
    (Rule::ImpossibleDate, "Giao Bộ Y tế báo cáo trước ngày 31/02/2027."),
    (
        Rule::UnknownAgency,
        "Phó Thủ tướng kết luận như sau:\n1. Kho bạc Nhà nước kết nối dữ liệu thu ngân sách.",
    ),
    (Rule::SubmittedTo, "Giao Bộ Y tế xây dựng đề án, trình Thủ tướng Chính phủ."),
    (Rule::ReportedTo, "Giao Bộ Y tế tổng hợp số liệu, gửi Bộ Tài chính."),
    (Rule::UnnamedAuthority, "Giao Bộ Y tế hoàn thiện đề án, trình cấp có thẩm quyền."),
    (Rule::Obliged, "Yêu cầu Bộ Y tế phải công khai giá thuốc."),
    (Rule::EffortOnly, "1. Bộ Y tế:\na) Phấn đấu giảm thời gian chờ khám."),
    (Rule::SoftVerbs, "Yêu cầu Bộ Y tế tăng cường công tác chỉ đạo."),
    (Rule::ProductNoun, "Giao Bộ Y tế ban hành Thông tư về giá thuốc."),
    (Rule::ProductTarget, "Giao Bộ Y tế bảo đảm 100% trạm y tế có bác sĩ."),
];

#[test]
fn every_rule_fires_on_its_text() {
    let reader = reader();
    let silent: Vec<String> = CASES
        .iter()
        .filter(|(rule, text)| {
            !reader.read(text, ISSUED).tasks.iter().any(|t| t.reasons.contains(rule))
        })
        .map(|(rule, text)| {
            format!(
                "{rule:?} on {text}: {:?}",
                reader.read(text, ISSUED).tasks.iter().map(|t| &t.reasons).collect::<Vec<_>>()
            )
        })
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn every_rule_is_tested_and_explained_in_one_sentence() {
    let elsewhere = [
        Rule::NoIssueDate,
        Rule::SecretMark,
        Rule::UnknownColumn,
        Rule::UnreadDeadline,
        Rule::EmptyRow,
    ];
    let tested: BTreeSet<Rule> = CASES.iter().map(|(r, _)| *r).chain(elsewhere).collect();
    let sentences: BTreeSet<&str> = Rule::ALL.iter().map(|r| r.explain()).collect();
    assert_eq!(sentences.len(), Rule::ALL.len());
    for rule in Rule::ALL {
        assert!(tested.contains(rule), "{rule:?} has no test");
        assert!(rule.explain().ends_with('.'), "{rule:?}");
        assert_eq!(serde_json::to_value(rule).unwrap(), rule.name());
    }
}

#[test]
fn an_impossible_date_leaves_the_deadline_open_keeps_its_words_and_warns() {
    let reading = reader().read("Giao Bộ Y tế báo cáo Thủ tướng trước ngày 31/02/2027.", ISSUED);
    let task = &reading.tasks[0];
    assert_eq!(task.deadline.kind, DeadlineKind::None);
    assert!(task.deadline.text.contains("31/02/2027"));
    assert!(task.missing.contains(&Clarity::Time));
    assert_eq!(reading.warnings[0].rule, Rule::ImpossibleDate);
}

#[test]
fn a_deadline_without_year_in_a_text_without_date_says_so() {
    let reading = reader().read("Giao Bộ Y tế báo cáo Thủ tướng trước ngày 30/4.", None);
    assert!(reading.warnings.iter().any(|w| w.rule == Rule::NoIssueDate), "{reading:?}");
}

#[test]
fn a_text_without_orders_gives_no_task() {
    for text in [
        "",
        "   \n\n",
        "Văn phòng xin thông báo lịch nghỉ. Năm 2025 Bộ Y tế đã hoàn thành kế hoạch.",
        "I. KẾT QUẢ ĐẠT ĐƯỢC\n1. Bộ Y tế ban hành 12 thông tư.\n2. Các địa phương hoàn thành kế hoạch năm.",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn strength_follows_the_verb_of_ordering() {
    assert_eq!(read("Giao Bộ Y tế xây dựng đề án.")[0].strength, Strength::Binding);
    assert_eq!(read("Đề nghị Bộ Y tế xây dựng đề án.")[0].strength, Strength::Request);
    assert_eq!(read("Yêu cầu Bộ Y tế phấn đấu phủ kín trạm y tế.")[0].strength, Strength::Effort);
    assert_eq!(read("Yêu cầu Bộ Y tế đẩy mạnh công tác chỉ đạo.")[0].strength, Strength::Soft);
}

#[test]
fn a_task_with_all_six_clarities_misses_none() {
    let task = &read(
        "Giao Bộ trưởng Bộ Y tế chủ trì xây dựng Đề án thuốc thiết yếu, trình Thủ tướng Chính phủ trước ngày 30/6/2026.",
    )[0];
    assert_eq!(task.missing, []);
    assert_eq!(task.authority.as_ref().map(|a| a.code.as_str()), Some("TTg"));
    assert_eq!(task.deliverables, ["Đề án thuốc thiết yếu"]);
    assert_eq!(task.action, "Chủ trì xây dựng Đề án thuốc thiết yếu, trình Thủ tướng Chính phủ");
}

#[test]
fn two_schools_of_spelling_name_one_province() {
    for name in ["Khánh Hòa", "Khánh Hoà", "KHÁNH HÒA"] {
        let task = &read(&format!("Giao UBND tỉnh {name} bố trí vốn."))[0];
        assert_eq!(task.lead[0].code, "UBND-56", "{name}");
    }
}

#[test]
fn the_json_has_the_agreed_shape() {
    let reading = reader().read("Giao Bộ Y tế báo cáo Thủ tướng trước ngày 30/6/2026.", ISSUED);
    let json = serde_json::to_value(&reading.tasks[0]).unwrap();
    assert_eq!(json["lead"][0]["code"], "BYT");
    assert_eq!(json["deadline"]["kind"], "date");
    assert_eq!(json["deadline"]["date"], "2026-06-30");
    assert_eq!(json["strength"], "binding");
    assert_eq!(json["span"]["start"], 0);
    assert!(json["missing"].as_array().unwrap().iter().any(|m| m == "product"), "{json}");
}

#[test]
fn the_last_month_of_each_quarter_is_a_recurrence() {
    let task =
        &read("Giao Bộ Tài chính định kỳ trước ngày 20 của tháng cuối quý báo cáo Thủ tướng.")[0];
    assert_eq!(task.deadline.kind, DeadlineKind::Recurring);
    assert_eq!(task.deadline.rule.as_deref(), Some("FREQ=MONTHLY;INTERVAL=3"));
}

#[test]
fn a_title_is_no_task_and_a_ban_is_one() {
    let tasks = read(
        "KẾ HOẠCH\nHoàn thiện hạ tầng số và nguồn điện\n1. Bộ Công Thương không cắt điện dịp lễ.",
    );
    assert_eq!(tasks.len(), 1, "{tasks:?}");
    assert_eq!(tasks[0].lead[0].code, "BCT");
    assert_eq!(tasks[0].action, "Không cắt điện dịp lễ");
}
