//! One made-up item, from its writer to everybody.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate};
use sauro_directory::model::{Agency, Directory};
use sauro_journal::PastEvent;
use sauro_kernel::{
    AccountId, AgencyId, Dice, PortalItemId, PostId, Role, SectionId, TopicId, VIETNAM,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::words;
use crate::actions::particulars;
use crate::model::{
    Content, DOCUMENT_FIELDS, DOCUMENT_KINDS, Details, DocumentDetails, Item, Kind, Section,
    SectionRoles, State, Tongue, Topic, Version, marks, slug_of,
};

const TOPICS: [&str; 8] = [
    "Chuyển đổi số",
    "Hạ tầng số",
    "Dữ liệu",
    "Dịch vụ công",
    "Y tế",
    "Giáo dục",
    "Đất đai",
    "Nhân lực số",
];

/// An agency that publishes, with its section.
pub(super) struct Place {
    pub(super) section: Section,
    /// What stands in the journal of who works there.
    code: String,
    name: String,
}

/// An item with its rows and its entries.
pub(super) struct Life {
    pub(super) item: Item,
    pub(super) versions: Vec<Version>,
    pub(super) events: Vec<PastEvent>,
    content: Content,
}

/// Agencies of the centre and of provinces, each with one section.
pub(super) fn places(dice: &mut Dice, directory: &Directory, at: i64) -> Vec<Place> {
    let publishes = |it: &&Agency| {
        it.valid_to.is_none()
            && !it.is_group
            && ["province_pc", "ministry"].contains(&it.kind.as_str())
    };
    let all: Vec<&Agency> = directory.all().iter().filter(publishes).collect();
    all.into_iter()
        .map(|it| {
            let word = slug_of(&it.code).unwrap_or_default();
            Place {
                section: Section {
                    id: SectionId(dice.id(at)),
                    code: format!("{word}-tin-tuc"),
                    name: "Tin tức".to_owned(),
                    agency: it.id,
                    agency_path: it.path.clone(),
                    roles: SectionRoles::default(),
                    must_settle: false,
                },
                code: it.code.clone(),
                name: it.name.clone(),
            }
        })
        .collect()
}

pub(super) fn topics(dice: &mut Dice, at: i64) -> Vec<Topic> {
    let topic = |name: &&str| Topic {
        id: TopicId(dice.id(at)),
        slug: slug_of(name).unwrap_or_default(),
        name: (*name).to_owned(),
    };
    TOPICS.iter().map(topic).collect()
}

pub(super) fn section_opened(dice: &mut Dice, place: &Place, at: i64) -> PastEvent {
    let it = &place.section;
    let data = json!({ "code": it.code, "name": it.name });
    let subject = ("portal-section", it.id.0);
    place.told(dice, (Role::Leader, at), subject, ("PortalSectionOpened", &data))
}

pub(super) fn topic_opened(
    dice: &mut Dice,
    place: &Place,
    (topic, at): (&Topic, i64),
) -> PastEvent {
    let data = json!({ "slug": topic.slug, "name": topic.name });
    let subject = ("portal-topic", topic.id.0);
    place.told(dice, (Role::Leader, at), subject, ("PortalTopicOpened", &data))
}

pub(super) fn article(
    dice: &mut Dice,
    (place, topics): (&Place, &[Topic]),
    when: (i64, i64),
    (n, is_long): (usize, bool),
) -> Life {
    let content = Content {
        title: words::title(dice, n),
        summary: words::summary(dice),
        topics: some_of(dice, topics),
        details: Details::None,
        blocks: words::blocks(dice, is_long),
        ..Content::default()
    };
    let content = content.marked();
    live(dice, place, when, (Kind::Article, content))
}

pub(super) fn document(
    dice: &mut Dice,
    (place, topics): (&Place, &[Topic]),
    when: (i64, i64),
    n: usize,
) -> Life {
    let day = day_of(when.0);
    let of = |all: &[(&'static str, &'static str)], dice: &mut Dice| {
        dice.pick(all).map_or("", |it| it.0).to_owned()
    };
    let number = |n: usize| format!("{n}/QĐ-MAU");
    // One in ten takes the place of an older one.
    let replaces = if n > 50 && n.is_multiple_of(10) { number(n - 50) } else { String::new() };
    let details = DocumentDetails {
        number: number(n),
        kind: of(&DOCUMENT_KINDS, dice),
        issuer: place.name.clone(),
        signer: String::new(),
        field: of(&DOCUMENT_FIELDS, dice),
        issued_on: day,
        effective_on: day,
        expires_on: dice.is_lucky(10).then(|| day.checked_add_days(Days::new(700)).unwrap_or(day)),
        replaces,
        directive: None,
    };
    let content = Content {
        title: words::document_title(dice, n),
        summary: words::summary(dice),
        topics: some_of(dice, topics),
        details: Details::Document(details),
        blocks: words::blocks(dice, false),
        ..Content::default()
    };
    let content = content.marked();
    live(dice, place, when, (Kind::Document, content))
}

/// Begun and written by an officer, handed up by an editor, let out by the leader.
fn live(
    dice: &mut Dice,
    place: &Place,
    (at, step): (i64, i64),
    (kind, content): (Kind, Content),
) -> Life {
    let id = PortalItemId(dice.id(at));
    let moment = |n: i64| at + n * (step / 6);
    let bare = Content { title: content.title.clone(), ..Content::default() };
    let mut it = Item {
        id,
        kind,
        original: None,
        tongue: Tongue::Vietnamese,
        section: place.section.id,
        agency: place.section.agency,
        agency_path: place.section.agency_path.clone(),
        state: State::Draft,
        slug: slug_of(&content.title).unwrap_or_default(),
        title: content.title.clone(),
        version_n: 1,
        live_n: None,
        live_title: String::new(),
        live_summary: String::new(),
        publish_at: None,
        published_at: None,
        changed_at: at,
        touched_at: at,
        note: String::new(),
        reason: String::new(),
        stamp: 1,
    };
    let version = |n: i64, content: &Content, at: i64| Version {
        n,
        content: content.clone(),
        account: place.account(Role::Officer),
        author: Role::Officer.label().to_owned(),
        at,
        note: String::new(),
    };
    let versions = vec![version(1, &bare, at), version(2, &content, moment(1))];
    let mut events = Vec::with_capacity(5);
    let mut tell = |it: &Item, n: i64, role: Role, kind: &'static str, more: Value| {
        let data = particulars(it, more);
        events.push(place.told(dice, (role, moment(n)), ("portal", id.0), (kind, &data)));
    };
    tell(&it, 0, Role::Officer, "PortalItemBegun", json!({ "tongue": it.tongue.code() }));
    it.version_n = 2;
    let next = |it: &mut Item, n: i64, state: State| {
        it.state = state;
        it.touched_at = moment(n);
        it.stamp += 1;
    };
    next(&mut it, 1, State::Draft);
    tell(&it, 1, Role::Officer, "PortalVersionKept", json!({}));
    next(&mut it, 2, State::Editing);
    tell(&it, 2, Role::Officer, "PortalItemSubmitted", json!({}));
    next(&mut it, 3, State::Waiting);
    tell(&it, 3, Role::FocalOfficer, "PortalItemHandedUp", json!({}));
    it.live_n = Some(2);
    it.live_title.clone_from(&content.title);
    it.live_summary.clone_from(&content.summary);
    it.published_at = Some(moment(4));
    it.changed_at = moment(4);
    next(&mut it, 4, State::Published);
    let more = json!({ "title": it.live_title, "around": around(&content) });
    tell(&it, 4, Role::Leader, "PortalItemPublished", more);
    Life { item: it, versions, events, content }
}

/// What else shows it.
fn around(content: &Content) -> BTreeSet<String> {
    let topics = content.topics.iter().map(|it| marks::of_topic(*it));
    let numbers = match &content.details {
        Details::Document(it) => vec![it.number.as_str(), it.replaces.as_str()],
        _ => Vec::new(),
    };
    let numbers = numbers.into_iter().filter(|it| !it.is_empty()).map(marks::of_number);
    topics.chain(numbers).collect()
}

fn some_of(dice: &mut Dice, topics: &[Topic]) -> Vec<TopicId> {
    let n = dice.between(1, 2);
    let mut some: Vec<TopicId> = (0..n).filter_map(|_| dice.pick(topics)).map(|it| it.id).collect();
    some.sort();
    some.dedup();
    some
}

impl Life {
    /// The topics that everybody finds it under, since when it is public.
    pub(super) fn stands_under(&self) -> impl Iterator<Item = (TopicId, PortalItemId, i64)> {
        let (id, since) = (self.item.id, self.item.published_at.unwrap_or_default());
        self.content.topics.iter().map(move |it| (*it, id, since))
    }

    /// What the library says of it.
    pub(super) fn in_library(&self) -> Option<(PortalItemId, &DocumentDetails)> {
        match &self.content.details {
            Details::Document(it) => Some((self.item.id, it)),
            _ => None,
        }
    }
}

impl Place {
    fn account(&self, role: Role) -> AccountId {
        AccountId(AgencyId::of_code(&format!("{}/{}", self.code, role.code())).0)
    }

    fn told(
        &self,
        dice: &mut Dice,
        (role, at): (Role, i64),
        subject: (&'static str, Uuid),
        (kind, data): (&'static str, &Value),
    ) -> PastEvent {
        PastEvent {
            id: dice.id(at),
            at,
            actor: PostId(self.account(role).0),
            agency: self.section.agency,
            subject,
            kind,
            data: data.to_string().into(),
        }
    }
}

/// The day in Viet Nam of the instant `at`.
fn day_of(at: i64) -> NaiveDate {
    let at = DateTime::from_timestamp_micros(at).unwrap_or_default();
    at.with_timezone(&VIETNAM).date_naive()
}
