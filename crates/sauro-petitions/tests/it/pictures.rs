//! Pictures of a case: covered by an officer, let out by a leader, taken back at once.

use std::io::Cursor;

use bytes::Bytes;
use image::{ImageFormat, Rgb, RgbImage};
use sauro_kernel::{PetitionFileId, PetitionId, Role};
use sauro_petitions::PetitionsError;
use sauro_petitions::actions::{self, FileSent, Sent};
use sauro_petitions::model::{covers_of, covers_text};
use sauro_store::FileHash;
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, FAR, World, draft};

const RED: Rgb<u8> = Rgb([200, 20, 20]);

/// Left half red, right half light.
pub(crate) fn photo() -> Bytes {
    let picture = RgbImage::from_fn(400, 200, |x, _| if x < 200 { RED } else { Rgb([240; 3]) });
    let mut content = Vec::new();
    picture.write_to(&mut Cursor::new(&mut content), ImageFormat::Png).unwrap();
    content.into()
}

async fn with_photo(world: &World, key: &str) -> (PetitionId, PetitionFileId) {
    let files = vec![FileSent { name: "nha-ba-Lan.png".to_owned(), content: photo() }];
    let sent = Sent { files, ..world.letter(key) };
    let ctx = world.anybody();
    let receipt = actions::send(&ctx, &world.house(), sent).await.unwrap();
    let code = receipt.code.to_string();
    let followed = actions::follow(&ctx, &world.house(), &code, "192.0.2.1").await.unwrap();
    (followed.case.id, followed.files[0].id)
}

#[tokio::test]
async fn a_picture_is_public_only_covered_and_only_once_a_leader_approved() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (officer, leader) =
            (world.ctx(Role::Officer, COMMUNE), world.ctx(Role::Leader, COMMUNE));
        let (id, file) = with_photo(&world, "a").await;
        let number = world.view(&officer, id).await.case.number;
        let covers = covers_of("0.0.500.1000.d").unwrap();
        let place = (id, file);

        // Not before an answer is being written, not by others.
        let early = actions::prepare_picture(&officer, &house, place, covers.clone()).await;
        assert!(matches!(early, Err(PetitionsError::Denied(_))), "{early:?}");
        let far = world.ctx(Role::Officer, FAR);
        let other = actions::prepare_picture(&far, &house, place, covers.clone()).await;
        assert!(matches!(other, Err(PetitionsError::NotFound(_))), "{other:?}");

        world.assigned(id, COMMUNE).await;
        actions::accept(&officer, &house, id).await.unwrap();
        actions::prepare_picture(&officer, &house, place, covers.clone()).await.unwrap();
        actions::submit(&officer, &house, id, &draft()).await.unwrap();
        let hidden = actions::public_picture(&house, &number, file).await;
        assert!(matches!(hidden, Err(PetitionsError::NotFound(_))), "{hidden:?}");

        actions::approve(&leader, &house, id).await.unwrap();
        let public = actions::public_picture(&house, &number, file).await.unwrap();
        assert_eq!((public.width, public.height), (400, 200));
        let content = world.files.read(&FileHash(public.hash)).await.unwrap();
        let seen = image::load_from_memory(&content).unwrap().into_rgb8();
        assert!(seen.enumerate_pixels().filter(|it| it.0 < 192).all(|it| it.2.0 == [0; 3]));
        assert!(seen.get_pixel(390, 100).0.iter().all(|it| *it > 220));
        let page = actions::public_case(&house, &number).await.unwrap();
        assert_eq!(page.pictures.len(), 1);

        // What came is as it was, and the journal tells no name.
        let kept = &world.view(&officer, id).await.files[0];
        let original = world.files.read(&FileHash(kept.hash)).await.unwrap();
        assert_eq!(image::load_from_memory(&original).unwrap().into_rgb8().get_pixel(10, 10), &RED);
        assert!(!world.journal().await.contains("nha-ba-Lan"));

        actions::withdraw_picture(&officer, &house, place).await.unwrap();
        let gone = actions::public_picture(&house, &number, file).await;
        assert!(matches!(gone, Err(PetitionsError::NotFound(_))), "{gone:?}");
        // Once the answer is out an officer lets nothing out alone; a leader does.
        let alone = actions::prepare_picture(&officer, &house, place, covers.clone()).await;
        assert!(matches!(alone, Err(PetitionsError::Denied(_))), "{alone:?}");
        actions::prepare_picture(&leader, &house, place, covers).await.unwrap();
        actions::public_picture(&house, &number, file).await.unwrap();
    })
    .await;
}

#[test]
fn covers_are_read_as_they_were_written_and_nothing_else_is() {
    let text = "0.0.500.1000.d_120.80.300.45.m";
    assert_eq!(covers_text(&covers_of(text).unwrap()), text);
    assert_eq!(covers_of(""), Some(Vec::new()));
    let wrong =
        ["1.2.3.4", "1.2.3.4.x", "900.0.200.10.d", "0.0.0.10.d", "1.2.3.4.d.5", "-1.0.1.1.d"];
    for text in wrong {
        assert_eq!(covers_of(text), None, "{text}");
    }
    assert_eq!(covers_of(&["1.1.1.1.d"; 21].join("_")), None);
}
