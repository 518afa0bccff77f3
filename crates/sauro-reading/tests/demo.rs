//! The directives of the demonstration are read whole: as many tasks as items, each with its lead and kind of deadline.

#![expect(clippy::unwrap_used, reason = "a broken directive must stop the test")]

use std::{fs, path::PathBuf};

use chrono::{Datelike, Days, Months, NaiveDate};
use sauro_reading::{DeadlineKind, DraftTask, Gazetteer, Reader};

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();

fn shifted(days: i64) -> NaiveDate {
    let step = Days::new(days.unsigned_abs());
    if days < 0 { TODAY - step } else { TODAY + step }
}

fn month(shift: i64) -> NaiveDate {
    let step = Months::new(u32::try_from(shift.unsigned_abs()).unwrap());
    let first = TODAY.with_day(1).unwrap();
    if shift < 0 { first - step } else { first + step }
}

/// The words for `{d-20}`, `{long-90}`, `{m+1}`, `{q+0}` and `{y+0}`.
fn words(mark: &str) -> String {
    let (unit, shift) = mark.split_at(mark.find(['+', '-']).unwrap());
    let shift: i64 = shift.parse().unwrap();
    let quarter =
        |d: NaiveDate| ["I", "II", "III", "IV"].into_iter().nth(d.month0() as usize / 3).unwrap();
    match unit {
        "d" => shifted(shift).format("%d/%m/%Y").to_string(),
        "long" => shifted(shift).format("ngày %d tháng %m năm %Y").to_string(),
        "m" => month(shift).format("tháng %-m năm %Y").to_string(),
        "q" => {
            format!("Quý {}/{}", quarter(month(shift * 3)), month(shift * 3).year())
        }
        _ => (i64::from(TODAY.year()) + shift).to_string(),
    }
}

fn tasks(name: &str) -> Vec<DraftTask> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/demo");
    let raw = fs::read_to_string(folder.join(name)).unwrap();
    let (first, body) = raw.split_once('\n').unwrap();
    let issued = first.split_once("issued=").unwrap().1.trim().parse().unwrap();
    let mut text = String::new();
    for (k, part) in body.split(['{', '}']).enumerate() {
        text.push_str(&if k % 2 == 1 { words(part) } else { part.to_owned() });
    }
    Reader::new(Gazetteer::shipped()).read(&text, Some(shifted(issued))).tasks
}

fn lines(name: &str) -> Vec<String> {
    let kind = |t: &DraftTask| match t.deadline.kind {
        DeadlineKind::Date => "date",
        DeadlineKind::Period => "period",
        DeadlineKind::Recurring => "recurring",
        DeadlineKind::None => "none",
        _ => "open",
    };
    tasks(name)
        .iter()
        .map(|t| {
            let lead: Vec<&str> = t.lead.iter().map(|l| l.code.as_str()).collect();
            format!("{} {}", lead.join("|"), kind(t))
        })
        .collect()
}

const EXPECTED: [(&str, &[&str]); 7] = [
    (
        "01-ket-luan-du-lieu.txt",
        &[
            "BCA date",
            "BKHCN date",
            "BKHCN period",
            "BTC period",
            "BNNMT date",
            "BTP date",
            "BYT date",
            "BGDĐT period",
            "*UBNDT date",
            "NHNN date",
            "VPCP recurring",
            "*BLQ none",
            "VPTW none",
        ],
    ),
    (
        "02-ke-hoach-ha-tang.txt",
        &[
            "BCT period",
            "VIETTEL date",
            "VNPT date",
            "BXD date",
            "BNV period",
            "BQP date",
            "BVHTTDL date",
            "BDTTG date",
            "*TU date",
            "TTCP date",
            "TTBCĐ57 recurring",
        ],
    ),
    (
        "03-ket-luan-dich-vu-cong.txt",
        &[
            "BXD none",
            "BTC date",
            "BNG date",
            "BTP period",
            "TANDTC date",
            "BHXH date",
            "UBND-01 date",
            "UBND-96 date",
            "UBND-79 date",
        ],
    ),
    (
        "04-ke-hoach-ca-mau.txt",
        &[
            "SO-KHCN@96 date",
            "SO-TC@96 date",
            "SO-NV@96 period",
            "SO-NNMT@96 date",
            "SO-YT@96 date",
            "UBND-32191 date",
        ],
    ),
    (
        "05-cong-dien-ung-cuu.txt",
        &[
            "BKHCN date",
            "BNNMT date",
            "UBND-42|UBND-44|UBND-51|UBND-52|UBND-66 date",
            "EVN date",
            "VTV date",
            "VPCP none",
        ],
    ),
    (
        "06-ket-luan-dau-nam.txt",
        &[
            "*BCQNB date",
            "*BCQNB date",
            "*BCQNB date",
            "*UBNDT date",
            "*UBNDT date",
            "*UBNDT date",
            "*UBNDT date",
            "*TU date",
            "UBKTTW date",
        ],
    ),
    (
        "07-thong-bao-giua-nam.txt",
        &[
            "*BCQNB date",
            "*BCQNB date",
            "*UBNDT date",
            "*UBNDT date",
            "*TU date",
            "BKHCN date",
            "BCA date",
        ],
    ),
];
#[test]
fn every_directive_of_the_demonstration_gives_its_tasks_with_lead_and_kind_of_deadline() {
    for (name, tasks) in EXPECTED {
        assert_eq!(lines(name), tasks, "{name}");
    }
}

#[test]
fn the_action_says_the_work_without_partners_dates_or_loose_ends() {
    let all =
        ["01-ket-luan-du-lieu.txt", "02-ke-hoach-ha-tang.txt", "03-ket-luan-dich-vu-cong.txt"];
    for task in all.iter().flat_map(|name| tasks(name)) {
        let action = &task.action;
        assert!(!action.starts_with("Chủ trì, phối hợp") && !action.starts_with(','), "{action}");
        for end in ["xong", "thực hiện", "hoàn thành", "cập nhật", ",", ";"] {
            assert!(!action.ends_with(end), "{action}");
        }
        for product in &task.deliverables {
            assert!(!product.starts_with(',') && product != "kết quả", "{product}");
        }
        let reports = action.contains("báo cáo Ban Chỉ đạo") || action.contains("trình Thủ tướng");
        assert!(!reports || task.authority.is_some(), "{action}");
    }
}
