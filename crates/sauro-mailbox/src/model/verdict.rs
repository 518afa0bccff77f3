//! What the own mail server found out about the address a message claims to come from.

/// The sentence for the officer when one of `headers` (`Authentication-Results`, from the top) says that the
/// address was not confirmed; empty otherwise. Only those of `server_id` count, or those of the server that
/// stands on top when none is named: others may be written by whoever sent the message. A good word counts for
/// nothing either way.
///
/// Source: RFC 8601 sections 2.2, 2.7 and 7.1.
pub fn doubt_of(headers: &[String], server_id: &str) -> String {
    let mut trusted = server_id.to_lowercase();
    let mut against: Vec<String> = Vec::new();
    let mut is_confirmed = false;
    for header in headers {
        let text = without_comments(header).to_lowercase();
        let mut parts = text.split(';');
        let server = parts.next().and_then(|it| it.split_whitespace().next()).unwrap_or_default();
        if trusted.is_empty() {
            trusted = server.to_owned();
        }
        if server != trusted {
            continue;
        }
        for part in parts {
            let word = part.split_whitespace().next().unwrap_or_default();
            match word.split_once('=') {
                Some(("dmarc", "pass")) => is_confirmed = true,
                Some(("spf" | "dkim" | "dmarc", "fail" | "softfail"))
                    if !against.iter().any(|it| it == word) =>
                {
                    against.push(word.to_owned());
                }
                _ => {}
            }
        }
    }
    if is_confirmed || against.is_empty() {
        return String::new();
    }
    format!("Địa chỉ gửi chưa được xác nhận: máy chủ thư báo {}.", against.join(", "))
}

/// `text` without what stands in round brackets.
fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}
