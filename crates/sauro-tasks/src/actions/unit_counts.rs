use sauro_kernel::AgencyPath;

use super::read_results::{Source, Viewer};
use crate::TasksError;
use crate::model::Counts;

/// The counts of many places, each with all below it, in their order: one look at the board, or at the
/// past day that the source names. Costs what the places cost, not what is stored.
///
/// # Errors
///
/// [`TasksError::NotFound`] when the viewer may not see one of the places.
pub async fn unit_counts(
    source: Source<'_>,
    viewer: Viewer<'_>,
    places: &[AgencyPath],
) -> Result<Vec<Counts>, TasksError> {
    for place in places {
        viewer.may_see(place)?;
    }
    let (audience, moment) = (viewer.audience(), source.moment());
    let Some(day) = source.day else {
        let look = source.live.look(|board| {
            let of = |place: &AgencyPath| board.counts(audience, None, place.as_str(), moment);
            places.iter().map(of).collect()
        });
        return Ok(look.await);
    };
    let board = source.live.day(source.db, day, source.now).await?;
    Ok(places.iter().map(|it| board.counts(audience, None, it.as_str())).collect())
}
