//! `/phan-anh-den/thoi-han`: how many working days each step may take.

use askama::Template;
use axum::extract::{Form, Query};
use axum::response::{Html, Redirect};
use sauro_directory::model::Level;
use sauro_kernel::{Ctx, Right};
use sauro_ui::{Caller, Chrome, Failure, Faults, filters, page};

use super::Asked;
use crate::actions::{self, House};
use crate::model::{Limits, Recount};
use crate::pages::answer::shown;
use crate::pages::premises::Premises;

#[derive(Template)]
#[template(path = "petitions/desk/limits.html")]
struct LimitsPage {
    chrome: Chrome,
    faults: Faults,
    is_saved: bool,
    may_set: bool,
    /// Name of the step, its label, the days as typed or as they are, and what days they are.
    steps: Vec<(&'static str, &'static str, String, &'static str)>,
    promised: u32,
    promised_complex: u32,
    /// How far the deadlines of open cases are set anew, or when they last were.
    recount: Option<Recount>,
}

/// `GET /phan-anh-den/thoi-han`.
pub(super) async fn show(
    Caller(ctx): Caller,
    premises: Premises,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let is_saved = asked.just == "luu";
    draw((&ctx, &premises.house(), chrome), &[], (Faults::none(), is_saved)).await
}

/// `POST /phan-anh-den/thoi-han`.
pub(super) async fn set(
    Caller(ctx): Caller,
    premises: Premises,
    chrome: Chrome,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let house = premises.house();
    match actions::set_limits(&ctx, &house, &typed).await {
        Ok(()) => Ok(Redirect::to("/phan-anh-den/thoi-han?vua=luu")),
        Err(err) => {
            let faults = shown(err)?;
            let html = draw((&ctx, &house, chrome), &typed, (faults, false)).await?;
            Err(Failure::Unprocessable(html))
        }
    }
}

async fn draw(
    (ctx, house, chrome): (&Ctx, &House<'_>, Chrome),
    typed: &[(String, String)],
    (faults, is_saved): (Faults, bool),
) -> Result<Html<String>, Failure> {
    ctx.require(Right::ReadPetitions, ctx.actor.own())?;
    let mut limits = actions::limits(house).await?;
    let (promised, promised_complex) = (limits.promised(false), limits.promised(true));
    let mut days = |step: &str| match typed.iter().find(|it| it.0 == step) {
        Some((_, days)) => days.clone(),
        None => limits.place(step).map(|it| it.to_string()).unwrap_or_default(),
    };
    let level = house.directory.agency(ctx.actor.agency).map(|it| it.level);
    let is_central = level == Some(Level::Centre);
    page(&LimitsPage {
        steps: Limits::STEPS
            .map(|(step, label)| (step, label, days(step), Limits::unit(step)))
            .to_vec(),
        may_set: is_central && ctx.may(Right::ManagePetitions, ctx.actor.own()),
        promised,
        promised_complex,
        recount: actions::recount_of(house).await?,
        chrome,
        faults,
        is_saved,
    })
}
