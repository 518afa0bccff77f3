//! The periodic report of one unit in one round, and its life.

use rust_decimal::Decimal;
use sauro_kernel::{AgencyId, FormId, IndicatorId, ObservationId, PeriodicReportId, RoundId};

use crate::model::Unit;

/// A periodic report (báo cáo định kỳ).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodicReport {
    /// The id.
    pub id: PeriodicReportId,
    /// In which round.
    pub round: RoundId,
    /// Whose.
    pub unit: Unit,
    /// To whom it goes; none where the chain ends.
    pub receiver: Option<AgencyId>,
    /// What a level above the unit added to the form, with the version.
    pub extension: Option<(FormId, i64)>,
    /// Where it is.
    pub state: ReportState,
    /// How often it was saved since its leader last approved it.
    pub n_changes: i64,
    /// Cells that the form has for it.
    pub n_asked: i64,
    /// Of these, typed by a person.
    pub n_typed: i64,
    /// How long people had the form open, in seconds.
    pub spent_s: i64,
    /// When it was begun, in microseconds.
    pub made_at: i64,
    /// When it was first sent: what counts against the deadline.
    pub sent_at: Option<i64>,
    /// When the receiver last decided.
    pub decided_at: Option<i64>,
    /// When it was published.
    pub published_at: Option<i64>,
    /// Counts up with every change, from 1.
    pub version: i64,
}

/// Where a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportState {
    /// Đang soạn.
    Drafting,
    /// Đã trình lãnh đạo.
    Proposed,
    /// Đã gửi, chờ tiếp nhận.
    Sent,
    /// Cấp trên trả lại.
    Returned,
    /// Đã tiếp nhận.
    Accepted,
}

/// What was done to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportStep {
    /// Begun.
    Begun,
    /// Put before the leader.
    Proposed,
    /// The leader gave it back.
    HandedBack,
    /// Sent.
    Sent,
    /// Taken back by the unit before it was accepted.
    Recalled,
    /// Returned by the receiver.
    Returned,
    /// Accepted by the receiver.
    Accepted,
    /// Published.
    Published,
}

/// One step in the life of a report; none is ever changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepTaken {
    /// What was done.
    pub step: ReportStep,
    /// Why, or empty.
    pub reason: String,
    /// From which agency.
    pub agency: AgencyId,
    /// When, in microseconds.
    pub at: i64,
}

/// A figure typed into a report that has not been sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Of which indicator.
    pub indicator: IndicatorId,
    /// As typed, where it is reported as it is.
    pub value: String,
    /// As typed, of a ratio.
    pub numerator: String,
    /// As typed, of a ratio.
    pub denominator: String,
    /// Why it is right although it is unusual.
    pub remark: String,
    /// The unit stands by it although it is unusual.
    pub is_confirmed: bool,
}

/// A figure as it stood in a report when that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// Of which indicator.
    pub indicator: IndicatorId,
    /// Where it is kept; none of what was added up from units below.
    pub observation: Option<ObservationId>,
    /// The figure.
    pub value: Decimal,
    /// From how many units it was added up.
    pub n: i64,
}

/// One source of one sentence of a merged section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The section.
    pub item: String,
    /// The sentence in it, from 0.
    pub n: i64,
    /// The report it comes from.
    pub source: PeriodicReportId,
    /// How alike they are, in per cent; 100 for word by word.
    pub likeness: u8,
}

impl Cell {
    /// True when nothing is typed.
    pub fn is_blank(&self) -> bool {
        [&self.value, &self.numerator, &self.denominator].iter().all(|it| it.trim().is_empty())
    }
}

impl ReportState {
    const ALL: [Self; 5] =
        [Self::Drafting, Self::Proposed, Self::Sent, Self::Returned, Self::Accepted];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Drafting => "drafting",
            Self::Proposed => "proposed",
            Self::Sent => "sent",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
        }
    }

    /// The state stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// True while the unit may still write in it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Drafting | Self::Proposed | Self::Returned)
    }

    /// True once the receiver has it.
    pub fn is_with_receiver(self) -> bool {
        matches!(self, Self::Sent | Self::Accepted)
    }
}

impl ReportStep {
    const ALL: [Self; 8] = [
        Self::Begun,
        Self::Proposed,
        Self::HandedBack,
        Self::Sent,
        Self::Recalled,
        Self::Returned,
        Self::Accepted,
        Self::Published,
    ];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Proposed => "proposed",
            Self::HandedBack => "handed_back",
            Self::Sent => "sent",
            Self::Recalled => "recalled",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Published => "published",
        }
    }

    /// The step stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Begun => "Bắt đầu soạn",
            Self::Proposed => "Trình lãnh đạo",
            Self::HandedBack => "Lãnh đạo yêu cầu sửa",
            Self::Sent => "Ký gửi",
            Self::Recalled => "Thu hồi để sửa",
            Self::Returned => "Cấp trên trả lại",
            Self::Accepted => "Cấp trên tiếp nhận",
            Self::Published => "Công bố",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_and_steps_are_stored_by_their_words() {
        for it in ReportState::ALL {
            assert_eq!(ReportState::of_code(it.code()), Some(it));
        }
        for it in ReportStep::ALL {
            assert_eq!(ReportStep::of_code(it.code()), Some(it));
        }
    }
}
