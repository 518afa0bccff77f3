//! The addresses at which everybody is shown the same, each written in one way: nobody fills a memory with a million
//! ways of asking for one page.

use axum::http::Uri;

use crate::model::{DOCUMENT_FIELDS, DOCUMENT_KINDS};

/// Longest word of an address, in letters: those of slugs with their numbers, and ids.
const MOST_LETTERS: usize = 120;

/// Pages by themselves.
const ALONE: [&str; 7] =
    ["/", "/tin", "/tin.atom", "/tin.feed.json", "/van-ban", "/lay-y-kien", "/sitemap.xml"];

/// Pages of one thing each.
const OF_THINGS: [&str; 6] =
    ["/tin/", "/van-ban/", "/lay-y-kien/", "/chu-de/", "/trang/", "/sitemap/"];

/// The years of documents that are asked for often enough.
const YEARS: std::ops::RangeInclusive<i32> = 1945..=2100;

/// The one way to write the address of the portal that `uri` asks for; none when it leads elsewhere, or is asked for
/// so seldom, or in so many ways, that its page is not to be kept.
pub fn shared_address(uri: &Uri) -> Option<String> {
    let path = uri.path();
    let is_of_thing = || {
        let word = OF_THINGS.iter().find_map(|it| path.strip_prefix(it));
        word.is_some_and(is_word)
    };
    if !ALONE.contains(&path) && !is_of_thing() {
        return None;
    }
    let mut said: Vec<(&str, &str)> = Vec::new();
    for pair in uri.query().unwrap_or_default().split('&').filter(|it| !it.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let is_twice = said.iter().any(|it| it.0 == name);
        if is_twice || !is_known(path, name, value) {
            return None;
        }
        said.push((name, value));
    }
    said.retain(|it| !it.1.is_empty());
    said.sort_unstable();
    let query: Vec<String> = said.iter().map(|(name, value)| format!("{name}={value}")).collect();
    Some(match query.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", query.join("&")),
    })
}

/// What stands in an address as it is: nothing of it can be written in another way.
fn is_word(word: &str) -> bool {
    let is_plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || b"-.".contains(&it);
    !word.is_empty() && word.len() <= MOST_LETTERS && word.bytes().all(is_plain)
}

/// Whether there are few enough pages at `path` whose `name` is `value`.
fn is_known(path: &str, name: &str, value: &str) -> bool {
    let is_code = |all: &[(&'static str, &'static str)]| all.iter().any(|it| it.0 == value);
    match (path, name) {
        ("/tin.atom" | "/tin.feed.json", "chu-de") => value.is_empty() || is_word(value),
        ("/van-ban", "so" | "noi-ban-hanh" | "sau") => value.is_empty(),
        ("/van-ban", "loai") => value.is_empty() || is_code(&DOCUMENT_KINDS),
        ("/van-ban", "linh-vuc") => value.is_empty() || is_code(&DOCUMENT_FIELDS),
        ("/van-ban", "nam") => {
            let is_year = |it: i32| YEARS.contains(&it) && it.to_string() == value;
            value.is_empty() || value.parse().is_ok_and(is_year)
        }
        ("/van-ban", "hieu-luc") => value.is_empty() || value == "con",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::shared_address;

    #[test]
    fn an_address_is_shared_in_one_way_of_writing_and_nothing_is_asked_for_without_end() {
        for (asked, shared) in [
            ("/", Some("/")),
            ("/?", Some("/")),
            ("/?a=1", None),
            ("/tin", Some("/tin")),
            ("/tin?sau=1.2", None),
            ("/tin/bai-so-1", Some("/tin/bai-so-1")),
            ("/tin/b%61i-so-1", None),
            ("/tin/Bai", None),
            ("/tin/a/b", None),
            ("/tin/", None),
            ("/tin/a?utm_source=x", None),
            ("/bien-tap", None),
            ("/ket-qua", None),
            ("/tin.atom?chu-de=chuyen-doi-so", Some("/tin.atom?chu-de=chuyen-doi-so")),
            ("/tin.atom?chu-de=a&chu-de=b", None),
            ("/van-ban?so=&loai=ke-hoach&noi-ban-hanh=&nam=", Some("/van-ban?loai=ke-hoach")),
            ("/van-ban?nam=2026&loai=ke-hoach", Some("/van-ban?loai=ke-hoach&nam=2026")),
            ("/van-ban?nam=02026", None),
            ("/van-ban?nam=9999", None),
            ("/van-ban?loai=khong-co", None),
            ("/van-ban?so=57", None),
            ("/sitemap/dau.xml", Some("/sitemap/dau.xml")),
        ] {
            let uri = asked.parse().unwrap();
            assert_eq!(shared_address(&uri).as_deref(), shared, "{asked}");
        }
    }
}
