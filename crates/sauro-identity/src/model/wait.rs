/// How attempts that fail slow the next one down. Delays double; nobody is ever locked out for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Failures that cost nothing: people mistype.
    pub n_free: i64,
    /// The longest delay.
    pub longest_s: i64,
}

/// For one login from one address (or from one known machine).
pub const PER_LOGIN: Pace = Pace { n_free: 4, longest_s: 900 };

/// For one address over all logins: whole offices share one, so it is patient.
pub const PER_SOURCE: Pace = Pace { n_free: 40, longest_s: 300 };

impl Pace {
    /// Failures older than this are forgotten.
    pub const MEMORY_S: i64 = 24 * 3600;

    /// Seconds to wait after the `n_failed`-th failure in a row.
    pub fn delay_s(self, n_failed: i64) -> i64 {
        let over = n_failed.saturating_sub(self.n_free);
        match u32::try_from(over) {
            Err(_) | Ok(0) => 0,
            Ok(over) => 1_i64.checked_shl(over.min(30)).unwrap_or(i64::MAX).min(self.longest_s),
        }
    }
}
