//! `/phan-anh-den/{id}/tra-loi`: the draft of an answer, with what all will read of it beside.

use askama::Template;
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, PetitionId};
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};

use super::acts::{said, whereto};
use super::case_parts::FileLine;
use super::{Asked, id_of};
use crate::actions::{self, CaseView, House};
use crate::model::{Act, Closing, Draft, Kind, Petition, Side};
use crate::pages::answer::shown;
use crate::pages::premises::Premises;
use crate::pages::upload;

#[derive(Template)]
#[template(path = "petitions/desk/answer.html")]
struct AnswerPage {
    chrome: Chrome,
    faults: Faults,
    done: &'static str,
    it: Petition,
    closings: Vec<Choice>,
    draft: Draft,
    /// What all will read of the words so far.
    public_words: String,
    /// Why the last draft was returned, or empty.
    returned: String,
    files: Vec<FileLine>,
}

/// `GET /phan-anh-den/{id}/tra-loi`.
pub(super) async fn form(
    Caller(ctx): Caller,
    premises: Premises,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let house = premises.house();
    let view = drafted(&ctx, &house, id_of(&id)?).await?;
    let before = view.answers.last().filter(|it| it.approved.is_none());
    let draft = before.map_or_else(Draft::default, |it| Draft {
        closing: it.closing.code().to_owned(),
        words: it.words.clone(),
        proof: it.proof.clone(),
    });
    let told = (Faults::none(), said(&asked.just));
    page(&drawn((chrome, &premises.directory), view, draft, told))
}

/// `POST /phan-anh-den/{id}/tra-loi`: looks at it (`xem`), attaches files (`dinh-kem`), or lays it before
/// the leader (`trinh`). Files are kept either way.
pub(super) async fn take(
    Caller(ctx): Caller,
    premises: Premises,
    Path(id): Path<String>,
    chrome: Chrome,
    request: Request,
) -> Result<Response, Failure> {
    let id = id_of(&id)?;
    let mut typed = upload::read(request).await;
    let house = premises.house();
    let draft = Draft {
        closing: typed.one("ket-qua").to_owned(),
        words: typed.one("tra-loi").to_owned(),
        proof: typed.one("minh-chung").to_owned(),
    };
    let mut outcome = match typed.faults() {
        Some((status, faults)) => Err((status, faults)),
        None => Ok(""),
    };
    let files = std::mem::take(&mut typed.files);
    if outcome.is_ok() && !files.is_empty() {
        outcome = fallible(actions::attach(&ctx, &house, id, files).await)?
            .map(|()| "Đã đính kèm tệp. Tệp vẫn còn khi sửa câu trả lời.");
    }
    if outcome.is_ok() && typed.one("viec") == "trinh" {
        match fallible(actions::submit(&ctx, &house, id, &draft).await)? {
            Ok(()) => {
                return Ok(Redirect::to(&whereto(&ctx, &house, id, "trinh").await).into_response());
            }
            Err(faults) => outcome = Err(faults),
        }
    }
    let (status, told) = match outcome {
        Ok(done) => (StatusCode::OK, (Faults::none(), done)),
        Err((status, faults)) => (status, (faults, "")),
    };
    let view = drafted(&ctx, &house, id).await?;
    let page = page(&drawn((chrome, &premises.directory), view, draft, told))?;
    Ok((status, page).into_response())
}

/// Faults of the form are shown in it; all else ends the request.
fn fallible<T>(
    done: Result<T, crate::PetitionsError>,
) -> Result<Result<(), (StatusCode, Faults)>, Failure> {
    match done {
        Ok(_) => Ok(Ok(())),
        Err(err) => Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, shown(err)?))),
    }
}

/// The case while its answer is being written, for whoever may write it.
async fn drafted(ctx: &Ctx, house: &House<'_>, id: PetitionId) -> Result<CaseView, Failure> {
    let view = actions::case_view(ctx, house, id).await?;
    if view.open.contains(&Act::Submit) {
        return Ok(view);
    }
    match view.may_sort {
        true => Err(Failure::Conflict),
        false => Err(Failure::Forbidden),
    }
}

fn drawn(
    (chrome, directory): (Chrome, &Directory),
    view: CaseView,
    draft: Draft,
    (faults, done): (Faults, &'static str),
) -> AnswerPage {
    let sender = view.sender.clone().unwrap_or_default();
    let names = [sender.name.as_str(), &sender.address, &sender.spot];
    let returned = view
        .happenings
        .iter()
        .rfind(|it| matches!(it.kind, Kind::AnswerReturned | Kind::Submitted | Kind::Answered));
    let is_returned = |it: &&crate::model::Happening| it.kind == Kind::AnswerReturned;
    AnswerPage {
        closings: Closing::OF_ANSWERS.map(|it| Choice::new(it.code(), it.label())).to_vec(),
        public_words: actions::masked_words(directory, &draft.words, &names),
        returned: returned.filter(is_returned).map(|it| it.words.clone()).unwrap_or_default(),
        files: view
            .files
            .iter()
            .filter(|it| it.side == Side::Agency)
            .map(|it| FileLine::of(&view, it))
            .collect(),
        chrome,
        faults,
        done,
        it: view.case,
        draft,
    }
}
