use chrono::{DateTime, NaiveDate};
use sauro_ui::words::{bytes, date, datetime, long_date, number, percent_bp, time, working_days};

#[test]
fn dates_are_written_day_month_year() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    assert_eq!(date(day), "20/11/2026");
    assert_eq!(long_date(day), "Thứ Sáu, 20/11/2026");
}

#[test]
fn instants_are_written_on_viet_nams_clock() {
    let late = DateTime::parse_from_rfc3339("2026-11-20T18:30:00Z").unwrap().to_utc();
    assert_eq!(datetime(late), "01:30 21/11/2026");
    assert_eq!(datetime(late.timestamp_micros()), "01:30 21/11/2026");
    assert_eq!(time(late), "01:30");
    assert_eq!(date(late), "21/11/2026");
}

#[test]
fn numbers_have_dots_between_thousands_and_a_comma_before_decimals() {
    assert_eq!(number(0), "0");
    assert_eq!(number(999), "999");
    assert_eq!(number(1_134), "1.134");
    assert_eq!(number(-1_234_567), "-1.234.567");
    assert_eq!(number(1_234.5), "1.234,5");
    assert_eq!(number(2.0), "2");
}

#[test]
fn shares_keep_one_decimal() {
    assert_eq!(percent_bp(3_770), "37,7%");
    assert_eq!(percent_bp(10_000), "100,0%");
    assert_eq!(percent_bp(-25), "-0,3%");
    assert_eq!(percent_bp(0), "0,0%");
}

#[test]
fn sizes_are_rounded_to_what_a_person_can_use() {
    assert_eq!(bytes(12), "12 B");
    assert_eq!(bytes(212_400), "212 kB");
    assert_eq!(bytes(999_999), "1,0 MB");
    assert_eq!(bytes(1_160_000_u64), "1,2 MB");
}

#[test]
fn time_left_is_said_in_words() {
    assert_eq!(working_days(3), "Còn 3 ngày làm việc");
    assert_eq!(working_days(0), "Còn hôm nay");
    assert_eq!(working_days(-2), "Quá hạn 2 ngày làm việc");
}
