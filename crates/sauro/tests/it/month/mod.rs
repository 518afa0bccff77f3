//! A month of the whole country: handed down, reported, late, urged, explained, extended, verified;
//! and after each hour every figure on the pages equals a count by hand.

mod country;
mod fate;
mod figures;
mod hours;
mod known;
mod reminders;

use std::time::Duration;

use sauro_store::Limits;
use sauro_testkit::{Engine, on_each_engine_with, on_sqlite};

use country::Country;

/// One commune of how many is played on each engine; all of them on one.
const ONE_OF: usize = 8;

#[tokio::test]
async fn every_figure_of_a_month_equals_a_count_by_hand() {
    on_each_engine_with(patient(), async |engine| play(engine, ONE_OF).await).await;
}

/// Every commune of the country. Takes minutes in a debug build; `./test` runs it once, on SQLite.
#[tokio::test]
async fn every_figure_of_a_month_of_all_communes_equals_a_count_by_hand() {
    play(on_sqlite(patient()).await, 1).await;
}

/// What is asked here is whether the figures are right, on however slow a machine.
fn patient() -> Limits {
    let long = Duration::from_secs(120);
    Limits { wait: long, turn: long, ..Limits::default() }
}

async fn play(engine: Engine, one_of: usize) {
    let mut country = Country::found(engine).await;
    country.issue().await;
    country.hand_down(one_of).await;
    country.check("handed down").await;
    let lives = fate::of_all(&country);
    country.live(lives).await;
    country.check_the_past().await;
    country.check_lists().await;
    country.check_reminders().await;
}
