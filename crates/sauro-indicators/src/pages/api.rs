//! `POST /api/v1/figures`: figures from another program, in one call, whole or not at all.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sauro_directory::DirectoryHandle;
use sauro_kernel::Right;
use sauro_papers::{Cell, Table};
use sauro_store::{Db, StoreError};
use sauro_ui::Caller;
use serde_json::{Map, Value, json};

use crate::IndicatorsError;
use crate::actions::{Taken, intake_figures};
use crate::model::intake::CellFault;

/// What a figure may say, by the names of the columns of program files.
const KEYS: [&str; 9] = [
    "indicator",
    "unit_code",
    "period",
    "value",
    "numerator",
    "denominator",
    "as_of",
    "source",
    "remark",
];

/// Figures of one call at most, as in a file.
const MOST: usize = 20_000;

/// Bytes of a JSON list at most: room for that many figures with their remarks.
const MOST_JSON: usize = 8 * 1024 * 1024;

/// Faults answered at most; their number is told.
const MOST_FAULTS: usize = 200;

/// `POST /api/v1/figures`.
///
/// The body is, by its `Content-Type`, a JSON list of objects with `indicator`, `unit_code`, `period`,
/// `value` (or `numerator` and `denominator`), `source` and, if known, `as_of` and `remark`; a CSV or
/// SDMX-CSV file (`text/csv`); or ADX (`application/xml`). Numbers have a point before their decimals and
/// may be strings, which keeps every digit. Sending the same again changes nothing. Answers 201
/// `{"new","known","blank"}`, or 422 with `faults`, each with `row` (from 1), `field` and `message`.
pub(super) async fn take(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    headers: HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(err) if err.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let words = "Nội dung gửi lên quá lớn. Chia thành nhiều lần gửi.";
            return refused(StatusCode::PAYLOAD_TOO_LARGE, "too_large", words, Vec::new());
        }
        Err(_) => {
            let words = "Nội dung gửi lên bị cắt giữa chừng. Gửi lại.";
            return refused(StatusCode::BAD_REQUEST, "unreadable", words, Vec::new());
        }
    };
    if let Err(denied) = ctx.require(Right::ReportFigures, ctx.actor.own()) {
        return said(&denied.into());
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_owned();
    let read = tokio::task::spawn_blocking(move || table_of(&kind, &body));
    let table = match read.await {
        Ok(Ok(table)) => table,
        Ok(Err(refusal)) => return *refusal,
        Err(err) => {
            tracing::error!(error = %err, "figures by a program could not be read");
            return internal();
        }
    };
    match intake_figures(&ctx, &db, &directory.directory(), &[table]).await {
        Ok(Taken { n_new, n_known, n_blank }) => {
            let told = json!({ "new": n_new, "known": n_known, "blank": n_blank });
            (StatusCode::CREATED, Json(told)).into_response()
        }
        Err(err) => said(&err),
    }
}

/// The table that the body is, or what is answered to one that is none.
fn table_of(kind: &str, body: &[u8]) -> Result<Table, Box<Response>> {
    let unread = |words: String| {
        Box::new(refused(StatusCode::BAD_REQUEST, "unreadable", &words, Vec::new()))
    };
    match kind {
        "application/json" if body.len() > MOST_JSON => {
            let words = "Nội dung gửi lên quá lớn. Chia thành nhiều lần gửi.";
            let status = StatusCode::PAYLOAD_TOO_LARGE;
            Err(Box::new(refused(status, "too_large", words, Vec::new())))
        }
        "application/json" => {
            let words = "Nội dung không phải JSON. Gửi một danh sách các số liệu.";
            let value = serde_json::from_slice(body).map_err(|_| unread(words.to_owned()))?;
            of_json(&value)
        }
        "application/xml" | "text/xml" | "application/adx+xml" => {
            sauro_papers::read_adx(body).map_err(|err| unread(err.sentence()))
        }
        "text/csv" | "application/vnd.sdmx.data+csv" => {
            let tables = sauro_papers::read_tables(body, "so-lieu.csv");
            let first = tables.map_err(|err| unread(err.sentence()))?.into_iter().next();
            first.ok_or_else(|| unread("Tệp không có dòng nào.".to_owned()))
        }
        _ => {
            let words = "Gửi application/json, text/csv hoặc application/xml (ADX).";
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            Err(Box::new(refused(status, "unsupported", words, Vec::new())))
        }
    }
}

fn of_json(value: &Value) -> Result<Table, Box<Response>> {
    let invalid = |words: &str, faults: Vec<Value>| {
        Box::new(refused(StatusCode::UNPROCESSABLE_ENTITY, "invalid", words, faults))
    };
    let list = value.as_array().filter(|it| !it.is_empty());
    let list =
        list.ok_or_else(|| invalid("Gửi một danh sách có ít nhất một số liệu.", Vec::new()))?;
    if list.len() > MOST {
        let words = format!("Một lần nhận tối đa {MOST} số liệu. Chia thành nhiều lần gửi.");
        return Err(invalid(&words, Vec::new()));
    }
    let told = |mut faults: Vec<Value>| {
        let words = format!("Có {} chỗ cần sửa; chưa nhận số nào.", faults.len());
        faults.truncate(MOST_FAULTS);
        invalid(&words, faults)
    };
    let mut rows = vec![KEYS.iter().map(|it| cell((*it).to_owned())).collect()];
    let mut faults = Vec::new();
    for (n, it) in list.iter().enumerate() {
        match it.as_object() {
            Some(object) => rows.push(row(n, object, &mut faults)),
            None => faults.push(fault(n + 1, "", "Mỗi số liệu là một đối tượng JSON.")),
        }
        // Whoever sends nonsense need not hear of all of it.
        if faults.len() >= MOST_FAULTS {
            return Err(told(faults));
        }
    }
    if !faults.is_empty() {
        return Err(told(faults));
    }
    Ok(Table { rows, sheet: "JSON".to_owned(), first_row: 0, hidden_rows: Vec::new() })
}

fn row(n: usize, object: &Map<String, Value>, faults: &mut Vec<Value>) -> Vec<Cell> {
    let unknown = object.keys().filter(|it| !KEYS.contains(&it.as_str()));
    for key in unknown.take(MOST_FAULTS) {
        let words = format!("Không có trường này; dùng {}.", KEYS.join(", "));
        faults.push(fault(n + 1, key, &words));
    }
    let text = |key: &&str| match object.get(*key) {
        None | Some(Value::Null) => Some(String::new()),
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(_) => None,
    };
    let cells = KEYS.iter().map(|key| {
        let found = text(key);
        if found.is_none() {
            faults.push(fault(n + 1, key, "Dùng chuỗi hoặc số."));
        }
        cell(found.unwrap_or_default())
    });
    cells.collect()
}

fn cell(text: String) -> Cell {
    Cell { text, ..Cell::default() }
}

fn fault(row: usize, field: &str, message: &str) -> Value {
    json!({ "row": row, "field": field, "message": message })
}

fn said(err: &IndicatorsError) -> Response {
    match err {
        IndicatorsError::Cells(found) => {
            let of = |it: &CellFault| fault(it.line, &it.heading, &it.remark());
            let faults = found.iter().take(MOST_FAULTS).map(of).collect();
            let words = format!("Có {} chỗ cần sửa; chưa nhận số nào.", found.len());
            refused(StatusCode::UNPROCESSABLE_ENTITY, "invalid", &words, faults)
        }
        IndicatorsError::Denied(_) => {
            let words = "Chức danh này không báo số liệu.";
            refused(StatusCode::FORBIDDEN, "denied", words, Vec::new())
        }
        IndicatorsError::Stale => {
            let words = "Có người vừa báo số của kỳ này. Gửi lại.";
            refused(StatusCode::CONFLICT, "stale", words, Vec::new())
        }
        IndicatorsError::Store(
            StoreError::Busy(_)
            | StoreError::Unavailable(_)
            | StoreError::TurnLost
            | StoreError::NotCommitted(_)
            | StoreError::Unconfirmed
            | StoreError::Full(_),
        ) => {
            let words = "Hệ thống đang bận, chưa nhận số nào. Gửi lại đúng nội dung này.";
            refused(StatusCode::SERVICE_UNAVAILABLE, "busy", words, Vec::new())
        }
        err => {
            tracing::error!(error = %err, "figures by a program failed");
            internal()
        }
    }
}

fn internal() -> Response {
    refused(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Hệ thống gặp lỗi.", Vec::new())
}

fn refused(status: StatusCode, code: &str, message: &str, faults: Vec<Value>) -> Response {
    let body = json!({ "error": { "code": code, "message": message, "faults": faults } });
    (status, Json(body)).into_response()
}
