use sauro_initiatives::InitiativesError;
use sauro_initiatives::actions;
use sauro_kernel::{AccountId, CitizenId, Ctx, Role};
use sauro_store::run;
use sauro_testkit::on_each_engine;
use sauro_ui::Citizen;
use uuid::Uuid;

use crate::world::{COMMUNE, FAR, PROVINCE, World, faults};

// I71
#[tokio::test]
async fn each_person_supports_once_the_count_equals_the_rows_and_nobody_learns_who() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let sent = world.sent().await;
        let code = sent.code.as_str().to_owned();
        let say = async |ctx: &Ctx, wants| actions::support(ctx, db, (&code, wants)).await;
        let persons =
            [(Role::Leader, PROVINCE), (Role::Inspector, FAR), (Role::Administrator, COMMUNE)]
                .map(|it| world.ctx(it.0, it.1));
        let early = say(&persons[0], true).await;
        assert!(matches!(early, Err(InitiativesError::NotFound(_))), "nobody may know of it");
        world.judged(&sent).await;
        let denied = say(&world.anybody(), true).await;
        assert!(matches!(denied, Err(InitiativesError::Denied(_))), "a stranger may come again");

        // All at once, and the first of them twice.
        let [a, b, c] = &persons;
        let all = tokio::join!(say(a, true), say(a, true), say(b, true), say(c, true));
        for it in [all.0, all.1, all.2, all.3] {
            it.unwrap();
        }
        say(b, false).await.unwrap();
        say(b, false).await.unwrap();
        let now = say(c, true).await.unwrap();
        const SQL: &str = "SELECT COUNT(*) FROM initiative_supports";
        let mut conn = db.read().await.unwrap();
        let rows: i64 = run!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await).unwrap();
        assert_eq!((now.n_supports, rows), (2, 2));
        assert!(actions::supports(a, db, sent.id).await.unwrap());
        assert!(!actions::supports(b, db, sent.id).await.unwrap());

        const SAID: &str = "SELECT kind, actor_post_id FROM journal_entries
            WHERE kind IN ('InitiativeSupported', 'SupportWithdrawn') ORDER BY id";
        let said: Vec<(String, uuid::Uuid)> =
            run!(conn, c => sqlx::query_as(SAID).fetch_all(c).await).unwrap();
        assert_eq!(said.iter().filter(|it| it.0 == "InitiativeSupported").count(), 3);
        assert_eq!(said.len(), 4, "saying the same again is no entry");
        assert!(said.iter().all(|it| it.1.is_nil()), "the journal does not say who");
        drop(conn);

        // Who sent it counts as nobody.
        let own = world.ctx(Role::Officer, COMMUNE);
        let fields = world.fields();
        let sent = actions::send(&own, &world.room(), world.fresh(), &fields, Vec::new()).await;
        let it = world.judged(&sent.unwrap().initiative).await;
        let own = actions::support(&own, db, (it.code.as_str(), true)).await;
        assert!(faults(own).contains("chính mình"));
    })
    .await;
}

#[tokio::test]
async fn a_citizen_counts_once_also_after_being_forgotten_and_not_for_what_they_sent() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let voice = AccountId(Uuid::from_u64_pair(8, 1));
        let citizen = async |n: u64| {
            let id = Uuid::from_u64_pair(7, n);
            let mut conn = db.write().await.unwrap();
            run!(conn, c => sqlx::query(
                "INSERT INTO citizens (id, subject_mark, sealed, made_at) VALUES ($1, $2, $2, 1)")
                .bind(id)
                .bind(vec![u8::try_from(n).unwrap()])
                .execute(c)
                .await
                .map(drop))
            .unwrap();
            conn.commit().await.unwrap();
            Citizen {
                id: CitizenId(id),
                voice,
                name: String::new(),
                email: String::new(),
                phone: String::new(),
                level: String::new(),
            }
        };
        let (before, after) = (citizen(1).await, citizen(2).await);
        let sent = world.sent().await;
        world.judged(&sent).await;
        let anybody = world.anybody();
        let asked = (sent.code.as_str(), true);
        actions::support_as(&anybody, db, asked, &before).await.unwrap();
        let again = actions::support_as(&anybody, db, asked, &after).await.unwrap();
        assert_eq!(again.n_supports, 1);
        assert_eq!(actions::support_of_citizen(db, &after, sent.id).await.unwrap(), (true, false));

        let fields = world.fields();
        let sending = (&fields, Vec::new());
        let own =
            actions::send_as(&anybody, &world.room(), world.fresh(), sending, Some(after.id)).await;
        let own = world.judged(&own.unwrap().initiative).await;
        let listed = actions::own_initiatives(db, after.id).await.unwrap();
        assert_eq!(listed.iter().map(|it| it.id).collect::<Vec<_>>(), [own.id]);
        assert!(actions::own_initiatives(db, before.id).await.unwrap().is_empty());
        let refused = actions::support_as(&anybody, db, (own.code.as_str(), true), &after).await;
        assert!(matches!(refused, Err(InitiativesError::Invalid(_))));
    })
    .await;
}
