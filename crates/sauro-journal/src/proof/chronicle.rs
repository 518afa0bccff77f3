//! A long past written at once, sealed as it is written.

use sauro_kernel::{AgencyId, PostId};
use sauro_store::{Conn, Db, StoreError, insert_text, pieces, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::leaf::RawEntry;
use super::nodes::{STEP, edge_at, insert_head, insert_leaves, insert_subtrees};
use super::stamp::STAMPER;
use super::tree::Edge;
use super::{Head, StampError, stamp};
use crate::seal::hold_seal;
use crate::{ReaderError, last_position};

/// Something that was done before the journal heard of it: by whom, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEvent {
    /// The id, a UUIDv7 of that instant.
    pub id: Uuid,
    /// When it was done, microseconds since 1970, UTC.
    pub at: i64,
    /// The seat that did it.
    pub actor: PostId,
    /// The agency of that seat.
    pub agency: AgencyId,
    /// What it was done to: the things (`task`) and the id of the thing.
    pub subject: (&'static str, Uuid),
    /// What was done, such as `TaskIssued`.
    pub kind: &'static str,
    /// The particulars, as JSON.
    pub data: Box<str>,
}

/// Writes made-up or taken-over years into the journal: entries with their places, their leaves and a
/// head for each part, without a round of sealing for each few hundred of them.
///
/// It stands alone: while it writes nobody else does, and whoever does so all the same makes it fail.
pub struct Chronicle {
    edge: Edge,
}

impl Chronicle {
    /// Seals what the journal holds already, and goes on from there.
    ///
    /// # Errors
    ///
    /// As [`stamp`].
    pub async fn begin(db: &Db, now_us: i64) -> Result<Self, StampError> {
        stamp(db, now_us, None).await?;
        let mut conn = db.read().await?;
        let size = last_position(&mut conn).await?;
        Ok(Self { edge: edge_at(&mut conn, size).await? })
    }

    /// Writes `events`, which are in the order of time, in the transaction of `conn`.
    ///
    /// # Errors
    ///
    /// [`ReaderError::Overtaken`] when somebody else has written meanwhile.
    pub async fn write(
        &mut self,
        conn: &mut Conn,
        events: &[PastEvent],
        now_us: i64,
    ) -> Result<(), ReaderError> {
        if events.is_empty() {
            return Ok(());
        }
        let from = self.edge.size();
        hold_seal(conn).await?;
        if last_position(conn).await? != from {
            return Err(ReaderError::Overtaken);
        }
        STAMPER.move_on(conn, from, from + events.len() as i64).await?;
        let mut leaves = Vec::with_capacity(events.len());
        let mut subtrees = Vec::new();
        for (position, event) in (from + 1..).zip(events) {
            let leaf = raw(position, event).leaf();
            self.edge.push(leaf, |level, ordinal, hash| {
                if level % STEP == 0 {
                    subtrees.push((level, ordinal, *hash));
                }
            });
            leaves.push(leaf);
        }
        insert_entries(conn, from + 1, events).await?;
        insert_leaves(conn, from + 1, &leaves).await?;
        insert_subtrees(conn, &subtrees).await?;
        let head = Head { size: self.edge.size(), root: self.edge.root(), at: now_us };
        Ok(insert_head(conn, &head).await?)
    }
}

fn subject_of(event: &PastEvent) -> String {
    format!("{}/{}", event.subject.0, event.subject.1)
}

fn raw(position: i64, event: &PastEvent) -> RawEntry {
    RawEntry {
        position,
        id: event.id.as_bytes().to_vec(),
        at: event.at,
        actor_post_id: event.actor.0.as_bytes().to_vec(),
        agency_id: event.agency.0.as_bytes().to_vec(),
        subject: subject_of(event).into_bytes(),
        kind: event.kind.as_bytes().to_vec(),
        data: event.data.as_bytes().to_vec(),
    }
}

async fn insert_entries(
    conn: &mut Conn,
    first: i64,
    events: &[PastEvent],
) -> Result<(), StoreError> {
    const COLUMNS: [&str; 8] =
        ["position", "id", "at", "actor_post_id", "agency_id", "subject", "kind", "data"];
    let mut positions = first..;
    for some in pieces(events) {
        let sql = insert_text(conn.dialect(), "journal_entries", &COLUMNS, some.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (event, position) in some.iter().zip(positions.by_ref()) {
                query = query
                    .bind(position)
                    .bind(event.id)
                    .bind(event.at)
                    .bind(event.actor.0)
                    .bind(event.agency.0)
                    .bind(subject_of(event))
                    .bind(event.kind)
                    .bind(event.data.to_string());
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}
