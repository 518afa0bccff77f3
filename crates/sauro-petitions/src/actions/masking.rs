//! What all may read of the words of an agency.

use sauro_directory::model::Directory;

use crate::model::masked_by_agency;

/// `words` of an agency with the `names` of the sender masked. Whoever is called like a commune or an agency leaves
/// these their name.
pub fn masked_words(directory: &Directory, words: &str, names: &[&str]) -> String {
    let names: Vec<&str> =
        names.iter().filter(|it| directory.named(it).is_empty()).copied().collect();
    masked_by_agency(words, &names)
}
