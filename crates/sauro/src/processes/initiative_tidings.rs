//! What happens to initiatives, told to the desks that have to act.

use sauro_directory::model::Directory;
use sauro_journal::{DigestError, Entry};
use sauro_kernel::{AgencyId, Role};
use sauro_notices::model::{Desk, Item, Kind, Tiding};
use serde_json::Value;

use super::tidings::text;

/// Those who act on dossiers for an agency.
const HANDLERS: &[Role] = &[Role::FocalOfficer, Role::Leader];

/// What `entry` tells to whom; nothing of entries that are not about initiatives and councils.
pub(super) fn of(entry: &Entry, directory: &Directory) -> Result<Vec<Tiding>, DigestError> {
    if let Some(id) = entry.subject.strip_prefix("council/") {
        return of_council(entry, id);
    }
    let Some(id) = entry.subject.strip_prefix("initiative/") else { return Ok(Vec::new()) };
    let desk = match entry.kind.as_str() {
        "InitiativeSent" => entry.data.get("receiver"),
        "InitiativeAccepted" | "InitiativeReturned" | "InitiativeReviewed" => {
            entry.data.get("desk")
        }
        _ => None,
    };
    let Some(agency) = desk.and_then(agency) else { return Ok(Vec::new()) };
    let code = text(entry, "code")?;
    let due = entry.data.get("due_on").and_then(Value::as_str);
    let due = due.and_then(|it| it.parse::<chrono::NaiveDate>().ok());
    let item = Item {
        href: format!("/ho-so-sang-kien/{id}"),
        words: format!("Hồ sơ {code} chờ {}", directory.name(agency)),
        note: due.map(|it| format!("hạn {}", sauro_ui::words::date(it))).unwrap_or_default(),
        code,
    };
    let tiding = |role: &Role| told(entry, (agency, *role), Kind::InitiativeWaits, &item);
    Ok(HANDLERS.iter().map(tiding).collect())
}

/// Each seat that scores hears of its council.
fn of_council(entry: &Entry, id: &str) -> Result<Vec<Tiding>, DigestError> {
    if entry.kind != "CouncilOpened" {
        return Ok(Vec::new());
    }
    let members = entry.data.get("members").and_then(Value::as_array);
    let members = members
        .ok_or_else(|| DigestError::Entry("a council without members was opened".to_owned()))?;
    let item = Item {
        href: format!("/hoi-dong-sang-kien/{id}"),
        code: "Hội đồng".to_owned(),
        words: "Sáng kiến chờ chấm".to_owned(),
        note: String::new(),
    };
    let seat = |it: &Value| {
        let role = it.get(1).and_then(Value::as_str).and_then(Role::of_code)?;
        Some((it.get(0).and_then(agency)?, role))
    };
    let seats = members.iter().filter_map(seat);
    Ok(seats.map(|seat| told(entry, seat, Kind::CouncilCalls, &item)).collect())
}

fn agency(value: &Value) -> Option<AgencyId> {
    value.as_str().and_then(|it| it.parse().ok())
}

fn told(entry: &Entry, (agency, role): (AgencyId, Role), kind: Kind, item: &Item) -> Tiding {
    let desk = Desk { agency, role };
    Tiding { desk, kind, item: item.clone(), at: entry.at, source: entry.id.0 }
}
