use sauro_directory::model::Directory;
use sauro_journal::Event;
use sauro_kernel::{Ctx, Line, Period, Right, ScoreMethodId};
use sauro_store::Db;
use serde_json::json;

use super::methods::MOST_METHODS;
use super::rosters;
use crate::error::text_fault;
use crate::model::{Design, Method, MethodVersion, Roster, State};
use crate::{ScoresError, store};

/// Begins a method of the caller's agency for the units of `roster`, with what is usually asked. Answers
/// its first version, a draft.
///
/// # Errors
///
/// [`ScoresError::Denied`] to whoever makes none, [`ScoresError::Invalid`] without a name, for units that
/// the agency does not score, and with too many.
pub async fn make_method(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    (name, roster): (&str, &str),
) -> Result<MethodVersion, ScoresError> {
    ctx.require(Right::ManageScores, ctx.actor.own())?;
    let mut faults = Vec::new();
    let line = Line::parse(name).map_err(|err| text_fault("tên cách chấm", err)).and_then(|it| {
        let is_short = it.as_str().chars().count() <= 120;
        is_short.then_some(it).ok_or_else(|| "Rút gọn tên cách chấm còn 120 ký tự.".to_owned())
    });
    let roster = Roster::of_code(roster).filter(|it| rosters(ctx, directory).contains(it));
    if let Err(words) = &line {
        faults.push(("ten".to_owned(), words.clone()));
    }
    if roster.is_none() {
        let words = "Chọn loại đơn vị mà cơ quan chấm điểm trong danh sách.";
        faults.push(("doi-tuong".to_owned(), words.to_owned()));
    }
    let (Ok(name), Some(roster)) = (line, roster) else { return Err(ScoresError::Invalid(faults)) };
    let mut conn = db.write().await?;
    let n = store::methods::of_agency(&mut conn, ctx.actor.agency, MOST_METHODS).await?.len();
    if n >= usize::from(MOST_METHODS) {
        let words = format!("Cơ quan đã có {MOST_METHODS} cách chấm. Dùng lại một cách chấm cũ.");
        return Err(ScoresError::of_field("ten", words));
    }
    let method = Method {
        id: ScoreMethodId(ctx.ids.fresh()),
        agency: ctx.actor.agency,
        path: ctx.actor.agency_path.clone(),
        roster: roster.clone(),
    };
    let design = Design::usual(name.as_str().to_owned(), roster);
    let version = MethodVersion {
        method: method.id,
        n: 1,
        state: State::Draft,
        from: Period::containing(design.rhythm, ctx.today()),
        design,
        proposed_by: None,
        published_by: None,
        changed_at: ctx.now_us(),
        stamp: 1,
    };
    store::methods::insert(&mut conn, &method).await?;
    store::versions::insert(&mut conn, &version).await?;
    let data = json!({ "name": version.design.name, "roster": method.roster.code() });
    let event = Event::new("ScoreMethodMade", "score_method", method.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(version)
}
