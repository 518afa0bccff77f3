use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::LazyLock;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../docs/images"]
struct Pictures;

static SIZES: LazyLock<BTreeMap<String, (u32, u32)>> = LazyLock::new(|| {
    let size = |name: String| {
        let bytes = Pictures::get(&name)?.data;
        let size = image::ImageReader::new(Cursor::new(&bytes)).with_guessed_format().ok()?;
        Some((name, size.into_dimensions().ok()?))
    };
    Pictures::iter().filter_map(|it| size(it.into_owned())).collect()
});

/// The names of all pictures.
pub fn pictures() -> impl Iterator<Item = String> {
    Pictures::iter().map(std::borrow::Cow::into_owned)
}

/// The picture `name` of the guides, as WebP.
pub fn picture(name: &str) -> Option<Vec<u8>> {
    Some(Pictures::get(name)?.data.into_owned())
}

/// Its width and height in pixels, so that a page does not move when it comes.
pub(super) fn size(name: &str) -> Option<(u32, u32)> {
    SIZES.get(name).copied()
}
