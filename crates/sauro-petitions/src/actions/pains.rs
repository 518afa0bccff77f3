//! Where it hurts, kept as cases come in and things go wrong.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate};
use sauro_directory::model::{Agency, Level};
use sauro_kernel::{AgencyId, AgencyPath, Ctx, Right, VIETNAM};
use sauro_store::Conn;

use super::hold::{Hold, House};
use crate::model::{Listed, NATION, Pain, Petition, Scope, week_of, weeks_until};
use crate::{PetitionsError, store};

/// Cases shown that wait for a decision.
const MOST_DECISIONS: u16 = 20;

/// What a leader sees of a territory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pains {
    /// The weeks, the oldest first.
    pub weeks: Vec<NaiveDate>,
    /// All fields together, by week.
    pub all: Vec<Pain>,
    /// By field, by week; whatever had most cases first.
    pub fields: Vec<(String, Vec<Pain>)>,
    /// By place below, or by agency: by week, and how many cases it holds past their day.
    pub places: Vec<(AgencyId, Vec<Pain>, i64)>,
    /// Cases past their day in the whole territory.
    pub overdue: i64,
    /// There are more than that.
    pub is_cut: bool,
    /// Cases that only this desk can bring forward.
    pub decisions: Vec<Listed>,
}

/// Where it hurts in the caller's territory (nơi đang vướng): the own commune or province, the own agency, or the
/// nation for whoever oversees all of it.
///
/// # Errors
///
/// [`PetitionsError::Denied`] for whoever reads no petitions.
pub async fn pains(ctx: &Ctx, house: &House<'_>) -> Result<Pains, PetitionsError> {
    ctx.require(Right::ReadPetitions, ctx.actor.own())?;
    let own = own_scope(ctx, house);
    let weeks = weeks_until(ctx.today());
    let from = weeks.first().copied().unwrap_or(ctx.today());
    let mut conn = house.db.read().await?;
    let rows = store::pains::of_scope(&mut conn, own, from).await?;
    let below = store::pains::below(&mut conn, own, from).await?;
    let decisions = decisions(ctx, &mut conn).await?;
    let overdue = store::pains::overdue(&mut conn, &ctx.actor.scope, ctx.today()).await?;
    drop(conn);
    let mut found = Pains {
        is_cut: overdue.len() == store::pains::MOST_OVERDUE,
        overdue: i64::try_from(overdue.len()).unwrap_or(i64::MAX),
        all: vec![Pain::default(); weeks.len()],
        decisions,
        ..Pains::default()
    };
    let at = |week: &str| weeks.iter().position(|it| it.to_string() == week);
    let mut fields: BTreeMap<String, Vec<Pain>> = BTreeMap::new();
    for (week, field, pain) in rows {
        let Some(n) = at(&week) else { continue };
        let series = match field.is_empty() {
            true => &mut found.all,
            false => fields.entry(field).or_insert_with(|| vec![Pain::default(); weeks.len()]),
        };
        if let Some(it) = series.get_mut(n) {
            *it = it.plus(pain);
        }
    }
    let total = |series: &[Pain]| series.iter().map(|it| it.sent).sum::<i64>();
    found.fields = fields.into_iter().collect();
    found.fields.sort_by_key(|it| (std::cmp::Reverse(total(&it.1)), it.0.clone()));
    let mut places: BTreeMap<AgencyId, (Vec<Pain>, i64)> = BTreeMap::new();
    let blank = || (vec![Pain::default(); weeks.len()], 0);
    for (scope, week, pain) in below {
        let series = &mut places.entry(scope).or_insert_with(blank).0;
        if let Some(it) = at(&week).and_then(|n| series.get_mut(n)) {
            *it = it.plus(pain);
        }
    }
    for holder in overdue {
        let child = child_of(house, own, holder);
        places.entry(child).or_insert_with(blank).1 += 1;
    }
    found.places = places.into_iter().map(|(id, it)| (id, it.0, it.1)).collect();
    found.places.sort_by_key(|it| (std::cmp::Reverse((it.2, total(&it.1))), it.0));
    found.weeks = weeks;
    Ok(found)
}

/// Cases of the own desk that only it can bring forward: refused twice, or contested.
async fn decisions(ctx: &Ctx, conn: &mut Conn) -> Result<Vec<Listed>, PetitionsError> {
    let by = (ctx.actor.agency, ctx.actor.account);
    Ok(store::desks::to_decide(conn, by, MOST_DECISIONS).await?)
}

/// The nation for whoever oversees it; of a place the agency that governs it, whichever agency there asks; else
/// the own agency.
fn own_scope(ctx: &Ctx, house: &House<'_>) -> AgencyId {
    let scope = &ctx.actor.scope;
    if *scope == AgencyPath::nation() {
        return NATION;
    }
    let governs = |it: &&Agency| it.place.is_some() && !it.is_group && it.scope == *scope;
    house.directory.all().iter().find(governs).map_or(ctx.actor.agency, |it| it.id)
}

/// The scope right below `own` in which `holder` stands, or the holder itself.
fn child_of(house: &House<'_>, own: AgencyId, holder: AgencyId) -> AgencyId {
    let mut at = holder;
    // The tree is a few levels deep; a circle in it ends here too.
    for _ in 0..8 {
        match scopes_above(house, at) {
            Some(parent) if parent != own => at = parent,
            _ => break,
        }
    }
    at
}

/// The scope above `agency`: of a commune its province, of all others the nation; none for what is not known.
fn scopes_above(house: &House<'_>, agency: AgencyId) -> Option<AgencyId> {
    if agency == NATION {
        return None;
    }
    let found = house.agency(agency)?;
    if found.level != Level::Commune {
        return Some(NATION);
    }
    let up = |it: &&Agency| it.parent.and_then(|id| house.agency(id));
    let mut above = std::iter::successors(Some(found), up).take(8);
    let province = above.find(|it| it.level == Level::Province && it.place.is_some());
    Some(province.map_or(NATION, |it| it.id))
}

/// For whom a case is counted: where it happened and who received it, with all above them.
fn scopes(house: &House<'_>, case: &Petition) -> BTreeSet<Scope> {
    let mut all = BTreeSet::from([Scope { id: NATION, parent: NATION }]);
    for start in [case.place, Some(case.coordinator)].into_iter().flatten() {
        all.extend(chain(house, start));
    }
    all
}

/// The scope of `start`, and all above it but the nation.
pub(super) fn chain(house: &House<'_>, start: AgencyId) -> Vec<Scope> {
    let mut found = Vec::new();
    let mut at = start;
    // The tree is a few levels deep; a circle in it ends here too.
    for _ in 0..8 {
        let Some(parent) = scopes_above(house, at) else { break };
        found.push(Scope { id: at, parent });
        at = parent;
    }
    found
}

/// Counts `pain` for the case in hand, in its field and in all together.
pub(super) async fn count(hold: &mut Hold<'_>, pain: Pain) -> Result<(), PetitionsError> {
    let at = hold.ctx.now_us();
    let field = hold.case.field.clone();
    for scope in scopes(hold.house, &hold.case) {
        let week = week_at(at);
        store::pains::add(&mut hold.conn, (scope, week, ""), pain).await?;
        if !field.is_empty() {
            store::pains::add(&mut hold.conn, (scope, week, &field), pain).await?;
        }
    }
    Ok(())
}

/// A case goes from the field `before` to the one it has now: in the week in which it came.
pub(super) async fn move_field(hold: &mut Hold<'_>, before: &str) -> Result<(), PetitionsError> {
    let week = week_at(hold.case.sent_at);
    let after = hold.case.field.clone();
    if before == after {
        return Ok(());
    }
    for scope in scopes(hold.house, &hold.case) {
        for (field, sent) in [(before, -1), (after.as_str(), 1)] {
            if !field.is_empty() {
                let pain = Pain { sent, ..Pain::default() };
                store::pains::add(&mut hold.conn, (scope, week, field), pain).await?;
            }
        }
    }
    Ok(())
}

fn week_at(at: i64) -> NaiveDate {
    let at = DateTime::from_timestamp_micros(at).unwrap_or_default();
    week_of(at.with_timezone(&VIETNAM).date_naive())
}
