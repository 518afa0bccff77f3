use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sauro_store::{Db, Files, FilesError, StoreError};
use sauro_ui::{Caller, Failure};
use serde_json::{Value, json};

use super::upload::Sent;
use crate::TasksError;
use crate::actions::{self, Places, WholeReport, too_large};
use crate::error::Fault;
use crate::model::{Claim, ReportFields, SelfRating};

/// `POST /api/v1/tasks/{code}/reports`: a whole report by a program, in one call.
///
/// Multipart or urlencoded fields: `results`, `difficulties`, `proposals`, `self_rating`
/// (`done|on_track|at_risk`), `claim_<n>` (`doing|done|in_use`) and `note_<n>` for the n-th
/// deliverable, `file`, `file_for` (n). With the header `Idempotency-Key` a retry gets the same
/// receipt. Answers 201 `{"receipt","sent_at","report"}`; `sent_at` in microseconds.
pub(super) async fn report(
    Caller(ctx): Caller,
    State(db): State<Db>,
    State(files): State<Files>,
    Path(code): Path<String>,
    headers: HeaderMap,
    sent: Result<Sent, Failure>,
) -> Response {
    let sent = match sent {
        Ok(sent) => sent,
        Err(failure) => return unread(&failure),
    };
    if !sent.too_large.is_empty() {
        return refused(StatusCode::PAYLOAD_TOO_LARGE, "too_large", &too_large(), &[]);
    }
    let (mut whole, places) = match whole(&sent) {
        Ok(whole) => whole,
        Err(faults) => return invalid(&faults),
    };
    let key = headers.get("idempotency-key").and_then(|it| it.to_str().ok());
    whole.key = key.map(|it| it.chars().take(200).collect());
    match actions::report_by_place(&ctx, &db, &files, &code, whole, places).await {
        Ok(receipt) => (StatusCode::CREATED, Json(receipt)).into_response(),
        Err(err) => said(&err),
    }
}

/// The report that the fields make, or every fault at once.
fn whole(sent: &Sent) -> Result<(WholeReport, Places), Vec<Fault>> {
    let mut faults = Vec::new();
    let mut claims = Vec::new();
    for (name, value) in sent.fields() {
        let Some(place) = name.strip_prefix("claim_") else { continue };
        match (place.parse::<i64>(), Claim::of_code(value)) {
            (Ok(place), Some(claim)) => {
                claims.push((place, claim, sent.text(&format!("note_{place}")).to_owned()))
            }
            _ => faults.push(Fault::new(
                name,
                "Dùng claim_<số thứ tự sản phẩm> với giá trị doing, done hoặc in_use.",
            )),
        }
    }
    let rating = sent.text("self_rating");
    if !rating.is_empty() && SelfRating::of_code(rating).is_none() {
        faults.push(Fault::new("self_rating", "Dùng done, on_track hoặc at_risk."));
    }
    let place = sent.text("file_for");
    if !place.is_empty() && place.parse::<i64>().is_err() {
        faults.push(Fault::new(
            "file_for",
            "Dùng số thứ tự của sản phẩm, hoặc bỏ trống cho cả báo cáo.",
        ));
    }
    if sent.files.len() > 1 {
        faults.push(Fault::new("file", "Mỗi lần gọi nhận một tệp."));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let whole = WholeReport {
        fields: ReportFields {
            results: sent.text("results").to_owned(),
            difficulties: sent.text("difficulties").to_owned(),
            proposals: sent.text("proposals").to_owned(),
            self_rating: SelfRating::of_code(rating),
            items: Vec::new(),
        },
        file: sent.files.first().map(|it| (it.name.clone(), it.content.clone())),
        shows: None,
        key: None,
    };
    Ok((whole, Places { claims, shows: place.parse().ok() }))
}

fn said(err: &TasksError) -> Response {
    let busy = "Hệ thống đang bận. Gửi lại với cùng Idempotency-Key.";
    match err {
        TasksError::NotFound(_) => {
            refused(StatusCode::NOT_FOUND, "not_found", "Không tìm thấy nhiệm vụ này.", &[])
        }
        TasksError::Denied(_) => refused(
            StatusCode::FORBIDDEN,
            "denied",
            "Chức danh này không được ký gửi báo cáo của nhiệm vụ.",
            &[],
        ),
        TasksError::Invalid(faults) => invalid(faults),
        TasksError::WrongState(words) => refused(StatusCode::CONFLICT, "wrong_state", words, &[]),
        TasksError::Stale => {
            refused(StatusCode::CONFLICT, "stale", "Nhiệm vụ vừa được người khác cập nhật.", &[])
        }
        err if is_full(err) => {
            tracing::error!(error = %err, "the disk is full");
            let words =
                "Máy chủ hết chỗ lưu, chưa nhận được báo cáo. Gửi lại với cùng Idempotency-Key.";
            refused(StatusCode::SERVICE_UNAVAILABLE, "full", words, &[])
        }
        TasksError::Store(
            StoreError::Busy(_)
            | StoreError::Unavailable(_)
            | StoreError::TurnLost
            | StoreError::NotCommitted(_)
            | StoreError::Unconfirmed,
        ) => refused(StatusCode::SERVICE_UNAVAILABLE, "busy", busy, &[]),
        TasksError::Store(_) | TasksError::Files(_) | TasksError::Unclear(_) => {
            tracing::error!(error = %err, "a report by a program failed");
            refused(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Hệ thống gặp lỗi.", &[])
        }
    }
}

fn is_full(err: &TasksError) -> bool {
    match err {
        TasksError::Store(StoreError::Full(_)) => true,
        TasksError::Files(FilesError::Disk(io)) => io.kind() == std::io::ErrorKind::StorageFull,
        _ => false,
    }
}

fn unread(failure: &Failure) -> Response {
    match failure {
        Failure::TooLarge => refused(StatusCode::PAYLOAD_TOO_LARGE, "too_large", &too_large(), &[]),
        _ => refused(
            StatusCode::BAD_REQUEST,
            "unreadable",
            "Nội dung gửi lên bị cắt giữa chừng hoặc sai dạng.",
            &[],
        ),
    }
}

fn invalid(faults: &[Fault]) -> Response {
    refused(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Có chỗ cần sửa.", faults)
}

fn refused(status: StatusCode, code: &str, message: &str, faults: &[Fault]) -> Response {
    let faults: Vec<Value> =
        faults.iter().map(|it| json!({ "field": it.field, "message": it.sentence })).collect();
    let body = json!({ "error": { "code": code, "message": message, "faults": faults } });
    (status, Json(body)).into_response()
}
