//! The mirror follows the journal: what everybody may read lies in its folder, and nothing else does.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use sauro::processes::{Folder, Mirror, OwnAddresses};
use sauro_directory::DirectoryHandle;
use sauro_kernel::Role;
use sauro_papers::Press;
use sauro_portal::actions::{Addresses, Step, keep_picture, replace_picture, step};
use sauro_portal::model::{BlockFields, DetailFields, Fields, Kind, PictureFields};
use sauro_store::Files;
use sauro_tasks::actions::{ProgrammeFields, change_programme, programme_by_code};
use sauro_testkit::on_each_engine;
use sauro_typeset::Typesetter;

use crate::doors::house::Doors;
use crate::portal::{fields, let_out, let_out_in_english};
use crate::world::{PROGRAMME, PROVINCE};

/// What is on at `path` of the folder, if anything.
fn lying(folder: &Path, path: &str) -> Option<Vec<u8>> {
    std::fs::read(folder.join(path)).ok()
}

fn all_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    entries.flat_map(|it| if it.is_dir() { all_files(&it) } else { vec![it] }).collect()
}

async fn open_programme(doors: &Doors, is_public: bool) {
    let world = &doors.world;
    let leader = world.ctx(Role::Leader, PROVINCE);
    let it = programme_by_code(&leader, &world.db, PROGRAMME).await.unwrap();
    let fields = ProgrammeFields { code: it.code, name: it.name, basis: it.basis, is_public };
    change_programme(&leader, &world.db, PROGRAMME, it.version, fields).await.unwrap();
    doors.board.follow(&world.db).await.unwrap();
}

// I88
#[tokio::test]
async fn what_becomes_public_comes_to_the_mirror_and_what_stops_being_so_goes() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let world = &doors.world;
        let home = tempfile::TempDir::new().unwrap();
        let root = home.path().join("site");
        let directory = DirectoryHandle::load(&world.system(), &world.db).await.unwrap();
        let rooms = (world.db.clone(), directory);
        let folder = Folder::open(&root).await.unwrap();
        let mirror = Mirror::new(doors.router.clone(), world.system(), rooms, folder);
        open_programme(&doors, false).await;
        mirror.follow().await.unwrap();

        for (path, address) in [
            ("ket-qua/index.html", "/ket-qua"),
            ("ket-qua.csv", "/ket-qua.csv"),
            ("index.html", "/"),
        ] {
            let live = doors.bytes(address, "").await;
            assert_eq!(lying(&root, path), Some(live), "{address}");
        }
        assert!(lying(&root, "404.html").is_some());
        // Not for everybody, or of no use while nobody takes what is sent.
        let wrong =
            ["viec", "bien-tap", "phan-anh-den", "dang-nhap", "phan-anh/gui", "ket-qua/nhiem-vu"];
        assert!(wrong.iter().all(|it| !root.join(it).exists()));

        open_programme(&doors, true).await;
        mirror.follow().await.unwrap();
        let task = format!("ket-qua/nhiem-vu/{}/index.html", doors.issued.tasks[0]);
        let live = doors.bytes(&format!("/ket-qua/nhiem-vu/{}", doors.issued.tasks[0]), "").await;
        assert_eq!(lying(&root, &task), Some(live));
        let before = all_files(&root).len();
        assert!(mirror.follow().await.unwrap() > 0);
        assert_eq!(all_files(&root).len(), before, "nothing is left half written");

        open_programme(&doors, false).await;
        mirror.follow().await.unwrap();
        assert_eq!(lying(&root, &task), None);
        let said = all_files(&root).into_iter().filter_map(|it| std::fs::read_to_string(it).ok());
        let name = &doors.issued.tasks[0];
        assert!(said.filter(|it| it.contains(name.as_str())).count() == 0, "{name} is still there");
    })
    .await;
}

#[tokio::test]
async fn what_is_written_in_english_lies_in_the_mirror_as_it_is_read() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let (world, db) = (&doors.world, &doors.world.db);
        let vi = let_out(&doors, Kind::Article, &fields("Bản gốc", DetailFields::default())).await;
        let en = let_out_in_english(&doors, &vi, "In English").await;
        let home = tempfile::TempDir::new().unwrap();
        let root = home.path().join("site");
        let directory = DirectoryHandle::load(&world.system(), db).await.unwrap();
        let folder = Folder::open(&root).await.unwrap();
        let rooms = (db.clone(), directory);
        let mirror = Mirror::new(doors.router.clone(), world.system(), rooms, folder);
        mirror.follow().await.unwrap();
        for (it, tongue) in [(&vi, "vi"), (&en, "en")] {
            let file = format!("{}/index.html", it.path().trim_start_matches('/'));
            let page = String::from_utf8(lying(&root, &file).unwrap()).unwrap();
            assert!(page.contains(&format!(r#"<html lang="{tongue}">"#)), "{page}");
        }
        let room = OwnAddresses::new(doors.router.clone());
        for address in [en.path(), "/en/ket-qua".to_owned(), vi.path()] {
            assert_eq!(room.fault(&address).await, None, "{address}");
        }
        assert!(room.fault("/en/khong-co").await.is_some());
        assert!(room.fault("/en/bien-tap").await.unwrap().contains("đăng nhập"));
    })
    .await;
}

fn drawing(colour: &str) -> Bytes {
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="360" height="240"><rect width="360" height="240" fill="{colour}"/></svg>"#
    );
    Typesetter::default().png(&svg, 1.0).unwrap().into()
}

// I89
#[tokio::test]
async fn a_picture_that_is_replaced_is_another_in_the_mirror_at_once() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let (world, db) = (&doors.world, &doors.world.db);
        let files = Files::open(&doors.files_at.display().to_string()).await.unwrap();
        let (focal, leader) =
            (world.ctx(Role::FocalOfficer, PROVINCE), world.ctx(Role::Leader, PROVINCE));
        let said = PictureFields::default();
        let came = ("cau.png", drawing("#a33b2a"));
        let picture = keep_picture(&focal, (db, &files), came, &said).await.unwrap();
        let block = BlockFields {
            text: "Cầu".to_owned(),
            file: picture.id.to_string(),
            ..BlockFields::of_kind("anh")
        };
        let shown = |title: &str| Fields {
            title: title.to_owned(),
            blocks: vec![block.clone()],
            ..Fields::default()
        };
        let first = let_out(&doors, Kind::Article, &shown("Cầu mới")).await;
        let second = let_out(&doors, Kind::Article, &shown("Cầu khác")).await;

        let home = tempfile::TempDir::new().unwrap();
        let root = home.path().join("site");
        let directory = DirectoryHandle::load(&world.system(), db).await.unwrap();
        let folder = Folder::open(&root).await.unwrap();
        let mirror =
            Mirror::new(doors.router.clone(), world.system(), (db.clone(), directory), folder);
        mirror.follow().await.unwrap();
        let place = format!("anh-cong/{}", picture.id);
        let names = ["320.avif", "320.webp", "320.jpg", "640.avif", "640.webp", "640.jpg"];
        for name in names {
            let live = doors.bytes(&format!("/{place}/{name}"), "").await;
            assert_eq!(lying(&root, &format!("{place}/{name}")), Some(live), "{name}");
        }
        let before = lying(&root, &format!("{place}/320.webp"));
        let key = (picture.id, picture.stamp);
        let came = ("cau-2.png", drawing("#22506b"));
        replace_picture(&leader, (db, &files), key, came).await.unwrap();
        mirror.follow().await.unwrap();
        let now = lying(&root, &format!("{place}/320.webp"));
        assert!(now.is_some() && now != before);

        // Another item still shows it; then none does.
        for (it, is_there) in [(first, true), (second, false)] {
            let out = Step::Withdraw("Sai.".to_owned());
            step(&leader, db, (it.id, it.stamp), &out).await.unwrap();
            mirror.follow().await.unwrap();
            assert_eq!(lying(&root, &format!("{place}/320.webp")).is_some(), is_there);
        }
    })
    .await;
}
