//! `/chi-so/nap-tep/danh-dau`: the table that was sent, given back with its faults where they are.

use axum::extract::Request;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sauro_kernel::Right;
use sauro_papers::{Cell, CellError, CellKind, Table};
use sauro_ui::{Caller, Failure};
use serde::{Deserialize, Serialize};

use super::upload;
use crate::model::intake::CellFault;

/// Largest table that is carried along from the page to its marked copy, in bytes.
const MAX_CARRIED: usize = 16 << 20;

/// A table with its faults, as the page carries it.
#[derive(Serialize, Deserialize, Default)]
struct Carried {
    sheet: String,
    first_row: u32,
    header: usize,
    rows: Vec<Vec<CarriedCell>>,
    faults: Vec<(usize, Option<usize>, String)>,
}

/// A cell: its text, or its number alone in a list.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum CarriedCell {
    Text(String),
    Number([String; 1]),
}

/// `table` with `faults` as text for the form that asks for its marked copy; empty when it is too large.
pub(super) fn carried(table: &Table, header: usize, faults: &[CellFault]) -> String {
    let cell = |it: &Cell| match it.kind {
        CellKind::Number => CarriedCell::Number([it.text.clone()]),
        // The first cell alone is written again.
        CellKind::Merged => CarriedCell::Text(String::new()),
        _ => CarriedCell::Text(it.text.clone()),
    };
    let carried = Carried {
        sheet: table.sheet.clone(),
        first_row: table.first_row,
        header,
        rows: table.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        faults: faults.iter().map(|it| (it.row, it.column, it.remark())).collect(),
    };
    serde_json::to_string(&carried).ok().filter(|it| it.len() <= MAX_CARRIED).unwrap_or_default()
}

impl Carried {
    fn table(&self) -> Table {
        let cell = |it: &CarriedCell| match it {
            CarriedCell::Text(text) => Cell { text: text.clone(), kind: CellKind::Text },
            CarriedCell::Number([text]) => Cell { text: text.clone(), kind: CellKind::Number },
        };
        Table {
            rows: self.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
            sheet: self.sheet.clone(),
            first_row: self.first_row,
            hidden_rows: Vec::new(),
        }
    }
}

/// `POST /chi-so/nap-tep/danh-dau`.
pub(super) async fn mark(Caller(ctx): Caller, request: Request) -> Result<Response, Failure> {
    ctx.require(Right::ReportFigures, ctx.actor.own())?;
    let sent = upload::read(request).await;
    let carried: Carried = serde_json::from_str(sent.one("bang")).map_err(|_| Failure::NotFound)?;
    if carried.rows.len() > sauro_papers::limits::MAX_ROWS {
        return Err(Failure::NotFound);
    }
    let bytes = tokio::task::spawn_blocking(move || {
        let error = |(row, column, message): &(usize, Option<usize>, String)| CellError {
            row: *row,
            column: *column,
            message: message.clone(),
        };
        let errors: Vec<CellError> = carried.faults.iter().map(error).collect();
        sauro_papers::mark_table_at(&carried.table(), carried.header, &errors)
    });
    let bytes = bytes.await.map_err(Failure::internal)?.map_err(Failure::internal)?;
    Ok(spreadsheet(bytes, "so-lieu-can-sua.xlsx"))
}

/// A workbook to download, called `name`.
pub(super) fn spreadsheet(bytes: Vec<u8>, name: &str) -> Response {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bytes).into_response()
}
