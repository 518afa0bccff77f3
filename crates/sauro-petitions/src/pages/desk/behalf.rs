//! `/phan-anh-den/moi`: an officer writes down what came by letter, by telephone, or in person.

use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sauro_kernel::{Ctx, Right};
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page};

use super::agencies::{meant, offered};
use crate::PetitionsError;
use crate::actions::{self, Answered, House, Receipt, Sent};
use crate::model::{Channel, Matter, Submission};
use crate::pages::answer::shown;
use crate::pages::premises::Premises;
use crate::pages::upload::{self, Upload};

#[derive(Template)]
#[template(path = "petitions/desk/behalf.html")]
struct BehalfPage {
    chrome: Chrome,
    faults: Faults,
    typed: Upload,
    key: String,
    channels: Vec<Choice>,
    matters: Vec<Choice>,
    fields: Vec<Choice>,
    names: Vec<String>,
    place: String,
}

#[derive(Template)]
#[template(path = "petitions/desk/receipt.html")]
struct ReceiptPage {
    chrome: Chrome,
    receipt: Receipt,
    code: String,
    agency: String,
    title: String,
}

/// `GET /phan-anh-den/moi`.
pub(super) async fn form(
    Caller(ctx): Caller,
    premises: Premises,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    ctx.require(Right::SortPetitions, ctx.actor.own())?;
    draw((&ctx, &premises.house(), chrome), Upload::default(), Faults::none()).await
}

/// `POST /phan-anh-den/moi`: the receipt to hand over. The same form sent again gets the same one.
pub(super) async fn take(
    Caller(ctx): Caller,
    premises: Premises,
    chrome: Chrome,
    request: Request,
) -> Result<Response, Failure> {
    ctx.require(Right::SortPetitions, ctx.actor.own())?;
    let mut typed = upload::read(request).await;
    let house = premises.house();
    let files = std::mem::take(&mut typed.files);
    let (status, faults) = match typed.faults() {
        Some(cut) => cut,
        None => match sent(&typed, files, &house, &premises.source) {
            Ok(sent) => match actions::send(&ctx, &house, sent).await {
                Ok(receipt) => return handed(&house, chrome, &typed, receipt),
                Err(err) => (StatusCode::UNPROCESSABLE_ENTITY, shown(err)?),
            },
            Err(err) => (StatusCode::UNPROCESSABLE_ENTITY, shown(err)?),
        },
    };
    Ok((status, draw((&ctx, &house, chrome), typed, faults).await?).into_response())
}

fn handed(
    house: &House<'_>,
    chrome: Chrome,
    typed: &Upload,
    receipt: Receipt,
) -> Result<Response, Failure> {
    let html = page(&ReceiptPage {
        code: receipt.code.to_string(),
        agency: house.directory.name(receipt.agency).to_owned(),
        title: typed.one("tom-tat").trim().to_owned(),
        receipt,
        chrome,
    })?;
    Ok(html.into_response())
}

/// What was typed as what is sent; a channel and a place that cannot be are named with the other faults.
fn sent(
    typed: &Upload,
    files: Vec<actions::FileSent>,
    house: &House<'_>,
    source: &str,
) -> Result<Sent, PetitionsError> {
    let mut faults = Vec::new();
    let channel = Channel::of_code(typed.one("kenh")).filter(|it| it.is_on_behalf());
    if channel.is_none() {
        faults.push(("kenh".to_owned(), "Chọn vụ việc đến bằng cách nào.".to_owned()));
    }
    let place = match typed.one("noi-xay-ra").trim() {
        "" => None,
        words => meant(house.directory, words, "noi-xay-ra").map_err(|it| faults.push(it)).ok(),
    };
    let one = |name: &str| typed.one(name).to_owned();
    let submission = Submission {
        matter: one("loai"),
        title: one("tom-tat"),
        body: one("noi-dung"),
        place,
        spot: one("cho"),
        field: one("linh-vuc"),
        name: one("ho-ten"),
        contact: one("lien-lac"),
        address: one("noi-o"),
        id_number: one("so-dinh-danh"),
        is_anonymous: typed.is_checked("an-danh"),
        may_contact: true,
        may_publish: typed.is_checked("cong-khai"),
        ..Submission::default()
    };
    match channel {
        Some(channel) if faults.is_empty() => {
            let (key, source) = (one("khoa"), source.to_owned());
            Ok(Sent { submission, files, key, channel, source, answered: Answered::default() })
        }
        _ => Err(PetitionsError::Invalid(faults)),
    }
}

async fn draw(
    (ctx, house, chrome): (&Ctx, &House<'_>, Chrome),
    typed: Upload,
    faults: Faults,
) -> Result<Html<String>, Failure> {
    let key = match typed.one("khoa") {
        "" => ctx.ids.fresh().to_string(),
        key => key.to_owned(),
    };
    let own = house.directory.agency(ctx.actor.agency).filter(|it| it.place.is_some());
    let place = match (typed.fields.is_empty(), own) {
        (true, Some(own)) => format!("{} ({})", own.name, own.code),
        _ => typed.one("noi-xay-ra").to_owned(),
    };
    let channels = Channel::ALL.into_iter().filter(|it| it.is_on_behalf());
    let fields = actions::all_fields(house).await?;
    page(&BehalfPage {
        key,
        place,
        channels: channels.map(|it| Choice::new(it.code(), it.label())).collect(),
        matters: Matter::ALL.map(|it| Choice::new(it.code(), it.label())).to_vec(),
        fields: fields.into_iter().map(|it| Choice::new(it.code, it.name)).collect(),
        names: offered(ctx, house.directory),
        chrome,
        faults,
        typed,
    })
}
