//! Citizens who signed in: what is kept of it, who sees it, and how it goes.

use sauro_kernel::{AccountId, CitizenId, Role};
use sauro_petitions::PetitionsError;
use sauro_petitions::actions::{self, Sent};
use sauro_petitions::model::Submission;
use sauro_store::{Db, run};
use sauro_testkit::on_each_engine;
use sauro_ui::Citizen;
use uuid::Uuid;

use crate::world::{COMMUNE, World};

/// A citizen as the room of accounts keeps one.
pub(crate) async fn citizen(db: &Db, n: u64) -> Citizen {
    const SQL: &str = "
        INSERT INTO citizens (id, subject_mark, sealed, made_at) VALUES ($1, $2, $3, $4)";
    let id = Uuid::from_u64_pair(7, n);
    let mut conn = db.write().await.unwrap();
    run!(conn, c => sqlx::query(SQL)
        .bind(id)
        .bind(vec![u8::try_from(n).unwrap()])
        .bind(Vec::<u8>::new())
        .bind(1_i64)
        .execute(c)
        .await
        .map(drop))
    .unwrap();
    conn.commit().await.unwrap();
    Citizen {
        id: CitizenId(id),
        voice: AccountId(id),
        name: "Trần Thị Thử".to_owned(),
        email: "thu@example.vn".to_owned(),
        phone: "0900000079".to_owned(),
        level: "VNeID, Mức độ 2".to_owned(),
    }
}

async fn numbers(world: &World, citizen: &Citizen) -> Vec<String> {
    let (cases, _) = actions::own_cases(&world.house(), citizen.id, None).await.unwrap();
    cases.into_iter().map(|it| it.number).collect()
}

#[tokio::test]
async fn what_a_provider_proved_is_shown_to_the_desk_alone_and_goes_with_the_sender() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (ctx, house) = (world.anybody(), world.house());
        let person = citizen(&world.db, 1).await;
        let mut letter = world.letter("a");
        letter.submission.body.push_str(" Trần Thị Thử ở nhà cả ngày.");
        let receipt = actions::send_as(&ctx, &house, letter.clone(), &person).await.unwrap();
        // The same form again is the same case, also in the list.
        actions::send_as(&ctx, &house, letter, &person).await.unwrap();
        let number = receipt.number.clone();
        assert_eq!(numbers(&world, &person).await, [number.as_str()]);
        let code = receipt.code.to_string();
        let by = (code.as_str(), "192.0.2.1");
        let id = actions::follow(&ctx, &house, by.0, by.1).await.unwrap().case.id;
        let view = world.view(&world.ctx(Role::Officer, COMMUNE), id).await;
        let sender = view.sender.unwrap();
        assert_eq!((&*sender.proved_name, &*sender.level), ("Trần Thị Thử", "VNeID, Mức độ 2"));
        assert!(!view.case.public_body.contains("Trần Thị Thử"), "{}", view.case.public_body);
        assert!(!world.journal().await.contains("Mức độ"));
        let own = actions::own_code(&house, person.id, &number).await.unwrap();
        assert_eq!(own, receipt.code);

        actions::erase(&ctx, &house, by).await.unwrap();
        assert_eq!(numbers(&world, &person).await, Vec::<String>::new());
        let added = actions::add_own(&ctx, &house, person.id, by).await;
        assert!(matches!(added, Err(PetitionsError::Invalid(_))));
    })
    .await;
}

#[tokio::test]
async fn whoever_sends_without_a_name_is_written_down_nowhere_though_signed_in() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (ctx, house) = (world.anybody(), world.house());
        let person = citizen(&world.db, 1).await;
        let fields = actions::all_fields(&house).await.unwrap();
        let field = fields.iter().find(|it| it.allows_anonymous).unwrap().code.clone();
        let letter = world.letter("a");
        let submission = Submission { is_anonymous: true, field, ..letter.submission.clone() };
        let sent = Sent { submission, ..letter };
        let receipt = actions::send_as(&ctx, &house, sent, &person).await.unwrap();
        assert_eq!(numbers(&world, &person).await, Vec::<String>::new());
        let code = receipt.code.to_string();
        let it = actions::follow(&ctx, &house, &code, "192.0.2.1").await.unwrap();
        let sender = it.sender.unwrap();
        assert_eq!((&*sender.proved_name, &*sender.level), ("", ""));
    })
    .await;
}

#[tokio::test]
async fn a_list_holds_the_own_cases_and_those_added_by_code_and_goes_with_the_citizen() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (ctx, house) = (world.anybody(), world.house());
        let (person, other) = (citizen(&world.db, 1).await, citizen(&world.db, 2).await);
        let (_, first) = world.sent("a").await;
        let second = actions::send_as(&ctx, &house, world.letter("b"), &person).await.unwrap();
        let first_code = first.code.to_string();
        let by = (first_code.as_str(), "192.0.2.1");
        actions::add_own(&ctx, &house, person.id, by).await.unwrap();
        actions::add_own(&ctx, &house, person.id, by).await.unwrap();
        assert_eq!(numbers(&world, &person).await, [&*second.number, &*first.number]);
        let before = actions::follow(&ctx, &house, &second.code.to_string(), "x").await.unwrap();
        let (rest, next) =
            actions::own_cases(&house, person.id, Some(before.case.id.0)).await.unwrap();
        assert_eq!((rest.len(), next), (1, None));
        // Of another citizen's case nothing is learnt, by number or by a code of nothing.
        assert_eq!(numbers(&world, &other).await, Vec::<String>::new());
        let stolen = actions::own_code(&house, other.id, &second.number).await;
        assert!(matches!(stolen, Err(PetitionsError::NotFound(_))));
        let guessed = actions::add_own(&ctx, &house, other.id, ("PA-22222-22222", "y")).await;
        assert!(matches!(guessed, Err(PetitionsError::NotFound(_))));

        actions::drop_own(&house, person.id, &first.number).await.unwrap();
        assert_eq!(numbers(&world, &person).await, [&*second.number]);
        let mut conn = world.db.write().await.unwrap();
        run!(conn, c => sqlx::query("DELETE FROM citizens").execute(c).await.map(drop)).unwrap();
        conn.commit().await.unwrap();
        assert_eq!(world.count("petition_citizens").await, 0);
        // The cases stay, and are followed by their codes.
        assert!(actions::follow(&ctx, &house, &first_code, "192.0.2.1").await.is_ok());
        let added = actions::add_own(&ctx, &house, person.id, by).await;
        assert!(matches!(added, Err(PetitionsError::NotFound(_))));
    })
    .await;
}
