//! `/xem-truoc/{token}`: what a signed link shows, until it runs out.

use askama::Template;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sauro_ui::{Chrome, Failure, page, words};

use super::House;
use super::blocks::{Around, drawn, figures_of};
use crate::PortalError;
use crate::actions::{self, Previewed};

#[derive(Template)]
#[template(path = "portal/preview.html")]
struct PreviewPage {
    chrome: Chrome,
    /// What is shown; none when the link has run out.
    it: Option<Shown>,
}

struct Shown {
    title: String,
    summary: String,
    body: String,
    n: i64,
    until: String,
}

/// `GET /xem-truoc/{token}`.
pub(super) async fn show(
    house: House,
    Path(token): Path<String>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let now = house.ctx.now_us();
    let found = actions::open_preview((&house.state.db, &house.keys), &token, now).await;
    let (status, it) = match found {
        Ok(found) => (StatusCode::OK, Some(shown(&house, (found, &token)).await)),
        Err(PortalError::Expired) => (StatusCode::GONE, None),
        Err(err) => return Err(err.into()),
    };
    let html = page(&PreviewPage { chrome, it })?;
    let heads = [(header::CACHE_CONTROL, "no-store")];
    Ok((status, heads, [("x-robots-tag", "noindex")], html).into_response())
}

async fn shown(house: &House, (found, token): (Previewed, &str)) -> Shown {
    let Previewed { version, files, pictures, until, .. } = found;
    let figures = figures_of(house.results.as_ref(), &version.content).await;
    let around = Around { files: &files, pictures: &pictures, pass: token, figures };
    Shown {
        body: drawn(&version.content.blocks, &around),
        title: version.content.title,
        summary: version.content.summary,
        n: version.n,
        until: words::datetime(until),
    }
}
