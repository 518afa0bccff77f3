//! Links by which somebody comes back to their own subscription. They follow from the key file, so that every letter
//! can carry one and none is stored.

use sauro_kernel::SubscriptionId;
use sauro_store::{FileHash, Keys, SealError};
use uuid::Uuid;

/// Letters of the id, and letters of its mark.
const HALF: usize = 32;

/// The link of the subscription `id`: 64 letters.
pub fn link_of(keys: &Keys, id: SubscriptionId) -> String {
    let mark = hex::encode(keys.mark(format!("subscription link {id}").as_bytes()));
    let short: String = mark.chars().take(HALF).collect();
    format!("{}{short}", id.0.simple())
}

/// Whose link it is; none of a link that this house did not write.
pub fn id_of_link(keys: &Keys, link: &str) -> Option<SubscriptionId> {
    let (id, _) = link.split_at_checked(HALF)?;
    let id = SubscriptionId(Uuid::try_parse(id).ok()?);
    // Marks of both are compared, so that the time it takes tells nothing of how much was right.
    let is_ours = keys.mark(link.as_bytes()) == keys.mark(link_of(keys, id).as_bytes());
    is_ours.then_some(id)
}

/// A link that confirms, and what is kept of it.
pub(super) fn fresh_link() -> Result<(String, [u8; 32]), SealError> {
    let mut random = [0_u8; 32];
    getrandom::fill(&mut random).map_err(|_| SealError::NotSealed)?;
    let link = hex::encode(random);
    let hash = hash_of(&link);
    Ok((link, hash))
}

/// What is kept of a link that confirms.
pub(super) fn hash_of(link: &str) -> [u8; 32] {
    FileHash::of(link.as_bytes()).0
}
