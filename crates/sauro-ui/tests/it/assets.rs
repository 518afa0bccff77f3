use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use sauro_ui::{asset, assets};
use tower::ServiceExt;

async fn get(path: &str, accepts: Option<&str>) -> Response<Body> {
    let mut request = Request::get(path);
    if let Some(accepts) = accepts {
        request = request.header("accept-encoding", accepts);
    }
    assets::<()>().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

#[tokio::test]
async fn an_asset_comes_in_the_best_form_the_browser_takes() {
    for (accepts, encoding) in [
        (Some("gzip, deflate, br, zstd"), Some("br")),
        (Some("gzip, br;q=0"), Some("gzip")),
        (Some("GZIP;q=0.5"), Some("gzip")),
        (Some("identity"), None),
        (None, None),
    ] {
        let response = get(asset("app.css"), accepts).await;
        assert_eq!(response.status(), 200);
        let found = response.headers().get("content-encoding").map(|it| it.to_str().unwrap());
        assert_eq!(found, encoding, "for {accepts:?}");
        assert_eq!(response.headers()["vary"], "Accept-Encoding");
    }
}

#[tokio::test]
async fn an_asset_never_changes_and_says_what_it_is() {
    for (name, kind) in [
        ("app.css", "text/css; charset=utf-8"),
        ("app.js", "text/javascript; charset=utf-8"),
        ("icons.svg", "image/svg+xml"),
        ("bvp-400.woff2", "font/woff2"),
    ] {
        let response = get(asset(name), None).await;
        assert_eq!(response.headers()["content-type"], kind);
        assert_eq!(response.headers()["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert!(asset(name).contains('.') && !asset(name).ends_with(&format!("/{name}")));
    }
}

#[tokio::test]
async fn what_is_not_in_the_manifest_is_not_served() {
    let compressed = format!("{}.br", asset("app.css"));
    for path in
        ["/tai-san/manifest.json", "/tai-san/app.css", "/tai-san/..%2f..%2fx.css", &compressed]
    {
        assert_eq!(get(path, None).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn the_first_visit_to_a_public_page_stays_small() {
    let fonts = ["bvp-400", "bvp-vi-400", "bvp-600", "bvp-vi-600", "bvp-700", "bvp-vi-700"];
    let digits = ["digits-400", "digits-600", "digits-700"];
    let fonts = fonts.iter().chain(&digits).map(|it| format!("{it}.woff2"));
    let mut total = 0;
    for name in fonts.chain(["app.css".into(), "icons.svg".into(), "mark.svg".into()]) {
        let response = get(asset(&name), Some("br")).await;
        assert_eq!(response.status(), 200, "{name}");
        total += to_bytes(response.into_body(), usize::MAX).await.unwrap().len();
    }
    // Leaves 20 kB of compressed HTML within the 80 kB that a first visit may cost.
    assert!(total <= 60_000, "{total} bytes");
}
