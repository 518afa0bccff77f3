//! One's own subscription, by the link in every letter.

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_ui::{Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::form::{Sent, Ticks, fields, rhythms, ticks};
use super::{House, SaidPage, private};
use crate::SubscriptionsError;
use crate::actions::{self, Own};
use crate::model::{Contact, WishFields};

#[derive(Template)]
#[template(path = "subscriptions/own.html")]
struct OwnPage {
    chrome: Chrome,
    faults: Faults,
    link: String,
    /// Where news goes: an address, or empty for a device.
    address: String,
    typed: WishFields,
    ticks: Ticks,
    rhythms: Vec<Choice>,
    done: &'static str,
}

/// What has just been done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    vua: String,
}

/// `GET /theo-doi-tin/{link}`.
pub(super) async fn show(
    house: House,
    Path(link): Path<String>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let own = actions::own(&house.office, &link).await?;
    let done = match asked.vua.as_str() {
        "xac-nhan" => "Đã xác nhận. Tin mới sẽ đến theo nhịp đã chọn.",
        "ghi" => "Đã ghi.",
        _ => "",
    };
    let typed = WishFields {
        rhythm: own.it.rhythm.word().to_owned(),
        subjects: own.it.wanted.iter().map(|it| it.code()).collect(),
        ..WishFields::default()
    };
    Ok(private(drawn(&house, chrome, (link, own), (typed, Faults::none(), done)).await?))
}

async fn drawn(
    house: &House,
    chrome: Chrome,
    (link, own): (String, Own),
    (typed, faults, done): (WishFields, Faults, &'static str),
) -> Result<Html<String>, Failure> {
    let address = match own.contact {
        Contact::Mail(address) => address,
        Contact::Push(_) => String::new(),
    };
    let mut subjects: Vec<String> = own.it.wanted.iter().map(|it| it.code()).collect();
    // Agencies that are unticked stay there to be ticked again.
    let ticks = {
        subjects.extend(typed.subjects.iter().cloned());
        let mut ticks = ticks(house, &subjects).await?;
        for it in ticks.shelves.iter_mut().chain(&mut ticks.topics).chain(&mut ticks.agencies) {
            it.is_on = typed.subjects.contains(&it.code);
        }
        ticks.agencies.dedup_by(|a, b| a.code == b.code);
        ticks
    };
    page(&OwnPage { chrome, faults, link, address, typed, ticks, rhythms: rhythms(), done })
}

/// `POST /theo-doi-tin/{link}`.
pub(super) async fn change(
    house: House,
    Path(link): Path<String>,
    chrome: Chrome,
    Form(sent): Sent,
) -> Result<Response, Failure> {
    let own = actions::own(&house.office, &link).await?;
    let mut typed = fields(&sent);
    if own.contact.way() == crate::model::Way::Push {
        // A device hears at once; its form does not ask.
        own.it.rhythm.word().clone_into(&mut typed.rhythm);
    }
    match actions::change(&house.ctx, &house.office, &link, &typed).await {
        Ok(()) => Ok(private(Redirect::to(&format!("/theo-doi-tin/{link}?vua=ghi")))),
        Err(SubscriptionsError::Invalid(faults)) => {
            let faults = faults.into_iter().collect();
            let said = drawn(&house, chrome, (link, own), (typed, faults, "")).await?;
            Err(Failure::Unprocessable(said))
        }
        Err(err) => Err(err.into()),
    }
}

/// `GET /theo-doi-tin/{link}/du-lieu`: everything kept of them, as a file.
pub(super) async fn data(house: House, Path(link): Path<String>) -> Result<Response, Failure> {
    let data = actions::own_data(&house.office, &link).await?;
    let heads = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"nhan-tin.json\""),
    ];
    Ok(private((heads, format!("{data:#}"))))
}

/// `GET /theo-doi-tin/{link}/thoi`: programs open links in letters, so that opening alone ends nothing.
pub(super) async fn ask_to_leave(
    house: House,
    Path(link): Path<String>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    match actions::own(&house.office, &link).await {
        Ok(_) => Ok(private(page(&SaidPage {
            chrome,
            title: "Thôi nhận tin",
            words: "Bấm nút dưới đây thì không còn tin nào được gửi, và địa chỉ bị xóa khỏi hệ thống ngay.",
            button: (format!("/theo-doi-tin/{link}/thoi"), "Thôi nhận tin"),
            status: "run",
        })?)),
        Err(SubscriptionsError::NotFound) => left(chrome),
        Err(err) => Err(err.into()),
    }
}

/// `POST /theo-doi-tin/{link}/thoi`: from the page, or from a mail program without a session (RFC 8058). Leaving twice
/// answers the same.
pub(super) async fn leave(
    house: House,
    Path(link): Path<String>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    actions::leave(&house.ctx, &house.office, &link).await?;
    left(chrome)
}

fn left(chrome: Chrome) -> Result<Response, Failure> {
    let said = page(&SaidPage {
        chrome,
        title: "Đã thôi nhận tin",
        words: "Không còn tin nào được gửi, địa chỉ đã bị xóa khỏi hệ thống. Muốn nhận lại thì đăng ký như lần đầu.",
        button: (String::new(), ""),
        status: "done",
    })?;
    Ok(private(said).into_response())
}
