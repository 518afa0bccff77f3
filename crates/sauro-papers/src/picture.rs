//! Pictures from people's telephones, without what they tell of place, time and machine.

use bytes::Bytes;
use image::metadata::Orientation;
use img_parts::ImageEXIF;
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;

use crate::FileKind;

/// The file says that it is a picture, and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the picture cannot be read")]
pub struct NotAPicture;

/// `content` without EXIF, GPS, XMP, comments and other words beside the picture itself, which stays as it is
/// to the bit. Of a JPEG it is still said which side is up, since telephones write the picture as they were held. What is no picture of a known kind comes back unchanged.
///
/// # Errors
///
/// [`NotAPicture`] when the content is not what its first bytes say.
pub fn without_traces(content: Bytes, kind: &FileKind) -> Result<Bytes, NotAPicture> {
    match *kind {
        FileKind::JPG => jpeg(content),
        FileKind::PNG => png(content),
        FileKind::WEBP => webp(content),
        _ => Ok(content),
    }
}

fn jpeg(content: Bytes) -> Result<Bytes, NotAPicture> {
    let mut picture = Jpeg::from_bytes(content).map_err(|_| NotAPicture)?;
    let upright = picture.exif().and_then(|it| Orientation::from_exif_chunk(&it));
    // Of what programs add only the colours (APP0, the profile in APP2, Adobe's APP14) belongs to the picture.
    picture.segments_mut().retain(|it| match it.marker() {
        markers::APP0 | markers::APP14 => true,
        markers::APP2 => it.contents().starts_with(b"ICC_PROFILE\0"),
        markers::APP1..=markers::APP15 | markers::COM => false,
        _ => true,
    });
    let turned = upright.filter(|it| *it != Orientation::NoTransforms);
    picture.set_exif(turned.map(only_orientation));
    let is_whole = picture.segments().iter().any(|it| it.has_entropy());
    if is_whole { Ok(picture.encoder().bytes()) } else { Err(NotAPicture) }
}

/// EXIF 2.3 with one field in its one directory: 0x0112, which side is up.
fn only_orientation(upright: Orientation) -> Bytes {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.push(upright.to_exif());
    exif.extend([0; 6]);
    exif.into()
}

fn png(content: Bytes) -> Result<Bytes, NotAPicture> {
    let mut picture = Png::from_bytes(content).map_err(|_| NotAPicture)?;
    picture
        .chunks_mut()
        .retain(|it| !matches!(&it.kind(), b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME"));
    let is_whole = picture.chunk_by_type(*b"IDAT").is_some();
    if is_whole { Ok(picture.encoder().bytes()) } else { Err(NotAPicture) }
}

fn webp(content: Bytes) -> Result<Bytes, NotAPicture> {
    let mut picture = WebP::from_bytes(content).map_err(|_| NotAPicture)?;
    picture.set_exif(None);
    picture.remove_chunks_by_id(*b"XMP ");
    Ok(picture.encoder().bytes())
}
