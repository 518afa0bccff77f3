//! `/bien-tap/chuyen-muc`: sections of the agency, and topics.

use askama::Template;
use axum::extract::{Form, Query};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::{Right, Role};
use sauro_ui::{Caller, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::House;
use super::answer::shown;
use crate::PortalError;
use crate::actions::{self, SectionFields};
use crate::model::{Section, SectionRoles, Topic};

#[derive(Template)]
#[template(path = "portal/sections.html")]
struct SectionsPage {
    chrome: Chrome,
    faults: Faults,
    sections: Vec<Section>,
    topics: Vec<Topic>,
    /// What is typed for a section that is not there yet.
    new: SectionFields,
    topic: String,
    done: &'static str,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Just {
    #[serde(rename = "vua")]
    just: String,
}

impl SectionsPage {
    /// The roles that may do one thing at most: code, name, whether this section lets them.
    fn ticks(&self, section: &Section, of: &str) -> Vec<(&'static str, &'static str, bool)> {
        let most = SectionRoles::default();
        let (most, own) = match of {
            "viet" => (most.writers, &section.roles.writers),
            "bien-tap" => (most.editors, &section.roles.editors),
            "duyet" => (most.approvers, &section.roles.approvers),
            _ => (most.vetters, &section.roles.vetters),
        };
        most.iter().map(|it: &Role| (it.code(), it.label(), own.contains(it))).collect()
    }
}

/// `GET /bien-tap/chuyen-muc`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    Query(asked): Query<Just>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    ctx.require(Right::ManagePortal, ctx.actor.own())?;
    let done = match asked.just.as_str() {
        "mo" => "Đã mở chuyên mục.",
        "sua" => "Đã ghi chuyên mục.",
        "chu-de" => "Đã mở chủ đề.",
        _ => "",
    };
    let db = &house.state.db;
    page(&SectionsPage {
        chrome,
        faults: Faults::none(),
        sections: actions::sections(&ctx, db).await?,
        topics: actions::topics(db).await?,
        new: SectionFields::default(),
        topic: String::new(),
        done,
    })
}

/// `POST /bien-tap/chuyen-muc`.
pub(super) async fn change(
    Caller(ctx): Caller,
    house: House,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let all = |name: &str| -> Vec<String> {
        sent.iter().filter(|it| it.0 == name).map(|it| it.1.clone()).collect()
    };
    let one = |name: &str| all(name).into_iter().next().unwrap_or_default();
    let db = &house.state.db;
    let verb = one("viec");
    let most = SectionRoles::default();
    let codes = |roles: &[Role]| roles.iter().map(|it| it.code().to_owned()).collect();
    let fields = match verb.as_str() {
        // A new one begins as the policy has it.
        "mo" => SectionFields {
            name: one("ten"),
            writers: codes(&most.writers),
            editors: codes(&most.editors),
            approvers: codes(&most.approvers),
            ..SectionFields::default()
        },
        _ => SectionFields {
            name: one("ten"),
            writers: all("viet"),
            editors: all("bien-tap"),
            approvers: all("duyet"),
            vetters: all("phap-che"),
            must_settle: !one("gop-y-xong").is_empty(),
        },
    };
    let answer = match verb.as_str() {
        "chu-de" => actions::open_topic(&ctx, db, &one("chu-de-moi")).await.map(drop),
        "sua" => match one("muc").parse() {
            Ok(id) => actions::change_section(&ctx, db, id, &fields).await.map(drop),
            Err(_) => Err(PortalError::NotFound("section")),
        },
        _ => actions::open_section(&ctx, db, &fields).await.map(drop),
    };
    let verb = if ["chu-de", "sua"].contains(&verb.as_str()) { verb } else { "mo".to_owned() };
    let Err(err) = answer else {
        return Ok(Redirect::to(&format!("/bien-tap/chuyen-muc?vua={verb}")).into_response());
    };
    let faults = shown(err)?;
    let html = page(&SectionsPage {
        chrome,
        faults,
        sections: actions::sections(&ctx, db).await?,
        topics: actions::topics(db).await?,
        new: if verb == "mo" { fields } else { SectionFields::default() },
        topic: one("chu-de-moi"),
        done: "",
    })?;
    Err(Failure::Unprocessable(html))
}
