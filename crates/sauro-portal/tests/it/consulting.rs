use sauro_kernel::{Role, fold};
use sauro_portal::PortalError;
use sauro_portal::actions::{self, Found, OpinionFields, Sought, Step};
use sauro_portal::model::{DetailFields, Fields, Item, Kind};
use sauro_testkit::on_each_engine;
use uuid::Uuid;

use crate::world::{FAR, PROVINCE, World, faults, fields};

async fn let_out(world: &World, kind: Kind, fields: &Fields) -> Item {
    let officer = world.ctx(Role::Officer, PROVINCE);
    let it = world.written(kind).await;
    let key = (it.id, it.version_n);
    let it = actions::write(&officer, &world.db, key, fields).await.unwrap();
    let it = world.waiting(it).await;
    let leader = world.ctx(Role::Leader, PROVINCE);
    world.step(&leader, &it, Step::Approve(String::new())).await.unwrap()
}

fn opinion(stance: &str, giver: &str, body: &str) -> OpinionFields {
    OpinionFields { stance: stance.to_owned(), giver: giver.to_owned(), body: body.to_owned() }
}

// I87
#[tokio::test]
async fn an_opinion_counts_once_within_its_days_and_its_words_are_for_who_asked() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, anybody) = (&world.db, world.anybody());
        // Without its days nobody hands it up.
        let bare = world.written(Kind::Consultation).await;
        let focal = world.ctx(Role::FocalOfficer, PROVINCE);
        let bare = world.step(&focal, &bare, Step::Submit).await.unwrap();
        let refused = faults(world.step(&focal, &bare, Step::HandUp(String::new())).await);
        assert!(refused.contains("thông tin riêng"), "{refused}");
        let details = DetailFields {
            opens_on: "2026-11-02".to_owned(),
            closes_on: "2026-11-03".to_owned(),
            ..DetailFields::default()
        };
        let it =
            let_out(&world, Kind::Consultation, &Fields { details, ..fields("Dự thảo") }).await;
        let key = Uuid::from_u128;
        let send = async |n: u128, sent: OpinionFields| {
            actions::opine(&anybody, db, (&it.slug, key(n), "192.0.2.1"), &sent).await
        };
        let said = faults(send(1, opinion("", "Ai đó", "")).await);
        assert!(said.contains("ba ý kiến") && said.contains("trong danh sách"), "{said}");
        let said = faults(send(1, opinion("mot-phan", "Người dân", " ")).await);
        assert!(said.contains("chưa tán thành"), "{said}");
        for _ in 0..3 {
            send(1, opinion("tan-thanh", "Người dân", "")).await.unwrap();
        }
        send(2, opinion("khong-tan-thanh", "Người dân", "Bỏ điều 2.")).await.unwrap();
        send(3, opinion("mot-phan", "Chuyên gia, nhà khoa học", "Sửa điều 3.")).await.unwrap();
        let Ok(Found::Page(page)) = actions::read_public(db, &it.slug, &it.path()).await else {
            panic!("it is public")
        };
        let counted = page.consultation.unwrap();
        assert_eq!((counted.n_for, counted.n_against, counted.n_partly), (1, 1, 1));
        let read = actions::opinions(&focal, db, (it.id, None)).await.unwrap();
        assert_eq!(read.len(), 3);
        let far = world.ctx(Role::Leader, FAR);
        let hidden = actions::opinions(&far, db, (it.id, None)).await;
        assert!(matches!(hidden, Err(PortalError::NotFound(_))));
        // One place sends no more than sixty within an hour; what was sent before is answered as before.
        for n in 100..157 {
            send(n, opinion("tan-thanh", "Người dân", "")).await.unwrap();
        }
        let flood = send(200, opinion("tan-thanh", "Người dân", "")).await;
        assert!(matches!(flood, Err(PortalError::NotNow(_))));
        send(1, opinion("tan-thanh", "Người dân", "")).await.unwrap();
        assert_eq!(actions::opinions(&focal, db, (it.id, None)).await.unwrap().len(), 50);
        world.pass_seconds(2 * 86_400);
        let late = send(4, opinion("tan-thanh", "Người dân", "")).await;
        assert!(matches!(late, Err(PortalError::NotNow(_))));
        let none =
            actions::opine(&anybody, db, ("khong-co", key(5), ""), &OpinionFields::default()).await;
        assert!(matches!(none, Err(PortalError::NotFound(_))));
    })
    .await;
}

fn paper(number: &str, kind: &str, issued_on: &str, more: DetailFields) -> Fields {
    let details = DetailFields {
        number: number.to_owned(),
        kind: kind.to_owned(),
        issuer: "Ủy ban nhân dân tỉnh Cà Mau".to_owned(),
        field: "du-lieu".to_owned(),
        issued_on: issued_on.to_owned(),
        ..more
    };
    Fields { details, ..fields(&format!("Văn bản {number}")) }
}

#[tokio::test]
async fn the_library_finds_documents_by_every_particular_and_knows_which_hold() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let none = DetailFields::default;
        let old = paper("12/QĐ-UBND", "quyet-dinh", "2024-03-01", none());
        let old = let_out(&world, Kind::Document, &old).await;
        let replaces = DetailFields { replaces: "12/qđ-ubnd".to_owned(), ..none() };
        let new = let_out(
            &world,
            Kind::Document,
            &paper("15/QĐ-UBND", "quyet-dinh", "2026-05-04", replaces),
        )
        .await;
        let ends = DetailFields { expires_on: "2026-10-01".to_owned(), ..none() };
        let_out(&world, Kind::Document, &paper("120/KH-UBND", "ke-hoach", "2025-01-02", ends))
            .await;
        let begins = DetailFields { effective_on: "2027-01-01".to_owned(), ..none() };
        let_out(&world, Kind::Document, &paper("7/CT-UBND", "chi-thi", "2026-10-20", begins)).await;
        let find = async |sought: Sought| -> Vec<String> {
            let (found, next) = actions::library(db, &sought, None).await.unwrap();
            assert_eq!(next, None);
            found.into_iter().map(|it| it.number).collect()
        };
        let today = world.anybody().today();
        let all = find(Sought::default()).await;
        assert_eq!(all, ["7/CT-UBND", "15/QĐ-UBND", "120/KH-UBND", "12/QĐ-UBND"]);
        let text = |it: &str| it.to_owned();
        for (sought, expected) in [
            (Sought { number: text("12"), ..Sought::default() }, vec!["120/KH-UBND", "12/QĐ-UBND"]),
            (Sought { number: text("15/qd"), ..Sought::default() }, vec!["15/QĐ-UBND"]),
            (Sought { kind: text("ke-hoach"), ..Sought::default() }, vec!["120/KH-UBND"]),
            (
                Sought { year: Some(2024), field: text("du-lieu"), ..Sought::default() },
                vec!["12/QĐ-UBND"],
            ),
            (Sought { field: text("tai-chinh"), ..Sought::default() }, vec![]),
            (
                Sought {
                    issuer: text("uy ban nhan dan tinh ca mau"),
                    kind: text("chi-thi"),
                    ..Sought::default()
                },
                vec!["7/CT-UBND"],
            ),
            (Sought { in_force_on: Some(today), ..Sought::default() }, vec!["15/QĐ-UBND"]),
        ] {
            assert_eq!(find(sought.clone()).await, expected, "{sought:?}");
        }
        let page = async |it: &Item| match actions::read_public(db, &it.slug, &it.path()).await {
            Ok(Found::Page(page)) => page,
            other => panic!("{other:?}"),
        };
        assert_eq!(page(&old).await.replaced_by.unwrap().id, new.id);
        let seen = page(&new).await.replaced.unwrap();
        assert!(seen.id == old.id && seen.is_replaced, "{} is {}", fold("12/QĐ-UBND"), seen.number);
        // Taken down, it replaces nothing any longer.
        let leader = world.ctx(Role::Leader, PROVINCE);
        world.step(&leader, &new, Step::Withdraw("Ban hành nhầm.".to_owned())).await.unwrap();
        assert!(page(&old).await.replaced_by.is_none());
        assert_eq!(
            find(Sought { in_force_on: Some(today), ..Sought::default() }).await,
            ["12/QĐ-UBND"]
        );
    })
    .await;
}

#[tokio::test]
async fn topics_gather_what_is_public_newest_first_and_page_by_page() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, leader) = (&world.db, world.ctx(Role::Leader, PROVINCE));
        let topic = actions::open_topic(&leader, db, "Hạ tầng số").await.unwrap();
        let again = faults(actions::open_topic(&leader, db, "Hạ  tầng số").await);
        assert!(again.contains("Đã có chủ đề"), "{again}");
        let officer = world.ctx(Role::Officer, PROVINCE);
        let denied = actions::open_topic(&officer, db, "Khác").await;
        assert!(matches!(denied, Err(PortalError::Denied(_))));
        let mut all = Vec::new();
        for _ in 0..=actions::LIST_PAGE {
            let with =
                Fields { topics: vec![topic.id.to_string()], ..fields("Bài có chủ đề") };
            all.push(let_out(&world, Kind::Article, &with).await.id);
            world.pass_seconds(1);
        }
        all.reverse();
        let (mut found, next) = actions::of_topic(db, &topic, None).await.unwrap();
        assert_eq!(found.len(), usize::from(actions::LIST_PAGE));
        let (rest, end) = actions::of_topic(db, &topic, next).await.unwrap();
        found.extend(rest);
        assert_eq!(end, None);
        assert_eq!(found.iter().map(|it| it.id).collect::<Vec<_>>(), all);
        let first = &found[0];
        let Ok(Found::Page(page)) = actions::read_public(db, &first.slug, &first.path()).await
        else {
            panic!("it is public")
        };
        assert_eq!(page.related.len(), 4);
        assert!(page.related.iter().all(|it| it.id != first.id));
    })
    .await;
}
