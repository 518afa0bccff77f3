//! Problems that agencies publish for anybody to solve (bài toán đặt hàng).

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, InitiativeId, Over, ProblemId};

use super::fields::{chosen, line, prose};
use super::{Area, Fault};

/// A problem that an agency wants solved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The id.
    pub id: ProblemId,
    /// The number that everybody knows it by, such as `DH-2026-000012`.
    pub number: String,
    /// Who published it.
    pub agency: AgencyId,
    /// Where that agency stands.
    pub agency_path: AgencyPath,
    /// What it says.
    pub text: ProblemText,
    /// When it was published, in microseconds.
    pub published_at: i64,
    /// How it stands.
    pub state: ProblemState,
    /// Counts up with every change.
    pub stamp: i64,
}

/// What a problem says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemText {
    /// The area.
    pub area: Area,
    /// The title.
    pub title: String,
    /// What hurts, with figures.
    pub pain: String,
    /// The result that is wanted.
    pub wanted: String,
    /// Until when it is wanted.
    pub until: NaiveDate,
}

/// How a problem stands. What is closed stays closed, since when is in microseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemState {
    /// Waits for solutions.
    Open,
    /// Solved by an initiative.
    Solved(InitiativeId, i64),
    /// Withdrawn for a reason.
    Withdrawn(String, i64),
}

/// A problem as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProblemFields {
    /// The title.
    pub title: String,
    /// The code of the area.
    pub area: String,
    /// What hurts.
    pub pain: String,
    /// The result that is wanted.
    pub wanted: String,
    /// The last day, `YYYY-MM-DD`.
    pub until: String,
}

impl Problem {
    /// The number `n` of `year`.
    pub fn numbered(year: i32, n: i64) -> String {
        format!("DH-{year}-{n:06}")
    }

    /// The agency that published it, as a place to check rights over.
    pub fn over(&self) -> Over<'_> {
        Over { agency: self.agency, path: &self.agency_path }
    }

    /// True while it waits for solutions.
    pub fn is_open(&self) -> bool {
        self.state == ProblemState::Open
    }

    /// How it stands on `today`: the `data-s` word of the visual language and the words on screen.
    pub fn status(&self, today: NaiveDate) -> (&'static str, &'static str) {
        match self.state {
            ProblemState::Open if self.text.until < today => ("over", "Quá ngày cần có"),
            ProblemState::Open => ("run", "Đang chờ giải pháp"),
            ProblemState::Solved(..) => ("done", "Đã có giải pháp"),
            ProblemState::Withdrawn(..) => ("none", "Đã rút"),
        }
    }
}

impl ProblemFields {
    /// What stands in `text`, to be changed.
    pub fn of(text: &ProblemText) -> Self {
        Self {
            title: text.title.clone(),
            area: text.area.code().to_owned(),
            pain: text.pain.clone(),
            wanted: text.wanted.clone(),
            until: text.until.to_string(),
        }
    }

    /// Checks what was typed. The last day comes after `today`, unless it stays what it was (`before`).
    ///
    /// # Errors
    ///
    /// Every fault at once, in the order of the form.
    pub fn read(
        &self,
        today: NaiveDate,
        before: Option<NaiveDate>,
    ) -> Result<ProblemText, Vec<Fault>> {
        let mut faults = Vec::new();
        let title = line("ten", "tên bài toán", &self.title, 200, &mut faults);
        let area = chosen(Area::of_code(&self.area), "linh-vuc", "Chọn lĩnh vực.", &mut faults);
        let pain = prose("vuong", "vướng ở đâu", &self.pain, &mut faults);
        if !pain.is_empty() && !pain.chars().any(|it| it.is_ascii_digit()) {
            let words = "Ghi ít nhất một con số: bao nhiêu lượt, bao nhiêu giờ, bao nhiêu tiền.";
            faults.push(("vuong".to_owned(), words.to_owned()));
        }
        let wanted = prose("ket-qua", "kết quả cần có", &self.wanted, &mut faults);
        let until = NaiveDate::parse_from_str(self.until.trim(), "%F").ok();
        let until = until.filter(|it| *it > today || Some(*it) == before);
        let words = "Chọn ngày cần có kết quả, sau hôm nay.";
        let until = chosen(until, "den-ngay", words, &mut faults);
        match (area, until) {
            (Some(area), Some(until)) if faults.is_empty() => {
                Ok(ProblemText { area, title, pain, wanted, until })
            }
            _ => Err(faults),
        }
    }
}
