use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// Red on the left, blue on the right.
fn halves(width: u32, height: u32) -> DynamicImage {
    let colour = |x| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, _| colour(x)))
}

#[test]
fn a_picture_is_drawn_no_wider_than_asked_and_never_larger_than_it_is() {
    let plate = Plate::read(&encoded(&halves(900, 600), ImageFormat::Png)).unwrap();
    assert_eq!((plate.size(), plate.is_clear()), ((900, 600), false));
    for (asked, size) in [(320, (320, 213)), (640, (640, 427)), (960, (900, 600))] {
        for format in [PictureFormat::Webp, PictureFormat::Jpeg, PictureFormat::Png] {
            let file = plate.drawn(asked, format).unwrap();
            let picture = image::load_from_memory(&file).unwrap();
            assert_eq!((picture.width(), picture.height()), size, "{asked} {format:?}");
            let left = picture.to_rgb8().get_pixel(10, 10).0;
            assert!(left[0] > 180 && left[2] < 90, "{format:?} keeps its colours: {left:?}");
        }
    }
    let avif = plate.drawn(320, PictureFormat::Avif).unwrap();
    assert_eq!(avif.get(4..12), Some(b"ftypavif".as_slice()));
    let jpeg = plate.drawn(320, PictureFormat::Jpeg).unwrap();
    assert!(avif.len() < jpeg.len(), "{} < {}", avif.len(), jpeg.len());
}

#[test]
fn what_lets_through_stays_so_where_the_format_can_and_is_on_white_elsewhere() {
    let clear = RgbaImage::from_pixel(40, 30, Rgba([9, 9, 9, 0]));
    let file = encoded(&DynamicImage::ImageRgba8(clear), ImageFormat::Png);
    let plate = Plate::read(&file).unwrap();
    assert!(plate.is_clear());
    for format in [PictureFormat::Webp, PictureFormat::Png] {
        let file = plate.drawn(320, format).unwrap();
        let picture = image::load_from_memory(&file).unwrap();
        assert_eq!(picture.to_rgba8().get_pixel(5, 5).0[3], 0, "{format:?}");
    }
    let jpeg = image::load_from_memory(&plate.drawn(320, PictureFormat::Jpeg).unwrap()).unwrap();
    assert_eq!(jpeg.to_rgb8().get_pixel(5, 5).0, [255; 3], "what was clear does not come to light");
    // A channel that covers everything lets nothing through.
    let whole = RgbaImage::from_pixel(4, 3, Rgba([9, 9, 9, 255]));
    let file = encoded(&DynamicImage::ImageRgba8(whole), ImageFormat::Png);
    assert!(!Plate::read(&file).unwrap().is_clear());
}

// I21
#[test]
fn two_hundred_megapixels_are_refused_by_their_first_bytes_and_a_strip_is_drawn_small() {
    let small = encoded(&halves(2, 2), ImageFormat::Png);
    let mut bomb = small.clone();
    bomb[16..24].copy_from_slice(&[0, 0, 0x4E, 0x20, 0, 0, 0x27, 0x10]);
    let checksum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
    let refused = Plate::read(&bomb).map(|_| ());
    assert_eq!(refused, Err(CoverError::TooManyPixels { width: 20_000, height: 10_000 }));
    let cut = Plate::read(&small[..small.len() / 2]).map(|_| ());
    assert_eq!(cut, Err(CoverError::NotAPicture));
    let strip = Plate::read(&encoded(&halves(8, 12_800), ImageFormat::Png)).unwrap();
    assert_eq!(strip.size(), (4, 6_400));
    assert!(strip.drawn(320, PictureFormat::Webp).is_ok());
}

/// The checksum of PNG chunks (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

// Of a photograph that was held upright only the picture is left.
#[test]
fn a_photograph_is_drawn_upright_without_where_it_was_taken() {
    let mut photo = encoded(&halves(60, 40), ImageFormat::Jpeg);
    // EXIF with one field: turned by a quarter (6).
    let exif =
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0 GPS 9.17N";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let segment = [&[0xFF, 0xE1], length.as_slice(), exif.as_slice()].concat();
    photo.splice(2..2, segment);
    let plate = Plate::read(&photo).unwrap();
    assert_eq!(plate.size(), (40, 60));
    for format in PictureFormat::ALL {
        let file = plate.drawn(320, format).unwrap();
        assert!(!file.windows(3).any(|it| it == b"GPS"), "{format:?}");
    }
}
