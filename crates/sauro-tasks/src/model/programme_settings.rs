use chrono::{Days, NaiveDate};
use sauro_kernel::{AgencyId, Line, Role, WorkingCalendar};
use serde::{Deserialize, Serialize};

use super::DraftBody;
use crate::Fault;

/// What a programme sets for its tasks where nobody says otherwise (cách làm của chương trình).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProgrammeSettings {
    /// Who accepts.
    pub authority: Option<AgencyId>,
    /// Who of them: a role, or empty for whoever may.
    pub verifier_role: String,
    /// How many working days before the deadline of the task itself its parts are due.
    pub lead_days: u32,
    /// The title of the leader who answers.
    pub accountable: String,
    /// What is handed over.
    pub deliverables: Vec<String>,
}

impl ProgrammeSettings {
    /// The roles that a programme may ask for.
    pub const ROLES: [Role; 3] = [Role::Verifier, Role::Leader, Role::StandingAgency];

    /// Most working days that an inner deadline lies before the outer one.
    pub const MOST_DAYS: u32 = 60;

    /// The role that accepts, if one is asked for.
    pub fn verifier_role(&self) -> Option<Role> {
        Role::of_code(&self.verifier_role).filter(|it| Self::ROLES.contains(it))
    }

    /// The last day of the parts of a task due on `due_on` (hạn nội bộ): so many working days before.
    pub fn inner_due(&self, due_on: NaiveDate, calendar: &WorkingCalendar) -> NaiveDate {
        let mut day = due_on;
        let mut left = self.lead_days.min(Self::MOST_DAYS);
        while left > 0 {
            let Some(before) = day.checked_sub_days(Days::new(1)) else { return day };
            day = before;
            if calendar.is_working(day) {
                left -= 1;
            }
        }
        day
    }

    /// Fills in what `body` leaves open; answers whether anything was.
    pub fn fill(&self, body: &mut DraftBody) -> bool {
        let before = body.clone();
        if body.authority.is_none() {
            body.authority = self.authority.filter(|id| !body.leads.contains(id));
        }
        if body.accountable.trim().is_empty() {
            body.accountable.clone_from(&self.accountable);
        }
        if body.deliverables.iter().all(|it| it.trim().is_empty()) {
            body.deliverables.clone_from(&self.deliverables);
        }
        let is_filled = *body != before;
        if is_filled {
            body.reasons.push("Chỗ để trống được điền theo cách làm của chương trình.".to_owned());
        }
        is_filled
    }

    /// The same, normalized, or every fault at once.
    ///
    /// # Errors
    ///
    /// A [`Fault`] for each field that does not fit.
    pub fn cleaned(self) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut line = |field: &str, what: &str, text: &str| match text.trim() {
            "" => String::new(),
            text => match Line::parse(text) {
                Ok(line) => line.as_str().to_owned(),
                Err(err) => {
                    faults.push(Fault::of_text(field, what, err));
                    String::new()
                }
            },
        };
        let accountable = line("trach-nhiem", "chức danh chịu trách nhiệm", &self.accountable);
        let deliverables: Vec<String> = self
            .deliverables
            .iter()
            .map(|it| line("san-pham", "một dòng sản phẩm", it))
            .filter(|it| !it.is_empty())
            .collect();
        if deliverables.len() > 50 {
            faults.push(Fault::new("san-pham", "Ghi tối đa 50 sản phẩm, mỗi dòng một sản phẩm."));
        }
        if self.lead_days > Self::MOST_DAYS {
            let sentence = format!("Nhập từ 0 đến {} ngày làm việc.", Self::MOST_DAYS);
            faults.push(Fault::new("truoc-han", sentence));
        }
        if !self.verifier_role.is_empty() && self.verifier_role().is_none() {
            faults.push(Fault::new("vai-tro", "Chọn một vai trò trong danh sách."));
        }
        let cleaned = Self { accountable, deliverables, ..self };
        if faults.is_empty() { Ok(cleaned) } else { Err(faults) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inner_deadline_lies_working_days_before_the_outer_one() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let calendar = WorkingCalendar::new([day("2026-06-10")], []);
        let due = |n| {
            ProgrammeSettings { lead_days: n, ..ProgrammeSettings::default() }
                .inner_due(day("2026-06-15"), &calendar)
        };
        // Monday the 15th; Wednesday the 10th is off.
        assert_eq!(due(0), day("2026-06-15"));
        assert_eq!(due(1), day("2026-06-12"));
        assert_eq!(due(3), day("2026-06-09"));
    }

    #[test]
    fn only_what_is_left_open_is_filled_and_nobody_comes_to_accept_their_own_work() {
        let authority = AgencyId::of_code("A");
        let settings = ProgrammeSettings {
            authority: Some(authority),
            accountable: "Phó Chủ tịch".into(),
            deliverables: vec!["1 báo cáo".into()],
            ..ProgrammeSettings::default()
        };
        let mut open = DraftBody::default();
        assert!(settings.fill(&mut open));
        assert_eq!(open.authority, Some(authority));
        assert_eq!(open.deliverables, ["1 báo cáo"]);
        let mut own = DraftBody { leads: vec![authority], ..DraftBody::default() };
        settings.fill(&mut own);
        assert_eq!(own.authority, None);
        let mut said = DraftBody {
            authority: Some(AgencyId::of_code("B")),
            accountable: "Chủ tịch".into(),
            deliverables: vec!["2 đề án".into()],
            ..DraftBody::default()
        };
        assert!(!settings.fill(&mut said));
    }

    #[test]
    fn every_fault_of_the_settings_is_named_at_once() {
        let settings = ProgrammeSettings {
            lead_days: 61,
            verifier_role: "officer".into(),
            accountable: "a".repeat(600),
            ..ProgrammeSettings::default()
        };
        let fields: Vec<String> =
            settings.cleaned().unwrap_err().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["trach-nhiem", "truoc-han", "vai-tro"]);
    }
}
