//! `/bang/{id}/sua`: a dashboard is changed one step at a time, by buttons and keys; no script is needed.

use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, DashboardId};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults};
use serde::Deserialize;

use super::Sources;
use super::edit_view::{Drawing, EditView, TileForm};
use crate::actions::{self, Change};
use crate::model::{Dashboard, Named, Openness, Step, Tile, TileFields};
use crate::{DashboardsError, TileSource};

/// What the page is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The kind of a tile to add.
    #[serde(rename = "them")]
    add: String,
    /// The place of a tile to change, from 1.
    #[serde(rename = "o")]
    tile: String,
    /// What was just done, and to which tile: `rong.3`.
    #[serde(rename = "vua")]
    just: String,
    /// Whether removing is asked about.
    #[serde(rename = "xoa")]
    remove: String,
}

/// The fields of a form, in their order.
type Sent = Vec<(String, String)>;

/// What the page is drawn from.
struct Room<'a> {
    ctx: &'a Ctx,
    db: &'a Db,
    source: &'a dyn TileSource,
    directory: &'a DirectoryHandle,
}

/// `GET /bang/{id}/sua`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(Sources(source)): Extension<Sources>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let room = Room { ctx: &ctx, db: &db, source: &*source, directory: &directory };
    let it = room.own(&id).await?;
    let form = match (asked.tile.parse::<usize>().ok(), asked.add.as_str()) {
        (Some(n), _) => it
            .tiles
            .get(n.wrapping_sub(1))
            .map(|tile| TileForm { place: Some(n), fields: tile.fields() }),
        (None, "") => None,
        (None, kind) => Some(TileForm {
            place: None,
            fields: TileFields {
                kind: kind.to_owned(),
                place: ctx.actor.agency_code.clone(),
                ..TileFields::default()
            },
        }),
    };
    let drawing = Drawing {
        form,
        just: asked.just,
        asks_to_remove: !asked.remove.is_empty(),
        ..Drawing::default()
    };
    Ok(room.draw(chrome, it, drawing).await?.into_response())
}

/// `POST /bang/{id}/sua`.
pub(super) async fn change(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(Sources(source)): Extension<Sources>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<String>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let room = Room { ctx: &ctx, db: &db, source: &*source, directory: &directory };
    let id = made(&id)?;
    let version: i64 = text(&sent, "phien-ban").parse().unwrap_or_default();
    if text(&sent, "viec") == "xoa" {
        return match actions::remove_dashboard(&ctx, &db, id, version).await {
            Ok(()) => Ok(Redirect::to("/bang").into_response()),
            Err(err) => room.refused(chrome, id, &sent, err).await,
        };
    }
    let change = read(&sent).ok_or(Failure::NotFound)?;
    let done = actions::change_dashboard(&ctx, &db, room.source, (id, version), change.clone());
    match done.await {
        Ok(it) => Ok(Redirect::to(&next(&it, &change)).into_response()),
        Err(err) => room.refused(chrome, id, &sent, err).await,
    }
}

impl Room<'_> {
    /// The dashboard `id`, if the caller changes it.
    async fn own(&self, id: &str) -> Result<Dashboard, Failure> {
        let it = actions::dashboard(self.ctx, self.db, made(id)?).await?;
        if actions::may_change(self.ctx, &it) { Ok(it) } else { Err(Failure::Forbidden) }
    }

    /// The page after an action said no: with what was typed, and what is wrong or has changed meanwhile.
    async fn refused(
        &self,
        chrome: Chrome,
        id: DashboardId,
        sent: &Sent,
        err: DashboardsError,
    ) -> Result<Response, Failure> {
        let (faults, is_stale) = match err {
            DashboardsError::Invalid(faults) => (faults.into_iter().collect(), false),
            DashboardsError::Stale => (Faults::none(), true),
            err => return Err(err.into()),
        };
        let it = actions::dashboard(self.ctx, self.db, id).await?;
        let place = text(sent, "o").parse().ok();
        let form = ["them", "thay"].contains(&text(sent, "viec"));
        let name = (text(sent, "viec") == "ten").then(|| text(sent, "ten").to_owned());
        let drawing = Drawing {
            form: form.then(|| TileForm { place, fields: fields(sent) }),
            name,
            faults,
            is_stale,
            ..Drawing::default()
        };
        let status = if is_stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        Ok((status, self.draw(chrome, it, drawing).await?).into_response())
    }

    async fn draw(
        &self,
        chrome: Chrome,
        it: Dashboard,
        drawing: Drawing,
    ) -> Result<Html<String>, Failure> {
        let ground = self.source.ground(self.source.stamp().await?).await?;
        EditView::draw(self.ctx, chrome, &ground, &self.directory.directory(), it, drawing)
    }
}

/// The id of a dashboard that an agency has made; others are not changed.
fn made(id: &str) -> Result<DashboardId, Failure> {
    match id.parse() {
        Ok(Named::Made(id)) => Ok(id),
        _ => Err(Failure::NotFound),
    }
}

/// What the form says is to be done; none when it says nothing that there is.
fn read(sent: &Sent) -> Option<Change> {
    let at = |name: &str| text(sent, name).parse::<usize>().ok()?.checked_sub(1);
    let place = || at("o");
    Some(match text(sent, "viec") {
        "ten" => Change::Rename(text(sent, "ten").to_owned()),
        "mo" => Change::Open(Openness::of_code(text(sent, "cho"))?),
        "them" => Change::Add(fields(sent)),
        "thay" => Change::Replace(place()?, fields(sent)),
        "dat" => Change::Put(place()?, at("den")?),
        step => Change::Take(Step::of_code(step)?, place()?),
    })
}

fn fields(sent: &Sent) -> TileFields {
    TileFields {
        kind: text(sent, "loai").to_owned(),
        indicators: sent
            .iter()
            .filter(|it| it.0.starts_with("chi-so"))
            .map(|it| it.1.clone())
            .collect(),
        place: text(sent, "noi").to_owned(),
        count: text(sent, "so-dong").to_owned(),
        text: text(sent, "loi").to_owned(),
        width: text(sent, "rong").to_owned(),
    }
}

/// Where to go on: at the tile that was moved, with the same button under the finger.
fn next(it: &Dashboard, change: &Change) -> String {
    let last = it.tiles.len();
    let (done, n) = match change {
        Change::Rename(_) => ("ten", 0),
        Change::Open(_) => ("mo", 0),
        Change::Add(_) => ("them", last),
        Change::Replace(place, _) => ("thay", place + 1),
        Change::Put(_, to) => ("dat", to + 1),
        Change::Take(Step::Earlier, place) => ("len", (*place).max(1)),
        Change::Take(Step::Later, place) => ("xuong", (place + 2).min(last)),
        Change::Take(Step::Narrower, place) => ("hep", place + 1),
        Change::Take(Step::Wider, place) => ("rong", place + 1),
        Change::Take(Step::Remove, place) => ("bo", (place + 1).min(last)),
    };
    // A button that is still there takes the focus by itself, which a browser grants only to an address
    // that points nowhere.
    let width = it.tiles.get(n.wrapping_sub(1)).map_or(0, |it| it.width);
    let is_held = match change {
        Change::Take(Step::Earlier, _) => n > 1,
        Change::Take(Step::Later, _) => n < last,
        Change::Take(Step::Narrower, _) => width > Tile::NARROWEST,
        Change::Take(Step::Wider, _) => width < Tile::WIDEST,
        _ => false,
    };
    let at = if n > 0 && !is_held { format!("#o-{n}") } else { String::new() };
    format!("/bang/{}/sua?vua={done}.{n}{at}", it.id)
}

fn text<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str())
}
