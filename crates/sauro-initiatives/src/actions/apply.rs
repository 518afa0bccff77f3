use chrono::NaiveDate;
use sauro_journal::Event;
use sauro_kernel::{ApplicationId, Ctx, InitiativeId, Line, Right};
use sauro_store::{Db, StoreError};
use serde_json::json;

use super::Room;
use super::send::place_of;
use super::step::{Done, moved};
use crate::model::{
    Application, ApplicationFields, Fault, Initiative, Move, Stage, UNITS, quantity,
};
use crate::{InitiativesError, store};

/// Says that the caller's agency tries (`is_pilot`) or applies the recognised initiative `id`.
///
/// # Errors
///
/// [`InitiativesError::NotFound`] when it is not recognised, [`InitiativesError::Invalid`] with every fault,
/// and when the agency has said so before.
pub async fn apply(
    ctx: &Ctx,
    room: &Room<'_>,
    (id, is_pilot): (InitiativeId, bool),
    fields: &ApplicationFields,
) -> Result<Application, InitiativesError> {
    ctx.require(Right::ApplyInitiatives, ctx.actor.own())?;
    let mut conn = room.db.write().await?;
    let found = store::initiatives::find(&mut conn, id).await?;
    let it = found.filter(|it| it.stage.is_recognised());
    let it = it.ok_or(InitiativesError::NotFound("recognised initiative"))?;
    let application = read(ctx, (&it, is_pilot), fields).map_err(InitiativesError::Invalid)?;
    match store::applications::insert(&mut conn, &application).await {
        Err(StoreError::Conflict(_)) => {
            let words = "Cơ quan đã khai nội dung này. Xem trong danh sách nơi áp dụng.";
            let field = if is_pilot { "thu-tu" } else { "tu-ngay" };
            return Err(InitiativesError::Invalid(vec![(field.to_owned(), words.to_owned())]));
        }
        done => done?,
    }
    let data = json!({
        "application": application.id,
        "agency": application.agency,
        "since": application.since.to_string(),
    });
    if is_pilot && it.stage == Stage::Recognised {
        let reason = format!(
            "{} thử nghiệm từ {}.",
            ctx.actor.agency_name,
            application.since.format("%d/%m/%Y")
        );
        let done = Done { kind: "InitiativePiloted", reason, desk: None, data };
        moved(ctx, (&mut conn, room), (&it, Move::Pilot), done).await?;
    } else {
        let kind = if is_pilot { "InitiativeTried" } else { "InitiativeApplied" };
        let event = Event::new(kind, "initiative", id, data);
        sauro_journal::append(&mut conn, ctx, event).await?;
    }
    conn.commit().await?;
    Ok(application)
}

/// Confirms that the caller's agency applies the initiative `id`. The first makes it adopted, enough of them
/// replicated.
///
/// # Errors
///
/// [`InitiativesError::NotFound`] when the application is not of the caller's agency,
/// [`InitiativesError::Stale`] when it was confirmed before.
pub async fn confirm(
    ctx: &Ctx,
    room: &Room<'_>,
    (id, application): (InitiativeId, ApplicationId),
) -> Result<Initiative, InitiativesError> {
    let absent = || InitiativesError::NotFound("application of an initiative");
    let mut conn = room.db.write().await?;
    let mut it = store::initiatives::find(&mut conn, id).await?.ok_or_else(absent)?;
    let all = store::applications::of_initiative(&mut conn, id).await?;
    let own = all.iter().find(|it| it.id == application && !it.is_pilot);
    own.filter(|it| it.agency == ctx.actor.agency).ok_or_else(absent)?;
    ctx.require(Right::ConfirmApplications, ctx.actor.own())?;
    let by = (ctx.actor.account, ctx.now_us());
    if !store::applications::confirm(&mut conn, application, by).await? {
        return Err(InitiativesError::Stale);
    }
    let data = json!({ "application": application, "agency": ctx.actor.agency });
    let event = Event::new("ApplicationConfirmed", "initiative", id, data.clone());
    sauro_journal::append(&mut conn, ctx, event).await?;
    let n = 1 + all.iter().filter(|it| !it.is_pilot && it.confirmed.is_some()).count();
    if it.stage.after(Move::Adopt).is_some() {
        let reason = format!("{} xác nhận đang áp dụng.", ctx.actor.agency_name);
        let done = Done { kind: "InitiativeAdopted", reason, desk: None, data: data.clone() };
        it = moved(ctx, (&mut conn, room), (&it, Move::Adopt), done).await?;
    }
    if n >= room.terms.replicated_from && it.stage == Stage::Adopted {
        let reason = format!("{n} nơi đã xác nhận áp dụng.");
        let done = Done { kind: "InitiativeReplicated", reason, desk: None, data };
        it = moved(ctx, (&mut conn, room), (&it, Move::Replicate), done).await?;
    }
    conn.commit().await?;
    Ok(it)
}

/// Who tries and applies the initiative, the first first. Everybody may know.
///
/// # Errors
///
/// The store's.
pub async fn applications(db: &Db, id: InitiativeId) -> Result<Vec<Application>, InitiativesError> {
    Ok(store::applications::of_initiative(&mut db.read().await?, id).await?)
}

fn read(
    ctx: &Ctx,
    (it, is_pilot): (&Initiative, bool),
    fields: &ApplicationFields,
) -> Result<Application, Vec<Fault>> {
    let mut faults: Vec<Fault> = Vec::new();
    let day = |typed: &str| NaiveDate::parse_from_str(typed.trim(), "%F").ok();
    let mut say = |field: &str, words: &str| faults.push((field.to_owned(), words.to_owned()));
    let since = day(&fields.since);
    if since.is_none_or(|it| it > ctx.today()) {
        let field = if is_pilot { "thu-tu" } else { "tu-ngay" };
        say(field, "Chọn ngày bắt đầu, không sau hôm nay.");
    }
    let until = day(&fields.until);
    let line = |typed: &str| {
        Line::parse(typed)
            .ok()
            .map(|it| it.as_str().to_owned())
            .filter(|it| it.chars().count() <= 300)
    };
    let (baseline, target) = (line(&fields.baseline), line(&fields.target));
    let mut measured = None;
    if is_pilot {
        if until.is_none_or(|it| since.is_some_and(|since| it <= since)) {
            say("den-ngay", "Chọn ngày kết thúc thử nghiệm, sau ngày bắt đầu.");
        }
        if baseline.is_none() {
            say("so-goc", "Ghi số trước khi thử nghiệm, kèm đơn vị.");
        }
        if target.is_none() {
            say("muc-tieu", "Ghi mức phải đạt, kèm đơn vị.");
        }
    } else {
        let amount = quantity(&fields.measured);
        let unit = UNITS.iter().find(|it| it.0 == fields.unit);
        let source = line(&fields.source);
        if amount.is_none() {
            say("do-duoc", "Ghi lợi ích đo được bằng số, ví dụ 40.000.000 hoặc 12,5.");
        }
        if unit.is_none() {
            say("do-don-vi", "Chọn đơn vị của con số.");
        }
        if source.is_none() {
            say(
                "do-nguon",
                "Ghi số văn bản hoặc báo cáo có con số này; không có nguồn thì không nhận.",
            );
        }
        measured =
            amount.zip(unit).zip(source).map(|((it, unit), from)| (it, unit.1.to_owned(), from));
    }
    let Some(since) = since.filter(|_| faults.is_empty()) else { return Err(faults) };
    Ok(Application {
        id: ApplicationId(ctx.ids.fresh()),
        initiative: it.id,
        agency: ctx.actor.agency,
        place: place_of(&ctx.actor.agency_path),
        is_pilot,
        since,
        until: until.filter(|_| is_pilot),
        baseline: baseline.filter(|_| is_pilot).unwrap_or_default(),
        target: target.filter(|_| is_pilot).unwrap_or_default(),
        measured,
        said: (ctx.actor.account, ctx.now_us()),
        confirmed: None,
    })
}
