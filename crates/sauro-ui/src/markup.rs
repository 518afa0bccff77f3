use std::fmt;

use askama::filters::HtmlSafe;

/// Markup that is already safe: templates print it as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markup(pub(crate) String);

impl Markup {
    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// Escapes text that goes between tags or into a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// An icon of the sprite. It says nothing to a screen reader: words must stand beside it.
pub fn icon(name: impl AsRef<str>) -> Markup {
    let sprite = crate::asset("icons.svg");
    let name = escape(name.as_ref());
    Markup(format!(r##"<svg class="ic" aria-hidden="true"><use href="{sprite}#{name}"/></svg>"##))
}

/// The words of a status code: `done`, `late`, `run`, `soon`, `over`; anything else is `none`.
pub fn status_words(code: impl AsRef<str>) -> &'static str {
    match code.as_ref() {
        "done" => "Hoàn thành đúng hạn",
        "late" => "Hoàn thành quá hạn",
        "run" => "Trong hạn",
        "soon" => "Sắp đến hạn",
        "over" => "Quá hạn",
        _ => "Chưa đánh giá được",
    }
}

/// A status pill: silhouette, words, colour. Empty `words` means the words of `code`; `class` may
/// be `bare` (no ground) or `bare wrap-ok` (may break over lines).
pub fn status(code: impl AsRef<str>, words: impl AsRef<str>, class: &str) -> Markup {
    let (code, words) = (code.as_ref(), words.as_ref());
    let code = match code {
        "done" | "late" | "run" | "soon" | "over" => code,
        _ => "none",
    };
    let words = if words.is_empty() { status_words(code) } else { words };
    let space = if class.is_empty() { "" } else { " " };
    Markup(format!(
        r#"<span class="st{space}{}" data-s="{code}">{}{}</span>"#,
        escape(class),
        icon(format!("s-{code}")),
        escape(words),
    ))
}

/// The six sides, clockwise from the top: người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền.
const SIDES: [(&str, &str); 6] = [
    ("người", "M13 3.4 18.9 6.8"),
    ("việc", "M20 8.6 20 15.4"),
    ("thời gian", "M18.9 17.2 13 20.6"),
    ("trách nhiệm", "M11 20.6 5.1 17.2"),
    ("sản phẩm", "M4 15.4 4 8.6"),
    ("thẩm quyền", "M5.1 6.8 11 3.4"),
];

/// The six-sided mark with its words, such as "4/6 rõ".
///
/// `missing` holds the positions that lack, 0 to 5: người, việc, thời gian, trách nhiệm, sản phẩm,
/// thẩm quyền.
pub fn six(missing: impl AsRef<[usize]>) -> Markup {
    let missing = missing.as_ref();
    let mut sides = String::new();
    let mut lacks = Vec::new();
    for (place, (name, path)) in SIDES.iter().enumerate() {
        let off = missing.contains(&place);
        if off {
            lacks.push(*name);
        }
        let class = if off { r#" class="off""# } else { "" };
        sides.push_str(&format!(r#"<path{class} d="{path}"/>"#));
    }
    let clear = SIDES.len() - lacks.len();
    let spoken = if lacks.is_empty() {
        String::new()
    } else {
        format!(r#"<span class="vh">, chưa rõ {}</span>"#, lacks.join(", "))
    };
    Markup(format!(
        r#"<span class="sixes"><svg class="six" viewBox="0 0 24 24" aria-hidden="true">{sides}</svg>{clear}/6 rõ{spoken}</span>"#
    ))
}

/// The attributes that tie a field to its hint and its fault.
///
/// The hint has the id `{name}-goi-y`, the fault `{name}-loi`.
pub fn described(name: &str, hint: &str, fault: &str) -> Markup {
    let mut ids = Vec::new();
    if !hint.is_empty() {
        ids.push(format!("{}-goi-y", escape(name)));
    }
    if !fault.is_empty() {
        ids.push(format!("{}-loi", escape(name)));
    }
    let mut out = String::new();
    if !fault.is_empty() {
        out.push_str(r#" aria-invalid="true""#);
    }
    if !ids.is_empty() {
        out.push_str(&format!(r#" aria-describedby="{}""#, ids.join(" ")));
    }
    Markup(out)
}
