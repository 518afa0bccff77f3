use bytes::Bytes;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use sauro_kernel::{Ctx, Role};
use sauro_papers::PictureFormat;
use sauro_portal::PortalError;
use sauro_portal::actions::{self, Step};
use sauro_portal::model::{
    BlockFields, Fields, Item, Kind, Picture, PictureFields, Rendition, State,
};
use sauro_store::{Files, Keys, run};
use sauro_testkit::on_each_engine;
use tempfile::TempDir;
use uuid::Uuid;

use crate::world::{FAR, PROVINCE, World, faults, fields};

pub(crate) const SMALL: Rendition = Rendition { width: 320, format: PictureFormat::Jpeg };

/// A picture of one colour.
pub(crate) fn png((width, height): (u32, u32), colour: [u8; 3]) -> Vec<u8> {
    encoded((width, height), colour, ImageFormat::Png)
}

fn encoded((width, height): (u32, u32), colour: [u8; 3], format: ImageFormat) -> Vec<u8> {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb(colour)));
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

pub(crate) async fn files(home: &TempDir) -> Files {
    Files::open(&home.path().join("files").display().to_string()).await.unwrap()
}

pub(crate) async fn kept(world: &World, ctx: &Ctx, files: &Files, colour: [u8; 3]) -> Picture {
    let content = Bytes::from(png((400, 300), colour));
    let said = PictureFields { alt: "Cầu mới".to_owned(), ..PictureFields::default() };
    actions::keep_picture(ctx, (&world.db, files), ("cau.png", content), &said).await.unwrap()
}

pub(crate) fn shows(picture: Uuid) -> Fields {
    let block = BlockFields {
        text: "Cầu mới bắc qua sông".to_owned(),
        file: picture.to_string(),
        ..BlockFields::of_kind("anh")
    };
    let plain = fields("Bài có ảnh");
    Fields { blocks: plain.blocks.into_iter().chain([block]).collect(), ..plain }
}

/// A PNG that says so in its head; it has the pixels of a small one.
fn two_hundred_megapixels() -> Vec<u8> {
    let mut file = png((2, 2), [0; 3]);
    file.get_mut(16..24).unwrap().copy_from_slice(&[0, 0, 0x4E, 0x20, 0, 0, 0x27, 0x10]);
    // The checksum of the head (ISO 3309).
    let step = |crc: u32, _: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    let head = file.get(12..29).unwrap().iter();
    let crc = !head.fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step));
    file.get_mut(29..33).unwrap().copy_from_slice(&crc.to_be_bytes());
    file
}

async fn n_drawn(world: &World) -> i64 {
    let mut conn = world.db.read().await.unwrap();
    let sql = "SELECT COUNT(*) FROM portal_renditions";
    run!(conn, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap()
}

#[tokio::test]
async fn a_picture_comes_in_clean_and_measured_and_what_is_none_is_refused_in_words() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let home = TempDir::new().unwrap();
        let files = files(&home).await;
        let officer = world.ctx(Role::Officer, PROVINCE);
        let house = (&world.db, &files);
        let said = PictureFields {
            alt: "Cầu  mới".to_owned(),
            licence: "cc-by".to_owned(),
            source: "Sở Xây dựng".to_owned(),
        };
        // Held upright when it was taken, with the place in its head.
        let mut photo = encoded((60, 40), [200, 30, 30], ImageFormat::Jpeg);
        let exif =
            b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0 GPS 9.17N";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        photo.splice(2..2, [&[0xFF, 0xE1], length.as_slice(), exif.as_slice()].concat());
        let came = ("anh.jpg", Bytes::from(photo));
        let it = actions::keep_picture(&officer, house, came, &said).await.unwrap();
        assert_eq!((it.shot.width, it.shot.height, it.alt.as_str()), (40, 60, "Cầu mới"));
        let content = files.read(&it.shot.hash.parse().unwrap()).await.unwrap();
        assert!(!content.windows(3).any(|it| it == b"GPS"), "where it was taken is taken out");

        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
        for (name, content, words) in [
            ("anh.svg", svg.clone(), "ảnh SVG có thể chứa mã lệnh"),
            ("anh.png", svg, "SVG"),
            ("anh.png", b"MZ\x90\0".to_vec(), "tep"),
            ("anh.pdf", b"%PDF-1.7 x".to_vec(), "Chọn ảnh JPG, PNG hoặc WebP"),
            ("anh.jpg", png((2, 2), [0; 3]), "đuôi .jpg nhưng nội dung"),
            ("anh.png", png((9, 9), [9; 3])[..40].to_vec(), "Ảnh bị hỏng"),
            ("anh.png", two_hundred_megapixels(), "Ảnh 20000 × 10000 có hơn 52 triệu điểm ảnh"),
            ("anh.png", vec![0; actions::MAX_FILE_BYTES + 1], "quá 20 MB"),
        ] {
            let came = (name, Bytes::from(content));
            let refused = actions::keep_picture(&officer, house, came, &said).await;
            let said = faults(refused);
            assert!(said.contains(words), "{name}: {said}");
        }
        let odd = PictureFields { licence: "xxx".to_owned(), ..said.clone() };
        let came = ("anh.png", Bytes::from(png((2, 2), [0; 3])));
        let refused = actions::keep_picture(&officer, house, came, &odd).await;
        assert!(faults(refused).contains("Chọn giấy phép"));
        let inspector = world.ctx(Role::Inspector, PROVINCE);
        let came = ("anh.png", Bytes::from(png((2, 2), [0; 3])));
        let denied = actions::keep_picture(&inspector, house, came, &said).await;
        assert!(matches!(denied, Err(PortalError::Denied(_))));

        // Found by its words, with and without marks, and by its own agency alone.
        let found = async |ctx: &Ctx, sought: &str| {
            actions::pictures(ctx, &world.db, sought, None).await.unwrap().pictures.len()
        };
        for (sought, n) in [("", 1), ("cau moi", 1), ("XÂY  dựng", 1), ("cầu vượt", 0), ("a_h", 0)]
        {
            assert_eq!(found(&officer, sought).await, n, "{sought}");
        }
        assert_eq!(found(&world.ctx(Role::Officer, FAR), "").await, 0);
    })
    .await;
}

// I89
#[tokio::test]
async fn a_picture_keeps_its_address_and_its_past_and_stays_while_an_item_shows_it() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let home = TempDir::new().unwrap();
        let files = files(&home).await;
        let [officer, focal, leader] =
            [Role::Officer, Role::FocalOfficer, Role::Leader].map(|role| world.ctx(role, PROVINCE));
        let (db, house) = (&world.db, (&world.db, &files));
        let picture = kept(&world, &officer, &files, [200, 0, 0]).await;
        let other = || ("khac.png", Bytes::from(png((900, 600), [0, 0, 200])));
        let key = (picture.id, picture.stamp);
        let again = actions::replace_picture(&officer, house, key, other()).await.unwrap();
        assert_eq!((again.n, again.shot.width), (2, 900), "nobody else sees it yet");
        let lost = actions::aim_picture(&officer, db, key, (1, 1)).await;
        assert!(matches!(lost, Err(PortalError::Stale)));

        let it = world.written(Kind::Article).await;
        let it =
            actions::write(&officer, db, (it.id, it.version_n), &shows(picture.id)).await.unwrap();
        let desk = actions::desk_picture(&officer, db, picture.id).await.unwrap();
        let uses: Vec<_> = desk.uses.iter().map(|it| (it.state, it.is_live)).collect();
        assert_eq!(uses, [(State::Draft, false)]);
        let it = world.waiting(it).await;
        world.step(&leader, &it, Step::Approve(String::new())).await.unwrap();
        let key = (picture.id, again.stamp);
        let said = PictureFields::of(&again);
        for refused in [
            actions::replace_picture(&focal, house, key, other()).await,
            actions::describe_picture(&officer, db, key, &said).await,
            actions::aim_picture(&officer, db, key, (1, 1)).await,
        ] {
            assert!(matches!(refused, Err(PortalError::NotNow(_))), "{refused:?}");
        }
        let stay = actions::remove_picture(&leader, db, key).await;
        assert!(faults(stay).contains("đang dùng ở “Bài có ảnh”"));
        let desk = actions::desk_picture(&officer, db, picture.id).await.unwrap();
        assert!(desk.uses[0].is_live && !desk.may_replace && !desk.may_describe);
        let anybody = world.anybody();
        let before = actions::picture_file(&anybody, house, (picture.id, SMALL), None);
        let before = before.await.unwrap();
        let third = ("moi.png", Bytes::from(png((500, 500), [0, 200, 0])));
        let third = actions::replace_picture(&leader, house, key, third).await.unwrap();
        let after = actions::picture_file(&anybody, house, (picture.id, SMALL), None);
        let after = after.await.unwrap();
        assert!(before.hash != after.hash && after.is_public, "the same address, at once");
        let out = actions::aim_picture(&focal, db, (third.id, third.stamp), (1001, 0)).await;
        assert!(faults(out).contains("từ 0 đến 100"));
        let aimed = actions::aim_picture(&focal, db, (third.id, third.stamp), (250, 900)).await;
        assert_eq!(aimed.unwrap().focal, (250, 900));
        let desk = actions::desk_picture(&officer, db, picture.id).await.unwrap();
        let past: Vec<_> = desk.versions.iter().map(|it| (it.n, it.shot.name.as_str())).collect();
        assert_eq!(past, [(3, "moi.png"), (2, "khac.png"), (1, "cau.png")]);
        for sql in
            ["UPDATE portal_picture_versions SET n = 9", "DELETE FROM portal_picture_versions"]
        {
            let mut conn = db.write().await.unwrap();
            let refused = run!(conn, c => sqlx::query(sql).execute(c).await.map(drop));
            assert!(refused.is_err(), "{sql}");
        }
        // One that nobody uses goes, and no draft takes it any more.
        let spare = kept(&world, &officer, &files, [1, 2, 3]).await;
        actions::remove_picture(&officer, db, (spare.id, spare.stamp)).await.unwrap();
        let gone = actions::desk_picture(&officer, db, spare.id).await;
        assert!(matches!(gone, Err(PortalError::NotFound(_))));
        let it = world.written(Kind::Article).await;
        let none = actions::write(&officer, db, (it.id, it.version_n), &shows(spare.id)).await;
        assert!(faults(none).contains("Khối 3: ảnh không có trong kho ảnh"));
        let far = world.ctx(Role::Leader, FAR);
        let foreign = actions::remove_picture(&far, db, (picture.id, 4)).await;
        assert!(matches!(foreign, Err(PortalError::NotFound(_))));
    })
    .await;
}

/// Whether each of anybody, somebody with the link to a preview, an official of the agency and one of another sees
/// the picture.
async fn seen(world: &World, files: &Files, of: (Uuid, &Keys, &str)) -> [bool; 4] {
    let (id, keys, token) = of;
    let anybody = world.anybody();
    let (own, far) = (world.ctx(Role::Officer, PROVINCE), world.ctx(Role::Leader, FAR));
    let passes = [(&anybody, None), (&anybody, Some((keys, token))), (&own, None), (&far, None)];
    let mut seen = [false; 4];
    for ((ctx, pass), is_seen) in passes.into_iter().zip(&mut seen) {
        let answer = actions::picture_file(ctx, (&world.db, files), (id, SMALL), pass).await;
        *is_seen = match answer {
            Ok(_) => true,
            Err(PortalError::NotFound(_)) => false,
            Err(err) => panic!("{err}"),
        };
    }
    seen
}

// I90
#[tokio::test]
async fn a_picture_of_what_is_not_public_is_for_its_agency_and_the_link_to_its_preview_alone() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let home = TempDir::new().unwrap();
        let files = files(&home).await;
        let keys = Keys::passing().unwrap();
        let [officer, focal, leader] =
            [Role::Officer, Role::FocalOfficer, Role::Leader].map(|role| world.ctx(role, PROVINCE));
        let db = &world.db;
        let (old, new) = (
            kept(&world, &officer, &files, [9, 9, 9]).await.id,
            kept(&world, &officer, &files, [8, 8, 8]).await.id,
        );
        let it = world.written(Kind::Article).await;
        let mut it =
            actions::write(&officer, db, (it.id, it.version_n), &shows(old)).await.unwrap();
        let (token, _) = actions::link_preview(&officer, (db, &keys), it.id).await.unwrap();
        let closed = [false, true, true, false];
        let at = |step: Step, who: &Ctx, state: State| (step, who.clone(), state);
        let none = String::new;
        let way = [
            at(Step::Submit, &officer, State::Editing),
            at(Step::HandUp(none()), &focal, State::Waiting),
            at(Step::Approve("2026-11-05T09:00".to_owned()), &leader, State::Scheduled),
        ];
        assert_eq!(seen(&world, &files, (old, &keys, &token)).await, closed, "draft");
        for (step, who, state) in way {
            it = world.step(&who, &it, step).await.unwrap();
            assert_eq!(it.state, state);
            assert_eq!(seen(&world, &files, (old, &keys, &token)).await, closed, "{state:?}");
        }
        it = world.step(&leader, &it, Step::Approve(none())).await.unwrap();
        let open = [true; 4];
        assert_eq!(seen(&world, &files, (old, &keys, &token)).await, open, "published");

        // What a correction will show nobody sees yet; what it will leave out everybody sees until then.
        it = world.step(&focal, &it, Step::Correct).await.unwrap();
        it = actions::write(&focal, db, (it.id, it.version_n), &shows(new)).await.unwrap();
        let (later, _) = actions::link_preview(&focal, (db, &keys), it.id).await.unwrap();
        assert_eq!(seen(&world, &files, (old, &keys, &token)).await, open);
        assert_eq!(seen(&world, &files, (new, &keys, &token)).await, [false, false, true, false]);
        assert_eq!(seen(&world, &files, (new, &keys, &later)).await, closed);
        it = world.step(&focal, &it, Step::HandUp("Đổi ảnh.".to_owned())).await.unwrap();
        it = world.step(&leader, &it, Step::Approve(none())).await.unwrap();
        assert_eq!(seen(&world, &files, (new, &keys, &later)).await, open);
        assert_eq!(seen(&world, &files, (old, &keys, &token)).await, closed, "left out");

        let archived = world.step(&focal, &it, Step::Archive).await.unwrap();
        assert_eq!(seen(&world, &files, (new, &keys, &later)).await, open, "kept for history");
        let gone = withdrawn(&world, &archived).await;
        assert_eq!(gone.state, State::Withdrawn);
        let own = [false, false, true, false];
        assert_eq!(seen(&world, &files, (new, &keys, &later)).await, own, "taken down is down");
        world.pass_seconds(80 * 3600);
        assert_eq!(seen(&world, &files, (old, &keys, &token)).await, own, "the link ran out");
    })
    .await;
}

async fn withdrawn(world: &World, it: &Item) -> Item {
    let leader = world.ctx(Role::Leader, PROVINCE);
    world.step(&leader, it, Step::Withdraw("Sai.".to_owned())).await.unwrap()
}

#[tokio::test]
async fn of_a_picture_only_a_few_files_are_ever_drawn_whatever_is_asked_for() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let home = TempDir::new().unwrap();
        let files = files(&home).await;
        let officer = world.ctx(Role::Officer, PROVINCE);
        let picture = kept(&world, &officer, &files, [7, 7, 7]).await;
        for name in ["321.webp", "99999.jpg", "-1.png", "1600.avif", "320.gif", "320", "0320.jpg"] {
            assert_eq!(Rendition::of_name(name), None, "{name}");
        }
        let ask = async |width, format| {
            let asked = (picture.id, Rendition { width, format });
            actions::picture_file(&officer, (&world.db, &files), asked, None).await.unwrap()
        };
        let same = tokio::join!(
            ask(640, PictureFormat::Webp),
            ask(960, PictureFormat::Webp),
            ask(1600, PictureFormat::Webp),
            ask(640, PictureFormat::Webp)
        );
        assert_eq!(n_drawn(&world).await, 1, "beyond its own width all are one file");
        assert!(same.0 == same.1 && same.1 == same.2 && same.2 == same.3);
        let shot = &picture.shot;
        actions::draw_ahead(&officer, (&world.db, &files), shot).await.unwrap();
        let names: Vec<String> = shot.renditions().into_iter().map(Rendition::name).collect();
        let all = ["320.avif", "640.avif", "320.webp", "640.webp", "320.jpg", "640.jpg"];
        assert_eq!(names, all, "and none is wider than the picture");
        assert_eq!(n_drawn(&world).await, 6);
        actions::draw_ahead(&officer, (&world.db, &files), shot).await.unwrap();
        assert_eq!(n_drawn(&world).await, 6, "drawn once");
    })
    .await;
}
