//! The same in other languages, and where words lead.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use sauro_kernel::Role;
use sauro_portal::PortalError;
use sauro_portal::actions::{self, AddressRoom, Addresses, Found, Outside, Step};
use sauro_portal::jobs::look_now;
use sauro_portal::model::{Fields, Item, Kind, Shelf, State, Tongue};
use sauro_testkit::on_each_engine;

use crate::world::{FAR, PROVINCE, World, block, faults, fields};

/// Written over in its language and let out.
async fn translated(world: &World, it: &Item) -> Item {
    let officer = world.ctx(Role::Officer, PROVINCE);
    let key = (it.id, it.version_n);
    let it = actions::write(&officer, &world.db, key, &fields("A short report")).await.unwrap();
    let it = world.waiting(it).await;
    let leader = world.ctx(Role::Leader, PROVINCE);
    world.step(&leader, &it, Step::Approve(String::new())).await.unwrap()
}

async fn tongues_at(world: &World, it: &Item) -> Vec<(Tongue, String)> {
    match actions::read_public(&world.db, &it.slug, &it.path()).await {
        Ok(Found::Page(page)) => page.tongues,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_translation_stands_beside_its_original_and_goes_its_own_way() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let (officer, leader) =
            (world.ctx(Role::Officer, PROVINCE), world.ctx(Role::Leader, PROVINCE));
        let draft = world.written(Kind::Article).await;
        let early = actions::translate(&officer, db, draft.id, ("en", "Early")).await;
        assert!(matches!(early, Err(PortalError::Stale)), "nothing is out to be translated");
        let it = world.published(Kind::Article).await;
        let refused = faults(actions::translate(&officer, db, it.id, ("vi", " ")).await);
        assert!(refused.contains("Chọn ngôn ngữ") && refused.contains("Nhập tiêu đề"), "{refused}");
        let far = world.ctx(Role::Leader, FAR);
        let hidden = actions::translate(&far, db, it.id, ("en", "X")).await;
        assert!(matches!(hidden, Err(PortalError::NotFound(_))));
        world.pass_seconds(60);
        let en = actions::translate(&officer, db, it.id, ("en", "A report")).await.unwrap();
        assert_eq!((en.path().as_str(), en.state), ("/en/tin/a-report", State::Draft));
        let zh = actions::translate(&officer, db, it.id, ("zh", "报告")).await.unwrap();
        assert_eq!(zh.path(), format!("/zh/tin/{}-zh", it.slug), "letters that an address lacks");
        let again = faults(actions::translate(&officer, db, it.id, ("en", "B")).await);
        assert!(again.contains("đã có bản"), "{again}");
        let desk = actions::desk_item(&officer, db, en.id).await.unwrap();
        let original = desk.tongues.original.unwrap();
        assert_eq!(original.marks, desk.version.content.marks, "each block finds its original");
        assert!(tongues_at(&world, &it).await.is_empty(), "nothing else is out yet");
        let (without, _) = actions::to_translate(&officer, db).await.unwrap();
        assert!(without.is_empty(), "it is being translated");

        let en = translated(&world, &en).await;
        let both = vec![(Tongue::Vietnamese, it.path()), (Tongue::English, en.path())];
        assert_eq!(tongues_at(&world, &it).await, both);
        assert_eq!(tongues_at(&world, &en).await, both);
        let (news, _) = actions::listed_items(db, Shelf::News, None).await.unwrap();
        assert_eq!(
            news.iter().map(|it| it.id).collect::<Vec<_>>(),
            [it.id],
            "lists are Vietnamese"
        );
        let map = actions::site_map(db, None).await.unwrap();
        assert_eq!(map.len(), 2);

        // An address of old leads on, from the place of Vietnamese too.
        let old = en.path();
        let en = actions::rename(&leader, db, (en.id, en.stamp), "Better words").await.unwrap();
        for asked in [old.as_str(), "/tin/a-report"] {
            let found = actions::read_public(db, "a-report", asked).await.unwrap();
            assert_eq!(found, Found::Moved("/en/tin/better-words".to_owned()), "{asked}");
        }

        // The original is corrected: the translation is the older of the two.
        world.pass_seconds(60);
        let focal = world.ctx(Role::FocalOfficer, PROVINCE);
        let it = world.step(&focal, &it, Step::Correct).await.unwrap();
        let key = (it.id, it.version_n);
        let it = actions::write(&focal, db, key, &fields("Đã sửa")).await.unwrap();
        let it = world.step(&focal, &it, Step::HandUp("Sửa.".to_owned())).await.unwrap();
        let it = world.step(&leader, &it, Step::Approve(String::new())).await.unwrap();
        let (_, outdated) = actions::to_translate(&officer, db).await.unwrap();
        assert_eq!(outdated.iter().map(|it| it.id).collect::<Vec<_>>(), [en.id]);
        let desk = actions::desk_item(&officer, db, it.id).await.unwrap();
        assert_eq!(desk.tongues.outdated, [en.id]);

        // Withdrawn it makes room for another; without its original none goes out.
        let en = world.step(&leader, &en, Step::Withdraw("Dịch sai.".to_owned())).await.unwrap();
        assert!(tongues_at(&world, &it).await.is_empty());
        assert_eq!(en.state, State::Withdrawn);
        let en = actions::translate(&officer, db, it.id, ("en", "Again")).await.unwrap();
        world.step(&leader, &it, Step::Withdraw("Sai.".to_owned())).await.unwrap();
        let en = world.waiting(en).await;
        let alone = world.step(&leader, &en, Step::Approve(String::new())).await;
        assert!(matches!(alone, Err(PortalError::NotNow(words)) if words.contains("Bản gốc")));
    })
    .await;
}

/// A house in which some addresses are missing, and which counts who asks for what.
#[derive(Default)]
struct Map(Mutex<(Vec<String>, BTreeMap<String, u32>)>);

impl Map {
    fn tear(&self, address: &str) {
        self.0.lock().unwrap().0.push(address.to_owned());
    }

    fn n_asked(&self) -> u32 {
        std::mem::take(&mut self.0.lock().unwrap().1).values().sum()
    }
}

impl Addresses for Map {
    fn fault<'a>(&'a self, address: &'a str) -> Outside<'a, Option<String>> {
        let mut it = self.0.lock().unwrap();
        *it.1.entry(address.to_owned()).or_default() += 1;
        let is_missing = it.0.iter().any(|one| one == address);
        Box::pin(async move { is_missing.then(|| "Không có trang này.".to_owned()) })
    }
}

/// Let out, with links in its second block.
async fn linking(world: &World, text: &str) -> Item {
    let officer = world.ctx(Role::Officer, PROVINCE);
    let it = world.written(Kind::Article).await;
    let mut with = fields("Bài có đường dẫn");
    with.blocks.pop();
    with.blocks.push(block("doan", text));
    with.lead_home("https://cong.example");
    let key = (it.id, it.version_n);
    let it = actions::write(&officer, &world.db, key, &with).await.unwrap();
    let it = world.waiting(it).await;
    let leader = world.ctx(Role::Leader, PROVINCE);
    world.step(&leader, &it, Step::Approve(String::new())).await.unwrap()
}

// I97
#[tokio::test]
async fn links_are_looked_at_once_they_are_out_when_their_target_moves_and_at_night() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let (system, leader) = (world.system(), world.ctx(Role::Leader, PROVINCE));
        let map = Arc::new(Map::default());
        let room = AddressRoom(map.clone());
        let target = world.published(Kind::Article).await;
        let path = target.path();
        map.tear("/khong-co");
        let text = format!(
            "Xem [bài trước](https://cong.example{path}), [số liệu](/ket-qua), [trang mất](/khong-co), [đầu bài](#muc-1), [trang ngoài](https://khac.example/khong-co), [vẫn bài trước]({path}?x=1#muc-1)."
        );
        let it = linking(&world, &text).await;
        assert_eq!(look_now(&system, db, &room).await.unwrap(), 5, "those of the house alone");
        assert_eq!(map.n_asked(), 5);
        let (broken, n_waiting) = actions::broken_links(&leader, db).await.unwrap();
        assert_eq!(n_waiting, 0);
        assert_eq!(broken.len(), 1);
        let read = actions::reading(&leader, db, it.id).await.unwrap();
        assert_eq!(broken[0].mark, read.version.content.marks[1]);
        assert_eq!(
            (broken[0].words.as_str(), broken[0].href.as_str(), broken[0].item),
            ("trang mất", "/khong-co", it.id)
        );
        assert!(actions::broken_links(&world.ctx(Role::Leader, FAR), db).await.unwrap().0.is_empty());
        assert_eq!(look_now(&system, db, &room).await.unwrap(), 0, "nothing moved since");

        // Who links here is known before it goes; when it goes, those links alone are looked at.
        let desk = actions::desk_item(&leader, db, target.id).await.unwrap();
        let leading: Vec<_> = desk.leading.iter().map(|it| (it.0, it.2)).collect();
        assert_eq!(leading, [(it.id, 2)]);
        let stamp = (target.id, target.stamp);
        let target = actions::rename(&leader, db, stamp, "Dời đi").await.unwrap();
        assert_eq!(look_now(&system, db, &room).await.unwrap(), 2);
        assert_eq!(actions::broken_links(&leader, db).await.unwrap().0.len(), 1, "it leads on");
        map.tear(&path);
        world.step(&leader, &target, Step::Withdraw("Nhầm.".to_owned())).await.unwrap();
        assert_eq!(look_now(&system, db, &room).await.unwrap(), 2);
        assert_eq!(actions::broken_links(&leader, db).await.unwrap().0.len(), 2);

        // At night what is broken is asked for again, by one node, and once.
        world.pass_seconds(18 * 3_600);
        map.n_asked();
        let (a, b) = tokio::join!(look_now(&system, db, &room), look_now(&system, db, &room));
        assert_eq!(a.unwrap() + b.unwrap(), 2);
        assert_eq!(map.n_asked(), 2);
        assert_eq!(look_now(&system, db, &room).await.unwrap(), 0, "the night is over");

        // A month later everything is, also by a node that was stopped in the middle and came back.
        world.pass_seconds(31 * 86_400);
        assert!(actions::take_night(&system, db).await.unwrap(), "and now it stops");
        assert_eq!(look_now(&system, db, &room).await.unwrap(), 0, "it may only be slow");
        world.pass_seconds(601);
        assert_eq!(look_now(&system, db, &room).await.unwrap(), 5);

        world.step(&leader, &it, Step::Archive).await.unwrap();
        assert!(actions::broken_links(&leader, db).await.unwrap().0.is_empty());
    })
    .await;
}

#[test]
fn a_link_to_the_house_itself_becomes_a_path() {
    let mut it = Fields {
        blocks: vec![block(
            "doan",
            "[a](https://a.vn/tin/x) [b](https://a.vn.xau.vn/y) [c](https://a.vn)",
        )],
        ..Fields::default()
    };
    it.lead_home("https://a.vn/");
    assert_eq!(it.blocks[0].text, "[a](/tin/x) [b](https://a.vn.xau.vn/y) [c](https://a.vn)");
}
