//! `/phan-anh.csv`, `/phan-anh.json`, `/phan-anh.geojson`: answered cases as open data, streamed, with the last
//! event.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sauro_ui::Failure;
use serde_json::json;

use crate::PetitionsError;
use crate::actions;
use crate::model::Exported;
use crate::pages::premises::Premises;

/// `GET /phan-anh.csv`.
pub(super) async fn csv(premises: Premises) -> Result<Response, Failure> {
    const HEAD: &str = "\u{feff}so,loai,linh_vuc,noi,tom_tat,trang_thai,ket_qua,co_quan_tra_loi,gui_luc,tra_loi_luc,han,danh_gia\r\n";
    let kind = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"phan-anh.csv\""),
    ];
    let body = stream(premises, HEAD, "", |premises, it, _| {
        let cells = cells(premises, it);
        cells.iter().map(|(_, text)| cell(text)).collect::<Vec<_>>().join(",") + "\r\n"
    });
    Ok((kind, body).into_response())
}

/// `GET /phan-anh.json`.
pub(super) async fn json(premises: Premises) -> Result<Response, Failure> {
    let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    let body = stream(premises, "[", "\n]\n", |premises, it, is_first| {
        let cells = cells(premises, it);
        let all: serde_json::Map<_, _> =
            cells.into_iter().map(|(name, text)| (name.to_owned(), json!(text))).collect();
        let comma = if is_first { "" } else { "," };
        format!("{comma}\n{}", serde_json::Value::Object(all))
    });
    Ok((kind, body).into_response())
}

/// `GET /phan-anh.geojson`: each case where its commune lies, never nearer: the spot itself stays with the sender
/// and the desk. Without the outline of the commune it is the province, and without that nowhere.
pub(super) async fn geojson(premises: Premises) -> Result<Response, Failure> {
    const HEAD: &str = "{\"type\":\"FeatureCollection\",\"features\":[";
    let kind = [(header::CONTENT_TYPE, "application/geo+json; charset=utf-8")];
    let body = stream(premises, HEAD, "\n]}\n", |premises, it, is_first| {
        let (geometry, of) = match it.place.and_then(|id| premises.point_of(id)) {
            Some(((lon, lat), of)) => (json!({ "type": "Point", "coordinates": [lon, lat] }), of),
            None => (serde_json::Value::Null, ""),
        };
        let mut properties: serde_json::Map<_, _> = cells(premises, it)
            .into_iter()
            .map(|(name, text)| (name.to_owned(), json!(text)))
            .collect();
        properties.insert("vi_tri".to_owned(), json!(of));
        let id = &it.number;
        let feature = json!({
            "type": "Feature", "id": id, "geometry": geometry, "properties": properties,
        });
        let comma = if is_first { "" } else { "," };
        format!("{comma}\n{feature}")
    });
    Ok((kind, body).into_response())
}

type Write = fn(&Premises, &Exported, bool) -> String;

/// Page after page of public cases: the memory it takes is that of one page.
fn stream(premises: Premises, head: &'static str, tail: &'static str, write: Write) -> Body {
    let premises = Arc::new(premises);
    // Where the next page begins; nothing once all is told.
    let start = Some(None);
    let pages = futures_util::stream::try_unfold(start, move |after| {
        let premises = premises.clone();
        async move {
            let Some(after) = after else { return Ok::<_, PetitionsError>(None) };
            let (rows, has_more) = actions::exported(&premises.house(), after).await?;
            let is_first = after.is_none();
            let mut text = if is_first { head.to_owned() } else { String::new() };
            for (n, it) in rows.iter().enumerate() {
                text.push_str(&write(&premises, it, is_first && n == 0));
            }
            let last = rows.last().filter(|_| has_more);
            let next = last.map(|it| Some((it.answered_at, it.id)));
            if next.is_none() {
                text.push_str(tail);
            }
            Ok(Some((Bytes::from(text), next)))
        }
    });
    Body::from_stream(pages)
}

fn cells(premises: &Premises, it: &Exported) -> Vec<(&'static str, String)> {
    let instant = |at: i64| {
        let at = chrono::DateTime::from_timestamp_micros(at).unwrap_or_default();
        at.with_timezone(&sauro_kernel::VIETNAM).to_rfc3339()
    };
    let name = |id| premises.directory.name(id).to_owned();
    vec![
        ("so", it.number.clone()),
        ("loai", it.matter.label().to_owned()),
        ("linh_vuc", it.field.clone()),
        ("noi", it.place.map(name).unwrap_or_default()),
        ("tom_tat", it.public_title.clone()),
        ("trang_thai", it.state.code().to_owned()),
        ("ket_qua", it.closing.map(|it| it.code().to_owned()).unwrap_or_default()),
        ("co_quan_tra_loi", it.answered_by.map(name).unwrap_or_default()),
        ("gui_luc", instant(it.sent_at)),
        ("tra_loi_luc", instant(it.answered_at)),
        ("han", it.citizen_due_on.to_string()),
        ("danh_gia", it.rating.map(|it| it.to_string()).unwrap_or_default()),
    ]
}

/// A cell that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
