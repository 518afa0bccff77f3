//! What became of the answers of agencies, kept as answers are given and rated.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Months, NaiveDate};
use sauro_kernel::{AgencyId, Ctx, VIETNAM, cut_off};
use sauro_store::Db;
use uuid::Uuid;

use super::hold::{Hold, House};
use super::pains;
use crate::model::{AgencyTally, Answer, Pain, Tally, TallyLine};
use crate::{PetitionsError, store};

/// Periods of one agency that are read: five years, each with its months.
const MOST_PERIODS: u16 = 65;

/// Months of one period at most: a year.
const MOST_MONTHS: usize = 12;

/// Agencies of one page.
const PAGE: u16 = 50;

/// Counts `answer`, which is being approved.
pub(super) async fn answered(hold: &mut Hold<'_>, answer: &Answer) -> Result<(), PetitionsError> {
    let Some((_, at)) = answer.approved else { return Ok(()) };
    let is_on_time = at <= cut_off(hold.case.citizen_due_on).timestamp_micros();
    let tally = Tally::of_answer(is_on_time, answer.closing);
    if !is_on_time {
        pains::count(hold, Pain { late: 1, ..Pain::default() }).await?;
    }
    add(hold, answer.agency, at, &tally).await
}

/// Counts the rating of the last answer, in the period in which that was given.
pub(super) async fn rated(hold: &mut Hold<'_>, rating: i64) -> Result<(), PetitionsError> {
    let answers = hold.answers().await?;
    let last = answers.iter().rev().find_map(|it| Some((it.agency, it.approved?.1)));
    let Some((agency, at)) = last else { return Ok(()) };
    let tally = Tally::of_rating(rating);
    if tally.contested > 0 {
        pains::count(hold, Pain { contested: 1, ..Pain::default() }).await?;
    }
    add(hold, agency, at, &tally).await
}

async fn add(
    hold: &mut Hold<'_>,
    agency: AgencyId,
    at: i64,
    tally: &Tally,
) -> Result<(), PetitionsError> {
    let day = DateTime::from_timestamp_micros(at).unwrap_or_default().with_timezone(&VIETNAM);
    let (year, month) = (day.format("%Y").to_string(), day.format("%Y-%m").to_string());
    Ok(store::tallies::add(&mut hold.conn, agency, [&year, &month], tally).await?)
}

/// Agencies that answered in `year`, whoever answered most first, and whether there are more. `after` is the
/// last one shown: its number of answers and its id.
///
/// # Errors
///
/// The store's.
pub async fn agencies(
    house: &House<'_>,
    year: &str,
    after: Option<(i64, Uuid)>,
) -> Result<(Vec<TallyLine>, bool), PetitionsError> {
    let before = after.unwrap_or((i64::MAX, Uuid::max()));
    let mut conn = house.db.read().await?;
    let mut lines = store::tallies::of_period(&mut conn, year, before, PAGE + 1).await?;
    let has_more = lines.len() > usize::from(PAGE);
    lines.truncate(usize::from(PAGE));
    Ok((lines, has_more))
}

/// How satisfied senders were with the answers of each agency given in the months from `from` to `until`: of how
/// many ratings how many satisfied, as (satisfied, rated). Agencies without a rating are left out.
///
/// # Errors
///
/// The store's.
pub async fn satisfaction(
    db: &Db,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<HashMap<AgencyId, (i64, i64)>, PetitionsError> {
    let first = from.with_day(1).unwrap_or(from);
    let months = std::iter::successors(Some(first), |it| it.checked_add_months(Months::new(1)));
    let months: Vec<String> = months
        .take_while(|it| *it <= until)
        .take(MOST_MONTHS)
        .map(|it| it.format("%Y-%m").to_string())
        .collect();
    let rows = store::tallies::ratings(&mut db.read().await?, &months).await?;
    Ok(rows.into_iter().map(|(agency, satisfied, rated)| (agency, (satisfied, rated))).collect())
}

/// What `agency` gave, and what it owes today.
///
/// # Errors
///
/// The store's.
pub async fn agency(
    ctx: &Ctx,
    house: &House<'_>,
    agency: AgencyId,
) -> Result<AgencyTally, PetitionsError> {
    let mut conn = house.db.read().await?;
    let all = store::tallies::of_agency(&mut conn, agency, MOST_PERIODS).await?;
    let (open, overdue) = store::tallies::open_of(&mut conn, agency, ctx.today()).await?;
    let (months, years) = all.into_iter().partition(|it| it.0.len() > 4);
    Ok(AgencyTally { years, months, open, overdue })
}
