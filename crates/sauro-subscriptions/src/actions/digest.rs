use chrono::DateTime;
use sauro_kernel::{Ctx, MailId};

use super::Office;
use crate::model::{LetterKind, Rhythm, Subscription};
use crate::store::letters::NewLetter;
use crate::{SubscriptionsError, store};

/// Digests closed in one transaction.
const AT_ONCE: u16 = 200;

/// Makes `it` hear from now on, at its rhythm, of what comes after `n`.
pub(super) fn begin(ctx: &Ctx, office: &Office, it: &mut Subscription, n: i64) {
    it.told_n = n;
    it.next_at = next_at(ctx, office, it.rhythm);
}

fn next_at(ctx: &Ctx, office: &Office, rhythm: Rhythm) -> Option<i64> {
    let calendar = office.directory.calendar();
    rhythm.next_after(&calendar, ctx.clock.now()).map(|it| it.timestamp_micros())
}

/// Closes digests whose time has come: each becomes a letter about what was told since the one before, or none when
/// there was nothing. Answers how many were closed.
///
/// # Errors
///
/// [`SubscriptionsError::Denied`] for everybody but the machine room; the store's.
pub async fn close_digests(ctx: &Ctx, office: &Office) -> Result<usize, SubscriptionsError> {
    super::require_machine_room(ctx)?;
    let now = ctx.now_us();
    let due = store::subscriptions::due(&mut office.db.read().await?, now, AT_ONCE).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let mut conn = office.db.write().await?;
    let n = store::news::last_n(&mut conn).await?;
    let mut letters = Vec::new();
    for it in &due {
        let next = (n, next_at(ctx, office, it.rhythm));
        if !store::subscriptions::close_digest(&mut conn, it, next).await? {
            continue;
        }
        let range = (it.told_n, n);
        // Looked for here, so that a quiet day writes no row for each reader.
        if n == it.told_n || store::news::told_to(&mut conn, it.id, range, 1).await?.is_empty() {
            continue;
        }
        let due_at = it.next_at.and_then(DateTime::from_timestamp_micros).unwrap_or_default();
        letters.push(NewLetter {
            id: MailId(ctx.ids.fresh()),
            subscription: it.id,
            way: it.way,
            kind: LetterKind::News,
            cause: format!("{} digest {due_at}", it.id),
            range,
            sealed: None,
        });
    }
    store::letters::insert_many(&mut conn, &letters, now).await?;
    conn.commit().await?;
    Ok(due.len())
}
