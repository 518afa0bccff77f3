//! A commune with a mailbox, and messages as they come.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{
    AccountId, Actor, AgencyId, Clock, Ctx, FixedClock, IdSource, PetitionId, Role, WorkingCalendar,
};
use sauro_mailbox::MailboxError;
use sauro_mailbox::actions::{Arrived, Mailbox, Outcome, take_in};
use sauro_mailbox::jobs::{Carried, Carrier, LetterRoom, Post, TellSenders};
use sauro_mailbox::model::{Own, Way};
use sauro_petitions::actions::{self, Answered, CaseView, House, Receipt, Sent};
use sauro_petitions::model::{Channel, Draft, Submission, Ways};
use sauro_store::{Db, Files, Keys, run};
use sauro_testkit::ctx_of;
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) const ADDRESS: &str = "phananh@donvi.example.vn";
pub(crate) const COMMUNE: &str = "UBND-32191";

struct Ids(AtomicU64);

impl IdSource for Ids {
    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(0x0190_0000_0000_7000, self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// A server that takes everything, unless it is told what to answer, or which address it has no room for.
#[derive(Default, Clone)]
pub(crate) struct Outbox(pub(crate) Arc<Mutex<Held>>);

/// What it has, what it answers to all, the address that it has no room for, and how often it was asked.
type Held = (Vec<Post>, Option<Carried>, String, usize);

impl Carrier for Outbox {
    async fn carry(&self, post: &Post, _: DateTime<Utc>) -> Carried {
        let mut it = self.0.lock().unwrap();
        it.3 += 1;
        if let Some(answer) = &it.1 {
            return answer.clone();
        }
        if post.address == it.2 {
            return Carried::Later("452 4.2.2 mailbox full".to_owned());
        }
        it.0.push(post.clone());
        Carried::Taken
    }
}

pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) files: Files,
    pub(crate) keys: Keys,
    pub(crate) handle: DirectoryHandle,
    pub(crate) directory: Arc<Directory>,
    pub(crate) calendar: Arc<WorkingCalendar>,
    pub(crate) outbox: Outbox,
    pub(crate) short: Outbox,
    ids: Arc<Ids>,
    now: Mutex<DateTime<Utc>>,
    _home: TempDir,
}

impl World {
    /// Monday 2 November 2026, nine in the morning.
    pub(crate) async fn new(db: &Db) -> Self {
        let ids = Arc::new(Ids(AtomicU64::new(0x9000_0000_0000_0000)));
        let system = Ctx { ids: ids.clone(), ..ctx_of(Actor::system()) };
        sauro_directory::actions::load_shipped(&system, db).await.unwrap();
        let handle = DirectoryHandle::load(&system, db).await.unwrap();
        let home = TempDir::new().unwrap();
        let files = Files::open(&home.path().join("files").display().to_string()).await.unwrap();
        let now = DateTime::parse_from_rfc3339("2026-11-02T09:00:00+07:00").unwrap().to_utc();
        let world = Self {
            db: db.clone(),
            files,
            keys: Keys::open(&home.path().join("keys")).unwrap(),
            directory: handle.directory(),
            calendar: handle.calendar(),
            handle,
            outbox: Outbox::default(),
            short: Outbox::default(),
            ids,
            now: Mutex::new(now),
            _home: home,
        };
        actions::load_shipped(&world.system(), &world.house()).await.unwrap();
        world
    }

    pub(crate) fn house(&self) -> House<'_> {
        House {
            db: &self.db,
            files: &self.files,
            keys: &self.keys,
            directory: &self.directory,
            calendar: &self.calendar,
        }
    }

    fn with(&self, actor: Actor) -> Ctx {
        let clock: Arc<dyn Clock> = Arc::new(FixedClock(*self.now.lock().unwrap()));
        Ctx { actor, ids: self.ids.clone(), clock }
    }

    pub(crate) fn system(&self) -> Ctx {
        self.with(Actor::system())
    }

    pub(crate) fn ctx(&self, role: Role) -> Ctx {
        let agency = self.directory.by_code(COMMUNE).unwrap();
        let seat = AgencyId::of_code(&format!("{COMMUNE}/{}", role.code()));
        self.with(Actor {
            account: AccountId(seat.0),
            agency: agency.id,
            agency_code: agency.code.clone(),
            agency_name: agency.name.clone(),
            agency_path: agency.path.clone(),
            scope: agency.scope.clone(),
            ..sauro_testkit::actor(role, "vn")
        })
    }

    pub(crate) fn pass_minutes(&self, minutes: i64) {
        *self.now.lock().unwrap() += chrono::TimeDelta::minutes(minutes);
    }

    pub(crate) fn mailbox(&self) -> Mailbox {
        let own = Own { addresses: vec![ADDRESS.to_owned()], server_id: "mx.donvi.vn".to_owned() };
        Mailbox { own, agency: COMMUNE.to_owned() }
    }

    pub(crate) async fn tried(&self, raw: &[u8]) -> Result<Outcome, MailboxError> {
        let arrived = Arrived::Whole(Bytes::copy_from_slice(raw));
        take_in(&self.system(), &self.house(), &self.mailbox(), arrived).await
    }

    pub(crate) async fn came(&self, raw: &[u8]) -> Outcome {
        self.tried(raw).await.unwrap()
    }

    pub(crate) async fn taken(&self, raw: &[u8]) -> PetitionId {
        match self.came(raw).await {
            Outcome::Taken(id) => id,
            other => panic!("{other:?}: {:?}", self.sent().await),
        }
    }

    /// Tells senders of what happened, sends what lies in the outbox, and answers all letters so far.
    pub(crate) async fn sent(&self) -> Vec<Post> {
        self.told(Ways { mail: true, sms: true }).await;
        self.room().round(&self.system()).await.unwrap();
        self.outbox.0.lock().unwrap().0.clone()
    }

    /// Writes down what senders are to be told on `ways`.
    pub(crate) async fn told(&self, ways: Ways) {
        let tell = TellSenders::new(self.system(), self.keys.clone(), ways);
        while tell.follow(&self.db).await.unwrap() > 0 {}
    }

    /// Sends what lies in the outbox of short messages, and answers all so far.
    pub(crate) async fn sent_short(&self, most_a_day: i64) -> Vec<Post> {
        self.told(Ways { mail: true, sms: true }).await;
        let room = LetterRoom {
            way: Way::Sms,
            most_a_day: Some(most_a_day),
            has_marks: false,
            carrier: self.short.clone(),
            ..self.room()
        };
        room.round(&self.system()).await.unwrap();
        self.short.0.lock().unwrap().0.clone()
    }

    pub(crate) fn room(&self) -> LetterRoom<Outbox> {
        LetterRoom {
            way: Way::Mail,
            most_a_day: None,
            has_marks: true,
            carrier: self.outbox.clone(),
            db: self.db.clone(),
            keys: self.keys.clone(),
            directory: self.handle.clone(),
            site: "Sáu Rõ".to_owned(),
            url: "https://sauro.example.vn".to_owned(),
        }
    }

    /// A case that came in by `channel`, from somebody who left `contact`.
    pub(crate) async fn filled_in(&self, channel: Channel, contact: &str) -> Receipt {
        let ctx = match channel.is_on_behalf() {
            true => self.ctx(Role::Officer),
            false => Ctx { actor: Actor::public(), ..self.system() },
        };
        let sent = Sent {
            submission: Submission {
                matter: "feedback".to_owned(),
                title: "Cầu ấp 3 gãy ván".to_owned(),
                body: "Cầu ấp 3 gãy hai tấm ván, học sinh đi lại nguy hiểm.".to_owned(),
                place: Some(self.directory.by_code(COMMUNE).unwrap().id),
                name: "Người Gửi Mẫu".to_owned(),
                contact: contact.to_owned(),
                may_contact: true,
                may_publish: true,
                ..Submission::default()
            },
            files: Vec::new(),
            key: format!("{contact} {}", self.ids.fresh()),
            channel,
            source: self.ids.fresh().to_string(),
            answered: Answered::default(),
        };
        actions::send(&ctx, &self.house(), sent).await.unwrap()
    }

    pub(crate) async fn view(&self, id: PetitionId) -> CaseView {
        actions::case_view(&self.ctx(Role::Officer), &self.house(), id).await.unwrap()
    }

    /// Handled and answered by the commune.
    pub(crate) async fn answered(&self, id: PetitionId) {
        let (officer, leader) = (self.ctx(Role::Officer), self.ctx(Role::Leader));
        let house = self.house();
        actions::receive(&officer, &house, id).await.unwrap();
        let to = (self.directory.by_code(COMMUNE).unwrap().id, [].as_slice());
        actions::assign(&officer, &house, id, to, (false, "")).await.unwrap();
        actions::accept(&officer, &house, id).await.unwrap();
        let draft = Draft {
            closing: "guided".to_owned(),
            words: "Câu trả lời riêng: việc này do cơ quan khác làm.".to_owned(),
            proof: String::new(),
        };
        actions::submit(&officer, &house, id, &draft).await.unwrap();
        actions::approve(&leader, &house, id).await.unwrap();
    }

    pub(crate) async fn count(&self, table: &'static str) -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        let mut conn = self.db.read().await.unwrap();
        run!(conn, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(c).await).unwrap()
    }

    /// Everything that stands in plain words in the journal and in the tables of the mailbox.
    pub(crate) async fn plain(&self) -> String {
        let mut all = String::new();
        for sql in [
            "SELECT kind || ' ' || data FROM journal_entries ORDER BY id",
            "SELECT month || outcome || reason FROM mailbox_counts ORDER BY month",
            "SELECT kind || state || error FROM mailbox_letters ORDER BY id",
        ] {
            let mut conn = self.db.read().await.unwrap();
            let rows: Vec<String> =
                run!(conn, c => sqlx::query_scalar(sql).fetch_all(c).await).unwrap();
            all.push_str(&rows.join("\n"));
        }
        all
    }
}

/// A message with these heads beside the usual ones.
pub(crate) fn raw(head: &str, body: &[u8]) -> Vec<u8> {
    let mut all = format!(
        "From: =?utf-8?B?TmfGsOG7nWkgR+G7rWkgTeG6q3U=?= <Gui.Mau@example.vn>\r\nTo: {ADDRESS}\r\n\
        Subject: =?utf-8?Q?=C4=90=C3=A8n_=C4=91=C6=B0=E1=BB=9Dng_h=E1=BB=8Fng?=\r\n\
        Date: Mon, 2 Nov 2026 08:00:00 +0700\r\nMessage-ID: <mot@example.vn>\r\n{head}\r\n"
    )
    .into_bytes();
    all.extend(body);
    all
}

/// A message as anybody would write it.
pub(crate) fn letter() -> Vec<u8> {
    named("mot", "Đèn ở đầu chợ không sáng cả tuần nay, buổi tối đi lại khó.")
}

/// Another one.
pub(crate) fn named(id: &str, text: &str) -> Vec<u8> {
    let all = raw("Content-Type: text/plain; charset=utf-8\r\n", text.as_bytes());
    with_id(all, id)
}

fn with_id(all: Vec<u8>, id: &str) -> Vec<u8> {
    let at = all.windows(5).position(|it| it == b"<mot@").unwrap();
    [&all[..=at], id.as_bytes(), &all[at + 4..]].concat()
}

/// One with files.
pub(crate) fn letter_with(id: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = "--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nCầu ấp 3 gãy ván, xin xem ảnh kèm theo.\r\n"
        .as_bytes()
        .to_vec();
    for (name, content) in files {
        let head = format!(
            "--x\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n\
            Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(b"--x--\r\n");
    with_id(raw("Content-Type: multipart/mixed; boundary=x\r\n", &body), id)
}

pub(crate) fn pdf() -> Vec<u8> {
    b"%PDF-1.7\nbien ban\n%%EOF\n".to_vec()
}
