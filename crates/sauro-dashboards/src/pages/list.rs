//! `/bang`: the dashboards there are, and a new one.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_directory::DirectoryHandle;
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::Sources;
use super::answer::shown;
use super::found::Found;
use crate::model::{BuiltIn, Dashboard, Ground, Rung};
use crate::{TileSource, actions};

/// What is typed for a new dashboard, and which unit's built-in one is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    #[serde(rename = "ten")]
    name: String,
    /// The one that it begins as a copy of.
    #[serde(rename = "mau")]
    like: String,
}

/// What the list is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The code of a unit whose built-in dashboard is opened.
    #[serde(rename = "don-vi")]
    unit: String,
    /// The one that a new one begins as a copy of.
    #[serde(rename = "mau")]
    like: String,
}

#[derive(Template)]
#[template(path = "dashboards/list.html")]
struct ListPage {
    chrome: Chrome,
    faults: Faults,
    own: Vec<Row>,
    shared: Vec<Row>,
    public: Vec<Row>,
    built_in: Vec<Row>,
    units: Vec<Choice>,
    likes: Vec<Choice>,
    sent: Sent,
    may_make: bool,
}

/// One dashboard in a list.
struct Row {
    href: String,
    name: String,
    note: String,
    /// Where it is changed; empty for those who may not.
    edit: String,
}

/// `GET /bang`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(sources): Extension<Sources>,
    Extension(directory): Extension<DirectoryHandle>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let source = &*sources.0;
    if !asked.unit.is_empty() {
        let ground = source.ground(source.stamp().await?).await?;
        let place = ground.places.iter().find(|it| it.code == asked.unit);
        let place = place.ok_or(Failure::NotFound)?;
        let name = BuiltIn::of_unit(place.rung, &place.code).name();
        return Ok(Redirect::to(&format!("/bang/{name}")).into_response());
    }
    let sent = Sent { like: asked.like, ..Sent::default() };
    let html = draw((&ctx, &db, source, &directory), chrome, sent, Faults::none()).await?;
    Ok(html.into_response())
}

/// `POST /bang`.
pub(super) async fn make(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(sources): Extension<Sources>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let source = &*sources.0;
    let stamp = source.stamp().await?;
    // Whoever makes none learns nothing of the one that is named.
    let tiles = match sent.like.as_str() {
        like if !like.is_empty() && actions::may_make(&ctx) => {
            let agencies = directory.directory();
            Found::find(Some(&ctx), &db, source, &agencies, stamp, like).await?.tiles
        }
        _ => Vec::new(),
    };
    match actions::make_dashboard(&ctx, &db, &sent.name, tiles).await {
        Ok(made) => Ok(Redirect::to(&format!("/bang/{}/sua", made.id)).into_response()),
        Err(err) => {
            let faults = shown(err)?;
            let html = draw((&ctx, &db, source, &directory), chrome, sent, faults).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

async fn draw(
    (ctx, db, source, directory): (&Ctx, &Db, &dyn TileSource, &DirectoryHandle),
    chrome: Chrome,
    sent: Sent,
    faults: Faults,
) -> Result<Html<String>, Failure> {
    let directory = directory.directory();
    let listing = actions::dashboards(ctx, db).await?;
    let ground = source.ground(source.stamp().await?).await?;
    let row = |it: &Dashboard| Row {
        href: format!("/bang/{}", it.id),
        name: it.name.clone(),
        note: format!(
            "{}, {} ô, {}",
            directory.name(it.agency),
            it.tiles.len(),
            it.openness.label().to_lowercase()
        ),
        edit: match actions::may_change(ctx, it) {
            true => format!("/bang/{}/sua", it.id),
            false => String::new(),
        },
    };
    let built_in = built_in(ctx, &ground);
    let mut likes: Vec<Choice> = listing
        .own
        .iter()
        .chain(&listing.shared)
        .map(|it| Choice::new(it.id, it.name.clone()))
        .collect();
    likes.extend(
        built_in.iter().map(|it| Choice::new(it.href.replace("/bang/", ""), it.name.clone())),
    );
    if !sent.like.is_empty() && !likes.iter().any(|it| it.value == sent.like) {
        let agencies = &directory;
        let stamp = source.stamp().await?;
        let found = Found::find(Some(ctx), db, source, agencies, stamp, &sent.like).await?;
        likes.insert(0, Choice::new(&sent.like, found.name));
    }
    let units = ground.places.iter().filter(|it| it.rung != Rung::Commune);
    page(&ListPage {
        own: listing.own.iter().map(row).collect(),
        shared: listing.shared.iter().map(row).collect(),
        public: listing.public.iter().map(row).collect(),
        units: units.map(|it| Choice::new(&it.code, it.name.clone())).collect(),
        may_make: actions::may_make(ctx),
        chrome,
        faults,
        built_in,
        likes,
        sent,
    })
}

/// Those that are there by themselves: the nation, the caller's own unit, the groups of indicators.
fn built_in(ctx: &Ctx, ground: &Ground) -> Vec<Row> {
    let row = |built_in: BuiltIn, note: &str| {
        let place = ground.places.iter().find(|it| it.code == built_in.unit().0)?;
        Some(Row {
            href: format!("/bang/{}", built_in.name()),
            name: built_in.title(place),
            note: note.to_owned(),
            edit: String::new(),
        })
    };
    let own = ground.places.iter().find(|it| it.code == ctx.actor.agency_code);
    let own = own.map(|it| BuiltIn::of_unit(it.rung, &it.code));
    let mut owners: Vec<&str> = Vec::new();
    for it in ground.indicators.iter().filter(|it| !it.has_figures.is_empty()) {
        if !owners.contains(&it.owner.as_str()) {
            owners.push(&it.owner);
        }
    }
    let groups = owners.into_iter().map(|it| BuiltIn::Group(it.to_owned()));
    let nation = row(BuiltIn::Nation, "Mọi nhiệm vụ, chỉ số cấp quốc gia và các tỉnh");
    let own = own.and_then(|it| row(it, "Cơ quan của đồng chí"));
    let groups = groups.filter_map(|it| row(it, "Nhóm chỉ số"));
    nation.into_iter().chain(own).chain(groups).collect()
}
