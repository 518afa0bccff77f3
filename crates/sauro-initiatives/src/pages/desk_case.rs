//! `/ho-so-sang-kien/{id}`: one dossier for officials, with the one thing to do next.

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::{Ctx, InitiativeId};
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::answer::shown;
use super::applied::fields;
use super::certificate::CertificateRow;
use super::problems::{ProblemRow, answered};
use super::view::{AppliedRow, DossierView, StepRow, authors, next, reach, timeline};
use super::{House, Sent, text};
use crate::InitiativesError;
use crate::actions::{self, Check, Powers};
use crate::model::{ApplicationFields, Initiative, Person, UNITS};

#[derive(Template)]
#[template(path = "initiatives/desk_case.html")]
struct DeskCasePage {
    chrome: Chrome,
    faults: Faults,
    is_stale: bool,
    done: &'static str,
    it: Initiative,
    status: (&'static str, &'static str),
    receiver: String,
    next: String,
    steps: Vec<StepRow>,
    /// Problems that it answers or solved.
    problems: Vec<(bool, ProblemRow)>,
    /// Open problems that it may answer as well.
    fits: Vec<ProblemRow>,
    authors: Vec<(String, String)>,
    people: Vec<Person>,
    dossier: DossierView,
    powers: Powers,
    certificates: Vec<CertificateRow>,
    /// One of them holds.
    is_certified: bool,
    withdrawal: String,
    decisions: Vec<Choice>,
    decision: String,
    reviewer: String,
    reason: String,
    opinion: String,
    council: String,
    applied: Vec<AppliedRow>,
    n_units: usize,
    n_places: usize,
    application: ApplicationFields,
    is_trying: bool,
    /// The faults, when they are those of a pilot.
    trial: Faults,
    units: Vec<Choice>,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "vua")]
    just: String,
}

/// `GET /ho-so-sang-kien/{id}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<InitiativeId>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let done = match asked.just.as_str() {
        "nhan" => "Đã nhận hồ sơ và gửi cơ quan thẩm định.",
        "bo-sung" => "Đã yêu cầu tác giả bổ sung. Tác giả thấy yêu cầu khi tra mã.",
        "tu-choi" => "Đã kết thúc hồ sơ, lý do hiện cho tác giả.",
        "y-kien" => "Đã gửi ý kiến thẩm định.",
        "thu" => "Đã ghi kế hoạch thử nghiệm.",
        "dung" => "Đã khai áp dụng. Lãnh đạo của cơ quan xác nhận thì mới được tính.",
        "cap" => "Đã cấp giấy chứng nhận. Tải bản PDF để in, ký và trao cho tác giả.",
        "thu-hoi" => "Đã thu hồi giấy chứng nhận, lý do hiện ở trang kiểm tra.",
        "xac-nhan" => "Đã xác nhận cơ quan đang áp dụng.",
        _ => "",
    };
    draw((&ctx, &house, chrome), id, &Sent::new(), (Faults::none(), done)).await
}

/// `POST /ho-so-sang-kien/{id}`.
pub(super) async fn change(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<InitiativeId>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let key = (id, text(&sent, "phien-ban").parse().unwrap_or_default());
    let room = house.room();
    let (done, answer) = match (text(&sent, "viec"), text(&sent, "quyet-dinh")) {
        ("y-kien", _) => ("y-kien", actions::opine(&ctx, &room, key, text(&sent, "y-kien")).await),
        ("hinh-thuc", decision) => {
            let check = match decision {
                "nhan" => Check::Accept(text(&sent, "tham-dinh").to_owned()),
                "bo-sung" => Check::Ask,
                "tu-choi" => Check::Refuse,
                _ => {
                    let view = actions::case(&ctx, &room, id).await?;
                    if !view.powers.may_check && !view.powers.may_refuse {
                        return Err(Failure::Forbidden);
                    }
                    let words = "Chọn nhận hồ sơ, yêu cầu bổ sung hoặc không nhận.";
                    let faults = Faults::from_iter([("quyet-dinh", words)]);
                    let html = draw((&ctx, &house, chrome), id, &sent, (faults, "")).await?;
                    return Err(Failure::Unprocessable(html));
                }
            };
            let done = match check {
                Check::Accept(_) => "nhan",
                Check::Ask => "bo-sung",
                Check::Refuse => "tu-choi",
            };
            (done, actions::check(&ctx, &room, key, (&check, text(&sent, "ly-do"))).await)
        }
        _ => return Err(Failure::NotFound),
    };
    match answer {
        Ok(_) => Ok(Redirect::to(&format!("/ho-so-sang-kien/{id}?vua={done}")).into_response()),
        Err(InitiativesError::Stale) => {
            let html = draw((&ctx, &house, chrome), id, &sent, (Faults::none(), "cham")).await?;
            Ok((StatusCode::CONFLICT, html).into_response())
        }
        Err(err) => {
            let html = draw((&ctx, &house, chrome), id, &sent, (shown(err)?, "")).await?;
            Err(Failure::Unprocessable(html))
        }
    }
}

pub(super) async fn draw(
    (ctx, house, chrome): (&Ctx, &House, Chrome),
    id: InitiativeId,
    sent: &Sent,
    (faults, done): (Faults, &'static str),
) -> Result<Html<String>, Failure> {
    let case = actions::case(ctx, &house.room(), id).await?;
    let today = house.today();
    let directory = &house.directory;
    let it = &case.initiative;
    let all = actions::applications(&house.state.db, it.id).await?;
    let (n_units, places) = reach(&all);
    let certificates = actions::certificates(&house.state.db, it.id).await?;
    let fits = actions::problems_like(&house.state.db, &case).await?;
    let own = case.powers.may_confirm.then_some(ctx.actor.agency);
    let typed = |name: &str| text(sent, name).to_owned();
    let mut decisions = Vec::new();
    if case.powers.may_check {
        decisions.push(Choice::new("nhan", "Hồ sơ hợp lệ, chuyển thẩm định"));
        decisions.push(Choice::new("bo-sung", "Yêu cầu tác giả bổ sung"));
    }
    if case.powers.may_check || case.powers.may_refuse {
        decisions.push(Choice::new("tu-choi", "Không nhận hồ sơ"));
    }
    page(&DeskCasePage {
        is_stale: done == "cham",
        done: if done == "cham" { "" } else { done },
        status: it.status(today, house.terms),
        receiver: directory.name(it.receiver).to_owned(),
        next: next(it, directory),
        steps: timeline(&case, directory, today),
        problems: answered(house, it).await?,
        fits: fits.iter().map(|it| ProblemRow::fit(it, directory, today)).collect(),
        authors: authors(&case),
        dossier: DossierView::of(&case.dossier, &format!("/sang-kien/{}/tep", it.code)),
        powers: case.powers,
        is_certified: certificates.iter().any(|it| it.withdrawn.is_none()),
        certificates: certificates.iter().map(CertificateRow::of).collect(),
        withdrawal: typed("thu-hoi"),
        decisions,
        decision: typed("quyet-dinh"),
        reviewer: typed("tham-dinh"),
        reason: typed("ly-do"),
        opinion: typed("y-kien"),
        council: if case.powers.may_chair {
            "/hoi-dong-sang-kien".to_owned()
        } else {
            String::new()
        },
        applied: all.iter().map(|it| AppliedRow::of(it, directory, own)).collect(),
        n_units,
        n_places: places.len(),
        application: fields(sent),
        is_trying: text(sent, "viec") == "thu",
        trial: if text(sent, "viec") == "thu" { faults.clone() } else { Faults::none() },
        faults,
        units: UNITS.map(|it| Choice::new(it.0, it.1)).into(),
        people: case.people,
        it: case.initiative,
        chrome,
    })
}
