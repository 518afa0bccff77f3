//! `POST /phan-anh-den`: the same done to several cases of the queue, and what came of each.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sauro_kernel::{Ctx, PetitionId, Right};
use sauro_ui::{Caller, Chrome, Failure, Faults};

use super::agencies::meant;
use super::queue::draw;
use crate::PetitionsError;
use crate::actions::{self, BulkAct, House, Outcome};
use crate::model::Refusal;
use crate::pages::answer::shown;
use crate::pages::premises::Premises;
use crate::pages::upload::{self, Upload};

/// What was just done to several cases, and what was typed for it.
#[derive(Default)]
pub(super) struct Done {
    pub(super) typed: Upload,
    pub(super) faults: Faults,
    pub(super) done: Vec<Told>,
    pub(super) left: Vec<Told>,
}

/// One case, and why it stayed.
pub(super) struct Told {
    /// Empty for one that the caller may not know of.
    pub(super) href: String,
    pub(super) name: String,
    pub(super) why: String,
}

impl Done {
    /// The case was chosen, and is to be chosen still.
    pub(super) fn is_ticked(&self, id: PetitionId) -> bool {
        let id = id.to_string();
        self.typed.fields.iter().any(|(name, value)| name == "chon" && *value == id)
    }

    fn told(outcomes: &[Outcome]) -> Self {
        let mut all = Self::default();
        for it in outcomes {
            let (href, name) = match &it.case {
                Some((number, title)) => {
                    (format!("/phan-anh-den/{}", it.id), format!("{number}, {title}"))
                }
                None => (String::new(), "Một vụ việc đã chọn".to_owned()),
            };
            match &it.result {
                Ok(()) => all.done.push(Told { href, name, why: String::new() }),
                Err(err) => all.left.push(Told { href, name, why: why(err) }),
            }
        }
        all
    }
}

/// `POST /phan-anh-den`.
pub(super) async fn act(
    Caller(ctx): Caller,
    premises: Premises,
    chrome: Chrome,
    request: Request,
) -> Result<Response, Failure> {
    ctx.require(Right::SortPetitions, ctx.actor.own())?;
    let typed = upload::read(request).await;
    let (status, done) = match perform(&ctx, &premises.house(), &typed).await {
        Ok(outcomes) => (StatusCode::OK, Done::told(&outcomes)),
        Err(err) => {
            let faults = shown(err)?;
            (StatusCode::UNPROCESSABLE_ENTITY, Done { typed, faults, ..Done::default() })
        }
    };
    let html = draw((&ctx, &premises, chrome), "", done).await?;
    Ok((status, html).into_response())
}

async fn perform(
    ctx: &Ctx,
    house: &House<'_>,
    typed: &Upload,
) -> Result<Vec<Outcome>, PetitionsError> {
    let ticked = typed.fields.iter().filter(|it| it.0 == "chon");
    let ids: Vec<PetitionId> = ticked.filter_map(|it| it.1.parse().ok()).collect();
    let act = match typed.one("viec") {
        "tiep-nhan" => BulkAct::Receive,
        "nhan" => BulkAct::Accept,
        "linh-vuc" => {
            let code = typed.one("linh-vuc");
            if !actions::all_fields(house).await?.iter().any(|it| it.code == code) {
                return Err(PetitionsError::of_field("linh-vuc", "Chọn một lĩnh vực."));
            }
            BulkAct::SetField(code)
        }
        "chuyen" => {
            let words = typed.one("chu-tri");
            let lead = meant(house.directory, words, "chu-tri")
                .map_err(|it| PetitionsError::Invalid(vec![it]))?;
            let (is_complex, words) = (typed.is_checked("phuc-tap"), typed.one("loi-nhan"));
            BulkAct::Assign { lead, is_complex, words }
        }
        "gop" if typed.one("gop-vao").trim().is_empty() => {
            let words = "Ghi số của vụ việc chính, dạng PA-2026-000123.";
            return Err(PetitionsError::of_field("gop-vao", words));
        }
        "gop" => BulkAct::Merge { into: typed.one("gop-vao"), reason: typed.one("ly-do-gop") },
        _ => {
            let words = "Chọn việc cần làm với các vụ việc đã chọn.";
            return Err(PetitionsError::of_field("lam", words));
        }
    };
    actions::in_bulk(ctx, house, &ids, act).await
}

/// Why a case stayed as it was, and how to go on.
fn why(err: &PetitionsError) -> String {
    match err {
        PetitionsError::NotFound(_) => {
            "không còn trong phạm vi của cơ quan. Tải lại trang để xem danh sách mới.".to_owned()
        }
        PetitionsError::Denied(_) => {
            "tài khoản này không được làm việc đó. Nhờ cơ quan đang giữ vụ việc.".to_owned()
        }
        PetitionsError::NotOpen(Refusal::NotNow { state, .. }) => {
            format!("đang ở bước “{}”, chưa làm được việc này. Mở ra để xem.", state.label())
        }
        PetitionsError::NotOpen(_) => {
            "việc này không làm được với vụ việc. Mở ra để xem lý do.".to_owned()
        }
        PetitionsError::Invalid(faults) => {
            faults.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join(" ")
        }
        _ => "vừa có người khác sửa. Mở ra xem lại.".to_owned(),
    }
}
