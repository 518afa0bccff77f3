//! The constant page that result pages are held against, served by a process of its own.
//!
//! It is the same server (axum and hyper, the same allocator, the same build) answering a page of
//! equal size with the same header lines, and nothing around it: no session, no nonce, no cache, no
//! trace. That is the hardest page to be compared with, so a ratio that holds here holds against a
//! constant page inside the product as well.

use std::net::SocketAddr;
use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::process::Command;

use super::AnyError;
use super::client::Answer;
use super::server::Server;

/// Header lines that the server itself writes.
const BY_SERVER: [&str; 3] = ["content-length", "transfer-encoding", "date"];

/// Starts a process that answers everything with a copy of `answer`.
pub(crate) async fn start(answer: &Answer, home: &Path) -> Result<Server, AnyError> {
    let (head, body) = (home.join("constant.head"), home.join("constant.body"));
    std::fs::write(&head, &answer.head)?;
    std::fs::write(&body, &answer.body)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("constant").arg(&head).arg(&body);
    Server::start(command, "/").await
}

/// `figures constant HEAD BODY --listen ADDR`.
pub(crate) async fn serve(words: &[String]) -> Result<(), AnyError> {
    let [head, body, _, listen] = words else {
        return Err("constant HEAD BODY --listen ADDR".into());
    };
    let mut page = Response::new(());
    for line in std::fs::read_to_string(head)?.lines().skip(1) {
        let Some((name, value)) = line.split_once(": ") else { continue };
        if !BY_SERVER.contains(&name.to_ascii_lowercase().as_str()) {
            page.headers_mut().append(name.parse::<HeaderName>()?, HeaderValue::from_str(value)?);
        }
    }
    let body = Bytes::from(std::fs::read(body)?);
    let answer = async move || {
        let mut response = Response::new(Body::from(body.clone()));
        *response.status_mut() = StatusCode::OK;
        *response.headers_mut() = page.headers().clone();
        response
    };
    let router: Router = Router::new().fallback(answer);
    let listener = TcpListener::bind(listen.parse::<SocketAddr>()?).await?;
    Ok(axum::serve(listener, router).await?)
}
