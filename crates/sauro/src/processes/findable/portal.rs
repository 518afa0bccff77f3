//! What agencies published: documents, and everything else of the portal.

use sauro_kernel::PortalItemId;
use sauro_portal::PortalError;
use sauro_portal::actions;
use sauro_portal::model::{Content, Details, Item, Kind as Of};
use sauro_search::model::{Doc, DocKey, Kind};
use sauro_store::StoreError;

use super::{Reading, code, corrupt, parsed, sentences, uuid_of, within};

pub(super) async fn items(
    reading: &mut Reading<'_>,
    kind: Kind,
    ids: &[String],
) -> Result<Vec<Doc>, StoreError> {
    let ids: Vec<PortalItemId> = parsed(ids);
    let found = actions::found_items(reading.conn, &ids).await.map_err(store_of)?;
    let is_wanted = |it: &&(Item, Content)| (it.0.kind == Of::Document) == (kind == Kind::Document);
    Ok(found.iter().filter(is_wanted).map(|(it, said)| item(reading, kind, it, said)).collect())
}

pub(super) async fn items_after(
    reading: &mut Reading<'_>,
    kind: Kind,
    after: &str,
) -> Result<Vec<String>, StoreError> {
    let after = PortalItemId(uuid_of(after));
    let found = actions::listed_items_after(reading.conn, after, kind == Kind::Document).await;
    Ok(found.map_err(store_of)?.iter().map(ToString::to_string).collect())
}

fn item(reading: &Reading<'_>, kind: Kind, it: &Item, said: &Content) -> Doc {
    let directory = reading.directory;
    let (summary, head) = match &said.details {
        Details::Document(of) => {
            (of.number.clone(), sentences(&[&of.number, &of.issuer, &of.signer]))
        }
        _ => (it.live_summary.clone(), String::new()),
    };
    Doc {
        key: DocKey::new(kind, it.id),
        address: it.path(),
        title: it.live_title.clone(),
        summary,
        text: sentences(&[&head, &said.words()]),
        agency: code(directory, it.agency),
        within: within(directory, it.agency),
        field: (String::new(), String::new()),
        at: it.published_at.unwrap_or_default(),
    }
}

fn store_of(err: PortalError) -> StoreError {
    match err {
        PortalError::Store(err) => err,
        err => corrupt("portal_items", &err),
    }
}
