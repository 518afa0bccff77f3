use uuid::Uuid;

/// A recount of deadlines after a limit or the calendar changed: how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recount {
    /// By which limits and calendar: a hash of both.
    pub basis: [u8; 32],
    /// The last case that was looked at.
    pub after: Uuid,
    /// Open cases when it began.
    pub n_all: i64,
    /// Looked at so far.
    pub n_seen: i64,
    /// Of these with another deadline.
    pub n_moved: i64,
    /// When it began, unix microseconds.
    pub began_at: i64,
    /// When it was done; none while it goes on.
    pub ended_at: Option<i64>,
}

impl Recount {
    /// One that begins.
    pub fn begun(basis: [u8; 32], n_all: i64, at: i64) -> Self {
        Self {
            basis,
            after: Uuid::nil(),
            n_all,
            n_seen: 0,
            n_moved: 0,
            began_at: at,
            ended_at: None,
        }
    }

    /// How many of the cases are done: those that came meanwhile are no more than all.
    pub fn n_done(&self) -> i64 {
        self.n_seen.min(self.n_all)
    }
}
