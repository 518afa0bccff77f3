//! The cookies: who is signed in, that this machine signed in before, and who is on the way to a provider.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::Identity;
use crate::actions::Ticket;

const FORTNIGHT_S: u32 = 14 * 86_400;
const HALF_DAY_S: u32 = 12 * 3600;
const TRIP_S: u32 = 600;
const HALF_YEAR_S: u32 = 180 * 86_400;

/// `__Host-` binds the cookie to this host over HTTPS; browsers refuse it over plain HTTP.
fn session_name(identity: &Identity) -> &'static str {
    if identity.secure_cookies { "__Host-sauro" } else { "sauro" }
}

fn device_name(identity: &Identity) -> &'static str {
    if identity.secure_cookies { "__Secure-sauro-may" } else { "sauro-may" }
}

fn citizen_name(identity: &Identity) -> &'static str {
    if identity.secure_cookies { "__Host-sauro-dan" } else { "sauro-dan" }
}

fn trip_name(identity: &Identity) -> &'static str {
    if identity.secure_cookies { "__Secure-sauro-di" } else { "sauro-di" }
}

/// Where a trip is asked for, and nowhere else.
const TRIPS_AT: &str = "/dang-nhap/qua";

pub(super) fn citizen_of(headers: &HeaderMap, identity: &Identity) -> Option<String> {
    find(headers, citizen_name(identity))
}

pub(super) fn trip_of(headers: &HeaderMap, identity: &Identity) -> Option<String> {
    find(headers, trip_name(identity))
}

/// The header lines that hand a citizen's session to the browser.
pub(super) fn handing_citizen(identity: &Identity, token: &str) -> HeaderMap {
    let mut lines = HeaderMap::new();
    add(&mut lines, identity, citizen_name(identity), token, "/", HALF_DAY_S);
    lines
}

/// The header lines that take it from the browser.
pub(super) fn taking_citizen(identity: &Identity) -> HeaderMap {
    let mut lines = HeaderMap::new();
    add(&mut lines, identity, citizen_name(identity), "", "/", 0);
    lines
}

/// The header lines that let the browser carry a sealed trip.
pub(super) fn handing_trip(identity: &Identity, sealed: &str) -> HeaderMap {
    let mut lines = HeaderMap::new();
    add(&mut lines, identity, trip_name(identity), sealed, TRIPS_AT, TRIP_S);
    lines
}

/// The header lines that end it.
pub(super) fn taking_trip(identity: &Identity) -> HeaderMap {
    let mut lines = HeaderMap::new();
    add(&mut lines, identity, trip_name(identity), "", TRIPS_AT, 0);
    lines
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
