use sauro_directory::model::Directory;

use super::Names;

/// A name that more agencies than this have says nothing: a dozen communes are called Tân Phú.
const MOST_CODES: usize = 6;

impl Names for Directory {
    fn codes_of(&self, words: &str) -> Vec<String> {
        let found = self.named(words);
        if found.len() > MOST_CODES {
            return Vec::new();
        }
        found.into_iter().map(|it| it.code.clone()).collect()
    }
}
