//! From what the portal publishes to those who asked to be told: the portal is one room's, subscribers another's, the way
//! out to the mail server a third's.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sauro_directory::DirectoryHandle;
use sauro_journal::{Digest, DigestError, Entry, Reader, ReaderError};
use sauro_kernel::{Ctx, PortalItemId};
use sauro_notices::jobs::{NewsLetter, Smtp};
use sauro_notices::model::Carried as Handed;
use sauro_portal::PortalError;
use sauro_portal::actions::found_items;
use sauro_portal::model::{Content, Details, Item, Shelf};
use sauro_store::{Conn, Db, StoreError};
use sauro_subscriptions::actions::{Line, Outside, TopicLine, take_back, tell};
use sauro_subscriptions::jobs::{Carried, Carrier, Post};
use sauro_subscriptions::model::{Happened, Occasion, Subject};
use sauro_subscriptions::{News, SubscriptionsError};

/// The reader that tells subscribers.
pub const SUBSCRIBER_NEWS: Reader = Reader::new("subscriber_news");

/// Entries taken at once.
const AT_ONCE: u16 = 1_000;

/// How often the journal is looked at.
const PERIOD: Duration = Duration::from_secs(1);

/// What is older when the reader starts for the first time is told to nobody.
const NEWS: TimeDelta = TimeDelta::minutes(10);

/// Turns entries of the journal into what subscribers are told.
#[derive(Clone)]
pub struct SubscriberNews {
    ctx: Ctx,
}

/// What entries come to.
pub struct Plan {
    happened: Vec<Happened>,
    taken_back: Vec<PortalItemId>,
}

impl SubscriberNews {
    /// The process, done by the machine room `ctx`.
    pub fn new(ctx: Ctx) -> Self {
        Self { ctx }
    }

    /// Takes in what has happened since. Answers how many entries there were.
    ///
    /// # Errors
    ///
    /// What the store says; the next call tries the same entries again.
    pub async fn follow(&self, db: &Db) -> Result<usize, ReaderError> {
        let fresh = SUBSCRIBER_NEWS.fresh(db, AT_ONCE).await?;
        SUBSCRIBER_NEWS.digest(db, self.ctx.now_us(), &fresh, self).await?;
        Ok(fresh.entries.len())
    }

    /// Follows for ever. A failing store is tried again after a pause.
    pub async fn run(self, db: Db) {
        let news = (self.ctx.clock.now() - NEWS).timestamp_micros();
        while let Err(err) = SUBSCRIBER_NEWS.begin_since(&db, news).await {
            tracing::warn!(error = %err, "subscribers have to wait for the store");
            tokio::time::sleep(PERIOD * 10).await;
        }
        loop {
            match self.follow(&db).await {
                Ok(n) if n >= usize::from(AT_ONCE) => {}
                // Another node was faster.
                Ok(_) | Err(ReaderError::Overtaken) => tokio::time::sleep(PERIOD).await,
                Err(err) => {
                    tracing::warn!(error = %err, "subscribers lag behind the journal");
                    tokio::time::sleep(PERIOD * 10).await;
                }
            }
        }
    }
}

impl Digest for SubscriberNews {
    type Plan = Plan;

    async fn plan(&self, conn: &mut Conn, entries: &[Entry]) -> Result<Plan, DigestError> {
        let mut plan = Plan { happened: Vec::new(), taken_back: Vec::new() };
        for entry in entries {
            let id = entry.subject.strip_prefix("portal/").and_then(|it| it.parse().ok());
            let Some(id) = id.map(PortalItemId) else { continue };
            let occasion = match entry.kind.as_str() {
                "PortalItemPublished" => Occasion::Published,
                "PortalItemCorrected" => Occasion::Corrected,
                "PortalItemWithdrawn" | "PortalItemArchived" => {
                    plan.taken_back.push(id);
                    continue;
                }
                _ => continue,
            };
            // What is public no more by now is told to nobody.
            let found = found_items(conn, &[id]).await.map_err(of_portal)?;
            plan.happened.extend(
                found.first().and_then(|(item, content)| happened(entry, occasion, item, content)),
            );
        }
        Ok(plan)
    }

    async fn write(&self, conn: &mut Conn, plan: Plan) -> Result<(), DigestError> {
        tell(&self.ctx, conn, &plan.happened).await.map_err(of_subscriptions)?;
        for item in plan.taken_back {
            take_back(&self.ctx, conn, item).await.map_err(of_subscriptions)?;
        }
        Ok(())
    }
}

/// What `entry` tells; nothing of a page that stands by itself.
fn happened(entry: &Entry, occasion: Occasion, item: &Item, content: &Content) -> Option<Happened> {
    let shelf = match item.kind.shelf() {
        Shelf::News => Subject::News,
        Shelf::Documents => Subject::Documents,
        Shelf::Consultations => Subject::Consultations,
        Shelf::Notices => Subject::Notices,
        Shelf::Pages => return None,
    };
    let topics = content.topics.iter().map(|it| Subject::Topic(*it));
    let days = match &content.details {
        Details::Consultation(it) => Some((it.opens_on, it.closes_on)),
        _ => None,
    };
    Some(Happened {
        item: item.id,
        occasion,
        entry: entry.id.0,
        at: entry.at,
        subjects: [shelf, Subject::Agency(item.agency)].into_iter().chain(topics).collect(),
        days,
    })
}

fn of_portal(err: PortalError) -> DigestError {
    match err {
        PortalError::Store(err) => err.into(),
        err => DigestError::Entry(err.to_string()),
    }
}

fn of_subscriptions(err: SubscriptionsError) -> DigestError {
    match err {
        SubscriptionsError::Store(err) => err.into(),
        err => DigestError::Entry(err.to_string()),
    }
}

/// What the room of the portal says to that of subscriptions.
#[derive(Clone)]
pub struct NewsOfPortal {
    db: Db,
    directory: DirectoryHandle,
}

impl NewsOfPortal {
    /// The room of the portal over `db`, with the names in `directory`.
    pub fn new(db: Db, directory: DirectoryHandle) -> Self {
        Self { db, directory }
    }

    async fn found(&self, items: &[PortalItemId]) -> Result<Vec<Line>, StoreError> {
        let found = found_items(&mut self.db.read().await?, items).await.map_err(stored)?;
        let directory = self.directory.directory();
        let line = |(item, _): (Item, Content)| Line {
            item: item.id,
            kind: item.kind.label(),
            path: item.path(),
            agency: directory.name(item.agency).to_owned(),
            title: item.live_title,
            summary: item.live_summary,
            note: item.note,
        };
        Ok(found.into_iter().map(line).collect())
    }
}

impl News for NewsOfPortal {
    fn topics(&self) -> Outside<'_, Result<Vec<TopicLine>, StoreError>> {
        Box::pin(async {
            let topics = sauro_portal::actions::topics(&self.db).await.map_err(stored)?;
            let line = |it: sauro_portal::model::Topic| TopicLine {
                id: it.id,
                slug: it.slug,
                name: it.name,
            };
            Ok(topics.into_iter().map(line).collect())
        })
    }

    fn lines<'a>(
        &'a self,
        items: &'a [PortalItemId],
    ) -> Outside<'a, Result<Vec<Line>, StoreError>> {
        Box::pin(self.found(items))
    }
}

/// Reading what is public is refused by the store alone.
fn stored(err: PortalError) -> StoreError {
    match err {
        PortalError::Store(err) => err,
        err => StoreError::Corrupt {
            table: "portal_items",
            row: String::new(),
            reason: err.to_string(),
        },
    }
}

/// Hands letters to subscribers to the mail server that notices go by.
pub struct NewsBySmtp(pub Smtp);

impl Carrier for NewsBySmtp {
    async fn carry(&self, post: &Post, now: DateTime<Utc>) -> Carried {
        let letter = NewsLetter {
            id: post.id,
            address: post.address.clone(),
            subject: post.subject.clone(),
            plain: post.plain.clone(),
            html: post.html.clone(),
            leave: post.leave.clone(),
        };
        match self.0.news(&letter, now).await {
            Handed::Taken => Carried::Taken,
            Handed::Refused(words) => Carried::Refused(words),
            Handed::Later(words) | Handed::Away(words) => Carried::Later(words),
        }
    }
}
