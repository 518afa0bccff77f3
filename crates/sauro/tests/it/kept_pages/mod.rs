//! Pages of the portal that are kept: given as long as they are true, and no longer.

mod alone;
mod english;
mod nodes;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use sauro::front::Front;
use tower::Service;

/// An answer, as it came over the wire.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }
}

async fn ask(front: &Front, path: &str, headers: &[(header::HeaderName, &str)]) -> Answer {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    send(front, request.body(Body::empty()).unwrap()).await
}

async fn send(front: &Front, request: Request<Body>) -> Answer {
    let response = front.clone().call(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}
