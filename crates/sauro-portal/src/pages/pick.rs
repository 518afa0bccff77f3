//! `/bien-tap/{id}/anh`: choosing pictures for a block of an item, from the library or from one's own machine.

use askama::Template;
use axum::extract::{Path, Query, Request};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::{Ctx, PortalItemId};
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, SentForm, page};
use uuid::Uuid;

use super::House;
use super::answer::shown;
use super::pictures::{Asked, Card, fields_of, kept, licences};
use super::view::query;
use crate::PortalError;
use crate::actions;
use crate::model::{Act, PictureFields};

#[derive(Template)]
#[template(path = "portal/pick.html")]
struct PickPage {
    chrome: Chrome,
    faults: Faults,
    id: PortalItemId,
    title: String,
    block: usize,
    cards: Vec<Card>,
    sought: String,
    next: String,
    licences: Vec<Choice>,
    new: PictureFields,
}

/// `GET /bien-tap/{id}/anh`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<PortalItemId>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let typed = (PictureFields::default(), Faults::none());
    drawn(&ctx, &house, chrome, ((id, asked), typed)).await
}

/// `POST /bien-tap/{id}/anh`.
pub(super) async fn choose(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<PortalItemId>,
    chrome: Chrome,
    request: Request,
) -> Result<Response, Failure> {
    let sent = SentForm::read(request).await;
    if sent.cut.is_some() {
        return Err(Failure::TooLarge);
    }
    let block: usize = sent.one("khoi").parse().unwrap_or_default();
    let fields = fields_of(&sent);
    match picked(&ctx, &house, (id, block), (&sent, &fields)).await {
        Ok(()) => Ok(Redirect::to(&format!("/bien-tap/{id}#khoi-{block}")).into_response()),
        Err(err) => {
            let faults = shown(err)?;
            let asked = Asked { block, ..Asked::default() };
            let html = drawn(&ctx, &house, chrome, ((id, asked), (fields, faults))).await?;
            Err(Failure::Unprocessable(html))
        }
    }
}

async fn picked(
    ctx: &Ctx,
    house: &House,
    (id, block): (PortalItemId, usize),
    (sent, fields): (&SentForm, &PictureFields),
) -> Result<(), PortalError> {
    let db = &house.state.db;
    // Whoever may not write here is told before a file is kept.
    let desk = actions::desk_item(ctx, db, id).await?;
    if !desk.may(Act::Write) {
        return Err(PortalError::Stale);
    }
    let chosen = sent.fields.iter().filter(|it| it.0 == "anh");
    let mut chosen: Vec<Uuid> = chosen.filter_map(|it| it.1.parse().ok()).collect();
    if !sent.files.is_empty() {
        chosen.extend(kept(ctx, house, (sent, fields)).await?.iter().map(|it| it.id));
    }
    actions::pick_pictures(ctx, db, (id, block), &chosen).await
}

async fn drawn(
    ctx: &Ctx,
    house: &House,
    chrome: Chrome,
    ((id, asked), (new, faults)): ((PortalItemId, Asked), (PictureFields, Faults)),
) -> Result<Html<String>, Failure> {
    let db = &house.state.db;
    let desk = actions::desk_item(ctx, db, id).await?;
    let found = actions::pictures(ctx, db, &asked.sought, asked.after.parse().ok()).await?;
    let next = found.next.map(|it| {
        let block = asked.block.to_string();
        let pairs = [("khoi", block.as_str()), ("tim", &asked.sought), ("sau", &it.to_string())];
        format!("/bien-tap/{id}/anh?{}", query(&pairs))
    });
    page(&PickPage {
        faults,
        id,
        title: desk.item.title,
        block: asked.block,
        cards: found.pictures.iter().map(Card::of).collect(),
        next: next.unwrap_or_default(),
        sought: asked.sought,
        licences: licences(),
        new,
        chrome,
    })
}
