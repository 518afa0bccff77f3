use std::collections::{BTreeMap, HashMap};

use sauro_directory::model::Directory;
use sauro_kernel::{AgencyId, Ctx, Right};
use sauro_store::Db;

use super::authority::owner;
use super::read::RoundView;
use crate::model::UnitLevel;
use crate::model::periodic::Audience;
use crate::{IndicatorsError, store};

/// How much of a province was heard of in a round, and how long the rest is silent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProvinceHeard {
    /// Code of the province.
    pub province: String,
    /// How many of its units have sent.
    pub n: i64,
    /// How many there are.
    pub of: i64,
    /// How many of the silent ones were never heard of in the rounds before.
    pub n_never: i64,
    /// When the one that is silent longest was last heard of, in microseconds; of those that ever were.
    pub silent_since: Option<i64>,
}

/// How much of each province was heard of in the round: its communes where the form asks communes, else
/// the province itself (vùng trũng thông tin). For whoever reads the reports of the whole form.
///
/// # Errors
///
/// The store's.
pub async fn provinces_heard(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    view: &RoundView,
) -> Result<Vec<ProvinceHeard>, IndicatorsError> {
    let audience = Audience::of(&view.form, &view.form.design);
    let asked = [UnitLevel::Commune, UnitLevel::Province];
    let level = asked.into_iter().find(|it| audience.levels.contains(it));
    let (Some(level), true) = (level, ctx.may(Right::ReadTasks, owner(&view.form))) else {
        return Ok(Vec::new());
    };
    let mut conn = db.read().await?;
    let round = view.round.id;
    let sent = store::periodic::reports::units_in(&mut conn, round).await?;
    let before = (view.form.id, round, level);
    let heard = store::periodic::reports::heard_of_level(&mut conn, before).await?;
    let heard: HashMap<AgencyId, i64> = heard.into_iter().collect();
    let mut all: BTreeMap<String, ProvinceHeard> = BTreeMap::new();
    let units = audience.units(directory, ctx.today());
    for unit in units.into_iter().filter(|it| it.level == level) {
        let it = all.entry(unit.province.clone()).or_default();
        it.province = unit.province;
        it.of += 1;
        if sent.binary_search(&unit.id).is_ok() {
            it.n += 1;
            continue;
        }
        match heard.get(&unit.id) {
            Some(at) => it.silent_since = Some(it.silent_since.map_or(*at, |old| old.min(*at))),
            None => it.n_never += 1,
        }
    }
    Ok(all.into_values().collect())
}
