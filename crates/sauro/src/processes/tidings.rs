//! Who should know what: from one entry of the journal to what each desk is told.

use chrono::NaiveDate;
use sauro_directory::model::Directory;
use sauro_journal::{DigestError, Entry};
use sauro_kernel::{AgencyId, Role, TaskId};
use sauro_notices::model::{Desk, Item, Kind, Tiding};
use sauro_tasks::model::Task;
use serde_json::Value;

/// Those who do the work.
const STAFF: &[Role] = &[Role::Officer, Role::FocalOfficer];
/// Those who do the work, and who answers for it.
const ALL: &[Role] = &[Role::Officer, Role::FocalOfficer, Role::Leader];
/// Through whom work comes in, and who answers for it.
const HEAD: &[Role] = &[Role::FocalOfficer, Role::Leader];
/// Those who decide for the agency that issued.
const DECIDERS: &[Role] = &[Role::StandingAgency, Role::Leader];
/// Those who watch for the agency that issued.
const WATCHERS: &[Role] = &[Role::StandingAgency, Role::FocalOfficer];

/// Who answers for an agency.
const LEADER: &[Role] = &[Role::Leader];
/// Who looks at what was done.
const VERIFIER: &[Role] = &[Role::Verifier];

/// Letters of another person's words that a notice repeats.
const MOST_CHARS: usize = 240;

/// The task that `entry` has news of, if it has any.
pub(super) fn task_of(entry: &Entry) -> Option<TaskId> {
    const TELLING: &[&str] = &[
        "TaskIssued",
        "TaskReminded",
        "TaskEscalated",
        "TaskUrged",
        "TaskPaused",
        "TaskResumed",
        "TaskCancelled",
        "TaskPassedOn",
        "ReportSubmitted",
        "ReportHandedBack",
        "ReportSent",
        "DeliverableReturned",
        "DeliverableAccepted",
        "ExtensionAsked",
        "ExtensionGranted",
        "ExtensionRefused",
        "ExplanationAsked",
        "ExplanationAnswered",
    ];
    if !TELLING.contains(&entry.kind.as_str()) {
        return None;
    }
    entry.subject.strip_prefix("task/")?.parse().ok()
}

/// What `entry` about `task` tells to whom.
pub(super) fn of(
    entry: &Entry,
    task: &Task,
    directory: &Directory,
) -> Result<Vec<Tiding>, DigestError> {
    let lead = task.lead;
    let verifiers = task.verifier_role.as_ref().map_or(VERIFIER, std::slice::from_ref);
    let late = || format!("{}, hạn {}", directory.name(lead), words(task.due_on));
    let told = match entry.kind.as_str() {
        "TaskIssued" => vec![(Kind::Issued, lead, HEAD, format!("hạn {}", words(task.due_on)))],
        "TaskReminded" => {
            let roles = if number(entry, "step")? >= -3 { ALL } else { STAFF };
            vec![(Kind::Reminded, lead, roles, left(entry)?)]
        }
        "TaskEscalated" => {
            let is_long = number(entry, "step")? > 1;
            let kind = if is_long { Kind::LongOverdue } else { Kind::Overdue };
            let mut told = vec![
                (kind, lead, LEADER, format!("hạn {}", words(task.due_on))),
                (kind, task.issuer, WATCHERS, late()),
            ];
            if is_long && task.issuer != lead {
                told.push((kind, task.issuer, LEADER, late()));
            }
            told
        }
        "TaskUrged" => vec![(Kind::Urged, lead, HEAD, text(entry, "words")?)],
        "TaskPaused" => vec![(Kind::Paused, lead, HEAD, text(entry, "reason")?)],
        "TaskResumed" => vec![(Kind::Resumed, lead, HEAD, text(entry, "reason")?)],
        "TaskCancelled" => vec![(Kind::Cancelled, lead, HEAD, text(entry, "reason")?)],
        "TaskPassedOn" => {
            let heir = text(entry, "to")?;
            let is_lead = heir == lead.to_string();
            let (agency, roles) = if is_lead { (lead, HEAD) } else { (task.authority, verifiers) };
            vec![(Kind::PassedOn, agency, roles, text(entry, "words")?)]
        }
        "ReportSubmitted" => vec![(Kind::ToSend, lead, LEADER, String::new())],
        "ReportHandedBack" => vec![(Kind::HandedBack, lead, STAFF, text(entry, "reason")?)],
        "ReportSent" => {
            let is_done = text(entry, "stage")? == "reported";
            let kind = if is_done { Kind::ToVerify } else { Kind::Reported };
            vec![(kind, task.authority, verifiers, directory.name(lead).to_owned())]
        }
        "DeliverableReturned" => vec![(Kind::Returned, lead, ALL, text(entry, "reason")?)],
        "DeliverableAccepted" => vec![(Kind::Accepted, lead, ALL, String::new())],
        "ExtensionAsked" => {
            let note = format!("{}, đến {}", directory.name(lead), words(day(entry, "to")?));
            vec![(Kind::ExtensionAsked, task.issuer, DECIDERS, note)]
        }
        "ExtensionGranted" => {
            let note = format!("hạn mới {}", words(day(entry, "to")?));
            vec![(Kind::ExtensionGranted, lead, ALL, note)]
        }
        "ExtensionRefused" => vec![(Kind::ExtensionRefused, lead, ALL, text(entry, "answer")?)],
        "ExplanationAsked" => {
            let due = words(day(entry, "due")?);
            let note = format!("trước 17:00 ngày {due}: {}", text(entry, "question")?);
            vec![(Kind::ExplanationAsked, lead, HEAD, note)]
        }
        "ExplanationAnswered" => {
            // Entries of earlier versions do not say who asked.
            let asker = entry.data.get("asked_by").and_then(Value::as_str);
            let asker = asker.and_then(|it| it.parse::<AgencyId>().ok()).unwrap_or(task.issuer);
            vec![(Kind::ExplanationAnswered, asker, DECIDERS, directory.name(lead).to_owned())]
        }
        _ => Vec::new(),
    };
    let tiding = |kind, agency, role, note: &str| Tiding {
        desk: Desk { agency, role },
        kind,
        item: Item {
            href: format!("/nhiem-vu/{}", task.code),
            code: task.code.clone(),
            words: task.work.clone(),
            note: note.to_owned(),
        },
        at: entry.at,
        source: entry.id.0,
    };
    let each = told.iter().flat_map(|(kind, agency, roles, note)| {
        roles.iter().map(move |role| tiding(*kind, *agency, *role, note))
    });
    Ok(each.collect())
}

fn left(entry: &Entry) -> Result<String, DigestError> {
    let due = words(day(entry, "due_on")?);
    Ok(match number(entry, "left")? {
        left if left > 0 => format!("còn {left} ngày làm việc, hạn {due}"),
        _ => format!("còn hôm nay, hạn {due}"),
    })
}

fn words(day: NaiveDate) -> String {
    sauro_ui::words::date(day)
}

fn lacks(entry: &Entry, field: &str) -> DigestError {
    DigestError::Entry(format!("{} says no {field}", entry.kind))
}

fn number(entry: &Entry, field: &str) -> Result<i64, DigestError> {
    let found = entry.data.get(field).and_then(Value::as_i64);
    found.ok_or_else(|| lacks(entry, field))
}

fn day(entry: &Entry, field: &str) -> Result<NaiveDate, DigestError> {
    let found = entry.data.get(field).and_then(Value::as_str).and_then(|it| it.parse().ok());
    found.ok_or_else(|| lacks(entry, field))
}

pub(super) fn text(entry: &Entry, field: &str) -> Result<String, DigestError> {
    let found = entry.data.get(field).and_then(Value::as_str);
    Ok(short(found.ok_or_else(|| lacks(entry, field))?))
}

/// As many words as a notice repeats.
pub(super) fn short(words: &str) -> String {
    if words.chars().count() <= MOST_CHARS {
        return words.to_owned();
    }
    words.chars().take(MOST_CHARS - 1).chain(['…']).collect()
}
