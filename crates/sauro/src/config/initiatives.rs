use sauro_initiatives::model::Terms;
use serde::{Deserialize, Serialize};

/// How long each stage of an initiative may last, and when it counts as replicated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InitiativesConfig {
    /// Working days for the check of the form.
    pub check_days: u32,
    /// Working days for what an author adds.
    pub supply_days: u32,
    /// Working days for the opinion of the agency of its field.
    pub review_days: u32,
    /// Working days until a council has scored.
    pub council_days: u32,
    /// Days of the calendar after which what was recognised and is not applied is flagged.
    pub idle_days: u32,
    /// Units that confirm before it counts as replicated.
    pub replicated_from: u32,
}

impl InitiativesConfig {
    /// The same for the room of initiatives.
    pub fn terms(&self) -> Terms {
        Terms {
            check_days: self.check_days,
            supply_days: self.supply_days,
            review_days: self.review_days,
            council_days: self.council_days,
            idle_days: i64::from(self.idle_days),
            replicated_from: usize::try_from(self.replicated_from.max(1)).unwrap_or(usize::MAX),
        }
    }
}

impl Default for InitiativesConfig {
    fn default() -> Self {
        let Terms { check_days, supply_days, review_days, council_days, .. } = Terms::default();
        let idle_days = u32::try_from(Terms::default().idle_days).unwrap_or_default();
        let replicated_from = u32::try_from(Terms::default().replicated_from).unwrap_or_default();
        Self { check_days, supply_days, review_days, council_days, idle_days, replicated_from }
    }
}
