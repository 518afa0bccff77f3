use chrono::TimeDelta;
use sauro_kernel::{Ctx, Role};
use sauro_store::run;
use sauro_subscriptions::SubscriptionsError;
use sauro_subscriptions::actions;
use sauro_subscriptions::jobs::Carried;
use sauro_subscriptions::model::Subject;
use sauro_testkit::on_each_engine;

use crate::world::{World, agency, link_in, topic, wish};

const NEWS: &[Subject] = &[Subject::News];

#[tokio::test]
async fn nobody_is_told_before_the_link_was_confirmed_and_the_address_is_kept_sealed() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.ask("Dan@Thu.VN", "ngay", NEWS).await.unwrap();
        world.publish(NEWS).await;
        assert_eq!(world.look().await.n_sent, 1);
        let letter = world.arrived().remove(0);
        assert_eq!((letter.address.as_str(), letter.leave.as_str()), ("dan@thu.vn", ""));
        let link = link_in(&letter, "/theo-doi-tin/xac-nhan/");
        for text in [everything(&world).await, journal(&world).await] {
            assert!(!text.contains("dan@thu") && !text.contains(&link), "{text}");
        }
        assert!(actions::awaiting(&world.anybody(), &world.office, &link).await.is_ok());
        let own = actions::confirm(&world.anybody(), &world.office, &link).await.unwrap();
        let again = actions::confirm(&world.anybody(), &world.office, &link).await;
        assert!(matches!(again, Err(SubscriptionsError::NotFound)), "a link confirms once");
        world.look().await;
        assert!(world.arrived().is_empty(), "what was told before is no news");
        world.publish(NEWS).await;
        world.look().await;
        let letter = world.arrived().remove(0);
        assert_eq!(letter.subject, "Tin số 2");
        assert!(letter.html.contains("Một câu &#60;b&#62;tóm tắt"), "{}", letter.html);
        assert!(
            !letter.html.contains("<img") && !letter.html.contains("src="),
            "nothing is fetched"
        );
        assert_eq!(link_in(&letter, "/theo-doi-tin/"), own);
        assert_eq!(letter.leave, format!("https://cong.example.vn/theo-doi-tin/{own}/thoi"));
        assert!(!everything(&world).await.contains("dan@thu"));
        let data = actions::own_data(&world.office, &own).await.unwrap();
        assert_eq!(data["contact"], "dan@thu.vn");
        assert_eq!(data["consent"], "2026-11");
    })
    .await;
}

#[tokio::test]
async fn a_known_address_is_answered_like_an_unknown_one_and_nothing_of_it_changes() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let own = world.reader("dan@thu.vn", "ngay", NEWS).await;
        let stranger = world.ask("dan@thu.vn", "tuan", &[Subject::Documents]).await;
        assert!(matches!(stranger, Ok(())), "the same answer as to anybody");
        world.send().await;
        let letter = world.arrived().remove(0);
        assert_eq!(link_in(&letter, "/theo-doi-tin/"), own, "the owner is told how to change");
        let kept = actions::own(&world.office, &own).await.unwrap().it;
        assert_eq!((kept.rhythm.word(), kept.wanted.as_slice()), ("ngay", NEWS));
        // Of two letters that ask the newer one holds.
        for _ in 0..2 {
            world.ask("moi@thu.vn", "ngay", NEWS).await.unwrap();
        }
        world.send().await;
        let links: Vec<String> =
            world.arrived().iter().map(|it| link_in(it, "/theo-doi-tin/xac-nhan/")).collect();
        let ctx = world.anybody();
        assert!(actions::confirm(&ctx, &world.office, &links[0]).await.is_err());
        assert!(actions::confirm(&ctx, &world.office, &links[1]).await.is_ok());
        assert_eq!(world.count("subscriptions").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_came_too_late_confirms_nothing_and_the_address_is_forgotten() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.ask("dan@thu.vn", "ngay", NEWS).await.unwrap();
        world.send().await;
        let link = link_in(&world.arrived().remove(0), "/theo-doi-tin/xac-nhan/");
        world.pass(TimeDelta::hours(47));
        assert_eq!(actions::forget_old(&world.system(), &world.office).await.unwrap(), 0);
        world.pass(TimeDelta::minutes(61));
        let late = actions::confirm(&world.anybody(), &world.office, &link).await;
        assert!(matches!(late, Err(SubscriptionsError::Expired)));
        assert_eq!(actions::forget_old(&world.system(), &world.office).await.unwrap(), 1);
        assert_eq!(world.count("subscriptions").await, 0);
        assert_eq!(world.count("subscription_letters").await, 0);
        let gone = actions::confirm(&world.anybody(), &world.office, &link).await;
        assert!(matches!(gone, Err(SubscriptionsError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn leaving_erases_the_address_at_once_and_counts_equal_the_rows() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let wanted = [Subject::News, Subject::Topic(topic(1)), agency()];
        let own = world.reader("dan@thu.vn", "ngay", &wanted).await;
        world.reader("khac@thu.vn", "tuan", NEWS).await;
        let leader = Ctx { actor: sauro_testkit::actor(Role::Leader, "vn"), ..world.system() };
        let n = |counts: &[actions::Count], subject: Subject| {
            counts.iter().find(|it| it.subject == subject).map(|it| (it.n_mail, it.n_push))
        };
        let counts = actions::counts(&leader, &world.office).await.unwrap();
        assert_eq!(n(&counts, Subject::News), Some((2, 0)));
        assert_eq!(n(&counts, agency()), Some((1, 0)));
        let denied = actions::counts(&world.anybody(), &world.office).await;
        assert!(matches!(denied, Err(SubscriptionsError::Denied(_))));

        world.publish(NEWS).await;
        sauro_subscriptions::jobs::whole_round(&world.system(), &world.office).await.unwrap();
        assert!(actions::leave(&world.anybody(), &world.office, &own).await.unwrap());
        assert!(!actions::leave(&world.anybody(), &world.office, &own).await.unwrap());
        assert!(!actions::leave(&world.anybody(), &world.office, "abc").await.unwrap());
        assert_eq!(world.send().await.n_sent, 0, "a letter on its way goes with the address");
        assert_eq!(world.count("subscriptions").await, 1);
        let counts = actions::counts(&leader, &world.office).await.unwrap();
        assert_eq!(n(&counts, Subject::News), Some((1, 0)));
        assert_eq!(n(&counts, agency()), None);
        assert!(journal(&world).await.contains("left"));

        // An address that the mail server does not know is forgotten as well.
        *world.letters.answer.lock().unwrap() = Some(Carried::Refused("5.1.1 no such user".into()));
        world.publish(NEWS).await;
        world.at("2026-11-09 08:00:00");
        assert_eq!(world.look().await.n_gone, 1);
        assert_eq!(world.count("subscriptions").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_flood_of_sign_ups_is_limited_by_source_and_by_address() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        for _ in 0..6 {
            world.ask("dan@thu.vn", "ngay", NEWS).await.unwrap();
        }
        assert_eq!(world.send().await.n_sent, 3, "three letters a day to one address");
        assert_eq!(world.arrived().len(), 3);
        for n in 0..14 {
            world.ask(&format!("nguoi{n}@thu.vn"), "ngay", NEWS).await.unwrap();
        }
        let refused = world.ask("them@thu.vn", "ngay", NEWS).await;
        let Err(SubscriptionsError::Invalid(faults)) = refused else { panic!("not refused") };
        assert!(faults[0].1.contains("rất nhiều"), "{faults:?}");
        assert_eq!(world.count("subscriptions").await, 15);
        let elsewhere = wish("them@thu.vn", "ngay", NEWS);
        actions::ask(&world.anybody(), &world.office, "198.51.100.7", &elsewhere).await.unwrap();
        world.pass(TimeDelta::hours(1));
        world.ask("sau@thu.vn", "ngay", NEWS).await.unwrap();
        let hostile = world.ask("a@x.vn\r\nBcc: b@x.vn", "ngay", NEWS).await;
        assert!(matches!(hostile, Err(SubscriptionsError::Invalid(_))));
    })
    .await;
}

/// Every text of the tables of this room.
async fn everything(world: &World) -> String {
    const SQL: &str = "
        SELECT wanted || consent || rhythm FROM subscriptions
        UNION ALL SELECT kind || state || error FROM subscription_letters
        UNION ALL SELECT subject || rhythm FROM subscription_subjects";
    let mut conn = world.db.read().await.unwrap();
    let rows: Vec<String> = run!(conn, c => sqlx::query_scalar(SQL).fetch_all(c).await).unwrap();
    const SEALED: &str = "
        SELECT sealed FROM subscriptions UNION ALL SELECT sealed FROM subscription_letters WHERE sealed IS NOT NULL";
    let sealed: Vec<Vec<u8>> =
        run!(conn, c => sqlx::query_scalar(SEALED).fetch_all(c).await).unwrap();
    let sealed = sealed.iter().map(|it| String::from_utf8_lossy(it).into_owned());
    rows.into_iter().chain(sealed).collect()
}

async fn journal(world: &World) -> String {
    let json = match world.db.read().await.unwrap().dialect() {
        sauro_store::Dialect::Sqlite => "data",
        sauro_store::Dialect::Postgres => "data::text",
    };
    let sql = format!(
        "SELECT kind || {json} FROM journal_entries WHERE subject LIKE 'subscription/%' ORDER BY id"
    );
    let mut conn = world.db.read().await.unwrap();
    let rows: Vec<String> =
        run!(conn, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(c).await).unwrap();
    rows.join("\n")
}
