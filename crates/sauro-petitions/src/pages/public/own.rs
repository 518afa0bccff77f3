//! `/cua-toi`: the cases of a citizen who signed in, without codes.

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use sauro_kernel::CitizenId;
use sauro_ui::{Chrome, Failure, Faults, filters, page};
use serde::Deserialize;

use crate::PetitionsError;
use crate::actions;
use crate::model::Petition;
use crate::pages::answer::shown;
use crate::pages::premises::Premises;

#[derive(Template)]
#[template(path = "petitions/public/own.html")]
struct OwnPage {
    chrome: Chrome,
    faults: Faults,
    person: String,
    rows: Vec<Row>,
    typed: String,
    next: String,
}

/// One case in the list.
struct Row {
    it: Petition,
    status: (&'static str, &'static str),
    holder: String,
}

/// By which case the page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    truoc: String,
}

/// The code as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    ma: String,
}

/// `GET /cua-toi`.
pub(super) async fn show(
    premises: Premises,
    chrome: Chrome,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    match who(&premises) {
        Some(_) => draw(&premises, chrome, &asked, Faults::none(), String::new()).await,
        None if premises.visitor.is_offered => {
            Ok(Redirect::to("/dang-nhap/nguoi-dan?tiep=/cua-toi").into_response())
        }
        None => Err(Failure::NotFound),
    }
}

/// `POST /cua-toi`: adds a case by its code.
pub(super) async fn add(
    premises: Premises,
    chrome: Chrome,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let citizen = who(&premises).ok_or(Failure::NotFound)?;
    let typed: String = fields.ma.trim().chars().take(60).collect();
    let by = (typed.as_str(), premises.source.as_str());
    let added = actions::add_own(&premises.anybody(), &premises.house(), citizen, by).await;
    let faults = match added {
        Ok(_) => return Ok(Redirect::to("/cua-toi").into_response()),
        Err(PetitionsError::NotFound(_)) => Faults::from_iter([(
            "ma",
            "Không có vụ việc mang mã này. Xem lại từng chữ trên biên nhận.",
        )]),
        Err(PetitionsError::TooOften) => Faults::from_iter([(
            "ma",
            "Đã thử sai nhiều lần từ nơi này. Chờ một giờ rồi thêm lại.",
        )]),
        Err(err) => shown(err)?,
    };
    let page = draw(&premises, chrome, &Asked::default(), faults, typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `GET /cua-toi/{number}`: to the page of the case, which goes by its code.
pub(super) async fn open(
    premises: Premises,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    let citizen = who(&premises).ok_or(Failure::NotFound)?;
    let code = actions::own_code(&premises.house(), citizen, &number).await?;
    let keep = [(header::CACHE_CONTROL, "no-store")];
    Ok((keep, Redirect::to(&format!("/tra-cuu/{code}"))).into_response())
}

/// `POST /cua-toi/{number}`: takes the case from the list.
pub(super) async fn drop_one(
    premises: Premises,
    Path(number): Path<String>,
) -> Result<Redirect, Failure> {
    let citizen = who(&premises).ok_or(Failure::NotFound)?;
    actions::drop_own(&premises.house(), citizen, &number).await?;
    Ok(Redirect::to("/cua-toi"))
}

fn who(premises: &Premises) -> Option<CitizenId> {
    premises.visitor.citizen.as_ref().map(|it| it.id)
}

async fn draw(
    premises: &Premises,
    chrome: Chrome,
    asked: &Asked,
    faults: Faults,
    typed: String,
) -> Result<Response, Failure> {
    let citizen = premises.visitor.citizen.as_ref().ok_or(Failure::NotFound)?;
    let before = asked.truoc.parse().ok();
    let (cases, next) = actions::own_cases(&premises.house(), citizen.id, before).await?;
    let row = |it: Petition| Row {
        status: it.status(premises.now()),
        holder: premises.directory.name(it.holder).to_owned(),
        it,
    };
    let html = page(&OwnPage {
        person: citizen.name.clone(),
        rows: cases.into_iter().map(row).collect(),
        next: next.map(|it| format!("/cua-toi?truoc={it}")).unwrap_or_default(),
        chrome,
        faults,
        typed,
    })?;
    Ok(([(header::CACHE_CONTROL, "no-store")], html).into_response())
}
