//! What happens to periodic reports, told to those who owe them and those who await them.

use sauro_directory::model::Directory;
use sauro_indicators::IndicatorsError;
use sauro_indicators::actions::periodic::{RoundNews, round_news};
use sauro_journal::{DigestError, Entry};
use sauro_kernel::{AgencyId, Ctx, Role, RoundId};
use sauro_notices::model::{Desk, Item, Kind, Tiding};
use sauro_store::Conn;
use serde_json::Value;

use super::tidings::{short, text};

/// Those who write.
const WRITERS: &[Role] = &[Role::Officer, Role::FocalOfficer];
/// Those who write and who sign.
const ALL: &[Role] = &[Role::Officer, Role::FocalOfficer, Role::Leader];
/// Those who take in what is sent.
const RECEIVERS: &[Role] = &[Role::FocalOfficer, Role::StandingAgency];

/// What `entry` tells to whom; nothing of entries that are not about periodic reports.
pub(super) async fn of(
    ctx: &Ctx,
    conn: &mut Conn,
    entry: &Entry,
    directory: &Directory,
) -> Result<Vec<Tiding>, DigestError> {
    if let Some(id) = entry.subject.strip_prefix("report_round/") {
        let (kind, is_commune) = match entry.kind.as_str() {
            "RoundOpened" => (Kind::PeriodicDue, None),
            "RoundReminded" => {
                let is_commune = entry.data.get("is_commune").and_then(Value::as_bool);
                (Kind::PeriodicOwed, is_commune)
            }
            _ => return Ok(Vec::new()),
        };
        let id: RoundId = id.parse().map_err(|_| lacks(entry, "round"))?;
        let today = ctx.today();
        let news = round_news(conn, directory, id, is_commune, today).await.map_err(wrong)?;
        return Ok(of_round(entry, kind, &news));
    }
    if !entry.subject.starts_with("periodic_report/") {
        return Ok(Vec::new());
    }
    of_report(entry, directory)
}

fn of_round(entry: &Entry, kind: Kind, news: &RoundNews) -> Vec<Tiding> {
    let each = news.owing.iter().flat_map(|(agency, code, due_on)| {
        ALL.iter().map(move |role| Tiding {
            desk: Desk { agency: *agency, role: *role },
            kind,
            item: Item {
                href: format!("/bao-cao-ky/{}/{code}/soan", news.round.id),
                code: news.form.code.clone(),
                words: format!("{}, {}", news.form.design.name, news.round.period.label()),
                note: format!("hạn 17:00 ngày {}", sauro_ui::words::date(*due_on)),
            },
            at: entry.at,
            source: entry.id.0,
        })
    });
    each.collect()
}

fn of_report(entry: &Entry, directory: &Directory) -> Result<Vec<Tiding>, DigestError> {
    let (kind, to, roles) = match entry.kind.as_str() {
        "PeriodicProposed" => (Kind::PeriodicToSend, "writer", &[Role::Leader][..]),
        "PeriodicHandedBack" => (Kind::PeriodicHandedBack, "writer", WRITERS),
        "PeriodicSent" => (Kind::PeriodicCame, "receiver", RECEIVERS),
        "PeriodicReturned" => (Kind::PeriodicReturned, "writer", ALL),
        "PeriodicAccepted" => (Kind::PeriodicAccepted, "writer", WRITERS),
        _ => return Ok(Vec::new()),
    };
    // The report that ends the chain goes to nobody.
    let Some(agency) = entry.data.get(to).and_then(Value::as_str) else { return Ok(Vec::new()) };
    let agency: AgencyId = agency.parse().map_err(|_| lacks(entry, to))?;
    let writer: AgencyId = text(entry, "writer")?.parse().map_err(|_| lacks(entry, "writer"))?;
    let (round, unit) = (text(entry, "round")?, text(entry, "unit")?);
    let note = match kind {
        Kind::PeriodicCame => directory.name(writer).to_owned(),
        _ => short(entry.data.get("reason").and_then(Value::as_str).unwrap_or_default()),
    };
    let item = Item {
        href: format!("/bao-cao-ky/{round}/{unit}"),
        code: text(entry, "form")?,
        words: format!("{}, {}", text(entry, "name")?, text(entry, "period_label")?),
        note,
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

fn lacks(entry: &Entry, field: &str) -> DigestError {
    DigestError::Entry(format!("{} says no {field}", entry.kind))
}

fn wrong(err: IndicatorsError) -> DigestError {
    match err {
        IndicatorsError::Store(err) => err.into(),
        err => DigestError::Entry(err.to_string()),
    }
}
