//! `/xep-hang/phan-hoi/{id}`: one appeal, and its answer.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, ScoreAppealId};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};

use super::answer::shown;
use super::table::capital;
use super::unit_view::AppealLine;
use super::{Asked, House, ScoreFacts, Sent, text};
use crate::actions::{self, Answer, AppealView};
use crate::model::written;

#[derive(Template)]
#[template(path = "scores/appeal.html")]
struct AppealPage {
    chrome: Chrome,
    faults: Faults,
    view: AppealView,
    it: AppealLine,
    unit: String,
    /// Components that can be set right, with the points that they have.
    rated: Vec<Choice>,
    decision: String,
    measure: String,
    points: String,
    words: String,
    decisions: Vec<Choice>,
    done: &'static str,
}

/// `GET /xep-hang/phan-hoi/{id}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(facts): Extension<ScoreFacts>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<ScoreAppealId>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let house = House::new(&db, facts, &directory);
    let done =
        if asked.just == "tra-loi" { "Đã trả lời. Đơn vị được báo." } else { "" };
    draw((&ctx, &house, chrome), id, &Sent::new(), (Faults::none(), done)).await
}

/// `POST /xep-hang/phan-hoi/{id}`.
pub(super) async fn answer(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(facts): Extension<ScoreFacts>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<ScoreAppealId>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Redirect, Failure> {
    let house = House::new(&db, facts, &directory);
    let answer = match text(&sent, "quyet-dinh") {
        "giu" => Answer::Refuse,
        "sua" => Answer::Accept {
            measure: text(&sent, "tieu-chi").to_owned(),
            points: text(&sent, "diem").to_owned(),
        },
        _ => {
            // Whoever may not answer learns nothing more than that.
            let view = actions::appeal_view(&ctx, &house.room(), id).await?;
            if !view.may_answer {
                return Err(Failure::Forbidden);
            }
            let mut faults = Faults::none();
            faults.add("quyet-dinh", "Chọn chấp nhận và sửa điểm, hoặc giữ nguyên.");
            let html = draw((&ctx, &house, chrome), id, &sent, (faults, "")).await?;
            return Err(Failure::Unprocessable(html));
        }
    };
    match actions::answer_appeal(&ctx, &house.room(), id, (answer, text(&sent, "tra-loi"))).await {
        Ok(_) => Ok(Redirect::to(&format!("/xep-hang/phan-hoi/{id}?vua=tra-loi"))),
        Err(err) => {
            let faults = shown(err)?;
            let html = draw((&ctx, &house, chrome), id, &sent, (faults, "")).await?;
            Err(Failure::Unprocessable(html))
        }
    }
}

async fn draw(
    (ctx, house, chrome): (&Ctx, &House, Chrome),
    id: ScoreAppealId,
    sent: &Sent,
    (faults, done): (Faults, &'static str),
) -> Result<Html<String>, Failure> {
    let view = actions::appeal_view(ctx, &house.room(), id).await?;
    let choice = |it: &crate::model::Part| {
        let sums = it.sums.as_ref()?;
        let measure = it.component.measure;
        let label = format!("{}, đang là {} điểm", measure.label(), written(sums.points()));
        Some(Choice::new(measure.code(), label))
    };
    let measure = match text(sent, "tieu-chi") {
        "" => view.appeal.measure.map_or("", |it| it.code()),
        typed => typed,
    };
    page(&AppealPage {
        chrome,
        faults,
        it: AppealLine::of(&view.appeal, ctx.today()),
        unit: capital(&view.score.unit.name),
        rated: view.score.parts.iter().filter_map(choice).collect(),
        decision: text(sent, "quyet-dinh").to_owned(),
        measure: measure.to_owned(),
        points: text(sent, "diem").to_owned(),
        words: text(sent, "tra-loi").to_owned(),
        decisions: vec![
            Choice::new("sua", "Chấp nhận, sửa điểm"),
            Choice::new("giu", "Giữ nguyên"),
        ],
        view,
        done,
    })
}
