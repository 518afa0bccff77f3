use crate::VIETNAM;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

/// A day that has ended, whose figures can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PastDay(NaiveDate);

/// Why the figures of a day cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchDay {
    /// Not written as a day.
    #[error("Ngày phải viết dạng năm-tháng-ngày, ví dụ 2026-03-31. Chọn lại ngày trong ô lịch.")]
    Malformed,
    /// Not over.
    #[error("Ngày này chưa đến nên chưa có số liệu. Chọn một ngày từ hôm nay trở về trước.")]
    Ahead,
    /// Before there was anything to show.
    #[error("Số liệu có từ ngày {}. Chọn ngày đó hoặc một ngày sau đó.", .0.format("%d/%m/%Y"))]
    Before(NaiveDate),
}

impl PastDay {
    /// Reads `text` of an address on the day `today`; none for today, which is live.
    ///
    /// # Errors
    ///
    /// [`NoSuchDay`], as a sentence for people.
    pub fn read(text: &str, today: NaiveDate) -> Result<Option<Self>, NoSuchDay> {
        let is_plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| is_plain);
        match day.ok_or(NoSuchDay::Malformed)? {
            day if day > today => Err(NoSuchDay::Ahead),
            day if day == today => Ok(None),
            day => Ok(Some(Self(day))),
        }
    }

    /// This day, when `first`, the first day with figures, is not after it.
    ///
    /// # Errors
    ///
    /// [`NoSuchDay::Before`], as a sentence for people.
    pub fn since(self, first: NaiveDate) -> Result<Self, NoSuchDay> {
        if self.0 < first { Err(NoSuchDay::Before(first)) } else { Ok(self) }
    }

    /// The day.
    pub fn day(self) -> NaiveDate {
        self.0
    }

    /// The instant at which it ended: 24:00 in Viet Nam.
    pub fn end(self) -> DateTime<Utc> {
        let midnight = self.0.checked_add_days(Days::new(1)).unwrap_or(self.0);
        midnight
            .and_time(NaiveTime::MIN)
            .and_local_timezone(VIETNAM)
            .single()
            .unwrap_or_default()
            .to_utc()
    }

    /// The last microsecond of the day.
    pub fn last_us(self) -> i64 {
        self.end().timestamp_micros() - 1
    }
}
