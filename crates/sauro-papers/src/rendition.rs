//! Pictures of pages: drawn anew at the widths and in the formats that pages ask for.

#[cfg(test)]
mod tests;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageEncoder, RgbImage};
use ravif::{Img, RGB8};

use crate::CoverError;
use crate::cover::{on_white, read};

/// Widest that a picture is drawn, in pixels.
const WIDEST: u32 = 1600;

/// Highest that a picture is drawn: a strip is not drawn beyond what formats can hold.
const HIGHEST: u32 = 6400;

/// Of AVIF, of WebP, of JPEG: as good as the eye asks for, each in its own measure.
const QUALITIES: (f32, f32, u8) = (62.0, 78.0, 82);

/// How little time AVIF takes, of 1 to 10. Slower than this it costs seconds a picture.
const AVIF_SPEED: u8 = 9;

/// A format in which pictures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureFormat {
    /// The smallest.
    Avif,
    /// Small, and every browser in use knows it.
    Webp,
    /// For everything else; on white.
    Jpeg,
    /// For everything else, where a picture lets through what is below.
    Png,
}

/// A picture that was read, upright and no larger than it is drawn at most.
pub struct Plate {
    picture: DynamicImage,
    is_clear: bool,
}

impl PictureFormat {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Avif, Self::Webp, Self::Jpeg, Self::Png];

    /// How names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The media type.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::Webp => "image/webp",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The format of files whose names end in `extension`.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.extension() == extension)
    }
}

impl Plate {
    /// Reads the JPEG, PNG or WebP `content`. Takes the processor up to a second.
    ///
    /// # Errors
    ///
    /// [`CoverError`] when it is no picture, or one that would need too much memory; that is told before its pixels
    /// are read.
    pub fn read(content: &[u8]) -> Result<Self, CoverError> {
        let mut picture = read(content)?;
        if picture.width() > WIDEST || picture.height() > HIGHEST {
            picture = picture.resize(WIDEST, HIGHEST, FilterType::Triangle);
        }
        let is_clear =
            picture.color().has_alpha() && picture.to_rgba8().pixels().any(|it| it.0[3] != u8::MAX);
        let picture = match is_clear {
            true => DynamicImage::ImageRgba8(picture.into_rgba8()),
            false => DynamicImage::ImageRgb8(picture.into_rgb8()),
        };
        Ok(Self { picture, is_clear })
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.picture.width(), self.picture.height())
    }

    /// Some of it lets through what is below.
    pub fn is_clear(&self) -> bool {
        self.is_clear
    }

    /// The file that shows it `width` pixels wide, or as wide as it is when that is less. Takes the processor up to
    /// a second.
    ///
    /// # Errors
    ///
    /// [`CoverError::NotAPicture`] when the format cannot hold it.
    pub fn drawn(&self, width: u32, format: PictureFormat) -> Result<Vec<u8>, CoverError> {
        let resized = (width < self.picture.width())
            .then(|| self.picture.resize(width.max(1), HIGHEST, FilterType::CatmullRom));
        let picture = resized.as_ref().unwrap_or(&self.picture);
        let lost = CoverError::NotAPicture;
        let (avif, webp, jpeg) = QUALITIES;
        match format {
            PictureFormat::Avif => avif_of(&on_white(picture.clone()), avif),
            PictureFormat::Webp => webp_of(picture, webp),
            PictureFormat::Jpeg => {
                let mut out = Vec::new();
                JpegEncoder::new_with_quality(&mut out, jpeg)
                    .encode_image(&on_white(picture.clone()))
                    .map_err(|_| lost)?;
                Ok(out)
            }
            PictureFormat::Png => {
                let mut out = Vec::new();
                let (wide, high) = (picture.width(), picture.height());
                PngEncoder::new(&mut out)
                    .write_image(picture.as_bytes(), wide, high, picture.color().into())
                    .map_err(|_| lost)?;
                Ok(out)
            }
        }
    }
}

fn avif_of(picture: &RgbImage, quality: f32) -> Result<Vec<u8>, CoverError> {
    let pixels: Vec<RGB8> = picture.pixels().map(|it| RGB8::from(it.0)).collect();
    let side = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let whole = Img::new(pixels.as_slice(), side(picture.width()), side(picture.height()));
    let encoder = ravif::Encoder::new().with_quality(quality).with_speed(AVIF_SPEED);
    // Others want the processor as well.
    let encoded = encoder.with_num_threads(Some(1)).encode_rgb(whole);
    encoded.map(|it| it.avif_file).map_err(|_| CoverError::NotAPicture)
}

fn webp_of(picture: &DynamicImage, quality: f32) -> Result<Vec<u8>, CoverError> {
    let (wide, high) = (picture.width(), picture.height());
    let encoder = match picture {
        DynamicImage::ImageRgba8(it) => webp::Encoder::from_rgba(it.as_raw(), wide, high),
        DynamicImage::ImageRgb8(it) => webp::Encoder::from_rgb(it.as_raw(), wide, high),
        _ => return Err(CoverError::NotAPicture),
    };
    let encoded = encoder.encode_simple(false, quality);
    encoded.map(|it| it.to_vec()).map_err(|_| CoverError::NotAPicture)
}
