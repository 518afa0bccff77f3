//! Comparing and ordering Vietnamese the same way on every engine.

use std::sync::OnceLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The canonical composed form (NFC) of `text`.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// The key for matching: marks stripped, `đ` as `d`, lower case, every run of other characters than
/// letters and digits one space. `Hoà Bình`, `Hòa  bình` and `hoa binh` have the same key.
pub fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut is_gap = false;
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        for c in c.to_lowercase() {
            if c.is_alphanumeric() || matches!(c, '*' | '-' | '_') {
                if is_gap && !key.is_empty() {
                    key.push(' ');
                }
                is_gap = false;
                key.push(if c == 'đ' { 'd' } else { c });
            } else {
                is_gap = true;
            }
        }
    }
    key
}

/// `text` in the letters of ASCII, as people write where marks are not to be had: `Đã có trả lời` is `Da co tra loi`.
/// What has no such letter goes.
pub fn unmarked(text: &str) -> String {
    let of = |c: char| match c {
        'đ' => 'd',
        'Đ' => 'D',
        '–' | '—' => '-',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '…' => '.',
        c => c,
    };
    text.nfd().map(of).filter(char::is_ascii).collect()
}

/// The key for ordering: bytes that sort as a Vietnamese dictionary does (ICU collation, `vi`).
/// Both engines compare it byte by byte.
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::new();
    match collator() {
        Some(collator) => {
            // Writing to a vector cannot fail.
            let Ok(()) = collator.write_sort_key_to(text, &mut key);
        }
        None => key.extend_from_slice(fold(text).as_bytes()),
    }
    key
}

/// The collation data is compiled in; without it the folded key stands in.
fn collator() -> Option<&'static CollatorBorrowed<'static>> {
    static COLLATOR: OnceLock<Option<CollatorBorrowed<'static>>> = OnceLock::new();
    COLLATOR
        .get_or_init(|| Collator::try_new(locale!("vi").into(), CollatorOptions::default()).ok())
        .as_ref()
}
