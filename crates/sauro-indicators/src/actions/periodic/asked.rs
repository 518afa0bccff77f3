use chrono::NaiveDate;
use sauro_directory::model::Directory;
use sauro_kernel::{AgencyId, RoundId};
use sauro_store::Conn;

use super::read::round_within;
use crate::IndicatorsError;
use crate::model::periodic::Audience;

/// Which of `units` the round `id` asks for a report, and by which day: that of communes, or that of
/// those above.
pub(in crate::actions) async fn asked_units(
    conn: &mut Conn,
    directory: &Directory,
    id: RoundId,
    (units, is_commune): (&[AgencyId], bool),
) -> Result<(NaiveDate, Vec<AgencyId>), IndicatorsError> {
    let (round, form) = round_within(conn, id).await?;
    let audience = Audience::of(&form, &form.design);
    let is_asked = |id: &&AgencyId| {
        directory.agency(**id).is_some_and(|it| audience.unit(directory, it).is_some())
    };
    let asked = units.iter().filter(is_asked).copied().collect();
    let due_on = if is_commune { round.commune_due_on } else { round.due_on };
    Ok((due_on, asked))
}
