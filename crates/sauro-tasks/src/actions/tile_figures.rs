//! Small pieces of results, each for one place: what a tile of a dashboard shows.

use sauro_directory::model::Directory;
use sauro_kernel::{AgencyPath, Ctx};

use super::list_results::{first, names};
use super::read_results::{Look, Source, Viewer};
use crate::TasksError;
use crate::model::{Counts, Line, ListedTask, Standing};
use crate::store::result_lists::Whose;

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
    let moment = source.moment();
    Ok(source.live.counts(viewer.audience(), None, whole.path.as_str(), moment).await)
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
    let look = source.live.look(|board| {
        Look { counts: &|programme, path| board.counts(audience, programme, path, moment) }
            .provinces(None)
    });
    Ok(look.await)
}

/// The first tasks of `standing` in `whole`, at most `limit`, for `viewer`.
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
    let whose = Whose::of(&whole.path, None);
    let moment = source.moment();
    let rows = first(&mut conn, &whose, (standing, viewer.audience()), moment, limit).await?;
    names(&mut conn, source.places, rows, moment).await
}
