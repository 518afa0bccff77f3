//! What everybody may find of tasks and programmes. Only what is public is read, so that no right is asked.

use std::collections::HashMap;

use sauro_kernel::{AgencyId, ProgrammeId, TaskId};
use sauro_store::Conn;

use crate::TasksError;
use crate::model::{FoundProgramme, FoundTask};
use crate::store;

/// Programmes read at once; there are some dozens.
const PROGRAMMES: u16 = 10_000;

/// Ids read at once.
const IDS: u16 = 500;

/// The public tasks among `ids`, with what they hand over; the others are left out.
///
/// # Errors
///
/// The store's.
pub async fn found_tasks(conn: &mut Conn, ids: &[TaskId]) -> Result<Vec<FoundTask>, TasksError> {
    let mut found = store::found::tasks(conn, ids).await?;
    let public: Vec<TaskId> = found.iter().map(|it| it.id).collect();
    let mut deliverables: HashMap<TaskId, Vec<String>> = HashMap::new();
    for (id, name) in store::found::deliverables(conn, &public).await? {
        deliverables.entry(id).or_default().push(name);
    }
    for it in &mut found {
        it.deliverables = deliverables.remove(&it.id).unwrap_or_default();
    }
    Ok(found)
}

/// The ids of the next public tasks after `after`, in order.
///
/// # Errors
///
/// The store's.
pub async fn public_tasks_after(conn: &mut Conn, after: TaskId) -> Result<Vec<TaskId>, TasksError> {
    Ok(store::found::ids_after(conn, after, IDS).await?)
}

/// The ids of the next tasks of `programme` after `after`, public or not, in order: they are shown and hidden
/// together with it.
///
/// # Errors
///
/// The store's.
pub async fn tasks_of_programme_after(
    conn: &mut Conn,
    programme: ProgrammeId,
    after: TaskId,
) -> Result<Vec<TaskId>, TasksError> {
    Ok(store::results::ids_of_programme(conn, programme, after, IDS).await?)
}

/// All public programmes.
///
/// # Errors
///
/// The store's.
pub async fn found_programmes(conn: &mut Conn) -> Result<Vec<FoundProgramme>, TasksError> {
    let rows = store::results::programmes(conn, true, PROGRAMMES).await?;
    let found = |it: store::results::ProgrammeRow| FoundProgramme {
        id: ProgrammeId(it.id),
        code: it.code,
        name: it.name,
        basis: it.basis,
        owner: AgencyId(it.owner_agency_id),
    };
    Ok(rows.into_iter().map(found).collect())
}
