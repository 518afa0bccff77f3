use chrono::NaiveDate;
use sauro_directory::model::Level;
use sauro_journal::Event;
use sauro_kernel::{Ctx, Right, Role};
use serde_json::json;

use super::hold::House;
use crate::model::{Fault, Field, Limits, counted_on};
use crate::{PetitionsError, store};

/// The shipped fields.
const SHIPPED: &str = include_str!("../../../../data/petition_fields.csv");

/// The fields there are.
///
/// # Errors
///
/// The store's.
pub async fn all_fields(house: &House<'_>) -> Result<Vec<Field>, PetitionsError> {
    Ok(store::fields::all(&mut house.db.read().await?).await?)
}

/// The limits in force.
///
/// # Errors
///
/// The store's.
pub async fn limits(house: &House<'_>) -> Result<Limits, PetitionsError> {
    Ok(store::fields::limits(&mut house.db.read().await?).await?)
}

/// By when a case that is sent now would be acknowledged and answered.
pub fn promised_on(ctx: &Ctx, house: &House<'_>, limits: &Limits) -> (NaiveDate, NaiveDate) {
    let day = counted_on(house.calendar, ctx.now_us());
    (
        house.calendar.add_working_days(day, limits.acknowledge),
        house.calendar.add_working_days(day, limits.promised(false)),
    )
}

/// Sets the limits (đặt thời hạn), for the whole nation. Deadlines of open cases are set anew beside everything
/// else, which [`super::recount_of`] tells of.
///
/// # Errors
///
/// [`PetitionsError::Denied`] for all but the standing agency at the centre; [`PetitionsError::Invalid`] names
/// every number that cannot be.
pub async fn set_limits(
    ctx: &Ctx,
    house: &House<'_>,
    typed: &[(String, String)],
) -> Result<(), PetitionsError> {
    let own = ctx.actor.own();
    ctx.require(Right::ManagePetitions, own)?;
    let is_central = house.agency(ctx.actor.agency).is_some_and(|it| it.level == Level::Centre);
    if !is_central && ctx.actor.role != Role::System {
        return Err(PetitionsError::NotFound("limits"));
    }
    let mut faults: Vec<Fault> = Vec::new();
    let mut set = Vec::new();
    for (step, label) in Limits::STEPS {
        let Some((_, days)) = typed.iter().find(|it| it.0 == step) else { continue };
        match days.trim().parse::<u32>() {
            Ok(days) if days <= 250 && (days > 0 || step == "extension") => set.push((step, days)),
            _ => faults.push((step.to_owned(), format!("{label}: ghi số ngày từ 1 đến 250."))),
        }
    }
    if !faults.is_empty() {
        return Err(PetitionsError::Invalid(faults));
    }
    let mut conn = house.db.write().await?;
    for (step, days) in &set {
        store::fields::set_limit(&mut conn, step, *days, ctx.now_us()).await?;
    }
    super::recount::begin(ctx, house, &mut conn).await?;
    let data = json!({ "limits": set });
    sauro_journal::append(
        &mut conn,
        ctx,
        Event::new("PetitionLimitsSet", "petitions", "limits", data),
    )
    .await?;
    Ok(conn.commit().await?)
}

/// Takes the fields of a file: CSV with `code`, `name`, `words` (by ";"), `agency`, `anonymous` (1 or 0).
///
/// # Errors
///
/// [`PetitionsError::Denied`] for all but the machine room; [`PetitionsError::Invalid`] names every row that
/// cannot be taken, and nothing changes.
pub async fn import_fields(
    ctx: &Ctx,
    house: &House<'_>,
    text: &str,
) -> Result<usize, PetitionsError> {
    ctx.require(Right::ManagePetitions, ctx.actor.own())?;
    let fields = read_fields(house, text)?;
    let mut conn = house.db.write().await?;
    for (n, field) in fields.iter().enumerate() {
        store::fields::put(&mut conn, field, i64::try_from(n).unwrap_or(i64::MAX)).await?;
    }
    let data = json!({ "n": fields.len() });
    sauro_journal::append(
        &mut conn,
        ctx,
        Event::new("PetitionFieldsSet", "petitions", "fields", data),
    )
    .await?;
    conn.commit().await?;
    Ok(fields.len())
}

/// Takes the shipped fields, when they are not there as they are shipped. Answers whether something changed.
///
/// # Errors
///
/// As [`import_fields`].
pub async fn load_shipped(ctx: &Ctx, house: &House<'_>) -> Result<bool, PetitionsError> {
    ctx.require(Right::ManagePetitions, ctx.actor.own())?;
    let there = all_fields(house).await?;
    let shipped = read_fields(house, SHIPPED)?;
    if shipped.iter().all(|it| there.contains(it)) {
        return Ok(false);
    }
    import_fields(ctx, house, SHIPPED).await?;
    Ok(true)
}

/// The fields of a file, or every fault of its rows.
fn read_fields(house: &House<'_>, text: &str) -> Result<Vec<Field>, PetitionsError> {
    let sheet = sauro_directory::model::Sheet::read(
        text,
        &["code", "name", "words", "agency", "anonymous"],
    )
    .map_err(|faults| {
        PetitionsError::Invalid(faults.iter().map(|it| ("tep".to_owned(), it.sentence())).collect())
    })?;
    let mut faults = Vec::new();
    let mut fields = Vec::new();
    for row in sheet.rows() {
        let agency_code = row.optional("agency");
        if !agency_code.is_empty() && house.directory.by_code(&agency_code).is_none() {
            faults.push(row.fault("agency", "không có cơ quan mang mã này"));
        }
        let words = row.text("words").split(';').map(sauro_kernel::fold);
        fields.push(Field {
            code: row.needed("code", &mut faults),
            name: row.needed("name", &mut faults),
            words: words.filter(|it| !it.is_empty()).collect(),
            agency_code,
            allows_anonymous: row.text("anonymous") == "1",
        });
    }
    if !faults.is_empty() {
        let faults = faults.iter().map(|it| ("tep".to_owned(), it.sentence())).collect();
        return Err(PetitionsError::Invalid(faults));
    }
    Ok(fields)
}
