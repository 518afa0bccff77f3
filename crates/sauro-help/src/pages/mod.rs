//! The pages of help: the list, a guide, its pictures, the components of the house, and a way
//! through the demonstration. Anybody may read them.

mod components;
mod tour;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use sauro_ui::{AppState, Chrome, Failure, page};

use crate::model::{self, Guide, Reader};

/// Every page of this room.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/tro-giup", get(list))
        .route("/tro-giup/{name}", get(show))
        .route("/he-thong-giao-dien", get(components::show))
        .route("/xem-thu", get(tour::show))
        .route("/tro-giup/hinh/{file}", get(picture))
}

#[derive(Template)]
#[template(path = "help/list.html")]
struct List {
    chrome: Chrome,
    groups: Vec<(&'static str, Vec<&'static Guide>)>,
}

#[derive(Template)]
#[template(path = "help/guide.html")]
struct Shown {
    chrome: Chrome,
    guide: &'static Guide,
    others: Vec<&'static Guide>,
}

/// `GET /tro-giup`: all guides, by whom they are for.
async fn list(chrome: Chrome) -> Result<Html<String>, Failure> {
    let of = |reader| (words(reader), guides_for(reader));
    let groups = [Reader::Anybody, Reader::Official, Reader::Keeper].map(of).to_vec();
    page(&List { chrome, groups })
}

/// `GET /tro-giup/{name}`: one guide.
async fn show(chrome: Chrome, Path(name): Path<String>) -> Result<Html<String>, Failure> {
    let guide = model::guide(&name).ok_or(Failure::NotFound)?;
    let mut others = guides_for(guide.reader);
    others.retain(|it| it.name != guide.name);
    page(&Shown { chrome, guide, others })
}

/// `GET /tro-giup/hinh/{file}`: a picture of a guide.
async fn picture(Path(file): Path<String>) -> Result<Response, Failure> {
    let bytes = model::picture(&file).ok_or(Failure::NotFound)?;
    let head = [
        (header::CONTENT_TYPE, "image/webp"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((head, bytes).into_response())
}

fn guides_for(reader: Reader) -> Vec<&'static Guide> {
    model::guides().iter().filter(|it| it.reader == reader).collect()
}

fn words(reader: Reader) -> &'static str {
    match reader {
        Reader::Anybody => "Người dân, doanh nghiệp",
        Reader::Official => "Cán bộ, lãnh đạo",
        Reader::Keeper => "Quản trị, kết nối",
    }
}
