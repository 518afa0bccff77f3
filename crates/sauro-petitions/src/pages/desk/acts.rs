//! `POST /phan-anh-den/{id}`: what an officer or a leader does with a case, named by the field `viec`.

use axum::extract::{Path, Request};
use axum::response::Redirect;
use sauro_kernel::{AgencyId, Ctx, PetitionId};
use sauro_ui::{Caller, Chrome, Failure};

use super::agencies::meant;
use super::case::draw;
use super::id_of;
use crate::PetitionsError;
use crate::actions::{self, House};
use crate::model::Petition;
use crate::pages::answer::shown;
use crate::pages::premises::Premises;
use crate::pages::upload::{self, Upload};

/// Every verb of the page, and what is said once it is done.
const DONE: [(&str, &str); 23] = [
    ("tiep-nhan", "Đã tiếp nhận. Người gửi thấy ngay trên trang tra cứu."),
    ("chuyen", "Đã chuyển giải quyết."),
    ("tu-choi", "Đã trả lại vì không thuộc thẩm quyền."),
    ("nhan", "Đã nhận giải quyết."),
    ("hoi-them", "Đã gửi câu hỏi cho người gửi. Đồng hồ dừng đến khi có trả lời."),
    ("tiep-tuc", "Đã tiếp tục. Đồng hồ chạy lại."),
    ("gia-han", "Đã gia hạn. Người gửi đọc được lý do."),
    ("ghi-chu", "Đã lưu ghi chú nội bộ."),
    ("y-kien", "Đã gửi ý kiến cho cơ quan chủ trì."),
    ("trinh", "Đã trình lãnh đạo duyệt."),
    ("tra-lai", "Đã trả lại để sửa."),
    ("duyet", "Đã duyệt. Câu trả lời đã đến người gửi."),
    ("gop", "Đã gộp vào vụ việc chính."),
    ("tach", "Đã tách ra. Vụ việc trở lại như trước khi gộp."),
    ("linh-vuc", "Đã đặt lĩnh vực."),
    ("de-nghi-an", "Đã ghi đề nghị. Một người khác quyết định."),
    ("dong-y-an", "Đã đồng ý đề nghị."),
    ("khong-an", "Đã ghi không đồng ý."),
    ("nhiem-vu", "Đã ghi mã nhiệm vụ."),
    ("bi-phan-anh", "Đã ghi. Người bị phản ánh không thấy và không giải quyết vụ việc này."),
    ("dinh-kem", "Đã đính kèm tệp."),
    ("chuan-bi-anh", "Đã che và chuẩn bị ảnh."),
    ("thoi-anh", "Ảnh không công bố nữa."),
];

/// What is said of the act `just`, or nothing.
pub(super) fn said(just: &str) -> &'static str {
    DONE.into_iter().find(|it| it.0 == just).map_or("", |it| it.1)
}

/// `POST /phan-anh-den/{id}`.
pub(super) async fn act(
    Caller(ctx): Caller,
    premises: Premises,
    Path(id): Path<String>,
    chrome: Chrome,
    request: Request,
) -> Result<Redirect, Failure> {
    let id = id_of(&id)?;
    let typed = upload::read(request).await;
    let verb = typed.one("viec").to_owned();
    let house = premises.house();
    if let ("thanh-nhiem-vu", Some(room)) = (verb.as_str(), &premises.tasks) {
        return match actions::make_task(&ctx, &house, room, id).await {
            Ok(()) => Ok(Redirect::to(&format!("/chi-dao/du-thao/{id}"))),
            Err(err) => {
                let faults = shown(err)?;
                let html = draw((&ctx, &premises, chrome), id, typed, (faults, "")).await?;
                Err(Failure::Unprocessable(html))
            }
        };
    }
    let done = match verb.as_str() {
        "bi-phan-anh" => mark_about(&ctx, &premises, id, &typed).await?,
        _ => perform(&ctx, &house, id, &typed).await,
    };
    match done.map_err(|err| renamed(err, &verb)) {
        Ok(_) => Ok(Redirect::to(&whereto(&ctx, &house, id, &verb).await)),
        Err(err) => {
            let faults = shown(err)?;
            let html = draw((&ctx, &premises, chrome), id, typed, (faults, "")).await?;
            Err(Failure::Unprocessable(html))
        }
    }
}

/// Back to the case, or to the queue when it left the caller's sight.
pub(super) async fn whereto(ctx: &Ctx, house: &House<'_>, id: PetitionId, verb: &str) -> String {
    match actions::case_view(ctx, house, id).await {
        Ok(_) => format!("/phan-anh-den/{id}?vua={verb}"),
        Err(_) => format!("/phan-anh-den?vua={verb}"),
    }
}

/// Several acts ask for a reason, each in a field of its own.
fn renamed(err: PetitionsError, verb: &str) -> PetitionsError {
    let PetitionsError::Invalid(faults) = err else { return err };
    let of = |field: String| match field.as_str() {
        "ly-do" => format!("ly-do-{verb}"),
        _ => field,
    };
    PetitionsError::Invalid(faults.into_iter().map(|(field, words)| (of(field), words)).collect())
}

async fn perform(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    typed: &Upload,
) -> Result<Petition, PetitionsError> {
    let verb = typed.one("viec");
    let reason = typed.one(&format!("ly-do-{verb}"));
    match verb {
        "tiep-nhan" => actions::receive(ctx, house, id).await,
        "chuyen" => pass_on(ctx, house, id, typed).await,
        "tu-choi" => actions::refuse(ctx, house, id, reason).await,
        "nhan" => actions::accept(ctx, house, id).await,
        "hoi-them" => actions::ask_more(ctx, house, id, typed.one("can-bo-sung")).await,
        "tiep-tuc" => actions::go_on(ctx, house, id, reason).await,
        "gia-han" => actions::extend(ctx, house, id, reason).await,
        "ghi-chu" => actions::note(ctx, house, id, typed.one("ghi-chu")).await,
        "y-kien" => actions::opinion(ctx, house, id, typed.one("y-kien")).await,
        "tra-lai" => actions::return_answer(ctx, house, id, reason).await,
        "duyet" => actions::approve(ctx, house, id).await,
        "gop" => actions::merge(ctx, house, id, (typed.one("gop-vao"), reason)).await,
        "tach" => actions::unmerge(ctx, house, id).await,
        "linh-vuc" => actions::set_field(ctx, house, id, typed.one("linh-vuc")).await,
        "de-nghi-an" => actions::ask_to_hide(ctx, house, id, typed.one("ly-do-an")).await,
        "dong-y-an" => actions::decide_hiding(ctx, house, id, true).await,
        "khong-an" => actions::decide_hiding(ctx, house, id, false).await,
        "nhiem-vu" => actions::link_task(ctx, house, id, typed.one("nhiem-vu")).await,
        _ => Err(PetitionsError::of_field("viec", "Chọn việc cần làm với vụ việc này.")),
    }
}

/// Says whom the case is about: one of those who were offered, or nobody.
async fn mark_about(
    ctx: &Ctx,
    premises: &Premises,
    id: PetitionId,
    typed: &Upload,
) -> Result<Result<Petition, PetitionsError>, Failure> {
    let house = premises.house();
    let chosen = typed.one("nguoi-bi-phan-anh");
    if chosen.is_empty() {
        return Ok(actions::mark_about(ctx, &house, id, None).await);
    }
    let case = actions::case_view(ctx, &house, id).await?.case;
    let people = premises.people_of(&case).await?;
    let Some(it) = people.iter().find(|it| it.account.to_string() == chosen) else {
        let words = "Chọn một người trong danh sách.";
        return Ok(Err(PetitionsError::of_field("nguoi-bi-phan-anh", words)));
    };
    Ok(actions::mark_about(ctx, &house, id, Some(it.account)).await)
}

/// Passes a case on to one of the ways that were offered, or to an agency that was typed.
async fn pass_on(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    typed: &Upload,
) -> Result<Petition, PetitionsError> {
    let mut faults = Vec::new();
    let words = match typed.one("chu-tri").trim() {
        "" => typed.one("noi-goi-y"),
        words => words,
    };
    let lead = meant(house.directory, words, "chu-tri").map_err(|it| faults.push(it)).ok();
    let names = typed.one("phoi-hop").split([';', '\n']).map(str::trim);
    let mut partners: Vec<AgencyId> = Vec::new();
    for words in names.filter(|it| !it.is_empty()) {
        match meant(house.directory, words, "phoi-hop") {
            Ok(agency) => partners.push(agency),
            Err(fault) => faults.push(fault),
        }
    }
    let Some(lead) = lead.filter(|_| faults.is_empty()) else {
        return Err(PetitionsError::Invalid(faults));
    };
    let rest = (typed.is_checked("phuc-tap"), typed.one("loi-nhan"));
    actions::assign(ctx, house, id, (lead, &partners), rest).await
}
