use sauro_directory::model::{Agency, Directory, Level};

use super::Names;

/// A name that more agencies than this have says nothing but the name of a province: a dozen communes are called
/// Tân Phú.
const MOST_CODES: usize = 6;

impl Names for Directory {
    fn codes_of(&self, words: &str) -> Vec<String> {
        let mut found = self.named(words);
        if found.len() > MOST_CODES {
            let is_large = |it: &&Agency| it.level != Level::Commune;
            found.retain(is_large);
        }
        if found.len() > MOST_CODES {
            return Vec::new();
        }
        found.into_iter().map(|it| it.code.clone()).collect()
    }
}
