//! One content, written as JSON or as XML.

use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::PetitionsError;

/// How a program wants its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

/// What a program is told when something is wrong: status, and codes with sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused(pub(super) StatusCode, pub(super) Vec<(u16, String)>);

impl Format {
    /// Splits `PA-2026-000123.json` into its name and its format.
    pub(super) fn of_file(file: &str) -> Option<(&str, Self)> {
        file.strip_suffix(".json")
            .map(|it| (it, Self::Json))
            .or_else(|| file.strip_suffix(".xml").map(|it| (it, Self::Xml)))
    }

    /// Answers `content`; in XML its element is `root`, and rows of a list are `item`s.
    pub(super) fn answer(
        self,
        status: StatusCode,
        (root, item): (&str, &str),
        content: &Value,
    ) -> Response {
        let (kind, body) = match self {
            Self::Json => ("application/json; charset=utf-8", content.to_string()),
            Self::Xml => {
                let mut xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned();
                element(&mut xml, root, item, content);
                ("text/xml; charset=utf-8", xml)
            }
        };
        let heads: [(HeaderName, &str); 3] = [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "no-cache"),
            // Open data: any page may read it, and nothing here goes by who is signed in.
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        ];
        (status, heads, body).into_response()
    }

    pub(super) fn refuse(self, refused: &Refused) -> Response {
        let row = |(code, words): &(u16, String)| json!({ "code": code, "description": words });
        let rows: Vec<Value> = refused.1.iter().map(row).collect();
        self.answer(refused.0, ("errors", "error"), &Value::Array(rows))
    }
}

impl Refused {
    pub(super) fn one(status: StatusCode, words: &str) -> Self {
        Self(status, vec![(status.as_u16(), words.to_owned())])
    }
}

impl From<PetitionsError> for Refused {
    fn from(err: PetitionsError) -> Self {
        match err {
            PetitionsError::Invalid(faults) => {
                let code = StatusCode::BAD_REQUEST;
                let said = |(field, words): (String, String)| {
                    (code.as_u16(), format!("{}: {words}", name_of(&field)))
                };
                Self(code, faults.into_iter().map(said).collect())
            }
            PetitionsError::NotFound(_) => Self::one(
                StatusCode::NOT_FOUND,
                "Không có vụ việc mang mã này, hoặc vụ việc chưa công khai.",
            ),
            PetitionsError::Denied(_) => {
                Self::one(StatusCode::FORBIDDEN, "Khóa này không mở việc ấy.")
            }
            PetitionsError::TooOften => Self::one(
                StatusCode::TOO_MANY_REQUESTS,
                "Đã gọi quá nhiều lần trong một giờ. Chờ rồi gọi lại.",
            ),
            err => {
                tracing::error!(error = %err, "a program could not be served");
                Self::one(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Máy chủ chưa làm được. Gọi lại với cùng Idempotency-Key, không sợ trùng.",
                )
            }
        }
    }
}

/// The field of the form as Open311 calls it.
fn name_of(field: &str) -> &str {
    match field {
        "tom-tat" | "noi-dung" => "description",
        "linh-vuc" => "service_code",
        "ho-ten" => "first_name, last_name",
        "lien-lac" | "dong-y" => "email, phone",
        "noi-xay-ra" => "address_string",
        "an-danh" => "first_name, last_name, email, phone",
        "tep" => "media",
        field => field,
    }
}

/// Writes `value` as an element. A list holds elements called `item`, else by the list in the singular.
fn element(xml: &mut String, name: &str, item: &str, value: &Value) {
    if value.is_null() || value.as_str().is_some_and(str::is_empty) {
        xml.push_str(&format!("<{name}/>"));
        return;
    }
    xml.push_str(&format!("<{name}>"));
    match value {
        Value::Array(rows) => rows.iter().for_each(|it| element(xml, item, "", it)),
        Value::Object(fields) => {
            for (key, it) in fields {
                element(xml, key, key.strip_suffix('s').unwrap_or(key), it);
            }
        }
        Value::String(text) => xml.push_str(&escaped(text)),
        other => xml.push_str(&other.to_string()),
    }
    xml.push_str(&format!("</{name}>"));
}

/// `text` within XML. What XML 1.0 cannot say at all is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
