//! Rules between figures: defined, changed, taken from a file, and held against what is reported.

mod change_rule;
mod define_rule;
mod fields;
mod hold;
mod import_rules;
mod read;

pub use change_rule::change_rule;
pub use define_rule::define_rule;
pub use fields::RuleFields;
pub(super) use hold::{Finding, Fresh, hold};
pub use import_rules::import_rules;
pub(super) use import_rules::{RULES, add_shipped_rules};
pub use read::{RuleLine, rule_by_code, rules, rules_of};
