/// The e-mail address in `text`, if mail can be sent to it: nothing in quotes, no comments, no control characters, so
/// that nothing typed becomes a header or a second reader.
///
/// Source: RFC 5321 section 4.1.2 (dot-string), RFC 1035 section 2.3.1.
pub fn mail_address(text: &str) -> Option<&str> {
    let text = text.trim();
    let is_word = |part: &str| !part.is_empty() && !part.starts_with('-') && !part.ends_with('-');
    let is_domain = |domain: &str| {
        domain.contains('.')
            && domain.split('.').all(is_word)
            && domain.bytes().all(|it| it.is_ascii_alphanumeric() || b"-.".contains(&it))
    };
    let is_local = |local: &str| {
        local.split('.').all(|it| !it.is_empty())
            && local
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&it))
    };
    let (local, domain) = text.rsplit_once('@')?;
    let fits = text.len() <= 254 && local.len() <= 64;
    (fits && is_local(local) && is_domain(domain)).then_some(text)
}
