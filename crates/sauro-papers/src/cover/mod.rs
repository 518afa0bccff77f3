//! Pictures for everybody: parts covered, drawn anew, no larger than a page needs.

#[cfg(test)]
mod tests;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgb, RgbImage};

/// Longest side of a picture for everybody, in pixels.
const LONGEST: u32 = 1600;

/// Most pixels of a picture that is taken: a camera of fifty megapixels.
const MOST_PIXELS: u64 = 52_000_000;

/// Most memory that reading a picture may take, in bytes.
const MOST_BYTES: u64 = 320 * 1024 * 1024;

/// Cells along the longer side of a blurred part. With so few nothing that was written there can be worked
/// out again.
const CELLS: u32 = 6;

/// Smallest cell of a blurred part, in pixels.
const LEAST_CELL: u32 = 14;

/// Whole of a side, in the measure of [`Cover`].
const WHOLE: u32 = 1000;

/// How a part is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoverKind {
    /// By a black box.
    Black,
    /// By a few cells of its mean colours.
    Blur,
}

/// A part of a picture that nobody shall see, in thousandths of its width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    /// From the left edge.
    pub left: u32,
    /// From the upper edge.
    pub top: u32,
    /// How wide.
    pub width: u32,
    /// How high.
    pub height: u32,
    /// By what.
    pub kind: CoverKind,
}

/// A picture for everybody: a JPEG that holds nothing but its pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoveredPicture {
    /// The file.
    pub content: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Why no picture for everybody came of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CoverError {
    /// It cannot be read as a picture.
    #[error("the picture cannot be read")]
    NotAPicture,
    /// It has more pixels than are taken.
    #[error("the picture is {width} by {height} pixels")]
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
}

/// Draws the JPEG, PNG or WebP `content` anew with `covers` over it, its longest side at most 1,600 pixels.
/// What was under a cover is in no byte of the outcome. Takes the processor up to a second.
///
/// # Errors
///
/// [`CoverError`] when it is no picture, or one that would need too much memory; that is told before its
/// pixels are read.
pub fn covered(content: &[u8], covers: &[Cover]) -> Result<CoveredPicture, CoverError> {
    let mut picture = scaled(read(content)?);
    for cover in covers {
        lay(&mut picture, *cover);
    }
    let mut content = Vec::new();
    JpegEncoder::new_with_quality(&mut content, 84)
        .encode_image(&picture)
        .map_err(|_| CoverError::NotAPicture)?;
    Ok(CoveredPicture { content, width: picture.width(), height: picture.height() })
}

/// The width and height of what [`covered`] would draw, by the first bytes of the file alone.
pub fn covered_size(content: &[u8]) -> Option<(u32, u32)> {
    let reader = ImageReader::new(Cursor::new(content)).with_guessed_format().ok()?;
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = match decoder.orientation().ok()? {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => {
            let (width, height) = decoder.dimensions();
            (height, width)
        }
        _ => decoder.dimensions(),
    };
    let longest = width.max(height);
    if longest <= LONGEST {
        return Some((width, height));
    }
    let scaled = |side: u32| (u64::from(side) * u64::from(LONGEST)).div_ceil(u64::from(longest));
    Some((u32::try_from(scaled(width)).ok()?, u32::try_from(scaled(height)).ok()?))
}

pub(crate) fn read(content: &[u8]) -> Result<DynamicImage, CoverError> {
    let lost = |_| CoverError::NotAPicture;
    let mut reader = ImageReader::new(Cursor::new(content))
        .with_guessed_format()
        .map_err(|_| CoverError::NotAPicture)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(lost)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(CoverError::TooManyPixels { width, height });
    }
    // Covers are set on the picture as browsers show it.
    let upright = decoder.orientation().map_err(lost)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(lost)?;
    picture.apply_orientation(upright);
    Ok(picture)
}

/// The picture on white, no larger than a page needs.
fn scaled(picture: DynamicImage) -> RgbImage {
    on_white(match picture.width().max(picture.height()) {
        longest if longest > LONGEST => picture.resize(LONGEST, LONGEST, FilterType::Triangle),
        _ => picture,
    })
}

/// The picture on white. A pixel that was clear has a colour all the same, and that must not come to light.
pub(crate) fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let mut on_white =
        image::RgbaImage::from_pixel(picture.width(), picture.height(), image::Rgba([u8::MAX; 4]));
    imageops::overlay(&mut on_white, &picture.into_rgba8(), 0, 0);
    DynamicImage::ImageRgba8(on_white).into_rgb8()
}

/// Rounded outwards, so that no edge of what is covered stays.
fn lay(picture: &mut RgbImage, cover: Cover) {
    let (width, height) = picture.dimensions();
    let from = |at: u32, side: u32| (at.min(WHOLE) * side) / WHOLE;
    let to = |at: u32, side: u32| (at.min(WHOLE) * side).div_ceil(WHOLE);
    let (left, top) = (from(cover.left, width), from(cover.top, height));
    let right = to(cover.left.saturating_add(cover.width), width);
    let bottom = to(cover.top.saturating_add(cover.height), height);
    if left >= right || top >= bottom {
        return;
    }
    let cell = match cover.kind {
        CoverKind::Black => None,
        CoverKind::Blur => Some((right - left).max(bottom - top).div_ceil(CELLS).max(LEAST_CELL)),
    };
    let step = |from: u32, to: u32| (from..to).step_by(cell.unwrap_or(u32::MAX) as usize);
    for y in step(top, bottom) {
        for x in step(left, right) {
            let right = cell.map_or(right, |it| x.saturating_add(it).min(right));
            let bottom = cell.map_or(bottom, |it| y.saturating_add(it).min(bottom));
            let area = (x, y, right, bottom);
            let colour = cell.map_or(Rgb([0; 3]), |_| mean(picture, area));
            fill(picture, area, colour);
        }
    }
}

fn mean(picture: &RgbImage, (left, top, right, bottom): (u32, u32, u32, u32)) -> Rgb<u8> {
    let mut sums = [0_u64; 3];
    for y in top..bottom {
        for x in left..right {
            let Rgb(colours) = *picture.get_pixel(x, y);
            for (sum, colour) in sums.iter_mut().zip(colours) {
                *sum += u64::from(colour);
            }
        }
    }
    let n = u64::from(right - left) * u64::from(bottom - top);
    Rgb(sums.map(|sum| u8::try_from(sum / n.max(1)).unwrap_or(u8::MAX)))
}

fn fill(picture: &mut RgbImage, (left, top, right, bottom): (u32, u32, u32, u32), colour: Rgb<u8>) {
    for y in top..bottom {
        for x in left..right {
            picture.put_pixel(x, y, colour);
        }
    }
}
