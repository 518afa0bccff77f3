//! Where the words of an item lead within the house.

use super::Content;

/// A link in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The mark of the block.
    pub mark: String,
    /// The words that lead there.
    pub words: String,
    /// The address: a path of this house, or a place of this page.
    pub href: String,
}

/// Links of `content` that lead within the house, in the order of its blocks. Others are not ours to keep.
pub fn links_of(content: &Content) -> Vec<Link> {
    let mut all = Vec::new();
    for (block, mark) in content.blocks.iter().zip(&content.marks) {
        for span in block.spans() {
            let is_own = span.href.starts_with(['/', '#']);
            if is_own {
                let (words, href) = (span.text.trim().to_owned(), span.href.clone());
                all.push(Link { mark: mark.clone(), words, href });
            }
        }
    }
    all
}

/// The word of an item in `href`, when it is the address of one.
pub fn slug_in(href: &str) -> Option<&str> {
    let path = href.split(['?', '#']).next()?;
    let mut words = path.strip_prefix('/')?.split('/');
    let mut place = words.next()?;
    if super::Tongue::of_code(place).is_some() {
        place = words.next()?;
    }
    let slug = words.next().filter(|it| !it.is_empty() && words.next().is_none())?;
    ["tin", "trang", "van-ban", "lay-y-kien"].contains(&place).then_some(slug)
}
