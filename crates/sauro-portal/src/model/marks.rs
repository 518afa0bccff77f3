//! What public pages of the portal depend on, each named by a mark, and which of it an entry of the journal touches.

use sauro_journal::Entry;
use sauro_kernel::{PortalItemId, TopicId, fold};

use super::{Kind, Shelf};

/// The whole portal: every page depends on it.
pub const PORTAL: &str = "portal";

/// Everything that stands in any public list: the map for search engines depends on it.
pub const LISTED: &str = "portal/listed";

/// What happens to an item before everybody reads it, and beside what everybody reads.
const UNSEEN: [&str; 17] = [
    "PortalFileKept",
    "PortalItemBegun",
    "PortalVersionKept",
    "PortalItemSubmitted",
    "PortalItemHandedUp",
    "PortalItemSentBack",
    "PortalItemScheduled",
    "PortalItemUnscheduled",
    "PortalCorrectionBegun",
    "PortalItemTakenOver",
    "PortalOpinionAgreed",
    "PortalOpinionAsked",
    "PortalOpinionObjected",
    "PortalRemarkMade",
    "PortalRemarkAnswered",
    "PortalRemarkSettled",
    "PortalRemarkReopened",
];

/// One item as everybody reads it.
pub fn of_item(id: PortalItemId) -> String {
    format!("item/{id}")
}

/// What stands under a topic.
pub fn of_topic(id: TopicId) -> String {
    format!("topic/{id}")
}

/// The documents with `number`, and those that say they replace it.
pub fn of_number(number: &str) -> String {
    format!("number/{}", fold(number))
}

/// What stands on a shelf.
pub fn of_shelf(shelf: Shelf) -> String {
    format!("shelf/{}", shelf.code())
}

/// What `entry` touches of what everybody reads. What is not known to be unseen touches what it may.
pub fn touched(entry: &Entry) -> Vec<String> {
    let Some((things, id)) = entry.subject.split_once('/') else { return Vec::new() };
    match things {
        "portal" => of_entry(entry, id),
        // No page shows a picture that has just come.
        "portal-picture" if entry.kind == "PortalPictureKept" => Vec::new(),
        // Names of sections, topics and agencies stand on pages everywhere, and change rarely.
        it if it.starts_with("portal") => vec![PORTAL.to_owned()],
        "agency" | "catalogue" => vec![PORTAL.to_owned()],
        _ => Vec::new(),
    }
}

fn of_entry(entry: &Entry, id: &str) -> Vec<String> {
    if UNSEEN.contains(&entry.kind.as_str()) {
        return Vec::new();
    }
    let mut marks = vec![format!("item/{id}")];
    if entry.kind == "PortalOpinionGiven" {
        return marks;
    }
    let kind = entry.data.get("kind").and_then(|it| it.as_str()).and_then(Kind::of_code);
    let Some(kind) = kind else {
        return vec![PORTAL.to_owned()];
    };
    marks.push(of_shelf(kind.shelf()));
    marks.push(LISTED.to_owned());
    // The page of the original leads to what says it in other languages, and they lead to one another.
    let original = entry.data.get("original").and_then(|it| it.as_str());
    marks.extend(original.map(|it| format!("item/{it}")));
    let around = entry.data.get("around").and_then(|it| it.as_array());
    marks.extend(around.into_iter().flatten().filter_map(|it| it.as_str()).map(str::to_owned));
    marks
}
