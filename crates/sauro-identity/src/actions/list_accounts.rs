use sauro_kernel::{Ctx, Right, fold};

use super::account_of::AccountView;
use crate::store::{accounts, posts};
use crate::{Identity, IdentityError};

/// One page of accounts.
#[derive(Debug, Clone)]
pub struct AccountPage {
    /// The accounts, in order of login.
    pub accounts: Vec<AccountView>,
    /// The login after which the next page begins, when there is one.
    pub next: Option<String>,
}

/// Accounts on one page.
const PAGE: u16 = 30;

/// Lists the accounts with a seat in the caller's scope, after the login `after` (empty: from the
/// first), whose login or name contains `words` (empty: all).
///
/// # Errors
///
/// [`IdentityError::Denied`] for a caller who manages none.
pub async fn list_accounts(
    ctx: &Ctx,
    identity: &Identity,
    words: &str,
    after: &str,
) -> Result<AccountPage, IdentityError> {
    ctx.require(Right::ManageAccounts, ctx.actor.own())?;
    let words = fold(words);
    let mut conn = identity.db.read().await?;
    let mut rows =
        accounts::list_in_scope(&mut conn, &ctx.actor.scope, &words, after, PAGE + 1).await?;
    let has_more = rows.len() > usize::from(PAGE);
    rows.truncate(usize::from(PAGE));
    let next = rows.last().filter(|_| has_more).map(|row| row.login.clone());
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let seats = posts::list_of(&mut conn, row.account()).await?;
        views.push(AccountView::of(ctx, row, seats));
    }
    Ok(AccountPage { accounts: views, next })
}
