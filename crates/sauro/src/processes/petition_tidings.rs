//! What happens to petitions, told to the desk that owes the next step, to its leader, and to those above.
//! Only numbers are told: nobody's words leave the case.

use sauro_directory::model::Directory;
use sauro_journal::{DigestError, Entry};
use sauro_kernel::{AgencyId, Role};
use sauro_notices::model::{Desk, Item, Kind, Tiding};
use sauro_petitions::model::{Petition, State};

use super::tidings::text;

/// Those who receive, sort and handle.
const STAFF: &[Role] = &[Role::Officer, Role::FocalOfficer, Role::StandingAgency];
/// All of them.
const ALL: &[Role] = &[Role::Officer, Role::FocalOfficer, Role::StandingAgency, Role::Leader];
/// Who approves answers and answers for what is late.
const LEADER: &[Role] = &[Role::Leader];

/// What the desk of `case` is told once the task made of it is done, as `entry` says: the answer is owed.
pub(super) fn of_done_task(entry: &Entry, case: &Petition, directory: &Directory) -> Vec<Tiding> {
    if case.flow.state != State::Handling {
        return Vec::new();
    }
    let item = item(directory.name(case.holder), (case.id.to_string(), case.number.clone()));
    let kind = Kind::PetitionTaskDone;
    let desks = STAFF.iter().map(|role| Desk { agency: case.holder, role: *role });
    let tiding = |desk| Tiding { desk, kind, item: item.clone(), at: entry.at, source: entry.id.0 };
    desks.map(tiding).collect()
}

fn item(holder: &str, (id, number): (String, String)) -> Item {
    Item {
        href: format!("/phan-anh-den/{id}"),
        words: format!("Vụ việc {number}, {holder}"),
        code: number,
        note: String::new(),
    }
}

/// What `entry` tells to whom; nothing of entries that are not about petitions, or that no desk waits for.
pub(super) fn of(entry: &Entry, directory: &Directory) -> Result<Vec<Tiding>, DigestError> {
    let Some(id) = entry.subject.strip_prefix("petition/") else { return Ok(Vec::new()) };
    let (kind, roles) = match entry.kind.as_str() {
        "PetitionSent" => (Kind::PetitionCame, STAFF),
        "PetitionAssigned" | "PetitionPassedOn" => (Kind::PetitionPassedOn, STAFF),
        "PetitionRefused" | "PetitionSentUp" => (Kind::PetitionBack, STAFF),
        "PetitionReopened" => (Kind::PetitionContested, STAFF),
        "PetitionMergeObjected" => (Kind::PetitionTakenOut, ALL),
        "PetitionMoreGiven" => (Kind::PetitionMore, STAFF),
        "PetitionDueSoon" => (Kind::PetitionDue, STAFF),
        "PetitionAnswerSubmitted" => (Kind::PetitionToApprove, LEADER),
        "PetitionOverdue" => (Kind::PetitionOverdue, LEADER),
        _ => return Ok(Vec::new()),
    };
    let holder: AgencyId = text(entry, "holder")?
        .parse()
        .map_err(|_| DigestError::Entry(format!("{} says no holder", entry.kind)))?;
    let Some(agency) = directory.agency(holder) else { return Ok(Vec::new()) };
    // What is late is told above as well.
    let above = agency.parent.filter(|_| kind == Kind::PetitionOverdue);
    let number = text(entry, "number")?;
    let item = item(&agency.name, (id.to_owned(), number));
    let desks = std::iter::once(holder)
        .chain(above)
        .flat_map(|agency| roles.iter().map(move |role| Desk { agency, role: *role }));
    let tiding = |desk| Tiding { desk, kind, item: item.clone(), at: entry.at, source: entry.id.0 };
    Ok(desks.map(tiding).collect())
}
