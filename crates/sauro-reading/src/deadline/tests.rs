use chrono::NaiveDate;

use super::*;
use crate::{
    Rule,
    model::DeadlineKind::{self, *},
    text::Doc,
};

fn first(text: &str) -> Option<Hit> {
    let doc = Doc::new(text);
    find(&doc, 0, doc.len(), NaiveDate::from_ymd_opt(2025, 11, 16), Reading::Prose)
        .into_iter()
        .next()
}

#[track_caller]
fn check(text: &str, kind: DeadlineKind, answer: &str) {
    let hit = first(text);
    let got = hit.as_ref().map(|h| {
        let answer = h
            .deadline
            .date
            .map(|d| d.to_string())
            .or_else(|| h.deadline.rule.clone())
            .unwrap_or_default();
        (h.deadline.kind, answer)
    });
    assert_eq!(got, Some((kind, answer.to_owned())), "{text}: {hit:?}");
}

#[track_caller]
fn silent(text: &str) {
    let hit = first(text);
    assert!(
        hit.as_ref()
            .is_none_or(|h| !matches!(h.deadline.kind, Date | Period | Recurring | Ongoing)),
        "{text}: {hit:?}"
    );
}

#[test]
fn days_are_read_in_every_spelling() {
    for text in [
        "xong trước ngày 25/12/2025",
        "trước ngày 25 tháng 12 năm 2025",
        "chậm nhất là ngày 25-12-2025",
        "trước 17 giờ ngày 25/12",
        "đến hết ngày 25.12.2025",
        "trước 17h00 ngày 25/12/2025",
        "chậm nhất vào ngày 25 tháng Mười hai năm 2025",
    ] {
        check(text, Date, "2025-12-25");
    }
}

#[test]
fn a_missing_year_comes_from_the_issue_date_and_rolls_forward() {
    check("hoàn thành trước ngày 30/11", Date, "2025-11-30");
    check("hoàn thành trước ngày 15/01", Date, "2026-01-15");
    check("hoàn thành trong tháng 11", Period, "2025-11-30");
    check("ngay trong tháng 3", Period, "2026-03-31");
    assert!(first("trong tháng 3").is_some_and(|h| h.rules.contains(&Rule::YearFromIssue)));
}

#[test]
fn periods_resolve_to_their_last_day() {
    check("trong tháng 9/2025", Period, "2025-09-30");
    check("hoàn thành tháng Tám năm 2026", Period, "2026-08-31");
    check("chậm nhất trong Quý I/2026", Period, "2026-03-31");
    check("trong quý II năm 2026", Period, "2026-06-30");
    check("trong năm 2026", Period, "2026-12-31");
    check("vào cuối năm 2026", Period, "2026-12-31");
    check("trong 6 tháng đầu năm 2026", Period, "2026-06-30");
    check("ngay trong tuần này", Period, "2025-11-16");
    check("báo cáo trong tháng 12-2025", Period, "2025-12-31");
    check("Phấn đấu đến năm 2027, hoàn thành 100%", Period, "2027-12-31");
}

#[test]
fn recurrences_become_rules() {
    check("báo cáo trước ngày 25 hằng tháng", Recurring, "FREQ=MONTHLY;BYMONTHDAY=25");
    check("gửi trước 13 giờ hằng ngày", Recurring, "FREQ=DAILY;BYHOUR=13;BYMINUTE=0");
    check("báo cáo trước ngày 25/12 hàng năm", Recurring, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25");
    check("định kỳ 6 tháng báo cáo", Recurring, "FREQ=MONTHLY;INTERVAL=6");
    check("định kỳ hằng quý", Recurring, "FREQ=MONTHLY;INTERVAL=3");
    check("báo cáo vào thứ Sáu hằng tuần", Recurring, "FREQ=WEEKLY;BYDAY=FR");
}

#[test]
fn work_without_end_relative_times_and_events_have_no_date() {
    check("rà soát dữ liệu; nhiệm vụ thường xuyên", Ongoing, "");
    check("trong thời hạn 10 ngày kể từ ngày ký", Relative, "");
    check("20 ngày sau khi có quyết định", Relative, "");
    check("Sau khi được phê duyệt, Bộ A triển khai", Relative, "");
    check("trình tại Kỳ họp thứ 3 của Hội đồng", Event, "");
}

#[test]
fn times_that_bind_nobody_are_left_alone() {
    for text in [
        "theo Công điện số 999/CĐ-TTg ngày 04/9/2025",
        "theo Nghị quyết số 99-NQ/TW, ngày 22/12/2024",
        "Chiến lược phát triển đến năm 2030, tầm nhìn đến năm 2050",
        "giai đoạn 2026 - 2030",
        "áp dụng từ ngày 01/7/2026",
        "tính đến ngày 19/11/2025 đã có 15 đơn vị",
        "từ ngày 08 đến ngày 09 tháng 11 năm 2025",
        "theo dõi thường xuyên tình hình",
        "tiết kiệm chi hằng năm",
        "kế hoạch vốn năm 2025",
        "dự án có kế hoạch hoàn thành năm 2025",
        "trước hết và trước mắt",
    ] {
        silent(text);
    }
}

#[test]
fn an_impossible_day_keeps_its_words_and_says_so() {
    let hit = first("hoàn thành trước ngày 31/02/2026");
    assert!(
        hit.as_ref().is_some_and(|h| h.deadline.kind == None
            && h.deadline.text.contains("31/02/2026")
            && h.rules == [Rule::ImpossibleDate]),
        "{hit:?}"
    );
}
