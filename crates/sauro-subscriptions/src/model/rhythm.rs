use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use sauro_kernel::{OPENING_HOUR, VIETNAM, WorkingCalendar, at_hour};

/// How often somebody wants to hear (nhịp nhận tin).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rhythm {
    /// Each thing as it happens.
    Now,
    /// Gathered, each working morning at eight.
    Daily,
    /// Gathered, each Monday at eight.
    Weekly,
}

impl Rhythm {
    /// All of them, in the order shown.
    pub const ALL: [Self; 3] = [Self::Now, Self::Daily, Self::Weekly];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// The rhythm stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The word that forms send.
    pub fn word(self) -> &'static str {
        match self {
            Self::Now => "ngay",
            Self::Daily => "ngay-lam-viec",
            Self::Weekly => "tuan",
        }
    }

    /// The rhythm that a form calls `word`.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Now => "Ngay khi đăng, mỗi tin một thư",
            Self::Daily => "Gộp một thư, 8 giờ sáng ngày làm việc",
            Self::Weekly => "Gộp một thư, 8 giờ sáng thứ Hai",
        }
    }

    /// When the first digest after `now` is closed; none of what goes at once.
    pub fn next_after(
        self,
        calendar: &WorkingCalendar,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let today = now.with_timezone(&VIETNAM).date_naive();
        let is_day = |day: NaiveDate| match self {
            Self::Now => false,
            Self::Daily => calendar.is_working(day),
            Self::Weekly => day.weekday() == Weekday::Mon,
        };
        // The longest row of days off is that of Tết, some nine days.
        let days = (0..60).filter_map(|n| today.checked_add_days(Days::new(n)));
        days.filter(|day| is_day(*day)).map(|day| at_hour(day, OPENING_HOUR)).find(|it| *it > now)
    }
}
