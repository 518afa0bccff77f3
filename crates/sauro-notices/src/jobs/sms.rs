use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::{Method, Request, StatusCode};
use sauro_kernel::causes;
use sauro_wire::{Bounds, Reach, TrustError, Wire, WireError};
use url::{Url, form_urlencoded};

/// A gateway hands on to an operator before it answers.
const BOUNDS: Bounds =
    Bounds { patience: Duration::from_secs(30), most_bytes: 64 << 10, reach: Reach::Secure };

/// How a gateway for short messages is asked. In `url`, `body` and `authorization` stand `{to}` (the number, as
/// 84912345678), `{text}`, `{id}` (the same for every try of one message) and `{secret}`, each written as the place
/// wants it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SmsSetup {
    /// Where it is asked: HTTPS, or HTTP on this machine.
    pub url: String,
    /// What is posted; empty asks by GET.
    pub body: String,
    /// What kind of text the body is: `application/json`, `application/x-www-form-urlencoded` or another.
    pub content_type: String,
    /// The head `Authorization`, or empty.
    pub authorization: String,
    /// The file with `{secret}`, or empty.
    pub secret_file: PathBuf,
    /// What an answer holds when the message was taken, or empty: then every 2xx says so.
    pub accepted: String,
    /// Certificates (PEM) to trust beside those of the system, or empty.
    pub trusted: PathBuf,
}

/// A short message (tin nhắn SMS).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortMessage {
    /// The same for every try.
    pub id: String,
    /// Digits with a leading zero.
    pub phone: String,
    /// The words.
    pub words: String,
}

/// What became of handing a short message over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SmsOutcome {
    /// The gateway has it.
    Taken,
    /// The gateway takes nothing for this number, for good; why.
    Refused(String),
    /// Not now, and it was not heard; why.
    Later(String),
    /// It may have been heard, and go out: whoever hands it over again may have it sent twice; why.
    Unsure(String),
}

/// Why a gateway cannot be asked, in Vietnamese.
#[derive(Debug, thiserror::Error)]
pub enum SmsError {
    /// Not an address.
    #[error(
        "địa chỉ cổng tin nhắn chưa đúng ({0}). Viết như https://cong.vn/gui?so={{to}}&noi-dung={{text}}"
    )]
    Url(String),
    /// Numbers and words would go over the net in the open.
    #[error(
        "địa chỉ cổng tin nhắn phải là https://; http:// chỉ với cổng trên cùng máy (127.0.0.1)"
    )]
    Open,
    /// Neither the address nor the body has a place for the number and the words.
    #[error("địa chỉ hoặc nội dung gửi phải có {{to}} và {{text}}")]
    Places,
    /// A head cannot be written so.
    #[error("sms.{0} có ký tự không dùng được")]
    Head(&'static str),
    /// The file with the secret cannot be read.
    #[error("không đọc được tệp bí mật {path} ({reason}). Kiểm tra đường dẫn và quyền đọc")]
    Secret {
        /// The file.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// The file of certificates cannot be used.
    #[error("chứng thư không dùng được ({}). Kiểm tra sms.trusted", causes(.0))]
    Certificates(#[source] TrustError),
}

/// The way to a gateway for short messages.
#[derive(Clone)]
pub struct SmsGateway {
    setup: SmsSetup,
    secret: String,
    wire: Wire,
}

impl std::fmt::Debug for SmsGateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmsGateway").finish_non_exhaustive()
    }
}

impl SmsGateway {
    /// The way that `setup` tells of.
    ///
    /// # Errors
    ///
    /// [`SmsError`] says what to mend.
    pub fn new(setup: SmsSetup) -> Result<Self, SmsError> {
        let secret = secret_of(&setup.secret_file)?;
        let wire = Wire::trusting(&setup.trusted).map_err(SmsError::Certificates)?;
        let it = Self { setup, secret, wire };
        let all = format!("{} {}", it.setup.url, it.setup.body);
        if !(all.contains("{to}") && all.contains("{text}")) {
            return Err(SmsError::Places);
        }
        let sample = ShortMessage {
            id: "1".to_owned(),
            phone: "0912345678".to_owned(),
            words: "thử".to_owned(),
        };
        it.request(&sample)?;
        Ok(it)
    }

    /// Tries once to hand `message` over.
    pub async fn hand_over(&self, message: &ShortMessage) -> SmsOutcome {
        let request = match self.request(message) {
            Ok(request) => request,
            Err(err) => return SmsOutcome::Refused(err.to_string()),
        };
        match self.wire.ask(request, BOUNDS).await {
            Ok(answer) => judged(answer.status(), answer.body(), &self.setup.accepted),
            Err(WireError::Cut { head, .. }) => judged(head.status, &[], &self.setup.accepted),
            Err(err @ (WireError::Broken(_) | WireError::Silent)) => {
                SmsOutcome::Unsure(causes(&err))
            }
            Err(err @ (WireError::Address(_) | WireError::Unreached(_))) => {
                SmsOutcome::Later(causes(&err))
            }
        }
    }

    fn request(&self, message: &ShortMessage) -> Result<Request<Bytes>, SmsError> {
        let wrong = |reason: String| SmsError::Url(reason);
        let url = self.filled(&self.setup.url, message, percent);
        let url = Url::parse(&url).map_err(|err| wrong(err.to_string()))?;
        let host = url.host_str().unwrap_or_default();
        if url.scheme() != "https" && !(url.scheme() == "http" && sauro_wire::is_this_machine(host))
        {
            return Err(SmsError::Open);
        }
        let is_post = !self.setup.body.is_empty();
        let escaped = match self.setup.content_type.split(';').next().unwrap_or_default().trim() {
            "application/json" => in_json,
            "application/x-www-form-urlencoded" => percent,
            _ => plain,
        };
        let body = self.filled(&self.setup.body, message, escaped);
        let mut request = Request::builder()
            .method(if is_post { Method::POST } else { Method::GET })
            .uri(url.as_str())
            .body(Bytes::from(body))
            .map_err(|err| wrong(err.to_string()))?;
        let heads = request.headers_mut();
        if is_post {
            let kind = HeaderValue::try_from(&self.setup.content_type);
            heads.insert(header::CONTENT_TYPE, kind.map_err(|_| SmsError::Head("content_type"))?);
        }
        if !self.setup.authorization.is_empty() {
            let words = self.filled(&self.setup.authorization, message, plain);
            let mut head =
                HeaderValue::try_from(words).map_err(|_| SmsError::Head("authorization"))?;
            head.set_sensitive(true);
            heads.insert(header::AUTHORIZATION, head);
        }
        Ok(request)
    }

    /// `template` with the parts of `message`, each `escaped`. What stands in a message is never taken for a place.
    fn filled(&self, template: &str, it: &ShortMessage, escaped: fn(&str) -> String) -> String {
        let abroad =
            it.phone.strip_prefix('0').map_or(it.phone.clone(), |rest| format!("84{rest}"));
        let parts = [
            ("{to}", abroad.as_str()),
            ("{text}", &it.words),
            ("{id}", &it.id),
            ("{secret}", &self.secret),
        ];
        let (mut out, mut rest) = (String::new(), template);
        while let Some(at) = rest.find('{') {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            match parts.iter().find_map(|(place, it)| Some((from.strip_prefix(place)?, it))) {
                Some((after, part)) => {
                    out.push_str(&escaped(part));
                    rest = after;
                }
                None => {
                    out.push('{');
                    rest = from.strip_prefix('{').unwrap_or_default();
                }
            }
        }
        out + rest
    }
}

fn secret_of(path: &Path) -> Result<String, SmsError> {
    if path.as_os_str().is_empty() {
        return Ok(String::new());
    }
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text.trim_end_matches(['\r', '\n']).to_owned()),
        Err(err) => {
            Err(SmsError::Secret { path: path.display().to_string(), reason: err.to_string() })
        }
    }
}

fn plain(text: &str) -> String {
    text.to_owned()
}

fn percent(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// As it stands between quotation marks in JSON.
fn in_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.get(1..quoted.len() - 1).unwrap_or_default().to_owned()
}

/// What an answer means. Only 400 and 422 are about this one message; what else is refused is for the administrator
/// to mend, and no reason to give a message up. A success that does not say what it should, and a failure inside the
/// gateway or behind it, leave open whether it goes out.
fn judged(status: StatusCode, body: &[u8], accepted: &str) -> SmsOutcome {
    let said = String::from_utf8_lossy(body);
    // What it says may hold the number, the words or the password.
    let words = || format!("the gateway answers {}", status.as_u16());
    match status.as_u16() {
        200..=299 if said.contains(accepted) => SmsOutcome::Taken,
        400 | 422 => SmsOutcome::Refused(words()),
        503 => SmsOutcome::Later(words()),
        200..=299 | 500..=599 => SmsOutcome::Unsure(words()),
        _ => SmsOutcome::Later(words()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(words: &str) -> ShortMessage {
        ShortMessage {
            id: "tin-1".to_owned(),
            phone: "0912345678".to_owned(),
            words: words.to_owned(),
        }
    }

    fn gateway(url: &str, (body, content_type): (&str, &str)) -> Result<SmsGateway, SmsError> {
        SmsGateway::new(SmsSetup {
            url: url.to_owned(),
            body: body.to_owned(),
            content_type: content_type.to_owned(),
            authorization: "Bearer {secret}".to_owned(),
            ..SmsSetup::default()
        })
    }

    #[test]
    fn each_part_is_written_as_its_place_wants_it_and_no_message_opens_another() {
        let words = "Vụ việc \"PA\" {to} & a=b\n{secret}";
        let by_get = gateway("https://cong.vn/gui?so={to}&chu={text}&ma={id}", ("", "")).unwrap();
        let asked = by_get.request(&message(words)).unwrap();
        let url = Url::parse(&asked.uri().to_string()).unwrap();
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let wanted = [("so", "84912345678"), ("chu", words), ("ma", "tin-1")];
        let wanted: Vec<(String, String)> =
            wanted.iter().map(|(name, it)| ((*name).to_owned(), (*it).to_owned())).collect();
        assert_eq!((asked.method(), pairs), (&Method::GET, wanted));

        let body = r#"{"to":"{to}","text":"{text}","n":{"id":"{id}"}}"#;
        let by_json = gateway("https://cong.vn/gui", (body, "application/json")).unwrap();
        let asked = by_json.request(&message(words)).unwrap();
        let said: serde_json::Value = serde_json::from_slice(asked.body()).unwrap();
        let wanted =
            serde_json::json!({ "to": "84912345678", "text": words, "n": { "id": "tin-1" } });
        assert_eq!((asked.method(), said), (&Method::POST, wanted));
    }

    #[test]
    fn what_cannot_work_is_named_before_anything_is_sent() {
        let form = "application/x-www-form-urlencoded";
        for (url, body, is_right) in [
            ("https://cong.vn/gui?so={to}&chu={text}", "", true),
            ("http://127.0.0.1:13013/cgi-bin/sendsms?to={to}&text={text}", "", true),
            ("https://cong.vn/gui", "so={to}&chu={text}", true),
            ("http://cong.vn/gui?so={to}&chu={text}", "", false),
            ("https://cong.vn/gui?so={to}", "", false),
            ("cong.vn {to} {text}", "", false),
            ("", "", false),
        ] {
            assert_eq!(gateway(url, (body, form)).is_ok(), is_right, "{url}");
        }
        let setup = SmsSetup {
            url: "https://cong.vn/?{to}{text}".to_owned(),
            secret_file: "/khong/co".into(),
            ..SmsSetup::default()
        };
        let err = SmsGateway::new(setup).unwrap_err().to_string();
        assert!(err.contains("/khong/co"), "{err}");
    }

    #[test]
    fn only_what_is_about_the_message_gives_it_up_and_what_may_have_been_heard_is_told_apart() {
        let of = |status: u16, said: &str, accepted: &str| {
            judged(StatusCode::from_u16(status).unwrap(), said.as_bytes(), accepted)
        };
        assert_eq!(of(202, "0: Accepted for delivery", ""), SmsOutcome::Taken);
        assert_eq!(of(200, r#"{"code":"100"}"#, r#""code":"100""#), SmsOutcome::Taken);
        for (status, said) in [
            (302, ""),
            (401, ""),
            (403, "Authorization failed for sendsms"),
            (404, ""),
            (429, ""),
            (503, ""),
        ] {
            let came = of(status, said, "");
            assert!(matches!(came, SmsOutcome::Later(_)), "{status} {said}: {came:?}");
        }
        for (status, said, accepted) in [
            (200, r#"{"code":"99"}"#, r#""code":"100""#),
            (200, "", "OK"),
            (500, "", ""),
            (502, "", ""),
            (504, "", ""),
            (524, "", ""),
        ] {
            let came = of(status, said, accepted);
            assert!(matches!(came, SmsOutcome::Unsure(_)), "{status} {said}: {came:?}");
        }
        assert!(matches!(of(422, "số không đúng", ""), SmsOutcome::Refused(_)));
    }
}
