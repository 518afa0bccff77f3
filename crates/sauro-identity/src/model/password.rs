//! What a password must be (NIST SP 800-63B: long, not well known; no rules about kinds of characters).

use super::Login;

/// Fewest characters.
pub const MIN_CHARS: usize = 10;

/// More is refused, so that nobody can make the server hash a book.
const MAX_CHARS: usize = 200;

/// Passwords of ten or more characters that everybody tries first.
const COMMON: [&str; 40] = [
    "1234567890",
    "0123456789",
    "0987654321",
    "1111111111",
    "0000000000",
    "12345678910",
    "123456789a",
    "a123456789",
    "abc1234567",
    "abcd123456",
    "qwertyuiop",
    "qwerty1234",
    "qwerty12345",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "password12",
    "password123",
    "password1234",
    "p@ssw0rd123",
    "passw0rd123",
    "matkhau123",
    "matkhau1234",
    "matkhau12345",
    "iloveyou123",
    "anhyeuem123",
    "emyeuanh123",
    "vietnam123",
    "vietnam2026",
    "vietnam2025",
    "hanoi12345",
    "saigon1234",
    "admin12345",
    "admin123456",
    "quantri123",
    "quantri1234",
    "chuyenvien",
    "chuyendoiso",
    "chuyendoiso123",
    "welcome123",
    "aaaaaaaaaa",
];

/// What is wrong with `password` for `login`, in Vietnamese; `None` when it will do.
pub fn password_fault(password: &str, login: &Login) -> Option<&'static str> {
    let n_chars = password.chars().count();
    let folded = password.trim().to_lowercase();
    let name = login.as_str().split('@').next().unwrap_or_default();
    if n_chars < MIN_CHARS {
        Some("Mật khẩu cần ít nhất 10 ký tự. Nên dùng một câu dễ nhớ.")
    } else if n_chars > MAX_CHARS {
        Some("Mật khẩu dài quá 200 ký tự. Rút ngắn lại.")
    } else if folded == login.as_str() || folded == name {
        Some("Mật khẩu không được trùng tên đăng nhập. Chọn mật khẩu khác.")
    } else if COMMON.contains(&folded.as_str()) || is_one_letter(&folded) {
        Some("Mật khẩu này quá phổ biến, ai cũng đoán được. Chọn mật khẩu khác.")
    } else {
        None
    }
}

fn is_one_letter(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters.next();
    letters.all(|c| Some(c) == first)
}
