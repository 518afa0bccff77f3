use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use axum::response::Html;
use axum::routing::get;
use chrono::DateTime;
use sauro_kernel::{FixedClock, SeededIds};
use sauro_store::{Db, Files};
use sauro_ui::{AppState, Caller, Chrome, Failure, Site, layers, page};
use tower::ServiceExt;

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "desk.html" %}{% block title %}T{% endblock %}{% block main %}{{ chrome.path() }}{% endblock %}"#
)]
struct Desk {
    chrome: Chrome,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "public.html" %}{% block main %}Xin chào{% endblock %}"#
)]
struct Public {
    chrome: Chrome,
}

async fn desk(chrome: Chrome) -> Result<Html<String>, Failure> {
    page(&Desk { chrome })
}

async fn public(chrome: Chrome) -> Result<Html<String>, Failure> {
    page(&Public { chrome })
}

async fn secret(Caller(_ctx): Caller) -> &'static str {
    "mật"
}

async fn send(request: Request<Body>) -> Response<Body> {
    let kept = tempfile::tempdir().unwrap();
    let home = kept.path();
    let state = AppState {
        db: Db::open(&format!("sqlite://{}", home.join("frame.db").display())).await.unwrap(),
        files: Files::open(&home.join("files").display().to_string()).await.unwrap(),
        clock: Arc::new(FixedClock(DateTime::UNIX_EPOCH)),
        ids: Arc::new(SeededIds::default()),
        site: Arc::new(Site { is_demo: true, ..Site::default() }),
    };
    let routes = Router::new()
        .route("/viec/hom-nay", get(desk))
        .route("/", get(public))
        .route("/mat", get(secret).post(secret));
    layers(routes).with_state(state).oneshot(request).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

fn read(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

fn nonce_of(policy: &str) -> &str {
    policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap()
}

#[tokio::test]
async fn a_desk_page_runs_only_the_scripts_that_carry_its_nonce() {
    let response = send(read("/viec/hom-nay")).await;
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let html = text(response).await;
    let nonce = nonce_of(&policy);
    assert_eq!(nonce.len(), 32);
    assert_eq!(html.matches("<script").count(), 1);
    assert!(html.contains(&format!(r#"nonce="{nonce}""#)));
    for rule in
        ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]
    {
        assert!(policy.contains(rule), "no {rule} in {policy}");
    }
    assert!(!policy.contains("unsafe-eval") && !policy.contains("script-src 'unsafe-inline'"));
}

#[tokio::test]
async fn no_two_answers_share_a_nonce() {
    let [first, second] = [send(read("/")).await, send(read("/")).await];
    let policy = |it: &Response<Body>| it.headers()["content-security-policy"].clone();
    assert_ne!(policy(&first), policy(&second));
}

#[tokio::test]
async fn a_public_page_needs_no_script_and_says_when_its_figures_are_made_up() {
    let response = send(read("/")).await;
    assert_eq!(response.headers()["cross-origin-opener-policy"], "same-origin");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    let html = text(response).await;
    assert!(!html.contains("<script"));
    assert!(html.contains("giả định"));
    assert!(html.contains(r#"<a href="/" aria-current="page">"#));
}

#[tokio::test]
async fn a_chosen_look_is_drawn_by_the_server() {
    let request = Request::get("/").header("cookie", "a=b; sauro-theme=dark; sauro-density=dense");
    let html = text(send(request.body(Body::empty()).unwrap()).await).await;
    assert!(html.contains(r#"<html lang="vi" data-theme="dark" data-density="dense">"#));
}

#[tokio::test]
async fn a_stranger_reading_a_page_is_sent_to_sign_in_and_back() {
    let response = send(read("/mat?trang=2&loc=a%20b")).await;
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], "/dang-nhap?tiep=/mat%3Ftrang%3D2%26loc%3Da%2520b");
}

#[tokio::test]
async fn a_stranger_sending_a_form_or_asking_for_a_fragment_is_refused() {
    let form = Request::post("/mat").body(Body::empty()).unwrap();
    assert_eq!(send(form).await.status(), 401);
    let fragment = Request::get("/mat").header("hx-request", "true").body(Body::empty()).unwrap();
    assert_eq!(send(fragment).await.status(), 401);
    let program = Request::get("/mat").header("accept", "application/json");
    assert_eq!(send(program.body(Body::empty()).unwrap()).await.status(), 401);
}
