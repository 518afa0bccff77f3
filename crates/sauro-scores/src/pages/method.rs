//! `/xep-hang/cach-cham/{id}`: a method in its versions, and what is done with the newest one.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, Period, ScoreMethodId};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page, words};

use super::answer::shown;
use super::{Asked, Sent, text};
use crate::ScoresError;
use crate::actions::{self, MethodChange, MethodView};
use crate::model::{
    Audience, ComponentFields, Design, DesignFields, Measure, MethodVersion, State as Step,
};

#[derive(Template)]
#[template(path = "scores/method.html")]
struct MethodPage {
    chrome: Chrome,
    faults: Faults,
    is_stale: bool,
    done: &'static str,
    roster: String,
    owner: String,
    /// The version shown.
    it: MethodVersion,
    /// It is being written, by somebody who may.
    is_editable: bool,
    may_manage: bool,
    /// The caller proposed it, so somebody else publishes it.
    is_proposer: bool,
    fields: DesignFields,
    from: String,
    periods: Vec<Choice>,
    audiences: Vec<Choice>,
    rhythms: Vec<Choice>,
    lines: Vec<Line>,
    versions: Vec<(i64, String, &'static str, &'static str)>,
    rankings: Vec<(String, String, (&'static str, &'static str))>,
    /// Periods that can be opened.
    openable: Vec<Choice>,
}

/// One measure in the table of components.
struct Line {
    code: &'static str,
    label: &'static str,
    /// What is counted, and of what.
    words: String,
    fields: ComponentFields,
    is_used: bool,
}

/// Periods that can be chosen to begin with, and to open.
const PERIODS: usize = 6;

/// `GET /xep-hang/cach-cham/{id}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<ScoreMethodId>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let view = actions::method_view(&ctx, &db, id).await?;
    let done = match asked.just.as_str() {
        "luu" => "Đã lưu bản dự thảo.",
        "de-nghi" => "Đã đề nghị ban hành. Một người khác của cơ quan xem và ban hành.",
        "rut" => "Bản này trở lại dự thảo.",
        "ban-hanh" => "Đã ban hành. Từ nay bản này không sửa được.",
        "ban-moi" => "Đã lập bản mới từ bản đang áp dụng. Sửa rồi mô phỏng trước khi ban hành.",
        _ => "",
    };
    let n = asked.edition();
    let drawing = Drawing { n, done, ..Drawing::default() };
    draw((&ctx, &directory), chrome, view, drawing)
}

/// `POST /xep-hang/cach-cham/{id}`.
pub(super) async fn change(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<ScoreMethodId>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let number = |name| text(&sent, name).parse::<i64>().unwrap_or_default();
    let key = (id, number("ban"), number("phien-ban"));
    let step = text(&sent, "viec");
    let change = match step {
        "luu" => MethodChange::Save(Box::new(fields(&sent)), text(&sent, "tu-ky").to_owned()),
        "mo-phong" => MethodChange::Simulate,
        "de-nghi" => MethodChange::Propose,
        "rut" => MethodChange::TakeBack,
        "ban-hanh" => MethodChange::Publish,
        "ban-moi" => {
            return match actions::new_version(&ctx, &db, id).await {
                Ok(_) => Ok(to(id, step)),
                Err(err) => refused((&ctx, &db, &directory), chrome, (id, &sent), err).await,
            };
        }
        _ => return Err(Failure::NotFound),
    };
    match actions::change_method(&ctx, &db, key, change).await {
        Ok(it) if step == "mo-phong" => {
            let at = format!("/xep-hang/cach-cham/{id}/mo-phong?ban={}", it.n);
            Ok(Redirect::to(&at).into_response())
        }
        Ok(_) => Ok(to(id, step)),
        Err(err) => refused((&ctx, &db, &directory), chrome, (id, &sent), err).await,
    }
}

/// `POST /xep-hang/cach-cham/{id}/mo-ky`.
pub(super) async fn open(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<ScoreMethodId>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let calendar = directory.calendar();
    match actions::open_ranking(&ctx, &db, &calendar, id, text(&sent, "ky-mo")).await {
        Ok(it) => Ok(Redirect::to(&format!("/xep-hang/ky/{}?vua=mo", it.id)).into_response()),
        Err(err) => refused((&ctx, &db, &directory), chrome, (id, &sent), err).await,
    }
}

fn to(id: ScoreMethodId, done: &str) -> Response {
    Redirect::to(&format!("/xep-hang/cach-cham/{id}?vua={done}")).into_response()
}

fn fields(sent: &Sent) -> DesignFields {
    let typed = |name: &str| text(sent, name).to_owned();
    let component = |measure: Measure| {
        let code = measure.code();
        ComponentFields {
            measure: code.to_owned(),
            weight: typed(&format!("ts-{code}")),
            low: typed(&format!("duoi-{code}")),
            high: typed(&format!("tren-{code}")),
            least: typed(&format!("it-{code}")),
        }
    };
    DesignFields {
        name: typed("ten"),
        roster: String::new(),
        audience: typed("pham-vi"),
        rhythm: typed("ky"),
        components: Measure::ALL.into_iter().map(component).collect(),
        enough: typed("du"),
        figure_days: typed("ngay-so-lieu"),
        self_days: typed("ngay-tu-cham"),
        appeal_days: typed("ngay-tra-loi"),
    }
}

/// What a form that was refused brings back.
#[derive(Default)]
struct Drawing {
    n: Option<i64>,
    done: &'static str,
    fields: Option<(DesignFields, String)>,
    faults: Faults,
    is_stale: bool,
}

async fn refused(
    (ctx, db, directory): (&Ctx, &Db, &DirectoryHandle),
    chrome: Chrome,
    (id, sent): (ScoreMethodId, &Sent),
    err: ScoresError,
) -> Result<Response, Failure> {
    let (faults, is_stale) = match err {
        ScoresError::Stale => (Faults::none(), true),
        err => (shown(err)?, false),
    };
    let view = actions::method_view(ctx, db, id).await?;
    let is_typed = text(sent, "viec") == "luu";
    let typed = is_typed.then(|| (fields(sent), text(sent, "tu-ky").to_owned()));
    let drawing = Drawing { fields: typed, faults, is_stale, ..Drawing::default() };
    let status = if is_stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, draw((ctx, directory), chrome, view, drawing)?).into_response())
}

fn draw(
    (ctx, directory): (&Ctx, &DirectoryHandle),
    chrome: Chrome,
    view: MethodView,
    drawing: Drawing,
) -> Result<Html<String>, Failure> {
    let directory = directory.directory();
    let version = match drawing.n {
        Some(n) => view.versions.iter().find(|it| it.n == n),
        None => view.newest(),
    };
    let it = version.ok_or(Failure::NotFound)?.clone();
    let is_editable = view.may_manage && it.state != Step::Published;
    let (fields, from) = drawing.fields.unwrap_or_else(|| (it.design.fields(), it.from.code()));
    let today = ctx.today();
    let label = |it: &Period| Choice::new(it.code(), it.label());
    let mut periods: Vec<Period> = Design::rhythms()
        .into_iter()
        .flat_map(|kind| {
            let now = Period::containing(kind, today);
            let next = now.end().succ_opt().map(|day| Period::containing(kind, day));
            Period::latest(kind, today, 4).into_iter().chain(next)
        })
        .collect();
    periods.sort_by_key(|it| (it.kind, it.start));
    let is_open = |it: &Period| view.rankings.iter().any(|ranking| ranking.period == *it);
    let openable = match view.published() {
        Some(it) if view.may_manage => Period::latest(it.design.rhythm, today, PERIODS),
        _ => Vec::new(),
    };
    page(&MethodPage {
        chrome,
        faults: drawing.faults,
        is_stale: drawing.is_stale,
        done: drawing.done,
        roster: view.method.roster.label(&directory),
        owner: directory.name(view.method.agency).to_owned(),
        is_editable,
        may_manage: view.may_manage,
        is_proposer: it.proposed_by == Some(ctx.actor.account),
        lines: lines(&fields),
        fields,
        from,
        periods: periods.iter().map(label).collect(),
        audiences: Audience::ALL.map(|it| Choice::new(it.code(), it.label())).into(),
        rhythms: Design::rhythms().map(|it| Choice::new(it.code(), it.label())).into(),
        versions: view
            .versions
            .iter()
            .map(|it| {
                let note = format!(
                    "áp dụng từ {}, sửa lúc {}",
                    it.from.label().to_lowercase(),
                    words::datetime(it.changed_at)
                );
                (it.n, note, it.state.status(), it.state.label())
            })
            .collect(),
        rankings: view
            .rankings
            .iter()
            .map(|it| (format!("/xep-hang/ky/{}", it.id), it.period.label(), it.status()))
            .collect(),
        openable: openable.iter().filter(|it| !is_open(it)).map(label).collect(),
        it,
    })
}

fn lines(fields: &DesignFields) -> Vec<Line> {
    let line = |typed: &ComponentFields| {
        let measure = Measure::of_code(&typed.measure)?;
        let (hits, of) = measure.words();
        let words = match measure {
            Measure::Satisfaction => {
                format!(
                    "{hits} trên {of} phản ánh, kiến nghị, theo tháng trả lời; dưới năm lượt thì không tính"
                )
            }
            _ => format!("{hits} trên {of}"),
        };
        Some(Line {
            code: measure.code(),
            label: measure.label(),
            words,
            is_used: !matches!(typed.weight.trim(), "" | "0"),
            fields: typed.clone(),
        })
    };
    fields.components.iter().filter_map(line).collect()
}
