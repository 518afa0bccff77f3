//! `/ho-so-sang-kien/{id}/ap-dung`: what an agency says about trying and applying an initiative.

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use sauro_kernel::InitiativeId;
use sauro_ui::{Caller, Chrome, Failure};

use super::answer::shown;
use super::desk_case::draw;
use super::{House, Sent, text};
use crate::actions;
use crate::model::ApplicationFields;

/// `POST /ho-so-sang-kien/{id}/ap-dung`.
pub(super) async fn change(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<InitiativeId>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let room = house.room();
    let answer = match text(&sent, "viec") {
        "xac-nhan" => {
            let which = text(&sent, "luot").parse().map_err(|_| Failure::NotFound)?;
            actions::confirm(&ctx, &room, (id, which)).await.map(|_| "xac-nhan")
        }
        step @ ("thu" | "dung") => {
            let typed = fields(&sent);
            let made = actions::apply(&ctx, &room, (id, step == "thu"), &typed).await;
            made.map(|_| if step == "thu" { "thu" } else { "dung" })
        }
        _ => return Err(Failure::NotFound),
    };
    match answer {
        Ok(done) => Ok(Redirect::to(&format!("/ho-so-sang-kien/{id}?vua={done}")).into_response()),
        Err(err) => {
            let faults = shown(err)?;
            let html = draw((&ctx, &house, chrome), id, &sent, (faults, "")).await?;
            Err(Failure::Unprocessable(html))
        }
    }
}

pub(super) fn fields(sent: &Sent) -> ApplicationFields {
    let typed = |name: &str| text(sent, name).to_owned();
    ApplicationFields {
        since: typed(if text(sent, "viec") == "thu" { "thu-tu" } else { "tu-ngay" }),
        until: typed("den-ngay"),
        baseline: typed("so-goc"),
        target: typed("muc-tieu"),
        measured: typed("do-duoc"),
        unit: typed("do-don-vi"),
        source: typed("do-nguon"),
    }
}
