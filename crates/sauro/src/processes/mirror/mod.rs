//! A mirror of what everybody may read: plain files in a folder, from which any web server answers while the
//! program and the database are off.
//!
//! It reads the journal as the index of search does: a thing that an entry names is drawn again, or taken away
//! when it is public no more. The few pages that show many things are drawn again at each look.

mod addresses;
mod folder;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use bytes::Bytes;
use sauro_directory::{DirectoryError, DirectoryHandle};
use sauro_kernel::{Ctx, ProgrammeId, TaskId, VIETNAM};
use sauro_search::model::{DocKey, Kind};
use sauro_store::{Db, StoreError};
use tower::ServiceExt;
use uuid::Uuid;

use super::findable::{self, Reading, Touched, by_kind, touched};
use addresses::{LISTS, compiled_in, files_of, is_shared, maps_of};
pub use folder::Folder;
use folder::Place;

use crate::front::each_tongue;

/// Entries taken in one step.
const AT_ONCE: u16 = 500;

/// Things read at once.
const THINGS: usize = 128;

/// The largest page that is mirrored, in bytes. Files of everything ever answered are for who asks the program.
const MOST_BYTES: usize = 16 << 20;

/// Why the mirror did not get on. What is in the folder stays as it is, and the next look tries again.
#[derive(Debug, thiserror::Error)]
pub enum MirrorError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The catalogue could not be read.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// The folder could not be read or written.
    #[error(transparent)]
    Folder(#[from] std::io::Error),
    /// A page could not be drawn.
    #[error("{address} was answered {status}")]
    Page {
        /// Which.
        address: String,
        /// How it was answered.
        status: StatusCode,
    },
}

/// Whether pages of `kind` change by themselves: what is in time today is overdue tomorrow.
fn ages(kind: Kind) -> bool {
    matches!(kind, Kind::Task | Kind::Programme | Kind::Agency)
}

/// Keeps one folder equal to what a stranger is shown.
pub struct Mirror {
    pages: Router,
    ctx: Ctx,
    db: Db,
    directory: DirectoryHandle,
    folder: Folder,
    /// Whether what is compiled in lies in the folder.
    is_dressed: AtomicBool,
}

impl Mirror {
    /// How often the journal is looked at: within a minute everything is in the folder.
    pub const PERIOD: Duration = Duration::from_secs(10);

    /// Mirrors `pages`, the whole product, into `folder`, done by the machine room `ctx`.
    pub fn new(
        pages: Router,
        ctx: Ctx,
        (db, directory): (Db, DirectoryHandle),
        folder: Folder,
    ) -> Self {
        let pages = each_tongue(pages);
        Self { pages, ctx, db, directory, folder, is_dressed: AtomicBool::new(false) }
    }

    /// Brings the folder up to date. Answers how many things were drawn.
    ///
    /// # Errors
    ///
    /// [`MirrorError`]; the next call goes on from what was finished.
    pub async fn follow(&self) -> Result<usize, MirrorError> {
        sauro_journal::seal(&self.db).await?;
        let half = self.half();
        let mut n = match self.folder.place().await? {
            Some(place) if place.half == half => self.since(place.position).await?,
            Some(place) => self.since(place.position).await? + self.walk(ages).await?,
            None => self.walk(|_| true).await?,
        };
        n += self.draw_lists().await?;
        Ok(n)
    }

    /// Follows for ever.
    pub async fn run(self) {
        loop {
            if let Err(err) = self.follow().await {
                tracing::warn!(error = %err, "the mirror lags behind");
            }
            tokio::time::sleep(Self::PERIOD).await;
        }
    }

    /// Which half of which day it is. What is overdue changes at midnight and at the cut-off, without an entry.
    fn half(&self) -> String {
        let now = self.ctx.clock.now().with_timezone(&VIETNAM);
        let is_late = sauro_kernel::cut_off(now.date_naive()) <= now;
        format!("{}{}", now.date_naive(), if is_late { " late" } else { "" })
    }

    /// Draws everything of the kinds that `is_wanted`.
    async fn walk(&self, is_wanted: impl Fn(Kind) -> bool) -> Result<usize, MirrorError> {
        self.directory.follow(&self.ctx, &self.db).await?;
        // The place is taken first: entries that come meanwhile are followed afterwards.
        let position = sauro_journal::last_position(&mut self.db.read().await?).await?;
        let half = self.half();
        let mut n = 0;
        for kind in Kind::ALL.into_iter().filter(|it| is_wanted(*it)) {
            n += self.all_of(kind).await?;
        }
        self.folder.set_place(&Place { position, half }).await?;
        Ok(n)
    }

    /// Draws what was touched after `position`.
    async fn since(&self, mut position: i64) -> Result<usize, MirrorError> {
        let mut n = 0;
        loop {
            let mut conn = self.db.read().await?;
            let entries = sauro_journal::read_after(&mut conn, position, AT_ONCE).await?;
            drop(conn);
            let Some(last) = entries.last().map(|it| it.position) else { return Ok(n) };
            let Touched { keys, programmes, kinds } = touched(&entries);
            if kinds.contains(&Kind::Agency) {
                self.directory.follow(&self.ctx, &self.db).await?;
            }
            for (kind, ids) in by_kind(keys) {
                n += self.refresh(kind, &ids).await?;
            }
            for programme in programmes {
                n += self.tasks_of(programme).await?;
            }
            for kind in kinds {
                n += self.all_of(kind).await?;
            }
            position = last;
            let half = self.folder.place().await?.map_or_else(|| self.half(), |it| it.half);
            self.folder.set_place(&Place { position, half }).await?;
        }
    }

    async fn all_of(&self, kind: Kind) -> Result<usize, MirrorError> {
        let (mut n, mut after) = (0, String::new());
        loop {
            let directory = self.directory.directory();
            let mut conn = self.db.read().await?;
            let mut reading = Reading { conn: &mut conn, directory: &directory };
            let ids = findable::next_ids(&mut reading, kind, &after).await?;
            drop(conn);
            let Some(last) = ids.last() else { return Ok(n) };
            after.clone_from(last);
            n += self.refresh(kind, &ids).await?;
        }
    }

    /// Tasks are shown and hidden together with their programme.
    async fn tasks_of(&self, programme: Uuid) -> Result<usize, MirrorError> {
        let (mut n, mut after) = (0, TaskId(Uuid::nil()));
        loop {
            let directory = self.directory.directory();
            let mut conn = self.db.read().await?;
            let mut reading = Reading { conn: &mut conn, directory: &directory };
            let ids =
                findable::of_programme_after(&mut reading, ProgrammeId(programme), after).await?;
            drop(conn);
            let Some(last) = ids.last() else { return Ok(n) };
            after = *last;
            let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
            n += self.refresh(Kind::Task, &ids).await?;
        }
    }

    /// Draws those of `ids` that are public, and takes the others away.
    async fn refresh(&self, kind: Kind, ids: &[String]) -> Result<usize, MirrorError> {
        for some in ids.chunks(THINGS) {
            let directory = self.directory.directory();
            let mut conn = self.db.read().await?;
            let mut reading = Reading { conn: &mut conn, directory: &directory };
            let docs = findable::docs(&mut reading, kind, some).await?;
            drop(conn);
            for doc in &docs {
                self.redraw(&doc.key, &doc.address).await?;
            }
            let is_there = |id: &String| docs.iter().any(|it| it.key.id == *id);
            for id in some.iter().filter(|id| !is_there(id)) {
                self.forget(&DocKey::new(kind, id)).await?;
            }
        }
        Ok(ids.len())
    }

    /// Draws the page of a thing with the files that it shows, and takes away what it no longer shows.
    async fn redraw(&self, key: &DocKey, address: &str) -> Result<(), MirrorError> {
        let before = self.folder.shown(key).await?;
        let page = self.draw(address).await?;
        let mut shown = vec![address.to_owned()];
        shown.extend(files_of(&page));
        // What is to go is known before it is there: a crash between leaves nothing that nobody knows of.
        self.folder.set_shown(key, &shown).await?;
        for file in shown.iter().skip(1) {
            self.draw(file).await?;
        }
        for gone in before.iter().filter(|it| !shown.contains(it)) {
            self.take_away(gone).await?;
        }
        Ok(())
    }

    async fn forget(&self, key: &DocKey) -> Result<(), MirrorError> {
        for address in self.folder.shown(key).await? {
            self.take_away(&address).await?;
        }
        Ok(self.folder.forget(key).await?)
    }

    /// Takes away what a thing no longer shows; what others show as well stays while everybody may see it.
    async fn take_away(&self, address: &str) -> Result<(), MirrorError> {
        match is_shared(address) {
            true => self.draw(address).await.map(drop),
            false => Ok(self.folder.remove(address).await?),
        }
    }

    /// Draws the pages of many things, and what they are dressed in.
    async fn draw_lists(&self) -> Result<usize, MirrorError> {
        for address in LISTS {
            let page = self.draw(address).await?;
            for part in maps_of(&page) {
                self.draw(&part).await?;
            }
        }
        // Another program has other guides and another dress; this one's stay as they are.
        if !self.is_dressed.load(Ordering::Relaxed) {
            for address in compiled_in() {
                self.draw(&address).await?;
            }
            self.draw_nothing().await?;
            self.is_dressed.store(true, Ordering::Relaxed);
        }
        Ok(LISTS.len())
    }

    /// What a web server says of an address that is not there.
    async fn draw_nothing(&self) -> Result<(), MirrorError> {
        let Ok(request) = Request::get("/404").body(Body::empty()) else { return Ok(()) };
        let Ok(answer) = self.pages.clone().oneshot(request).await;
        match to_bytes(answer.into_body(), MOST_BYTES).await {
            Ok(body) => Ok(self.folder.write_file("404.html", &body).await?),
            Err(_) => Ok(()),
        }
    }

    /// Puts what `address` shows into the folder and answers it, or takes away what it showed.
    async fn draw(&self, address: &str) -> Result<Bytes, MirrorError> {
        let Some((is_page, body)) = self.fetch(address).await? else {
            self.folder.remove(address).await?;
            return Ok(Bytes::new());
        };
        self.folder.write(address, is_page, &body).await?;
        Ok(body)
    }

    /// What a stranger is shown at `address`, and whether it is a page; none when there is nothing for strangers.
    async fn fetch(&self, address: &str) -> Result<Option<(bool, Bytes)>, MirrorError> {
        let mut address = address.to_owned();
        // A way that leads on, leads on once.
        for _ in 0..2 {
            let request = Request::get(&address).body(Body::empty());
            let Ok(request) = request else { return Ok(None) };
            let Ok(answer) = self.pages.clone().oneshot(request).await;
            let (head, body) = answer.into_parts();
            let of = |name| head.headers.get(name).and_then(|it| it.to_str().ok());
            if head.status.is_redirection() {
                let next = of(header::LOCATION).filter(|it| it.starts_with('/'));
                let Some(next) = next else { return Ok(None) };
                address = next.to_owned();
                continue;
            }
            if head.status.is_client_error() {
                return Ok(None);
            }
            let is_page = of(header::CONTENT_TYPE).is_some_and(|it| it.starts_with("text/html"));
            let body = to_bytes(body, MOST_BYTES).await;
            return match body {
                Ok(body) if head.status.is_success() => Ok(Some((is_page, body))),
                // Too large, or cut in the middle.
                Err(_) if head.status.is_success() => Ok(None),
                _ => Err(MirrorError::Page { address, status: head.status }),
            };
        }
        Ok(None)
    }
}
