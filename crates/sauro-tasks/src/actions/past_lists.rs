use std::collections::HashMap;

use sauro_directory::model::Directory;
use sauro_store::Conn;
use uuid::Uuid;

use super::list_results::named;
use crate::TasksError;
use crate::model::{DayLine, ListedTask, Moment, PastDay};
use crate::store::result_lists::ListRow;
use crate::store::task_history;

/// The tasks of `lines` as they were at the end of `day`, in the same order.
pub(super) async fn listed(
    conn: &mut Conn,
    places: &Directory,
    day: PastDay,
    lines: &[DayLine],
) -> Result<Vec<ListedTask>, TasksError> {
    let ids: Vec<Uuid> = lines.iter().map(|it| it.id.0).collect();
    let rows = task_history::listed_at(conn, &ids, day.last_us()).await?;
    let accepted = task_history::accepted_at(conn, &ids, day.last_us()).await?;
    let mut by_id: HashMap<Uuid, ListRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    let rows = ids.iter().filter_map(|id| by_id.remove(id)).collect();
    named(places, rows, accepted, Moment::of(day.end()))
}
