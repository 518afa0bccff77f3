//! What happens to rankings, told to the units that are scored and to the agency that scores.

use sauro_directory::model::Directory;
use sauro_journal::{DigestError, Entry};
use sauro_kernel::{AgencyId, Role, VIETNAM};
use sauro_notices::model::{Desk, Item, Kind, Tiding};
use sauro_scores::model::Roster;
use serde_json::Value;

use super::tidings::{short, text};

/// Those who speak for a unit.
const SPEAKERS: &[Role] = &[Role::FocalOfficer, Role::Leader];
/// Those who answer for the agency that scores.
const ANSWERERS: &[Role] = &[Role::StandingAgency, Role::Leader];

/// What `entry` tells to whom; nothing of entries that are not about rankings and appeals.
pub(super) fn of(entry: &Entry, directory: &Directory) -> Result<Vec<Tiding>, DigestError> {
    match entry.subject.strip_prefix("ranking/") {
        Some(id) => of_ranking(entry, id, directory),
        None => of_appeal(entry, directory),
    }
}

/// The units that are scored hear when a ranking opens and when it closes.
fn of_ranking(entry: &Entry, id: &str, directory: &Directory) -> Result<Vec<Tiding>, DigestError> {
    let (kind, note) = match entry.kind.as_str() {
        "RankingOpened" => {
            let note = format!("tự chấm đến hết ngày {}", day(entry, "self_until")?);
            (Kind::RankingOpened, note)
        }
        "RankingClosed" => (Kind::RankingClosed, String::new()),
        _ => return Ok(Vec::new()),
    };
    let roster = Roster::of_code(&text(entry, "roster")?)
        .ok_or_else(|| DigestError::Entry("a ranking of no units that there are".to_owned()))?;
    let words = format!("{}, {}", text(entry, "name")?, text(entry, "period_label")?);
    let item = |code: &str| Item {
        href: format!("/xep-hang/ky/{id}/{code}"),
        code: code.to_owned(),
        words: words.clone(),
        note: note.clone(),
    };
    let on = entry.at.with_timezone(&VIETNAM).date_naive();
    let units = roster.units(directory, on);
    let each = units.iter().flat_map(|unit| {
        SPEAKERS.iter().map(|role| Tiding {
            desk: Desk { agency: unit.id, role: *role },
            kind,
            item: item(&unit.code),
            at: entry.at,
            source: entry.id.0,
        })
    });
    Ok(each.collect())
}

fn day(entry: &Entry, field: &str) -> Result<String, DigestError> {
    let found: Option<chrono::NaiveDate> = text(entry, field)?.parse().ok();
    let found = found.ok_or_else(|| DigestError::Entry(format!("{} says no {field}", entry.kind)));
    Ok(sauro_ui::words::date(found?))
}

fn of_appeal(entry: &Entry, directory: &Directory) -> Result<Vec<Tiding>, DigestError> {
    let Some(id) = entry.subject.strip_prefix("score_appeal/") else { return Ok(Vec::new()) };
    let (kind, to, roles, note) = match entry.kind.as_str() {
        "ScoreAppealed" => {
            let due = day(entry, "due_on")?;
            let words = text(entry, "reason")?;
            (Kind::ScoreAppealed, "agency", ANSWERERS, format!("hạn {due}: {words}"))
        }
        "ScoreAppealAnswered" => {
            let is_accepted = text(entry, "state")? == "accepted";
            let verdict = if is_accepted { "chấp nhận" } else { "giữ nguyên" };
            let words = text(entry, "answer")?;
            (Kind::ScoreAppealAnswered, "unit", SPEAKERS, format!("{verdict}: {words}"))
        }
        _ => return Ok(Vec::new()),
    };
    let agency: AgencyId = text(entry, to)?
        .parse()
        .map_err(|_| DigestError::Entry(format!("{} says no {to}", entry.kind)))?;
    if directory.agency(agency).is_none() {
        return Ok(Vec::new());
    }
    let unit = text(entry, "unit_name")?;
    let item = Item {
        href: format!("/xep-hang/phan-hoi/{id}"),
        code: entry.data.get("unit_code").and_then(Value::as_str).unwrap_or_default().to_owned(),
        words: short(&format!(
            "{}: {unit}, {}",
            text(entry, "ranking_name")?,
            text(entry, "about")?
        )),
        note: short(&note),
    };
    let tiding = |role: &Role| Tiding {
        desk: Desk { agency, role: *role },
        kind,
        item: item.clone(),
        at: entry.at,
        source: entry.id.0,
    };
    Ok(roles.iter().map(tiding).collect())
}
