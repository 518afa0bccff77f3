use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
struct Dist;

/// Logical name → address.
static ADDRESSES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let manifest = Dist::get("manifest.json").map(|it| it.data).unwrap_or_default();
    let names: BTreeMap<String, String> = serde_json::from_slice(&manifest).unwrap_or_default();
    names.into_iter().map(|(name, file)| (name, format!("/tai-san/{file}"))).collect()
});

/// The address of the asset known as `name`, such as `app.css`. It changes with the content.
pub fn asset(name: &str) -> &'static str {
    ADDRESSES.get(name).map_or("/tai-san/khong-co", String::as_str)
}

/// The addresses of all assets.
pub fn asset_addresses() -> impl Iterator<Item = &'static str> {
    ADDRESSES.values().map(String::as_str)
}

/// Serves `/tai-san/{file}`, compressed beforehand and never changing.
pub fn assets<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/tai-san/{file}", get(serve))
}

async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let address = format!("/tai-san/{file}");
    let Some(kind) = kind(&file).filter(|_| ADDRESSES.values().any(|it| *it == address)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok());
    let Some((body, encoding)) = best(&file, accepts.unwrap_or_default()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let fixed = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::VARY, "Accept-Encoding"),
    ];
    let mut response = (fixed, body).into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, encoding);
    }
    response
}

type Body = Cow<'static, [u8]>;

/// The smallest form the browser takes: Brotli, then gzip, then as it is.
fn best(file: &str, accepts: &str) -> Option<(Body, Option<header::HeaderValue>)> {
    for (coding, ending) in [("br", "br"), ("gzip", "gz")] {
        if takes(accepts, coding)
            && let Some(found) = Dist::get(&format!("{file}.{ending}"))
        {
            return Some((found.data, Some(header::HeaderValue::from_static(coding))));
        }
    }
    Dist::get(file).map(|found| (found.data, None))
}

/// Whether `accepts` names `coding` without refusing it (`q=0`).
fn takes(accepts: &str, coding: &str) -> bool {
    accepts.split(',').any(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        let named = parts.next().is_some_and(|it| it.eq_ignore_ascii_case(coding));
        let weight = parts.find_map(|it| it.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>);
        named && weight.is_ok_and(|it| it > 0.0)
    })
}

fn kind(file: &str) -> Option<&'static str> {
    match file.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "woff2" => Some("font/woff2"),
        _ => None,
    }
}
