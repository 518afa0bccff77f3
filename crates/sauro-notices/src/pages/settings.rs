//! `/thong-bao/cai-dat`: notices by e-mail.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page};
use serde::Deserialize;

use crate::model::MailSettings;
use crate::{NoticesError, actions};

/// What is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    #[serde(rename = "nhan-thu")]
    is_on: String,
    #[serde(rename = "dia-chi")]
    address: String,
    nhip: String,
}

/// What has just been done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    vua: String,
}

#[derive(Template)]
#[template(path = "notices/settings.html")]
struct SettingsPage {
    chrome: Chrome,
    faults: Faults,
    settings: MailSettings,
    rhythm: &'static str,
    rhythms: Vec<Choice>,
    is_saved: bool,
}

/// At once.
const AT_ONCE: &str = "ngay";
/// Each working morning.
const DAILY: &str = "sang";

/// `GET /thong-bao/cai-dat`.
pub(super) async fn form(
    Caller(ctx): Caller,
    chrome: Chrome,
    State(db): State<Db>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Failure> {
    let settings = actions::mail_settings(&ctx, &db).await?;
    draw(chrome, settings, Faults::none(), done.vua == "luu")
}

/// `POST /thong-bao/cai-dat`.
pub(super) async fn save(
    Caller(ctx): Caller,
    chrome: Chrome,
    State(db): State<Db>,
    Form(fields): Form<Fields>,
) -> Result<Redirect, Failure> {
    let chosen = MailSettings {
        address: fields.address,
        is_on: !fields.is_on.is_empty(),
        is_daily: fields.nhip == DAILY,
        rejected: None,
    };
    match actions::change_mail_settings(&ctx, &db, &chosen).await {
        Ok(()) => Ok(Redirect::to("/thong-bao/cai-dat?vua=luu")),
        Err(NoticesError::Invalid(faults)) => {
            let faults = faults.into_iter().collect();
            Err(Failure::Unprocessable(draw(chrome, chosen, faults, false)?))
        }
        Err(err) => Err(err.into()),
    }
}

fn draw(
    chrome: Chrome,
    settings: MailSettings,
    faults: Faults,
    is_saved: bool,
) -> Result<Html<String>, Failure> {
    page(&SettingsPage {
        rhythm: if settings.is_daily { DAILY } else { AT_ONCE },
        rhythms: vec![
            Choice::new(AT_ONCE, "Ngay khi có, gom trong một phút"),
            Choice::new(DAILY, "Một lần lúc 08:00 mỗi ngày làm việc"),
        ],
        chrome,
        settings,
        faults,
        is_saved,
    })
}
