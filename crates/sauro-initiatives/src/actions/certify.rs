use chrono::Datelike;
use sauro_directory::Letterhead;
use sauro_journal::Event;
use sauro_kernel::{Ctx, InitiativeId, Right};
use sauro_papers::Layout;
use sauro_store::{Conn, Db, SealError, StoreError};
use serde_json::json;

use super::case::{known, person};
use super::check::said;
use super::{Case, Room};
use crate::model::{Certificate, CertificateFile, CertificateWords, Initiative, hash_of};
use crate::{InitiativesError, store};

/// Certifies the recognised initiative `id`: number, authors and day, signed with the key of the house.
///
/// # Errors
///
/// [`InitiativesError::Denied`] to whoever does not lead the receiving agency, [`InitiativesError::Stale`]
/// when it is not recognised or a certificate holds already.
pub async fn certify(
    ctx: &Ctx,
    room: &Room<'_>,
    id: InitiativeId,
) -> Result<Certificate, InitiativesError> {
    let mut conn = room.db.write().await?;
    let it = known(ctx, &mut conn, id).await?;
    ctx.require(Right::CertifyInitiatives, it.over())?;
    let earlier = store::certificates::of_initiative(&mut conn, id).await?;
    if !it.stage.is_recognised() || earlier.iter().any(|it| it.withdrawn.is_none()) {
        return Err(InitiativesError::Stale);
    }
    let words = words(ctx, room, &mut conn, &it).await?;
    let text = words.text();
    let certificate = Certificate {
        initiative: id,
        number: words.number.clone(),
        check: words.check.clone(),
        agency: it.receiver,
        issued_on: words.issued_on,
        issued_at: ctx.now_us(),
        sealed: room.keys.seal(id.0, text.as_bytes())?,
        signature: room.keys.sign(text.as_bytes()),
        withdrawn: None,
    };
    match store::certificates::insert(&mut conn, &certificate).await {
        Err(StoreError::Conflict(_)) => return Err(InitiativesError::Stale),
        done => done?,
    }
    // The check is in the words, so that nobody finds the names by trying them against the hash.
    let data = json!({
        "code": it.code.as_str(),
        "number": certificate.number,
        "hash": hex::encode(hash_of(&text)),
    });
    let event = Event::new("InitiativeCertified", "initiative", id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(certificate)
}

/// Withdraws the certificate of the initiative `id` that holds, for a reason that everybody may read.
///
/// # Errors
///
/// As [`certify`]; [`InitiativesError::Invalid`] without a reason, [`InitiativesError::Stale`] when none holds.
pub async fn withdraw_certificate(
    ctx: &Ctx,
    room: &Room<'_>,
    id: InitiativeId,
    reason: &str,
) -> Result<(), InitiativesError> {
    let mut conn = room.db.write().await?;
    let it = known(ctx, &mut conn, id).await?;
    ctx.require(Right::CertifyInitiatives, it.over())?;
    let mut faults = Vec::new();
    let reason = said("thu-hoi", "lý do thu hồi giấy chứng nhận", reason, true, &mut faults);
    if !faults.is_empty() {
        return Err(InitiativesError::Invalid(faults));
    }
    if !store::certificates::withdraw(&mut conn, id, (ctx.now_us(), &reason)).await? {
        return Err(InitiativesError::Stale);
    }
    let data = json!({ "code": it.code.as_str() });
    let event = Event::new("CertificateWithdrawn", "initiative", id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(())
}

/// The certificates of an initiative, newest first. What is sealed in them stays so.
///
/// # Errors
///
/// The store's.
pub async fn certificates(db: &Db, id: InitiativeId) -> Result<Vec<Certificate>, InitiativesError> {
    Ok(store::certificates::of_initiative(&mut db.read().await?, id).await?)
}

/// The certificate of `case` whose paper bears `check`, with its words.
///
/// # Errors
///
/// [`InitiativesError::NotFound`] when there is none.
pub async fn certificate(
    room: &Room<'_>,
    case: &Case,
    check: &str,
) -> Result<(Certificate, CertificateWords), InitiativesError> {
    let all = certificates(room.db, case.initiative.id).await?;
    let found = all.into_iter().find(|it| it.check == check);
    let it = found.ok_or(InitiativesError::NotFound("certificate"))?;
    let (words, _) = opened(room, &it)?;
    Ok((it, words))
}

/// The certificate of the initiative `id` that holds, with its words and the file that proves it, for those
/// who work on the dossier.
///
/// # Errors
///
/// [`InitiativesError::NotFound`] when none holds, [`InitiativesError::Denied`] to whoever may not know the
/// authors.
pub async fn certificate_to_hand_out(
    ctx: &Ctx,
    room: &Room<'_>,
    id: InitiativeId,
) -> Result<(Certificate, CertificateWords, CertificateFile), InitiativesError> {
    let mut conn = room.db.read().await?;
    let it = known(ctx, &mut conn, id).await?;
    ctx.require(Right::HandleInitiatives, it.over())?;
    let all = store::certificates::of_initiative(&mut conn, id).await?;
    let holds = all.into_iter().find(|it| it.withdrawn.is_none());
    let it = holds.ok_or(InitiativesError::NotFound("certificate that holds"))?;
    let (words, text) = opened(room, &it)?;
    let file = CertificateFile::new(text, &room.keys.public_key(), &it.signature);
    Ok((it, words, file))
}

fn opened(
    room: &Room<'_>,
    it: &Certificate,
) -> Result<(CertificateWords, String), InitiativesError> {
    let plain = room.keys.open_sealed(it.initiative.0, &it.sealed)?;
    let text = String::from_utf8(plain).map_err(|_| SealError::Broken)?;
    let words = CertificateWords::read(&text).ok_or(SealError::Broken)?;
    Ok((words, text))
}

async fn words(
    ctx: &Ctx,
    room: &Room<'_>,
    conn: &mut Conn,
    it: &Initiative,
) -> Result<CertificateWords, InitiativesError> {
    let absent = || InitiativesError::NotFound("dossier of an initiative");
    let agency = room.directory.agency(it.receiver).ok_or_else(absent)?;
    let year = ctx.today().year();
    let n = store::certificates::next_number(conn, it.receiver, year).await?;
    let mut head = Letterhead::of_agency(room.directory, agency).head("GCN", "", String::new());
    head.number = u32::try_from(n).ok();
    let mut authors = Vec::new();
    for author in store::authors::of_initiative(conn, it.id).await? {
        let person = person(room, it.id, &author)?;
        authors.push((person.name, person.unit, author.share_bp));
    }
    let versions = store::dossiers::of_initiative(conn, it.id).await?;
    let newest = versions.last().ok_or_else(absent)?;
    // Sixteen letters of a hash over what nobody can foretell.
    let check: String =
        hex::encode(hash_of(&ctx.ids.fresh().to_string())).chars().take(16).collect();
    Ok(CertificateWords {
        number: Layout::State.number(&head),
        check,
        agency: agency.name.clone(),
        issued_on: ctx.today(),
        code: it.code.to_string(),
        title: it.title.clone(),
        kind: it.kind.label().to_owned(),
        area: it.area.label().to_owned(),
        recognised_on: it.recognised_on.unwrap_or(it.since),
        dossier: hex::encode(newest.hash),
        authors,
    })
}
