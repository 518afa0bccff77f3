//! Evidence that is not a file: an address, or the number of a document.

use sauro_kernel::{Line, TextError};

/// Longest address accepted, in characters.
const MAX_ADDRESS: usize = 500;
/// Longest number accepted, in characters.
const MAX_NUMBER: usize = 60;

/// An address as evidence.
///
/// # Errors
///
/// A Vietnamese sentence: only `http://` and `https://` with a host are accepted.
pub fn parse_link(raw: &str) -> Result<String, &'static str> {
    const WRONG: &str =
        "Nhập địa chỉ bắt đầu bằng https:// hoặc http://, ví dụ https://donvi.gov.vn/ket-qua.";
    let text = raw.trim();
    if text.chars().count() > MAX_ADDRESS {
        return Err("Địa chỉ dài quá 500 ký tự. Hãy dùng địa chỉ ngắn hơn.");
    }
    let lower = text.to_ascii_lowercase();
    let rest =
        lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).ok_or(WRONG)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let is_host = !name.is_empty()
        && !host.contains('@')
        && name.contains('.')
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..");
    let is_plain = !text
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\'));
    if is_host && is_plain { Ok(text.to_owned()) } else { Err(WRONG) }
}

/// The number of a document as evidence, such as `15/QĐ-UBND` or `12-CV/TU`.
///
/// # Errors
///
/// A Vietnamese sentence that shows the form wanted.
pub fn parse_document_number(raw: &str) -> Result<String, &'static str> {
    const WRONG: &str = "Nhập số, ký hiệu văn bản có dạng 15/QĐ-UBND hoặc 12-CV/TU.";
    let line = match Line::parse(raw) {
        Ok(line) => line,
        Err(TextError::Empty | TextError::TooLong { .. }) => return Err(WRONG),
    };
    let text = ["Số:", "số:", "Số", "số"]
        .iter()
        .find_map(|word| line.as_str().strip_prefix(word))
        .unwrap_or(line.as_str())
        .trim();
    if text.chars().count() > MAX_NUMBER {
        return Err(WRONG);
    }
    let groups: Vec<&str> = text.split(['/', '-']).map(str::trim).collect();
    let is_group = |it: &&str| {
        !it.is_empty()
            && it.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '&' | ' '))
    };
    let starts_with_number = groups.first().is_some_and(|it| {
        let digits = it.chars().take_while(char::is_ascii_digit).count();
        (1..=6).contains(&digits) && it.chars().count() <= digits + 2
    });
    let has_sign = groups.iter().skip(1).any(|it| it.chars().any(char::is_alphabetic));
    if starts_with_number && has_sign && groups.iter().all(is_group) {
        Ok(text.to_owned())
    } else {
        Err(WRONG)
    }
}
