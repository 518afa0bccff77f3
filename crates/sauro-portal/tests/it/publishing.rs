use sauro_kernel::Role;
use sauro_portal::PortalError;
use sauro_portal::actions::{self, Found, Step, publish_due};
use sauro_portal::model::{Item, Kind, Shelf, State};
use sauro_testkit::on_each_engine;

use crate::world::{FAR, PROVINCE, World, block, faults, fields};

async fn read(world: &World, it: &Item) -> Result<Found, PortalError> {
    actions::read_public(&world.db, &it.slug, &it.path()).await
}

async fn is_listed(world: &World, it: &Item) -> bool {
    let (found, _) = actions::listed_items(&world.db, Shelf::News, None).await.unwrap();
    found.iter().any(|other| other.id == it.id)
}

#[tokio::test]
async fn an_item_goes_from_its_writer_to_everybody_and_back_with_every_step_in_the_journal() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let [officer, focal, leader] =
            [Role::Officer, Role::FocalOfficer, Role::Leader].map(|role| world.ctx(role, PROVINCE));
        let it = world.written(Kind::Article).await;
        let early = world.step(&leader, &it, Step::Approve(String::new())).await;
        assert!(matches!(early, Err(PortalError::Stale)), "nobody handed it up");
        let it = world.step(&officer, &it, Step::Submit).await.unwrap();
        let denied = world.step(&officer, &it, Step::HandUp(String::new())).await;
        assert!(matches!(denied, Err(PortalError::Denied(_))), "{denied:?}");
        let key = (it.id, it.version_n);
        let denied = actions::write(&officer, &world.db, key, &fields("x")).await;
        assert!(matches!(denied, Err(PortalError::Denied(_))), "the editors have it");
        let it = world.step(&focal, &it, Step::HandUp(String::new())).await.unwrap();
        assert!(matches!(read(&world, &it).await, Err(PortalError::NotFound(_))));
        let bare = world.step(&leader, &it, Step::SendBack(" ".to_owned())).await;
        assert!(faults(bare).contains("lý do trả lại"));
        let it =
            world.step(&leader, &it, Step::SendBack("Thiếu số liệu.".to_owned())).await.unwrap();
        assert_eq!((it.state, it.reason.as_str()), (State::Editing, "Thiếu số liệu."));
        let it = world.step(&focal, &it, Step::HandUp(String::new())).await.unwrap();
        let it = world.step(&leader, &it, Step::Approve(String::new())).await.unwrap();
        assert!(
            matches!(read(&world, &it).await, Ok(Found::Page(_))) && is_listed(&world, &it).await
        );

        // A correction: everybody reads the old words until a leader has seen the new ones.
        let it = world.step(&focal, &it, Step::Correct).await.unwrap();
        let none = world.step(&focal, &it, Step::HandUp("Sửa số.".to_owned())).await;
        assert!(faults(none).contains("Chưa có gì đổi"));
        let key = (it.id, it.version_n);
        let it = actions::write(&focal, &world.db, key, &fields("Tiêu đề đã sửa")).await.unwrap();
        let none = world.step(&focal, &it, Step::HandUp(String::new())).await;
        assert!(faults(none).contains("Ghi điều đã đính chính"));
        let it = world.step(&focal, &it, Step::HandUp("Sửa tiêu đề.".to_owned())).await.unwrap();
        let Ok(Found::Page(page)) = read(&world, &it).await else { panic!("it is public") };
        assert_eq!((page.content.title.as_str(), page.item.note.as_str()), ("Bài số 1", ""));
        let it = world.step(&leader, &it, Step::Approve(String::new())).await.unwrap();
        let Ok(Found::Page(page)) = read(&world, &it).await else { panic!("it is public") };
        assert_eq!(page.content.title, "Tiêu đề đã sửa");
        assert_eq!((page.item.state, page.item.note.as_str()), (State::Corrected, "Sửa tiêu đề."));

        let stale = Item { stamp: it.stamp - 1, ..it.clone() };
        let lost = world.step(&leader, &stale, Step::Archive).await;
        assert!(matches!(lost, Err(PortalError::Stale)));
        let it = world.step(&leader, &it, Step::Withdraw("Sai nguồn.".to_owned())).await.unwrap();
        assert!(!is_listed(&world, &it).await);
        assert!(
            matches!(read(&world, &it).await, Ok(Found::Gone(it)) if it.reason == "Sai nguồn.")
        );
        assert_eq!(
            world.journal().await,
            [
                "PortalItemBegun",
                "PortalVersionKept",
                "PortalItemSubmitted",
                "PortalItemHandedUp",
                "PortalItemSentBack",
                "PortalItemHandedUp",
                "PortalItemPublished",
                "PortalCorrectionBegun",
                "PortalVersionKept",
                "PortalItemHandedUp",
                "PortalItemCorrected",
                "PortalItemWithdrawn"
            ]
        );
    })
    .await;
}

// I84
#[tokio::test]
async fn nobody_lets_out_what_they_wrote_and_strangers_learn_nothing() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let leader = world.ctx(Role::Leader, PROVINCE);
        let it = world.written(Kind::Article).await;
        let it = world.step(&leader, &it, Step::Submit).await.unwrap();
        let key = (it.id, it.version_n);
        let it = actions::write(&leader, &world.db, key, &fields("Lãnh đạo sửa")).await.unwrap();
        let it = world.step(&leader, &it, Step::HandUp(String::new())).await.unwrap();
        let own = world.step(&leader, &it, Step::Approve(String::new())).await;
        assert!(matches!(own, Err(PortalError::NotNow(words)) if words.contains("không tự duyệt")));
        let desk = actions::desk_item(&leader, &world.db, it.id).await.unwrap();
        assert!(desk.own_words.contains("không tự duyệt"));
        for ctx in [world.ctx(Role::Leader, FAR), world.ctx(Role::StandingAgency, "VPCP")] {
            let hidden = world.step(&ctx, &it, Step::Approve(String::new())).await;
            assert!(matches!(hidden, Err(PortalError::NotFound(_))), "{hidden:?}");
            let hidden = actions::desk_item(&ctx, &world.db, it.id).await;
            assert!(matches!(hidden, Err(PortalError::NotFound(_))));
            assert!(actions::queue(&ctx, &world.db, None).await.unwrap().items.is_empty());
        }
        let other = world.other(Role::Leader, PROVINCE);
        let it = world.step(&other, &it, Step::Approve(String::new())).await.unwrap();
        assert_eq!(it.state, State::Published);
    })
    .await;
}

// I85
#[tokio::test]
async fn what_is_planned_goes_out_once_at_its_moment_also_after_a_restart_and_a_clock_set_back() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (leader, system) = (world.ctx(Role::Leader, PROVINCE), world.system());
        let it = world.written(Kind::Article).await;
        let it = world.waiting(it).await;
        let past = world.step(&leader, &it, Step::Approve("2026-11-02T08:00".to_owned())).await;
        assert!(faults(past).contains("sau bây giờ"));
        let at = Step::Approve("2026-11-02T08:01".to_owned());
        let it = world.step(&leader, &it, at.clone()).await.unwrap();
        assert_eq!(it.state, State::Scheduled);
        assert_eq!(publish_due(&system, &world.db).await.unwrap(), 0);
        assert!(matches!(read(&world, &it).await, Err(PortalError::NotFound(_))));

        // Nothing but the row is known of it: whoever looks after a restart, however late, lets it out.
        world.pass_seconds(61);
        let (a, b) = tokio::join!(publish_due(&system, &world.db), publish_due(&system, &world.db));
        assert_eq!(a.unwrap() + b.unwrap(), 1, "two nodes let it out once");
        let Ok(Found::Page(page)) = read(&world, &it).await else { panic!("it is out") };
        let published_at = page.item.published_at;

        world.pass_seconds(-3_600);
        assert_eq!(publish_due(&system, &world.db).await.unwrap(), 0);
        let Ok(Found::Page(page)) = read(&world, &it).await else { panic!("it stays out") };
        assert!(is_listed(&world, &it).await);
        assert_eq!(page.item.published_at, published_at);
        world.pass_seconds(7_200);
        assert_eq!(publish_due(&system, &world.db).await.unwrap(), 0, "once is once");
        let n = world.journal().await.iter().filter(|it| *it == "PortalItemPublished").count();
        assert_eq!(n, 1);

        // Thought better of before its moment.
        let other = world.written(Kind::Article).await;
        let other = world.waiting(other).await;
        let at = Step::Approve("2026-11-02T12:00".to_owned());
        let other = world.step(&leader, &other, at).await.unwrap();
        world.step(&leader, &other, Step::Unschedule).await.unwrap();
        world.pass_seconds(86_400);
        assert_eq!(publish_due(&system, &world.db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_readers_could_not_use_is_not_handed_up_and_an_archive_is_read_but_not_listed() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let focal = world.ctx(Role::FocalOfficer, PROVINCE);
        let it = world.written(Kind::Article).await;
        let it = world.step(&focal, &it, Step::Submit).await.unwrap();
        let mut bad = fields("Bài thiếu");
        bad.blocks.push(block("doan", "Xem [tại đây](/tin)."));
        let it = actions::write(&focal, &world.db, (it.id, it.version_n), &bad).await.unwrap();
        let refused = faults(world.step(&focal, &it, Step::HandUp(String::new())).await);
        assert!(refused.contains("Khối 3") && refused.contains("tại đây"), "{refused}");
        let paper = world.written(Kind::Article).await;
        let paper = world.step(&focal, &paper, Step::Submit).await.unwrap();
        assert!(world.step(&focal, &paper, Step::HandUp(String::new())).await.is_ok());
        let it = world.published(Kind::Article).await;
        let it = world.step(&focal, &it, Step::Archive).await.unwrap();
        assert!(
            matches!(read(&world, &it).await, Ok(Found::Page(_))) && !is_listed(&world, &it).await
        );
        let found = actions::site_map(&world.db, None).await.unwrap();
        assert!(found.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_correction_that_is_given_up_leaves_what_everybody_reads() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let focal = world.ctx(Role::FocalOfficer, PROVINCE);
        let it = world.published(Kind::Article).await;
        let it = world.step(&focal, &it, Step::Correct).await.unwrap();
        let key = (it.id, it.version_n);
        let it = actions::write(&focal, &world.db, key, &fields("Khác hẳn")).await.unwrap();
        let it = world.step(&focal, &it, Step::DropCorrection).await.unwrap();
        assert_eq!((it.state, it.version_n, it.live_n), (State::Published, 4, Some(4)));
        let Ok(Found::Page(page)) = read(&world, &it).await else { panic!("it is public") };
        assert_eq!(
            (page.content.title.as_str(), page.item.title.as_str()),
            ("Bài số 1", "Bài số 1")
        );
        let (_, all, _) = actions::versions(&focal, &world.db, (it.id, None)).await.unwrap();
        assert_eq!(all.len(), 4, "nothing that was written is lost");
    })
    .await;
}
