use crate::words::{Number, number};

/// Completion, never alone: beside it stand on time, verified and in use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Headline {
    /// Tasks with a deadline: the base of every share.
    pub total: i64,
    /// Reported as done by the units themselves.
    pub done: i64,
    /// Done before the cut-off.
    pub on_time: i64,
    /// Checked by the authority or by another unit.
    pub verified: i64,
    /// In use, with figures of operation.
    pub in_use: i64,
}

impl Headline {
    /// A count as basis points of the base; nothing when there is no base.
    pub fn share_bp(&self, count: impl Number) -> i64 {
        let count = count.value() as i64;
        if self.total > 0 { (count * 10_000 + self.total / 2) / self.total } else { 0 }
    }

    /// The first half of the sentence: base, done, on time, verified.
    ///
    /// A small base is counted out, because "of every 100" would claim more than is known.
    pub fn opening(&self) -> String {
        let (base, of) = if self.total >= 100 {
            ("Cứ 100 nhiệm vụ có thời hạn thì".to_owned(), true)
        } else {
            (format!("Trong {} nhiệm vụ có thời hạn,", number(self.total)), false)
        };
        let say = |count: i64| if of { (self.share_bp(count) + 50) / 100 } else { count };
        format!(
            "{base} {} đã báo xong, {} đúng hạn, {} đã xác minh và",
            say(self.done),
            say(self.on_time),
            say(self.verified)
        )
    }

    /// The second half, the one that counts: how many are in use.
    pub fn closing(&self) -> String {
        let count =
            if self.total >= 100 { (self.share_bp(self.in_use) + 50) / 100 } else { self.in_use };
        let only = if self.in_use < self.done { "chỉ " } else { "" };
        format!("{only}{count} đang được sử dụng.")
    }
}
