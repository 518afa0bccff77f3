use std::collections::HashMap;

use axum::extract::Query;
use axum::http::Uri;
use chrono::NaiveDate;

use crate::model::{Area, ListAsk, NoSuchDay, PastDay, Standing};

/// What an address asks for, without what does not matter: two addresses of one page are equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Ask {
    pub(super) what: What,
    pub(super) format: Format,
    /// All tasks in the caller's scope instead of the public ones.
    pub(super) is_inside: bool,
    /// The end of this past day instead of the present.
    pub(super) day: Option<PastDay>,
}

/// What an address says, and what is wrong with the day that it names.
pub(super) struct Read {
    /// The page; that of the present when the day is wrong.
    pub(super) ask: Ask,
    /// The day as it was written, and why there are no figures of it.
    pub(super) wrong_day: Option<(String, NoSuchDay)>,
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
    /// Reads an address on the day `today`; `None` when there is no such page.
    pub(super) fn read(uri: &Uri, today: NaiveDate) -> Option<Read> {
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
        let has_days = matches!(what, What::Area(_) | What::List(_));
        let written = query.get("ngay").filter(|it| has_days && !it.is_empty());
        let (day, wrong_day) = match written.map(|it| (it, PastDay::read(it, today))) {
            None => (None, None),
            Some((_, Ok(day))) => (day, None),
            Some((written, Err(why))) => (None, Some((written.clone(), why))),
        };
        Some(Read { ask: Self { what, format, is_inside, day }, wrong_day })
    }

    /// What follows the address of an area to keep the day and the view.
    pub(super) fn suffix(&self) -> String {
        let view = self.is_inside.then(|| ("pham-vi", "noi-bo".to_owned()));
        let day = self.day.map(|it| ("ngay", it.day().to_string()));
        query([view, day].into_iter().flatten())
    }

    /// The same page of the present.
    pub(super) fn present(&self) -> Self {
        Self { day: None, format: Format::Html, ..self.clone() }
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
            What::List(ask) => out.push_str(&list_query(ask, self.day)),
            _ => out.push_str(&self.suffix()),
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

/// The address of a list, of the end of `day` if one is named.
pub(super) fn list_address(ask: &ListAsk, day: Option<PastDay>) -> String {
    format!("/ket-qua/danh-sach{}", list_query(ask, day))
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

fn list_query(ask: &ListAsk, day: Option<PastDay>) -> String {
    let pairs = [
        ("ngay", day.map(|it| it.day().to_string())),
        ("trang-thai", ask.standing.map(|it| it.code().to_owned())),
        ("tinh", ask.province.clone()),
        ("co-quan", ask.agency.clone()),
        ("chuong-trinh", ask.programme.clone()),
        ("sau", ask.after.clone()),
    ];
    query(pairs.into_iter().filter_map(|(name, value)| Some((name, value?))))
}

fn query(pairs: impl Iterator<Item = (&'static str, String)>) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        out.push(if out.is_empty() { '?' } else { '&' });
        out.push_str(&format!("{name}={}", encoded(&value)));
    }
    out
}

/// `text` as a part of an address.
pub(super) fn encoded(text: &str) -> String {
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
