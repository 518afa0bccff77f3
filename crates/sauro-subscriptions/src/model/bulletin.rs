//! What subscribers are told of.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use sauro_kernel::{OPENING_HOUR, PortalItemId, at_hour};
use uuid::Uuid;

use super::Subject;

/// Days before a consultation closes on which its subscribers are told once more.
const CLOSES_SOON_DAYS: u64 = 3;

/// Why something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Occasion {
    /// It was published.
    Published,
    /// It was corrected, with a note of what.
    Corrected,
    /// Opinions on it are taken from today.
    Opens,
    /// Opinions on it are taken for a few days more.
    Closes,
}

impl Occasion {
    const ALL: [Self; 4] = [Self::Published, Self::Corrected, Self::Opens, Self::Closes];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Corrected => "corrected",
            Self::Opens => "opens",
            Self::Closes => "closes",
        }
    }

    /// The occasion stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// What stands before the title, or nothing.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Published => "",
            Self::Corrected => "Đính chính: ",
            Self::Opens => "Bắt đầu lấy ý kiến: ",
            Self::Closes => "Sắp hết hạn góp ý: ",
        }
    }
}

/// Something that happened to an item of the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// The item.
    pub item: PortalItemId,
    /// [`Occasion::Published`] or [`Occasion::Corrected`].
    pub occasion: Occasion,
    /// The entry of the journal that says so.
    pub entry: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// What it is about.
    pub subjects: Vec<Subject>,
    /// First and last day of a consultation.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

/// Something to be told, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulletin {
    /// The item.
    pub item: PortalItemId,
    /// Why.
    pub occasion: Occasion,
    /// What makes it one: the same cause is told once.
    pub cause: String,
    /// What it is about.
    pub subjects: Vec<Subject>,
    /// When.
    pub due_at: DateTime<Utc>,
}

/// What is to be told of `it`: at once, and of a consultation also when it opens and before it closes. A day that has
/// passed is not told.
pub fn bulletins_of(it: &Happened) -> Vec<Bulletin> {
    let one = |occasion: Occasion, due_at: DateTime<Utc>, cause: String| Bulletin {
        item: it.item,
        occasion,
        cause,
        subjects: it.subjects.clone(),
        due_at,
    };
    let cause = match it.occasion {
        // Let out once, whatever the journal says twice.
        Occasion::Published => format!("{} published", it.item),
        other => format!("{} {} {}", it.item, other.code(), it.entry),
    };
    let mut all = vec![one(it.occasion, it.at, cause)];
    let Some((opens_on, closes_on)) = it.days else { return all };
    let timed = |occasion: Occasion, day: NaiveDate| {
        let at = at_hour(day, OPENING_HOUR);
        let cause = format!("{} {} {day}", it.item, occasion.code());
        (at > it.at).then(|| one(occasion, at, cause))
    };
    all.extend(timed(Occasion::Opens, opens_on));
    let soon = closes_on.checked_sub_days(Days::new(CLOSES_SOON_DAYS));
    // Whoever has just heard that it opens needs no second word.
    let soon = soon
        .filter(|day| *day > opens_on && at_hour(*day, OPENING_HOUR) > it.at + TimeDelta::days(1));
    all.extend(soon.and_then(|day| timed(Occasion::Closes, day)));
    all
}
