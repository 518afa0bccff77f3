//! From bytes to Vietnamese letters: Unicode in its forms, and the code pages from before it.

mod legacy;
mod syllable;
#[cfg(test)]
mod tests;

use unicode_normalization::UnicodeNormalization as _;

use crate::error::{PaperError, TooBig};
use crate::limits::MAX_TEXT_CHARS;
pub(crate) use legacy::Legacy;
use legacy::latin_as_bytes;

/// Text together with what had to be done to read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letters {
    pub(crate) text: String,
    pub(crate) warning: Option<String>,
}

/// Share of the words with special letters that must be Vietnamese syllables.
const ENOUGH: f64 = 0.85;
/// By how much the best reading must beat the next one.
const MARGIN: f64 = 0.15;

/// Decodes a plain text file.
pub(crate) fn decode(bytes: &[u8]) -> Result<Letters, PaperError> {
    if let Some(text) = unicode(bytes) {
        return repair(&text);
    }
    if bytes.contains(&0) {
        return Err(PaperError::Encoding);
    }
    best(bytes, &[Legacy::Tcvn3, Legacy::Vni, Legacy::Windows1258]).ok_or(PaperError::Encoding)
}

/// Mends text that is Unicode by its form but shows the letters of an old font, as when TCVN3 or
/// VNI text is pasted; leaves good text as it is. Returns NFC.
pub(crate) fn repair(text: &str) -> Result<Letters, PaperError> {
    if text.len() > 4 * MAX_TEXT_CHARS || text.chars().count() > MAX_TEXT_CHARS {
        return Err(PaperError::too_big(TooBig::Text, MAX_TEXT_CHARS as u64));
    }
    let text: String = text.nfc().collect();
    if syllable::share(&text).is_none_or(|share| share >= 0.6) {
        // Some programs write the Icelandic letter that looks like Đ.
        return Ok(Letters { text: text.replace('Ð', "Đ").replace('ð', "đ"), warning: None });
    }
    let found = latin_as_bytes(&text).and_then(|bytes| best(&bytes, &[Legacy::Tcvn3, Legacy::Vni]));
    Ok(found.unwrap_or(Letters { text, warning: None }))
}

/// The one reading among `candidates` that gives Vietnamese, if there is one.
fn best(bytes: &[u8], candidates: &[Legacy]) -> Option<Letters> {
    let mut readings: Vec<(f64, Legacy, String)> = candidates
        .iter()
        .filter_map(|legacy| {
            let text: String = legacy.decode(bytes)?.nfc().collect();
            let share = syllable::share(&text)?;
            Some((share, *legacy, text))
        })
        .collect();
    readings.sort_by(|a, b| b.0.total_cmp(&a.0));
    let next = readings.get(1).map_or(0.0, |r| r.0);
    let (share, legacy, text) = readings.into_iter().next()?;
    if share < ENOUGH || share - next < MARGIN {
        return None;
    }
    Some(Letters {
        text,
        warning: Some(format!(
            "Đã chuyển mã văn bản từ {} sang Unicode; hãy soát lại chữ hoa có dấu.",
            legacy.label()
        )),
    })
}

/// UTF-8 and UTF-16, with or without a byte order mark; `None` when it is neither.
fn unicode(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => return String::from_utf8(rest.to_vec()).ok(),
        [0xff, 0xfe, rest @ ..] => return wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return wide(rest, u16::from_be_bytes),
        _ => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return Some(text.to_owned());
    }
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if bytes.len() >= 4 && odd > bytes.len() / 8 && even == 0 {
        return wide(bytes, u16::from_le_bytes);
    }
    if bytes.len() >= 4 && even > bytes.len() / 8 && odd == 0 {
        return wide(bytes, u16::from_be_bytes);
    }
    None
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|text| !text.contains('\0'))
}
