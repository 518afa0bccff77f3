//! `/phan-anh-den/khoa`: keys of programs that send petitions, for administrators: listed, made, told once, revoked.

use askama::Template;
use axum::extract::{Form, Query};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::Ctx;
use sauro_ui::{Caller, Chrome, Failure, Faults, filters, page};
use uuid::Uuid;

use super::Asked;
use crate::actions;
use crate::model::IntakeKey;
use crate::pages::answer::shown;
use crate::pages::premises::Premises;

#[derive(Template)]
#[template(path = "petitions/desk/keys.html")]
struct KeysPage {
    chrome: Chrome,
    faults: Faults,
    typed: String,
    /// A key that was just made, with the system that has it: shown once.
    fresh: Option<(String, String)>,
    is_revoked: bool,
    open: Vec<IntakeKey>,
    revoked: Vec<IntakeKey>,
}

/// What a form carries.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    #[serde(rename = "viec")]
    verb: String,
    #[serde(rename = "ten")]
    name: String,
    #[serde(rename = "khoa")]
    key: String,
}

/// `GET /phan-anh-den/khoa`.
pub(super) async fn show(
    Caller(ctx): Caller,
    premises: Premises,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let said = Said { is_revoked: asked.just == "thu-hoi", ..Said::default() };
    answered(StatusCode::OK, draw((&ctx, &premises, chrome), said).await?)
}

/// `POST /phan-anh-den/khoa`: makes a key, or revokes one.
pub(super) async fn change(
    Caller(ctx): Caller,
    premises: Premises,
    chrome: Chrome,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    if typed.verb == "thu-hoi" {
        let id: Uuid = typed.key.parse().map_err(|_| Failure::NotFound)?;
        actions::revoke_key(&ctx, &premises.db, id).await?;
        return Ok(Redirect::to("/phan-anh-den/khoa?vua=thu-hoi").into_response());
    }
    let (status, said) = match actions::make_key(&ctx, &premises.db, &typed.name).await {
        Ok((key, secret)) => {
            let fresh = Some((key.name, secret.tell().to_owned()));
            (StatusCode::CREATED, Said { fresh, ..Said::default() })
        }
        Err(err) => {
            let said = Said { faults: shown(err)?, typed: typed.name, ..Said::default() };
            (StatusCode::UNPROCESSABLE_ENTITY, said)
        }
    };
    answered(status, draw((&ctx, &premises, chrome), said).await?)
}

/// What the page says beside the list.
#[derive(Default)]
struct Said {
    faults: Faults,
    typed: String,
    fresh: Option<(String, String)>,
    is_revoked: bool,
}

/// A key that is told once is kept nowhere on the way.
fn answered(status: StatusCode, html: Html<String>) -> Result<Response, Failure> {
    Ok((status, [(header::CACHE_CONTROL, "no-store")], html).into_response())
}

async fn draw(
    (ctx, premises, chrome): (&Ctx, &Premises, Chrome),
    said: Said,
) -> Result<Html<String>, Failure> {
    let all = actions::keys(ctx, &premises.db).await?;
    let (open, revoked) = all.into_iter().partition(|it| it.revoked_at.is_none());
    page(&KeysPage {
        chrome,
        faults: said.faults,
        typed: said.typed,
        fresh: said.fresh,
        is_revoked: said.is_revoked,
        open,
        revoked,
    })
}
