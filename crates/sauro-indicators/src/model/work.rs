//! Figures that nobody types: what the tasks of a unit come to in a period.

use rust_decimal::Decimal;
use sauro_kernel::AgencyId;

use super::{Definition, Figure, Shape};

/// What is counted of the tasks due within a period (đếm từ nhiệm vụ).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkMeasure {
    /// Tasks due.
    Due,
    /// Those that were verified.
    Verified,
    /// The share reported in time and verified.
    OnTimeShare,
    /// The share verified.
    VerifiedShare,
}

/// The public tasks of one agency that were due within a period; recurring, paused and cancelled ones are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkCounts {
    /// The agency that leads them.
    pub lead: AgencyId,
    /// Due.
    pub due: i64,
    /// Reported in time and verified.
    pub on_time: i64,
    /// Verified, in time or late.
    pub verified: i64,
    /// One of its tasks has changed since the instant asked for.
    pub is_changed: bool,
}

/// What stands as the source of figures that are counted.
pub const COUNTED: &str = "Máy đếm từ nhiệm vụ";

impl WorkMeasure {
    const ALL: [Self; 4] = [Self::Due, Self::Verified, Self::OnTimeShare, Self::VerifiedShare];

    /// The word stored, and written in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Verified => "verified",
            Self::OnTimeShare => "on_time_share",
            Self::VerifiedShare => "verified_share",
        }
    }

    /// What is stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Due => "số nhiệm vụ công khai đến hạn trong kỳ",
            Self::Verified => "số nhiệm vụ công khai đến hạn trong kỳ đã được xác minh",
            Self::OnTimeShare => {
                "số nhiệm vụ báo xong đúng hạn và được xác minh, chia số nhiệm vụ công khai đến hạn trong kỳ"
            }
            Self::VerifiedShare => {
                "số nhiệm vụ được xác minh, chia số nhiệm vụ công khai đến hạn trong kỳ"
            }
        }
    }

    /// True of what is a part of a whole.
    pub fn is_share(self) -> bool {
        matches!(self, Self::OnTimeShare | Self::VerifiedShare)
    }

    /// The figure that `counts` come to under `definition`; none where nothing was due.
    pub fn figure(self, counts: &WorkCounts, definition: &Definition) -> Option<Figure> {
        let count = match self {
            Self::Due => counts.due,
            Self::OnTimeShare => counts.on_time,
            Self::Verified | Self::VerifiedShare => counts.verified,
        };
        if counts.due == 0 {
            return None;
        }
        match definition.shape {
            Shape::Ratio(factor) => Figure::of_parts(count.into(), counts.due.into(), factor),
            _ => Some(Figure { value: Decimal::from(count), parts: None }),
        }
    }
}

impl WorkCounts {
    /// Nothing, of the agency `lead`.
    pub fn none(lead: AgencyId) -> Self {
        Self { lead, due: 0, on_time: 0, verified: 0, is_changed: false }
    }

    /// With what another agency of the same unit leads.
    pub fn add(&mut self, other: &Self) {
        self.due += other.due;
        self.on_time += other.on_time;
        self.verified += other.verified;
        self.is_changed |= other.is_changed;
    }
}
