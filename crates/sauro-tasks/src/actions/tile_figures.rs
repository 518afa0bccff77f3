//! Small pieces of results, each for one place: what a tile of a dashboard shows.

use chrono::{DateTime, NaiveDate};
use sauro_directory::model::Directory;
use sauro_kernel::{AgencyPath, Ctx, VIETNAM};
use sauro_store::Db;

use super::list_results::{first, names};
use super::past_lists;
use super::read_results::{Look, Source, Viewer};
use crate::TasksError;
use crate::model::{Counts, DayAsk, Line, ListedTask, Standing};
use crate::store::result_lists::Whose;
use crate::store::task_history;

/// Tasks of a past day that are read at most, those with the oldest deadline.
const PAST: usize = 100;

/// A place and all below it, whose tasks are counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub path: AgencyPath,
}

/// The place named `code`: `VN`, or the code of an agency. None when there is no such place.
pub fn whole_of(places: &Directory, code: &str) -> Option<Whole> {
    if code == "VN" {
        return Some(Whole { name: "Cả nước".to_owned(), path: AgencyPath::nation() });
    }
    let agency = places.by_code(code).filter(|it| !it.is_group)?;
    Some(Whole { name: agency.name.clone(), path: agency.path.clone() })
}

/// True when the caller may see all tasks at `path` and below, and not only the public ones.
pub fn sees_inside(ctx: &Ctx, path: &AgencyPath) -> bool {
    Viewer::Inside(ctx).may_see(path).is_ok()
}

/// The counts of `whole` for `viewer`.
///
/// # Errors
///
/// [`TasksError::NotFound`] when the viewer may not see what is asked for.
pub async fn place_counts(
    source: Source<'_>,
    viewer: Viewer<'_>,
    whole: &Whole,
) -> Result<Counts, TasksError> {
    viewer.may_see(&whole.path)?;
    let (audience, path) = (viewer.audience(), whole.path.as_str());
    Ok(match source.day {
        None => source.live.counts(audience, None, path, source.moment()).await,
        Some(day) => {
            source.live.day(source.db, day, source.now).await?.counts(audience, None, path)
        }
    })
}

/// The 34 provinces with the share that they have done on time, best first, for `viewer`.
///
/// # Errors
///
/// [`TasksError::NotFound`] when the viewer may not see the nation.
pub async fn province_lines(
    source: Source<'_>,
    viewer: Viewer<'_>,
) -> Result<Vec<Line>, TasksError> {
    viewer.may_see(&AgencyPath::nation())?;
    let (audience, moment) = (viewer.audience(), source.moment());
    if let Some(day) = source.day {
        let board = source.live.day(source.db, day, source.now).await?;
        let counts = |programme, path: &str| board.counts(audience, programme, path);
        return Ok(Look { counts: &counts }.provinces(None));
    }
    let look = source.live.look(|board| {
        Look { counts: &|programme, path| board.counts(audience, programme, path, moment) }
            .provinces(None)
    });
    Ok(look.await)
}

/// The first tasks of `standing` in `whole`, at most `limit`, for `viewer`; of a past day those with the
/// oldest deadline.
///
/// # Errors
///
/// [`TasksError::NotFound`] when the viewer may not see what is asked for.
pub async fn place_tasks(
    source: Source<'_>,
    viewer: Viewer<'_>,
    whole: &Whole,
    standing: Standing,
    limit: u16,
) -> Result<Vec<ListedTask>, TasksError> {
    viewer.may_see(&whole.path)?;
    let mut conn = source.db.read().await?;
    if let Some(day) = source.day {
        let board = source.live.day(source.db, day, source.now).await?;
        let ask = DayAsk {
            audience: viewer.audience(),
            programme: None,
            path: &whole.path,
            standing: Some(standing),
        };
        let mut lines = board.page(&ask, None, usize::from(limit));
        lines.sort_unstable_by_key(|it| (it.due_on, it.id));
        lines.truncate(PAST);
        return past_lists::listed(&mut conn, source.places, day, &lines).await;
    }
    let whose = Whose::of(&whole.path, None);
    let moment = source.moment();
    let rows = first(&mut conn, &whose, (standing, viewer.audience()), moment, limit).await?;
    names(&mut conn, source.places, rows, moment).await
}

/// The day on which the first task was issued, if there is any.
///
/// # Errors
///
/// The store's.
pub async fn first_day(db: &Db) -> Result<Option<NaiveDate>, TasksError> {
    let first = task_history::first_issued_at(&mut db.read().await?).await?;
    let at = first.and_then(DateTime::from_timestamp_micros);
    Ok(at.map(|it| it.with_timezone(&VIETNAM).date_naive()))
}
