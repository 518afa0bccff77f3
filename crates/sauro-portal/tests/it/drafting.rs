//! What happens to a draft before it is out: the legal opinion, remarks on its blocks, and who has it open.

use sauro_kernel::{Ctx, Role};
use sauro_portal::PortalError;
use sauro_portal::actions::{self, Found, Remarking, SectionFields, Step};
use sauro_portal::model::{Fields, Item, Kind, Said, State};
use sauro_store::{Keys, run};
use sauro_testkit::on_each_engine;

use crate::world::{FAR, PROVINCE, World, block, every_role, faults, fields};

/// Asks for a legal opinion in the world's section.
async fn with_law(world: &World) {
    let leader = world.ctx(Role::Leader, PROVINCE);
    let with = SectionFields {
        vetters: vec!["verifier".to_owned(), "officer".to_owned()],
        ..every_role("Tin của tỉnh")
    };
    let section = actions::change_section(&leader, &world.db, world.section.id, &with).await;
    let roles = section.unwrap().roles;
    assert_eq!(roles.vetters, [Role::Verifier], "a section gives nobody what the policy does not");
}

// I95
#[tokio::test]
async fn nothing_goes_out_without_a_legal_opinion_where_one_is_asked_for() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (focal, leader) =
            (world.ctx(Role::FocalOfficer, PROVINCE), world.ctx(Role::Leader, PROVINCE));
        let verifier = world.ctx(Role::Verifier, PROVINCE);
        // Handed up before the section began to ask for it.
        let early = world.written(Kind::Article).await;
        let early = world.waiting(early).await;
        with_law(&world).await;
        let out = Step::Approve(String::new());
        let refused = world.step(&leader, &early, out.clone()).await;
        assert!(matches!(refused, Err(PortalError::NotNow(words)) if words.contains("pháp chế")));

        let it = world.written(Kind::Article).await;
        let it = world.waiting(it).await;
        assert_eq!(it.state, State::Vetting);
        let early = world.step(&leader, &it, out.clone()).await;
        assert!(matches!(early, Err(PortalError::Stale)), "it is not the leader's turn");
        let wordless = world.step(&verifier, &it, Step::Object("  ".to_owned())).await;
        assert!(faults(wordless).contains("Nhập điều cần sửa"));
        let other = world.step(&focal, &it, Step::Agree(String::new())).await;
        assert!(matches!(other, Err(PortalError::Denied(_))));
        let it =
            world.step(&verifier, &it, Step::Object("Dẫn sai điều.".to_owned())).await.unwrap();
        assert_eq!((it.state, it.reason.as_str()), (State::Editing, "Dẫn sai điều."));

        let key = (it.id, it.version_n);
        let it = actions::write(&focal, &world.db, key, &fields("Đã sửa")).await.unwrap();
        let it = world.step(&focal, &it, Step::HandUp(String::new())).await.unwrap();
        let it = world.step(&verifier, &it, Step::Agree(String::new())).await.unwrap();
        assert_eq!(it.state, State::Waiting);
        let desk = actions::desk_item(&leader, &world.db, it.id).await.unwrap();
        let given: Vec<(i64, bool)> = desk.opinions.iter().map(|it| (it.n, it.agrees)).collect();
        assert_eq!(given, [(3, true), (2, false)]);

        // The same person in a leader's seat.
        let mut both = world.other(Role::Leader, PROVINCE);
        both.actor.account = verifier.actor.account;
        let own = world.step(&both, &it, out.clone()).await;
        assert!(
            matches!(own, Err(PortalError::NotNow(words)) if words.contains("ý kiến pháp chế"))
        );
        let it = world.step(&leader, &it, out).await.unwrap();
        assert_eq!(it.state, State::Published);

        // A correction goes the same way, and everybody reads the old words meanwhile.
        let it = world.step(&focal, &it, Step::Correct).await.unwrap();
        let key = (it.id, it.version_n);
        let it = actions::write(&focal, &world.db, key, &fields("Sửa lần nữa")).await.unwrap();
        let it = world.step(&focal, &it, Step::HandUp("Sửa tên.".to_owned())).await.unwrap();
        assert_eq!(it.state, State::Revetting);
        let found = actions::read_public(&world.db, &it.slug, &it.path()).await.unwrap();
        let Found::Page(page) = found else { panic!("it is public") };
        assert_eq!(page.content.title, "Đã sửa");
        let mut author = verifier.clone();
        author.actor.account = focal.actor.account;
        let own = world.step(&author, &it, Step::Agree(String::new())).await;
        assert!(matches!(own, Err(PortalError::NotNow(words)) if words.contains("Người viết")));
        let it = world.step(&verifier, &it, Step::Agree(String::new())).await.unwrap();
        let it = world.step(&leader, &it, Step::Approve(String::new())).await.unwrap();
        assert_eq!((it.state, it.note.as_str()), (State::Corrected, "Sửa tên."));
        for sql in
            ["UPDATE portal_legal_opinions SET body = 'x'", "DELETE FROM portal_legal_opinions"]
        {
            let mut conn = world.db.write().await.unwrap();
            let refused = run!(conn, c => sqlx::query(sql).execute(c).await.map(drop));
            assert!(refused.is_err(), "{sql}");
        }
    })
    .await;
}

async fn mark_of(ctx: &Ctx, world: &World, it: &Item, n: usize) -> String {
    let read = actions::reading(ctx, &world.db, it.id).await.unwrap();
    read.version.content.marks.get(n).cloned().unwrap()
}

fn on(mark: &str, words: &str) -> Remarking {
    Remarking::Begin(mark.to_owned(), words.to_owned())
}

// I96
#[tokio::test]
async fn a_remark_stays_with_its_block_wherever_that_goes_and_when_it_has_gone() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let (officer, leader) =
            (world.ctx(Role::Officer, PROVINCE), world.ctx(Role::Leader, PROVINCE));
        let it = world.written(Kind::Article).await;
        let mark = mark_of(&officer, &world, &it, 1).await;
        let none = actions::remark(&leader, db, it.id, &on(&mark, " ")).await;
        assert!(faults(none).contains("Nhập góp ý"));
        let thread = actions::remark(&leader, db, it.id, &on(&mark, "Nêu con số.")).await.unwrap();
        let answer = Remarking::Answer(thread, "Đã thêm.".to_owned());
        actions::remark(&officer, db, it.id, &answer).await.unwrap();

        // The block is moved down, changed, and split in two: the first half keeps its remark.
        let desk = actions::desk_item(&officer, db, it.id).await.unwrap();
        let mut typed = Fields::of(&desk.version.content);
        typed.blocks.insert(1, block("doan", "Một đoạn mới."));
        typed.blocks[2].text = "Có 12 ấp.\n\nVà một đoạn nữa.".to_owned();
        let it = actions::write(&officer, db, (it.id, it.version_n), &typed).await.unwrap();
        let read = actions::reading(&leader, db, it.id).await.unwrap();
        let content = &read.version.content;
        assert_eq!(content.block(&mark).unwrap().words(), "Có 12 ấp.");
        let mut marks = content.marks.clone();
        marks.sort();
        marks.dedup();
        assert_eq!(marks.len(), 4, "no two blocks share one");

        // The block is taken out: the remark is still there, with how the block began.
        let mut typed = Fields::of(content);
        typed.blocks.retain(|it| it.mark != mark);
        let it = actions::write(&officer, db, (it.id, it.version_n), &typed).await.unwrap();
        let read = actions::reading(&leader, db, it.id).await.unwrap();
        assert!(read.version.content.block(&mark).is_none());
        assert_eq!(read.threads[0].quote, "Một đoạn ngắn.");
        let gone = actions::remark(&leader, db, it.id, &on(&mark, "Nữa.")).await;
        assert!(faults(gone).contains("vừa được bỏ"));
        let desk = actions::queue(&leader, db, None).await.unwrap();
        assert_eq!(desk.remarks, [(it.id, 1)]);

        let settle = |is_settled| Remarking::Settle(thread, is_settled);
        actions::remark(&officer, db, it.id, &settle(true)).await.unwrap();
        let again = actions::remark(&officer, db, it.id, &settle(true)).await;
        assert!(matches!(again, Err(PortalError::Stale)));
        assert!(actions::queue(&leader, db, None).await.unwrap().remarks.is_empty());
        actions::remark(&leader, db, it.id, &settle(false)).await.unwrap();
        let read = actions::reading(&leader, db, it.id).await.unwrap();
        let said: Vec<Said> = read.threads[0].comments.iter().map(|it| it.said).collect();
        assert_eq!(said, [Said::Words, Said::Words, Said::Settled, Said::Reopened]);
        let journal = world.journal().await;
        for kind in [
            "PortalRemarkMade",
            "PortalRemarkAnswered",
            "PortalRemarkSettled",
            "PortalRemarkReopened",
        ] {
            assert!(journal.iter().any(|it| it == kind), "{kind}");
        }
        for sql in ["UPDATE portal_comments SET body = 'x'", "DELETE FROM portal_comments"] {
            let mut conn = db.write().await.unwrap();
            let refused = run!(conn, c => sqlx::query(sql).execute(c).await.map(drop));
            assert!(refused.is_err(), "{sql}");
        }
    })
    .await;
}

// I96
#[tokio::test]
async fn remarks_hold_up_what_must_be_settled_and_are_read_by_nobody_outside() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, leader) = (&world.db, world.ctx(Role::Leader, PROVINCE));
        let strict = SectionFields { must_settle: true, ..every_role("Tin của tỉnh") };
        actions::change_section(&leader, db, world.section.id, &strict).await.unwrap();
        let it = world.written(Kind::Article).await;
        let it = world.waiting(it).await;
        let mark = mark_of(&leader, &world, &it, 0).await;
        let thread = actions::remark(&leader, db, it.id, &on(&mark, "BÍ MẬT")).await.unwrap();
        let out = Step::Approve(String::new());
        let refused = faults(world.step(&leader, &it, out.clone()).await);
        assert!(refused.contains("Còn 1 góp ý chưa xong"), "{refused}");
        for far in [world.ctx(Role::Leader, FAR), world.ctx(Role::Verifier, FAR)] {
            let hidden = actions::remark(&far, db, it.id, &on(&mark, "x")).await;
            assert!(matches!(hidden, Err(PortalError::NotFound(_))));
            let hidden = actions::reading(&far, db, it.id).await;
            assert!(matches!(hidden, Err(PortalError::NotFound(_))));
        }
        // A thread is one of its own item.
        let other = world.written(Kind::Article).await;
        let foreign =
            actions::remark(&leader, db, other.id, &Remarking::Settle(thread, true)).await;
        assert!(matches!(foreign, Err(PortalError::NotFound(_))));
        let keys = Keys::passing().unwrap();
        let (token, _) = actions::link_preview(&leader, (db, &keys), it.id).await.unwrap();
        let shown = actions::open_preview((db, &keys), &token, 0).await.unwrap();
        assert!(!format!("{shown:?}").contains("BÍ MẬT"));
        actions::remark(&leader, db, it.id, &Remarking::Settle(thread, true)).await.unwrap();
        let it = world.step(&leader, &it, out).await.unwrap();
        let found = actions::read_public(db, &it.slug, &it.path()).await.unwrap();
        assert!(!format!("{found:?}").contains("BÍ MẬT"));
        world.step(&leader, &it, Step::Withdraw("Sai.".to_owned())).await.unwrap();
        let late = actions::remark(&leader, db, it.id, &on(&mark, "Muộn.")).await;
        assert!(matches!(late, Err(PortalError::Stale)));
    })
    .await;
}

#[tokio::test]
async fn whoever_has_an_item_open_is_named_is_let_go_after_a_while_and_can_be_relieved() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let (one, two) = (world.ctx(Role::Officer, PROVINCE), world.other(Role::Officer, PROVINCE));
        let it = world.written(Kind::Article).await;
        assert_eq!(actions::hold_open(&one, db, it.id).await.unwrap(), None);
        let began = one.now_us();
        world.pass_seconds(60);
        assert_eq!(actions::hold_open(&one, db, it.id).await.unwrap(), None);
        let holder = actions::hold_open(&two, db, it.id).await.unwrap().unwrap();
        assert_eq!((holder.account, holder.since), (one.actor.account, began));
        let desk = actions::desk_item(&two, db, it.id).await.unwrap();
        assert_eq!(desk.holder.unwrap().author, "Chuyên viên");
        assert!(actions::desk_item(&one, db, it.id).await.unwrap().holder.is_none());

        actions::take_over(&two, db, it.id).await.unwrap();
        let holder = actions::hold_open(&one, db, it.id).await.unwrap().unwrap();
        assert_eq!(holder.account, two.actor.account);
        assert_eq!(world.journal().await.last().unwrap(), "PortalItemTakenOver");
        // Nobody has heard of them for two minutes.
        world.pass_seconds(121);
        assert!(actions::desk_item(&one, db, it.id).await.unwrap().holder.is_none());
        assert_eq!(actions::hold_open(&one, db, it.id).await.unwrap(), None);
        let n = world.journal().await.len();
        world.pass_seconds(121);
        actions::take_over(&two, db, it.id).await.unwrap();
        assert_eq!(world.journal().await.len(), n, "nothing was taken from anybody");

        // Who goes a step further lets go; whoever may not write has nothing to hold.
        let focal = world.ctx(Role::FocalOfficer, PROVINCE);
        world.step(&focal, &it, Step::Submit).await.unwrap();
        assert!(actions::desk_item(&focal, db, it.id).await.unwrap().holder.is_none());
        let late = actions::hold_open(&two, db, it.id).await;
        assert!(matches!(late, Err(PortalError::Denied(_))));
        let far = actions::take_over(&world.ctx(Role::Leader, FAR), db, it.id).await;
        assert!(matches!(far, Err(PortalError::NotFound(_))));
    })
    .await;
}
