use sauro_initiatives::InitiativesError;
use sauro_initiatives::actions;
use sauro_initiatives::model::{Area, DossierFields, Problem, ProblemFields, ProblemState};
use sauro_kernel::{InitiativeId, Role};
use sauro_store::run;
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, FAR, PROVINCE, World, faults};

fn fields() -> ProblemFields {
    let text = |it: &str| it.to_owned();
    ProblemFields {
        title: text("Người cao huyết áp ở thôn xa không được đo đều"),
        area: text("y-te"),
        pain: text(
            "Trạm y tế cách thôn 12 km, 300 người tăng huyết áp chỉ được đo hai lần mỗi năm.",
        ),
        wanted: text("Mỗi người được đo huyết áp ít nhất mỗi tháng một lần tại nhà văn hóa thôn."),
        until: text("2027-06-30"),
    }
}

async fn published(world: &World, code: &str) -> Problem {
    let focal = world.ctx(Role::FocalOfficer, code);
    actions::publish_problem(&focal, &world.db, &fields()).await.unwrap()
}

async fn said_of(world: &World, kind: &str) -> String {
    const SQL: &str = "SELECT data FROM journal_entries WHERE kind = $1 ORDER BY id DESC LIMIT 1";
    let mut conn = world.db.read().await.unwrap();
    run!(conn, c => sqlx::query_scalar(SQL).bind(kind).fetch_one(c).await).unwrap()
}

// I70
#[tokio::test]
async fn only_its_agency_changes_a_problem_and_only_a_recognised_initiative_solves_it() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (room, db) = (world.room(), &world.db);
        let officer = world.ctx(Role::Officer, COMMUNE);
        let denied = actions::publish_problem(&officer, db, &fields()).await;
        assert!(matches!(denied, Err(InitiativesError::Denied(_))));
        let leader = world.ctx(Role::Leader, COMMUNE);
        let vague = ProblemFields {
            pain: "Đo rất ít.".to_owned(),
            until: "2026-11-02".to_owned(),
            ..fields()
        };
        let said = faults(actions::publish_problem(&leader, db, &vague).await);
        assert!(said.contains("một con số") && said.contains("sau hôm nay"), "{said}");
        let it = published(&world, COMMUNE).await;
        assert_eq!(it.number, "DH-2026-000001", "what was refused took no number");

        let key = (it.id, 1);
        for (role, code) in [(Role::Leader, FAR), (Role::Leader, PROVINCE)] {
            let foreign = world.ctx(role, code);
            let hidden = actions::withdraw_problem(&foreign, db, key, "Thôi.").await;
            assert!(matches!(hidden, Err(InitiativesError::NotFound(_))), "{code}");
        }
        let edited = ProblemFields { title: "Đo huyết áp ở thôn xa".to_owned(), ..fields() };
        actions::edit_problem(&leader, db, key, &edited).await.unwrap();
        let stale = actions::edit_problem(&leader, db, key, &fields()).await;
        assert!(matches!(stale, Err(InitiativesError::Stale)), "somebody changed it first");
        let key = (it.id, 2);
        let bare = actions::withdraw_problem(&leader, db, key, " ").await;
        assert!(faults(bare).contains("lý do rút"));

        let sent = world.judged(&world.sent().await).await;
        for (typed, words) in [
            ("SK-1", "có dạng"),
            ("SK-2222-2222", "Không có sáng kiến"),
            (sent.code.as_str(), "chưa được công nhận"),
        ] {
            let said = faults(actions::solve_problem(&leader, db, key, typed).await);
            assert!(said.contains(words), "{typed}: {said}");
        }
        crate::applying::recognise(&world, &sent).await;
        let solved = actions::solve_problem(&leader, db, key, sent.code.as_str()).await.unwrap();
        assert!(matches!(solved.state, ProblemState::Solved(by, _) if by == sent.id));
        for closed in [
            actions::withdraw_problem(&leader, db, (it.id, 3), "Thôi.").await,
            actions::edit_problem(&leader, db, (it.id, 3), &fields()).await,
        ] {
            assert!(matches!(closed, Err(InitiativesError::Stale)), "what is closed stays closed");
        }
        let of_it = actions::problems_of(db, (sent.id, None)).await.unwrap();
        assert_eq!(of_it, [solved]);
        let fits = actions::case(&leader, &room, sent.id).await.unwrap();
        assert!(actions::problems_like(db, &fits).await.unwrap().is_empty(), "it is closed");
    })
    .await;
}

#[tokio::test]
async fn a_problem_and_an_initiative_find_each_other_by_rare_words_and_the_other_side_is_told() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, room) = (&world.db, world.room());
        // Nothing in common but words that stand everywhere.
        let other = ProblemFields {
            title: "Rác ở chợ đêm chưa được phân loại".to_owned(),
            pain: "Mỗi đêm 3 tấn rác chở đi chôn lấp, người dân phải trả 40 triệu đồng mỗi tháng."
                .to_owned(),
            wanted: "Còn 1 tấn rác phải chôn lấp.".to_owned(),
            ..fields()
        };
        let leader = world.ctx(Role::Leader, FAR);
        let far = actions::publish_problem(&leader, db, &other).await.unwrap();
        let near = published(&world, PROVINCE).await;
        assert!(said_of(&world, "ProblemPublished").await.contains("\"told\":[]"));

        let it = world.sent().await;
        let none = actions::initiatives_like(db, &near).await.unwrap();
        assert!(none.is_empty(), "nobody has checked its form");
        let it = world.judged(&it).await;
        let said = said_of(&world, "InitiativeAccepted").await;
        assert!(said.contains(&near.number) && !said.contains(&far.number), "{said}");
        let fits = actions::initiatives_like(db, &near).await.unwrap();
        assert_eq!(fits.len(), 1);
        assert_eq!(fits[0].it.id, it.id);
        assert!(fits[0].words.contains(&"văn hóa".to_owned()), "{:?}", fits[0].words);
        assert!(actions::initiatives_like(db, &far).await.unwrap().is_empty());
        let case = actions::case(&world.ctx(Role::Leader, COMMUNE), &room, it.id).await.unwrap();
        let numbers: Vec<String> = actions::problems_like(db, &case)
            .await
            .unwrap()
            .into_iter()
            .map(|it| it.it.number)
            .collect();
        assert_eq!(numbers, std::slice::from_ref(&near.number));

        // Its receiver hears of the next problem like it.
        published(&world, FAR).await;
        let said = said_of(&world, "ProblemPublished").await;
        let receiver = world.directory.by_code(COMMUNE).unwrap().id;
        assert!(said.contains(it.code.as_str()) && said.contains(&receiver.to_string()), "{said}");
    })
    .await;
}

#[tokio::test]
async fn a_dossier_keeps_which_problem_it_answers_and_lists_go_on_where_a_page_ended() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, room, ctx) = (&world.db, world.room(), world.anybody());
        let problem = published(&world, COMMUNE).await;
        let answering =
            |number: &str| DossierFields { problem: number.to_owned(), ..world.fields() };
        let send = async |fields: &DossierFields| {
            actions::send(&ctx, &room, world.fresh(), fields, Vec::new()).await
        };
        let said = faults(send(&answering("DH-2026-000099")).await);
        assert!(said.contains("Không có bài toán nào"), "{said}");
        let typed = format!(" {} ", problem.number.to_lowercase());
        let it = send(&answering(&typed)).await.unwrap().initiative;
        let case = actions::of_code(db, it.code.as_str()).await.unwrap();
        assert_eq!(case.dossier.answers, problem.number, "it is in the text that is hashed");
        assert!(world.sent().await.problem.is_none());
        let listed = async || -> Vec<InitiativeId> {
            let case = actions::problem(db, &problem.number).await.unwrap();
            case.answers.iter().map(|it| it.id).collect()
        };
        assert!(listed().await.is_empty(), "its form was not checked");
        world.judged(&it).await;
        assert_eq!(listed().await, [it.id]);

        let leader = world.ctx(Role::Leader, COMMUNE);
        let mut numbers = vec![problem.number.clone()];
        for _ in 0..actions::PROBLEMS_PAGE {
            numbers.push(published(&world, COMMUNE).await.number);
        }
        actions::withdraw_problem(&leader, db, (problem.id, 1), "Đã có kinh phí.").await.unwrap();
        let closed = faults(send(&answering(&problem.number)).await);
        assert!(closed.contains("đã đóng"), "{closed}");
        // Open ones first, each the newest first; the one that was withdrawn comes last.
        numbers[1..].reverse();
        numbers.rotate_left(1);
        for area in [None, Some(Area::Health)] {
            let (mut found, next) = actions::problems(db, area, None).await.unwrap();
            assert_eq!(found.len(), usize::from(actions::PROBLEMS_PAGE));
            let (rest, end) = actions::problems(db, area, next).await.unwrap();
            found.extend(rest);
            assert_eq!(end, None);
            let found: Vec<String> = found.into_iter().map(|it| it.number).collect();
            assert_eq!(found, numbers);
        }
        assert!(actions::problems(db, Some(Area::Other), None).await.unwrap().0.is_empty());
    })
    .await;
}
