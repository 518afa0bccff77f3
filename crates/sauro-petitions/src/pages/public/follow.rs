//! `/tra-cuu`: following a case by its code, without an account.

use askama::Template;
use axum::body::Body;
use axum::extract::{Form, Path, Query, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use sauro_store::FileHash;
use sauro_ui::{Chrome, Failure, Faults, Visitor, filters, page, qr};
use serde::Deserialize;
use uuid::Uuid;

use super::case::Shown;
use super::place::name_of;
use crate::PetitionsError;
use crate::actions::{self, CaseTask, Followed};
use crate::model::{Act, CaseFile, Sender, State, Submission, TrackingCode};
use crate::pages::answer::shown;
use crate::pages::premises::Premises;
use crate::pages::upload::{self, Upload};
use crate::pages::words::Told;

#[derive(Template)]
#[template(path = "petitions/public/ask.html")]
struct AskPage {
    chrome: Chrome,
    faults: Faults,
    typed: String,
    visitor: Visitor,
}

#[derive(Template)]
#[template(path = "petitions/public/follow.html")]
struct FollowPage {
    chrome: Chrome,
    faults: Faults,
    it: Followed,
    code: String,
    status: (&'static str, &'static str),
    holder: String,
    place: String,
    told: Vec<Told>,
    /// What became of the task made of it.
    task: Option<CaseTask>,
    answers: Vec<Shown>,
    files: Vec<CaseFile>,
    just: String,
    typed: String,
    rating: String,
    qr: String,
    n_days: i64,
    n_promised: i64,
    step: Option<(String, i64, i64)>,
    /// Somebody is signed in who can keep it in their list.
    may_keep: bool,
    /// Where the sender is told of news, hinted at; empty where they are not.
    told_at: String,
    /// What the sender can correct of themselves; none once it was erased, and without a name.
    own: Option<Submission>,
}

/// What a sender typed to correct what they wrote of themselves.
fn own_typed(form: &Upload) -> Submission {
    Submission {
        name: form.one("ho-ten").to_owned(),
        contact: form.one("lien-lac").to_owned(),
        address: form.one("noi-o").to_owned(),
        id_number: form.one("so-dinh-danh").to_owned(),
        ..Submission::default()
    }
}

/// What is there. The identity number is not shown again: whoever looks over a shoulder need not read it.
fn own_of(it: &Sender) -> Submission {
    let contact = if it.email.is_empty() { &it.phone } else { &it.email };
    Submission {
        name: it.name.clone(),
        contact: contact.clone(),
        address: it.address.clone(),
        ..Submission::default()
    }
}

impl FollowPage {
    fn allows(&self, act: &str) -> bool {
        match act {
            "danh-gia" => self.it.case.flow.allows(Act::Settle),
            "phuc-tra" => self.it.case.flow.allows(Act::Reopen),
            _ => self.it.case.flow.state == State::Waiting,
        }
    }

    /// Something of the form that corrects is wrong, so that it stands open.
    fn corrects(&self) -> bool {
        ["ho-ten", "lien-lac", "noi-o", "so-dinh-danh", "chac-chan"]
            .iter()
            .any(|it| !self.faults.of(it).is_empty())
    }

    fn is_over(&self) -> bool {
        self.it.case.flow.state == State::Closed
    }
}

/// The code as typed, and what was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "ma")]
    code: String,
    #[serde(rename = "vua")]
    just: String,
}

/// `GET /tra-cuu`.
pub(super) async fn ask(chrome: Chrome, visitor: Visitor) -> Result<Response, Failure> {
    asked_again((chrome, visitor), String::new(), Faults::none(), StatusCode::OK)
}

/// `POST /tra-cuu`: to the case of the code. The code travels in the body, so that no log of addresses has it.
pub(super) async fn open(
    premises: Premises,
    chrome: Chrome,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let typed: String = asked.code.trim().chars().take(60).collect();
    // Whoever types the public number of a public case finds that.
    let number = typed.to_uppercase();
    if actions::public_case(&premises.house(), &number).await.is_ok() {
        return Ok(Redirect::to(&format!("/phan-anh/{number}")).into_response());
    }
    let found =
        actions::follow(&premises.anybody(), &premises.house(), &typed, &premises.source).await;
    match found {
        Ok(_) => {
            let code = TrackingCode::parse(&typed).map(|it| it.to_string()).unwrap_or_default();
            Ok(Redirect::to(&format!("/tra-cuu/{code}")).into_response())
        }
        Err(err) => not_found((chrome, premises.visitor), typed, err),
    }
}

fn asked_again(
    (chrome, visitor): (Chrome, Visitor),
    typed: String,
    faults: Faults,
    status: StatusCode,
) -> Result<Response, Failure> {
    let html = page(&AskPage { chrome, faults, typed, visitor })?;
    Ok((status, [(header::CACHE_CONTROL, "no-store")], html).into_response())
}

/// A wrong code and one of nothing are answered alike.
fn not_found(
    reader: (Chrome, Visitor),
    typed: String,
    err: PetitionsError,
) -> Result<Response, Failure> {
    let (status, words) = match err {
        PetitionsError::NotFound(_) => (
            StatusCode::NOT_FOUND,
            "Không có vụ việc mang mã này. Xem lại từng chữ trên biên nhận: mã có 10 chữ và số, ví dụ PA-7K2M9-4QXDA.",
        ),
        PetitionsError::TooOften => (
            StatusCode::TOO_MANY_REQUESTS,
            "Đã thử sai nhiều lần từ nơi này. Chờ một giờ rồi tra cứu lại.",
        ),
        err => return Err(err.into()),
    };
    asked_again(reader, typed, Faults::from_iter([("ma", words)]), status)
}

/// `GET /tra-cuu/{code}`.
pub(super) async fn show(
    premises: Premises,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    draw(&premises, chrome, &code, Shortly { just: asked.just, ..Shortly::default() }).await
}

/// `GET /tra-cuu/{code}/du-lieu.json`: everything kept about the case and its sender.
pub(super) async fn export(
    premises: Premises,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let by = (code.as_str(), premises.source.as_str());
    let all = actions::export(&premises.anybody(), &premises.house(), by).await?;
    let heads = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"du-lieu-cua-toi.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((heads, all).into_response())
}

/// `GET /tra-cuu/{code}/tep/{file}`: a file of one's own case, always as a download.
pub(super) async fn file(
    premises: Premises,
    Path((code, file)): Path<(String, Uuid)>,
) -> Result<Response, Failure> {
    let it =
        actions::follow(&premises.anybody(), &premises.house(), &code, &premises.source).await?;
    let found = it.files.into_iter().find(|it| it.id.0 == file).ok_or(Failure::NotFound)?;
    let content = premises.files.stream(&FileHash(found.hash)).await?;
    let it = (found.name.as_str(), found.mime.as_str(), found.n_bytes);
    sauro_ui::download(Body::from_stream(content), it)
}

/// `POST /tra-cuu/{code}`: rate, give more, object to a merge, change what is public, correct
/// what one wrote of oneself, be forgotten.
pub(super) async fn change(
    premises: Premises,
    Path(code): Path<String>,
    chrome: Chrome,
    request: Request,
) -> Result<Response, Failure> {
    let form = upload::read(request).await;
    if let Some((status, faults)) = form.faults() {
        let typed = form.one("bo-sung").to_owned();
        let shortly = Shortly { status: Some(status), faults, typed, ..Shortly::default() };
        return draw(&premises, chrome, &code, shortly).await;
    }
    let (ctx, house) = (premises.anybody(), premises.house());
    let by = (code.as_str(), premises.source.as_str());
    let (rating, reason, more) = (
        form.one("danh-gia").to_owned(),
        form.one("ly-do").to_owned(),
        form.one("bo-sung").to_owned(),
    );
    let objection = form.one("ly-do-phan-doi").to_owned();
    let own = own_typed(&form);
    let (just, done) = match form.one("viec") {
        "phan-doi" => ("phan-doi", actions::object(&ctx, &house, by, &objection).await),
        "danh-gia" => {
            let rated = (rating.parse().unwrap_or(0), reason.as_str());
            ("danh-gia", actions::rate(&ctx, &house, by, rated).await)
        }
        "bo-sung" => ("bo-sung", actions::give_more(&ctx, &house, by, &more, form.files).await),
        "cong-khai" => {
            let may = form.is_checked("cong-khai");
            ("cong-khai", actions::set_consent(&ctx, &house, by, may).await)
        }
        "sua" => ("sua", actions::correct(&ctx, &house, by, &own).await),
        "xoa" if form.is_checked("chac-chan") => ("xoa", actions::erase(&ctx, &house, by).await),
        "xoa" => {
            let words = "Đánh dấu xác nhận trước khi xóa, vì xóa rồi không lấy lại được.";
            ("xoa", Err(PetitionsError::Invalid(vec![("chac-chan".to_owned(), words.to_owned())])))
        }
        _ => return Err(Failure::NotFound),
    };
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/tra-cuu/{code}?vua={just}")).into_response()),
        Err(err @ (PetitionsError::NotFound(_) | PetitionsError::TooOften)) => {
            not_found((chrome, premises.visitor), code, err)
        }
        Err(err) => {
            let faults = shown(err)?;
            let own = (just == "sua").then_some(own);
            let typed = match just {
                "bo-sung" => more,
                "phan-doi" => objection,
                _ => reason,
            };
            let status = Some(StatusCode::UNPROCESSABLE_ENTITY);
            draw(
                &premises,
                chrome,
                &code,
                Shortly { status, faults, typed, rating, own, ..Shortly::default() },
            )
            .await
        }
    }
}

/// What is shown beside the case itself.
#[derive(Default)]
struct Shortly {
    status: Option<StatusCode>,
    faults: Faults,
    just: String,
    typed: String,
    rating: String,
    own: Option<Submission>,
}

async fn draw(
    premises: &Premises,
    chrome: Chrome,
    code: &str,
    shortly: Shortly,
) -> Result<Response, Failure> {
    let found =
        actions::follow(&premises.anybody(), &premises.house(), code, &premises.source).await;
    let it = match found {
        Ok(it) => it,
        Err(err) => {
            return not_found((chrome, premises.visitor.clone()), code.to_owned(), err);
        }
    };
    let code = TrackingCode::parse(code).map(|it| it.to_string()).unwrap_or_default();
    let directory = &premises.directory;
    let place = it.case.place.and_then(|id| directory.agency(id));
    let step = it.clocks.steps.last().map(|step| {
        let name = directory.name(step.agency).to_owned();
        (name, premises.days_of(step.began_at, step.ended_at), i64::from(step.n_days))
    });
    let address = format!("{}/tra-cuu/{code}", chrome.public_url());
    let task = match &premises.tasks {
        Some(room) => room.0.look(it.case.id).await?,
        None => None,
    };
    let reach = it.sender.as_ref().and_then(Sender::reach);
    let told_at = reach.filter(|it| premises.ways.has(it)).map(|it| it.hinted());
    let named = it.sender.as_ref().filter(|_| !it.case.is_anonymous);
    let html = page(&FollowPage {
        told_at: told_at.unwrap_or_default(),
        own: named.map(|one| shortly.own.unwrap_or_else(|| own_of(one))),
        status: it.case.status(premises.now()),
        holder: directory.name(it.case.holder).to_owned(),
        place: place.map(|one| name_of(directory, one)).unwrap_or_default(),
        told: it.happenings.iter().rev().map(|one| Told::of(one, directory, true)).collect(),
        answers: it.answers.iter().rev().map(|one| Shown::of(premises, one, true)).collect(),
        files: it.files.clone(),
        qr: qr(&address, "Mã QR mở trang theo dõi vụ việc", 160).unwrap_or_default(),
        n_days: premises.citizen_days(&it.clocks),
        n_promised: premises.promised(&it.clocks),
        just: shortly.just,
        typed: shortly.typed,
        rating: shortly.rating,
        faults: shortly.faults,
        may_keep: premises.visitor.citizen.is_some() && it.sender.is_some(),
        step,
        task,
        chrome,
        code,
        it,
    })?;
    let status = shortly.status.unwrap_or(StatusCode::OK);
    // A page that only its sender may see is kept nowhere and led to by no search.
    let heads = [(header::CACHE_CONTROL, "no-store"), (header::REFERRER_POLICY, "no-referrer")];
    let robots = [("x-robots-tag", "noindex")];
    Ok((status, heads, robots, html).into_response())
}
