use std::collections::HashMap;

use sauro_kernel::{AgencyId, IndicatorId};
use sauro_store::Conn;

use crate::IndicatorsError;
use crate::actions::fields::Faulty;
use crate::actions::read::all;
use crate::model::{
    Comparison, Definition, Hand, Indicator, Rule, Severity, Side, Terms, UnitLevel, sides,
};

/// What a person says of a rule, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleFields {
    /// Its code; of a known rule it does not change.
    pub code: String,
    /// What must hold.
    pub sentence: String,
    /// The left side.
    pub left: String,
    /// `>=`, `>`, `<=`, `<` or `=`.
    pub comparison: String,
    /// The right side.
    pub right: String,
    /// `block` or `warning`.
    pub severity: String,
    /// Codes of the levels whose figures it looks at.
    pub levels: Vec<String>,
    /// It is looked at.
    pub is_active: bool,
}

impl RuleFields {
    /// The fields as `rule` has them.
    pub fn of(rule: &Rule) -> Self {
        let terms = &rule.terms;
        Self {
            code: rule.code.clone(),
            sentence: terms.sentence.clone(),
            left: terms.left.text.clone(),
            comparison: terms.comparison.code().to_owned(),
            right: terms.right.text.clone(),
            severity: terms.severity.code().to_owned(),
            levels: terms.levels.iter().map(|it| it.code().to_owned()).collect(),
            is_active: rule.is_active,
        }
    }
}

/// The indicators that rules may name.
pub(super) struct Named(HashMap<String, Indicator>);

impl Named {
    pub(super) async fn read(conn: &mut Conn) -> Result<Self, IndicatorsError> {
        Ok(Self(all(conn).await?.into_iter().map(|it| (it.code.clone(), it)).collect()))
    }

    fn definition(&self, code: &str) -> Option<&Definition> {
        self.0.get(code).map(|it| &it.definition)
    }

    /// Both sides of a rule, or what is wrong with each.
    pub(super) fn sides(
        &self,
        left: &str,
        right: &str,
    ) -> Result<(Side, Side), Vec<(Hand, String)>> {
        let found = sides(left, right, &|code| self.definition(code));
        found.map_err(|faults| faults.into_iter().map(|it| (it.0, it.1.sentence())).collect())
    }

    /// The indicators that `rule` takes figures of.
    pub(super) fn parts(&self, rule: &Rule) -> Vec<IndicatorId> {
        let mut parts: Vec<IndicatorId> =
            rule.operands().iter().filter_map(|it| self.0.get(&it.code)).map(|it| it.id).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    /// What is wrong when `owner` answers for none of the indicators that `rule` names: a rule binds those who
    /// report, so it is the business of whoever answers for one of them.
    pub(super) fn stranger(&self, owner: AgencyId, rule: &Rule) -> Option<String> {
        let answers = |code: &str| self.0.get(code).is_some_and(|it| it.owner == owner);
        let mut codes: Vec<String> = rule.operands().into_iter().map(|it| it.code).collect();
        codes.dedup();
        if codes.iter().any(|it| answers(it)) {
            return None;
        }
        Some(format!(
            "cơ quan đứng tên quy tắc không chịu trách nhiệm chỉ số nào trong {}; nêu ít nhất một chỉ số của cơ quan mình.",
            codes.join(", ")
        ))
    }
}

/// The terms in `fields`; every fault goes to `faulty`.
pub(super) fn terms(fields: &RuleFields, named: &Named, faulty: &mut Faulty) -> Option<Terms> {
    let sentence = faulty.line("cau", "câu nói điều phải đúng", &fields.sentence);
    let found = named.sides(&fields.left, &fields.right);
    let comparison = Comparison::of_code(&fields.comparison);
    if comparison.is_none() {
        faulty.add("phep-so", "Chọn phép so giữa hai vế.");
    }
    let severity = Severity::of_code(&fields.severity);
    if severity.is_none() {
        faulty.add("muc", "Chọn điều xảy ra khi số không đúng quy tắc.");
    }
    let levels = levels(&fields.levels);
    if levels.is_empty() {
        faulty.add("cap", "Chọn ít nhất một cấp có số phải kiểm tra.");
    }
    let (left, right) = match found {
        Ok(found) => found,
        Err(faults) => {
            for (hand, words) in faults {
                faulty.add(if hand == Hand::Left { "ve-trai" } else { "ve-phai" }, words);
            }
            return None;
        }
    };
    let (comparison, severity) = (comparison?, severity?);
    Some(Terms { sentence, left, comparison, right, severity, levels })
}

/// The levels named `codes`, from the top; unknown ones are left out.
pub(super) fn levels(codes: &[String]) -> Vec<UnitLevel> {
    let named = |it: &UnitLevel| codes.iter().any(|code| code == it.code());
    UnitLevel::ALL.into_iter().filter(named).collect()
}

/// `Ok` for a code of letters, digits, points and hyphens that names nothing else.
pub(super) fn is_code(text: &str) -> bool {
    let is_letter = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '.');
    (2..=40).contains(&text.len()) && text.chars().all(is_letter) && text.to_lowercase() != "moi"
}
