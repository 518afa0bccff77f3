//! What can be asked for: fields are the services of Open311.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use sauro_ui::Chrome;
use serde_json::{Value, json};

use super::format::{Format, Refused};
use crate::actions;
use crate::model::Field;
use crate::pages::premises::Premises;

/// The attribute by which a sender lets everybody read.
pub(super) const IS_PUBLIC: &str = "cong-khai";

/// `GET /open311/v2/discovery.json`.
pub(super) async fn discovery_json(chrome: Chrome) -> Response {
    discovery(&chrome, Format::Json)
}

/// `GET /open311/v2/discovery.xml`.
pub(super) async fn discovery_xml(chrome: Chrome) -> Response {
    discovery(&chrome, Format::Xml)
}

fn discovery(chrome: &Chrome, format: Format) -> Response {
    let url = chrome.public_url();
    let content = json!({
        "changeset": "2026-11-30T00:00:00+07:00",
        "contact": format!("{url}/phan-anh"),
        "key_service": "Khóa do cơ quan thường trực cấp: sauro intake-key new",
        "endpoints": [{
            "specification": "http://wiki.open311.org/GeoReport_v2",
            "url": format!("{url}/open311/v2"),
            "changeset": "2026-11-30T00:00:00+07:00",
            "type": "production",
            "formats": ["application/json", "text/xml"],
        }],
    });
    format.answer(StatusCode::OK, ("discovery", ""), &content)
}

/// `GET /open311/v2/services.json`.
pub(super) async fn list_json(premises: Premises) -> Response {
    list(&premises, Format::Json).await
}

/// `GET /open311/v2/services.xml`.
pub(super) async fn list_xml(premises: Premises) -> Response {
    list(&premises, Format::Xml).await
}

async fn list(premises: &Premises, format: Format) -> Response {
    let fields = match actions::all_fields(&premises.house()).await {
        Ok(fields) => fields,
        Err(err) => return format.refuse(&err.into()),
    };
    let rows: Vec<Value> = fields.iter().map(service).collect();
    format.answer(StatusCode::OK, ("services", "service"), &Value::Array(rows))
}

fn service(it: &Field) -> Value {
    let named = if it.allows_anonymous {
        "Nhận cả phản ánh không ghi tên."
    } else {
        "Cần họ tên và số liên lạc."
    };
    json!({
        "service_code": it.code,
        "service_name": it.name,
        "description": named,
        "metadata": true,
        "type": "realtime",
        "keywords": it.words.join(","),
        "group": "",
    })
}

/// `GET /open311/v2/services/{code}.json|xml`.
pub(super) async fn definition(premises: Premises, Path(file): Path<String>) -> Response {
    let Some((code, format)) = Format::of_file(&file) else { return unknown_format() };
    let fields = match actions::all_fields(&premises.house()).await {
        Ok(fields) => fields,
        Err(err) => return format.refuse(&err.into()),
    };
    if !fields.iter().any(|it| it.code == code) {
        let words = "Không có lĩnh vực mang mã này. Xem /open311/v2/services.";
        return format.refuse(&Refused::one(StatusCode::NOT_FOUND, words));
    }
    let content = json!({
        "service_code": code,
        "attributes": [{
            "variable": true,
            "code": IS_PUBLIC,
            "datatype": "singlevaluelist",
            "required": false,
            "datatype_description": "",
            "order": 1,
            "description": "Cho công khai nội dung và câu trả lời, không kèm tên người gửi",
            "values": [{ "key": "1", "name": "Đồng ý" }, { "key": "0", "name": "Không" }],
        }],
    });
    format.answer(StatusCode::OK, ("service_definition", ""), &content)
}

pub(super) fn unknown_format() -> Response {
    let words = "Có hai dạng: .json và .xml.";
    Format::Json.refuse(&Refused::one(StatusCode::NOT_FOUND, words))
}
