//! From what happens to periodic reports to the notice that a desk finds.

use sauro_indicators::actions::periodic::{
    FormFields, ItemFields, SheetFields, accept_reports, define_form, open_round, propose_report,
    remind_rounds, return_report, save_report, send_report,
};
use sauro_kernel::{Role, RoundId};
use sauro_testkit::on_each_engine;

use crate::noticing::News;
use crate::world::{COMMUNE, FAR, PROVINCE};

/// The province asks its communes; the deadline is Wednesday, 25 November 2026.
async fn opened(news: &News) -> RoundId {
    let ctx = news.world.ctx(Role::Leader, PROVINCE);
    let rule = |day: &str| ("0".to_owned(), day.to_owned());
    let form = FormFields {
        code: "BC-XA".to_owned(),
        name: "Báo cáo tháng của xã".to_owned(),
        rhythm: "month".to_owned(),
        levels: vec!["commune".to_owned()],
        cut_off: rule("14"),
        commune: rule("25"),
        above: rule("26"),
        lock_after: "5".to_owned(),
        items: vec![ItemFields {
            title: "Kết quả".to_owned(),
            kind: "van-ket-qua".to_owned(),
            is_required: true,
            ..ItemFields::default()
        }],
        ..FormFields::default()
    };
    let directory = &news.world.directory;
    define_form(&ctx, news.db(), directory, &form).await.unwrap();
    let calendar = news.directory.calendar();
    open_round(&ctx, news.db(), &calendar, "BC-XA", "2026-11").await.unwrap()
}

#[tokio::test]
async fn each_step_of_a_periodic_report_is_told_to_those_whom_it_concerns() {
    on_each_engine(async |engine| {
        let news = News::new(engine).await;
        let round = opened(&news).await;
        let (db, directory, key) = (news.db(), &news.world.directory, (round, COMMUNE));
        news.follow().await;
        for role in [Role::Officer, Role::FocalOfficer, Role::Leader] {
            assert_eq!(news.at(role, COMMUNE).await, ["Phải gửi báo cáo định kỳ"], "{role:?}");
        }
        assert!(news.at(Role::Leader, FAR).await.is_empty());
        assert!(news.at(Role::Leader, PROVINCE).await.is_empty());

        let officer = news.world.ctx(Role::Officer, COMMUNE);
        let leader = news.world.ctx(Role::Leader, COMMUNE);
        let focal = news.world.ctx(Role::FocalOfficer, PROVINCE);
        let fields = SheetFields {
            texts: vec![("ket-qua".to_owned(), "Đã tập huấn.".to_owned())],
            ..SheetFields::default()
        };
        let version = save_report(&officer, db, directory, key, &fields).await.unwrap();
        propose_report(&officer, db, directory, key, version).await.unwrap();
        send_report(&leader, db, directory, key, version + 1).await.unwrap();
        news.follow().await;
        assert_eq!(news.at(Role::Leader, COMMUNE).await[0], "Báo cáo định kỳ chờ ký gửi");
        assert_eq!(news.at(Role::FocalOfficer, PROVINCE).await, ["Báo cáo định kỳ gửi đến"]);
        let names = (&**directory, &*news.directory.calendar());
        return_report(&focal, db, names, key, (version + 2, "Ghi rõ số buổi.")).await.unwrap();
        news.follow().await;
        assert_eq!(news.at(Role::Officer, COMMUNE).await[0], "Báo cáo định kỳ bị trả lại");
        send_report(&leader, db, directory, key, version + 3).await.unwrap();
        accept_reports(&focal, db, directory, round, &[COMMUNE.to_owned()]).await.unwrap();
        news.follow().await;
        assert_eq!(news.at(Role::Officer, COMMUNE).await[0], "Báo cáo định kỳ được tiếp nhận");
    })
    .await;
}

#[tokio::test]
async fn who_has_not_sent_is_reminded_at_each_step_once_and_who_has_sent_is_not() {
    on_each_engine(async |engine| {
        let news = News::new(engine).await;
        let round = opened(&news).await;
        let (db, directory) = (news.db(), &news.world.directory);
        let calendar = news.directory.calendar();
        let leader = news.world.ctx(Role::Leader, COMMUNE);
        let fields = SheetFields {
            texts: vec![("ket-qua".to_owned(), "Đã tập huấn.".to_owned())],
            ..SheetFields::default()
        };
        let key = (round, COMMUNE);
        let version = save_report(&leader, db, directory, key, &fields).await.unwrap();
        send_report(&leader, db, directory, key, version).await.unwrap();
        let mut n_steps = 0;
        // Twice an hour over two weeks, but for two days without power: steps come in office hours only.
        for half_hour in 0..14 * 48 {
            if (3 * 48..5 * 48).contains(&half_hour) {
                news.clock.pass_minutes(30);
                continue;
            }
            n_steps += remind_rounds(&news.world.system(), db, &calendar).await.unwrap();
            news.clock.pass_minutes(30);
        }
        // Two for communes, whose first step was before the round was opened, three for the (empty) level
        // above them; none of it twice.
        assert_eq!(n_steps, 5);
        news.follow().await;
        let owed = |titles: Vec<String>| titles.iter().filter(|it| it.contains("chưa gửi")).count();
        assert_eq!(owed(news.at(Role::Officer, COMMUNE).await), 0);
        assert_eq!(owed(news.at(Role::Officer, "UBND-31843").await), 1, "gathered into one");
        assert_eq!(owed(news.at(Role::Officer, FAR).await), 0);
    })
    .await;
}
