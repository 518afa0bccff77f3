//! `/chi-so/nap-tep`: a form of figures out, many figures in, whole or not at all.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, Right};
use sauro_papers::Table;
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page};
use serde::Deserialize;

use super::form_sheet::of_form;
use super::intake_copy::{carried, spreadsheet};
use super::upload::{self, Upload};
use crate::IndicatorsError;
use crate::actions::{self, Taken};
use crate::model::Period;
use crate::model::intake::{CellFault, chosen};

/// What has just been done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    vua: Option<usize>,
    trung: usize,
    trong: usize,
}

/// Which form is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Blank {
    ky: String,
}

#[derive(Template, Default)]
#[template(path = "indicators/intake.html")]
struct IntakePage {
    chrome: Chrome,
    periods: Vec<Choice>,
    period: String,
    pasted: String,
    faults: Faults,
    cells: Vec<FaultRow>,
    n_more: usize,
    carried: String,
    taken: Option<Taken>,
}

/// One wrong cell as the page shows it.
struct FaultRow {
    place: String,
    found: String,
    words: String,
}

/// Wrong cells shown at once; all of them stand in the marked copy.
const MOST: usize = 200;

/// Characters of what was pasted that are shown again.
const MOST_PASTED: usize = 200_000;

/// `GET /chi-so/nap-tep`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Query(done): Query<Done>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let taken = done.vua.map(|n_new| Taken { n_new, n_known: done.trung, n_blank: done.trong });
    page(&IntakePage { taken, ..open(&ctx, &db, &directory, chrome).await? })
}

/// `GET /chi-so/mau.xlsx`: what the caller's unit reports of a period, to be filled.
pub(super) async fn blank(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Query(asked): Query<Blank>,
) -> Result<Response, Failure> {
    ctx.require(Right::ReportFigures, ctx.actor.own())?;
    let period = Period::parse(asked.ky.trim()).ok_or(Failure::NotFound)?;
    let form = actions::figure_form(&ctx, &db, &directory.directory(), period).await?;
    let form = of_form(&form, &ctx.actor.agency_name);
    let written = tokio::task::spawn_blocking(move || sauro_papers::write_form(&form)).await;
    let bytes = written.map_err(Failure::internal)?.map_err(Failure::internal)?;
    Ok(spreadsheet(bytes, &format!("so-lieu-{}.xlsx", period.code())))
}

/// `POST /chi-so/nap-tep`.
pub(super) async fn take(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
    request: Request,
) -> Result<Response, Failure> {
    let mut answer = open(&ctx, &db, &directory, chrome).await?;
    let sent = upload::read(request).await;
    answer.pasted = sent.one("bang").chars().take(MOST_PASTED).collect();
    if let Some((status, words)) = sent.cut {
        return answer.refused(status, "tep", words);
    }
    let tables = match tables_of(&sent).await {
        Ok(tables) => tables,
        Err((field, words)) => {
            return answer.refused(StatusCode::UNPROCESSABLE_ENTITY, field, words);
        }
    };
    match actions::intake_figures(&ctx, &db, &directory.directory(), &tables).await {
        Ok(Taken { n_new, n_known, n_blank }) => {
            let to = format!("/chi-so/nap-tep?vua={n_new}&trung={n_known}&trong={n_blank}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(IndicatorsError::Cells(found)) => answer.marked(&tables, &found),
        Err(err) => Err(err.into()),
    }
}

/// The page before anything is sent.
async fn open(
    ctx: &Ctx,
    db: &Db,
    directory: &DirectoryHandle,
    chrome: Chrome,
) -> Result<IntakePage, Failure> {
    ctx.require(Right::ReportFigures, ctx.actor.own())?;
    let periods = actions::form_periods(ctx, db, &directory.directory()).await?;
    // Of the period that runs there is seldom a figure yet.
    let last = periods.iter().find(|it| it.end() < ctx.today());
    Ok(IntakePage {
        period: last.map(|it| it.code()).unwrap_or_default(),
        periods: periods.into_iter().map(|it| Choice::new(it.code(), it.label())).collect(),
        chrome,
        ..IntakePage::default()
    })
}

/// The tables of the file or, without one, of the cells pasted; or the field at fault and why.
async fn tables_of(sent: &Upload) -> Result<Vec<Table>, (&'static str, String)> {
    let pasted = sent.one("bang").to_owned();
    let file = sent.file.clone();
    let field = if file.is_some() { "tep" } else { "bang" };
    if file.is_none() && pasted.trim().is_empty() {
        return Err(("tep", "Chọn tệp số liệu, hoặc dán các ô từ bảng tính.".to_owned()));
    }
    let read = tokio::task::spawn_blocking(move || match file {
        Some((content, name)) if name.to_lowercase().ends_with(".xml") => {
            sauro_papers::read_adx(&content).map(|it| vec![it])
        }
        Some((content, name)) => sauro_papers::read_tables(&content, &name),
        None => sauro_papers::paste_table(&pasted).map(|it| vec![it]),
    });
    match read.await {
        Ok(read) => read.map_err(|err| (field, err.sentence())),
        Err(_) => {
            Err((field, "Chưa đọc được bảng này. Lưu lại dạng .xlsx rồi gửi lần nữa.".to_owned()))
        }
    }
}

impl IntakePage {
    fn refused(
        mut self,
        status: StatusCode,
        field: &'static str,
        words: String,
    ) -> Result<Response, Failure> {
        self.faults.add(field, words);
        Ok((status, page(&self)?).into_response())
    }

    /// The page with every wrong cell, and the copy in which they are marked.
    fn marked(mut self, tables: &[Table], found: &[CellFault]) -> Result<Response, Failure> {
        let of_sheet: Vec<CellFault> =
            found.iter().filter(|it| !it.sheet.is_empty()).cloned().collect();
        if let Ok((table, columns)) = chosen(tables).map_err(drop)
            && !of_sheet.is_empty()
        {
            self.carried = carried(table, columns.header, &of_sheet);
        }
        let row = |it: &CellFault| FaultRow {
            place: it.place(),
            found: it.found.clone(),
            words: it.remark(),
        };
        self.cells = found.iter().take(MOST).map(row).collect();
        self.n_more = found.len().saturating_sub(MOST);
        let words = format!("Tệp có {} ô sai, chưa nạp số nào. Xem bảng bên dưới.", found.len());
        self.refused(StatusCode::UNPROCESSABLE_ENTITY, "o-sai", words)
    }
}
