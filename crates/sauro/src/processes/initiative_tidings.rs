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
    if let Some(id) = entry.subject.strip_prefix("problem/") {
        return of_problem(entry, id);
    }
    let Some(id) = entry.subject.strip_prefix("initiative/") else { return Ok(Vec::new()) };
    let mut tidings = solutions(entry)?;
    let desk = match entry.kind.as_str() {
        "InitiativeSent" => entry.data.get("receiver"),
        "InitiativeAccepted" | "InitiativeReturned" | "InitiativeReviewed" => {
            entry.data.get("desk")
        }
        _ => None,
    };
    let Some(agency) = desk.and_then(agency) else { return Ok(tidings) };
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
    tidings.extend(HANDLERS.iter().map(tiding));
    Ok(tidings)
}

/// Whoever published a problem hears of an initiative that answers it or is like it, once everybody may
/// know of it.
fn solutions(entry: &Entry) -> Result<Vec<Tiding>, DigestError> {
    if entry.kind != "InitiativeAccepted" {
        return Ok(Vec::new());
    }
    let code = text(entry, "code")?;
    let told = fits(entry, "problems").into_iter().flat_map(|(_, number, agency)| {
        let item = Item {
            href: format!("/dat-hang/{number}"),
            words: format!("Sáng kiến {code} có thể giải bài toán {number}"),
            note: String::new(),
            code: code.clone(),
        };
        let tiding = |role: &Role| told(entry, (agency, *role), Kind::SolutionFound, &item);
        HANDLERS.iter().map(tiding).collect::<Vec<_>>()
    });
    Ok(told.collect())
}

/// Whoever has an initiative like a problem hears of the problem when it is published.
fn of_problem(entry: &Entry, id: &str) -> Result<Vec<Tiding>, DigestError> {
    if entry.kind != "ProblemPublished" {
        return Ok(Vec::new());
    }
    let number = text(entry, "number")?;
    let publisher = entry.data.get("agency").and_then(agency);
    let publisher = publisher
        .ok_or_else(|| DigestError::Entry(format!("the problem {id} was published by nobody")))?;
    let others = fits(entry, "told").into_iter().filter(|it| it.2 != publisher);
    let told = others.flat_map(|(initiative, code, agency)| {
        let item = Item {
            href: format!("/ho-so-sang-kien/{initiative}"),
            words: format!("Bài toán {number} hợp với sáng kiến {code}"),
            note: String::new(),
            code: number.clone(),
        };
        let tiding = |role: &Role| told(entry, (agency, *role), Kind::ProblemFound, &item);
        HANDLERS.iter().map(tiding).collect::<Vec<_>>()
    });
    Ok(told.collect())
}

/// What fits, as `entry` lists it under `key`: id, number or code, and the agency to be told.
fn fits(entry: &Entry, key: &str) -> Vec<(String, String, AgencyId)> {
    let all = entry.data.get(key).and_then(Value::as_array);
    let one = |it: &Value| {
        let word = |n: usize| it.get(n).and_then(Value::as_str).map(str::to_owned);
        Some((word(0)?, word(1)?, it.get(2).and_then(agency)?))
    };
    all.into_iter().flatten().filter_map(one).collect()
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

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use sauro_journal::EntryId;
    use sauro_kernel::PostId;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn entry(subject: &str, kind: &str, data: Value) -> Entry {
        Entry {
            position: 1,
            id: EntryId(Uuid::nil()),
            at: DateTime::UNIX_EPOCH,
            actor: PostId(Uuid::nil()),
            agency: AgencyId(Uuid::nil()),
            subject: subject.to_owned(),
            kind: kind.to_owned(),
            data,
        }
    }

    #[test]
    fn the_desk_that_has_to_act_hears_of_a_dossier_and_each_seat_of_its_council() {
        let directory = Directory::default();
        let (first, second) = (AgencyId::of_code("A"), AgencyId::of_code("B"));
        let sent = json!({ "code": "SK-1", "receiver": first, "due_on": "2026-11-09" });
        let told = of(&entry("initiative/x", "InitiativeSent", sent), &directory).unwrap();
        let roles: Vec<Role> = told.iter().map(|it| it.desk.role).collect();
        assert_eq!(roles, [Role::FocalOfficer, Role::Leader]);
        assert!(told.iter().all(|it| it.desk.agency == first));
        let item = &told[0].item;
        assert_eq!(
            (item.href.as_str(), item.note.as_str()),
            ("/ho-so-sang-kien/x", "hạn 09/11/2026")
        );

        let asked = json!({ "code": "SK-1", "desk": null, "due_on": "2026-11-09" });
        let told =
            of(&entry("initiative/x", "InitiativeAsked", asked.clone()), &directory).unwrap();
        assert!(told.is_empty(), "it is the author's turn");
        let closed = of(&entry("initiative/x", "InitiativeReviewed", asked), &directory).unwrap();
        assert!(closed.is_empty(), "no desk, nobody to tell");

        let fit = json!([[first, "DH-2026-000001", second]]);
        let accepted = json!({ "code": "SK-1", "desk": first, "problems": fit });
        let told = of(&entry("initiative/x", "InitiativeAccepted", accepted), &directory).unwrap();
        let of_kind = |kind| told.iter().filter(move |it| it.kind == kind).count();
        assert_eq!((of_kind(Kind::SolutionFound), of_kind(Kind::InitiativeWaits)), (2, 2));
        assert!(told.iter().take(2).all(|it| it.desk.agency == second));
        let fit = json!([["x", "SK-1", second], ["y", "SK-2", first]]);
        let published = json!({ "number": "DH-2026-000001", "agency": first, "told": fit });
        let told = of(&entry("problem/z", "ProblemPublished", published), &directory).unwrap();
        let agencies: Vec<_> = told.iter().map(|it| it.desk.agency).collect();
        assert_eq!(agencies, [second, second], "its publisher knows of it");
        assert_eq!(told[0].item.href, "/ho-so-sang-kien/x");

        let members = json!({ "members": [[first, "leader"], [second, "verifier"]] });
        let told = of(&entry("council/y", "CouncilOpened", members), &directory).unwrap();
        let seats: Vec<_> = told.iter().map(|it| (it.desk.agency, it.desk.role)).collect();
        assert_eq!(seats, [(first, Role::Leader), (second, Role::Verifier)]);
        assert!(of(&entry("council/y", "CouncilOpened", json!({})), &directory).is_err());
        assert!(of(&entry("task/z", "TaskIssued", json!({})), &directory).unwrap().is_empty());
    }
}
