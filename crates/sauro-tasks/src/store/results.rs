//! Table `tasks`, read for counting and for publishing.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, ProgrammeId, TaskId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::{BoardTask, Counted, Stage, StatusFacts};

/// A task is public when it is marked so and its programme is as well.
const COUNTED: &str = "
        SELECT tasks.id, tasks.programme_id, tasks.lead_path, tasks.stage, tasks.due_on,
            tasks.reported_at, tasks.recurs, tasks.self_rating,
            CASE WHEN programmes.is_public THEN tasks.is_public ELSE FALSE END AS is_public
        FROM tasks
        JOIN programmes ON programmes.id = tasks.programme_id";

/// Lists what the board counts of all tasks, in order of id, after `after`.
pub(crate) async fn counted_after(
    conn: &mut Conn,
    after: TaskId,
    limit: u16,
) -> Result<Vec<(TaskId, BoardTask)>, StoreError> {
    let sql = format!("{COUNTED} WHERE tasks.id > $1 ORDER BY tasks.id LIMIT $2");
    let rows = run!(conn, c => sqlx::query_as::<_, CountedRow>(AssertSqlSafe(sql))
        .bind(after.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(CountedRow::counted).collect()
}

/// Lists what the board counts of the tasks `ids`; those that are gone are left out.
pub(crate) async fn counted_of(
    conn: &mut Conn,
    ids: &[TaskId],
) -> Result<Vec<(TaskId, BoardTask)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places = (1..=ids.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql =
        format!("{COUNTED} WHERE tasks.id IN ({places}) ORDER BY tasks.id LIMIT {}", ids.len());
    let rows = run!(conn, c => {
        let mut query = sqlx::query_as::<_, CountedRow>(AssertSqlSafe(sql));
        for id in ids {
            query = query.bind(id.0);
        }
        query.fetch_all(c).await
    })?;
    rows.into_iter().map(CountedRow::counted).collect()
}

/// The agencies that lead, issued or verify one of the tasks `ids`.
pub(crate) async fn agencies_of(
    conn: &mut Conn,
    ids: &[TaskId],
) -> Result<BTreeSet<AgencyId>, StoreError> {
    if ids.is_empty() {
        return Ok(BTreeSet::new());
    }
    let places = (1..=ids.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT lead_agency_id, issuer_agency_id, authority_agency_id FROM tasks WHERE id IN ({places})
        ORDER BY id LIMIT {}",
        ids.len()
    );
    let rows = run!(conn, c => {
        let mut query = sqlx::query_as::<_, (Uuid, Uuid, Uuid)>(AssertSqlSafe(sql));
        for id in ids {
            query = query.bind(id.0);
        }
        query.fetch_all(c).await
    })?;
    Ok(rows.into_iter().flat_map(|(a, b, c)| [a, b, c]).map(AgencyId).collect())
}

/// Lists the ids of the tasks of `programme`, in order, after `after`.
pub(crate) async fn ids_of_programme(
    conn: &mut Conn,
    programme: ProgrammeId,
    after: TaskId,
    limit: u16,
) -> Result<Vec<TaskId>, StoreError> {
    const SQL: &str = "
        SELECT id FROM tasks WHERE programme_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    let ids = run!(conn, c => sqlx::query_scalar::<_, Uuid>(SQL)
        .bind(programme.0)
        .bind(after.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(TaskId).collect())
}

/// A programme as pages of results name it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ProgrammeRow {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) basis: String,
    pub(crate) is_public: bool,
    pub(crate) owner_agency_id: Uuid,
    pub(crate) owner_path: String,
}

/// Lists programmes by name, at most `limit`; `is_public_only` leaves the others out.
pub(crate) async fn programmes(
    conn: &mut Conn,
    is_public_only: bool,
    limit: u16,
) -> Result<Vec<ProgrammeRow>, StoreError> {
    const SQL: &str = "
        SELECT id, code, name, basis, is_public, owner_agency_id, owner_path
        FROM programmes
        WHERE is_public OR NOT $1
        ORDER BY name_sort, id
        LIMIT $2";
    run!(conn, c => sqlx::query_as::<_, ProgrammeRow>(SQL)
        .bind(is_public_only)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)
}

/// Finds the programme with the short `code`.
pub(crate) async fn programme(
    conn: &mut Conn,
    code: &str,
) -> Result<Option<ProgrammeRow>, StoreError> {
    const SQL: &str = "
        SELECT id, code, name, basis, is_public, owner_agency_id, owner_path FROM programmes WHERE code = $1";
    run!(conn, c => sqlx::query_as::<_, ProgrammeRow>(SQL).bind(code).fetch_optional(c).await)
}

/// What the board counts of one task.
#[derive(sqlx::FromRow)]
pub(crate) struct CountedRow {
    pub(crate) id: Uuid,
    programme_id: Uuid,
    lead_path: String,
    stage: String,
    due_on: NaiveDate,
    reported_at: Option<i64>,
    recurs: String,
    self_rating: String,
    is_public: bool,
}

impl CountedRow {
    pub(crate) fn counted(self) -> Result<(TaskId, BoardTask), StoreError> {
        let corrupt = |reason: String| StoreError::Corrupt {
            table: "tasks",
            row: self.id.to_string(),
            reason,
        };
        let stage =
            Stage::of_code(&self.stage).ok_or_else(|| corrupt(format!("stage {}", self.stage)))?;
        let lead_path =
            AgencyPath::parse(&self.lead_path).map_err(|err| corrupt(err.to_string()))?;
        let counted = Counted {
            facts: StatusFacts { stage, due_on: self.due_on, reported_at: self.reported_at },
            is_recurring: !self.recurs.is_empty(),
            says_done: self.self_rating == "done",
            says_on_track: self.self_rating == "on_track",
        };
        let programme = ProgrammeId(self.programme_id);
        Ok((
            TaskId(self.id),
            BoardTask { counted, programme, lead_path, is_public: self.is_public },
        ))
    }
}
