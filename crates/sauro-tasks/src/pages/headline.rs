use sauro_ui::Headline;

use crate::model::Counts;

/// The headline of `counts`: completion never without on time, verified and in use.
pub(super) fn headline(counts: &Counts) -> Headline {
    Headline {
        total: counts.dated,
        done: counts.reported,
        on_time: counts.done_on_time,
        verified: counts.verified,
        in_use: counts.in_use,
    }
}
