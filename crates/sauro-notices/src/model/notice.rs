use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sauro_kernel::{Actor, AgencyId, NoticeId, Role};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Kind;

/// A role in an agency (chức danh): whoever sits there, also for a day or in place of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Desk {
    /// The agency.
    pub agency: AgencyId,
    /// The role.
    pub role: Role,
}

/// One thing that a notice is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Where it is seen, such as `/nhiem-vu/NV-2026-000123`.
    pub href: String,
    /// Its public code.
    pub code: String,
    /// What it is.
    pub words: String,
    /// What is to be known of it now, or empty.
    pub note: String,
}

/// Items that a notice keeps; the others are only counted.
pub const MOST_ITEMS: usize = 50;

/// A notice (thông báo).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The id.
    pub id: NoticeId,
    /// For whom.
    pub desk: Desk,
    /// About what.
    pub kind: Kind,
    /// How many things.
    pub n: i64,
    /// The first of them, at most [`MOST_ITEMS`].
    pub items: Vec<Item>,
    /// When.
    pub at: DateTime<Utc>,
}

/// One thing for one desk to know, before alike ones are gathered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiding {
    /// For whom.
    pub desk: Desk,
    /// About what.
    pub kind: Kind,
    /// The thing.
    pub item: Item,
    /// When.
    pub at: DateTime<Utc>,
    /// The journal entry it follows from.
    pub source: Uuid,
}

/// A notice to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// For whom.
    pub desk: Desk,
    /// About what.
    pub kind: Kind,
    /// How many things.
    pub n: i64,
    /// The first of them.
    pub items: Vec<Item>,
    /// When the last of them happened.
    pub at: DateTime<Utc>,
    /// The last journal entry it follows from.
    pub source: Uuid,
}

impl Desk {
    /// Where `actor` sits.
    pub fn of(actor: &Actor) -> Self {
        Self { agency: actor.agency, role: actor.role }
    }
}

impl Notice {
    /// What it says.
    pub fn title(&self) -> String {
        self.kind.label(self.n)
    }

    /// Things that are counted only.
    pub fn n_more(&self) -> i64 {
        self.n - i64::try_from(self.items.len()).unwrap_or(self.n)
    }
}

/// Gathers what is alike: of one kind for one desk there is one notice, however many things it is about.
pub fn gathered(tidings: Vec<Tiding>) -> Vec<NewNotice> {
    let mut notices: BTreeMap<(Desk, Kind), NewNotice> = BTreeMap::new();
    for it in tidings {
        let notice = notices.entry((it.desk, it.kind)).or_insert_with(|| NewNotice {
            desk: it.desk,
            kind: it.kind,
            n: 0,
            items: Vec::new(),
            at: it.at,
            source: it.source,
        });
        notice.n += 1;
        notice.at = notice.at.max(it.at);
        notice.source = it.source;
        if notice.items.len() < MOST_ITEMS {
            notice.items.push(it.item);
        }
    }
    notices.into_values().collect()
}
