//! File names as they may be stored and offered for download again.

use unicode_normalization::UnicodeNormalization as _;

use crate::limits::MAX_NAME_CHARS;

/// A safe file name: the last path part only, NFC, no control or reserved characters, not hidden,
/// at most [`MAX_NAME_CHARS`] characters with the extension kept; `tep` when nothing is left.
pub fn clean_name(raw: &str) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or("");
    // Composed last: a hidden character may have kept marks apart that now meet.
    let visible: String = last.chars().map(replaced).filter(|c| !is_hidden(*c)).nfc().collect();
    let joined = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let trimmed = joined.trim_start_matches(['.', ' ', '-']).trim_end_matches(['.', ' ']);
    let (stem, extension) = parts(trimmed);
    let stem =
        if stem.is_empty() || is_device(stem) { format!("tep{stem}") } else { stem.to_owned() };
    let Some(extension) = extension else {
        return stem.chars().take(MAX_NAME_CHARS).collect();
    };
    let room = MAX_NAME_CHARS.saturating_sub(extension.chars().count() + 1);
    let stem: String = stem.chars().take(room).collect();
    format!("{}.{extension}", stem.trim_end())
}

/// The extension of a name in lower case, without its dot.
pub(crate) fn extension(name: &str) -> Option<String> {
    parts(&clean_name(name)).1.map(str::to_lowercase)
}

/// Stem and extension; only a short ASCII ending counts as an extension.
fn parts(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('.') {
        Some((stem, end))
            if (1..=10).contains(&end.len()) && end.chars().all(|c| c.is_ascii_alphanumeric()) =>
        {
            (stem, Some(end))
        }
        _ => (name, None),
    }
}

fn replaced(c: char) -> char {
    match c {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
        other => other,
    }
}

/// Control characters, and those that turn the direction of writing or take no room: with them
/// `fdp.exe` can be made to look like `exe.pdf`.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

/// Names that Windows keeps for devices.
fn is_device(stem: &str) -> bool {
    let upper = stem.to_ascii_uppercase();
    matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (upper.len() == 4
            && (upper.starts_with("COM") || upper.starts_with("LPT"))
            && upper.ends_with(|c: char| c.is_ascii_digit()))
}
