use rust_decimal::Decimal;
use sauro_initiatives::InitiativesError;
use sauro_initiatives::actions::{self, Vote};
use sauro_initiatives::model::{Conflict, Council, CouncilFields, Initiative, Stage};
use sauro_kernel::{Ctx, Role};
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, FAR, PROVINCE, World, faults};

/// Two seats of the province, one far away, and one of the commune where an author works.
const MEMBERS: [(&str, Role); 4] = [
    (PROVINCE, Role::Verifier),
    (PROVINCE, Role::Leader),
    (FAR, Role::Leader),
    (COMMUNE, Role::Officer),
];

fn fields() -> CouncilFields {
    CouncilFields {
        name: "Hội đồng quý IV".to_owned(),
        preset: "nd-13".to_owned(),
        threshold: "70".to_owned(),
        quorum: "2".to_owned(),
        members: MEMBERS.iter().map(|it| (it.0.to_owned(), it.1.code().to_owned())).collect(),
        ..CouncilFields::default()
    }
}

fn points(typed: [&str; 4]) -> Vote {
    Vote::Points(typed.map(str::to_owned).into())
}

async fn opened(world: &World, it: &Initiative) -> Council {
    let leader = world.ctx(Role::Leader, COMMUNE);
    actions::open_council(&leader, &world.room(), &[it.id], &fields()).await.unwrap()
}

// I57
#[tokio::test]
async fn members_score_blind_conflicts_are_barred_and_the_sheet_counts_again() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (room, it) = (world.room(), world.judged(&world.sent().await).await);
        let council = opened(&world, &it).await;
        let key = (council.id, it.id);
        let [verifier, second, far, barred] = MEMBERS.map(|it| world.ctx(it.1, it.0));
        let cast = async |ctx: &Ctx, vote: Vote| actions::cast(ctx, &room, key, &vote).await;
        let stranger = cast(&world.ctx(Role::Officer, PROVINCE), points(["9"; 4])).await;
        assert!(matches!(stranger, Err(InitiativesError::NotFound(_))));
        let wrong = cast(&verifier, points(["90", "101", "", "7,123"])).await;
        let said = faults(wrong);
        assert!(["-1\"", "-2\"", "-3\""].iter().all(|it| said.contains(it)), "{said}");
        cast(&verifier, points(["90", "80", "70", "60,5"])).await.unwrap();
        let own = cast(&barred, points(["100"; 4])).await;
        assert!(matches!(own, Err(InitiativesError::Stale)), "the seat was recused at once");

        let view = actions::council_view(&second, &world.db, council.id).await.unwrap();
        assert_eq!(view.items[0].n_cast, (1, 1));
        assert!(view.items[0].ballots.is_empty() && view.items[0].tally.is_none(), "blind");
        assert_eq!(actions::score_sheet(&world.db, it.id).await.unwrap(), None);
        let leader = world.ctx(Role::Leader, COMMUNE);
        let view = actions::council_view(&leader, &world.db, council.id).await.unwrap();
        assert!(view.may_close && view.items[0].ballots.is_empty(), "blind for the chair as well");
        let early = actions::close_council(&leader, &room, (council.id, 1)).await;
        assert!(faults(early).contains("mới có 1 phiếu chấm, cần 2"));

        let declared = cast(&far, Vote::Declare).await.unwrap();
        assert_eq!(declared.conflict, Some(Conflict::Declared));
        let back = cast(&far, points(["1"; 4])).await;
        assert!(matches!(back, Err(InitiativesError::Stale)), "a recusal stays");
        cast(&second, points(["10"; 4])).await.unwrap();
        cast(&second, points(["80", "75", "90", "66,5"])).await.unwrap();
        for (role, code) in [(Role::Leader, PROVINCE), (Role::FocalOfficer, COMMUNE)] {
            let ctx = world.ctx(role, code);
            let denied = actions::close_council(&ctx, &room, (council.id, 1)).await;
            assert!(matches!(denied, Err(InitiativesError::Denied(_))), "{role:?} of {code}");
        }
        actions::close_council(&leader, &room, (council.id, 1)).await.unwrap();
        let again = actions::close_council(&leader, &room, (council.id, 2)).await;
        assert!(matches!(again, Err(InitiativesError::Stale)));
        let late = cast(&verifier, points(["100"; 4])).await;
        assert!(matches!(late, Err(InitiativesError::Stale)));

        let sheet = actions::score_sheet(&world.db, it.id).await.unwrap().unwrap();
        // Counted again from the points that are published, in hundredths: 90·30 + 80·20 + 70·30 + 60,5·20
        // and 80·30 + 75·20 + 90·30 + 66,5·20, over a hundred, over two.
        let by_hand = Decimal::new(9_000 * 30 + 8_000 * 20 + 7_000 * 30 + 6_050 * 20, 4)
            + Decimal::new(8_000 * 30 + 7_500 * 20 + 9_000 * 30 + 6_650 * 20, 4);
        assert_eq!(sheet.tally.total, by_hand / Decimal::TWO);
        let conflicts: Vec<_> = sheet.ballots.iter().map(|it| it.conflict).collect();
        assert_eq!(conflicts, [None, None, Some(Conflict::Declared), Some(Conflict::SameUnit)]);
        let case = actions::of_code(&world.db, it.code.as_str()).await.unwrap();
        assert_eq!(case.initiative.stage, Stage::Recognised);
        let said = world.journal().await.1;
        assert!(!said.contains("60.5"), "what each member gave is not in the journal");
    })
    .await;
}

#[tokio::test]
async fn a_council_that_does_not_hold_together_is_refused_and_too_few_points_do_not_recognise() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let room = world.room();
        let (it, leader) =
            (world.judged(&world.sent().await).await, world.ctx(Role::Leader, COMMUNE));
        let wrong = CouncilFields {
            preset: String::new(),
            criteria: vec![("Tính mới".to_owned(), "99".to_owned())],
            quorum: "9".to_owned(),
            members: vec![("Phép Thuật Xyz".to_owned(), "leader".to_owned())],
            ..fields()
        };
        let said = faults(actions::open_council(&leader, &room, &[], &wrong).await);
        for words in ["phải đúng 100", "ít hơn số phải chấm", "Không có cơ quan", "Chọn từ 1"]
        {
            assert!(said.contains(words), "{words}: {said}");
        }
        let officer = world.ctx(Role::Officer, COMMUNE);
        let denied = actions::open_council(&officer, &room, &[it.id], &fields()).await;
        assert!(matches!(denied, Err(InitiativesError::Denied(_))));
        let far = world.ctx(Role::Leader, FAR);
        let foreign = actions::open_council(&far, &room, &[it.id], &fields()).await;
        assert!(matches!(foreign, Err(InitiativesError::Denied(_))), "it is the commune's");
        let council = opened(&world, &it).await;
        let twice = actions::open_council(&leader, &room, &[it.id], &fields()).await;
        assert!(matches!(twice, Err(InitiativesError::Stale)), "before one council only");
        assert!(actions::awaiting(&leader, &world.db).await.unwrap().is_empty());
        for member in &MEMBERS[..2] {
            let ctx = world.ctx(member.1, member.0);
            actions::cast(&ctx, &room, (council.id, it.id), &points(["69,99"; 4])).await.unwrap();
        }
        actions::close_council(&leader, &room, (council.id, 1)).await.unwrap();
        let case = actions::of_code(&world.db, it.code.as_str()).await.unwrap();
        assert_eq!(case.initiative.stage, Stage::NotRecognised);
        assert!(case.steps.last().unwrap().reason.contains("Điểm hội đồng 69,99, ngưỡng 70"));
    })
    .await;
}
