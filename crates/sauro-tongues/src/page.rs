//! A whole page said in another language.

use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use html5gum::{HtmlString, Spanned, Tokenizer};

use crate::prose::is_vietnamese;
use crate::{Catalogue, bare, prefixed};

/// What within a page is nobody's words: code, and what somebody is writing.
const SILENT: &[&[u8]] = &[b"script", b"style", b"textarea", b"pre", b"code"];

/// What has no end tag.
const VOID: &[&[u8]] = &[
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta",
    b"source", b"track", b"wbr",
];

/// Attributes whose words people see or hear.
const WORDS: &[&[u8]] = &[
    b"alt",
    b"aria-description",
    b"aria-label",
    b"data-tick-all",
    b"label",
    b"placeholder",
    b"title",
];

/// Attributes that lead to pages of our own.
const ADDRESSES: &[&[u8]] = &[b"href", b"action", b"formaction", b"data-address"];

/// The page `html` with its words as `catalogue` says them, and its links under the prefix of the language.
///
/// What the catalogue does not know stays; where it is Vietnamese, the element says so (`lang="vi"`), so that it is
/// read aloud rightly. An attribute `data-tongue` names the same page in the other language.
pub fn page(catalogue: &Catalogue, html: &str) -> String {
    let mut it = Rewriting {
        catalogue,
        html,
        out: String::with_capacity(html.len() + html.len() / 8),
        copied: 0,
        open: Vec::new(),
        text: None,
    };
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::String(text) => it.hear(&text),
            Token::StartTag(tag) => it.begin(&tag),
            Token::EndTag(tag) => it.end(&tag.name, tag.span.start),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    it.say(html.len());
    it.copy(html.len());
    it.out
}

struct Rewriting<'a> {
    catalogue: &'a Catalogue,
    html: &'a str,
    out: String,
    /// Up to where `html` is in `out`.
    copied: usize,
    open: Vec<Open>,
    /// Text since the last tag, with its entities read, and where it begins.
    text: Option<(usize, String)>,
}

/// An element that has begun.
struct Open {
    name: HtmlString,
    is_silent: bool,
    /// In `out`, before the ">" of its start tag.
    tag_end: usize,
    has_lang: bool,
    /// It leads to the same page in the other language.
    is_switch: bool,
}

impl Rewriting<'_> {
    fn copy(&mut self, to: usize) {
        self.out.push_str(self.html.get(self.copied..to).unwrap_or_default());
        self.copied = to.max(self.copied);
    }

    fn hear(&mut self, text: &Spanned<HtmlString, usize>) {
        let words = String::from_utf8_lossy(&text.value);
        match &mut self.text {
            Some((_, heard)) => heard.push_str(&words),
            None => self.text = Some((text.span.start, words.into_owned())),
        }
    }

    /// Says the text that ends at `end` of the page.
    fn say(&mut self, end: usize) {
        let Some((start, text)) = self.text.take() else { return };
        if self.open.last().is_some_and(|it| it.is_silent) || text.trim().is_empty() {
            return;
        }
        let is_switch = self.open.last().is_some_and(|it| it.is_switch);
        let said =
            if is_switch { Some("Tiếng Việt".to_owned()) } else { self.catalogue.said(&text) };
        if let Some(said) = said {
            self.copy(start);
            self.out.push_str(&escaped(&said));
            self.copied = end;
        } else if is_vietnamese(&text) {
            self.mark();
        }
    }

    /// The innermost element is Vietnamese.
    fn mark(&mut self) {
        const LANG: &str = " lang=\"vi\"";
        let Some(open) = self.open.last_mut().filter(|it| !it.has_lang) else { return };
        open.has_lang = true;
        self.out.insert_str(open.tag_end, LANG);
    }

    fn begin(&mut self, tag: &StartTag<usize>) {
        self.say(tag.span.start);
        self.copy(tag.span.start);
        let name: &[u8] = &tag.name;
        for (start, end, text) in self.changed(tag) {
            self.copy(start);
            self.out.push_str(&text);
            self.copied = end;
        }
        self.copy(tag.span.end);
        if VOID.contains(&name) || tag.self_closing {
            return;
        }
        let is_within = self.open.last().is_some_and(|it| it.is_silent);
        self.open.push(Open {
            name: tag.name.clone(),
            is_silent: is_within || SILENT.contains(&name),
            tag_end: self.out.len().saturating_sub(1),
            has_lang: tag.attributes.contains_key(b"lang".as_slice()),
            is_switch: tag.attributes.contains_key(b"data-tongue".as_slice()),
        });
    }

    fn end(&mut self, name: &HtmlString, start: usize) {
        self.say(start);
        self.copy(start);
        // What was left open within ends with it.
        if let Some(at) = self.open.iter().rposition(|it| it.name == *name) {
            self.open.truncate(at);
        }
    }

    /// What of `tag` is written otherwise: from where to where, and how, in order.
    fn changed(&self, tag: &StartTag<usize>) -> Vec<(usize, usize, String)> {
        let name: &[u8] = &tag.name;
        let mut changed = Vec::new();
        let other = tag.attributes.get(b"data-tongue".as_slice());
        for (key, value) in &tag.attributes {
            let written = self.html.get(value.span.start..value.span.end).unwrap_or_default();
            if !written.ends_with('"') {
                continue;
            }
            let text = String::from_utf8_lossy(&value.value);
            let key: &[u8] = key;
            let said = match key {
                b"lang" if name == b"html" => Some("en".to_owned()),
                b"href" if other.is_some() => {
                    other.map(|it| String::from_utf8_lossy(&it.value).into_owned())
                }
                b"hreflang" | b"lang" if other.is_some() => Some("vi".to_owned()),
                b"value" if is_label(tag) => self.catalogue.said(&text),
                b"content" if is_told(tag) => self.catalogue.said(&text),
                _ if WORDS.contains(&key) => self.catalogue.said(&text),
                _ if ADDRESSES.contains(&key) && name != b"link" => address(&text),
                _ => None,
            };
            if let Some(said) = said {
                let key = String::from_utf8_lossy(key).into_owned();
                let text = format!("{key}=\"{}\"", quoted(&said));
                changed.push((value.span.start, value.span.end, text));
            }
        }
        changed.sort_unstable_by_key(|it| it.0);
        changed
    }
}

/// True when the value is what the button says, and is not sent.
fn is_label(tag: &StartTag<usize>) -> bool {
    let of = |name: &[u8]| tag.attributes.get(name).map(|it| it.value.as_slice());
    tag.name.as_slice() == b"input"
        && matches!(of(b"type"), Some(b"submit" | b"button"))
        && of(b"name").is_none()
}

/// True for what a page says of itself to those who show a link to it.
fn is_told(tag: &StartTag<usize>) -> bool {
    let of = |name: &[u8]| tag.attributes.get(name).map(|it| it.value.as_slice());
    let told = of(b"name").or_else(|| of(b"property"));
    tag.name.as_slice() == b"meta"
        && matches!(told, Some(b"description" | b"og:title" | b"og:description" | b"og:site_name"))
}

/// The address in English; none for what is not a page of ours, or is English already.
fn address(path: &str) -> Option<String> {
    let is_ours = path.starts_with('/') && !path.starts_with("//") && bare(path).is_none();
    is_ours.then(|| prefixed(path))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn quoted(text: &str) -> String {
    escaped(text).replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: &str = "
msgid \"\"
msgstr \"Content-Type: text/plain; charset=UTF-8\\nContent-Transfer-Encoding: 8bit\\nLanguage: en\\n\"

msgid \"Trang chủ\"
msgstr \"Home & more\"

msgid \"Tìm\"
msgstr \"Search\"

msgid \"{} nhiệm vụ\"
msgstr \"{} tasks\"
";

    fn said(html: &str) -> String {
        page(&Catalogue::read(&[("some", SOME)]).unwrap(), html)
    }

    #[test]
    fn words_and_links_are_said_and_everything_else_is_copied() {
        let vi = "<!doctype html>\n<html lang=\"vi\"><head><title>Trang chủ</title><link href=\"/a.css\"></head>\
            <body><!-- Trang chủ --><a class=x href=\"/tin?q=a&amp;b\">Trang chủ</a>\
            <input type=\"submit\" value=\"Tìm\" aria-label=\"Tìm\" disabled><p>2 nhiệm vụ<br>Tìm</p>\
            <form action=\"/\"><textarea>Trang chủ</textarea></form><script>\"Tìm\"</script>\
            <a href=\"https://x.vn/\">x</a><a href=\"//x\">x</a><a href=\"#chinh\">x</a></body></html>";
        let en = "<!doctype html>\n<html lang=\"en\"><head><title>Home &amp; more</title><link href=\"/a.css\"></head>\
            <body><!-- Trang chủ --><a class=x href=\"/en/tin?q=a&amp;b\">Home &amp; more</a>\
            <input type=\"submit\" value=\"Search\" aria-label=\"Search\" disabled><p>2 tasks<br>Search</p>\
            <form action=\"/en\"><textarea>Trang chủ</textarea></form><script>\"Tìm\"</script>\
            <a href=\"https://x.vn/\">x</a><a href=\"//x\">x</a><a href=\"#chinh\">x</a></body></html>";
        assert_eq!(said(vi), en);
    }

    #[test]
    fn what_a_button_sends_is_sent_as_it_is() {
        for it in [
            "<button name=\"viec\" value=\"Tìm\">",
            "<input type=\"submit\" name=\"viec\" value=\"1.234\">",
        ] {
            assert_eq!(said(it), it);
        }
    }

    #[test]
    fn what_people_wrote_stays_and_is_marked_as_vietnamese() {
        assert_eq!(
            said(
                "<li><a href=\"/tin/a\">Đường hỏng &lt;b&gt;</a> <b>57</b></li><p lang=\"vi\">Đường</p>"
            ),
            "<li><a href=\"/en/tin/a\" lang=\"vi\">Đường hỏng &lt;b&gt;</a> <b>57</b></li><p lang=\"vi\">Đường</p>",
        );
    }

    #[test]
    fn the_same_page_in_the_other_language_is_one_step_away() {
        assert_eq!(
            said(
                "<a href=\"/en/tin\" hreflang=\"en\" lang=\"en\" data-tongue=\"/tin\">English</a>"
            ),
            "<a href=\"/tin\" hreflang=\"vi\" lang=\"vi\" data-tongue=\"/tin\">Tiếng Việt</a>",
        );
        // An address that is English already stays.
        assert_eq!(said("<a href=\"/en/tin/a\">x</a>"), "<a href=\"/en/tin/a\">x</a>");
    }

    #[test]
    fn a_page_that_breaks_off_or_nests_wrongly_keeps_every_byte_it_had() {
        for it in
            ["<p>Đường<b>hỏng</p>", "</div><a href=\"/x", "&nbsp;<", "Đường & ngõ < 5", "<p ="]
        {
            let bare = said(it).replace(" lang=\"vi\"", "");
            assert_eq!(bare, it);
        }
    }
}
