use sauro_journal::Event;
use sauro_kernel::{AccountId, CitizenId, Ctx, InitiativeId, Right, Role};
use sauro_store::Db;
use sauro_ui::Citizen;
use serde_json::json;

use super::visitor;
use crate::model::{Code, Initiative};
use crate::{InitiativesError, store};

/// Supports the public initiative with the code `typed`, or takes the support back (`wants`). Each person
/// counts once; saying the same again changes nothing.
///
/// # Errors
///
/// [`InitiativesError::Denied`] to whoever is not signed in, [`InitiativesError::NotFound`] when nobody may
/// know of it yet, [`InitiativesError::Invalid`] to whoever sent it.
pub async fn support(
    ctx: &Ctx,
    db: &Db,
    (typed, wants): (&str, bool),
) -> Result<Initiative, InitiativesError> {
    ctx.require(Right::SupportInitiatives, ctx.actor.own())?;
    count(ctx, db, (typed, wants), Person::Official(ctx.actor.account)).await
}

/// [`support`] by a citizen whom an identity provider has proved to be one person.
///
/// # Errors
///
/// As [`support`].
pub async fn support_as(
    ctx: &Ctx,
    db: &Db,
    asked: (&str, bool),
    citizen: &Citizen,
) -> Result<Initiative, InitiativesError> {
    count(ctx, db, asked, Person::Citizen(citizen.id, citizen.voice)).await
}

/// Who supports.
#[derive(Clone, Copy)]
enum Person {
    Official(AccountId),
    /// Whose list it is, and who counts.
    Citizen(CitizenId, AccountId),
}

async fn count(
    ctx: &Ctx,
    db: &Db,
    (typed, wants): (&str, bool),
    person: Person,
) -> Result<Initiative, InitiativesError> {
    let absent = || InitiativesError::NotFound("public initiative");
    let code: Code = typed.parse().map_err(|_| absent())?;
    let mut conn = db.write().await?;
    let found = store::initiatives::by_code(&mut conn, &code).await?;
    let it = found.filter(|it| it.stage.is_listed()).ok_or_else(absent)?;
    let (person, is_own) = match person {
        Person::Official(account) => (account, it.sender == Some(account)),
        Person::Citizen(id, voice) => (voice, store::citizens::is_of(&mut conn, id, it.id).await?),
    };
    if is_own {
        let words = "Người gửi không ủng hộ sáng kiến của chính mình.";
        return Err(InitiativesError::Invalid(vec![("ung-ho".to_owned(), words.to_owned())]));
    }
    let is_changed = match wants {
        true => store::supports::add(&mut conn, it.id, (person, ctx.now_us())).await?,
        false => store::supports::remove(&mut conn, it.id, person).await?,
    };
    if is_changed {
        let kind = if wants { "InitiativeSupported" } else { "SupportWithdrawn" };
        let event = Event::new(kind, "initiative", it.id, json!({ "code": it.code.as_str() }));
        // The journal is read by many: it says that the count moved, and not by whom.
        let somebody = Ctx { actor: visitor(), ..ctx.clone() };
        sauro_journal::append(&mut conn, &somebody, event).await?;
    }
    conn.commit().await?;
    let found = store::initiatives::find(&mut db.read().await?, it.id).await?;
    found.ok_or_else(absent)
}

/// Whether the caller supports the initiative `id`; nobody is told of others.
///
/// # Errors
///
/// The store's.
pub async fn supports(ctx: &Ctx, db: &Db, id: InitiativeId) -> Result<bool, InitiativesError> {
    if ctx.actor.role == Role::Public {
        return Ok(false);
    }
    Ok(store::supports::is_there(&mut db.read().await?, id, ctx.actor.account).await?)
}

/// Whether `citizen` supports the initiative `id`, and whether they sent it.
///
/// # Errors
///
/// The store's.
pub async fn support_of_citizen(
    db: &Db,
    citizen: &Citizen,
    id: InitiativeId,
) -> Result<(bool, bool), InitiativesError> {
    let mut conn = db.read().await?;
    let supports = store::supports::is_there(&mut conn, id, citizen.voice).await?;
    Ok((supports, store::citizens::is_of(&mut conn, citizen.id, id).await?))
}

/// What `citizen` sent while signed in, the newest first, up to a hundred.
///
/// # Errors
///
/// The store's.
pub async fn own_initiatives(
    db: &Db,
    citizen: CitizenId,
) -> Result<Vec<Initiative>, InitiativesError> {
    Ok(store::citizens::list_of(&mut db.read().await?, citizen, 100).await?)
}
