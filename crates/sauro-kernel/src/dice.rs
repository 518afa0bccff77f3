use uuid::Uuid;

/// Chance that is the same each time for the same seed: a small generator (SplitMix64, Steele, Lea and Flood,
/// 2014), good enough for made-up data and nothing else.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The chance of `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    #[expect(
        clippy::should_implement_trait,
        reason = "it never ends, so that no caller wants to ask whether it has"
    )]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n.max(1)).unwrap_or(1);
        usize::try_from(self.next() % n).unwrap_or(0)
    }

    /// A number from `low` up to and including `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap_or(1).max(1);
        low + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// True `percent` times of a hundred.
    pub fn is_lucky(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// One of `items`; none of none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// One of `texts`, empty when there is none.
    pub fn word<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        self.pick(texts).copied().unwrap_or_default()
    }

    /// A UUIDv7 of the instant `at`, in microseconds since 1970.
    pub fn id(&mut self, at: i64) -> Uuid {
        let ms = u64::try_from(at / 1_000).unwrap_or(0);
        let (high, low) = (self.next(), self.next());
        Uuid::from_u64_pair(
            (ms << 16) | 0x7000 | (high & 0x0fff),
            (low & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000,
        )
    }
}
