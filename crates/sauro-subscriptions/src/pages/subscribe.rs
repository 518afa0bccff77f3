//! Asking for news, and confirming by the link in the letter.

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::AgencyId;
use sauro_ui::{Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::form::{Sent, Ticks, fields, rhythms, ticks};
use super::{House, SaidPage, private, with_worker};
use crate::model::{CONFIRM_HOURS, Rhythm, Subject, WishFields};
use crate::{SubscriptionsError, actions};

#[derive(Template)]
#[template(path = "subscriptions/subscribe.html")]
struct SubscribePage {
    chrome: Chrome,
    faults: Faults,
    typed: WishFields,
    ticks: Ticks,
    rhythms: Vec<Choice>,
    has_mail: bool,
    /// The key that browsers are told to expect, or empty.
    push_key: String,
    hours: i64,
}

/// What a link to this page has chosen already.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "chu-de")]
    topic: String,
    #[serde(rename = "co-quan")]
    agency: String,
    #[serde(rename = "muc")]
    subject: String,
}

/// `GET /theo-doi-tin`.
pub(super) async fn show(
    house: House,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let topics = house.office.topics().await?;
    let topic = topics.iter().find(|it| it.slug == asked.topic).map(|it| Subject::Topic(it.id));
    let agency: Option<AgencyId> = asked.agency.parse().ok();
    let agency =
        agency.map(Subject::Agency).filter(|it| house.office.name_of(*it, &topics).is_some());
    let shelf = Subject::of_code(&asked.subject);
    let chosen = [topic, agency, shelf].into_iter().flatten();
    let typed = WishFields {
        subjects: chosen.map(Subject::code).collect(),
        rhythm: Rhythm::Daily.word().to_owned(),
        ..WishFields::default()
    };
    let nonce = chrome.nonce_word();
    let shown = drawn(&house, chrome, (typed, Faults::none())).await?;
    Ok(if house.ways.push.is_some() { with_worker(&nonce, shown) } else { shown.into_response() })
}

async fn drawn(
    house: &House,
    chrome: Chrome,
    (typed, faults): (WishFields, Faults),
) -> Result<Html<String>, Failure> {
    let push = house.ways.push.as_ref();
    page(&SubscribePage {
        ticks: ticks(house, &typed.subjects).await?,
        rhythms: rhythms(),
        has_mail: house.ways.has_mail,
        // A page with faults carries no policy of its own, so that no worker would run.
        push_key: push.filter(|_| faults.is_empty()).map(|it| it.0.clone()).unwrap_or_default(),
        hours: CONFIRM_HOURS,
        chrome,
        faults,
        typed,
    })
}

/// `POST /theo-doi-tin`: answers the same whether the address is known or not.
pub(super) async fn send(
    house: House,
    chrome: Chrome,
    Form(sent): Sent,
) -> Result<Response, Failure> {
    if !house.ways.has_mail {
        return Err(Failure::NotFound);
    }
    let typed = fields(&sent);
    match actions::ask(&house.ctx, &house.office, &house.source, &typed).await {
        Ok(()) => Ok(Redirect::to("/theo-doi-tin/da-gui").into_response()),
        Err(SubscriptionsError::Invalid(faults)) => {
            let faults = faults.into_iter().collect();
            Err(Failure::Unprocessable(drawn(&house, chrome, (typed, faults)).await?))
        }
        Err(err) => Err(err.into()),
    }
}

/// `GET /theo-doi-tin/da-gui`.
pub(super) async fn sent(chrome: Chrome) -> Result<Html<String>, Failure> {
    page(&SaidPage {
        chrome,
        title: "Mở hộp thư để xác nhận",
        words: "Một thư xác nhận đang đến địa chỉ vừa nhập. Mở thư, theo đường dẫn rồi bấm Xác nhận trong 48 giờ. Chưa thấy thư thì xem mục thư rác. Chưa xác nhận thì không có tin nào được gửi.",
        button: (String::new(), ""),
        status: "run",
    })
}

/// `GET /theo-doi-tin/xac-nhan/{link}`: programs open links in letters, so that opening alone confirms nothing.
pub(super) async fn ask(
    house: House,
    Path(link): Path<String>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    match actions::awaiting(&house.ctx, &house.office, &link).await {
        Ok(_) => Ok(private(page(&SaidPage {
            chrome,
            title: "Xác nhận nhận tin",
            words: "Bấm nút dưới đây để bắt đầu nhận tin. Đổi mục, đổi nhịp hoặc thôi nhận lúc nào cũng được, bằng đường dẫn ở cuối mỗi thư.",
            button: (format!("/theo-doi-tin/xac-nhan/{link}"), "Xác nhận"),
            status: "run",
        })?)),
        Err(err) => over(chrome, err),
    }
}

/// `POST /theo-doi-tin/xac-nhan/{link}`.
pub(super) async fn confirm(
    house: House,
    Path(link): Path<String>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    match actions::confirm(&house.ctx, &house.office, &link).await {
        Ok(own) => Ok(private(Redirect::to(&format!("/theo-doi-tin/{own}?vua=xac-nhan")))),
        Err(err) => over(chrome, err),
    }
}

/// The page of a link that confirms nothing any more.
fn over(chrome: Chrome, err: SubscriptionsError) -> Result<Response, Failure> {
    let words = match err {
        SubscriptionsError::Expired => {
            "Đường dẫn chỉ dùng được trong 48 giờ. Đăng ký lại để nhận đường dẫn mới."
        }
        SubscriptionsError::NotFound => {
            "Đường dẫn này đã dùng rồi, hoặc đã có thư xác nhận mới hơn. Mở thư mới nhất, hoặc đăng ký lại."
        }
        err => return Err(err.into()),
    };
    let said = page(&SaidPage {
        chrome,
        title: "Đường dẫn không còn dùng được",
        words,
        button: (String::new(), ""),
        status: "over",
    })?;
    Ok(private((StatusCode::GONE, said)))
}
