use sauro_ui::Headline;

use crate::model::Counts;

/// The headline of `counts`: completion never without on time, verified and in use.
pub(super) fn headline(counts: &Counts) -> Headline {
    counts.headline()
}
