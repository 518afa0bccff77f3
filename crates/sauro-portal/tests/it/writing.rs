use sauro_kernel::Role;
use sauro_portal::PortalError;
use sauro_portal::actions::{self, Found, Step};
use sauro_portal::model::{Kind, Row};
use sauro_store::{Keys, run};
use sauro_testkit::on_each_engine;

use crate::world::{PROVINCE, World, block, every_role, faults, fields};

// I13
#[tokio::test]
async fn of_two_who_edit_at_once_the_second_sees_both_texts_and_loses_none() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let (one, two) = (world.ctx(Role::Officer, PROVINCE), world.other(Role::Officer, PROVINCE));
        let it = world.written(Kind::Article).await;
        let key = (it.id, it.version_n);
        actions::keep_draft(&two, db, key, &fields("Bản của người thứ hai")).await.unwrap();
        let seen = actions::desk_item(&one, db, it.id).await.unwrap();
        assert_eq!(seen.others, ["Chuyên viên thứ hai"]);
        assert_eq!(seen.draft, None, "another's draft is not one's own");
        let it = actions::write(&one, db, key, &fields("Bản của người thứ nhất")).await.unwrap();
        let lost = actions::write(&two, db, key, &fields("Bản của người thứ hai")).await;
        assert!(matches!(lost, Err(PortalError::Stale)));
        let seen = actions::desk_item(&two, db, it.id).await.unwrap();
        let draft = seen.draft.unwrap();
        assert_eq!((draft.fields.title.as_str(), draft.base_n), ("Bản của người thứ hai", 2));
        assert_eq!(seen.version.content.title, "Bản của người thứ nhất");
        let above = (it.id, it.version_n);
        actions::write(&two, db, above, &fields("Gộp cả hai")).await.unwrap();
        let (it, all, _) = actions::versions(&one, db, (it.id, None)).await.unwrap();
        let titles: Vec<&str> = all.iter().map(|it| it.content.title.as_str()).collect();
        assert_eq!(titles, ["Gộp cả hai", "Bản của người thứ nhất", "Bài số 1", "Bài số 1"]);
        assert!(actions::desk_item(&two, db, it.id).await.unwrap().draft.is_none());

        // One that was begun long ago tells nobody that somebody is there.
        actions::keep_draft(&two, db, (it.id, 4), &fields("x")).await.unwrap();
        world.pass_seconds(120);
        assert!(actions::desk_item(&one, db, it.id).await.unwrap().others.is_empty());
        actions::drop_draft(&two, db, it.id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_item_that_is_moved_while_somebody_writes_keeps_their_words() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let (officer, leader) =
            (world.ctx(Role::Officer, PROVINCE), world.ctx(Role::Leader, PROVINCE));
        let it = world.written(Kind::Article).await;
        let begun = (it.id, it.version_n);
        let other = actions::open_section(&leader, db, &every_role("Mục khác")).await.unwrap();
        let moved =
            actions::move_to_section(&leader, db, (it.id, it.stamp), other.id).await.unwrap();
        let moved =
            actions::rename(&leader, db, (it.id, moved.stamp), "Địa chỉ mới").await.unwrap();
        let it = actions::write(&officer, db, begun, &fields("Vẫn ghi được")).await.unwrap();
        assert_eq!((it.slug.as_str(), it.section), ("dia-chi-moi", other.id));
        assert_eq!(it.slug, moved.slug);
    })
    .await;
}

// I86
#[tokio::test]
async fn every_address_that_ever_was_leads_on_in_one_leap_and_none_in_a_circle() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, leader) = (&world.db, world.ctx(Role::Leader, PROVINCE));
        let it = world.published(Kind::Article).await;
        let first = it.slug.clone();
        let mut it = it;
        for typed in ["Mới", "Mới hơn", first.as_str(), "Mới hơn"] {
            it = actions::rename(&leader, db, (it.id, it.stamp), typed).await.unwrap();
        }
        assert_eq!(it.slug, "moi-hon");
        for old in [first.as_str(), "moi-1"] {
            let found = actions::read_public(db, old, &format!("/tin/{old}")).await.unwrap();
            assert_eq!(found, Found::Moved("/tin/moi-hon".to_owned()), "{old}");
        }
        // Asked for at the place of another kind it leads to its own.
        let found = actions::read_public(db, "moi-hon", "/van-ban/moi-hon").await.unwrap();
        assert_eq!(found, Found::Moved("/tin/moi-hon".to_owned()));
        let found = actions::read_public(db, "moi-hon", "/tin/moi-hon").await.unwrap();
        assert!(matches!(found, Found::Page(_)), "where it stands it leads nowhere else");
        let other = world.published(Kind::Article).await;
        let taken = actions::rename(&leader, db, (other.id, other.stamp), &first).await;
        assert!(faults(taken).contains("đang dẫn đến bài khác"), "an old address stays its item's");
        let none = actions::rename(&leader, db, (other.id, other.stamp), " – ").await;
        assert!(faults(none).contains("Nhập địa chỉ"));
        // The same title twice.
        let place = (world.section.id, Kind::Article);
        let again = actions::begin(&leader, db, place, "Mới hơn").await.unwrap();
        assert_eq!(again.slug, "moi-hon-2");
    })
    .await;
}

// I83
#[tokio::test]
async fn versions_are_compared_brought_back_copied_and_never_change() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, officer) = (&world.db, world.ctx(Role::Officer, PROVINCE));
        let it = world.written(Kind::Article).await;
        let mut more = fields("Bài số 1");
        more.blocks.push(block("doan", "Đoạn thêm."));
        let it = actions::write(&officer, db, (it.id, it.version_n), &more).await.unwrap();
        let compared = actions::compare(&officer, db, it.id, (3, 2)).await.unwrap();
        assert_eq!((compared.old.n, compared.new.n), (2, 3));
        assert_eq!(compared.rows.last(), Some(&Row::Come("Đoạn thêm.".to_owned())));
        let none = actions::compare(&officer, db, it.id, (2, 9)).await;
        assert!(matches!(none, Err(PortalError::NotFound(_))));
        let it = actions::restore(&officer, db, (it.id, it.stamp), 2).await.unwrap();
        assert_eq!(it.version_n, 4);
        let (_, all, _) = actions::versions(&officer, db, (it.id, None)).await.unwrap();
        assert_eq!(all[0].content, all[2].content);
        assert_eq!(all[0].note, "Khôi phục phiên bản 2");
        let copy = actions::copy(&officer, db, it.id).await.unwrap();
        assert_eq!((copy.title.as_str(), copy.slug.as_str()), ("Bài số 1", "bai-so-1-2"));

        for sql in ["UPDATE portal_versions SET note = 'x'", "DELETE FROM portal_versions"] {
            let mut conn = db.write().await.unwrap();
            let refused = run!(conn, c => sqlx::query(sql).execute(c).await.map(drop));
            assert!(refused.is_err(), "{sql}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_preview_is_open_to_whoever_has_its_link_until_it_runs_out() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, officer) = (&world.db, world.ctx(Role::Officer, PROVINCE));
        let keys = Keys::passing().unwrap();
        let it = world.written(Kind::Article).await;
        let (token, until) = actions::link_preview(&officer, (db, &keys), it.id).await.unwrap();
        let open = async |now| actions::open_preview((db, &keys), &token, now).await;
        assert_eq!(open(until).await.unwrap().version.n, 2);
        assert!(matches!(open(until + 1).await, Err(PortalError::Expired)));
        let forged = token.replacen(".2.", ".1.", 1);
        let forged = actions::open_preview((db, &keys), &forged, 0).await;
        assert!(matches!(forged, Err(PortalError::NotFound(_))));
        let other = Keys::passing().unwrap();
        let foreign = actions::open_preview((db, &other), &token, 0).await;
        assert!(matches!(foreign, Err(PortalError::NotFound(_))), "another house signed it");
        let it = world.waiting(it).await;
        let leader = world.ctx(Role::Leader, PROVINCE);
        let it = world.step(&leader, &it, Step::Approve(String::new())).await.unwrap();
        world.step(&leader, &it, Step::Withdraw("Sai.".to_owned())).await.unwrap();
        assert!(
            matches!(open(0).await, Err(PortalError::NotFound(_))),
            "what was taken down is down"
        );
    })
    .await;
}
