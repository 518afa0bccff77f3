use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Multipart, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::Right;
use sauro_papers::{Cell, CellError, Column, Table, column_name};
use sauro_reading::Reader;
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::fields::shown;
use super::task_new::programmes;
use super::upload::{self, Upload};
use crate::actions;
use crate::pages::Catalogue;
use crate::{Fault, TasksError};

/// Largest table that is carried along so that its errors can be marked in a copy, in bytes.
const MAX_CARRIED: usize = 1 << 20;

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

/// `POST /nhiem-vu/nhap`: all rows, or none and every error at once.
pub(super) async fn import(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Extension(reader): Extension<Arc<Reader>>,
    chrome: Chrome,
    sent: Multipart,
) -> Result<Response, Failure> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    let (upload, cut) = upload::read(sent).await;
    let mut answer = ImportPage {
        programmes: programmes(&ctx, &db).await?,
        chosen: upload.fields.one("chuong-trinh").to_owned(),
        pasted: upload.fields.one("bang").chars().take(200_000).collect(),
        chrome,
        ..ImportPage::default()
    };
    if let Some(cut) = cut {
        return answer.refused(cut.status, vec![Fault::new("tep", cut.sentence)]);
    }
    let mut faults = Vec::new();
    let programme = upload.fields.one("chuong-trinh").parse().ok();
    if programme.is_none() {
        faults.push(Fault::new("chuong-trinh", "Chọn chương trình mà các nhiệm vụ này thuộc về."));
    }
    let table = table_of(&upload).await.map_err(|fault| faults.push(fault));
    let (Some(programme), Ok(table)) = (programme, table) else {
        return answer.refused(StatusCode::UNPROCESSABLE_ENTITY, faults);
    };
    match actions::import_tasks(&ctx, &db, &*directory, &reader, programme, &table).await {
        Ok(outcome) if outcome.errors.is_empty() => {
            let (n, lacks) = (outcome.drafts.len(), outcome.unclear.len());
            Ok(Redirect::to(&format!("/chi-dao/du-thao?vua=nhap&n={n}&thieu={lacks}"))
                .into_response())
        }
        Ok(outcome) => {
            answer.rows = outcome.errors.iter().map(|it| ErrorRow::of(&table, it)).collect();
            answer.carried = carried(&table, &outcome.errors);
            let sentence = format!(
                "Có {} ô cần sửa, chưa nhập dòng nào. Xem bảng bên dưới.",
                answer.rows.len()
            );
            answer.refused(StatusCode::UNPROCESSABLE_ENTITY, vec![Fault::new("loi-bang", sentence)])
        }
        Err(TasksError::Invalid(found)) => answer.refused(StatusCode::UNPROCESSABLE_ENTITY, found),
        Err(err) => Err(err.into()),
    }
}

/// The table of the file or, without one, of the cells pasted.
async fn table_of(upload: &Upload) -> Result<Table, Fault> {
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
        let cells = |row: Vec<String>| row.into_iter().map(|text| Cell { text }).collect();
        let table = Table {
            rows: carried.rows.into_iter().map(cells).collect(),
            sheet: carried.sheet,
            first_row: carried.first_row,
        };
        let errors = carried.errors.into_iter().map(|(row, column, message)| CellError {
            row,
            column,
            message,
        });
        sauro_papers::mark_table(&table, &errors.collect::<Vec<_>>())
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

fn columns() -> Vec<Column> {
    let column = |heading: &str, hint: &str, width: f64, required: bool| Column {
        heading: heading.to_owned(),
        hint: hint.to_owned(),
        width,
        choices: Vec::new(),
        required,
    };
    vec![
        column("TT", "Số thứ tự, có thể để trống.", 6.0, false),
        column("Nhiệm vụ", "Việc phải làm, bắt đầu bằng động từ đo được.", 60.0, true),
        column(
            "Cơ quan chủ trì",
            "Tên hoặc mã cơ quan; nhiều cơ quan cách nhau bằng dấu chấm phẩy.",
            32.0,
            true,
        ),
        column("Cơ quan phối hợp", "Để trống nếu không có.", 32.0, false),
        column("Sản phẩm", "Tên và số lượng sản phẩm bàn giao.", 36.0, true),
        column(
            "Thời hạn",
            "Ngày/tháng/năm, hoặc chữ như “Quý I/2027”, “ngày 25 hằng tháng”.",
            22.0,
            true,
        ),
        column("Cấp có thẩm quyền", "Cơ quan nghiệm thu, khác cơ quan chủ trì.", 30.0, true),
        column("Căn cứ", "Văn bản giao nhiệm vụ, nếu có.", 30.0, false),
    ]
}

fn examples() -> Vec<Vec<String>> {
    let row = [
        "1",
        "Ban hành quy chế dùng chung dữ liệu dân cư",
        "Bộ Công an",
        "Bộ Tư pháp",
        "1 thông tư",
        "30/06/2027",
        "Văn phòng Chính phủ",
        "Kế hoạch năm 2027",
    ];
    vec![row.iter().map(|it| (*it).to_owned()).collect()]
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
    faults: Faults,
}

impl ImportPage {
    fn refused(mut self, status: StatusCode, faults: Vec<Fault>) -> Result<Response, Failure> {
        self.faults = shown(faults);
        Ok((status, page(&self)?).into_response())
    }
}
