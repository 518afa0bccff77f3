//! A round: one form, one period. Who reports to whom in it, and how each unit stands.

use chrono::NaiveDate;
use sauro_directory::model::{Agency, Directory, Level};
use sauro_kernel::{AgencyId, AgencyPath, FormId, RoundId, cut_off};

use super::{Design, Form, PeriodicReport, ReportState};
use crate::model::{Period, Unit, UnitLevel};

/// A round (đợt báo cáo).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// The id.
    pub id: RoundId,
    /// Of which form.
    pub form: FormId,
    /// In which version.
    pub form_version: i64,
    /// Of which period.
    pub period: Period,
    /// Up to which day figures count.
    pub cut_off_on: NaiveDate,
    /// By when ministries and provinces send.
    pub due_on: NaiveDate,
    /// By when communes send.
    pub commune_due_on: NaiveDate,
    /// The last day on which units send without an exception.
    pub locks_on: NaiveDate,
    /// When it was opened, in microseconds.
    pub opened_at: i64,
}

/// A unit may send until a day although the round is locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The unit.
    pub unit: AgencyId,
    /// The last day.
    pub until_on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Who reports in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    /// The agency that asks.
    pub owner: AgencyId,
    /// What it oversees.
    pub scope: AgencyPath,
    /// The levels that report.
    pub levels: Vec<UnitLevel>,
}

/// How a unit stands in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// Chưa gửi, quá hạn.
    Missing,
    /// Bị trả lại, chưa gửi lại.
    Returned,
    /// Chưa gửi, còn hạn.
    Awaited,
    /// Đã gửi trễ.
    SentLate,
    /// Đã gửi đúng hạn.
    SentInTime,
    /// Đã tiếp nhận, gửi trễ.
    AcceptedLate,
    /// Đã tiếp nhận, gửi đúng hạn.
    AcceptedInTime,
}

impl Round {
    /// By when units of `level` send.
    pub fn due_of(&self, level: UnitLevel) -> NaiveDate {
        match level {
            UnitLevel::Commune => self.commune_due_on,
            UnitLevel::Ministry | UnitLevel::Province => self.due_on,
            // The report that ends the chain waits for all others.
            UnitLevel::National => self.locks_on,
        }
    }

    /// True when `report` was first sent after its deadline.
    pub fn is_late(&self, report: &PeriodicReport) -> bool {
        let end = cut_off(self.due_of(report.unit.level)).timestamp_micros();
        report.sent_at.is_some_and(|it| it > end)
    }

    /// The period that figures reported by `rhythm` are of.
    pub fn figure_period(&self, rhythm: crate::model::PeriodKind) -> Period {
        Period::containing(rhythm, self.cut_off_on.min(self.period.end()))
    }

    /// How the unit of `level` stands, whose report is `report`, at the instant `now_us`.
    pub fn standing(
        &self,
        level: UnitLevel,
        report: Option<&PeriodicReport>,
        now_us: i64,
    ) -> Standing {
        let is_past = now_us > cut_off(self.due_of(level)).timestamp_micros();
        match report {
            Some(it) if it.state.is_with_receiver() => {
                match (it.state == ReportState::Accepted, self.is_late(it)) {
                    (true, true) => Standing::AcceptedLate,
                    (true, false) => Standing::AcceptedInTime,
                    (false, true) => Standing::SentLate,
                    (false, false) => Standing::SentInTime,
                }
            }
            Some(it) if it.state == ReportState::Returned => Standing::Returned,
            _ if is_past => Standing::Missing,
            _ => Standing::Awaited,
        }
    }

    /// True when a unit may send on `today`.
    pub fn takes(&self, exception: Option<&Exception>, today: NaiveDate) -> bool {
        let last = exception.map_or(self.locks_on, |it| it.until_on.max(self.locks_on));
        today <= last
    }
}

impl Standing {
    /// All, those to be worried about first.
    pub const ALL: [Self; 7] = [
        Self::Missing,
        Self::Returned,
        Self::Awaited,
        Self::SentLate,
        Self::SentInTime,
        Self::AcceptedLate,
        Self::AcceptedInTime,
    ];

    /// The word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "thieu",
            Self::Returned => "tra-lai",
            Self::Awaited => "cho",
            Self::SentLate => "gui-tre",
            Self::SentInTime => "da-gui",
            Self::AcceptedLate => "nhan-tre",
            Self::AcceptedInTime => "da-nhan",
        }
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Missing => "Quá hạn, chưa gửi",
            Self::Returned => "Trả lại, chưa gửi lại",
            Self::Awaited => "Chưa gửi, còn hạn",
            Self::SentLate => "Gửi trễ, chờ tiếp nhận",
            Self::SentInTime => "Gửi đúng hạn, chờ tiếp nhận",
            Self::AcceptedLate => "Đã tiếp nhận, gửi trễ",
            Self::AcceptedInTime => "Đã tiếp nhận, gửi đúng hạn",
        }
    }

    /// The status that it is drawn with.
    pub fn status(self) -> &'static str {
        match self {
            Self::Missing => "over",
            Self::Returned => "soon",
            Self::Awaited => "none",
            Self::SentLate | Self::AcceptedLate => "late",
            Self::SentInTime => "run",
            Self::AcceptedInTime => "done",
        }
    }

    /// True once the receiver has the report.
    pub fn is_in(self) -> bool {
        !matches!(self, Self::Missing | Self::Returned | Self::Awaited)
    }
}

/// The kinds of central agencies that report: those that govern a field.
const GOVERNING: [&str; 3] = ["ministry", "ministry_level", "gov_agency"];

impl Audience {
    /// Who reports by `form` as designed.
    pub fn of(form: &Form, design: &Design) -> Self {
        Self { owner: form.owner, scope: form.owner_scope.clone(), levels: design.levels.clone() }
    }

    /// The unit that `agency` reports of; none of whoever does not report.
    pub fn unit(&self, directory: &Directory, agency: &Agency) -> Option<Unit> {
        let is_asked = agency.id != self.owner
            && self.scope.covers(&agency.path)
            && (agency.level != Level::Centre || GOVERNING.contains(&agency.kind.as_str()));
        let unit = || Unit::of_agency(directory, agency);
        is_asked.then(unit).flatten().filter(|it| self.levels.contains(&it.level))
    }

    /// Every unit that reports, in the order of the dictionary.
    pub fn units(&self, directory: &Directory, today: NaiveDate) -> Vec<Unit> {
        let of = |it| self.unit(directory, it);
        directory.all().iter().filter(|it| it.is_valid_on(today)).filter_map(of).collect()
    }

    /// Whose the report is that ends the chain: the nation's, or the owner's own.
    pub fn last(&self, directory: &Directory) -> Option<Unit> {
        if self.scope == AgencyPath::nation() {
            return Some(Unit::nation());
        }
        Unit::of_agency(directory, directory.agency(self.owner)?)
    }
}

/// To whom `unit` sends in a round for `audience`: a commune to its province when that reports too,
/// anybody else to the agency that asks.
pub fn receiver_of(unit: &Unit, audience: &Audience) -> AgencyId {
    let has_province = audience.levels.contains(&UnitLevel::Province);
    if unit.level == UnitLevel::Commune && has_province && !unit.province.is_empty() {
        return AgencyId::of_code(&format!("UBND-{}", unit.province));
    }
    audience.owner
}

/// `còn 3 ngày`, `hôm nay`, `quá 2 ngày`.
pub fn due_words(due_on: NaiveDate, today: NaiveDate) -> String {
    match (due_on - today).num_days() {
        0 => "hạn hôm nay".to_owned(),
        left if left > 0 => format!("còn {left} ngày"),
        past => format!("quá hạn {} ngày", -past),
    }
}
