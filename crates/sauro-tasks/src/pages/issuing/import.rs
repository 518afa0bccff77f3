use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::Right;
use sauro_papers::{Cell, CellError, Table, column_name};
use sauro_reading::Reader;
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page};
use serde::Deserialize;

use super::fields::{Fields, shown};
use super::import_template::{columns, examples};
use super::import_understood::{Understood, column_of};
use super::task_new::programmes;
use super::upload::{self, Upload};
use crate::actions::{self, ImportOutcome, Layout, Preview, Then};
use crate::pages::Catalogue;
use crate::{Fault, TasksError};

/// Largest table that is carried along from the look at it to its import, in bytes.
const MAX_CARRIED: usize = 8 << 20;

/// `GET /nhiem-vu/nhap`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    let programmes = programmes(&ctx, &db).await?;
    page(&ImportPage { chrome, programmes, ..ImportPage::default() })
}

/// `POST /nhiem-vu/nhap`: first what was understood; then, once a person has looked, all rows, or none
/// and every error at once.
pub(super) async fn import(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Extension(reader): Extension<Arc<Reader>>,
    chrome: Chrome,
    request: Request,
) -> Result<Response, Failure> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    let (upload, cut) = upload::read_any(request).await;
    let fields = &upload.fields;
    let answer = ImportPage {
        programmes: programmes(&ctx, &db).await?,
        chosen: fields.one("chuong-trinh").to_owned(),
        pasted: fields.one("bang").chars().take(200_000).collect(),
        may_issue: ctx.may(Right::IssueTasks, ctx.actor.own()),
        chrome,
        ..ImportPage::default()
    };
    if let Some(cut) = cut {
        return answer.refused(cut.status, vec![Fault::new("tep", cut.sentence)]);
    }
    let mut faults = Vec::new();
    let programme = fields.one("chuong-trinh").parse().ok();
    if programme.is_none() {
        faults.push(Fault::new("chuong-trinh", "Chọn chương trình mà các nhiệm vụ này thuộc về."));
    }
    let table = table_of(&upload).await.map_err(|fault| faults.push(fault));
    let (Some(programme), Ok(table)) = (programme, table) else {
        return answer.refused(StatusCode::UNPROCESSABLE_ENTITY, faults);
    };
    let layout = layout_of(fields);
    let done = match then_of(fields.one("viec")) {
        Some(then) => {
            let how = (layout.as_ref(), then);
            actions::import_tasks_as(&ctx, &db, &*directory, &reader, programme, &table, how).await
        }
        // Nothing yet: what was understood is looked at first.
        None => Ok(ImportOutcome::default()),
    };
    match done {
        Ok(outcome) if !outcome.drafts.is_empty() => {
            return Ok(Redirect::to(&place_of(&outcome)).into_response());
        }
        Ok(_) => {}
        Err(TasksError::Invalid(found)) => faults = found,
        Err(err) => return Err(err.into()),
    }
    let preview =
        actions::preview_tasks(&ctx, &db, &*directory, &reader, programme, &table, layout.as_ref());
    match preview.await {
        Ok(preview) => answer.understood(&table, preview, faults),
        Err(TasksError::Invalid(found)) if layout.is_some() => {
            answer.misread(&table, layout.unwrap_or_default(), found)
        }
        Err(TasksError::Invalid(found)) => answer.refused(StatusCode::UNPROCESSABLE_ENTITY, found),
        Err(err) => Err(err.into()),
    }
}

fn then_of(code: &str) -> Option<Then> {
    match code {
        "nhap" => Some(Then::Keep),
        "trinh" => Some(Then::Propose),
        "giao" => Some(Then::Issue),
        _ => None,
    }
}

/// The page that says what came of it.
fn place_of(outcome: &ImportOutcome) -> String {
    let (n, lacks) = (outcome.drafts.len(), outcome.unclear.len());
    match (outcome.issued.len(), outcome.proposed.len()) {
        (0, 0) => format!("/chi-dao/du-thao?vua=nhap&n={n}&thieu={lacks}"),
        (0, proposed) => format!("/chi-dao/du-thao?vua=trinh&n={proposed}"),
        (issued, _) => format!("/chi-dao/du-thao?vua=giao&n={issued}"),
    }
}

/// The columns as a person corrected them; none while nobody has.
fn layout_of(fields: &Fields) -> Option<Layout> {
    let header: usize = fields.one("dong-tieu-de").parse().ok()?;
    let columns = fields.0.iter().filter_map(|(key, value)| {
        let at = key.strip_prefix("cot-")?.parse().ok()?;
        Some((at, column_of(value)?))
    });
    Some(Layout { header_row: header.saturating_sub(1), columns: columns.collect() })
}

/// The table carried along or of the file or, without one, of the cells pasted.
async fn table_of(upload: &Upload) -> Result<Table, Fault> {
    let carried = upload.fields.one("bang-doc");
    if !carried.is_empty() {
        let carried: Option<Carried> = serde_json::from_str(carried).ok();
        let found = carried.filter(|it| it.rows.len() <= actions::MAX_ROWS);
        return found.map(|it| it.table().0).ok_or_else(|| {
            Fault::new("tep", "Bảng đang xem bị đứt giữa chừng. Chọn lại tệp rồi gửi lần nữa.")
        });
    }
    let pasted = upload.fields.one("bang").to_owned();
    let file = upload.file.clone();
    let field = if file.is_some() { "tep" } else { "bang" };
    if file.is_none() && pasted.is_empty() {
        return Err(Fault::new("tep", "Chọn tệp Excel hoặc dán các ô từ bảng tính."));
    }
    let read = tokio::task::spawn_blocking(move || match file {
        Some((content, name)) => sauro_papers::read_table(&content, &name),
        None => sauro_papers::paste_table(&pasted),
    });
    match read.await {
        Ok(Ok(table)) => Ok(table),
        Ok(Err(err)) => Err(Fault::new(field, err.sentence())),
        Err(_) => {
            Err(Fault::new(field, "Chưa đọc được bảng này. Lưu lại dạng .xlsx rồi gửi lần nữa."))
        }
    }
}

/// `GET /nhiem-vu/nhap/mau.xlsx`.
pub(super) async fn template(Caller(_ctx): Caller) -> Result<Response, Failure> {
    let bytes =
        tokio::task::spawn_blocking(|| sauro_papers::write_template(&columns(), &examples())).await;
    spreadsheet(
        bytes.map_err(Failure::internal)?.map_err(Failure::internal)?,
        "mau-nhap-nhiem-vu.xlsx",
    )
}

/// A table with its errors, as the page carries it.
#[derive(serde::Serialize, Deserialize, Default)]
struct Carried {
    sheet: String,
    first_row: u32,
    rows: Vec<Vec<String>>,
    errors: Vec<(usize, Option<usize>, String)>,
}

impl Carried {
    /// The table, and its errors.
    fn table(self) -> (Table, Vec<CellError>) {
        let cell = |text| Cell { text, ..Cell::default() };
        let cells = |row: Vec<String>| row.into_iter().map(cell).collect();
        let table = Table {
            rows: self.rows.into_iter().map(cells).collect(),
            sheet: self.sheet,
            first_row: self.first_row,
            ..Table::default()
        };
        let error = |(row, column, message)| CellError { row, column, message };
        (table, self.errors.into_iter().map(error).collect())
    }
}

/// What the marking form sends.
#[derive(Deserialize)]
pub(super) struct Mark {
    #[serde(default)]
    bang: String,
}

/// `POST /nhiem-vu/nhap/danh-dau`: the table given back with its errors where they are.
pub(super) async fn mark(Caller(ctx): Caller, Form(sent): Form<Mark>) -> Result<Response, Failure> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    let carried: Carried = serde_json::from_str(&sent.bang).map_err(|_| Failure::NotFound)?;
    let bytes = tokio::task::spawn_blocking(move || {
        let (table, errors) = carried.table();
        sauro_papers::mark_table(&table, &errors)
    });
    spreadsheet(
        bytes.await.map_err(Failure::internal)?.map_err(Failure::internal)?,
        "nhiem-vu-can-sua.xlsx",
    )
}

fn spreadsheet(bytes: Vec<u8>, name: &str) -> Result<Response, Failure> {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// The table as text for the marking form; empty when it is too large to carry.
fn carried(table: &Table, errors: &[CellError]) -> String {
    let carried = Carried {
        sheet: table.sheet.clone(),
        first_row: table.first_row,
        rows: table
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.text.clone()).collect())
            .collect(),
        errors: errors.iter().map(|it| (it.row, it.column, it.message.clone())).collect(),
    };
    serde_json::to_string(&carried).ok().filter(|it| it.len() <= MAX_CARRIED).unwrap_or_default()
}

/// One error as the page shows it.
struct ErrorRow {
    address: String,
    found: String,
    sentence: String,
}

impl ErrorRow {
    fn of(table: &Table, it: &CellError) -> Self {
        let address = match it.column {
            Some(column) => {
                format!("Dòng {}, cột {}", table.first_row as usize + it.row, column_name(column))
            }
            None => format!("Dòng {}", table.first_row as usize + it.row),
        };
        let found =
            it.column.map_or("", |column| table.text(it.row, column)).chars().take(80).collect();
        Self { address, found, sentence: it.message.clone() }
    }
}

#[derive(Template, Default)]
#[template(path = "issuing/import.html")]
struct ImportPage {
    chrome: Chrome,
    programmes: Vec<Choice>,
    chosen: String,
    pasted: String,
    rows: Vec<ErrorRow>,
    carried: String,
    understood: Option<Understood>,
    may_issue: bool,
    faults: Faults,
}

impl ImportPage {
    fn refused(mut self, status: StatusCode, faults: Vec<Fault>) -> Result<Response, Failure> {
        self.faults = shown(faults);
        Ok((status, page(&self)?).into_response())
    }

    /// What was understood; 422 when something must be mended first.
    fn understood(
        mut self,
        table: &Table,
        preview: Preview,
        mut faults: Vec<Fault>,
    ) -> Result<Response, Failure> {
        self.rows = preview.errors.iter().map(|it| ErrorRow::of(table, it)).collect();
        self.carried = carried(table, &preview.errors);
        if !self.rows.is_empty() {
            let n = self.rows.len();
            let sentence = format!("Có {n} ô cần sửa, chưa nhập dòng nào. Xem bảng bên dưới.");
            faults.push(Fault::new("loi-bang", sentence));
        }
        if preview.layout.columns.is_empty() && faults.is_empty() {
            let sentence = "Không thấy dòng tiêu đề. Chọn dòng tiêu đề và mỗi cột là gì, rồi bấm Đọc lại theo các cột đã chọn.";
            faults.push(Fault::new("dong-tieu-de", sentence));
        }
        let status =
            if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        self.understood = Some(Understood::of(preview, self.may_issue));
        self.refused(status, faults)
    }

    /// Columns chosen so that nothing can be read.
    fn misread(
        self,
        table: &Table,
        layout: Layout,
        faults: Vec<Fault>,
    ) -> Result<Response, Failure> {
        let cells = |it: &Vec<Cell>| it.iter().map(|cell| cell.text.clone()).collect();
        let headings = table.rows.get(layout.header_row).map(cells).unwrap_or_default();
        let faults = faults.into_iter().map(|it| Fault::new("dong-tieu-de", it.sentence)).collect();
        self.understood(table, Preview { layout, headings, ..Preview::default() }, faults)
    }
}
