//! `POST /api/v1/phan-anh`: a case from another program, in JSON or as a form with its pictures.

use axum::Json;
use axum::extract::{FromRequest, Path, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::format::Refused;
use super::sending::{form_key, place};
use crate::PetitionsError;
use crate::actions::{self, Answered, FileSent, Receipt, Sent};
use crate::model::{Channel, State, Submission};
use crate::pages::premises::Premises;
use crate::pages::upload;

/// What a program sends. What is not there is empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Body {
    /// `feedback` (the default) or `proposal`.
    kind: String,
    title: String,
    description: String,
    /// Code of a field, as in `/open311/v2/services.json`.
    service_code: String,
    /// Code of the agency that governs the place, or an address that names a commune or a province.
    address_id: String,
    address: String,
    name: String,
    phone: String,
    email: String,
    home: String,
    is_anonymous: bool,
    may_contact: bool,
    may_publish: bool,
}

/// `POST /api/v1/phan-anh` with `Authorization: Bearer` and, so that sending again is the same case,
/// `Idempotency-Key`: JSON, or `multipart/form-data` with the same names and files called `media`. Answers 201 `{"number", "code", "agency", "answered_by"}`, or `{"errors"}`, each with
/// `field` and `message`.
pub(super) async fn send(premises: Premises, headers: HeaderMap, request: Request) -> Response {
    match taken(&premises, &headers, request).await {
        Err(refusal) => *refusal,
        Ok(receipt) => {
            let told = json!({
                "number": receipt.number,
                "code": receipt.code.to_string(),
                "agency": premises.directory.name(receipt.agency),
                "answered_by": receipt.answered_by.to_string(),
            });
            let heads = [(header::CACHE_CONTROL, "no-store")];
            (StatusCode::CREATED, heads, Json(told)).into_response()
        }
    }
}

async fn taken(
    premises: &Premises,
    headers: &HeaderMap,
    request: Request,
) -> Result<Receipt, Box<Response>> {
    let house = premises.house();
    let shown = headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok());
    let shown = shown.and_then(|it| it.strip_prefix("Bearer ")).unwrap_or_default();
    let key = actions::key_of(house.db, shown).await.map_err(refused)?.ok_or_else(|| {
        let words = "Gửi kèm đầu mục Authorization: Bearer và khóa còn hiệu lực.";
        answer(StatusCode::UNAUTHORIZED, &[("authorization".to_owned(), words.to_owned())])
    })?;
    let (body, files) = read(request).await?;
    let place = place(premises, &body.address_id, &body.address)
        .map_err(|Refused(_, said)| unplaced(said))?;
    let contact = if body.phone.is_empty() { body.email } else { body.phone };
    let sent = Sent {
        submission: Submission {
            matter: if body.kind.is_empty() { "feedback".to_owned() } else { body.kind },
            title: body.title,
            body: body.description,
            place,
            spot: body.address,
            field: body.service_code,
            name: body.name,
            contact,
            address: body.home,
            is_anonymous: body.is_anonymous,
            may_contact: body.may_contact,
            may_publish: body.may_publish,
            ..Submission::default()
        },
        files,
        key: form_key(premises, headers, &key),
        channel: Channel::Api,
        source: format!("khóa {}", key.id),
        answered: Answered::default(),
    };
    actions::send(&premises.anybody(), &house, sent).await.map_err(refused)
}

/// What was sent: JSON, or a form with files.
async fn read(request: Request) -> Result<(Body, Vec<FileSent>), Box<Response>> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let fault = |status, words: String| answer(status, &[("body".to_owned(), words)]);
    if !kind.is_some_and(|it| it.starts_with("multipart/form-data")) {
        let read = Json::<Body>::from_request(request, &()).await;
        let Json(body) = read.map_err(|err| {
            let words = format!(
                "Gửi một đối tượng JSON (Content-Type: application/json), hoặc multipart/form-data nếu có ảnh. {}",
                err.body_text()
            );
            fault(StatusCode::BAD_REQUEST, words)
        })?;
        return Ok((body, Vec::new()));
    }
    let sent = upload::read(request).await;
    if let Some((status, words)) = sent.cut {
        return Err(fault(status, words.to_owned()));
    }
    let mut body = Body::default();
    for (name, value) in sent.fields {
        let is_known = body.set(&name, value);
        if !is_known {
            let words = format!("Không có trường “{}”.", name.chars().take(40).collect::<String>());
            return Err(fault(StatusCode::BAD_REQUEST, words));
        }
    }
    Ok((body, sent.files))
}

impl Body {
    /// Sets the field of a form called `name`; answers whether there is one.
    fn set(&mut self, name: &str, value: String) -> bool {
        let is_yes = matches!(value.as_str(), "true" | "1");
        match name {
            "kind" => self.kind = value,
            "title" => self.title = value,
            "description" => self.description = value,
            "service_code" => self.service_code = value,
            "address_id" => self.address_id = value,
            "address" => self.address = value,
            "name" => self.name = value,
            "phone" => self.phone = value,
            "email" => self.email = value,
            "home" => self.home = value,
            "is_anonymous" => self.is_anonymous = is_yes,
            "may_contact" => self.may_contact = is_yes,
            "may_publish" => self.may_publish = is_yes,
            _ => return false,
        }
        true
    }
}

/// `GET /api/v1/phan-anh/{code}`: how far the case of a code is. Guessing is slowed down as on the page.
pub(super) async fn follow(premises: Premises, Path(code): Path<String>) -> Response {
    let house = premises.house();
    let found = actions::follow(&premises.anybody(), &house, &code, &premises.source).await;
    let it = match found {
        Ok(it) => it,
        Err(err) => return *refused(err),
    };
    let case = &it.case;
    let answer = it.answers.last();
    let told = json!({
        "number": case.number,
        "state": case.flow.state.code(),
        "is_open": !matches!(case.flow.state, State::Answered | State::Closed),
        "agency": premises.directory.name(case.holder),
        "answered_by": case.citizen_due_on.to_string(),
        "closing": case.closing.map_or(Value::Null, |it| json!(it.code())),
        "answer": answer.map_or(Value::Null, |it| json!(it.words)),
    });
    ([(header::CACHE_CONTROL, "no-store")], Json(told)).into_response()
}

fn answer(status: StatusCode, errors: &[(String, String)]) -> Box<Response> {
    let row = |(field, message): &(String, String)| json!({ "field": field, "message": message });
    let all: Vec<Value> = errors.iter().map(row).collect();
    let heads = [(header::CACHE_CONTROL, "no-store")];
    Box::new((status, heads, Json(json!({ "errors": all }))).into_response())
}

fn unplaced(said: Vec<(u16, String)>) -> Box<Response> {
    let named: Vec<(String, String)> =
        said.into_iter().map(|it| ("address".to_owned(), it.1)).collect();
    answer(StatusCode::UNPROCESSABLE_ENTITY, &named)
}

fn refused(err: PetitionsError) -> Box<Response> {
    if let PetitionsError::Invalid(faults) = err {
        let named: Vec<(String, String)> =
            faults.into_iter().map(|(field, words)| (name_of(&field).to_owned(), words)).collect();
        return answer(StatusCode::UNPROCESSABLE_ENTITY, &named);
    }
    let Refused(status, said) = Refused::from(err);
    let named: Vec<(String, String)> = said.into_iter().map(|it| (String::new(), it.1)).collect();
    answer(status, &named)
}

/// The field of the form as it is called here.
fn name_of(field: &str) -> &str {
    match field {
        "loai" => "kind",
        "tom-tat" => "title",
        "noi-dung" => "description",
        "linh-vuc" => "service_code",
        "noi-xay-ra" | "cho" => "address",
        "ho-ten" => "name",
        "lien-lac" => "phone, email",
        "noi-o" => "home",
        "dong-y" => "may_contact",
        "an-danh" => "is_anonymous",
        "tep" => "media",
        field => field,
    }
}
