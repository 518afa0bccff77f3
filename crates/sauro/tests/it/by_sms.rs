//! Short messages from end to end: a real gateway, with a stand-in for the operator behind it.

use sauro::config::SmsConfig;
use sauro::processes::LettersBySms;
use sauro_kernel::Role;
use sauro_mailbox::jobs::{LetterRoom, Round, TellSenders};
use sauro_mailbox::model::Way;
use sauro_notices::jobs::SmsGateway;
use sauro_petitions::actions::{self, Answered, House, Sent};
use sauro_petitions::model::{Channel, Submission, Ways};
use sauro_testkit::kannel::{Kannel, USER};
use sauro_testkit::on_each_engine;

use crate::by_mail::answer;
use crate::noticing::{Cases, News};
use crate::world::COMMUNE;

fn config(gateway: &Kannel) -> SmsConfig {
    SmsConfig {
        enabled: true,
        url: format!(
            "http://127.0.0.1:{}/cgi-bin/sendsms?username={USER}&password={{secret}}&to={{to}}&text={{text}}",
            gateway.port
        ),
        secret_file: gateway.secret_file(),
        accepted: "0: Accepted".to_owned(),
        ..SmsConfig::default()
    }
}

fn called(house: &House<'_>, contact: &str) -> Sent {
    Sent {
        submission: Submission {
            matter: "feedback".to_owned(),
            title: "Cầu ấp 3 gãy ván".to_owned(),
            body: "Cầu ấp 3 gãy hai tấm ván, học sinh đi lại nguy hiểm.".to_owned(),
            place: house.directory.by_code(COMMUNE).map(|it| it.id),
            name: "Người Gửi Mẫu".to_owned(),
            contact: contact.to_owned(),
            may_contact: true,
            may_publish: true,
            ..Submission::default()
        },
        files: Vec::new(),
        key: format!("goi {contact}"),
        channel: Channel::Phone,
        source: "192.0.2.1".to_owned(),
        answered: Answered::default(),
    }
}

#[tokio::test]
async fn a_case_written_down_on_the_telephone_is_told_over_a_real_gateway() {
    on_each_engine(async |engine| {
        let news = News::new(engine).await;
        let cases = Cases::of(&news).await;
        let (house, keys) = (cases.house(&news), &cases.keys);
        let system = news.world.system();
        actions::load_shipped(&system, &house).await.unwrap();
        let gateway = Kannel::start();
        let config = config(&gateway);
        let ways = Ways { mail: false, sms: true };
        let tell = TellSenders::new(system.clone(), keys.clone(), ways);
        let room = |config: &SmsConfig| LetterRoom {
            way: Way::Sms,
            most_a_day: Some(i64::from(config.most_a_day)),
            has_marks: config.marks,
            carrier: LettersBySms(SmsGateway::new(config.setup()).unwrap()),
            db: news.db().clone(),
            keys: keys.clone(),
            directory: news.directory.clone(),
            site: "Sáu Rõ".to_owned(),
            url: "https://sauro.example.vn".to_owned(),
        };
        let officer = news.world.ctx(Role::Officer, COMMUNE);
        let receipt =
            actions::send(&officer, &house, called(&house, "0912 345 678")).await.unwrap();
        while tell.follow(news.db()).await.unwrap() > 0 {}

        // A wrong password is the administrator's to mend: the message waits.
        let wrong = SmsConfig { secret_file: "".into(), ..config.clone() };
        let round = room(&wrong).round(&system).await.unwrap();
        assert_eq!(round, Round { is_cut: true, ..Round::default() });
        news.clock.pass_minutes(10);
        let sent = room(&config).round(&system).await.unwrap();
        assert_eq!(sent, Round { n_sent: 1, ..Round::default() });
        let first = gateway.messages(1).remove(0);
        assert!(first.contains("84912345678"), "{first}");
        assert!(first.contains("da+nhan+vu+viec") || first.contains("da nhan vu viec"), "{first}");
        assert!(first.contains(&receipt.number), "{first}");

        answer(&news, &house, receipt.id).await;
        while tell.follow(news.db()).await.unwrap() > 0 {}
        let with_marks = SmsConfig {
            url: format!("{}&coding=2&charset=UTF-8", config.url),
            marks: true,
            ..config.clone()
        };
        assert_eq!(room(&with_marks).round(&system).await.unwrap().n_sent, 1);
        assert!(gateway.messages(2).len() >= 2);
        assert_eq!(room(&config).round(&system).await.unwrap(), Round::default());
    })
    .await;
}
