use std::sync::Mutex;

use chrono::{DateTime, NaiveDate, Utc};
use sauro_kernel::{AccountId, MailId, Role, WorkingCalendar};
use sauro_notices::actions::{change_mail_settings, enclose, mail_settings};
use sauro_notices::jobs::{Carrier, Holders, MailRoom, Round};
use sauro_notices::model::{Carried, Desk, Kind, Letter, MailSettings, NewNotice};
use sauro_store::{Conn, StoreError};
use sauro_testkit::{TestApp, on_each_engine};

use super::world::{World, account, desk};

/// Who sits where, as the test says.
struct Sitting(Mutex<Vec<(Desk, AccountId)>>);

impl Holders for &Sitting {
    async fn holders(
        &self,
        _: &mut Conn,
        desks: &[Desk],
        _: NaiveDate,
    ) -> Result<Vec<(Desk, AccountId)>, StoreError> {
        let all = self.0.lock().unwrap();
        Ok(all.iter().filter(|it| desks.contains(&it.0)).copied().collect())
    }
}

/// A mail server that answers as the test says.
#[derive(Default)]
struct Server {
    got: Mutex<Vec<Letter>>,
    answer: Mutex<Option<Carried>>,
    /// Takes the mail, but its answer is lost.
    is_lost: Mutex<bool>,
}

impl Carrier for &Server {
    async fn carry(&self, letter: &Letter, _: DateTime<Utc>) -> Carried {
        if *self.is_lost.lock().unwrap() {
            self.got.lock().unwrap().push(letter.clone());
            std::future::pending::<()>().await;
        }
        if let Some(answer) = self.answer.lock().unwrap().clone() {
            return answer;
        }
        self.got.lock().unwrap().push(letter.clone());
        Carried::Taken
    }
}

struct Post {
    world: World,
    sitting: Sitting,
    server: Server,
}

impl Post {
    /// Account 1 leads agency 1, account 2 works there; both want mail.
    async fn new(world: World) -> Self {
        let sitting = vec![
            (desk(1, Role::Leader), account(1)),
            (desk(1, Role::Officer), account(2)),
            (desk(1, Role::Leader), account(3)),
        ];
        let it = Self { world, sitting: Sitting(Mutex::new(sitting)), server: Server::default() };
        it.choose(1, "lanh.dao@donvi.gov.vn", false).await;
        it.choose(2, "chuyen.vien@donvi.gov.vn", false).await;
        it
    }

    async fn choose(&self, n: u64, address: &str, is_daily: bool) {
        let ctx = self.world.ctx(n, 1, Role::Leader);
        let chosen = MailSettings {
            address: address.to_owned(),
            is_on: !address.is_empty(),
            is_daily,
            rejected: None,
        };
        change_mail_settings(&ctx, &self.world.db, &chosen).await.unwrap();
    }

    async fn tell(&self, notices: &[NewNotice]) {
        let world = &self.world;
        let written = world.tell(notices).await;
        let holders = self.sitting.0.lock().unwrap().clone();
        let mut conn = world.db.write().await.unwrap();
        let calendar = WorkingCalendar::default();
        enclose(&world.system(), &mut conn, &calendar, &written, &holders).await.unwrap();
        conn.commit().await.unwrap();
    }

    async fn issued(&self, n: i64) {
        self.tell(&[self.world.notice(desk(1, Role::Leader), Kind::Issued, n)]).await;
    }

    fn room(&self) -> MailRoom<&Sitting, &Server> {
        MailRoom {
            holders: &self.sitting,
            carrier: &self.server,
            site: "Sáu Rõ".to_owned(),
            url: "https://sauro.example.vn".to_owned(),
        }
    }

    async fn round(&self) -> Round {
        let calendar = WorkingCalendar::default();
        self.room().round(&self.world.system(), &self.world.db, &calendar).await.unwrap()
    }

    fn got(&self) -> Vec<(MailId, String, String)> {
        let got = self.server.got.lock().unwrap();
        got.iter().map(|it| (it.id, it.address.clone(), it.subject.clone())).collect()
    }

    fn subjects(&self) -> Vec<String> {
        self.got().into_iter().map(|it| it.2).collect()
    }
}

#[tokio::test]
async fn one_mail_a_person_gathers_what_came_and_each_notice_is_mailed_once() {
    on_each_engine(async |engine| {
        let post = Post::new(World::new(&engine.db).await).await;
        let world = &post.world;
        post.issued(36).await;
        assert_eq!(post.round().await, Round::default(), "others may follow within a minute");
        post.tell(&[
            world.notice(desk(1, Role::Leader), Kind::Urged, 1),
            world.notice(desk(1, Role::Officer), Kind::Returned, 2),
            world.notice(desk(2, Role::Leader), Kind::Issued, 1),
        ])
        .await;
        world.pass(2);
        assert_eq!(post.round().await.n_sent, 2);
        let got = post.server.got.lock().unwrap().clone();
        let to: Vec<_> = got.iter().map(|it| (it.address.as_str(), it.subject.as_str())).collect();
        assert_eq!(
            to,
            [
                ("lanh.dao@donvi.gov.vn", "Sáu Rõ: 2 thông báo mới"),
                ("chuyen.vien@donvi.gov.vn", "Sáu Rõ: 2 sản phẩm bị trả lại"),
            ]
        );
        for words in [
            "Được giao 36 nhiệm vụ",
            "https://sauro.example.vn/nhiem-vu/NV-2026-000001",
            "https://sauro.example.vn/thong-bao/cai-dat",
            "08:00 01/06/2026",
        ] {
            assert!(got[0].plain.contains(words), "{words} not in\n{}", got[0].plain);
            assert!(got[0].html.contains(words), "{words} not in\n{}", got[0].html);
        }
        assert!(got[0].plain.contains("số 1 <b>") && got[0].html.contains("số 1 &#60;b&#62;"));
        post.issued(1).await;
        world.pass(2);
        assert_eq!(post.round().await.n_sent, 1);
        world.pass(60 * 24);
        assert_eq!(post.round().await, Round::default());
        assert_eq!(post.subjects()[2], "Sáu Rõ: Được giao nhiệm vụ");
    })
    .await;
}

#[tokio::test]
async fn while_the_server_is_down_nothing_is_lost_and_afterwards_nothing_is_doubled() {
    on_each_engine(async |engine| {
        let post = Post::new(World::new(&engine.db).await).await;
        *post.server.answer.lock().unwrap() = Some(Carried::Later("connection refused".into()));
        let mut n_faults = 0;
        for hour in 0..24 {
            if hour % 6 == 0 {
                post.issued(hour + 1).await;
            }
            post.world.pass(60);
            n_faults += usize::from(post.round().await.fault.is_some());
        }
        assert!(n_faults >= 20 && post.got().is_empty(), "{n_faults}");
        *post.server.answer.lock().unwrap() = None;
        post.world.pass(61);
        let round = post.round().await;
        assert_eq!((round.n_sent, round.fault), (4, None));
        let mut subjects = post.subjects();
        subjects.sort();
        let wanted = ["13 nhiệm vụ", "19 nhiệm vụ", "7 nhiệm vụ", "nhiệm vụ"];
        assert_eq!(subjects, wanted.map(|it| format!("Sáu Rõ: Được giao {it}")));
        post.world.pass(60 * 24);
        assert_eq!(post.round().await, Round::default());
    })
    .await;
}

#[tokio::test]
async fn a_mail_whose_answer_was_lost_goes_again_with_the_same_id_and_words() {
    on_each_engine(async |engine| {
        let post = Post::new(World::new(&engine.db).await).await;
        post.issued(2).await;
        post.world.pass(2);
        *post.server.is_lost.lock().unwrap() = true;
        let room = post.room();
        let calendar = WorkingCalendar::default();
        let system = post.world.system();
        let lost = room.round(&system, &post.world.db, &calendar);
        let waited = tokio::time::timeout(std::time::Duration::from_millis(500), lost).await;
        assert!(waited.is_err(), "the process died there");
        *post.server.is_lost.lock().unwrap() = false;
        post.issued(7).await;
        assert_eq!(post.round().await, Round::default(), "the other node may still be at it");
        post.world.pass(11);
        assert_eq!(post.round().await.n_sent, 2);
        let got = post.server.got.lock().unwrap().clone();
        assert_eq!(got[0], Letter { n_tries: 0, ..got[0].clone() });
        let same = got[1..].iter().find(|it| it.id == got[0].id).unwrap();
        assert_eq!((&same.subject, &same.plain), (&got[0].subject, &got[0].plain));
        assert!(!same.plain.contains("7 nhiệm vụ"), "what came later is in another mail");
    })
    .await;
}

#[tokio::test]
async fn two_nodes_send_each_mail_once() {
    on_each_engine(async |engine| {
        let post = Post::new(World::new(&engine.db).await).await;
        for n in 1..=12 {
            post.issued(n).await;
            post.tell(&[post.world.notice(desk(1, Role::Officer), Kind::Returned, 1)]).await;
            post.world.pass(2);
            let (one, other) = tokio::join!(post.round(), post.round());
            assert_eq!(one.n_sent + other.n_sent, 2);
        }
        let mut ids: Vec<_> = post.got().into_iter().map(|it| it.0).collect();
        assert_eq!(ids.len(), 24);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 24);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_the_server_refuses_gets_no_more_mail_and_its_owner_is_told() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let post = Post::new(world).await;
        let words = "550 5.1.1 no such user";
        *post.server.answer.lock().unwrap() = Some(Carried::Refused(words.into()));
        post.issued(1).await;
        post.world.pass(2);
        assert_eq!(post.round().await.n_refused, 1);
        *post.server.answer.lock().unwrap() = None;
        post.issued(2).await;
        post.world.pass(60);
        assert_eq!(post.round().await, Round::default());
        let ctx = post.world.ctx(1, 1, Role::Leader);
        let found = mail_settings(&ctx, &post.world.db).await.unwrap();
        assert_eq!(found.rejected.map(|it| it.1), Some(words.to_owned()));

        let leader = post.world.actor(1, 1, Role::Leader);
        let app = TestApp::new(engine, sauro_notices::routes()).await;
        let leader = app.official(leader);
        let page = leader.get("/thong-bao/cai-dat").await;
        page.has_text("Máy chủ thư không nhận thư cho địa chỉ này nữa");
        page.has_text(words);
        let fields = [("nhan-thu", "1"), ("dia-chi", "lanh đạo@donvi"), ("nhip", "sang")];
        let wrong = leader.post("/thong-bao/cai-dat", &fields).await;
        assert_eq!(wrong.status, 422);
        wrong.has_text("Địa chỉ thư điện tử chưa đúng");
        wrong.has_text("lanh đạo@donvi");
        let empty = leader.post("/thong-bao/cai-dat", &[("nhan-thu", "1")]).await;
        assert_eq!(empty.status, 422);
        let fields = [("nhan-thu", "1"), ("dia-chi", "moi@donvi.gov.vn"), ("nhip", "sang")];
        assert_eq!(leader.post("/thong-bao/cai-dat", &fields).await.status, 303);
        let page = leader.get("/thong-bao/cai-dat?vua=luu").await;
        page.has_text("Thông báo mới sẽ gửi đến moi@donvi.gov.vn");
        assert!(!page.body().contains("không nhận thư cho địa chỉ này"));
        let found = mail_settings(&ctx, &app.db).await.unwrap();
        assert!(found.is_daily && found.is_on && found.rejected.is_none());
    })
    .await;
}

#[tokio::test]
async fn reminders_are_mailed_in_office_hours_and_digests_in_the_morning() {
    on_each_engine(async |engine| {
        let post = Post::new(World::new(&engine.db).await).await;
        post.choose(2, "chuyen.vien@donvi.gov.vn", true).await;
        let world = &post.world;
        // Monday, 16:59: the calendar speaks, but the mail would leave after hours.
        world.pass(9 * 60 - 1);
        post.tell(&[world.notice(desk(1, Role::Leader), Kind::Overdue, 1)]).await;
        post.tell(&[world.notice(desk(1, Role::Officer), Kind::Returned, 1)]).await;
        world.pass(30);
        assert_eq!(post.round().await, Round::default());
        world.pass(14 * 60 + 30);
        assert_eq!(post.round().await, Round::default(), "Tuesday, 07:59");
        world.pass(1);
        assert_eq!(post.round().await.n_sent, 2, "Tuesday, 08:00");
        // What a person does is not held back in the evening.
        world.pass(12 * 60);
        post.issued(1).await;
        world.pass(2);
        assert_eq!(post.round().await.n_sent, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_left_the_desk_or_switched_mail_off_gets_none() {
    on_each_engine(async |engine| {
        let post = Post::new(World::new(&engine.db).await).await;
        let world = &post.world;
        post.issued(1).await;
        post.tell(&[world.notice(desk(1, Role::Officer), Kind::Returned, 1)]).await;
        post.sitting.0.lock().unwrap().remove(0);
        post.choose(2, "", false).await;
        world.pass(2);
        let round = post.round().await;
        assert_eq!((round.n_sent, round.n_dropped), (0, 2));

        // Also when the words were fixed while they still sat there.
        post.sitting.0.lock().unwrap().push((desk(1, Role::Leader), account(1)));
        *post.server.answer.lock().unwrap() = Some(Carried::Later("down".into()));
        post.issued(1).await;
        world.pass(2);
        assert!(post.round().await.fault.is_some());
        *post.server.answer.lock().unwrap() = None;
        post.sitting.0.lock().unwrap().retain(|it| it.1 != account(1));
        world.pass(60);
        let round = post.round().await;
        assert_eq!((round.n_sent, round.n_dropped), (0, 1));
        assert!(post.got().is_empty());
    })
    .await;
}
