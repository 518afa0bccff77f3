//! Texts of askama templates.

use super::{is_label, is_vietnamese, shown, without_holes};

/// Attributes whose words people see or hear.
const WORDS: [&str; 8] = [
    "alt",
    "aria-description",
    "aria-label",
    "content",
    "label",
    "placeholder",
    "title",
    "data-tick-all",
];

/// A run of text with more ways through it than this is cut short: nobody would write so much into one line.
const MOST_WAYS: usize = 24;

/// A piece of a template.
enum Piece<'a> {
    Text(&'a str),
    /// What `{{ }}` shows.
    Shown(&'a str),
    /// What `{% %}` does.
    Done(&'a str),
}

/// Every text of `template` that a screen may show. `{{ }}` is a hole; of `{% if %}` each way is a text of its own.
pub(super) fn phrases(template: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in pieces(template) {
        let (Piece::Shown(inside) | Piece::Done(inside)) = piece else { continue };
        let word = first_word(inside);
        if !matches!(word, "extends" | "include" | "import") {
            let said = quoted(inside).into_iter().map(|it| shown(&it));
            found.extend(said.filter(|it| is_vietnamese(it) || is_label(it)));
        }
    }
    for run in runs(template) {
        found.extend(ways(&pieces(&run)).into_iter().flat_map(|way| {
            way.split('\u{1}').map(shown).filter(|it| is_phrase(it)).collect::<Vec<_>>()
        }));
    }
    found
}

/// True when there is something to say: two letters, or a lone capital.
fn is_phrase(text: &str) -> bool {
    let bare = without_holes(text);
    let mut before = false;
    let has_two = bare.chars().any(|it| {
        let is_word = it.is_alphabetic() && before;
        before = it.is_alphabetic();
        is_word
    });
    has_two || (bare.len() == 1 && bare.chars().all(char::is_uppercase))
}

fn first_word(inside: &str) -> &str {
    let bare = inside.trim_start_matches(['-', '+', '~']).trim_start();
    bare.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default()
}

/// Literals within an expression.
fn quoted(inside: &str) -> Vec<String> {
    let mut parts = inside.split('"');
    let mut all = Vec::new();
    while let (Some(_), Some(literal)) = (parts.next(), parts.next()) {
        all.push(literal.to_owned());
    }
    all
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut left = text;
    while let Some(at) =
        left.find("{{").into_iter().chain(left.find("{%")).chain(left.find("{#")).min()
    {
        let (before, rest) = left.split_at(at);
        all.push(Piece::Text(before));
        let (kind, end) = match rest.as_bytes().get(1) {
            Some(b'{') => (0, "}}"),
            Some(b'%') => (1, "%}"),
            _ => (2, "#}"),
        };
        let close = rest.find(end).unwrap_or(rest.len());
        let inside = rest.get(2..close).unwrap_or_default();
        match kind {
            0 => all.push(Piece::Shown(inside)),
            1 => all.push(Piece::Done(inside)),
            _ => {}
        }
        left = rest.get(close + 2..).unwrap_or_default();
    }
    all.push(Piece::Text(left));
    all
}

/// The texts between tags and the worded attributes of these, with what askama does in them.
fn runs(template: &str) -> Vec<String> {
    let (mut runs, mut run, mut tag) = (Vec::new(), String::new(), None::<String>);
    let mut quote = false;
    let mut raw = None;
    for piece in pieces(template) {
        let text = match piece {
            Piece::Text(text) => text,
            Piece::Shown(inside) => {
                tag.as_mut().unwrap_or(&mut run).push_str(&format!("{{{{{inside}}}}}"));
                continue;
            }
            Piece::Done(inside) => {
                tag.as_mut().unwrap_or(&mut run).push_str(&format!("{{%{inside}%}}"));
                continue;
            }
        };
        for (n, it) in text.char_indices() {
            let rest = text.get(n..).unwrap_or_default();
            match (&mut tag, it) {
                (None, _) if raw.is_some_and(|end: &str| !rest.starts_with(end)) => {}
                (None, '<')
                    if rest.get(1..2).is_some_and(|it| {
                        it.starts_with(|it: char| {
                            it.is_ascii_alphabetic() || it == '/' || it == '!'
                        })
                    }) =>
                {
                    raw = None;
                    runs.push(std::mem::take(&mut run));
                    tag = Some(String::new());
                }
                (None, it) => run.push(it),
                (Some(inside), '>') if !quote => {
                    raw = [("script", "</script"), ("style", "</style")]
                        .into_iter()
                        .find_map(|(name, end)| inside.starts_with(name).then_some(end));
                    runs.extend(worded(inside));
                    tag = None;
                }
                (Some(inside), it) => {
                    quote ^= it == '"';
                    inside.push(it);
                }
            }
        }
    }
    runs.push(run);
    runs
}

/// The attributes of a tag whose words people see.
fn worded(tag: &str) -> Vec<String> {
    let is_button = tag.starts_with("input")
        && (tag.contains("type=\"submit\"") || tag.contains("type=\"button\""));
    let names = WORDS.into_iter().chain(is_button.then_some("value"));
    names
        .filter_map(|name| {
            let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
            Some(until_quote(rest).to_owned())
        })
        .collect()
}

/// `rest` up to the quote that ends it: those within an expression of askama end nothing.
fn until_quote(rest: &str) -> &str {
    let mut inside = 0_i32;
    let mut before = ' ';
    for (n, it) in rest.char_indices() {
        match (before, it) {
            ('{', '{' | '%') => inside += 1,
            ('}' | '%', '}') => inside -= 1,
            (_, '"') if inside <= 0 => return rest.get(..n).unwrap_or(rest),
            _ => {}
        }
        before = it;
    }
    rest
}

/// Each text that the pieces of a run may show.
fn ways(pieces: &[Piece<'_>]) -> Vec<String> {
    let mut left = pieces.iter();
    branch(&mut left).0
}

/// The texts up to the end of the block that was entered, and whether one of its ways is certain to be gone.
fn branch(left: &mut std::slice::Iter<'_, Piece<'_>>) -> (Vec<String>, bool) {
    let mut done: Vec<String> = Vec::new();
    let mut now = vec![String::new()];
    let mut has_else = false;
    while let Some(piece) = left.next() {
        match piece {
            Piece::Text(text) => now.iter_mut().for_each(|it| it.push_str(text)),
            Piece::Shown(inside) => {
                // An icon, or a piece of a page of its own, is no part of the sentence.
                let is_apart =
                    ["icon(", "notice(", "errors(", "empty("].iter().any(|it| inside.contains(it));
                now.iter_mut().for_each(|it| it.push_str(if is_apart { "\u{1}" } else { "{}" }));
            }
            Piece::Done(inside) => match first_word(inside) {
                word @ ("if" | "match" | "for" | "call" | "filter" | "macro" | "block") => {
                    let (mut within, is_certain) = branch(left);
                    if word == "for" || (word == "if" && !is_certain) {
                        within.push(String::new());
                    }
                    let both = now.iter().flat_map(|a| within.iter().map(move |b| a.clone() + b));
                    now = both.take(MOST_WAYS).collect();
                }
                word @ ("else" | "elif" | "when") => {
                    // "{% else if %}" leaves the last way open still.
                    has_else |= word == "else"
                        && first_word(inside.trim_start().trim_start_matches("else")) != "if";
                    done.append(&mut now);
                    now = vec![String::new()];
                }
                word if word.starts_with("end") => break,
                _ => {}
            },
        }
    }
    done.append(&mut now);
    (done, has_else)
}

#[test]
fn every_way_through_a_text_is_found_and_words_of_attributes_and_calls_too() {
    let text = "{% extends \"a.html\" %}<p title=\"Xem {{ a(\"b\") }} lần\">Còn {{ n }} ngày{% if late %}, quá hạn{% endif %}</p>\
        {{ p::empty(\"Chưa có gì\") }}<script>let a = \"Không\";</script><b>{{ icon(\"x\") }}Gửi</b>{% if a %}Có{% else %}Không{% endif %}";
    let mut found = phrases(text);
    found.sort();
    assert_eq!(
        found,
        ["Chưa có gì", "Còn {} ngày", "Còn {} ngày, quá hạn", "Có", "Gửi", "Không", "Xem {} lần"]
    );
}
