//! `/phan-anh/gui`: sending, without an account and without script.

use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use sauro_kernel::Question;
use sauro_ui::{
    AppState, Choice, Chrome, Citizen, Failure, Faults, OWN_PLACE, Visitor, filters, page,
};
use serde::Deserialize;

use super::place::{Place, name_of, place_of};
use super::similar::Found;
use crate::PetitionsError;
use crate::actions::{self, Answered, Sent};
use crate::model::{Channel, Field, Legal, Submission, Ways, legal_of};
use crate::pages::answer::shown;
use crate::pages::premises::Premises;
use crate::pages::spot::spot_with;
use crate::pages::upload::{self, Upload};

/// What was typed, as it is shown again.
#[derive(Default)]
struct Typed {
    matter: String,
    title: String,
    body: String,
    field: String,
    place: String,
    spot: String,
    /// The marker on the map, `latitude, longitude`, or empty.
    point: String,
    name: String,
    contact: String,
    address: String,
    id_number: String,
    is_anonymous: bool,
    may_contact: bool,
    may_publish: bool,
    is_understood: bool,
}

#[derive(Template)]
#[template(path = "petitions/public/send.html")]
struct SendPage {
    chrome: Chrome,
    faults: Faults,
    typed: Typed,
    key: String,
    matters: Vec<Choice>,
    fields: Vec<Choice>,
    places: Vec<Choice>,
    found: Vec<Found>,
    legal: Legal,
    anonymous: String,
    acknowledged_by: NaiveDate,
    answered_by: NaiveDate,
    n_files: usize,
    /// What is asked while very much comes in.
    question: Question,
    visitor: Visitor,
    ways: Ways,
}

impl SendPage {
    /// What becomes of the contact, for whoever hesitates to leave it.
    fn contact_hint(&self) -> &'static str {
        match (self.ways.mail, self.ways.sms) {
            (true, true) => {
                "Có tin thì báo đến đây. Chỉ cơ quan giải quyết nhìn thấy, không hiện trên trang công khai."
            }
            (true, false) => {
                "Ghi thư điện tử thì có tin sẽ báo đến đó. Chỉ cơ quan giải quyết nhìn thấy, không hiện trên trang công khai."
            }
            (false, true) => {
                "Ghi số di động thì có tin sẽ nhắn đến đó. Chỉ cơ quan giải quyết nhìn thấy, không hiện trên trang công khai."
            }
            (false, false) => "Chỉ cơ quan giải quyết nhìn thấy, không hiện trên trang công khai.",
        }
    }
}

/// How the form is opened.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "loai")]
    matter: String,
    #[serde(rename = "noi")]
    place: String,
}

/// `GET /phan-anh/gui`.
pub(super) async fn show(
    State(state): State<AppState>,
    premises: Premises,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let typed = Typed {
        matter: if asked.matter.is_empty() { "feedback".to_owned() } else { asked.matter },
        place: asked.place,
        name: known(&premises, |it| &it.name),
        contact: match known(&premises, |it| &it.phone) {
            phone if phone.is_empty() => known(&premises, |it| &it.email),
            phone => phone,
        },
        // Nobody agrees by saying nothing (Law 91/2025/QH15): no box is ticked beforehand.
        ..Typed::default()
    };
    let key = state.ids.fresh().to_string();
    draw(&premises, chrome, typed, key, Extra::default()).await
}

/// What stands beside the form when it is shown again.
#[derive(Default)]
struct Extra {
    status: Option<StatusCode>,
    faults: Faults,
    places: Vec<(String, String)>,
    legal: Legal,
    found: Vec<Found>,
    n_files: usize,
    question: Question,
}

/// `POST /phan-anh/gui`.
pub(super) async fn send(
    State(state): State<AppState>,
    premises: Premises,
    chrome: Chrome,
    request: Request,
) -> Result<Response, Failure> {
    let form = upload::read(request).await;
    let typed = typed(&form);
    let key = match form.one("khoa") {
        "" => state.ids.fresh().to_string(),
        key => key.chars().take(100).collect(),
    };
    if let Some((status, faults)) = form.faults() {
        let extra = Extra { status: Some(status), faults, ..Extra::default() };
        return draw(&premises, chrome, typed, key, extra).await;
    }
    if form.is_checked("xem-giong") {
        let text = format!("{} {}", typed.title, typed.body);
        let found = Found::of(&premises, &text).await?;
        return draw(&premises, chrome, typed, key, Extra { found, ..Extra::default() }).await;
    }
    let (place, extra) = placed(&premises, &typed);
    if let Some(extra) = extra {
        return draw(&premises, chrome, typed, key, extra).await;
    }
    let legal = legal_of(&format!("{} {}", typed.title, typed.body));
    if legal != Legal::None && !typed.is_understood {
        let extra = Extra {
            status: Some(StatusCode::UNPROCESSABLE_ENTITY),
            legal,
            n_files: form.files.len(),
            ..Extra::default()
        };
        return draw(&premises, chrome, typed, key, extra).await;
    }
    let answered = Answered {
        token: form.one("cau-hoi").to_owned(),
        words: form.one("tra-loi-nhanh").to_owned(),
    };
    let sent = Sent {
        submission: submission(&typed, place),
        files: form.files,
        key: key.clone(),
        channel: Channel::Web,
        source: premises.source.clone(),
        answered,
    };
    let n_files = sent.files.len();
    let (ctx, house) = (premises.anybody(), premises.house());
    let taken = match &premises.visitor.citizen {
        Some(citizen) => actions::send_as(&ctx, &house, sent, citizen).await,
        None => actions::send(&ctx, &house, sent).await,
    };
    match taken {
        Ok(receipt) => {
            Ok(Redirect::to(&format!("/tra-cuu/{}?vua=gui", receipt.code)).into_response())
        }
        Err(PetitionsError::Asked(question)) => {
            let words =
                "Lúc này có rất nhiều phản ánh gửi đến. Trả lời câu hỏi ngắn dưới đây rồi gửi lại.";
            let extra = Extra {
                status: Some(StatusCode::UNPROCESSABLE_ENTITY),
                faults: Faults::from_iter([("tra-loi-nhanh", words)]),
                question,
                n_files,
                ..Extra::default()
            };
            draw(&premises, chrome, typed, key, extra).await
        }
        Err(PetitionsError::TooOften) => {
            let words = "Từ nơi này vừa có rất nhiều phản ánh gửi đến. Chờ một giờ rồi gửi lại, nội dung đã ghi vẫn còn.";
            let faults = Faults::from_iter([("noi-dung", words)]);
            let status = Some(StatusCode::TOO_MANY_REQUESTS);
            draw(
                &premises,
                chrome,
                typed,
                key,
                Extra { status, faults, n_files, ..Extra::default() },
            )
            .await
        }
        Err(err) => {
            let faults = shown(err)?;
            let status = Some(StatusCode::UNPROCESSABLE_ENTITY);
            draw(
                &premises,
                chrome,
                typed,
                key,
                Extra { status, faults, n_files, ..Extra::default() },
            )
            .await
        }
    }
}

/// What is known of whoever signed in, or nothing.
fn known(premises: &Premises, of: impl Fn(&Citizen) -> &String) -> String {
    premises.visitor.citizen.as_ref().map(|it| of(it).clone()).unwrap_or_default()
}

/// The place that was meant, or what to show so that one can be chosen.
fn placed(premises: &Premises, typed: &Typed) -> (Option<sauro_kernel::AgencyId>, Option<Extra>) {
    let fault = |words: &str, places| {
        Some(Extra {
            status: Some(StatusCode::UNPROCESSABLE_ENTITY),
            faults: Faults::from_iter([("noi-xay-ra", words)]),
            places,
            ..Extra::default()
        })
    };
    match place_of(&premises.directory, &typed.place) {
        Place::None => (None, None),
        Place::One(id) => (Some(id), None),
        Place::Several(places) => {
            (None, fault("Có nhiều nơi mang tên này. Chọn đúng nơi trong danh sách.", places))
        }
        Place::Unknown => (
            None,
            fault(
                "Chưa tìm thấy nơi này. Ghi tên xã, phường và tỉnh, ví dụ: xã Năm Căn, Cà Mau.",
                Vec::new(),
            ),
        ),
    }
}

fn typed(form: &Upload) -> Typed {
    let one = |name: &str| form.one(name).to_owned();
    // Whoever chose among several places chose the last word.
    let chosen = one("chon-noi");
    Typed {
        matter: one("loai"),
        title: one("tom-tat"),
        body: one("noi-dung"),
        field: one("linh-vuc"),
        place: if chosen.is_empty() { one("noi-xay-ra") } else { chosen },
        spot: one("cho"),
        point: one("toa-do"),
        name: one("ho-ten"),
        contact: one("lien-lac"),
        address: one("noi-o"),
        id_number: one("so-dinh-danh"),
        is_anonymous: form.is_checked("an-danh"),
        may_contact: form.is_checked("dong-y"),
        may_publish: form.is_checked("cong-khai"),
        is_understood: form.is_checked("da-hieu"),
    }
}

fn submission(typed: &Typed, place: Option<sauro_kernel::AgencyId>) -> Submission {
    Submission {
        matter: typed.matter.clone(),
        title: typed.title.clone(),
        body: typed.body.clone(),
        place,
        spot: spot_with(&typed.spot, &typed.point),
        field: typed.field.clone(),
        name: typed.name.clone(),
        contact: typed.contact.clone(),
        address: typed.address.clone(),
        id_number: typed.id_number.clone(),
        is_anonymous: typed.is_anonymous,
        may_contact: typed.may_contact,
        may_publish: typed.may_publish,
        ..Submission::default()
    }
}

async fn draw(
    premises: &Premises,
    chrome: Chrome,
    mut typed: Typed,
    key: String,
    extra: Extra,
) -> Result<Response, Failure> {
    let house = premises.house();
    let fields = actions::all_fields(&house).await?;
    let limits = actions::limits(&house).await?;
    let (acknowledged_by, answered_by) = actions::promised_on(&premises.anybody(), &house, &limits);
    // A code is for programs; people read the name of what they chose.
    if let Some(agency) = premises.directory.by_code(&typed.place) {
        typed.place = format!("{} ({})", name_of(&premises.directory, agency), agency.code);
    }
    let html = page(&SendPage {
        chrome,
        faults: extra.faults,
        typed,
        key,
        matters: vec![
            Choice::new("feedback", "Phản ánh một việc đang vướng"),
            Choice::new("proposal", "Kiến nghị sửa quy định, cách làm"),
        ],
        anonymous: anonymous(&fields),
        fields: fields.into_iter().map(|it| Choice::new(it.code, it.name)).collect(),
        places: extra.places.into_iter().map(|it| Choice::new(it.0, it.1)).collect(),
        found: extra.found,
        legal: extra.legal,
        acknowledged_by,
        answered_by,
        n_files: extra.n_files,
        question: extra.question,
        visitor: premises.visitor.clone(),
        ways: premises.ways,
    })?;
    // What was typed is nobody else's; a button of the page asks where somebody is.
    let policy = HeaderName::from_static("permissions-policy");
    let heads = [(header::CACHE_CONTROL, "no-store"), (policy, OWN_PLACE)];
    Ok((extra.status.unwrap_or(StatusCode::OK), heads, html).into_response())
}

/// The fields in which nobody has to give a name, in one line.
fn anonymous(fields: &[Field]) -> String {
    let names: Vec<&str> =
        fields.iter().filter(|it| it.allows_anonymous).map(|it| it.name.as_str()).collect();
    names.join("; ")
}
