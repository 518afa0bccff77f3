use sauro_kernel::AgencyId;

use super::Closing;

/// With fewer ratings nothing is said of satisfaction: a few say little about an agency.
pub const FEWEST_RATINGS: i64 = 5;

/// The worst rating that counts as satisfied.
pub const SATISFIED_FROM: i64 = 3;

/// What became of answers. The ways in which a case ends honestly stand apart; they are never one figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Given by the promised day.
    pub on_time: i64,
    /// Given later.
    pub late: i64,
    /// Đã giải quyết.
    pub solved: i64,
    /// Không giải quyết, có lý do.
    pub unsolved: i64,
    /// Ngoài phạm vi, đã hướng dẫn.
    pub guided: i64,
    /// How many were rated.
    pub rated: i64,
    /// All ratings together.
    pub rating_sum: i64,
    /// Rated from [`SATISFIED_FROM`] on.
    pub satisfied: i64,
    /// Contested, so that somebody else looked again.
    pub contested: i64,
}

/// What an agency gave, and what it still owes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgencyTally {
    /// By year, the latest first.
    pub years: Vec<(String, Tally)>,
    /// By month, the latest first.
    pub months: Vec<(String, Tally)>,
    /// Cases that it has.
    pub open: i64,
    /// Of these past the day of their step.
    pub overdue: i64,
}

/// A line of the list of agencies.
pub type TallyLine = (AgencyId, Tally);

impl Tally {
    /// One answer.
    pub fn of_answer(is_on_time: bool, closing: Closing) -> Self {
        Self {
            on_time: i64::from(is_on_time),
            late: i64::from(!is_on_time),
            solved: i64::from(closing == Closing::Solved),
            unsolved: i64::from(closing == Closing::Unsolved),
            guided: i64::from(closing == Closing::Guided),
            ..Self::default()
        }
    }

    /// One rating, 1 to 5. A bad one contests the answer.
    pub fn of_rating(rating: i64) -> Self {
        let is_satisfied = rating >= SATISFIED_FROM;
        Self {
            rated: 1,
            rating_sum: rating,
            satisfied: i64::from(is_satisfied),
            contested: i64::from(!is_satisfied),
            ..Self::default()
        }
    }

    /// Adds what `other` counts.
    pub fn add(&mut self, other: &Self) {
        self.on_time += other.on_time;
        self.late += other.late;
        self.solved += other.solved;
        self.unsolved += other.unsolved;
        self.guided += other.guided;
        self.rated += other.rated;
        self.rating_sum += other.rating_sum;
        self.satisfied += other.satisfied;
        self.contested += other.contested;
    }

    /// How many answers.
    pub fn answered(&self) -> i64 {
        self.on_time + self.late
    }

    /// The share of answers given on time, in hundredths of a per cent.
    pub fn on_time_bp(&self) -> i64 {
        share(self.on_time, self.answered())
    }

    /// The share of the rated who were satisfied; none of too few.
    pub fn satisfied_bp(&self) -> Option<i64> {
        (self.rated >= FEWEST_RATINGS).then(|| share(self.satisfied, self.rated))
    }

    /// The share of answers that were contested; none of too few ratings, from which one sender's verdict could be
    /// worked out.
    pub fn contested_bp(&self) -> Option<i64> {
        (self.rated >= FEWEST_RATINGS).then(|| share(self.contested, self.answered()))
    }

    /// The average rating as `4,2`; none of too few.
    pub fn average(&self) -> Option<String> {
        let tenths = (self.rating_sum * 20 + self.rated) / (2 * self.rated.max(1));
        (self.rated >= FEWEST_RATINGS).then(|| format!("{},{}", tenths / 10, tenths % 10))
    }

    /// On time × satisfied × not contested, in hundredths of a per cent: one weak side cannot be made up for by
    /// the others. None of too few ratings.
    pub fn index_bp(&self) -> Option<i64> {
        let not_contested = 10_000 - self.contested_bp()?.min(10_000);
        Some(self.on_time_bp() * self.satisfied_bp()? / 10_000 * not_contested / 10_000)
    }
}

/// `part` of `whole`, rounded half up; nothing of nothing.
fn share(part: i64, whole: i64) -> i64 {
    if whole == 0 { 0 } else { (part * 20_000 + whole) / (2 * whole) }
}
