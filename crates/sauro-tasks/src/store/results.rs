//! Table `tasks`, read for counting and for publishing.

use chrono::NaiveDate;
use sauro_kernel::{AgencyPath, ProgrammeId, TaskId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::{BoardTask, Counted, Stage, StatusFacts};

const COUNTED: &str = "
        SELECT id, programme_id, lead_path, stage, due_on, reported_at, recurs, self_rating, is_public
        FROM tasks";

/// Lists what the board counts of all tasks, in order of id, after `after`.
pub(crate) async fn counted_after(
    conn: &mut Conn,
    after: TaskId,
    limit: u16,
) -> Result<Vec<(TaskId, BoardTask)>, StoreError> {
    let sql = format!("{COUNTED} WHERE id > $1 ORDER BY id LIMIT $2");
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
    let sql = format!("{COUNTED} WHERE id IN ({places}) ORDER BY id LIMIT {}", ids.len());
    let rows = run!(conn, c => {
        let mut query = sqlx::query_as::<_, CountedRow>(AssertSqlSafe(sql));
        for id in ids {
            query = query.bind(id.0);
        }
        query.fetch_all(c).await
    })?;
    rows.into_iter().map(CountedRow::counted).collect()
}

#[derive(sqlx::FromRow)]
struct CountedRow {
    id: Uuid,
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
    fn counted(self) -> Result<(TaskId, BoardTask), StoreError> {
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
