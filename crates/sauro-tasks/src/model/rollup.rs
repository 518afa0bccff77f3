//! How a task follows those handed down from it (quy tắc cộng gộp).

use super::share_bp;

/// When the tasks handed down are enough. The words are the issuer's or the lead's; the counting is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollRule {
    /// Every one is verified.
    All,
    /// At least this share is verified, in basis points from 1 to 10,000.
    Share(i64),
    /// At least so many are verified, from 1.
    Count(i64),
}

/// The tasks handed down from one task, counted. Cancelled ones are outside of every share; paused
/// ones are still owed. Periods of recurring work are not handed down and not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rollup {
    /// The rule, if one was stated.
    pub rule: Option<RollRule>,
    /// All.
    pub total: i64,
    /// Cancelled.
    pub cancelled: i64,
    /// Paused.
    pub paused: i64,
    /// Verified or in use.
    pub verified: i64,
}

impl RollRule {
    /// The rule stored as `kind` and `value`.
    pub fn of_code(kind: &str, value: i64) -> Option<Self> {
        match kind {
            "all" => Some(Self::All),
            "share" if (1..=10_000).contains(&value) => Some(Self::Share(value)),
            "count" if value >= 1 => Some(Self::Count(value)),
            _ => None,
        }
    }

    /// The words stored: kind and value.
    pub fn code(self) -> (&'static str, i64) {
        match self {
            Self::All => ("all", 0),
            Self::Share(bp) => ("share", bp),
            Self::Count(n) => ("count", n),
        }
    }

    /// The rule in words.
    pub fn label(self) -> String {
        match self {
            Self::All => "mọi nhiệm vụ đã nghiệm thu".to_owned(),
            Self::Share(bp) => format!("ít nhất {} đã nghiệm thu", sauro_ui::words::percent_bp(bp)),
            Self::Count(n) => {
                format!("ít nhất {} nhiệm vụ đã nghiệm thu", sauro_ui::words::number(n))
            }
        }
    }
}

impl Rollup {
    /// The base of every share: all but the cancelled.
    pub fn counted(&self) -> i64 {
        self.total - self.cancelled
    }

    /// The verified share, in basis points; `None` without any task.
    pub fn share_bp(&self) -> Option<i64> {
        share_bp(self.verified, self.counted())
    }

    /// The counts and the rule in the room of a cell: `87/102 đã nghiệm thu, cần 92`.
    pub fn short(&self) -> String {
        let number = |n: i64| sauro_ui::words::number(n);
        let (verified, counted) = (number(self.verified), number(self.counted()));
        let needed = match self.needed() {
            Some(needed) => format!(", cần {}", number(needed)),
            None => String::new(),
        };
        format!("{verified}/{counted} đã nghiệm thu{needed}")
    }

    /// How many verified tasks the rule asks for; at least one, so that nothing is enough without any.
    pub fn needed(&self) -> Option<i64> {
        let counted = self.counted();
        Some(match self.rule? {
            RollRule::All => counted.max(1),
            RollRule::Share(bp) => (counted * bp + 9_999).div_euclid(10_000).max(1),
            RollRule::Count(n) => n,
        })
    }

    /// How many verified tasks are lacking before the rule holds; 0 when it holds or there is none.
    pub fn lacking(&self) -> i64 {
        self.needed().map_or(0, |needed| (needed - self.verified).max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_holds_from_the_last_task_that_it_needs() {
        let roll = |rule, verified| Rollup {
            rule: Some(rule),
            total: 104,
            cancelled: 2,
            paused: 1,
            verified,
        };
        for (rule, needed) in [
            (RollRule::All, 102),
            // 91.8 of 102: the share is reached with 92.
            (RollRule::Share(9_000), 92),
            (RollRule::Share(1), 1),
            (RollRule::Share(10_000), 102),
            (RollRule::Count(50), 50),
            (RollRule::Count(500), 500),
        ] {
            assert_eq!(roll(rule, needed - 1).lacking(), 1, "{rule:?}");
            assert_eq!(roll(rule, needed).lacking(), 0, "{rule:?}");
        }
        assert_eq!(roll(RollRule::All, 87).share_bp(), Some(8_529));
        assert_eq!(roll(RollRule::Share(9_000), 87).short(), "87/102 đã nghiệm thu, cần 92");
        let free = Rollup { rule: None, ..roll(RollRule::All, 1_000) };
        assert_eq!(free.short(), "1.000/102 đã nghiệm thu");
    }

    #[test]
    fn without_a_rule_nothing_is_asked_for_and_with_one_nothing_is_not_enough() {
        assert_eq!(Rollup::default().lacking(), 0);
        for rule in [RollRule::All, RollRule::Share(5_000), RollRule::Count(1)] {
            assert_eq!(Rollup { rule: Some(rule), ..Rollup::default() }.lacking(), 1);
        }
    }

    #[test]
    fn a_rule_survives_being_stored_and_nonsense_is_none() {
        for rule in [RollRule::All, RollRule::Share(1), RollRule::Share(10_000), RollRule::Count(3)]
        {
            let (kind, value) = rule.code();
            assert_eq!(RollRule::of_code(kind, value), Some(rule));
        }
        for (kind, value) in
            [("", 0), ("share", 0), ("share", 10_001), ("count", 0), ("count", -3), ("some", 4)]
        {
            assert_eq!(RollRule::of_code(kind, value), None, "{kind} {value}");
        }
    }
}
