use std::collections::{BTreeMap, HashMap};

use sauro_kernel::{AccountId, Ctx, MailId, NoticeId, WorkingCalendar};
use sauro_store::{Conn, StoreError};

use crate::model::{Desk, Kind, first_try};
use crate::store::{self, mails::NewMail};

/// Puts notices into the mails of those who sit at their desks and want mail, in the transaction that
/// writes the notices: one open mail a person gathers what comes until it is sent.
///
/// # Errors
///
/// Only the store's.
pub async fn enclose(
    ctx: &Ctx,
    conn: &mut Conn,
    calendar: &WorkingCalendar,
    notices: &[(Desk, Kind, NoticeId)],
    holders: &[(Desk, AccountId)],
) -> Result<(), StoreError> {
    let mut at_desk: HashMap<Desk, Vec<AccountId>> = HashMap::new();
    for (desk, account) in holders {
        at_desk.entry(*desk).or_default().push(*account);
    }
    let mut of_account: BTreeMap<AccountId, Vec<(Kind, NoticeId)>> = BTreeMap::new();
    for (desk, kind, notice) in notices {
        for account in at_desk.get(desk).into_iter().flatten() {
            of_account.entry(*account).or_default().push((*kind, *notice));
        }
    }
    let accounts: Vec<AccountId> = of_account.keys().copied().collect();
    let wanting = store::mail_settings::wanting(conn, &accounts).await?;
    let now = ctx.clock.now();
    let new_mails: Vec<NewMail> = wanting
        .iter()
        .map(|(account, settings)| {
            let enclosed = of_account.get(account).map_or(&[][..], Vec::as_slice);
            let is_hurried = enclosed.iter().any(|it| !it.0.is_of_calendar());
            let next = first_try(calendar, now, settings.is_daily, is_hurried);
            NewMail {
                id: MailId(ctx.ids.fresh()),
                account: *account,
                is_hurried,
                next_at: next.timestamp_micros(),
            }
        })
        .collect();
    let open = store::mails::open_many(conn, &new_mails, ctx.now_us()).await?;
    let mut pairs: Vec<(MailId, NoticeId)> = Vec::new();
    for (account, mail) in open {
        let enclosed = of_account.get(&account).into_iter().flatten();
        pairs.extend(enclosed.map(|it| (mail, it.1)));
    }
    store::mails::enclose(conn, &pairs).await
}
