//! Deadlines of open cases after a limit or the calendar changed: set anew a part at a time, each with how far it
//! is, so that others write in between and whoever starts next goes on.

use chrono::NaiveDate;
use sauro_journal::Event;
use sauro_kernel::{AgencyId, Ctx, WorkingCalendar};
use sauro_store::{Conn, Dialect, FileHash};
use serde_json::json;
use uuid::Uuid;

use super::hold::{House, running_due};
use crate::model::{Happening, Limits, Recount, clocks, turns};
use crate::store::recounts::{self, Clocked};
use crate::{PetitionsError, store};

/// Cases looked at in one go.
const AT_ONCE: u16 = 1_000;

/// Cases looked at before it is written how far it is, when none of them has another deadline.
const MOST_UNMOVED: usize = 20;

/// Counts up when the clocks themselves are computed otherwise: then all are set anew.
const CLOCKS: u32 = 1;

/// The recount that is under way, or was the last; none before the first.
///
/// # Errors
///
/// The store's.
pub async fn recount_of(house: &House<'_>) -> Result<Option<Recount>, PetitionsError> {
    Ok(recounts::find(&mut house.db.read().await?).await?)
}

/// What deadlines follow from besides what happened: a hash of it.
pub(crate) fn basis(limits: &Limits, calendar: &WorkingCalendar) -> [u8; 32] {
    FileHash::of(format!("{CLOCKS}\n{limits:?}\n{calendar:?}").as_bytes()).0
}

/// Begins a recount when the limits or the calendar are others than those of the last one. The limits are set in
/// the same transaction, or were before.
pub(crate) async fn begin(
    ctx: &Ctx,
    house: &House<'_>,
    conn: &mut Conn,
) -> Result<(), PetitionsError> {
    let limits = store::fields::limits(conn).await?;
    let n_all = recounts::n_open(conn).await?;
    let it = Recount::begun(basis(&limits, house.calendar), n_all, ctx.now_us());
    recounts::begin(conn, &it).await?;
    Ok(())
}

/// Notes that every deadline follows from the limits and the calendar of now, as of a past that was written so.
pub(crate) async fn settled(
    conn: &mut Conn,
    (limits, calendar): (&Limits, &WorkingCalendar),
    at: i64,
) -> Result<(), PetitionsError> {
    let n_all = recounts::n_open(conn).await?;
    let it = Recount::begun(basis(limits, calendar), n_all, at);
    recounts::begin(conn, &Recount { n_seen: n_all, ended_at: Some(at), ..it }).await?;
    Ok(())
}

/// Cases that were looked at and wait to be written.
pub(crate) struct Looked {
    /// By which limits and calendar.
    basis: [u8; 32],
    /// The case after which they stand.
    from: Uuid,
    /// The last of them.
    to: Uuid,
    n: i64,
    /// There is none after them.
    is_end: bool,
    /// Those that have another deadline.
    moved: Vec<Clocked>,
}

/// Sets the clocks of the next cases anew, while those after them are looked at (`ahead`). Answers how many have
/// another deadline, or none when all is done.
pub(crate) async fn recount_some(
    ctx: &Ctx,
    house: &House<'_>,
    ahead: &mut Option<Looked>,
) -> Result<Option<usize>, PetitionsError> {
    let mut conn = house.db.read().await?;
    let limits = store::fields::limits(&mut conn).await?;
    let basis = basis(&limits, house.calendar);
    let Some(before) = recounts::find(&mut conn).await?.filter(|it| it.basis == basis) else {
        drop(conn);
        let mut conn = house.db.write().await?;
        begin(ctx, house, &mut conn).await?;
        conn.commit().await?;
        return Ok(Some(0));
    };
    if before.ended_at.is_some() {
        return Ok(None);
    }
    // By other limits, and where another node was faster, it is looked at anew.
    let of_now = ahead.take().filter(|it| it.basis == basis && it.from == before.after);
    let by = (&limits, basis);
    let some = match of_now {
        Some(some) => some,
        None => looked(&mut conn, house, by, before.after).await?,
    };
    if some.is_end {
        drop(conn);
        return written(ctx, house, &before, &some).await.map(Some);
    }
    let next = looked(&mut conn, house, by, some.to);
    let (done, next) = tokio::join!(written(ctx, house, &before, &some), next);
    *ahead = Some(next?);
    done.map(Some)
}

/// Looks at cases after `from` until some have another deadline, or none are left.
async fn looked(
    conn: &mut Conn,
    house: &House<'_>,
    (limits, basis): (&Limits, [u8; 32]),
    from: Uuid,
) -> Result<Looked, PetitionsError> {
    let mut it = Looked { basis, from, to: from, n: 0, is_end: false, moved: Vec::new() };
    for _ in 0..MOST_UNMOVED {
        let cases = recounts::open_after(conn, it.to, AT_ONCE).await?;
        let Some(last) = cases.last().map(|it| it.id.0) else {
            it.is_end = true;
            return Ok(it);
        };
        let happenings = recounts::happenings(conn, it.to, last).await?;
        it.n += i64::try_from(cases.len()).unwrap_or(0);
        it.to = last;
        it.moved = moved((limits, house.calendar), cases, happenings);
        if !it.moved.is_empty() {
            break;
        }
    }
    Ok(it)
}

/// Those of `cases` that have another deadline, with it. `happenings` are in the same order.
fn moved(
    (limits, calendar): (&Limits, &WorkingCalendar),
    cases: Vec<Clocked>,
    happenings: Vec<(Uuid, Happening)>,
) -> Vec<Clocked> {
    let mut rest = happenings.into_iter().peekable();
    let mut moved = Vec::new();
    for case in cases {
        let mut own = Vec::new();
        while let Some((_, it)) = rest.next_if(|it| it.0 == case.id.0) {
            own.push(it);
        }
        let (due_on, citizen_due_on) = days_of((limits, calendar), &case, &own);
        if (due_on, citizen_due_on) != (case.due_on, case.citizen_due_on) {
            moved.push(Clocked { due_on, citizen_due_on, ..case });
        }
    }
    moved
}

fn days_of(
    (limits, calendar): (&Limits, &WorkingCalendar),
    case: &Clocked,
    happenings: &[Happening],
) -> (Option<NaiveDate>, NaiveDate) {
    let first = happenings.first().and_then(|it| it.to).map_or(case.coordinator, AgencyId);
    let clocks = clocks(calendar, limits, (case.sent_at, first), &turns(happenings));
    (running_due(case.state, &clocks), clocks.citizen_due_on)
}

/// How many of `n` cases are written apart: half where two can write at once.
fn n_apart(house: &House<'_>, n: usize) -> usize {
    match house.db.dialect() {
        Dialect::Sqlite => 0,
        Dialect::Postgres => n / 2,
    }
}

/// Writes the deadlines of `cases` while another transaction holds the recount. Should that one break off, they are
/// right already when they are looked at again.
async fn set_apart(house: &House<'_>, cases: &[Clocked]) -> Result<u64, PetitionsError> {
    if cases.is_empty() {
        return Ok(0);
    }
    let mut conn = house.db.write().await?;
    let n = recounts::set_days(&mut conn, cases).await?;
    conn.commit().await?;
    Ok(n)
}

/// Writes the deadlines of those that were looked at and how far the recount is. When somebody has
/// changed one of the cases meanwhile, the others are written and these cases are looked at again.
async fn written(
    ctx: &Ctx,
    house: &House<'_>,
    before: &Recount,
    some: &Looked,
) -> Result<usize, PetitionsError> {
    let (apart, with) = some.moved.split_at(n_apart(house, some.moved.len()));
    let mut conn = house.db.write().await?;
    // Another node was faster, or the limits are others by now.
    if !recounts::hold(&mut conn, before).await? {
        return Ok(0);
    }
    let (n_apart, n) = tokio::join!(set_apart(house, apart), recounts::set_days(&mut conn, with));
    let n = n_apart? + n?;
    let n_moved = before.n_moved + i64::try_from(n).unwrap_or(0);
    let is_whole = usize::try_from(n).is_ok_and(|n| n == some.moved.len());
    let after = match is_whole {
        true => Recount {
            after: some.to,
            n_seen: before.n_seen + some.n,
            n_moved,
            ended_at: some.is_end.then(|| ctx.now_us()),
            ..before.clone()
        },
        false => Recount { n_moved, ..before.clone() },
    };
    recounts::advance(&mut conn, &after).await?;
    if after.ended_at.is_some() && after.n_moved > 0 {
        let data = json!({ "cases": after.n_seen, "moved": after.n_moved });
        let event = Event::new("PetitionDeadlinesSet", "petitions", "limits", data);
        sauro_journal::append(&mut conn, ctx, event).await?;
    }
    conn.commit().await?;
    Ok(usize::try_from(n).unwrap_or(usize::MAX))
}
