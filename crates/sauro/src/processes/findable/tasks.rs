//! Tasks and programmes.

use sauro_kernel::{ProgrammeId, TaskId};
use sauro_search::model::{Doc, DocKey, Kind};
use sauro_store::StoreError;
use sauro_tasks::TasksError;
use sauro_tasks::actions;
use sauro_tasks::model::{FoundProgramme, FoundTask};
use sauro_ui::percent;

use super::{Reading, code, corrupt, parsed, sentences, uuid_of, within};

pub(super) async fn tasks(
    reading: &mut Reading<'_>,
    ids: &[String],
) -> Result<Vec<Doc>, StoreError> {
    let ids: Vec<TaskId> = parsed(ids);
    let found = actions::found_tasks(reading.conn, &ids).await.map_err(store_of)?;
    Ok(found.iter().map(|it| task(reading, it)).collect())
}

pub(super) async fn tasks_after(
    reading: &mut Reading<'_>,
    after: &str,
) -> Result<Vec<String>, StoreError> {
    let after = TaskId(uuid_of(after));
    let ids = actions::public_tasks_after(reading.conn, after).await.map_err(store_of)?;
    Ok(ids.iter().map(ToString::to_string).collect())
}

fn task(reading: &Reading<'_>, it: &FoundTask) -> Doc {
    let directory = reading.directory;
    let (number, subject) = &it.directive;
    Doc {
        key: DocKey::new(Kind::Task, it.id),
        address: format!("/ket-qua/nhiem-vu/{}", percent(&it.code)),
        title: it.work.clone(),
        summary: it.code.clone(),
        text: sentences(&[
            &it.deliverables.join("; "),
            &format!("{} chủ trì", directory.name(it.lead)),
            &it.programme.1,
            format!("{number} {subject}").trim(),
        ]),
        agency: code(directory, it.lead),
        within: within(directory, it.lead),
        field: it.programme.clone(),
        at: it.issued_at,
    }
}

pub(super) async fn programmes(
    reading: &mut Reading<'_>,
    ids: &[String],
) -> Result<Vec<Doc>, StoreError> {
    let ids: Vec<ProgrammeId> = parsed(ids);
    let mut found = actions::found_programmes(reading.conn).await.map_err(store_of)?;
    found.retain(|it| ids.contains(&it.id));
    Ok(found.iter().map(|it| programme(reading, it)).collect())
}

pub(super) async fn programmes_after(
    reading: &mut Reading<'_>,
    after: &str,
) -> Result<Vec<String>, StoreError> {
    let found = actions::found_programmes(reading.conn).await.map_err(store_of)?;
    let mut ids: Vec<ProgrammeId> = found.iter().map(|it| it.id).collect();
    ids.retain(|it| it.0 > uuid_of(after));
    ids.sort();
    Ok(ids.iter().map(ToString::to_string).collect())
}

fn programme(reading: &Reading<'_>, it: &FoundProgramme) -> Doc {
    let directory = reading.directory;
    Doc {
        key: DocKey::new(Kind::Programme, it.id),
        address: format!("/ket-qua/chuong-trinh/{}", percent(&it.code)),
        title: it.name.clone(),
        summary: it.code.clone(),
        text: sentences(&[&it.basis, directory.name(it.owner)]),
        agency: code(directory, it.owner),
        within: within(directory, it.owner),
        field: (String::new(), String::new()),
        at: 0,
    }
}

/// The ids of the tasks of `programme` after `after`, public or not.
pub(in crate::processes) async fn of_programme_after(
    reading: &mut Reading<'_>,
    programme: ProgrammeId,
    after: TaskId,
) -> Result<Vec<TaskId>, StoreError> {
    actions::tasks_of_programme_after(reading.conn, programme, after).await.map_err(store_of)
}

fn store_of(err: TasksError) -> StoreError {
    match err {
        TasksError::Store(err) => err,
        err => corrupt("tasks", &err),
    }
}
