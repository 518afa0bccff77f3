//! A portal that tests publish in, a mail server that they look into, and a clock that they move.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, AgencyId, Clock, Ctx, IdSource, PortalItemId, TopicId};
use sauro_store::{Db, Keys, run};
use sauro_subscriptions::actions::{self, Line, Office, Outside, TopicLine};
use sauro_subscriptions::jobs::{Carried, Carrier, Post, PostRoom, Round, whole_round};
use sauro_subscriptions::model::{Happened, Occasion, Subject, WishFields};
use sauro_subscriptions::{News, NewsRoom};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

pub(crate) const SITE: &str = "https://cong.example.vn";

/// A clock that tests set.
pub(crate) struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// Ids that those of a page's own source never meet.
struct Ids(AtomicU64);

impl IdSource for Ids {
    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(0x0190_0000_0000_7000, self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// What everybody finds.
#[derive(Default)]
pub(crate) struct Shelf(Mutex<Vec<Line>>);

impl News for Shelf {
    fn topics(&self) -> Outside<'_, Result<Vec<TopicLine>, sauro_store::StoreError>> {
        let line = |n: u128, slug: &str| TopicLine {
            id: topic(n),
            slug: slug.to_owned(),
            name: format!("Chủ đề {n}"),
        };
        Box::pin(async move { Ok(vec![line(1, "ha-tang"), line(2, "du-lieu")]) })
    }

    fn lines<'a>(
        &'a self,
        items: &'a [PortalItemId],
    ) -> Outside<'a, Result<Vec<Line>, sauro_store::StoreError>> {
        let found =
            self.0.lock().unwrap().iter().filter(|it| items.contains(&it.item)).cloned().collect();
        Box::pin(async move { Ok(found) })
    }
}

pub(crate) fn topic(n: u128) -> TopicId {
    TopicId(Uuid::from_u128(n))
}

/// A mail server: what it took, and what it does.
#[derive(Default, Clone)]
pub(crate) struct Letters {
    pub(crate) taken: Arc<Mutex<Vec<Post>>>,
    pub(crate) answer: Arc<Mutex<Option<Carried>>>,
}

impl Carrier for Letters {
    async fn carry(&self, post: &Post, _: DateTime<Utc>) -> Carried {
        if let Some(answer) = self.answer.lock().unwrap().clone() {
            return answer;
        }
        self.taken.lock().unwrap().push(post.clone());
        Carried::Taken
    }
}

pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) office: Office,
    pub(crate) letters: Letters,
    pub(crate) handle: DirectoryHandle,
    pub(crate) shelf: Arc<Shelf>,
    clock: Arc<Hand>,
    ids: Arc<dyn IdSource>,
    n: AtomicU64,
}

impl World {
    /// Monday, 2 November 2026, nine o'clock.
    pub(crate) async fn new(db: &Db) -> Self {
        let now = DateTime::parse_from_rfc3339("2026-11-02T09:00:00+07:00").unwrap();
        let clock = Arc::new(Hand(AtomicI64::new(now.timestamp_micros())));
        let ids: Arc<dyn IdSource> = Arc::new(Ids(AtomicU64::new(0x9000_0000_0000_0000)));
        let system = Ctx { actor: Actor::system(), clock: clock.clone(), ids: ids.clone() };
        sauro_directory::actions::load_shipped(&system, db).await.unwrap();
        let handle = DirectoryHandle::load(&system, db).await.unwrap();
        let shelf = Arc::new(Shelf::default());
        let office = Office {
            db: db.clone(),
            keys: Keys::passing().unwrap(),
            directory: handle.clone(),
            news: NewsRoom(shelf.clone()),
        };
        let letters = Letters::default();
        Self { db: db.clone(), office, letters, handle, shelf, clock, ids, n: AtomicU64::new(0) }
    }

    pub(crate) fn system(&self) -> Ctx {
        Ctx { actor: Actor::system(), clock: self.clock.clone(), ids: self.ids.clone() }
    }

    pub(crate) fn anybody(&self) -> Ctx {
        Ctx { actor: Actor::public(), ..self.system() }
    }

    pub(crate) fn pass(&self, time: TimeDelta) {
        self.clock.0.fetch_add(time.num_microseconds().unwrap(), Ordering::SeqCst);
    }

    /// Sets the clock to `text` in Viet Nam.
    pub(crate) fn at(&self, text: &str) {
        let at = DateTime::parse_from_str(&format!("{text} +0700"), "%F %T %z").unwrap();
        self.clock.0.store(at.timestamp_micros(), Ordering::SeqCst);
    }

    pub(crate) async fn ask(
        &self,
        address: &str,
        rhythm: &str,
        subjects: &[Subject],
    ) -> Result<(), sauro_subscriptions::SubscriptionsError> {
        let fields = wish(address, rhythm, subjects);
        actions::ask(&self.anybody(), &self.office, "203.0.113.5", &fields).await
    }

    /// Asks and confirms; answers the link by which they come back.
    pub(crate) async fn reader(&self, address: &str, rhythm: &str, subjects: &[Subject]) -> String {
        self.ask(address, rhythm, subjects).await.unwrap();
        assert_eq!(self.send().await.n_sent, 1);
        let letter = self.letters.taken.lock().unwrap().pop().unwrap();
        assert_eq!(letter.address, address);
        let link = link_in(&letter, "/theo-doi-tin/xac-nhan/");
        actions::confirm(&self.anybody(), &self.office, &link).await.unwrap()
    }

    /// Everybody finds something new about `subjects`; the journal was read.
    pub(crate) async fn publish(&self, subjects: &[Subject]) -> PortalItemId {
        self.publish_with(subjects, None).await
    }

    pub(crate) async fn publish_with(
        &self,
        subjects: &[Subject],
        days: Option<(NaiveDate, NaiveDate)>,
    ) -> PortalItemId {
        let n = self.n.fetch_add(1, Ordering::Relaxed) + 1;
        let item = PortalItemId(self.ids.fresh());
        self.shelf.0.lock().unwrap().push(Line {
            item,
            kind: "Tin bài",
            title: format!("Tin số {n}"),
            summary: "Một câu <b>tóm tắt</b>.".to_owned(),
            path: format!("/tin/so-{n}"),
            agency: "Ủy ban nhân dân tỉnh".to_owned(),
            note: String::new(),
        });
        self.happened(item, Occasion::Published, (subjects, days)).await;
        item
    }

    pub(crate) async fn happened(
        &self,
        item: PortalItemId,
        occasion: Occasion,
        (subjects, days): (&[Subject], Option<(NaiveDate, NaiveDate)>),
    ) {
        let ctx = self.system();
        let (entry, at) = (self.ids.fresh(), ctx.clock.now());
        let it = Happened { item, occasion, entry, at, subjects: subjects.to_vec(), days };
        let mut conn = self.db.write().await.unwrap();
        actions::tell(&ctx, &mut conn, &[it]).await.unwrap();
        conn.commit().await.unwrap();
    }

    /// Nobody finds it any more; the journal was not read yet.
    pub(crate) fn hide(&self, item: PortalItemId) {
        self.shelf.0.lock().unwrap().retain(|it| it.item != item);
    }

    /// One look of everything that goes on by itself.
    pub(crate) async fn look(&self) -> Round {
        whole_round(&self.system(), &self.office).await.unwrap();
        self.send().await
    }

    pub(crate) async fn send(&self) -> Round {
        let room = PostRoom {
            carrier: self.letters.clone(),
            office: self.office.clone(),
            site: "Cổng tỉnh".to_owned(),
            url: SITE.to_owned(),
        };
        room.round(&self.system()).await.unwrap()
    }

    /// Takes out the letters that arrived.
    pub(crate) fn arrived(&self) -> Vec<Post> {
        std::mem::take(&mut self.letters.taken.lock().unwrap())
    }

    pub(crate) async fn count(&self, table: &'static str) -> i64 {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        let mut conn = self.db.read().await.unwrap();
        run!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(c).await).unwrap()
    }
}

pub(crate) fn wish(address: &str, rhythm: &str, subjects: &[Subject]) -> WishFields {
    WishFields {
        address: address.to_owned(),
        rhythm: rhythm.to_owned(),
        subjects: subjects.iter().map(|it| it.code()).collect(),
        is_agreed: true,
    }
}

/// What follows `place` in the plain words of a letter.
pub(crate) fn link_in(letter: &Post, place: &str) -> String {
    let (_, rest) = letter.plain.split_once(&format!("{SITE}{place}")).unwrap();
    rest.split_whitespace().next().unwrap().trim_end_matches("/thoi").to_owned()
}

pub(crate) fn agency() -> Subject {
    Subject::Agency(AgencyId::of_code("UBND-96"))
}
