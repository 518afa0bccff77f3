//! How dates, times and numbers are written in Vietnamese. The filters of the same names call these.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc, Weekday};
use sauro_kernel::VIETNAM;

/// Something that can be written as a civil date.
pub trait Day {
    /// The date in Viet Nam.
    fn day(&self) -> NaiveDate;
}

/// Something that can be written as a time of day.
pub trait Moment {
    /// The wall clock in Viet Nam.
    fn moment(&self) -> NaiveDateTime;
}

/// Something that can be written as a number.
pub trait Number {
    /// The value, as far as a chart or a share needs it.
    fn value(&self) -> f64;
    /// `1.234` or `1.234,5`.
    fn written(&self) -> String;
}

impl<T: Day + ?Sized> Day for &T {
    fn day(&self) -> NaiveDate {
        (**self).day()
    }
}

impl Day for NaiveDate {
    fn day(&self) -> NaiveDate {
        *self
    }
}

impl Day for DateTime<Utc> {
    fn day(&self) -> NaiveDate {
        self.moment().date()
    }
}

impl Day for NaiveDateTime {
    fn day(&self) -> NaiveDate {
        self.date()
    }
}

impl<T: Moment + ?Sized> Moment for &T {
    fn moment(&self) -> NaiveDateTime {
        (**self).moment()
    }
}

impl Moment for DateTime<Utc> {
    fn moment(&self) -> NaiveDateTime {
        self.with_timezone(&VIETNAM).naive_local()
    }
}

/// Already on Viet Nam's clock.
impl Moment for NaiveDateTime {
    fn moment(&self) -> NaiveDateTime {
        *self
    }
}

/// Microseconds since 1970, UTC, as stored.
impl Moment for i64 {
    fn moment(&self) -> NaiveDateTime {
        DateTime::from_timestamp_micros(*self).unwrap_or_default().moment()
    }
}

impl<T: Number + ?Sized> Number for &T {
    fn value(&self) -> f64 {
        (**self).value()
    }

    fn written(&self) -> String {
        (**self).written()
    }
}

macro_rules! whole {
    ($($kind:ty),*) => {$(
        impl Number for $kind {
            fn value(&self) -> f64 {
                *self as f64
            }

            fn written(&self) -> String {
                grouped(&self.to_string())
            }
        }
    )*};
}
whole!(i16, i32, i64, u8, u16, u32, u64, usize);

impl Number for f64 {
    fn value(&self) -> f64 {
        *self
    }

    fn written(&self) -> String {
        let text = format!("{self:.2}");
        let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
        let rest = rest.trim_end_matches('0');
        let comma = if rest.is_empty() { "" } else { "," };
        format!("{}{comma}{rest}", grouped(whole))
    }
}

/// Dots between thousands.
fn grouped(digits: &str) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    let mut out = String::from(sign);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// `20/11/2026`.
pub fn date(day: impl Day) -> String {
    day.day().format("%d/%m/%Y").to_string()
}

/// `Thứ Sáu, 20/11/2026`.
pub fn long_date(day: impl Day) -> String {
    let name = match day.day().weekday() {
        Weekday::Mon => "Thứ Hai",
        Weekday::Tue => "Thứ Ba",
        Weekday::Wed => "Thứ Tư",
        Weekday::Thu => "Thứ Năm",
        Weekday::Fri => "Thứ Sáu",
        Weekday::Sat => "Thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    };
    format!("{name}, {}", date(day))
}

/// `17:00 20/11/2026`, in Viet Nam's time.
pub fn datetime(at: impl Moment) -> String {
    at.moment().format("%H:%M %d/%m/%Y").to_string()
}

/// `17:00`, in Viet Nam's time.
pub fn time(at: impl Moment) -> String {
    at.moment().format("%H:%M").to_string()
}

/// `1.234` or `1.234,5`.
pub fn number(value: impl Number) -> String {
    value.written()
}

/// Letters of the longest of four numbers as [`number`] writes them, by which their size is chosen.
pub fn longest(a: impl Number, b: impl Number, c: impl Number, d: impl Number) -> usize {
    let all = [a.written(), b.written(), c.written(), d.written()];
    all.iter().map(|it| it.chars().count()).max().unwrap_or(1)
}

/// `37,7%` from 3770 basis points.
pub fn percent_bp(share: impl Number) -> String {
    let tenths = (share.value() / 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{},{}%", grouped(&(tenths.abs() / 10).to_string()), tenths.abs() % 10)
}

/// `1,2 MB`; whole numbers below one megabyte.
pub fn bytes(size: impl Number) -> String {
    let size = size.value().max(0.0);
    if size < 1_000.0 {
        return format!("{size:.0} B");
    }
    if size < 999_500.0 {
        return format!("{:.0} kB", size / 1_000.0);
    }
    let (value, unit) = if size < 999.5e6 { (size / 1e6, "MB") } else { (size / 1e9, "GB") };
    format!("{} {unit}", format!("{value:.1}").replace('.', ","))
}

/// `Còn 3 ngày làm việc`, `Còn hôm nay`, `Quá hạn 2 ngày làm việc`; the count is negative when late.
pub fn working_days(left: impl Number) -> String {
    let left = left.value() as i64;
    match left {
        0 => "Còn hôm nay".to_owned(),
        left if left > 0 => format!("Còn {} ngày làm việc", number(left)),
        late => format!("Quá hạn {} ngày làm việc", number(late.abs())),
    }
}
