use sauro_kernel::{Ctx, MailId, SubscriptionId};
use uuid::Uuid;

use super::Office;
use crate::model::{LetterKind, Rhythm};
use crate::store::letters::NewLetter;
use crate::store::news::Going;
use crate::{SubscriptionsError, store};

/// Things let go in one look.
const AT_ONCE: u16 = 50;

/// Readers written to in one transaction.
const READERS: u16 = 100;

/// Lets go what is to be told by now: from here on digests find it, and those who hear at once are gone through. What
/// everybody finds no more is dropped. Answers how many went.
///
/// # Errors
///
/// [`SubscriptionsError::Denied`] for everybody but the machine room; the store's.
pub async fn let_go(ctx: &Ctx, office: &Office) -> Result<usize, SubscriptionsError> {
    super::require_machine_room(ctx)?;
    let asked = ("waiting", ctx.now_us());
    let due = store::news::in_state(&mut office.db.read().await?, asked, AT_ONCE).await?;
    let mut n = 0;
    for it in due {
        let is_public = !office.news.0.lines(&[it.item]).await?.is_empty();
        let mut conn = office.db.write().await?;
        if !is_public {
            store::news::drop_one(&mut conn, it.id).await?;
        } else if store::news::let_go(&mut conn, &it).await? {
            n += 1;
        }
        conn.commit().await?;
    }
    Ok(n)
}

/// Writes letters to those who hear at once of what was let go, a hundred in a transaction; broken off anywhere it
/// goes on where it stood, and whoever chose several subjects gets one. Answers whether something is left.
///
/// # Errors
///
/// As [`let_go`].
pub async fn spread(ctx: &Ctx, office: &Office) -> Result<bool, SubscriptionsError> {
    super::require_machine_room(ctx)?;
    let asked = ("spreading", i64::MAX);
    let going = store::news::in_state(&mut office.db.read().await?, asked, 1).await?;
    let Some(it) = going.first() else { return Ok(false) };
    let mut conn = office.db.write().await?;
    let (at, after) = it.place;
    let subject = usize::try_from(at).ok().and_then(|at| it.subjects.get(at)).copied();
    let Some(subject) = subject else {
        store::news::move_on(&mut conn, it, None).await?;
        conn.commit().await?;
        return Ok(true);
    };
    let of = (subject, Rhythm::Now);
    let readers = store::subjects::readers(&mut conn, of, after, READERS).await?;
    let is_last = readers.len() < usize::from(READERS);
    let next = match readers.last() {
        Some(last) if !is_last => (at, last.0),
        _ => (at + 1, SubscriptionId(Uuid::nil())),
    };
    // Of two nodes the slower one writes nothing.
    if store::news::move_on(&mut conn, it, Some(next)).await? {
        let news = readers.iter().filter(|reader| reader.2 < it.n);
        let letters: Vec<NewLetter> =
            news.map(|reader| letter(ctx, it, (reader.0, reader.1))).collect();
        store::letters::insert_many(&mut conn, &letters, ctx.now_us()).await?;
    }
    conn.commit().await?;
    Ok(true)
}

fn letter(ctx: &Ctx, it: &Going, (reader, way): (SubscriptionId, crate::model::Way)) -> NewLetter {
    NewLetter {
        id: MailId(ctx.ids.fresh()),
        subscription: reader,
        way,
        kind: LetterKind::News,
        cause: format!("{} {reader}", it.id),
        range: (it.n - 1, it.n),
        sealed: None,
    }
}
