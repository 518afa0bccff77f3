//! What all may read of words, by whose they are.

use sauro_directory::model::Directory;
use sauro_kernel::AccountId;

use crate::model::{masked, masked_by_agency};

/// `words` of `account`, or of the sender where there is none, with the `names` of the sender masked.
pub(super) fn masked_of(
    directory: &Directory,
    account: Option<AccountId>,
    words: &str,
    names: &[&str],
) -> String {
    match account {
        None => masked(words, names),
        Some(_) => masked_words(directory, words, names),
    }
}

/// `words` of an agency with the `names` of the sender masked. Whoever is called like a commune or an agency leaves
/// these their name.
pub fn masked_words(directory: &Directory, words: &str, names: &[&str]) -> String {
    let names: Vec<&str> =
        names.iter().filter(|it| directory.named(it).is_empty()).copied().collect();
    masked_by_agency(words, &names)
}
