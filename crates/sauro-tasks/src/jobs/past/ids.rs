use sauro_kernel::{AgencyId, PostId};
use uuid::Uuid;

/// Who did it, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct By {
    /// The seat.
    pub post: PostId,
    /// The agency of that seat.
    pub agency: AgencyId,
    /// When, in microseconds.
    pub at: i64,
}

/// Ids of the past: UUIDv7 of an instant, the same each time for the same seed.
#[derive(Debug, Clone)]
pub struct PastIds(u64);

impl PastIds {
    /// Ids that follow from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next id of the instant `at`, in microseconds.
    pub fn at(&mut self, at: i64) -> Uuid {
        let ms = u64::try_from(at / 1_000).unwrap_or(0);
        let (high, low) = (self.next(), self.next());
        Uuid::from_u64_pair(
            (ms << 16) | 0x7000 | (high & 0x0fff),
            (low & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000,
        )
    }

    /// SplitMix64: made-up ids need no secret.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
