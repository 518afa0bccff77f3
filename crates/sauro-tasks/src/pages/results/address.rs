use std::collections::HashMap;

use axum::extract::Query;
use axum::http::Uri;

use crate::model::{Area, ListAsk, Standing};

/// What an address asks for, without what does not matter: two addresses of one page are equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Ask {
    pub(super) what: What,
    pub(super) format: Format,
    /// All tasks in the caller's scope instead of the public ones.
    pub(super) is_inside: bool,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum What {
    Area(Area),
    Task(String),
    List(ListAsk),
    Method,
}

/// How the page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Format {
    Html,
    Csv,
    Json,
}

impl Ask {
    /// Reads an address; `None` when there is no such page.
    pub(super) fn read(uri: &Uri) -> Option<Self> {
        let path = decoded(uri.path())?;
        let (path, format) = match path.as_str() {
            path if path.ends_with(".csv") => (path.strip_suffix(".csv")?, Format::Csv),
            path if path.ends_with(".json") => (path.strip_suffix(".json")?, Format::Json),
            path => (path, Format::Html),
        };
        let query = uri.query().map(|_| Query::<HashMap<String, String>>::try_from_uri(uri));
        let query = match query {
            None => HashMap::new(),
            Some(Ok(Query(query))) => query,
            Some(Err(_)) => return None,
        };
        let rest = path.strip_prefix("/ket-qua")?;
        let parts: Vec<&str> = rest.split('/').skip(1).collect();
        let code = |code: &str| (!code.is_empty() && code.len() <= 80).then(|| code.to_owned());
        let what = match parts.as_slice() {
            [] => What::Area(Area::Nation),
            ["tinh", it] => What::Area(Area::Province(code(it)?)),
            ["co-quan", it] => What::Area(Area::Agency(code(it)?)),
            ["chuong-trinh", it] => What::Area(Area::Programme(code(it)?)),
            ["nhiem-vu", it] => What::Task(code(it)?),
            ["danh-sach"] => What::List(list(&query)?),
            ["cach-tinh"] => What::Method,
            _ => return None,
        };
        let is_inside =
            matches!(what, What::Area(_)) && query.get("pham-vi").is_some_and(|it| it == "noi-bo");
        Some(Self { what, format, is_inside })
    }

    /// The address of the same in `format`.
    pub(super) fn address(&self, format: Format) -> String {
        let mut out = match &self.what {
            What::Area(area) => area_address(area),
            What::Task(code) => format!("/ket-qua/nhiem-vu/{}", encoded(code)),
            What::List(_) => "/ket-qua/danh-sach".to_owned(),
            What::Method => "/ket-qua/cach-tinh".to_owned(),
        };
        out.push_str(match format {
            Format::Html => "",
            Format::Csv => ".csv",
            Format::Json => ".json",
        });
        match &self.what {
            What::List(ask) => out.push_str(&list_query(ask)),
            _ if self.is_inside => out.push_str("?pham-vi=noi-bo"),
            _ => {}
        }
        out
    }
}

/// The address of the page of `area`.
pub(super) fn area_address(area: &Area) -> String {
    match area {
        Area::Nation => "/ket-qua".to_owned(),
        Area::Province(code) => format!("/ket-qua/tinh/{}", encoded(code)),
        Area::Agency(code) => format!("/ket-qua/co-quan/{}", encoded(code)),
        Area::Programme(code) => format!("/ket-qua/chuong-trinh/{}", encoded(code)),
    }
}

/// The address of a list.
pub(super) fn list_address(ask: &ListAsk) -> String {
    format!("/ket-qua/danh-sach{}", list_query(ask))
}

fn list(query: &HashMap<String, String>) -> Option<ListAsk> {
    let value =
        |name: &str| query.get(name).filter(|it| !it.is_empty() && it.len() <= 300).cloned();
    let standing = match value("trang-thai") {
        None => None,
        Some(code) => Some(Standing::of_code(&code)?),
    };
    Some(ListAsk {
        standing,
        province: value("tinh"),
        agency: value("co-quan"),
        programme: value("chuong-trinh"),
        after: value("sau"),
    })
}

fn list_query(ask: &ListAsk) -> String {
    let pairs = [
        ("trang-thai", ask.standing.map(|it| it.code().to_owned())),
        ("tinh", ask.province.clone()),
        ("co-quan", ask.agency.clone()),
        ("chuong-trinh", ask.programme.clone()),
        ("sau", ask.after.clone()),
    ];
    let mut out = String::new();
    for (name, value) in pairs {
        if let Some(value) = value {
            out.push(if out.is_empty() { '?' } else { '&' });
            out.push_str(&format!("{name}={}", encoded(&value)));
        }
    }
    out
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn decoded(path: &str) -> Option<String> {
    let mut out = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let hex = [bytes.next()?, bytes.next()?];
            out.push(u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}
