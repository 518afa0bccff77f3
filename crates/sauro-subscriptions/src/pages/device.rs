//! Messages on this device: asked for by the script of the page, which speaks JSON.

use axum::Json;
use axum::extract::Form;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sauro_ui::Failure;
use serde_json::json;

use super::form::Sent;
use super::{House, private};
use crate::SubscriptionsError;
use crate::actions::{self, DeviceFields};

/// What listens for messages in a browser.
const WORKER: &str = include_str!("../../assets/sw.js");

/// `POST /theo-doi-tin/may-nay`.
pub(super) async fn begin(house: House, Form(sent): Sent) -> Result<Response, Failure> {
    let Some((_, may_be_private)) = &house.ways.push else { return Err(Failure::NotFound) };
    let one =
        |name: &str| sent.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default();
    let fields = DeviceFields {
        endpoint: one("endpoint"),
        p256dh: one("p256dh"),
        auth: one("auth"),
        subjects: sent.iter().filter(|it| it.0 == "muc").map(|it| it.1.clone()).collect(),
    };
    let from = (house.source.as_str(), *may_be_private);
    match actions::subscribe_device(&house.ctx, &house.office, from, &fields).await {
        Ok(link) => Ok(private(Json(json!({ "own": format!("/theo-doi-tin/{link}") })))),
        Err(SubscriptionsError::Invalid(faults)) => {
            let words: Vec<String> = faults.into_iter().map(|it| it.1).collect();
            let said = Json(json!({ "message": words.join(" ") }));
            Ok(private((StatusCode::UNPROCESSABLE_ENTITY, said)))
        }
        Err(err) => Err(err.into()),
    }
}

/// `POST /theo-doi-tin/may-nay/thoi`.
pub(super) async fn leave(house: House, Form(sent): Sent) -> Result<StatusCode, Failure> {
    let endpoint = sent.iter().find(|it| it.0 == "endpoint").map(|it| it.1.as_str());
    actions::leave_device(&house.ctx, &house.office, endpoint.unwrap_or_default()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /sw.js`: it listens and does nothing else, so that no page ever comes from it.
pub(super) async fn worker() -> Response {
    let heads = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (heads, WORKER).into_response()
}
