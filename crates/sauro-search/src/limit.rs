use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Questions from one place within a minute. A person who types fast asks for some sixty suggestions.
const MOST: u32 = 240;

/// A minute, in microseconds.
const MINUTE: i64 = 60_000_000;

/// Places counted at once; whoever comes beyond them within a minute is counted as one.
const MOST_PLACES: usize = 50_000;

/// Counts questions by where they come from, in memory: a restart forgives.
#[derive(Debug, Clone, Default)]
pub struct Limiter(Arc<Mutex<Minute>>);

#[derive(Debug, Default)]
struct Minute {
    since: i64,
    asked: HashMap<String, u32>,
}

impl Limiter {
    /// True when `source` may ask once more at `now`, in microseconds.
    pub fn lets_pass(&self, source: &str, now: i64) -> bool {
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !(0..MINUTE).contains(&(now - minute.since)) {
            minute.since = now;
            minute.asked.clear();
        }
        let is_known = minute.asked.contains_key(source);
        let name = if is_known || minute.asked.len() < MOST_PLACES { source } else { "" };
        let n = minute.asked.entry(name.to_owned()).or_default();
        *n = n.saturating_add(1);
        *n <= MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_that_asks_for_ever_waits_and_others_do_not() {
        let limiter = Limiter::default();
        let passed = (0..1_000).filter(|_| limiter.lets_pass("192.0.2.1", 5)).count();
        assert_eq!(passed, usize::try_from(MOST).unwrap());
        assert!(limiter.lets_pass("192.0.2.2", 6));
        assert!(limiter.lets_pass("192.0.2.1", 5 + MINUTE), "the next minute begins anew");
    }
}
