use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::schema::KIND_N;
use crate::model::Kind;

/// Counts hits by kind, in the order of [`Kind::ALL`].
pub(super) struct KindCounts;

pub(super) struct SegmentKinds {
    kinds: Column<u64>,
    counts: Vec<u64>,
}

impl Collector for KindCounts {
    type Fruit = Vec<u64>;
    type Child = SegmentKinds;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentKinds> {
        let kinds = segment.fast_fields().u64(KIND_N)?;
        Ok(SegmentKinds { kinds, counts: vec![0; Kind::ALL.len()] })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<u64>>) -> tantivy::Result<Vec<u64>> {
        let mut sums = vec![0; Kind::ALL.len()];
        for counts in segments {
            for (sum, n) in sums.iter_mut().zip(counts) {
                *sum += n;
            }
        }
        Ok(sums)
    }
}

impl SegmentCollector for SegmentKinds {
    type Fruit = Vec<u64>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let kind = self.kinds.first(doc).and_then(|it| usize::try_from(it).ok());
        if let Some(n) = kind.and_then(|it| self.counts.get_mut(it)) {
            *n += 1;
        }
    }

    fn harvest(self) -> Vec<u64> {
        self.counts
    }
}
