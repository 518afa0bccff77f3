//! What there is to see of rounds and reports.

use std::collections::HashMap;

use sauro_directory::model::{Agency, Directory};
use sauro_kernel::{AgencyId, Ctx, FormId, Over, Right, RoundId};
use sauro_store::{Conn, Db};

use super::authority::{may_manage, may_receive};
use crate::model::Unit;
use crate::model::periodic::{
    Audience, Exception, Form, PeriodicReport, Round, Standing, receiver_of, with_extension,
};
use crate::{IndicatorsError, store};

/// Rounds looked through for what somebody owes and awaits.
const ROUNDS: u16 = 120;

/// One round as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundLine {
    /// The round.
    pub round: Round,
    /// Its form, as designed for it.
    pub form: Form,
    /// The unit whose report the reader writes, if any, with the report once it is begun.
    pub own: Option<(Unit, Option<PeriodicReport>, Standing)>,
    /// How many reports the reader's agency has of those it awaits; none where it awaits none.
    pub received: Option<(usize, usize)>,
}

/// One unit in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLine {
    /// The unit.
    pub unit: Unit,
    /// Its report, once it is begun.
    pub report: Option<PeriodicReport>,
    /// How it stands.
    pub standing: Standing,
    /// It may send although the round is locked.
    pub exception: Option<Exception>,
    /// When it was last heard of in a round before, in microseconds.
    pub heard_at: Option<i64>,
}

/// All there is to see of a round: those who report to one receiver, or everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundView {
    /// The round.
    pub round: Round,
    /// Its form, as designed for it.
    pub form: Form,
    /// The units, in the order of the tree.
    pub units: Vec<UnitLine>,
    /// The unit whose report the reader writes from these.
    pub own: Option<Unit>,
    /// The reader accepts and returns what is listed.
    pub may_receive: bool,
    /// The reader runs the round.
    pub may_manage: bool,
}

/// The round `id` and its form as designed for it.
pub(super) async fn round_within(
    conn: &mut Conn,
    id: RoundId,
) -> Result<(Round, Form), IndicatorsError> {
    let round =
        store::periodic::rounds::find(conn, id).await?.ok_or(IndicatorsError::NotFound("round"))?;
    let form = store::periodic::forms::find_version(conn, round.form, round.form_version)
        .await?
        .ok_or(IndicatorsError::NotFound("form of a round"))?;
    Ok((round, form))
}

/// `form` with what the level above `unit` adds to it: of what is stored in `report`, or of today.
pub(super) async fn form_of_unit(
    conn: &mut Conn,
    form: Form,
    unit: &Unit,
    report: Option<&PeriodicReport>,
) -> Result<(Form, Option<(FormId, i64)>), IndicatorsError> {
    let extension = match report {
        Some(report) => match report.extension {
            Some((id, version)) => store::periodic::forms::find_version(conn, id, version).await?,
            None => None,
        },
        None => {
            let all = store::periodic::forms::extensions_of(conn, form.id).await?;
            let above = |it: &Form| it.owner_scope.covers(&unit.path) && !unit.is_nation();
            // The nearest one above the unit.
            all.into_iter().filter(above).max_by_key(|it| it.owner_scope.as_str().len())
        }
    };
    let key = extension.as_ref().map(|it| (it.id, it.version));
    let design = with_extension(form.design, extension.as_ref().map(|it| &it.design));
    Ok((Form { design, ..form }, key))
}

/// The unit named `code` in the round for `form`: one that reports, or the one that ends the chain.
pub(super) fn unit_in(
    directory: &Directory,
    form: &Form,
    code: &str,
) -> Result<Unit, IndicatorsError> {
    let audience = Audience::of(form, &form.design);
    let last = audience.last(directory).filter(|it| it.code == code);
    let found = last.or_else(|| audience.unit(directory, directory.by_code(code)?));
    found.ok_or(IndicatorsError::NotFound("unit of the round"))
}

/// To whom `unit` sends; none where the chain ends.
pub(super) fn receiver(directory: &Directory, form: &Form, unit: &Unit) -> Option<AgencyId> {
    let audience = Audience::of(form, &form.design);
    let is_last = audience.last(directory).is_some_and(|it| it.id == unit.id);
    (!is_last).then(|| receiver_of(unit, &audience))
}

/// The rounds that concern the caller, newest first: those it reports in, and those whose reports it has.
///
/// # Errors
///
/// The store's.
pub async fn rounds_of(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
) -> Result<Vec<RoundLine>, IndicatorsError> {
    ctx.require(Right::ReadTasks, ctx.actor.own())?;
    let mut conn = db.read().await?;
    let rounds = store::periodic::rounds::newest(&mut conn, ROUNDS).await?;
    let own = directory.agency(ctx.actor.agency);
    let below = agencies_below(ctx, directory);
    // Who sends to the caller follows from the form alone, so it is counted once for all its rounds.
    let mut forms: HashMap<(FormId, i64), (Form, usize)> = HashMap::new();
    let mut lines = Vec::new();
    for round in rounds {
        let key = (round.form, round.form_version);
        if !forms.contains_key(&key) {
            let found = store::periodic::forms::find_version(&mut conn, key.0, key.1).await?;
            forms.extend(found.map(|it| {
                let n_awaited = n_senders(ctx, directory, &below, &it);
                (key, (it, n_awaited))
            }));
        }
        let Some((form, n_awaited)) = forms.get(&key).cloned() else { continue };
        let audience = Audience::of(&form, &form.design);
        let unit = match form.owner == ctx.actor.agency {
            true => audience.last(directory),
            false => own.and_then(|it| audience.unit(directory, it)),
        };
        let own = match unit {
            Some(unit) => {
                let report =
                    store::periodic::reports::of_unit(&mut conn, round.id, unit.id).await?;
                let standing = round.standing(unit.level, report.as_ref(), ctx.now_us());
                Some((unit, report, standing))
            }
            None => None,
        };
        let received = if n_awaited > 0 {
            let n = store::periodic::reports::n_with(&mut conn, round.id, ctx.actor.agency).await?;
            Some((usize::try_from(n).unwrap_or(0), n_awaited))
        } else {
            None
        };
        if own.is_some() || received.is_some() {
            lines.push(RoundLine { round, form, own, received });
        }
    }
    Ok(lines)
}

/// How many of `below` send to the caller's agency in rounds of `form`.
fn n_senders(ctx: &Ctx, directory: &Directory, below: &[&Agency], form: &Form) -> usize {
    let audience = Audience::of(form, &form.design);
    let is_mine = |it: &Unit| receiver_of(it, &audience) == ctx.actor.agency;
    below.iter().filter_map(|it| audience.unit(directory, it)).filter(is_mine).count()
}

/// The agencies that may send to the caller's: none below a commune.
fn agencies_below<'a>(ctx: &Ctx, directory: &'a Directory) -> Vec<&'a Agency> {
    let is_below = |it: &&Agency| ctx.actor.scope.covers(&it.path) && it.is_valid_on(ctx.today());
    directory.all().iter().filter(is_below).collect()
}

/// The round `id` with the units that send to the caller's agency; with `province`, the communes that
/// send to that province.
///
/// # Errors
///
/// [`IndicatorsError::NotFound`] for a round in which the caller has no part.
pub async fn round_view(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    id: RoundId,
    province: Option<&str>,
) -> Result<RoundView, IndicatorsError> {
    let mut conn = db.read().await?;
    let (round, form) = round_within(&mut conn, id).await?;
    let audience = Audience::of(&form, &form.design);
    let own = directory.agency(ctx.actor.agency).and_then(|it| audience.unit(directory, it));
    let is_owner = form.owner == ctx.actor.agency;
    let receiver = match province {
        Some(code) => AgencyId::of_code(&format!("UBND-{code}")),
        None if is_owner || own.is_some() => ctx.actor.agency,
        None => form.owner,
    };
    let takes_in = may_receive(ctx, directory, receiver).is_ok();
    let path =
        directory.agency(receiver).map(|it| it.path.clone()).unwrap_or(form.owner_path.clone());
    if !takes_in && !ctx.may(Right::ReadTasks, Over { agency: receiver, path: &path }) {
        return Err(IndicatorsError::NotFound("round for this caller"));
    }
    let reports = store::periodic::reports::to_receiver(&mut conn, id, receiver).await?;
    let exceptions = store::periodic::exceptions::of_round(&mut conn, id).await?;
    let heard = store::periodic::reports::heard(&mut conn, (form.id, id), receiver).await?;
    let mut reports: HashMap<AgencyId, PeriodicReport> =
        reports.into_iter().map(|it| (it.unit.id, it)).collect();
    let units = audience
        .units(directory, ctx.today())
        .into_iter()
        .filter(|it| receiver_of(it, &audience) == receiver)
        .map(|unit| {
            let report = reports.remove(&unit.id);
            let standing = round.standing(unit.level, report.as_ref(), ctx.now_us());
            let exception = exceptions.iter().find(|it| it.unit == unit.id).cloned();
            let heard_at = heard.iter().find(|it| it.0 == unit.id).map(|it| it.1);
            UnitLine { unit, report, standing, exception, heard_at }
        })
        .collect();
    let own = if is_owner { audience.last(directory) } else { own };
    let may_manage = may_manage(ctx, &form).is_ok();
    Ok(RoundView { round, form, units, own, may_receive: takes_in, may_manage })
}
