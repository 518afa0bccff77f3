use chrono::{DateTime, Utc};
use sauro_journal::{Event, append};
use sauro_kernel::Ctx;
use serde_json::json;

use crate::store::subjects;
use crate::{Identity, IdentityError};

/// A provider, as a page offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderView {
    /// Its code.
    pub code: String,
    /// Its name on buttons.
    pub name: String,
}

/// A provider of officials, as the own account shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkView {
    /// Its code.
    pub code: String,
    /// Its name on buttons.
    pub name: String,
    /// Since when the account is linked, if it is.
    pub linked_at: Option<DateTime<Utc>>,
}

/// The providers that sign citizens in.
pub fn providers_of_citizens(identity: &Identity) -> Vec<ProviderView> {
    identity.providers.of_citizens().map(view).collect()
}

/// The providers that sign officials in.
pub fn providers_of_officials(identity: &Identity) -> Vec<ProviderView> {
    identity.providers.of_officials().map(view).collect()
}

/// The name of the provider `code`, or empty.
pub fn provider_name(identity: &Identity, code: &str) -> String {
    identity.providers.find(code).map(|it| it.setup.name.clone()).unwrap_or_default()
}

/// To which providers the caller's account is linked, and to which it can be.
///
/// # Errors
///
/// Only the store's.
pub async fn links_of(ctx: &Ctx, identity: &Identity) -> Result<Vec<LinkView>, IdentityError> {
    if identity.providers.of_officials().next().is_none() {
        return Ok(Vec::new());
    }
    let mut conn = identity.db.read().await?;
    let linked = subjects::list_of(&mut conn, ctx.actor.account).await?;
    let since = |code: &str| linked.iter().find(|it| it.0 == code).map(|it| it.1);
    let view = |it: ProviderView| LinkView {
        linked_at: since(&it.code).and_then(DateTime::from_timestamp_micros),
        code: it.code,
        name: it.name,
    };
    Ok(providers_of_officials(identity).into_iter().map(view).collect())
}

/// Unlinks the caller's account from `provider`; also when there was no link.
///
/// # Errors
///
/// Only the store's.
pub async fn unlink(ctx: &Ctx, identity: &Identity, provider: &str) -> Result<(), IdentityError> {
    let mut conn = identity.db.write().await?;
    if subjects::delete(&mut conn, ctx.actor.account, provider).await? {
        let data = json!({ "provider": provider });
        let event = Event::new("SubjectUnlinked", "account", ctx.actor.account, data);
        append(&mut conn, ctx, event).await?;
    }
    Ok(conn.commit().await?)
}

fn view(it: &crate::provider::Provider) -> ProviderView {
    ProviderView { code: it.setup.code.clone(), name: it.setup.name.clone() }
}
