//! The two cookies: who is signed in, and that this machine signed in before.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::Identity;
use crate::actions::Ticket;

const FORTNIGHT_S: u32 = 14 * 86_400;
const HALF_YEAR_S: u32 = 180 * 86_400;

/// `__Host-` binds the cookie to this host over HTTPS; browsers refuse it over plain HTTP.
fn session_name(identity: &Identity) -> &'static str {
    if identity.secure_cookies { "__Host-sauro" } else { "sauro" }
}

fn device_name(identity: &Identity) -> &'static str {
    if identity.secure_cookies { "__Secure-sauro-may" } else { "sauro-may" }
}

pub(super) fn session_of(headers: &HeaderMap, identity: &Identity) -> Option<String> {
    find(headers, session_name(identity))
}

pub(super) fn device_of(headers: &HeaderMap, identity: &Identity) -> Option<String> {
    find(headers, device_name(identity))
}

/// The header lines that hand `ticket` to the browser.
pub(super) fn handing(identity: &Identity, ticket: &Ticket) -> HeaderMap {
    let mut lines = HeaderMap::new();
    add(&mut lines, identity, session_name(identity), &ticket.token, "/", FORTNIGHT_S);
    if let Some(device) = &ticket.device {
        add(&mut lines, identity, device_name(identity), device, "/dang-nhap", HALF_YEAR_S);
    }
    lines
}

/// The header lines that take the session from the browser.
pub(super) fn taking(identity: &Identity) -> HeaderMap {
    let mut lines = HeaderMap::new();
    add(&mut lines, identity, session_name(identity), "", "/", 0);
    lines
}

fn add(lines: &mut HeaderMap, identity: &Identity, name: &str, value: &str, path: &str, age: u32) {
    let secure = if identity.secure_cookies { "; Secure" } else { "" };
    let line =
        format!("{name}={value}; Path={path}; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(line) = HeaderValue::try_from(line) {
        lines.append(header::SET_COOKIE, line);
    }
}

fn find(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut pairs = cookies.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    pairs.find(|(it, value)| *it == name && !value.is_empty()).map(|(_, value)| value.to_owned())
}
