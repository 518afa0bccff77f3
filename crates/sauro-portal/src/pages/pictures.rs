//! `/bien-tap/kho-anh`: the library of pictures of the agency.

use askama::Template;
use axum::extract::{Query, Request};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::{Ctx, Right};
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, SentForm, page, words};
use serde::Deserialize;
use uuid::Uuid;

use super::House;
use super::answer::shown;
use super::shown::{Frame, TILE, tag};
use super::view::query;
use crate::PortalError;
use crate::actions;
use crate::model::{LICENCES, Picture, PictureFields, label_in};

/// Pictures of one upload.
const MOST_AT_ONCE: usize = 20;

#[derive(Template)]
#[template(path = "portal/pictures.html")]
struct PicturesPage {
    chrome: Chrome,
    faults: Faults,
    cards: Vec<Card>,
    sought: String,
    next: String,
    licences: Vec<Choice>,
    new: PictureFields,
    done: &'static str,
}

/// A picture in a grid.
pub(super) struct Card {
    pub(super) id: Uuid,
    pub(super) href: String,
    pub(super) html: String,
    pub(super) title: String,
    pub(super) has_alt: bool,
    pub(super) licence: &'static str,
    pub(super) source: String,
    pub(super) by: String,
    pub(super) added: String,
}

impl Card {
    pub(super) fn of(it: &Picture) -> Self {
        let frame = Frame { alt: "", sizes: TILE, is_lazy: true, is_cut: true, pass: "" };
        Self {
            id: it.id,
            href: format!("/bien-tap/kho-anh/{}", it.id),
            html: tag(it, &frame),
            title: it.title().to_owned(),
            has_alt: !it.alt.is_empty(),
            licence: label_in(&LICENCES, &it.licence),
            source: it.source.clone(),
            by: it.author.clone(),
            added: words::datetime(it.added_at),
        }
    }
}

/// What is sought, and where a page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "tim")]
    pub(super) sought: String,
    #[serde(rename = "sau")]
    pub(super) after: String,
    #[serde(rename = "vua")]
    pub(super) just: String,
    #[serde(rename = "khoi")]
    pub(super) block: usize,
}

/// `GET /bien-tap/kho-anh`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let done = match asked.just.as_str() {
        "tai" => "Đã thêm ảnh vào kho. Ghi mô tả, nguồn cho từng ảnh.",
        "bo" => "Đã bỏ ảnh khỏi kho.",
        _ => "",
    };
    drawn(&ctx, &house, chrome, (asked, PictureFields::default(), Faults::none(), done)).await
}

/// `POST /bien-tap/kho-anh`.
pub(super) async fn upload(
    Caller(ctx): Caller,
    house: House,
    chrome: Chrome,
    request: Request,
) -> Result<Response, Failure> {
    let sent = SentForm::read(request).await;
    if sent.cut.is_some() {
        return Err(Failure::TooLarge);
    }
    let fields = fields_of(&sent);
    let err = match kept(&ctx, &house, (&sent, &fields)).await {
        Ok(pictures) => {
            let to = match pictures.as_slice() {
                [one] => format!("/bien-tap/kho-anh/{}?vua=tai", one.id),
                _ => "/bien-tap/kho-anh?vua=tai".to_owned(),
            };
            return Ok(Redirect::to(&to).into_response());
        }
        Err(err) => err,
    };
    let shown = (Asked::default(), fields, shown(err)?, "");
    Err(Failure::Unprocessable(drawn(&ctx, &house, chrome, shown).await?))
}

/// Keeps the pictures that came with a form. What was kept before one is refused stays.
pub(super) async fn kept(
    ctx: &Ctx,
    house: &House,
    (sent, fields): (&SentForm, &PictureFields),
) -> Result<Vec<Picture>, PortalError> {
    ctx.require(Right::WritePortal, ctx.actor.own())?;
    if sent.files.is_empty() {
        return Err(PortalError::of_field("tep", "Chọn ảnh cần tải lên."));
    }
    if sent.files.len() > MOST_AT_ONCE {
        return Err(PortalError::of_field("tep", "Tải tối đa 20 ảnh một lần."));
    }
    let mut all = Vec::with_capacity(sent.files.len());
    for (name, content) in &sent.files {
        let came = (name.as_str(), content.clone());
        let into = (&house.state.db, &house.state.files);
        let picture = actions::keep_picture(ctx, into, came, fields).await?;
        house.draw_soon(&picture);
        all.push(picture);
    }
    Ok(all)
}

/// What a form says of a picture.
pub(super) fn fields_of(sent: &SentForm) -> PictureFields {
    PictureFields {
        alt: sent.one("mo-ta").to_owned(),
        licence: sent.one("giay-phep").to_owned(),
        source: sent.one("nguon").to_owned(),
    }
}

/// The licences to choose from.
pub(super) fn licences() -> Vec<Choice> {
    LICENCES.map(|it| Choice::new(it.0, it.1)).into()
}

async fn drawn(
    ctx: &Ctx,
    house: &House,
    chrome: Chrome,
    (asked, new, faults, done): (Asked, PictureFields, Faults, &'static str),
) -> Result<Html<String>, Failure> {
    let after = asked.after.parse().ok();
    let found = actions::pictures(ctx, &house.state.db, &asked.sought, after).await?;
    let next = found.next.map(|it| {
        let pairs = [("tim", asked.sought.as_str()), ("sau", &it.to_string())];
        format!("/bien-tap/kho-anh?{}", query(&pairs))
    });
    page(&PicturesPage {
        faults,
        cards: found.pictures.iter().map(Card::of).collect(),
        next: next.unwrap_or_default(),
        sought: asked.sought,
        licences: licences(),
        new,
        done,
        chrome,
    })
}
