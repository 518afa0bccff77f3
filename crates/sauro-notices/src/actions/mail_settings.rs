use sauro_journal::Event;
use sauro_kernel::Ctx;
use sauro_store::Db;
use serde_json::json;

use crate::model::{MailSettings, address_of};
use crate::{NoticesError, store};

/// What the caller has chosen about e-mail; nothing by default.
///
/// # Errors
///
/// Only the store's.
pub async fn mail_settings(ctx: &Ctx, db: &Db) -> Result<MailSettings, NoticesError> {
    let found = store::mail_settings::find(&mut db.read().await?, ctx.actor.account).await?;
    Ok(found.unwrap_or_default())
}

/// Chooses whether and where the caller wants notices by e-mail. The journal hears that it was chosen,
/// not the address.
///
/// # Errors
///
/// [`NoticesError::Invalid`] for an address that is none.
pub async fn change_mail_settings(
    ctx: &Ctx,
    db: &Db,
    chosen: &MailSettings,
) -> Result<(), NoticesError> {
    let address = address_of(&chosen.address, chosen.is_on)
        .map_err(|words| NoticesError::Invalid(vec![("dia-chi", words.to_owned())]))?;
    let settings = MailSettings { address, rejected: None, ..*chosen };
    let mut conn = db.write().await?;
    store::mail_settings::put(&mut conn, ctx.actor.account, &settings, ctx.now_us()).await?;
    let data = json!({ "is_on": settings.is_on, "is_daily": settings.is_daily });
    let event = Event::new("MailSettingsChanged", "account", ctx.actor.account, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(())
}
