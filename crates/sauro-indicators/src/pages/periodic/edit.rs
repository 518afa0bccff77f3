//! `/bao-cao-ky/{round}/{unit}/soan`: a unit writes its report. What is known is filled in.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, State};
use axum::response::{Html, Redirect};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, RoundId};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, filters, page, words};

use super::Source;
use super::shown::{before, suggested, suggested_from, tasks, unit_name};
use crate::IndicatorsError;
use crate::actions::periodic::{
    CellFields, FigureLine, Given, Sheet, SheetFields, WorkLine, propose_report, save_report,
    send_report, sheet,
};
use crate::model::Shape;
use crate::model::periodic::ItemKind;
use crate::pages::answer::shown;
use crate::pages::rows::quality_words;

/// One part of the form.
struct Part {
    key: String,
    title: String,
    hint: String,
    is_required: bool,
    body: Body,
}

enum Body {
    /// A section: the text, and whether it was filled in by the program.
    Text(String, bool),
    Figures(Vec<Line>),
    Tasks(Vec<WorkLine>),
}

/// One figure to be typed, or one that is there.
struct Line {
    code: String,
    name: String,
    unit: String,
    is_ratio: bool,
    is_asked: bool,
    value: String,
    numerator: String,
    denominator: String,
    remark: String,
    is_confirmed: bool,
    /// The unit's figure before.
    before: String,
    /// Where it comes from, or what is suggested.
    origin: String,
    fault: String,
    warning: String,
}

#[derive(Template)]
#[template(path = "periodic/edit.html")]
struct EditPage {
    chrome: Chrome,
    home: String,
    form: String,
    period: String,
    unit: String,
    due: String,
    parts: Vec<Part>,
    n_given: usize,
    n_cells: usize,
    version: i64,
    opened: i64,
    may_send: bool,
    merge_href: String,
    returned: String,
    faults: Faults,
}

/// `GET /bao-cao-ky/{round}/{unit}/soan`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Extension(source): Extension<Source>,
    Path((round, unit)): Path<(RoundId, String)>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let key = (round, unit.as_str());
    draw(&ctx, &db, &directory, &source, key, chrome, (None, Faults::none())).await
}

/// `POST /bao-cao-ky/{round}/{unit}/soan`: saves, and sends or puts before the leader when asked to.
pub(super) async fn save(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Extension(source): Extension<Source>,
    Path((round, unit)): Path<(RoundId, String)>,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let fields = fields(&ctx, &sent);
    let act = sent.iter().find(|it| it.0 == "viec").map_or("", |it| &it.1).to_owned();
    let key = (round, unit.as_str());
    let names = directory.directory();
    let saved = save_report(&ctx, &db, &names, key, &fields).await;
    let outcome = match saved {
        Ok(version) => {
            // What was saved stays saved, whatever sending says.
            let done = match act.as_str() {
                "gui" => send_report(&ctx, &db, &names, key, version).await,
                "trinh" => propose_report(&ctx, &db, &names, key, version).await,
                _ => Ok(()),
            };
            done.map_err(|err| (SheetFields { version, ..fields.clone() }, err))
        }
        Err(err) => Err((fields, err)),
    };
    match outcome {
        Ok(()) => {
            let word = if act.is_empty() { "luu" } else { &act };
            Ok(Redirect::to(&format!("/bao-cao-ky/{round}/{unit}?vua={word}")))
        }
        Err((fields, err)) => {
            let (faults, _) = shown(err)?;
            let again = (Some(fields), faults);
            let drawn = draw(&ctx, &db, &directory, &source, key, chrome, again).await?;
            Err(Failure::Unprocessable(drawn))
        }
    }
}

/// The fields of the form: their names follow from its parts.
fn fields(ctx: &Ctx, sent: &[(String, String)]) -> SheetFields {
    let of = |name: &str| sent.iter().find(|it| it.0 == name).map(|it| it.1.clone());
    let opened: i64 = of("mo-luc").and_then(|it| it.parse().ok()).unwrap_or(i64::MAX);
    let mut fields = SheetFields {
        version: of("phien-ban").and_then(|it| it.parse().ok()).unwrap_or(0),
        spent_s: (ctx.now_us() / 1_000_000).saturating_sub(opened),
        ..SheetFields::default()
    };
    for (name, value) in sent {
        if let Some(key) = name.strip_prefix("van-") {
            fields.texts.push((key.to_owned(), value.clone()));
        } else if let Some(code) = name.strip_prefix("co-") {
            let cell = CellFields {
                value: of(&format!("so-{code}")).unwrap_or_default(),
                numerator: of(&format!("tu-so-{code}")).unwrap_or_default(),
                denominator: of(&format!("mau-so-{code}")).unwrap_or_default(),
                remark: of(&format!("ghi-chu-{code}")).unwrap_or_default(),
                is_confirmed: of(&format!("xac-nhan-{code}")).is_some(),
            };
            fields.cells.push((code.to_owned(), cell));
        }
    }
    fields
}

async fn draw(
    ctx: &Ctx,
    db: &Db,
    directory: &DirectoryHandle,
    source: &Source,
    (round, unit): (RoundId, &str),
    chrome: Chrome,
    (typed, faults): (Option<SheetFields>, Faults),
) -> Result<Html<String>, Failure> {
    let directory = directory.directory();
    let sheet = sheet(ctx, db, &directory, source.as_ref(), round, unit).await?;
    if !sheet.may.draft {
        return Err(IndicatorsError::NotFound("report that the caller writes").into());
    }
    let home = format!("/bao-cao-ky/{round}/{unit}");
    let due_on = sheet.round.due_of(sheet.unit.level);
    let parts = parts(&sheet, typed.as_ref(), &faults);
    let (n_given, n_cells) = given(&parts);
    let is_returned = sheet
        .report
        .as_ref()
        .is_some_and(|it| it.state == crate::model::periodic::ReportState::Returned);
    let returned = sheet.steps.iter().find(|it| !it.reason.is_empty()).filter(|_| is_returned);
    page(&EditPage {
        form: sheet.form.design.name.clone(),
        period: sheet.round.period.label(),
        unit: unit_name(&sheet.unit, &directory),
        due: format!("Hạn 17:00 ngày {}", words::date(due_on)),
        parts,
        n_given,
        n_cells,
        version: match &typed {
            Some(it) => it.version,
            None => sheet.report.as_ref().map_or(0, |it| it.version),
        },
        opened: ctx.now_us() / 1_000_000,
        may_send: sheet.may.send,
        merge_href: if sheet.n_below > 0 { format!("{home}/tong-hop") } else { String::new() },
        returned: returned.map(|it| it.reason.clone()).unwrap_or_default(),
        home,
        faults,
        chrome,
    })
}

fn parts(sheet: &Sheet, typed: Option<&SheetFields>, faults: &Faults) -> Vec<Part> {
    let of = |item: &crate::model::periodic::Item| {
        let body = match &item.kind {
            ItemKind::Text(topic) => {
                let again = typed.and_then(|it| it.texts.iter().find(|it| it.0 == item.key));
                let known = sheet.texts.get(&item.key);
                match (again, known) {
                    (Some((_, text)), _) => Body::Text(text.clone(), false),
                    (None, Some(text)) => Body::Text(text.clone(), false),
                    (None, None) => {
                        let text = suggested(*topic, &sheet.work);
                        let is_filled = !text.is_empty();
                        Body::Text(text, is_filled)
                    }
                }
            }
            ItemKind::Figures(_) => Body::Figures(
                sheet.figures_of(&item.key).map(|it| line(it, typed, faults)).collect(),
            ),
            ItemKind::Tasks(list) => Body::Tasks(tasks(&sheet.work, *list).to_vec()),
        };
        Part {
            key: item.key.clone(),
            title: item.title.clone(),
            hint: item.hint.clone(),
            is_required: item.is_required,
            body,
        }
    };
    sheet.form.design.items.iter().map(of).collect()
}

fn line(it: &FigureLine, typed: Option<&SheetFields>, faults: &Faults) -> Line {
    let (code, def) = (&it.indicator.code, &it.indicator.definition);
    let again = typed.and_then(|typed| typed.cells.iter().find(|cell| cell.0 == *code));
    let cell = match (again, &it.cell) {
        (Some((_, cell)), _) => cell.clone(),
        (None, Some(cell)) => CellFields {
            value: cell.value.clone(),
            numerator: cell.numerator.clone(),
            denominator: cell.denominator.clone(),
            remark: cell.remark.clone(),
            is_confirmed: cell.is_confirmed,
        },
        (None, None) => CellFields { value: it.suggestion(), ..CellFields::default() },
    };
    let origin = match &it.given {
        Given::Observed(found) => format!("Đã có: {}", quality_words(found).to_lowercase()),
        Given::RolledUp(_, n) => format!("Gộp từ {} đơn vị", words::number(*n)),
        Given::Asked(_) => suggested_from(it),
        Given::Calculated => "Máy tính từ các số khác khi gửi".to_owned(),
        Given::Nothing => "Chưa có số liệu ở cấp này".to_owned(),
    };
    Line {
        code: code.clone(),
        name: def.name.clone(),
        unit: def.unit.clone(),
        is_ratio: matches!(def.shape, Shape::Ratio(_)),
        is_asked: it.is_asked(),
        value: match it.value() {
            Some(value) => def.written(value),
            None => cell.value,
        },
        numerator: cell.numerator,
        denominator: cell.denominator,
        remark: cell.remark,
        is_confirmed: cell.is_confirmed,
        before: before(it, def),
        origin,
        fault: faults.of(format!("so-{code}")).to_owned(),
        warning: faults.of(format!("xac-nhan-{code}")).to_owned(),
    }
}

/// How many cells of the form are filled in already, of how many.
fn given(parts: &[Part]) -> (usize, usize) {
    let mut n = (0, 0);
    for part in parts {
        let (filled, all) = match &part.body {
            Body::Text(text, _) => (usize::from(!text.is_empty()), 1),
            Body::Figures(lines) => (
                lines.iter().filter(|it| !it.is_asked || !it.value.is_empty()).count(),
                lines.len(),
            ),
            Body::Tasks(_) => (1, 1),
        };
        n = (n.0 + filled, n.1 + all);
    }
    n
}
