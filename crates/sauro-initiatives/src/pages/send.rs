//! `/sang-kien/gui`: a dossier from anybody, without an account and without script.

use askama::Template;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::Question;
use sauro_ui::{Choice, Chrome, Citizen, Failure, Faults, page};
use serde::Deserialize;
use uuid::Uuid;

use super::answer::shown;
use super::upload::Upload;
use super::{House, Sent, text};
use crate::InitiativesError;
use crate::actions::{self, Answered, Outside};
use crate::model::{Area, AuthorFields, Consent, DossierFields, Kind, Ownership, Problem, UNITS};

/// Lines for authors on the form.
const AUTHORS: usize = 5;

const ASKED: &str = "Đang có rất nhiều hồ sơ gửi đến. Trả lời câu hỏi ở cuối biểu mẫu rồi gửi, nội dung đã ghi vẫn còn.";

const TOO_OFTEN: &str =
    "Từ nơi này vừa có rất nhiều hồ sơ gửi đến. Chờ một giờ rồi gửi lại, nội dung đã ghi vẫn còn.";

#[derive(Template)]
#[template(path = "initiatives/send.html")]
struct SendPage {
    chrome: Chrome,
    faults: Faults,
    key: String,
    it: DossierFields,
    kinds: Vec<Choice>,
    areas: Vec<Choice>,
    units: Vec<Choice>,
    ownerships: Vec<Choice>,
    /// Agencies that the receiver as typed may mean.
    receivers: Vec<Choice>,
    consents: Vec<(&'static str, &'static str, bool)>,
    check_days: u32,
    review_days: u32,
    /// What is asked while very much comes in.
    question: Question,
}

/// What the form begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The number of the problem that is answered.
    #[serde(rename = "bai-toan")]
    problem: String,
}

/// `GET /sang-kien/gui`; with `?bai-toan=…` for a problem, to the agency that published it.
pub(super) async fn form(
    house: House,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let known = |of: fn(&Citizen) -> &String| {
        house.citizen.as_ref().map(|it| of(it).clone()).unwrap_or_default()
    };
    let author = AuthorFields {
        name: known(|it| &it.name),
        share: "100".to_owned(),
        ..AuthorFields::default()
    };
    let mut it = DossierFields {
        authors: vec![author],
        phone: known(|it| &it.phone),
        mail: known(|it| &it.email),
        ..DossierFields::default()
    };
    // A number that is none, or is closed, is an empty form.
    let found = match asked.problem.is_empty() {
        true => None,
        false => actions::problem(&house.state.db, &asked.problem).await.ok(),
    };
    if let Some(found) = found.map(|it| it.problem).filter(Problem::is_open) {
        it.area = found.text.area.code().to_owned();
        it.receiver = house.directory.name(found.agency).to_owned();
        it.problem = found.number;
    }
    let fresh = (Faults::none(), Question::default());
    let html = draw(&house, chrome, (house.state.ids.fresh(), it), fresh)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], html).into_response())
}

/// `POST /sang-kien/gui`.
pub(super) async fn send(
    house: House,
    chrome: Chrome,
    upload: Upload,
) -> Result<Response, Failure> {
    let fields = fields(&upload.fields);
    // Without its key a form is a new one.
    let key = text(&upload.fields, "khoa").parse().unwrap_or_else(|_| house.state.ids.fresh());
    let n_files = upload.files.len();
    let outside = Outside {
        source: house.source.clone(),
        answered: Answered {
            token: text(&upload.fields, "cau-hoi").to_owned(),
            words: text(&upload.fields, "tra-loi-nhanh").to_owned(),
        },
        citizen: house.citizen.as_ref().map(|it| it.id),
    };
    let from = (key, &outside);
    let err = match actions::send_from(&house.ctx, &house.room(), from, &fields, upload.files).await
    {
        Ok(sent) => {
            let at = format!("/sang-kien/{}?vua=gui", sent.initiative.code);
            return Ok(Redirect::to(&at).into_response());
        }
        Err(err) => err,
    };
    let mut question = Question::default();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut faults = match err {
        InitiativesError::Asked(asked) => {
            question = asked;
            Faults::from_iter([("tra-loi-nhanh", ASKED)])
        }
        InitiativesError::TooOften => {
            status = StatusCode::TOO_MANY_REQUESTS;
            Faults::from_iter([("ten", TOO_OFTEN)])
        }
        err => shown(err)?,
    };
    if n_files > 0 && faults.of("tep").is_empty() {
        faults.add("tep", "Chọn lại tệp: trình duyệt không giữ tệp khi biểu mẫu cần sửa.");
    }
    let html = draw(&house, chrome, (key, fields), (faults, question))?;
    Ok((status, html).into_response())
}

fn fields(sent: &Sent) -> DossierFields {
    let typed = |name: &str| text(sent, name).to_owned();
    let author = |n: usize| AuthorFields {
        name: typed(&format!("tac-gia-{n}")),
        unit: typed(&format!("don-vi-{n}")),
        share: typed(&format!("phan-{n}")),
    };
    let picked = typed("noi-nhan-ma");
    DossierFields {
        kind: typed("loai"),
        area: typed("linh-vuc"),
        title: typed("ten"),
        texts: ["thuc-trang", "noi-dung", "diem-moi", "kha-nang", "loi-ich"].map(typed),
        figure: ["loi-ich-so", "loi-ich-don-vi", "loi-ich-nguon"].map(typed),
        ownership: ["so-huu", "so-huu-ghi"].map(typed),
        problem: typed("bai-toan"),
        receiver: if picked.is_empty() { typed("noi-nhan") } else { picked },
        authors: (1..=AUTHORS).map(author).collect(),
        phone: typed("dien-thoai"),
        mail: typed("thu"),
        consents: Consent::ALL
            .iter()
            .map(|it| it.code().to_owned())
            .filter(|it| !text(sent, it).is_empty())
            .collect(),
        is_sworn: !text(sent, "cam-doan").is_empty(),
    }
}

fn draw(
    house: &House,
    chrome: Chrome,
    (key, mut it): (Uuid, DossierFields),
    (faults, question): (Faults, Question),
) -> Result<Html<String>, Failure> {
    it.authors.resize(AUTHORS, AuthorFields::default());
    let is_unclear = !faults.of("noi-nhan").is_empty() && !it.receiver.trim().is_empty();
    let receivers = match is_unclear {
        true => actions::receivers(&house.directory, &it.receiver)
            .into_iter()
            .map(|it| Choice::new(&it.code, &it.name))
            .collect(),
        false => Vec::new(),
    };
    page(&SendPage {
        chrome,
        faults,
        key: key.to_string(),
        kinds: Kind::ALL.map(|it| Choice::new(it.code(), it.label())).into(),
        areas: Area::ALL.map(|it| Choice::new(it.code(), it.label())).into(),
        units: UNITS.map(|it| Choice::new(it.0, it.1)).into(),
        ownerships: Ownership::ALL.map(|it| Choice::new(it.code(), it.label())).into(),
        receivers,
        consents: Consent::ALL
            .map(|purpose| {
                let is_on = it.consents.iter().any(|code| code == purpose.code());
                (purpose.code(), purpose.label(), is_on)
            })
            .into(),
        check_days: house.terms.check_days,
        review_days: house.terms.review_days,
        question,
        it,
    })
}
