use std::sync::OnceLock;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;

use super::encoding::Encoding;
use super::generations::Slot;

/// A page as it was drawn, in every form that was asked for.
pub(super) struct Kept {
    /// What it was drawn from, and when it is old.
    pub(super) from: From,
    /// The mark of its content, without quotes.
    mark: String,
    identity: Form,
    gzip: OnceLock<Option<Form>>,
    brotli: OnceLock<Option<Form>>,
}

/// What a page was drawn from.
#[derive(Debug, Clone)]
pub(super) struct From {
    /// The last entry of the journal known before it was drawn.
    pub(super) position: i64,
    /// What it depends on.
    pub(super) slots: Box<[Slot]>,
    /// Where the counts of tasks stood, if it shows them.
    pub(super) board_at: Option<i64>,
    /// When it was drawn, and when it is old whatever happens, in microseconds.
    pub(super) drawn_at: i64,
    pub(super) ends_at: i64,
}

struct Form {
    headers: HeaderMap,
    body: Bytes,
}

impl Kept {
    /// The page with `body` and the `headers` that everybody gets.
    pub(super) fn new(from: From, mut headers: HeaderMap, body: Bytes) -> Option<Self> {
        // The room says "weakly the same", for it knows nothing of forms; here each form has a mark of its own.
        let mark = headers.get(header::ETAG)?.to_str().ok()?;
        let mark = mark.trim_start_matches("W/").trim_matches('"').to_owned();
        headers.insert(header::ETAG, quoted(&mark, Encoding::Identity)?);
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.remove(header::CONTENT_LENGTH);
        let identity = Form { headers, body };
        Some(Self { from, mark, identity, gzip: OnceLock::new(), brotli: OnceLock::new() })
    }

    /// Bytes of memory, with the forms that are made when they are first asked for.
    pub(super) fn weight(&self) -> usize {
        2_048 + self.identity.body.len() + self.identity.body.len() / 2
    }

    /// The answer to whoever sent `asked`.
    pub(super) fn answer(&self, asked: &HeaderMap) -> Response {
        let encoding = Encoding::wanted(asked, self.identity.body.len());
        let form = self.form(encoding).unwrap_or(&self.identity);
        if self.is_known(asked) {
            return unchanged(&form.headers);
        }
        let mut response = Response::new(Body::from(form.body.clone()));
        *response.headers_mut() = form.headers.clone();
        response
    }

    fn form(&self, encoding: Encoding) -> Option<&Form> {
        match encoding {
            Encoding::Identity => Some(&self.identity),
            Encoding::Gzip => self.gzip.get_or_init(|| self.encoded(encoding)).as_ref(),
            Encoding::Brotli => self.brotli.get_or_init(|| self.encoded(encoding)).as_ref(),
        }
    }

    fn encoded(&self, encoding: Encoding) -> Option<Form> {
        let body = encoding.encode(&self.identity.body)?;
        let mut headers = self.identity.headers.clone();
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()?));
        headers.insert(header::ETAG, quoted(&self.mark, encoding)?);
        Some(Form { headers, body })
    }

    /// Whether whoever sent `asked` has this content in any form.
    fn is_known(&self, asked: &HeaderMap) -> bool {
        let marks = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|it| it.to_str().ok());
        marks.flat_map(|it| it.split(',')).map(str::trim).any(|it| {
            let it = it.trim_start_matches("W/").trim_matches('"');
            let rest = it.strip_prefix(self.mark.as_str());
            it == "*" || rest.is_some_and(|it| matches!(it, "" | "-gzip" | "-br"))
        })
    }
}

/// 304 with what a browser keeps beside the page.
fn unchanged(headers: &HeaderMap) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    for name in [header::ETAG, header::CACHE_CONTROL, header::VARY] {
        if let Some(value) = headers.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

fn quoted(mark: &str, encoding: Encoding) -> Option<HeaderValue> {
    let text = match encoding.name() {
        Some(name) => format!("\"{mark}-{name}\""),
        None => format!("\"{mark}\""),
    };
    HeaderValue::try_from(text).ok()
}
