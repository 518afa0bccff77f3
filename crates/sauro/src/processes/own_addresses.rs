//! What stands at the addresses of this house, asked of its own pages in process: nothing leaves the house.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use sauro_portal::actions::{Addresses, Outside};
use tower::ServiceExt;

use crate::front::each_tongue;

/// Pages that are larger are not read for a place in them.
const MOST_BYTES: usize = 8 << 20;

/// Leaps that an address may take.
const LEAPS: usize = 4;

/// The pages of this house, as a stranger sees them.
#[derive(Clone)]
pub struct OwnAddresses(Router);

impl OwnAddresses {
    /// The house whose pages are `pages`.
    pub fn new(pages: Router) -> Self {
        Self(each_tongue(pages))
    }

    async fn find(&self, address: &str) -> Option<String> {
        let (path, place) = address.split_once('#').unwrap_or((address, ""));
        let mut path = path.to_owned();
        for _ in 0..LEAPS {
            let Ok(request) = Request::get(&path).body(Body::empty()) else {
                return Some("Địa chỉ viết sai.".to_owned());
            };
            let Ok(answer) = self.0.clone().oneshot(request).await;
            let (head, body) = answer.into_parts();
            if head.status.is_redirection() {
                match next(&head.headers) {
                    Ok(to) => path = to,
                    Err(words) => return Some(words),
                }
                continue;
            }
            if head.status != StatusCode::OK {
                return Some(words_of(head.status));
            }
            // What a page says at a place of it is a matter of its own.
            return match place.is_empty() || has_place(body, place).await {
                true => None,
                false => Some(format!("Trang còn đó, nhưng không còn mục #{place}.")),
            };
        }
        Some("Địa chỉ chuyển tiếp vòng quanh.".to_owned())
    }
}

/// Where an answer leads on.
fn next(headers: &HeaderMap) -> Result<String, String> {
    let to = headers.get(header::LOCATION).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if sauro_tongues::bare(to).unwrap_or(to).starts_with("/dang-nhap") {
        return Err("Phải đăng nhập mới đọc được, người dân không vào được.".to_owned());
    }
    match to.starts_with('/') && !to.starts_with("//") {
        true => Ok(to.split('#').next().unwrap_or_default().to_owned()),
        false => Err("Địa chỉ chuyển ra trang khác.".to_owned()),
    }
}

fn words_of(status: StatusCode) -> String {
    match status {
        StatusCode::NOT_FOUND => "Không có trang này.".to_owned(),
        StatusCode::GONE => "Bài này đã gỡ.".to_owned(),
        other => format!("Trang không mở được (mã {}).", other.as_u16()),
    }
}

async fn has_place(body: Body, place: &str) -> bool {
    let Ok(body) = to_bytes(body, MOST_BYTES).await else { return true };
    let page = String::from_utf8_lossy(&body);
    page.contains(&format!(r#"id="{}""#, sauro_ui::escape(place)))
}

impl Addresses for OwnAddresses {
    fn fault<'a>(&'a self, address: &'a str) -> Outside<'a, Option<String>> {
        Box::pin(self.find(address))
    }
}
