use chrono::{DateTime, NaiveDate};
use sauro_directory::model::Directory;
use sauro_journal::Event;
use sauro_kernel::{AgencyId, Ctx, RoundId, VIETNAM, WorkingCalendar};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::read::round_within;
use crate::model::UnitLevel;
use crate::model::periodic::{Audience, Form, Round};
use crate::{IndicatorsError, store};

/// Working days from the deadline on which those are reminded who have not sent.
const STEPS: [i64; 3] = [-3, -1, 1];

/// Working days after which a step that nobody took is no news any more.
const PATIENCE: i64 = 3;

/// Rounds looked through.
const ROUNDS: u16 = 120;

/// A round that somebody is told of, with the units that are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundNews {
    /// The round.
    pub round: Round,
    /// Its form.
    pub form: Form,
    /// The agencies that still owe their report, with the day by which.
    pub owing: Vec<(AgencyId, String, NaiveDate)>,
}

/// Writes into the journal that it is time to remind those who have not sent, each step of each round once
/// and within office hours. Answers how many steps.
///
/// # Errors
///
/// The store's; the next call tries again.
pub async fn remind_rounds(
    ctx: &Ctx,
    db: &Db,
    calendar: &WorkingCalendar,
) -> Result<usize, IndicatorsError> {
    if !calendar.is_office_hour(ctx.local_now()) {
        return Ok(0);
    }
    let today = ctx.today();
    let rounds = store::periodic::rounds::newest(&mut db.read().await?, ROUNDS).await?;
    let mut n = 0;
    for round in rounds {
        for (is_commune, due_on) in [(true, round.commune_due_on), (false, round.due_on)] {
            let Some(step) = reached(&round, due_on, calendar, today) else { continue };
            let mut conn = db.write().await?;
            let key = (round.id, is_commune, step);
            if !store::periodic::reminders::put(&mut conn, key, ctx.now_us()).await? {
                continue;
            }
            let data = json!({ "is_commune": is_commune, "step": step });
            let event = Event::new("RoundReminded", "report_round", round.id, data);
            sauro_journal::append(&mut conn, ctx, event).await?;
            conn.commit().await?;
            n += 1;
        }
    }
    Ok(n)
}

/// The last step that was reached since the round was opened: of several that nobody was there to take, one
/// reminder is enough, and of a round long past nobody is reminded.
fn reached(
    round: &Round,
    due_on: NaiveDate,
    calendar: &WorkingCalendar,
    today: NaiveDate,
) -> Option<i64> {
    let opened = DateTime::from_timestamp_micros(round.opened_at)?;
    let opened_on = opened.with_timezone(&VIETNAM).date_naive();
    let (step, day) = STEPS
        .iter()
        .map(|step| (*step, day_of(*step, due_on, calendar)))
        .rfind(|(_, day)| *day <= today)?;
    (day >= opened_on && calendar.working_days_between(day, today) <= PATIENCE).then_some(step)
}

fn day_of(step: i64, due_on: NaiveDate, calendar: &WorkingCalendar) -> NaiveDate {
    let n = u32::try_from(step.unsigned_abs()).unwrap_or(u32::MAX);
    if step < 0 {
        calendar.sub_working_days(due_on, n)
    } else {
        calendar.add_working_days(due_on, n)
    }
}

/// The units that have not sent in the round `id`: communes, or those above them; with none of both.
///
/// # Errors
///
/// [`IndicatorsError::NotFound`] for a round that is not there.
pub async fn round_news(
    conn: &mut Conn,
    directory: &Directory,
    id: RoundId,
    is_commune: Option<bool>,
    today: NaiveDate,
) -> Result<RoundNews, IndicatorsError> {
    let (round, form) = round_within(conn, id).await?;
    let sent = store::periodic::reports::units_in(conn, id).await?;
    let is_asked =
        |level: UnitLevel| is_commune.is_none_or(|it| it == (level == UnitLevel::Commune));
    let owing = Audience::of(&form, &form.design)
        .units(directory, today)
        .into_iter()
        .filter(|it| is_asked(it.level) && sent.binary_search(&it.id).is_err())
        .map(|it| (it.id, it.code, round.due_of(it.level)))
        .collect();
    Ok(RoundNews { round, form, owing })
}
