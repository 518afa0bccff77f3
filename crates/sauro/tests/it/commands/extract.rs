use sauro_papers::PlainText;
use serde_json::Value;

use super::{Place, sauro, sauro_reading};

const TEXT: &str = "ỦY BAN NHÂN DÂN
TỈNH CÀ MAU
Số: 41/CĐ-UBND

Cà Mau, ngày 03 tháng 11 năm 2026

CÔNG ĐIỆN
Về việc mở điểm hỗ trợ dịch vụ số

1. Sở Tài chính chủ trì, phối hợp với Sở Khoa học và Công nghệ xây dựng báo cáo phân bổ kinh phí mua thiết bị, trình Ủy ban nhân dân tỉnh trước ngày 15 tháng 12 năm 2026.

2. Giao Sở Nội vụ chủ trì xây dựng kế hoạch bồi dưỡng cán bộ cấp xã, hoàn thành trong tháng 12 năm 2026.
";

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&sauro(arguments).ok().out).unwrap()
}

fn codes(agencies: &Value) -> Vec<&str> {
    agencies.as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect()
}

#[test]
fn a_text_becomes_head_and_tasks_in_the_promised_shape() {
    let place = Place::new();
    let file = place.put("cong-dien.txt", TEXT);
    let read = json(&["extract", &file, "--format", "json"]);
    assert_eq!(read["head"]["number"], "41/CĐ-UBND");
    assert_eq!(read["head"]["issued_on"], "2026-11-03");
    assert_eq!(read["head"]["issuer"]["code"], "UBND-96");
    let tasks = read["tasks"].as_array().unwrap();
    assert_eq!(tasks.len(), 2, "{tasks:#?}");
    for task in tasks {
        for list in ["lead", "coordinating", "deliverables", "missing"] {
            assert!(task[list].is_array(), "{list} of {task:#}");
        }
        for agency in task["lead"].as_array().unwrap() {
            assert!(agency["code"].is_string() && agency["name"].is_string(), "{agency}");
        }
        assert!(task["action"].is_string() && task["strength"].is_string());
        assert!(task.get("authority").is_some());
        let deadline = task["deadline"].as_object().unwrap();
        for key in ["kind", "text", "date", "rule"] {
            assert!(deadline.contains_key(key), "{key} of {task:#}");
        }
    }
    let first = &tasks[0];
    assert_eq!(codes(&first["lead"]), ["SO-TC@96"]);
    assert_eq!(codes(&first["coordinating"]), ["SO-KHCN@96"]);
    assert_eq!(first["authority"]["code"], "UBND-96");
    assert_eq!(first["deadline"]["kind"], "date");
    assert_eq!(first["deadline"]["text"], "trước ngày 15 tháng 12 năm 2026");
    assert_eq!(first["deadline"]["date"], "2026-12-15");
    assert_eq!(first["deadline"]["rule"], Value::Null);
    assert_eq!(first["strength"], "binding");
    let second = &tasks[1];
    assert_eq!(codes(&second["lead"]), ["SO-NV@96"]);
    assert_eq!(second["deadline"]["kind"], "period");
    assert_eq!(second["deadline"]["date"], "2026-12-31");
    assert!(!second["missing"].as_array().unwrap().is_empty(), "nobody is named to accept it");
}

#[test]
fn spans_count_code_points_of_the_text() {
    let place = Place::new();
    let file = place.put("cong-dien.txt", TEXT);
    let read = json(&["extract", &file, "--format", "json"]);
    let PlainText { text, .. } = sauro_papers::read_text(TEXT.as_bytes(), "a.txt").unwrap();
    assert_eq!(text, TEXT.trim_end(), "a clean text is read as it is");
    let cut = |n: usize| {
        let span = &read["tasks"][n]["span"];
        let end = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
        text.chars().skip(end("start")).take(end("end") - end("start")).collect::<String>()
    };
    assert!(cut(0).trim_start_matches("1. ").starts_with("Sở Tài chính chủ trì"), "{}", cut(0));
    assert!(cut(0).trim_end().ends_with("năm 2026."), "{}", cut(0));
    assert!(!cut(0).contains("Sở Nội vụ"));
    assert!(cut(1).trim_start_matches("2. ").starts_with("Giao Sở Nội vụ"), "{}", cut(1));
}

#[test]
fn a_pipe_reads_as_a_file_does_and_the_day_of_issue_can_be_given() {
    let place = Place::new();
    let file = place.put("cong-dien.txt", TEXT);
    let from_file = sauro(&["extract", &file, "--format", "json"]).ok().out;
    let from_pipe = sauro_reading(&["extract", "-", "--format", "json"], TEXT.as_bytes()).ok().out;
    assert_eq!(from_file, from_pipe);
    let table = sauro(&["extract", &file]).ok();
    table.says("Tìm được 2 nhiệm vụ").says("Chủ trì: Sở Tài chính tỉnh Cà Mau").says("15/12/2026");
    let undated = "1. Giao Bộ Tài chính xây dựng đề án huy động vốn, hoàn thành trong tháng này.\n";
    let read = sauro_reading(
        &["extract", "-", "--format", "json", "--issued", "2026-04-09"],
        undated.as_bytes(),
    );
    let read: Value = serde_json::from_str(&read.ok().out).unwrap();
    assert_eq!(read["tasks"][0]["deadline"]["date"], "2026-04-30", "{read:#}");
}

#[test]
fn a_secret_document_is_refused() {
    let place = Place::new();
    let file = place.put("mat.txt", TEXT.replace("Số: 41", "MẬT\n\nSố: 41"));
    sauro(&["extract", &file, "--format", "json"])
        .refused()
        .says("Tài liệu bí mật nhà nước không được đưa lên hệ thống này")
        .lacks("\"tasks\"");
}

#[test]
fn a_program_named_as_a_paper_is_refused() {
    let place = Place::new();
    let mut program = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec();
    program.resize(4096, 0);
    let file = place.put("bao-cao.pdf", program);
    sauro(&["extract", &file]).refused();
    sauro(&["extract", &place.at("khong-co.txt").display().to_string()])
        .refused()
        .says("Kiểm tra đường dẫn");
}

#[test]
fn a_text_without_orders_has_no_tasks() {
    let read =
        sauro_reading(&["extract", "-", "--format", "json"], "Trời hôm nay đẹp.\n".as_bytes());
    let read: Value = serde_json::from_str(&read.ok().out).unwrap();
    assert_eq!(read["tasks"].as_array().unwrap().len(), 0);
}
