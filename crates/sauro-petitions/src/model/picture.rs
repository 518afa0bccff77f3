//! Pictures of a case for everybody: which parts are covered.

use sauro_kernel::PetitionFileId;
use sauro_papers::{Cover, CoverKind};

/// Most parts covered in one picture.
pub const MOST_COVERS: usize = 20;

/// Whole of a side, in the measure of [`Cover`].
const WHOLE: u32 = 1000;

/// The copy of a picture with parts covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file that it was made of.
    pub file: PetitionFileId,
    /// Everybody may see it; otherwise it waits for a leader.
    pub is_public: bool,
    /// SHA-256 of the copy, a JPEG.
    pub hash: [u8; 32],
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Its size in bytes.
    pub n_bytes: i64,
    /// What is covered.
    pub covers: Vec<Cover>,
    /// When it was made, unix microseconds.
    pub made_at: i64,
}

/// Files of this type can be shown to everybody, once drawn anew.
pub fn is_picture(mime: &str) -> bool {
    matches!(mime, "image/jpeg" | "image/png" | "image/webp")
}

/// `covers` as addresses and rows hold them: `120.80.300.45.d_…` in thousandths, `d` black and `m` blurred.
pub fn covers_text(covers: &[Cover]) -> String {
    let one = |it: &Cover| {
        let kind = match it.kind {
            CoverKind::Black => 'd',
            CoverKind::Blur => 'm',
        };
        format!("{}.{}.{}.{}.{kind}", it.left, it.top, it.width, it.height)
    };
    covers.iter().map(one).collect::<Vec<_>>().join("_")
}

/// The covers that [`covers_text`] wrote; nothing when a part lies outside or there are too many.
pub fn covers_of(text: &str) -> Option<Vec<Cover>> {
    let parts = text.split('_').filter(|it| !it.is_empty());
    let covers: Vec<Cover> = parts.map(cover_of).collect::<Option<_>>()?;
    (covers.len() <= MOST_COVERS).then_some(covers)
}

fn cover_of(text: &str) -> Option<Cover> {
    let mut parts = text.split('.');
    let mut number = || parts.next()?.parse::<u32>().ok().filter(|it| *it <= WHOLE);
    let (left, top, width, height) = (number()?, number()?, number()?, number()?);
    let kind = match parts.next()? {
        "d" => CoverKind::Black,
        "m" => CoverKind::Blur,
        _ => return None,
    };
    let is_inside = left + width <= WHOLE && top + height <= WHOLE && width > 0 && height > 0;
    (is_inside && parts.next().is_none()).then_some(Cover { left, top, width, height, kind })
}
