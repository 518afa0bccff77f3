use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;
use sauro_kernel::{AgencyId, IndicatorId};
use sauro_store::Conn;

use crate::model::{Check, Operand, Period, Rule, UnitLevel};
use crate::{IndicatorsError, store};

/// Whose figure of which period.
type Key = (IndicatorId, Period, AgencyId);

/// A figure that is about to be written.
#[derive(Debug, Clone, Copy)]
pub(in crate::actions) struct Fresh {
    /// Of which indicator, of which period and whose.
    pub(in crate::actions) key: Key,
    /// The level of that unit.
    pub(in crate::actions) level: UnitLevel,
    /// The figure.
    pub(in crate::actions) value: Decimal,
}

/// A rule that fresh figures break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::actions) struct Finding {
    pub(in crate::actions) check: Check,
    /// The places of those figures, that of the left side first.
    pub(in crate::actions) touched: Vec<usize>,
}

/// Holds `fresh` figures against every rule that looks at them, together with what is there already. A
/// figure is looked at with others of its period and with those of the next one, whose period before it
/// is. The rules and the other figures are read with a few questions however many figures there are.
pub(in crate::actions) async fn hold(
    conn: &mut Conn,
    fresh: &[Fresh],
) -> Result<Vec<Finding>, IndicatorsError> {
    let indicators: BTreeSet<IndicatorId> = fresh.iter().map(|it| it.key.0).collect();
    let indicators: Vec<IndicatorId> = indicators.into_iter().collect();
    let rules = store::rules::active_of(conn, &indicators).await?;
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    let codes: Vec<String> = rules.iter().map(|it| it.code.clone()).collect();
    let ids = store::rules::parts_of(conn, &codes).await?;
    let rules: Vec<Bound> = rules.into_iter().map(|it| Bound::of(it, &ids)).collect();
    let cases = cases(&rules, fresh);
    let mut figures: HashMap<Key, Decimal> = fresh.iter().map(|it| (it.key, it.value)).collect();
    let asked: BTreeSet<Key> = cases
        .keys()
        .flat_map(|case| rules.get(case.0).into_iter().flat_map(|rule| rule.keys(*case)))
        .filter(|key| !figures.contains_key(key))
        .collect();
    let asked: Vec<Key> = asked.into_iter().collect();
    for it in store::observations_many::of_keys(conn, &asked).await? {
        figures.insert((it.indicator, it.period, it.unit.id), it.value());
    }
    let finding = |(case, touched): (Case, Vec<usize>)| {
        let check = rules.get(case.0)?.broken(case, &figures)?;
        Some(Finding { check, touched })
    };
    Ok(cases.into_iter().filter_map(finding).collect())
}

/// A rule by its place, and the unit and period that it looks at.
type Case = (usize, AgencyId, Period);

/// What there is to look at, and which of `fresh` have part in it.
fn cases(rules: &[Bound], fresh: &[Fresh]) -> BTreeMap<Case, Vec<usize>> {
    let mut taking: HashMap<IndicatorId, Vec<(usize, usize)>> = HashMap::new();
    for (place, rule) in rules.iter().enumerate() {
        for (n, (_, id)) in rule.operands.iter().enumerate() {
            taking.entry(*id).or_default().push((place, n));
        }
    }
    let mut cases: BTreeMap<Case, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, it) in fresh.iter().enumerate() {
        let (indicator, period, unit) = it.key;
        for (place, n) in taking.get(&indicator).into_iter().flatten() {
            let Some(rule) = rules.get(*place).filter(|rule| rule.looks_at(it.level)) else {
                continue;
            };
            let is_before = rule.operands.get(*n).is_some_and(|it| it.0.is_before);
            let looked_at = if is_before { period.next() } else { period };
            cases.entry((*place, unit, looked_at)).or_default().push((*n, at));
        }
    }
    let sorted = |mut it: Vec<(usize, usize)>| -> Vec<usize> {
        it.sort_unstable();
        it.into_iter().map(|it| it.1).collect()
    };
    cases.into_iter().map(|(case, touched)| (case, sorted(touched))).collect()
}

/// A rule whose operands were found.
struct Bound {
    rule: Rule,
    operands: Vec<(Operand, IndicatorId)>,
}

impl Bound {
    fn of(rule: Rule, ids: &HashMap<String, IndicatorId>) -> Self {
        let bound = |it: Operand| ids.get(&it.code).map(|id| (it, *id));
        Self { operands: rule.operands().into_iter().filter_map(bound).collect(), rule }
    }

    fn looks_at(&self, level: UnitLevel) -> bool {
        self.rule.terms.levels.contains(&level)
    }

    /// The figures that it takes in `case`.
    fn keys(&self, (_, unit, period): Case) -> impl Iterator<Item = Key> {
        self.operands.iter().map(move |(it, id)| (*id, it.period(period), unit))
    }

    fn broken(&self, (_, unit, period): Case, figures: &HashMap<Key, Decimal>) -> Option<Check> {
        let figure = |it: &Operand| {
            let id = self.operands.iter().find(|known| known.0 == *it)?.1;
            figures.get(&(id, it.period(period), unit)).copied()
        };
        self.rule.broken(period, &figure)
    }
}
