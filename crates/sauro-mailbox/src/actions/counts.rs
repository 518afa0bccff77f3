use sauro_kernel::{Ctx, Right};
use sauro_store::Db;

use crate::model::Skip;
use crate::{MailboxError, store};

/// How many messages came to one thing in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthCount {
    /// Such as `2026-11`.
    pub month: String,
    /// `taken`, `refused` or `skipped`.
    pub outcome: String,
    /// Why it was left aside, of those that were.
    pub skip: Option<Skip>,
    /// How many.
    pub n: i64,
}

/// What messages came to in the months from `since` (such as `2026-01`) on, the latest first.
///
/// # Errors
///
/// [`MailboxError::Denied`] for whoever does not sort petitions.
pub async fn counts(ctx: &Ctx, db: &Db, since: &str) -> Result<Vec<MonthCount>, MailboxError> {
    ctx.require(Right::SortPetitions, ctx.actor.own())?;
    let rows = store::messages::counts(&mut db.read().await?, since).await?;
    let of = |(month, outcome, reason, n): (String, String, String, i64)| MonthCount {
        skip: Skip::ALL.into_iter().find(|it| it.code() == reason),
        month,
        outcome,
        n,
    };
    Ok(rows.into_iter().map(of).collect())
}
