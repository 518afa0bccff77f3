//! What happens to items of the portal, told to the desks that have to act.

use sauro_journal::{DigestError, Entry};
use sauro_kernel::{AgencyId, Role};
use sauro_notices::model::{Desk, Item, Kind, Tiding};
use serde_json::Value;

use super::tidings::text;

/// Those who edit.
const EDITORS: &[Role] = &[Role::FocalOfficer, Role::StandingAgency];

/// Those who write.
const WRITERS: &[Role] = &[Role::Officer, Role::FocalOfficer, Role::StandingAgency];

/// What `entry` tells to whom; nothing of entries that are not about items of the portal.
pub(super) fn of(entry: &Entry) -> Result<Vec<Tiding>, DigestError> {
    let Some(id) = entry.subject.strip_prefix("portal/") else { return Ok(Vec::new()) };
    let named = |field: &str| -> Vec<Role> {
        let codes = entry.data.get(field).and_then(Value::as_array).into_iter().flatten();
        codes.filter_map(Value::as_str).filter_map(Role::of_code).collect()
    };
    let (roles, kind, words): (Vec<Role>, Kind, &str) = match entry.kind.as_str() {
        "PortalItemSubmitted" => (EDITORS.to_vec(), Kind::PortalWaits, "chờ biên tập"),
        "PortalOpinionAsked" => (named("seats"), Kind::PortalWaits, "chờ ý kiến pháp chế"),
        "PortalItemHandedUp" | "PortalOpinionAgreed" => {
            (vec![Role::Leader], Kind::PortalWaits, "chờ duyệt")
        }
        "PortalOpinionObjected" => (named("writers"), Kind::PortalBack, "pháp chế đề nghị sửa"),
        "PortalItemSentBack" => (WRITERS.to_vec(), Kind::PortalBack, "bị trả lại"),
        "PortalRemarkMade" => (named("writers"), Kind::PortalSaid, "có góp ý mới"),
        "PortalRemarkAnswered" => (named("writers"), Kind::PortalSaid, "có trả lời góp ý"),
        _ => return Ok(Vec::new()),
    };
    let agency: AgencyId = entry
        .data
        .get("agency")
        .and_then(Value::as_str)
        .and_then(|it| it.parse().ok())
        .ok_or_else(|| DigestError::Entry(format!("the item {id} is nobody's")))?;
    let title = text(entry, "title")?;
    let page = if kind == Kind::PortalSaid { "/gop-y" } else { "" };
    let item = Item {
        href: format!("/bien-tap/{id}{page}"),
        code: "Cổng thông tin".to_owned(),
        words: format!("“{title}” {words}"),
        note: String::new(),
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

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use sauro_journal::EntryId;
    use sauro_kernel::PostId;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn whoever_has_to_act_on_an_item_of_the_portal_hears_of_it() {
        let agency = AgencyId::of_code("A");
        let entry = |kind: &str, data: Value| Entry {
            position: 1,
            id: EntryId(Uuid::nil()),
            at: DateTime::UNIX_EPOCH,
            actor: PostId(Uuid::nil()),
            agency,
            subject: "portal/x".to_owned(),
            kind: kind.to_owned(),
            data,
        };
        let data = json!({
            "agency": agency, "title": "Tin", "seats": ["verifier"], "writers": ["officer", "focal-officer"],
        });
        for (kind, expected) in [
            ("PortalItemSubmitted", EDITORS),
            ("PortalItemHandedUp", &[Role::Leader][..]),
            ("PortalOpinionAsked", &[Role::Verifier]),
            ("PortalOpinionAgreed", &[Role::Leader]),
            ("PortalOpinionObjected", &WRITERS[..2]),
            ("PortalRemarkMade", &WRITERS[..2]),
            ("PortalRemarkSettled", &[]),
            ("PortalItemSentBack", WRITERS),
            ("PortalItemPublished", &[]),
        ] {
            let told = of(&entry(kind, data.clone())).unwrap();
            let roles: Vec<Role> = told.iter().map(|it| it.desk.role).collect();
            assert_eq!(roles, expected, "{kind}");
            assert!(
                told.iter()
                    .all(|it| it.desk.agency == agency && it.item.href.starts_with("/bien-tap/x"))
            );
        }
        assert!(of(&entry("PortalItemHandedUp", json!({}))).is_err());
    }
}
