//! Counting attempts before they are looked at, so that guesses sent at once gain nothing.

use sauro_journal::{Event, append};
use sauro_kernel::{AccountId, Ctx};
use sauro_store::{Conn, Db, StoreError};
use serde_json::json;

use crate::model::{Client, PER_LOGIN, PER_SOURCE, Pace};
use crate::secret::token;
use crate::store::attempts::{self, AttemptRow};

/// What one attempt counts against.
pub(super) struct Gate {
    /// The hash of what is counted, how patient it is, and whether success forgets it all.
    counted: Vec<(Vec<u8>, Pace, bool)>,
    account: Option<AccountId>,
}

/// Whether an attempt may be looked at.
pub(super) enum Entry {
    /// It is counted as failed already; if it does fail, the next one waits this long.
    Open { next_wait_s: i64 },
    /// Not yet.
    Closed { retry_after_s: i64 },
}

const SECOND: i64 = 1_000_000;

impl Gate {
    /// A password for `login`. From a machine that signed in to this account before, only what that
    /// machine does counts: a stranger who guesses elsewhere does not slow the owner.
    pub(super) fn of_login(
        login: &str,
        client: &Client,
        account: Option<AccountId>,
        is_known_device: bool,
    ) -> Self {
        let counted = match &client.device {
            Some(device) if is_known_device => {
                vec![(token::hash(&format!("device\0{login}\0{device}")), PER_LOGIN, true)]
            }
            _ => vec![
                (token::hash(&format!("login\0{login}\0{}", client.source)), PER_LOGIN, true),
                (token::hash(&format!("source\0{}", client.source)), PER_SOURCE, false),
            ],
        };
        Self { counted, account }.in_order()
    }

    /// A proof asked of somebody who gave the password already, wherever they are.
    pub(super) fn of_account(purpose: &str, account: AccountId) -> Self {
        let counted = vec![(token::hash(&format!("{purpose}\0{account}")), PER_LOGIN, true)];
        Self { counted, account: Some(account) }
    }

    /// Everybody takes the rows in one order, so that no two wait for each other.
    fn in_order(mut self) -> Self {
        self.counted.sort_by(|a, b| a.0.cmp(&b.0));
        self
    }

    /// Counts an attempt as failed, unless one has to wait first.
    pub(super) async fn enter(&self, ctx: &Ctx, db: &Db) -> Result<Entry, StoreError> {
        let now = ctx.now_us();
        let mut conn = db.write().await?;
        let mut rows = Vec::new();
        for (key, pace, _) in &self.counted {
            rows.push((key, *pace, attempts::take(&mut conn, key, now).await?));
        }
        let wait_until = rows.iter().map(|(_, _, row)| row.wait_until).max().unwrap_or(0);
        if wait_until > now {
            return Ok(Entry::Closed { retry_after_s: (wait_until - now + SECOND - 1) / SECOND });
        }
        let mut next_wait_s = 0;
        for (key, pace, row) in rows {
            let is_old = row.last_at < now - Pace::MEMORY_S * SECOND;
            let n_failed = if is_old { 1 } else { row.n_failed + 1 };
            let delay_s = pace.delay_s(n_failed);
            next_wait_s = next_wait_s.max(delay_s);
            let row = AttemptRow { n_failed, last_at: now, wait_until: now + delay_s * SECOND };
            attempts::update(&mut conn, key, row).await?;
            if n_failed == pace.n_free + 1 {
                self.note(&mut conn, ctx, n_failed).await?;
            }
        }
        conn.commit().await?;
        Ok(Entry::Open { next_wait_s })
    }

    /// The attempt was right after all: it never counted.
    pub(super) async fn clear(&self, conn: &mut Conn, now: i64) -> Result<(), StoreError> {
        for (key, _, forgets_all) in &self.counted {
            let row = attempts::take(conn, key, now).await?;
            let n_failed = if *forgets_all { 0 } else { (row.n_failed - 1).max(0) };
            attempts::update(conn, key, AttemptRow { n_failed, last_at: now, wait_until: 0 })
                .await?;
        }
        attempts::delete_before(conn, now - Pace::MEMORY_S * SECOND).await
    }

    /// The journal hears once when guessing begins, not at every guess.
    async fn note(&self, conn: &mut Conn, ctx: &Ctx, n_failed: i64) -> Result<(), StoreError> {
        let data = json!({ "failures": n_failed });
        let event = match self.account {
            Some(account) => Event::new("SignInSlowed", "account", account, data),
            None => Event::new("SignInSlowed", "account", "unknown", data),
        };
        append(conn, ctx, event).await.map(drop)
    }
}
