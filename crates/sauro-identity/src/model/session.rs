/// How long a session lives. All instants are microseconds since 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime;

/// What a session still lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The code of the authenticator application.
    Totp,
    /// A password of the person's own.
    NewPassword,
    /// Nothing: the person is in.
    In,
}

const SECOND: i64 = 1_000_000;

impl Lifetime {
    /// Without a click for this long, a session ends.
    const IDLE: i64 = 12 * 3600 * SECOND;

    /// However busy, a session ends after this long.
    const WHOLE: i64 = 14 * 86_400 * SECOND;

    /// Time to finish signing in.
    const PENDING: i64 = 10 * 60 * SECOND;

    /// A session's last click is written at most this often.
    const SLIDE: i64 = 5 * 60 * SECOND;

    /// When a session that still lacks a step ends.
    pub fn pending_until(now: i64) -> i64 {
        now + Self::PENDING
    }

    /// When a session made at `created` and used at `now` ends.
    pub fn until(created: i64, now: i64) -> i64 {
        (now + Self::IDLE).min(created + Self::WHOLE)
    }

    /// Whether a click at `now` is worth writing down after the one at `seen`.
    pub fn is_worth_writing(seen: i64, now: i64) -> bool {
        now - seen >= Self::SLIDE
    }
}

impl Stage {
    /// What an account with these marks still lacks.
    pub fn of(has_totp: bool, totp_passed: bool, must_change_password: bool) -> Self {
        if has_totp && !totp_passed {
            Self::Totp
        } else if must_change_password {
            Self::NewPassword
        } else {
            Self::In
        }
    }
}
