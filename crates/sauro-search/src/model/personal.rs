/// Digits from which on a number may be somebody's: telephones have nine.
const DIGITS: usize = 8;

/// True of words that look like something about a person: a telephone, an identity number, an account, an
/// e-mail address. Such words are kept nowhere.
pub fn looks_personal(typed: &str) -> bool {
    if typed.contains('@') {
        return true;
    }
    let mut n = 0;
    for c in typed.chars() {
        match c {
            c if c.is_numeric() => n += 1,
            // What stands between the digits of a number.
            ' ' | '.' | '-' | '+' | '(' | ')' | '\u{a0}' => {}
            _ => n = 0,
        }
        if n >= DIGITS {
            return true;
        }
    }
    false
}
