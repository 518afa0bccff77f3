//! Reading: public cases for everybody, one's own case by its code.

use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use chrono::DateTime;
use sauro_kernel::{VIETNAM, at_hour};
use sauro_ui::Chrome;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::format::{Format, Refused};
use super::services::unknown_format;
use crate::PetitionsError;
use crate::actions;
use crate::model::{Answer, Petition, State, TrackingCode, Wanted};
use crate::pages::premises::Premises;

/// Cases of one page, unless asked otherwise, and at most.
const PAGE: u16 = 50;
const MOST: u16 = 200;

/// Ids asked for at once.
const MOST_IDS: usize = 50;

/// How requests are asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    service_request_id: String,
    service_code: String,
    start_date: String,
    end_date: String,
    status: String,
    page_size: String,
    cursor: String,
}

/// `GET /open311/v2/requests.json`.
pub(super) async fn list_json(
    premises: Premises,
    chrome: Chrome,
    Query(asked): Query<Asked>,
) -> Response {
    list(&premises, &chrome, &asked, Format::Json).await
}

/// `GET /open311/v2/requests.xml`.
pub(super) async fn list_xml(
    premises: Premises,
    chrome: Chrome,
    Query(asked): Query<Asked>,
) -> Response {
    list(&premises, &chrome, &asked, Format::Xml).await
}

async fn list(premises: &Premises, chrome: &Chrome, asked: &Asked, format: Format) -> Response {
    match found(premises, asked).await {
        Err(refused) => format.refuse(&refused),
        Ok((rows, next)) => {
            let content = Value::Array(rows);
            let mut answer =
                format.answer(StatusCode::OK, ("service_requests", "request"), &content);
            let link = next.and_then(|cursor| {
                HeaderValue::from_str(&next_link(chrome, asked, format, &cursor)).ok()
            });
            if let Some(link) = link {
                answer.headers_mut().insert(header::LINK, link);
            }
            answer
        }
    }
}

/// `GET /open311/v2/requests/{id}.json|xml`: a public case by its number, or one's own by its code.
pub(super) async fn one(premises: Premises, Path(file): Path<String>) -> Response {
    let Some((id, format)) = Format::of_file(&file) else { return unknown_format() };
    match named_row(&premises, id).await {
        Ok(row) => {
            let content = Value::Array(vec![row]);
            format.answer(StatusCode::OK, ("service_requests", "request"), &content)
        }
        Err(err) => format.refuse(&err.into()),
    }
}

/// `GET /open311/v2/tokens/{token}.json|xml`: here every case has its id at once.
pub(super) async fn token(premises: Premises, Path(file): Path<String>) -> Response {
    let Some((token, format)) = Format::of_file(&file) else { return unknown_format() };
    match named_row(&premises, token).await {
        Ok(row) => {
            let id = row.get("service_request_id").cloned().unwrap_or_default();
            let content = json!([{ "service_request_id": id, "token": token }]);
            format.answer(StatusCode::OK, ("service_requests", "request"), &content)
        }
        Err(err) => format.refuse(&err.into()),
    }
}

async fn one_row(
    premises: &Premises,
    names: &[(String, String)],
    id: &str,
) -> Result<Value, PetitionsError> {
    let house = premises.house();
    match actions::public_case(&house, &id.to_uppercase()).await {
        Ok(found) => Ok(row(premises, names, &found.case, found.answers.last())),
        Err(PetitionsError::NotFound(_)) => {
            let it = actions::follow(&premises.anybody(), &house, id, &premises.source).await?;
            let mut row = row(premises, names, &it.case, it.answers.last());
            // Whoever has the code reads what the sender wrote; the id stays the code.
            let code = TrackingCode::parse(id).map(|it| it.to_string());
            if let (Some(row), Some(code)) = (row.as_object_mut(), code) {
                row.insert("service_request_id".to_owned(), json!(code));
            }
            Ok(row)
        }
        Err(err) => Err(err),
    }
}

/// One case by itself.
async fn named_row(premises: &Premises, id: &str) -> Result<Value, PetitionsError> {
    let names = names(premises).await?;
    one_row(premises, &names, id).await
}

/// Rows, and the cursor of the next page when there is one.
async fn found(
    premises: &Premises,
    asked: &Asked,
) -> Result<(Vec<Value>, Option<String>), Refused> {
    let names = names(premises).await?;
    if !asked.service_request_id.is_empty() {
        let ids: Vec<&str> = asked.service_request_id.split(',').map(str::trim).collect();
        if ids.len() > MOST_IDS {
            let words = "service_request_id: hỏi tối đa 50 vụ việc một lần.";
            return Err(Refused::one(StatusCode::BAD_REQUEST, words));
        }
        let mut rows = Vec::new();
        for id in ids {
            match one_row(premises, &names, id).await {
                Ok(row) => rows.push(row),
                Err(PetitionsError::NotFound(_)) => {}
                Err(err) => return Err(err.into()),
            }
        }
        return Ok((rows, None));
    }
    let wanted = asked.wanted()?;
    let (cases, has_more) = actions::listed(&premises.house(), &wanted).await?;
    let last = cases.last().filter(|_| has_more);
    let next = last.map(|(case, _)| format!("{}-{}", case.sent_at, case.id.0.simple()));
    let rows = cases.iter().map(|(case, answer)| row(premises, &names, case, answer.as_ref()));
    Ok((rows.collect(), next))
}

/// Codes and names of the fields.
async fn names(premises: &Premises) -> Result<Vec<(String, String)>, PetitionsError> {
    let fields = actions::all_fields(&premises.house()).await?;
    Ok(fields.into_iter().map(|it| (it.code, it.name)).collect())
}

/// One case as Open311 has it, with nothing but masked words.
fn row(
    premises: &Premises,
    names: &[(String, String)],
    case: &Petition,
    answer: Option<&Answer>,
) -> Value {
    let instant = |at: i64| {
        DateTime::from_timestamp_micros(at).unwrap_or_default().with_timezone(&VIETNAM).to_rfc3339()
    };
    let is_over = matches!(case.flow.state, State::Answered | State::Closed);
    let name = names.iter().find(|it| it.0 == case.field).map_or("", |it| it.1.as_str());
    let place = case.place.and_then(|id| premises.directory.agency(id));
    json!({
        "service_request_id": case.number,
        "status": if is_over { "closed" } else { "open" },
        "status_notes": match (answer, case.closing) {
            (Some(answer), Some(closing)) => format!("{}. {}", closing.label(), answer.public_words),
            _ => case.flow.state.label().to_owned(),
        },
        "service_name": name,
        "service_code": case.field,
        "description": format!("{}\n{}", case.public_title, case.public_body),
        "agency_responsible": premises.directory.name(case.holder),
        "service_notice": "",
        "requested_datetime": instant(case.sent_at),
        "updated_datetime": instant(case.changed_at),
        "expected_datetime": at_hour(case.citizen_due_on, 17).with_timezone(&VIETNAM).to_rfc3339(),
        "address": place.map(|it| it.name.clone()).unwrap_or_default(),
        "address_id": place.map(|it| it.code.clone()).unwrap_or_default(),
        "zipcode": "",
        "lat": Value::Null,
        "long": Value::Null,
        "media_url": "",
    })
}

impl Asked {
    fn wanted(&self) -> Result<Wanted, Refused> {
        let bad = |words: &str| Refused::one(StatusCode::BAD_REQUEST, words);
        let day = |text: &str, name: &str| match text {
            "" => Ok(None),
            text => DateTime::parse_from_rfc3339(text)
                .map(|it| Some(it.timestamp_micros()))
                .map_err(|_| bad(&format!("{name}: ghi như 2026-11-30T00:00:00+07:00."))),
        };
        Ok(Wanted {
            field: self.service_code.clone(),
            from: day(&self.start_date, "start_date")?,
            to: day(&self.end_date, "end_date")?,
            is_open: match self.status.as_str() {
                "" | "open,closed" | "closed,open" => None,
                "open" => Some(true),
                "closed" => Some(false),
                _ => return Err(bad("status: ghi open, closed hoặc cả hai cách nhau bằng dấu phẩy.")),
            },
            after: match self.cursor.as_str() {
                "" => None,
                text => Some(cursor(text).ok_or_else(|| {
                    bad("cursor: lấy nguyên từ đầu mục Link của trang trước, hoặc bỏ đi để đọc từ đầu.")
                })?),
            },
            limit: match self.page_size.as_str() {
                "" => PAGE,
                text => text
                    .parse()
                    .ok()
                    .filter(|it| (1..=MOST).contains(it))
                    .ok_or_else(|| bad("page_size: ghi một số từ 1 đến 200."))?,
            },
        })
    }
}

fn cursor(text: &str) -> Option<(i64, Uuid)> {
    let (at, id) = text.rsplit_once('-')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

/// The address of the next page, as RFC 8288 has it.
fn next_link(chrome: &Chrome, asked: &Asked, format: Format, cursor: &str) -> String {
    let end = if format == Format::Json { "json" } else { "xml" };
    let pairs = [
        ("service_code", asked.service_code.as_str()),
        ("start_date", &asked.start_date),
        ("end_date", &asked.end_date),
        ("status", &asked.status),
        ("page_size", &asked.page_size),
        ("cursor", cursor),
    ];
    let pairs: Vec<String> = pairs
        .iter()
        .filter(|it| !it.1.is_empty())
        .map(|(name, value)| format!("{name}={}", sauro_ui::percent(value)))
        .collect();
    format!("<{}/open311/v2/requests.{end}?{}>; rel=\"next\"", chrome.public_url(), pairs.join("&"))
}
