//! `/xep-hang/ky/{id}/{unit}`: one unit's score explained, and what the unit and the appraisers say.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, RankingId};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page};

use super::answer::shown;
use super::unit_view::UnitView;
use super::{Asked, House, ScoreFacts, Sent, text};
use crate::actions::{self, AppealFields, MarkFields, Powers, RankingView};
use crate::model::Measure;

#[derive(Template)]
#[template(path = "scores/unit.html")]
struct UnitPage {
    chrome: Chrome,
    view: RankingView,
    unit: UnitView,
    /// The caller speaks for this unit.
    is_own: bool,
    powers: Powers,
    done: &'static str,
    /// Rated components, to adjust.
    rated: Vec<Choice>,
    /// All components, to contest.
    all: Vec<Choice>,
    marks: Vec<Mark>,
    typed: Typed,
    faults: Faults,
}

/// A line of the form in which a unit scores itself.
struct Mark {
    code: &'static str,
    label: &'static str,
    points: String,
    note: String,
}

/// What was typed into the forms below.
#[derive(Default)]
struct Typed {
    measure: String,
    points: String,
    adjust_reason: String,
    about: String,
    reason: String,
    evidence: String,
}

impl UnitPage {
    /// The pages above this one.
    fn steps(&self) -> [(String, String); 2] {
        let name =
            format!("{}, {}", self.view.version.design.name, self.view.ranking.period.label());
        [
            ("/xep-hang".to_owned(), "Xếp hạng".to_owned()),
            (format!("/xep-hang/ky/{}", self.view.ranking.id), name),
        ]
    }
}

/// `GET /xep-hang/ky/{id}/{unit}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(facts): Extension<ScoreFacts>,
    Extension(directory): Extension<DirectoryHandle>,
    Path((id, unit)): Path<(RankingId, String)>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let house = House::new(&db, facts, &directory);
    let nothing = Sent::new();
    draw((&ctx, &house, chrome), (id, &unit), &asked, (&nothing, Faults::none())).await
}

/// `POST /xep-hang/ky/{id}/{unit}`.
pub(super) async fn change(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(facts): Extension<ScoreFacts>,
    Extension(directory): Extension<DirectoryHandle>,
    Path((id, unit)): Path<(RankingId, String)>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Redirect, Failure> {
    let house = House::new(&db, facts, &directory);
    let room = house.room();
    let step = text(&sent, "viec");
    let done = match step {
        "tu-cham" => {
            own_page(&ctx, &unit)?;
            actions::self_score(&ctx, &db, room.directory, id, &marks(&sent)).await
        }
        "dieu-chinh" => {
            let typed = (text(&sent, "tieu-chi"), text(&sent, "diem"), text(&sent, "ly-do-sua"));
            actions::adjust_score(&ctx, &room, (id, &unit), typed).await
        }
        "phan-hoi" => {
            own_page(&ctx, &unit)?;
            let fields = AppealFields {
                measure: text(&sent, "noi-dung").to_owned(),
                reason: text(&sent, "ly-do").to_owned(),
                evidence: text(&sent, "minh-chung").to_owned(),
            };
            let calendar = directory.calendar();
            actions::appeal(&ctx, &room, &calendar, id, &fields).await.map(drop)
        }
        _ => return Err(Failure::NotFound),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/xep-hang/ky/{id}/{unit}?vua={step}"))),
        Err(err) => {
            let again = (&sent, shown(err)?);
            let html = draw((&ctx, &house, chrome), (id, &unit), &Asked::default(), again).await?;
            Err(Failure::Unprocessable(html))
        }
    }
}

/// Whoever speaks for a unit does so on its own page.
fn own_page(ctx: &Ctx, unit: &str) -> Result<(), Failure> {
    if ctx.actor.agency_code == unit { Ok(()) } else { Err(Failure::NotFound) }
}

fn marks(sent: &Sent) -> Vec<MarkFields> {
    let of = |measure: Measure| MarkFields {
        measure: measure.code().to_owned(),
        points: text(sent, &format!("diem-{}", measure.code())).to_owned(),
        note: text(sent, &format!("ly-do-{}", measure.code())).to_owned(),
    };
    Measure::ALL.into_iter().map(of).collect()
}

async fn draw(
    (ctx, house, chrome): (&Ctx, &House, Chrome),
    (id, unit): (RankingId, &str),
    asked: &Asked,
    (sent, faults): (&Sent, Faults),
) -> Result<Html<String>, Failure> {
    let view = actions::ranking_view(ctx, &house.room(), id, asked.edition()).await?;
    let score = view.score(unit).ok_or(Failure::NotFound)?;
    let appeals = actions::appeals_of_unit(&house.db, id, score.unit.id).await?;
    let shown = UnitView::of(&view, score, &appeals, &house.directory, ctx.today());
    let is_own = view.powers.own == Some(score.unit.id);
    let typed = |name: &str| text(sent, name).to_owned();
    let choice = |it: &super::unit_view::PartView| Choice::new(it.code, it.label);
    let mark = |it: &super::unit_view::PartView| {
        let again = |name: &str, kept: &str| match typed(&format!("{name}-{}", it.code)) {
            typed if typed.is_empty() => kept.to_owned(),
            typed => typed,
        };
        Mark {
            code: it.code,
            label: it.label,
            points: again("diem", &it.own),
            note: again("ly-do", &it.own_note),
        }
    };
    let done = match asked.just.as_str() {
        "tu-cham" => "Đã ghi điểm tự chấm.",
        "dieu-chinh" => "Đã ghi điểm thẩm định. Điểm tính vẫn được giữ bên cạnh.",
        "phan-hoi" => "Đã gửi phản hồi. Cơ quan chấm điểm trả lời trong hạn ghi bên dưới.",
        _ => "",
    };
    let page_of = UnitPage {
        rated: shown.parts.iter().filter(|it| it.is_rated).map(choice).collect(),
        all: shown.parts.iter().map(choice).collect(),
        marks: shown.parts.iter().map(mark).collect(),
        powers: Powers { may_appraise: view.powers.may_appraise && !is_own, ..view.powers },
        typed: Typed {
            measure: typed("tieu-chi"),
            points: typed("diem"),
            adjust_reason: typed("ly-do-sua"),
            about: typed("noi-dung"),
            reason: typed("ly-do"),
            evidence: typed("minh-chung"),
        },
        unit: shown,
        chrome,
        view,
        is_own,
        done,
        faults,
    };
    page(&page_of)
}
