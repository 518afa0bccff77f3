use proptest::prelude::*;
use sauro_mailbox::model::{Own, read};

use crate::world::{letter, letter_with, pdf};

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_message_spoilt_anywhere_is_read_or_left_aside_and_never_panics(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..30),
        is_nested in any::<bool>(),
    ) {
        let mut raw = if is_nested { letter_with("ba", &[("a.pdf", &pdf())]) } else { letter() };
        for (at, byte, what) in edits {
            if raw.is_empty() { break }
            let at = at.index(raw.len());
            match what {
                0 => raw[at] = byte,
                1 => raw.insert(at, byte),
                2 => { raw.remove(at); }
                _ => raw.truncate(at.max(1)),
            }
        }
        read(&raw, &Own::default());
    }
}
