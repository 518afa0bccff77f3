//! Sending: `POST /open311/v2/requests`, with a key; as `multipart/form-data` with pictures in `media`.

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use sauro_kernel::AgencyId;
use serde_json::json;

use super::format::{Format, Refused};
use super::services::IS_PUBLIC;
use crate::actions::{self, Answered, Receipt, Sent};
use crate::model::{Channel, IntakeKey, Submission};
use crate::pages::premises::Premises;
use crate::pages::public::place::{Place, place_of};
use crate::pages::upload;

/// Letters of the first sentence that become the title.
const TITLE: usize = 150;

/// `POST /open311/v2/requests.json`.
pub(super) async fn send_json(
    premises: Premises,
    headers: HeaderMap,
    request: Request,
) -> Response {
    send(&premises, &headers, request, Format::Json).await
}

/// `POST /open311/v2/requests.xml`.
pub(super) async fn send_xml(premises: Premises, headers: HeaderMap, request: Request) -> Response {
    send(&premises, &headers, request, Format::Xml).await
}

async fn send(
    premises: &Premises,
    headers: &HeaderMap,
    request: Request,
    format: Format,
) -> Response {
    match taken(premises, headers, request).await {
        Err(refused) => format.refuse(&refused),
        Ok(receipt) => {
            let agency = premises.directory.name(receipt.agency);
            let day = receipt.answered_by.format("%d/%m/%Y");
            let notice = format!(
                "Số vụ việc {}. {agency} trả lời chậm nhất {day}. Giữ kín mã này: ai có mã thì xem được vụ việc.",
                receipt.number
            );
            let content = json!([{
                "service_request_id": receipt.code.to_string(),
                "service_notice": notice,
                "account_id": "",
            }]);
            format.answer(StatusCode::CREATED, ("service_requests", "request"), &content)
        }
    }
}

async fn taken(
    premises: &Premises,
    headers: &HeaderMap,
    request: Request,
) -> Result<Receipt, Refused> {
    let typed = upload::read(request).await;
    match typed.cut {
        None => {}
        Some((status @ StatusCode::PAYLOAD_TOO_LARGE, words)) => {
            return Err(Refused::one(status, &format!("media: {words}")));
        }
        Some(_) => {
            let words = "Gửi các trường theo kiểu application/x-www-form-urlencoded, hoặc multipart/form-data nếu có ảnh (media).";
            return Err(Refused::one(StatusCode::BAD_REQUEST, words));
        }
    }
    let one = |name: &str| typed.one(name).trim();
    let house = premises.house();
    let key = actions::key_of(house.db, one("api_key")).await?.ok_or_else(|| {
        let words = "api_key: khóa không có hoặc đã thu hồi. Xin khóa ở cơ quan thường trực.";
        Refused::one(StatusCode::FORBIDDEN, words)
    })?;
    if one("service_code").is_empty() {
        let words = "service_code: chọn một mã ở /open311/v2/services, ví dụ khac.";
        return Err(Refused::one(StatusCode::BAD_REQUEST, words));
    }
    let place = place(premises, one("address_id"), one("address_string"))?;
    for (name, most) in [("lat", 90.0), ("long", 180.0)] {
        let is_degree = one(name).parse().is_ok_and(|it: f64| it.abs() <= most);
        if !one(name).is_empty() && !is_degree {
            let words =
                format!("{name}: ghi độ thập phân theo WGS84, ví dụ lat=8.7597 và long=104.9895.");
            return Err(Refused::one(StatusCode::BAD_REQUEST, &words));
        }
    }
    let description = one("description");
    let name = format!("{} {}", one("last_name"), one("first_name"));
    let contact = if one("phone").is_empty() { one("email") } else { one("phone") };
    let is_anonymous = name.trim().is_empty() && contact.is_empty();
    let sent = Sent {
        submission: Submission {
            matter: "feedback".to_owned(),
            title: title_of(description),
            body: description.to_owned(),
            place,
            spot: spot(one("address_string"), (one("lat"), one("long"))),
            field: one("service_code").to_owned(),
            name: name.trim().to_owned(),
            contact: contact.to_owned(),
            is_anonymous,
            // Whoever gives a program their contact wants an answer by it.
            may_contact: !contact.is_empty(),
            may_publish: one(&format!("attribute[{IS_PUBLIC}]")) == "1",
            ..Submission::default()
        },
        files: typed.files.clone(),
        key: form_key(premises, headers, &key),
        channel: Channel::Open311,
        source: format!("khóa {}", key.id),
        answered: Answered::default(),
    };
    Ok(actions::send(&premises.anybody(), &house, sent).await?)
}

/// The agency that governs the place: by its code, or by an address whose end names a commune or a province.
pub(super) fn place(
    premises: &Premises,
    id: &str,
    address: &str,
) -> Result<Option<AgencyId>, Refused> {
    let directory = &premises.directory;
    if !id.is_empty() {
        let found = directory.by_code(id).filter(|it| it.place.is_some() && !it.is_group);
        let words = "address_id: mã cơ quan của xã hoặc tỉnh, ví dụ UBND-32191.";
        let found = found.ok_or_else(|| Refused::one(StatusCode::BAD_REQUEST, words))?;
        return Ok(Some(found.id));
    }
    let mut rest = address;
    while !rest.is_empty() {
        match place_of(directory, rest) {
            Place::One(id) => return Ok(Some(id)),
            Place::Several(places) => {
                let names: Vec<String> =
                    places.into_iter().map(|(code, name)| format!("{name} ({code})")).collect();
                let words = format!(
                    "address_string: có nhiều nơi tên như vậy: {}. Gửi thêm address_id.",
                    names.join("; ")
                );
                return Err(Refused::one(StatusCode::BAD_REQUEST, &words));
            }
            Place::None | Place::Unknown => {}
        }
        // "12 Trần Hưng Đạo, phường Tân Thành, Cà Mau": the house is no place, what follows is.
        rest = rest.split_once(',').map_or("", |it| it.1.trim());
    }
    Ok(None)
}

/// What makes sending again the same case: the program's word, within what its key sends.
pub(super) fn form_key(premises: &Premises, headers: &HeaderMap, key: &IntakeKey) -> String {
    match headers.get("idempotency-key").and_then(|it| it.to_str().ok()) {
        Some(again) => format!("{} {again}", key.id),
        None => format!("{} {}", key.id, premises.anybody().ids.fresh()),
    }
}

/// Exactly where, for those who handle it.
fn spot(address: &str, (lat, long): (&str, &str)) -> String {
    match (lat, long) {
        ("", _) | (_, "") => address.to_owned(),
        _ if address.is_empty() => format!("{lat}, {long}"),
        _ => format!("{address} ({lat}, {long})"),
    }
}

/// The first sentence, or as much of it as makes a title.
fn title_of(text: &str) -> String {
    let first = text.lines().find(|it| !it.trim().is_empty()).unwrap_or_default();
    let first = first.split_inclusive(". ").next().unwrap_or_default().trim();
    match first.char_indices().nth(TITLE) {
        None => first.to_owned(),
        Some((end, _)) => {
            let short = first.get(..end).unwrap_or_default();
            let end = short.rfind(' ').unwrap_or(short.len());
            format!("{}…", short.get(..end).unwrap_or_default())
        }
    }
}
