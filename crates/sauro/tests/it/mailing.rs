//! Mail through a real server: down for a day, busy, and with a reader it does not know.

use std::io::BufRead;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use sauro::processes::DeskHolders;
use sauro_kernel::{Actor, Role};
use sauro_notices::actions::{change_mail_settings, mail_settings};
use sauro_notices::jobs::{MailRoom, Round, Smtp};
use sauro_notices::model::MailSettings;
use sauro_testkit::{Engine, on_each_engine};

use crate::noticing::{News, as_of};
use crate::world::{COMMUNE, PROVINCE, open_account, rooms};

/// A mail server of Debian's `python3-aiosmtpd` that keeps what it takes in a folder.
pub(crate) struct Mailbox {
    home: tempfile::TempDir,
    pub(crate) port: u16,
    server: Option<Child>,
}

impl Mailbox {
    pub(crate) fn new() -> Self {
        let probe = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = probe.local_addr().unwrap().port();
        drop(probe);
        let mut it = Self { home: tempfile::TempDir::new().unwrap(), port, server: None };
        it.start();
        it
    }

    fn start(&mut self) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/mailbox.py");
        let mut server = Command::new(python())
            .arg(script)
            .arg(self.port.to_string())
            .arg(self.home.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        std::io::BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "the mail server did not start");
        self.server = Some(server);
    }

    fn stop(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.home.path().join(name), text).unwrap();
    }

    fn take_away(&self, name: &str) {
        std::fs::remove_file(self.home.path().join(name)).unwrap();
    }

    /// The mails it took, in the order of arrival.
    pub(crate) fn mails(&self) -> Vec<String> {
        let mut paths: Vec<_> = std::fs::read_dir(self.home.path())
            .unwrap()
            .map(|it| it.unwrap().path())
            .filter(|it| it.extension().is_some_and(|it| it == "eml"))
            .collect();
        paths.sort();
        paths.iter().map(|it| std::fs::read_to_string(it).unwrap()).collect()
    }

    /// One header of each mail.
    pub(crate) fn headers(&self, name: &str) -> Vec<String> {
        let head = format!("{name}: ");
        let of = |mail: &String| {
            let line = mail.lines().find_map(|it| it.strip_prefix(&head));
            line.unwrap_or_else(|| panic!("no {name} in\n{mail}")).to_owned()
        };
        self.mails().iter().map(of).collect()
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The Python that has the module; `./test` installs it for Debian's own.
fn python() -> &'static str {
    let has_module = |it: &&&str| {
        let tried = Command::new(it).args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
        tried.is_ok_and(|it| it.success())
    };
    let found = ["python3", "/usr/bin/python3"];
    let found = found.iter().find(has_module);
    assert!(found.is_some(), "install python3-aiosmtpd, as ./test does");
    found.unwrap()
}

/// The commune's leader and officer have accounts and want mail.
async fn news(engine: Engine) -> (News, [Actor; 2]) {
    let mut news = News::new(engine).await;
    news.process = news.process.clone().with_mail(true);
    let rooms = rooms(&news.world);
    let mut actors = Vec::new();
    for (login, role) in [("lanh.dao", Role::Leader), ("chuyen.vien", Role::Officer)] {
        let opened = open_account(&news.world, &rooms, login, role, COMMUNE).await;
        let ctx = news.world.ctx(role, COMMUNE);
        let actor = Actor { account: opened.account, ..ctx.actor.clone() };
        let chosen = MailSettings {
            address: format!("{login}@xa.example.vn"),
            is_on: true,
            ..MailSettings::default()
        };
        change_mail_settings(&as_of(&ctx, actor.clone()), news.db(), &chosen).await.unwrap();
        actors.push(actor);
    }
    (news, actors.try_into().unwrap())
}

async fn round(news: &News, mailbox: &Mailbox) -> Round {
    let room = MailRoom {
        holders: DeskHolders(news.world.system()),
        carrier: Smtp::new(
            &format!("smtp://127.0.0.1:{}", mailbox.port),
            "Sáu Rõ <sauro@donvi.example.vn>",
        )
        .unwrap(),
        site: "Sáu Rõ".to_owned(),
        url: "https://sauro.example.vn".to_owned(),
    };
    let calendar = news.directory.calendar();
    room.round(&news.world.system(), news.db(), &calendar).await.unwrap()
}

async fn told(news: &News, words: &str) {
    // An agency urges a task once a day.
    let issuer = news.world.ctx(Role::Leader, PROVINCE);
    let filter = sauro_tasks::actions::TaskFilter::default();
    let ids = sauro_tasks::actions::listed(&issuer, news.db(), &filter).await.unwrap();
    sauro_tasks::actions::urge_many(&issuer, news.db(), &ids, words).await.unwrap();
    while news.process.follow(news.db()).await.unwrap() > 0 {}
}

#[tokio::test]
async fn a_mail_server_that_is_down_for_a_day_costs_no_mail_and_doubles_none() {
    on_each_engine(async |engine| {
        let (news, _) = news(engine).await;
        let mut mailbox = Mailbox::new();
        news.world.issue(36).await;
        while news.process.follow(news.db()).await.unwrap() > 0 {}
        news.clock.pass_minutes(2);
        assert_eq!(round(&news, &mailbox).await.n_sent, 1);
        assert_eq!(mailbox.headers("X-Reader"), ["lanh.dao@xa.example.vn"]);
        let mail = mailbox.mails().remove(0);
        for words in [
            "From: =?utf-8?b?U8OhdSBSw7U=?= <sauro@donvi.example.vn>",
            "Auto-Submitted: auto-generated",
            "multipart/alternative",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Type: text/html; charset=utf-8",
            "Date: Fri, 20 Nov 2026 01:02:00",
        ] {
            assert!(mail.contains(words), "no {words} in\n{mail}");
        }

        // The server goes away; the day goes on.
        mailbox.stop();
        for hour in 0..24 {
            if hour == 0 {
                told(&news, "Gửi báo cáo").await;
            }
            news.clock.pass_minutes(60);
            assert_eq!(round(&news, &mailbox).await.n_sent, 0);
        }
        told(&news, "Gửi báo cáo trước thứ Sáu").await;
        mailbox.start();
        let mut n_sent = 0;
        for _ in 0..6 {
            news.clock.pass_minutes(30);
            n_sent += round(&news, &mailbox).await.n_sent;
        }
        assert_eq!((n_sent, mailbox.mails().len()), (2, 3));

        // Busy for a while: the same mail, tried again, arrives once.
        mailbox.put("busy", "");
        news.clock.pass_minutes(24 * 60);
        told(&news, "Nhắc lần nữa").await;
        news.clock.pass_minutes(2);
        assert!(round(&news, &mailbox).await.fault.is_some());
        mailbox.take_away("busy");
        for _ in 0..6 {
            news.clock.pass_minutes(60);
            round(&news, &mailbox).await;
        }
        let mut ids = mailbox.headers("Message-ID");
        assert_eq!(ids.len(), 4);
        assert!(ids.iter().all(|it| it.ends_with("@donvi.example.vn>")), "{ids:?}");
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_reader_whom_the_server_does_not_know_is_given_up_and_told_so() {
    on_each_engine(async |engine| {
        let (news, [leader, _]) = news(engine).await;
        let mailbox = Mailbox::new();
        mailbox.put("refused", "lanh.dao@xa.example.vn\n");
        news.world.issue(1).await;
        while news.process.follow(news.db()).await.unwrap() > 0 {}
        news.clock.pass_minutes(2);
        assert_eq!(round(&news, &mailbox).await.n_refused, 1);
        let ctx = as_of(&news.world.system(), leader);
        let (_, words) = mail_settings(&ctx, news.db()).await.unwrap().rejected.unwrap();
        assert!(words.contains("no such reader here"), "{words}");
        told(&news, "Gửi báo cáo").await;
        news.clock.pass_minutes(60);
        assert_eq!(round(&news, &mailbox).await, Round::default());
        assert!(mailbox.mails().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_check_finds_the_server_or_says_that_it_does_not_answer() {
    let mut mailbox = Mailbox::new();
    let smtp = Smtp::new(&format!("smtp://127.0.0.1:{}", mailbox.port), "a@b.vn").unwrap();
    smtp.test().await.unwrap();
    mailbox.stop();
    let err = smtp.test().await.unwrap_err();
    assert!(err.to_string().contains("không nhận kết nối"), "{err}");
}
