use sauro_kernel::{AgencyId, Ctx, Line, PetitionId, Prose, Right};

use super::hold::{Hold, House};
use super::pains;
use crate::error::text_fault;
use crate::model::{Act, Kind, Pain, Petition};
use crate::{PetitionsError, store};

/// Receives a case (tiếp nhận).
///
/// # Errors
///
/// [`PetitionsError::NotOpen`] when it was received.
pub async fn receive(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::SortPetitions).await?;
    hold.step(Act::Receive)?;
    let holder = hold.case.holder.0;
    hold.note(Kind::Received, Some(holder), (true, "")).await?;
    hold.keep().await
}

/// Says which field a case belongs to.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] for a field that there is not.
pub async fn set_field(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    field: &str,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::SortPetitions).await?;
    let fields = store::fields::all(&mut hold.conn).await?;
    let Some(field) = fields.into_iter().find(|it| it.code == field) else {
        return Err(PetitionsError::of_field("linh-vuc", "Chọn một lĩnh vực trong danh sách."));
    };
    let before = std::mem::replace(&mut hold.case.field, field.code);
    pains::move_field(&mut hold, &before).await?;
    hold.note(Kind::Noted, None, (false, &format!("Đặt lĩnh vực: {}.", field.name))).await?;
    hold.keep().await
}

/// Passes a case to the agency that handles it, with those that cooperate (chuyển giải quyết). After two
/// refusals, and when an answer is contested, that holds and cannot be refused.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] for an agency that is not clear or no longer exists.
pub async fn assign(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    (lead, partners): (AgencyId, &[AgencyId]),
    (is_complex, words): (bool, &str),
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::SortPetitions).await?;
    let words = note_of(words)?;
    let lead = fit(ctx, house, lead, "chu-tri")?;
    if partners.len() > 20 {
        let words = "Chọn nhiều nhất 20 cơ quan phối hợp.";
        return Err(PetitionsError::of_field("phoi-hop", words));
    }
    hold.step(Act::Assign)?;
    for partner in partners.iter().filter(|it| **it != lead) {
        let partner = fit(ctx, house, *partner, "phoi-hop")?;
        store::partners::insert(&mut hold.conn, id, partner).await?;
    }
    hold.case.lead = Some(lead);
    hold.case.is_complex = is_complex;
    hold.give(lead)?;
    let kind = if is_complex { Kind::AssignedComplex } else { Kind::Assigned };
    hold.note(kind, Some(lead.0), (true, &words)).await?;
    hold.keep().await
}

/// Gives a case back because it is not ours (không thuộc thẩm quyền): to whoever coordinates, and after the
/// second time to the agency above, which decides for good. It never ends a case.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] without a reason; [`PetitionsError::NotOpen`] when the lead was named with
/// binding effect.
pub async fn refuse(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    reason: &str,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::SortPetitions).await?;
    let reason = Prose::parse(reason).map_err(|err| {
        let label = "lý do: quy định nào giao việc này cho cơ quan khác, cơ quan nào";
        PetitionsError::of_field("ly-do", text_fault(label, err))
    })?;
    hold.step(Act::Refuse)?;
    let (kind, to) = if hold.case.flow.must_bind() {
        (Kind::SentUp, above(&mut hold).await?)
    } else {
        (Kind::Refused, hold.case.coordinator)
    };
    hold.case.lead = None;
    hold.give(to)?;
    pains::count(&mut hold, Pain { refused: 1, ..Pain::default() }).await?;
    hold.note(kind, Some(to.0), (true, reason.as_str())).await?;
    hold.keep().await
}

/// The agency above the coordinator; of one that has none the agency that coordinates for the nation.
pub(super) async fn above(hold: &mut Hold<'_>) -> Result<AgencyId, PetitionsError> {
    let coordinator = hold.case.coordinator;
    let above = hold.house.above(coordinator);
    if above != coordinator {
        return Ok(above);
    }
    let fields = store::fields::all(&mut hold.conn).await?;
    let national = fields.iter().find(|it| it.code == "khac");
    let found = national.and_then(|it| hold.house.directory.by_code(&it.agency_code));
    Ok(found.map_or(coordinator, |it| it.id))
}

/// The agency that `id` means today: a clear one that exists, or who took over from it.
fn fit(
    ctx: &Ctx,
    house: &House<'_>,
    id: AgencyId,
    field: &str,
) -> Result<AgencyId, PetitionsError> {
    let today = ctx.today();
    let found = house.agency(id).map(|it| match it.successor {
        Some(next) if !it.is_valid_on(today) => house.agency(next).unwrap_or(it),
        _ => it,
    });
    let fits = |it: &&sauro_directory::model::Agency| {
        it.is_valid_on(today) && !it.is_group && !house.directory.is_vague(it.id)
    };
    found.filter(fits).map(|it| it.id).ok_or_else(|| {
        PetitionsError::of_field(field, "Chọn đúng một cơ quan đang hoạt động trong danh mục.")
    })
}

/// Words that may be left out.
pub(super) fn note_of(words: &str) -> Result<String, PetitionsError> {
    if words.trim().is_empty() {
        return Ok(String::new());
    }
    match Prose::parse(words) {
        Ok(words) => Ok(words.as_str().to_owned()),
        Err(err) => Err(PetitionsError::of_field("loi-nhan", text_fault("lời nhắn", err))),
    }
}

/// One line that must be there.
pub(super) fn line_of(words: &str, field: &str, label: &str) -> Result<String, PetitionsError> {
    match Line::parse(words) {
        Ok(line) => Ok(line.as_str().to_owned()),
        Err(err) => Err(PetitionsError::of_field(field, text_fault(label, err))),
    }
}
