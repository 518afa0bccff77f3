use sauro_kernel::fold;

/// Longest word of an address, in letters.
const MOST: usize = 90;

/// Words that other pages of the same place have.
const TAKEN: [&str; 4] = ["tat-ca", "moi", "nguon", "tep"];

/// The word of an address made of `title`: letters without marks, digits, single hyphens; nothing when there is
/// not one letter in it.
pub fn slug_of(title: &str) -> Option<String> {
    let folded = fold(title);
    let mut slug = String::new();
    for word in folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty()) {
        let room = MOST.saturating_sub(slug.len() + usize::from(!slug.is_empty()));
        if word.len() > room {
            if slug.is_empty() {
                slug.extend(word.chars().take(MOST));
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if slug.is_empty() { None } else { Some(spare(slug)) }
}

/// The `n`-th try when `slug` is another item's.
pub fn numbered(slug: &str, n: u32) -> String {
    if n < 2 { slug.to_owned() } else { format!("{slug}-{n}") }
}

/// `slug`, or another word when a page of the place has it.
fn spare(slug: String) -> String {
    if TAKEN.contains(&slug.as_str()) { format!("{slug}-1") } else { slug }
}
