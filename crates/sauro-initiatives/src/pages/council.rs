//! `/hoi-dong-sang-kien/{id}`: one council: scoring, and closing it.

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::{CouncilId, Ctx, InitiativeId};
use sauro_ui::{Caller, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::answer::shown;
use super::view::decimal;
use super::{House, Sent, text};
use crate::actions::{self, ItemView, Vote};
use crate::model::Council;

#[derive(Template)]
#[template(path = "initiatives/council.html")]
struct CouncilPage {
    chrome: Chrome,
    faults: Faults,
    done: &'static str,
    it: Council,
    agency: String,
    criteria: Vec<(String, String)>,
    threshold: String,
    members: Vec<String>,
    is_member: bool,
    may_close: bool,
    items: Vec<Item>,
}

/// An initiative before the council.
struct Item {
    id: InitiativeId,
    title: String,
    code: String,
    n_cast: usize,
    n_recused: usize,
    /// Why the reader must not score it, or empty.
    conflict: &'static str,
    is_cast: bool,
    /// Points as typed or as given, one for each criterion.
    points: Vec<String>,
    /// The total and what came of it, once it is closed.
    result: String,
    status: &'static str,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "vua")]
    just: String,
}

/// `GET /hoi-dong-sang-kien/{id}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<CouncilId>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let done = match asked.just.as_str() {
        "cham" => "Đã ghi điểm. Sửa được đến khi hội đồng đóng.",
        "khai" => "Đã ghi: thành viên không chấm hồ sơ này. Lý do hiện trong bảng điểm.",
        "chot" => "Đã đóng hội đồng. Bảng điểm công khai cùng sáng kiến.",
        _ => "",
    };
    draw((&ctx, &house, chrome), (id, &Sent::new()), (Faults::none(), done)).await
}

/// `POST /hoi-dong-sang-kien/{id}`.
pub(super) async fn change(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<CouncilId>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let room = house.room();
    let answer = match text(&sent, "viec") {
        "chot" => {
            let stamp = text(&sent, "phien-ban").parse().unwrap_or_default();
            actions::close_council(&ctx, &room, (id, stamp)).await.map(|_| "chot")
        }
        step @ ("cham" | "khai") => {
            let item: InitiativeId = text(&sent, "ho-so").parse().map_err(|_| Failure::NotFound)?;
            let points = (0..20).map(|n| text(&sent, &format!("diem-{item}-{n}")).to_owned());
            let vote = match step {
                "khai" => Vote::Declare,
                _ => Vote::Points(points.collect()),
            };
            let cast = actions::cast(&ctx, &room, (id, item), &vote).await;
            cast.map(|it| if it.conflict.is_some() { "khai" } else { "cham" })
        }
        _ => return Err(Failure::NotFound),
    };
    match answer {
        Ok(done) => {
            Ok(Redirect::to(&format!("/hoi-dong-sang-kien/{id}?vua={done}")).into_response())
        }
        Err(err) => {
            let faults = shown(err)?;
            let html = draw((&ctx, &house, chrome), (id, &sent), (faults, "")).await?;
            Err(Failure::Unprocessable(html))
        }
    }
}

async fn draw(
    (ctx, house, chrome): (&Ctx, &House, Chrome),
    (id, sent): (CouncilId, &Sent),
    (faults, done): (Faults, &'static str),
) -> Result<Html<String>, Failure> {
    let view = actions::council_view(ctx, &house.state.db, id).await?;
    let n = view.council.criteria.len();
    let own = view.own.map(|it| it.n);
    let item = |it: &ItemView| item(it, (own, n), sent);
    let directory = &house.directory;
    page(&CouncilPage {
        chrome,
        faults,
        done,
        agency: directory.name(view.council.agency).to_owned(),
        criteria: view
            .council
            .criteria
            .iter()
            .map(|it| (it.name.clone(), decimal(it.weight)))
            .collect(),
        threshold: decimal(view.council.threshold),
        members: view
            .members
            .iter()
            .map(|it| format!("{}, {}", it.role.label(), directory.name(it.agency)))
            .collect(),
        is_member: own.is_some(),
        may_close: view.may_close,
        items: view.items.iter().map(item).collect(),
        it: view.council,
    })
}

fn item(it: &ItemView, (own, n): (Option<i64>, usize), sent: &Sent) -> Item {
    let ballot = it.ballots.iter().find(|it| Some(it.member) == own);
    let id = it.initiative.id;
    let points = (0..n).map(|at| {
        let given = ballot.and_then(|it| it.points.get(at)).map(|it| decimal(*it));
        match text(sent, &format!("diem-{id}-{at}")) {
            "" => given.unwrap_or_default(),
            typed => typed.to_owned(),
        }
    });
    Item {
        id,
        title: it.initiative.title.clone(),
        code: it.initiative.code.to_string(),
        n_cast: it.n_cast.0,
        n_recused: it.n_cast.1,
        conflict: ballot.and_then(|it| it.conflict).map_or("", |it| it.label()),
        is_cast: ballot.is_some_and(|it| it.conflict.is_none()),
        points: points.collect(),
        result: it.tally.as_ref().map(|it| decimal(it.total)).unwrap_or_default(),
        status: it.initiative.stage.label(),
    }
}
