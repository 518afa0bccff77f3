use bytes::Bytes;
use sauro_initiatives::InitiativesError;
use sauro_initiatives::actions::{self, Attachment, Filter};
use sauro_initiatives::model::{DossierFields, Stage};
use sauro_kernel::Role;
use sauro_store::run;
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, FAR, World, faults};

fn file(name: &str, content: &[u8]) -> Attachment {
    Attachment { name: name.to_owned(), content: Bytes::copy_from_slice(content) }
}

// I54
#[tokio::test]
async fn a_form_sent_again_and_again_at_once_is_one_dossier_with_one_code() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (key, fields, room) = (world.fresh(), world.fields(), world.room());
        let ctx = world.anybody();
        let send = || actions::send(&ctx, &room, key, &fields, vec![file("a.txt", b"so lieu\n")]);
        let all = tokio::join!(send(), send(), send(), send(), send());
        let all = [all.0, all.1, all.2, all.3, all.4].map(|it| it.unwrap());
        let later = send().await.unwrap();
        assert!(later.is_again);
        assert!(all.iter().all(|it| it.initiative.code == later.initiative.code));
        assert_eq!(all.iter().filter(|it| !it.is_again).count(), 1);
        assert_eq!(world.journal().await.0, ["InitiativeSent"]);
        let other = actions::send(&ctx, &room, world.fresh(), &fields, Vec::new()).await.unwrap();
        assert_ne!(other.initiative.code, later.initiative.code);
        let due = world.calendar.add_working_days(ctx.today(), 5);
        assert_eq!((other.initiative.due_on, other.initiative.stage), (Some(due), Stage::Checking));
    })
    .await;
}

// I54
#[tokio::test]
async fn who_wrote_it_stands_nowhere_in_plain_words_unless_the_authors_agreed() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let it = world.sent().await;
        let (_, said) = world.journal().await;
        let mut conn = world.db.read().await.unwrap();
        const SQL: &str = "SELECT dossier FROM initiative_dossiers";
        let text: String = run!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await).unwrap();
        const SEALED: &str = "SELECT sealed FROM initiative_authors ORDER BY n";
        let sealed: Vec<Vec<u8>> =
            run!(conn, c => sqlx::query_scalar(SEALED).fetch_all(c).await).unwrap();
        drop(conn);
        let sealed = sealed.iter().map(|it| String::from_utf8_lossy(it)).collect::<String>();
        for private in ["Người Kín Tên", "0912345678", "kin@example.vn", "Trạm Y tế"] {
            for text in [&said, &text, &sealed] {
                assert!(!text.contains(private), "{private} in {text}");
            }
        }
        let room = world.room();
        let focal = world.ctx(Role::FocalOfficer, COMMUNE);
        let seen = actions::case(&focal, &room, it.id).await.unwrap();
        let first = &seen.people[0];
        assert_eq!((first.name.as_str(), first.phone.as_str()), ("Người Kín Tên", "0912345678"));
        assert_eq!(first.mark(), seen.dossier.authors[0].mark, "they can show that it is theirs");
        let officer = world.ctx(Role::Officer, COMMUNE);
        let seen = actions::case(&officer, &room, it.id).await.unwrap();
        assert!(seen.people.is_empty(), "only whoever handles dossiers learns names");
        let by_code = actions::of_code(&world.db, it.code.as_str()).await.unwrap();
        assert!(by_code.people.is_empty() && by_code.authors[0].public_name.is_empty());
        for (role, code) in [(Role::Leader, FAR), (Role::Administrator, COMMUNE)] {
            let hidden = actions::case(&world.ctx(role, code), &room, it.id).await;
            assert!(matches!(hidden, Err(InitiativesError::NotFound(_))), "{role:?} of {code}");
        }
        let mut fields = world.fields();
        fields.consents.push("cong-khai-ten".to_owned());
        let (ctx, key) = (world.anybody(), world.fresh());
        let named = actions::send(&ctx, &room, key, &fields, Vec::new()).await.unwrap();
        let named = actions::of_code(&world.db, named.initiative.code.as_str()).await.unwrap();
        assert_eq!(named.authors[1].public_name, "Người Thứ Hai");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_named_and_nothing_is_kept() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (ctx, room) = (world.anybody(), world.room());
        let to = |receiver: &str| DossierFields { receiver: receiver.to_owned(), ..world.fields() };
        for (fields, files, words) in [
            (DossierFields::default(), vec![], "cam-doan"),
            (to(""), vec![], "Nhập nơi nhận"),
            (to("Phép Thuật Xyz"), vec![], "Không có cơ quan nào"),
            (to("Tân Lập"), vec![], "nhiều cơ quan"),
            (to("'; DROP TABLE initiatives; --"), vec![], "noi-nhan"),
            (world.fields(), vec![file("a.pdf", b"MZ\x90\x00")], "tep"),
            (world.fields(), vec![file("a.txt", b"a"); 6], "tối đa 5 tệp"),
        ] {
            let refused = actions::send(&ctx, &room, world.fresh(), &fields, files).await;
            let said = faults(refused);
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(world.journal().await.0.is_empty());
        let hostile = DossierFields {
            title: "<script>alert(1)</script>\u{202e} =cmd|' /C calc'!A0".to_owned(),
            ..world.fields()
        };
        let it = actions::send(&ctx, &room, world.fresh(), &hostile, Vec::new()).await.unwrap();
        assert_eq!(it.initiative.title, "<script>alert(1)</script> =cmd|' /C calc'!A0");
    })
    .await;
}

#[tokio::test]
async fn the_list_for_everybody_has_what_was_accepted_and_finds_words_without_marks() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let first = world.sent().await;
        let list = async |filter: Filter| {
            let found = actions::listed(&world.db, &filter, 10).await.unwrap();
            found.into_iter().map(|it| it.id).collect::<Vec<_>>()
        };
        assert!(list(Filter::default()).await.is_empty(), "nobody has checked it");
        let first = world.judged(&first).await;
        let second = world.judged(&world.sent().await).await;
        assert_eq!(list(Filter::default()).await, [second.id, first.id]);
        let before = second.id.to_string();
        assert_eq!(list(Filter { before, ..Filter::default() }).await, [first.id]);
        let with = |words: &str| Filter { words: words.to_owned(), ..Filter::default() };
        assert_eq!(list(with("nha van hoa")).await.len(), 2);
        assert_eq!(list(with("NHÀ huyết")).await.len(), 2);
        assert!(list(with("nhà trường")).await.is_empty());
        assert_eq!(list(with("%")).await.len(), 2, "no word narrows nothing");
        let stage = |it: &str| Filter { stage: it.to_owned(), ..Filter::default() };
        assert_eq!(list(stage("judging")).await.len(), 2);
        assert!(list(stage("reviewing")).await.is_empty());
        let narrow = Filter {
            area: "y-te".to_owned(),
            place: "96".to_owned(),
            words: "thôn".to_owned(),
            stage: "judging".to_owned(),
            before: String::new(),
        };
        assert_eq!(list(narrow).await.len(), 2);
        assert!(list(Filter { place: "01".to_owned(), ..Filter::default() }).await.is_empty());
    })
    .await;
}
