use std::io::Cursor;

use bytes::Bytes;
use image::{GrayImage, ImageFormat, Luma, Rgba, RgbaImage};
use img_parts::ImageEXIF;
use img_parts::jpeg::Jpeg;

use super::{Cover, CoverError, CoverKind, covered, covered_size};
use crate::{FileKind, without_traces};

/// Black and light stripes of one pixel, as of something written small; the left tenth is clear over red.
fn striped(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbaImage::from_fn(width, height, |x, y| match (x < width / 10, (x + y) % 2) {
        (true, _) => Rgba([250, 0, 0, 0]),
        (false, 0) => Rgba([10, 10, 10, 255]),
        (false, _) => Rgba([245, 245, 245, 255]),
    });
    let mut content = Vec::new();
    picture.write_to(&mut Cursor::new(&mut content), ImageFormat::Png).unwrap();
    content
}

#[test]
fn what_was_written_under_a_blurred_part_is_in_no_pixel() {
    let cover = Cover { left: 500, top: 0, width: 500, height: 1000, kind: CoverKind::Blur };
    let made = covered(&striped(300, 100), &[cover]).unwrap();
    let seen = image::load_from_memory(&made.content).unwrap().into_luma8();
    let right = seen.enumerate_pixels().filter(|it| it.0 >= 160).map(|it| it.2.0[0]);
    let (least, most) = right.fold((255, 0), |it, n| (it.0.min(n), it.1.max(n)));
    assert!(most - least < 40, "from {least} to {most}");
    let left = seen.enumerate_pixels().filter(|it| (60..140).contains(&it.0)).map(|it| it.2.0[0]);
    let (least, most) = left.fold((255, 0), |it, n| (it.0.min(n), it.1.max(n)));
    assert!(most - least > 150, "from {least} to {most}");
}

#[test]
fn the_colour_under_what_is_clear_does_not_come_to_light() {
    let made = covered(&striped(300, 100), &[]).unwrap();
    let seen = image::load_from_memory(&made.content).unwrap().into_rgb8();
    assert!(seen.get_pixel(10, 50).0.iter().all(|it| *it > 230), "{:?}", seen.get_pixel(10, 50));
}

#[test]
fn a_large_picture_comes_out_at_the_size_that_was_told() {
    let content = striped(2000, 50);
    let made = covered(&content, &[]).unwrap();
    assert_eq!(covered_size(&content), Some((1600, 40)));
    assert_eq!((made.width, made.height), (1600, 40));
}

#[test]
fn what_is_no_picture_or_would_fill_the_memory_is_refused() {
    assert_eq!(covered(b"<svg onload=alert(1)>", &[]), Err(CoverError::NotAPicture));
    assert_eq!(covered(&[0xff, 0xd8, 0xff, 0xe0, 1, 2], &[]), Err(CoverError::NotAPicture));
    // A header that promises 60,000 by 60,000 pixels, in a file of a hundred bytes.
    let mut bomb = striped(20, 20);
    let side = 60_000_u32.to_be_bytes();
    bomb[16..20].copy_from_slice(&side);
    bomb[20..24].copy_from_slice(&side);
    assert!(covered(&bomb, &[]).is_err());
}

#[test]
fn a_photo_of_a_telephone_held_upright_stays_upright_and_tells_nothing_else() {
    let lying = GrayImage::from_fn(60, 30, |x, _| Luma([if x < 30 { 20 } else { 230 }]));
    let mut content = Vec::new();
    lying.write_to(&mut Cursor::new(&mut content), ImageFormat::Jpeg).unwrap();
    let mut photo = Jpeg::from_bytes(content.into()).unwrap();
    // Two fields: who made the camera (0x010f, at the end), and that the right side is up (0x0112).
    let exif = b"II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x08\0\0\0\x26\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0may-anh\0";
    photo.set_exif(Some(Bytes::from_static(exif)));
    let clean = without_traces(photo.encoder().bytes(), &FileKind::JPG).unwrap();
    assert!(!clean.windows(7).any(|it| it == b"may-anh"));
    let told = Jpeg::from_bytes(clean.clone()).unwrap().exif().unwrap();
    assert_eq!((told.len(), told.get(19)), (26, Some(&6)));

    let made = covered(&clean, &[]).unwrap();
    assert_eq!((made.width, made.height, covered_size(&clean)), (30, 60, Some((30, 60))));
    let seen = image::load_from_memory(&made.content).unwrap().into_luma8();
    assert!(seen.get_pixel(15, 10).0[0] < 60 && seen.get_pixel(15, 50).0[0] > 190);
}
