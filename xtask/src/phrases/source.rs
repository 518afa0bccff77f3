//! Texts of Rust sources.

use super::{is_label, is_vietnamese, shown, template};

/// The literals of `text` that a screen may show, without those of its tests.
pub(super) fn phrases(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let literals = literals(text).into_iter();
    let said = literals.flat_map(|it| {
        match it.contains("</") || it.contains("/>") || (it.contains('<') && it.contains("=\"")) {
            // A piece of a page: its texts, not its tags.
            true => template::phrases(&it.replace('{', "{{").replace('}', "}}")),
            false => vec![shown(&it)],
        }
    });
    said.filter(|it| it.len() <= 1_500 && (is_vietnamese(it) || is_label(it))).collect()
}

/// String literals of `text`, with what they say, outside of comments.
fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let letters: Vec<char> = text.chars().collect();
    let at = |n: usize| letters.get(n).copied();
    let mut n = 0;
    while let Some(it) = at(n) {
        n = match (it, at(n + 1)) {
            ('/', Some('/')) => after(&letters, n, &['\n']),
            ('r', Some('#')) if at(n + 2) == Some('"') => {
                let end = after(&letters, n + 3, &['"', '#']);
                found.push(letters.get(n + 3..end - 2).unwrap_or_default().iter().collect());
                end
            }
            ('\'', Some('"')) => n + 3,
            ('\'', Some('\\')) if at(n + 2) == Some('"') => n + 4,
            ('"', _) => {
                let (literal, end) = literal(&letters, n + 1);
                found.push(literal);
                end
            }
            _ => n + 1,
        };
    }
    found
}

/// The place behind the next `mark`.
fn after(letters: &[char], from: usize, mark: &[char]) -> usize {
    let rest = letters.get(from..).unwrap_or_default();
    let at = rest.windows(mark.len()).position(|it| it == mark);
    at.map_or(letters.len() + mark.len(), |it| from + it + mark.len())
}

/// What the literal that begins at `from` says, and the place behind it.
fn literal(letters: &[char], from: usize) -> (String, usize) {
    let mut said = String::new();
    let mut n = from;
    while let Some(it) = letters.get(n) {
        n += 1;
        match it {
            '"' => break,
            '\\' => {
                let escape = letters.get(n).copied().unwrap_or_default();
                n += 1;
                match escape {
                    'n' => said.push('\n'),
                    't' => said.push('\t'),
                    // The line goes on.
                    '\n' => {
                        let rest = letters.get(n..).unwrap_or_default();
                        n += rest.iter().take_while(|it| it.is_whitespace()).count();
                    }
                    'u' => {
                        let end = after(letters, n, &['}']);
                        let code: String =
                            letters.get(n + 1..end - 1).unwrap_or_default().iter().collect();
                        said.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                        n = end;
                    }
                    other => said.push(other),
                }
            }
            other => said.push(*other),
        }
    }
    (said.replace('\u{feff}', ""), n)
}

#[test]
fn literals_are_found_whole_and_comments_are_not() {
    let text = "// \"Bỏ\"\nfn a() { let b = \"Gửi \\\"lúc\\\" \\\n    {at}\"; c('\"', \"Xem\", \"get_it\", '\\\"'); d(r#\"Đã \"xong\"\"#) }\n\
        #[cfg(test)]\nmod tests { \"Thử\" }";
    assert_eq!(phrases(text), ["Gửi \"lúc\" {at}", "Xem", "Đã \"xong\""]);
}
