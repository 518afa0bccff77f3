//! `/hoi-dong-sang-kien`: the councils of one's agency and desk, and opening another.

use askama::Template;
use axum::extract::Form;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::{Ctx, InitiativeId, Right, Role};
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page, words};

use super::answer::shown;
use super::{House, Sent, text};
use crate::actions;
use crate::model::{Council, CouncilFields, Initiative, PRESETS};

/// Lines for members and for own criteria on the form.
const MEMBERS: usize = 9;
const CRITERIA: usize = 6;

#[derive(Template)]
#[template(path = "initiatives/councils.html")]
struct CouncilsPage {
    chrome: Chrome,
    faults: Faults,
    held: Vec<(String, String, String, bool)>,
    scored: Vec<(String, String, String, bool)>,
    awaiting: Vec<(Initiative, bool)>,
    may_chair: bool,
    it: CouncilFields,
    presets: Vec<Choice>,
    roles: Vec<Choice>,
}

/// `GET /hoi-dong-sang-kien`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let it = CouncilFields {
        preset: "nd-13".to_owned(),
        threshold: "70".to_owned(),
        quorum: "3".to_owned(),
        ..CouncilFields::default()
    };
    draw((&ctx, &house, chrome), (it, &[]), Faults::none()).await
}

/// `POST /hoi-dong-sang-kien`.
pub(super) async fn open(
    Caller(ctx): Caller,
    house: House,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let fields = fields(&sent);
    let items: Vec<InitiativeId> =
        sent.iter().filter(|it| it.0 == "ho-so").filter_map(|it| it.1.parse().ok()).collect();
    match actions::open_council(&ctx, &house.room(), &items, &fields).await {
        Ok(it) => Ok(Redirect::to(&format!("/hoi-dong-sang-kien/{}", it.id)).into_response()),
        Err(err) => {
            let faults = shown(err)?;
            let html = draw((&ctx, &house, chrome), (fields, &items), faults).await?;
            Err(Failure::Unprocessable(html))
        }
    }
}

fn fields(sent: &Sent) -> CouncilFields {
    let typed = |name: String| text(sent, &name).to_owned();
    CouncilFields {
        name: typed("ten".to_owned()),
        preset: typed("bo-tieu-chi".to_owned()),
        criteria: (1..=CRITERIA)
            .map(|n| (typed(format!("tieu-chi-{n}")), typed(format!("trong-so-{n}"))))
            .collect(),
        threshold: typed("nguong".to_owned()),
        quorum: typed("so-toi-thieu".to_owned()),
        members: (1..=MEMBERS)
            .map(|n| (typed(format!("thanh-vien-{n}")), typed(format!("vai-{n}"))))
            .collect(),
    }
}

async fn draw(
    (ctx, house, chrome): (&Ctx, &House, Chrome),
    (mut it, items): (CouncilFields, &[InitiativeId]),
    faults: Faults,
) -> Result<Html<String>, Failure> {
    it.members.resize(MEMBERS, (String::new(), "leader".to_owned()));
    it.criteria.resize(CRITERIA, Default::default());
    let (held, scored) = actions::councils(ctx, &house.state.db).await?;
    let row = |it: &Council| {
        let closed = it.closed_at.map(|at| format!("Đóng {}", words::datetime(at)));
        let note = closed.unwrap_or_else(|| format!("Mở {}", words::datetime(it.opened_at)));
        (format!("/hoi-dong-sang-kien/{}", it.id), it.name.clone(), note, it.is_open())
    };
    let awaiting = actions::awaiting(ctx, &house.state.db).await?;
    let may =
        |it: &Role| sauro_kernel::may(*it, Right::ScoreInitiatives, sauro_kernel::Relation::Own);
    let own = ("".to_owned(), "Tiêu chí riêng, ghi bên dưới".to_owned());
    page(&CouncilsPage {
        faults,
        held: held.iter().map(row).collect(),
        scored: scored.iter().map(row).collect(),
        may_chair: ctx.may(Right::ChairCouncils, ctx.actor.own()),
        awaiting: awaiting
            .into_iter()
            .map(|it| {
                let is_on = items.contains(&it.id);
                (it, is_on)
            })
            .collect(),
        it,
        presets: PRESETS
            .iter()
            .map(|it| Choice::new(it.0, it.1))
            .chain([Choice::new(own.0, own.1)])
            .collect(),
        roles: Role::SEATS
            .into_iter()
            .filter(may)
            .map(|it| Choice::new(it.code(), it.label()))
            .collect(),
        chrome,
    })
}
