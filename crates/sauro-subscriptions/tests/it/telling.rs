use chrono::{NaiveDate, TimeDelta};
use sauro_subscriptions::actions;
use sauro_subscriptions::jobs::{Carried, whole_round};
use sauro_subscriptions::model::{Occasion, Subject};
use sauro_testkit::on_each_engine;

use crate::world::{World, agency, topic, wish};

const NEWS: &[Subject] = &[Subject::News];

#[tokio::test]
async fn whoever_chose_several_subjects_gets_one_letter_and_nobody_else_any() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let about = [Subject::News, Subject::Topic(topic(1)), agency()];
        world.reader("ca-ba@thu.vn", "ngay", &about).await;
        world.reader("chu-de@thu.vn", "ngay", &[Subject::Topic(topic(1))]).await;
        world.reader("khac@thu.vn", "ngay", &[Subject::Topic(topic(2)), Subject::Documents]).await;
        let item = world.publish(&about).await;
        // Read again, as after a crash of whoever reads the journal.
        world.happened(item, Occasion::Published, (&about, None)).await;
        // Broken off after each step, it goes on where it stood.
        let ctx = world.system();
        assert_eq!(actions::let_go(&ctx, &world.office).await.unwrap(), 1);
        assert_eq!(actions::let_go(&ctx, &world.office).await.unwrap(), 0);
        assert!(actions::spread(&ctx, &world.office).await.unwrap());
        world.look().await;
        world.look().await;
        let mut to: Vec<String> = world.arrived().into_iter().map(|it| it.address).collect();
        to.sort();
        assert_eq!(to, ["ca-ba@thu.vn", "chu-de@thu.vn"]);
    })
    .await;
}

#[tokio::test]
async fn two_things_published_in_one_moment_come_in_one_digest_each_once() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.reader("ngay@thu.vn", "ngay-lam-viec", NEWS).await;
        world.reader("tuan@thu.vn", "tuan", NEWS).await;
        let first = world.publish(NEWS).await;
        world.publish(NEWS).await;
        let gone = world.publish(NEWS).await;
        let hidden = world.publish(NEWS).await;
        assert_eq!(world.look().await.n_sent, 0);
        world.happened(first, Occasion::Corrected, (NEWS, None)).await;
        world.look().await;
        // One was withdrawn and the journal was read, another a moment ago.
        let mut conn = world.db.write().await.unwrap();
        actions::take_back(&world.system(), &mut conn, gone).await.unwrap();
        conn.commit().await.unwrap();
        world.at("2026-11-03 07:59:59");
        assert_eq!(world.look().await.n_sent, 0);
        world.hide(hidden);
        world.at("2026-11-03 08:00:00");
        assert_eq!(world.look().await.n_sent, 1);
        assert_eq!(world.look().await.n_sent, 0);
        let digest = world.arrived().remove(0);
        assert_eq!(digest.address, "ngay@thu.vn");
        assert_eq!(digest.subject, "Cổng tỉnh: 2 tin mới");
        for (words, n) in
            [("Đính chính: Tin số 1", 1), ("Tin số 2", 1), ("Tin số 3", 0), ("Tin số 4", 0)]
        {
            assert_eq!(digest.plain.matches(words).count(), n, "{words}\n{}", digest.plain);
        }
        // A quiet day brings nothing, and the week brings the same to the other.
        world.at("2026-11-04 08:00:00");
        assert_eq!(world.look().await.n_sent, 0);
        world.at("2026-11-09 08:00:01");
        assert_eq!(world.look().await.n_sent, 1);
        assert_eq!(world.arrived()[0].address, "tuan@thu.vn");
    })
    .await;
}

#[tokio::test]
async fn a_crash_between_taking_a_letter_and_sending_it_neither_loses_nor_doubles_it() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.reader("dan@thu.vn", "ngay", NEWS).await;
        world.publish(NEWS).await;
        whole_round(&world.system(), &world.office).await.unwrap();
        // Taken, and the process ends before the mail server answers.
        *world.letters.answer.lock().unwrap() = Some(Carried::Later("dan@thu.vn: busy".into()));
        let cut = tokio::time::timeout(std::time::Duration::ZERO, world.send()).await;
        drop(cut);
        let round = world.send().await;
        assert_eq!((round.n_sent, world.arrived().len()), (0, 0));
        *world.letters.answer.lock().unwrap() = None;
        assert_eq!(world.send().await.n_sent, 0, "somebody may still be at it");
        world.pass(TimeDelta::minutes(11));
        assert_eq!(world.send().await.n_sent, 1);
        assert_eq!(world.look().await.n_sent, 0);
        assert_eq!(world.arrived().len(), 1);
        world.pass(TimeDelta::days(31));
        actions::forget_old(&world.system(), &world.office).await.unwrap();
        assert_eq!(world.count("subscription_letters").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_changed_rhythm_loses_nothing_and_tells_nothing_twice() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let own = world.reader("dan@thu.vn", "tuan", NEWS).await;
        let change = async |rhythm: &str, subjects: &[Subject]| {
            let fields = wish("", rhythm, subjects);
            actions::change(&world.anybody(), &world.office, &own, &fields).await.unwrap();
        };
        world.publish(NEWS).await;
        world.look().await;
        change("ngay", NEWS).await;
        assert_eq!(world.look().await.n_sent, 1, "what was gathered comes now");
        world.publish(NEWS).await;
        assert_eq!(world.look().await.n_sent, 1);
        world.publish(NEWS).await;
        actions::let_go(&world.system(), &world.office).await.unwrap();
        // In the middle of being told.
        change("ngay-lam-viec", NEWS).await;
        assert_eq!(world.look().await.n_sent, 1);
        world.publish(&[Subject::Documents]).await;
        world.look().await;
        change("ngay-lam-viec", &[Subject::News, Subject::Documents]).await;
        world.publish(&[Subject::Documents]).await;
        world.look().await;
        world.at("2026-11-03 08:00:00");
        world.look().await;
        let subjects: Vec<String> = world.arrived().into_iter().map(|it| it.subject).collect();
        assert_eq!(subjects, ["Tin số 1", "Tin số 2", "Tin số 3", "Tin số 5"]);
        let nothing = wish("", "ngay", &[]);
        let refused = actions::change(&world.anybody(), &world.office, &own, &nothing).await;
        assert!(refused.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_consultation_is_told_when_it_opens_and_before_it_closes_by_the_days_said_last() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let about = [Subject::Consultations];
        world.reader("dan@thu.vn", "ngay", &about).await;
        let days = |opens: &str, closes: &str| -> Option<(NaiveDate, NaiveDate)> {
            Some((opens.parse().unwrap(), closes.parse().unwrap()))
        };
        let item = world.publish_with(&about, days("2026-11-05", "2026-12-20")).await;
        world.look().await;
        world.pass(TimeDelta::hours(1));
        world.happened(item, Occasion::Corrected, (&about, days("2026-11-06", "2026-12-31"))).await;
        world.look().await;
        for day in ["2026-11-05", "2026-11-06", "2026-12-17", "2026-12-28", "2027-01-04"] {
            world.at(&format!("{day} 08:00:00"));
            world.look().await;
        }
        let subjects: Vec<String> = world.arrived().into_iter().map(|it| it.subject).collect();
        let title = "Tin số 1";
        assert_eq!(
            subjects,
            [
                title.to_owned(),
                format!("Đính chính: {title}"),
                format!("Bắt đầu lấy ý kiến: {title}"),
                format!("Sắp hết hạn góp ý: {title}"),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn more_readers_than_fit_in_one_transaction_each_get_one_letter() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let n: usize = 203;
        for some in (0..n).collect::<Vec<_>>().chunks(15) {
            for n in some {
                world.ask(&format!("nguoi{n}@thu.vn"), "ngay", NEWS).await.unwrap();
            }
            world.pass(TimeDelta::hours(1));
            world.send().await;
            for letter in world.arrived() {
                let link = crate::world::link_in(&letter, "/theo-doi-tin/xac-nhan/");
                actions::confirm(&world.anybody(), &world.office, &link).await.unwrap();
            }
        }
        world.publish(NEWS).await;
        assert_eq!(world.look().await.n_sent, n);
        let mut to: Vec<String> = world.arrived().into_iter().map(|it| it.address).collect();
        to.sort();
        to.dedup();
        assert_eq!(to.len(), n);
    })
    .await;
}
