//! What a seat owes and waits for: small lists paged by key, each by one index, and their counts.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, DirectiveId, Role, TaskId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::tasks::{TaskRow, task_columns};
use crate::model::{Place, Task};

/// Above so many, a count says "more than" only.
pub(crate) const MOST_COUNTED: i64 = 1000;

/// Drafts of one directive that wait for approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The directive; none for tasks entered by hand.
    pub directive: Option<DirectiveId>,
    /// Its number, or empty.
    pub number: String,
    /// What it is about, or empty.
    pub subject: String,
    /// How many drafts wait.
    pub n_drafts: i64,
    /// Since when, in microseconds.
    pub since: i64,
}

/// Which of the tasks that a lead has still to report on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owed {
    /// Given back by the authority, whatever the deadline.
    Returned,
    /// Due from the first to the second day, both included, and not given back.
    Due(NaiveDate, NaiveDate),
}

/// The last day that a deadline may have.
pub(crate) fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX)
}

/// A task does not lie with the writer once its report lies with the leader, and recurring work lies
/// there period by period.
macro_rules! not_submitted {
    () => {
        "recurs = '' AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.task_id = tasks.id AND r.state = 'submitted')"
    };
}

/// Lists the tasks that `lead` has still to report on, nearest deadline first.
///
/// Uses index `tasks_of_lead`.
pub(crate) async fn to_report(
    conn: &mut Conn,
    lead: AgencyId,
    owed: Owed,
    after: Place,
    limit: u16,
) -> Result<Vec<Task>, StoreError> {
    const RETURNED: &str = concat!(
        "SELECT ",
        task_columns!(),
        " FROM tasks WHERE lead_agency_id = $1 AND stage = 'returned' AND due_on >= $4 AND due_on <= $5
            AND (due_on > $2 OR (due_on = $2 AND id > $3)) AND ",
        not_submitted!(),
        " ORDER BY due_on, id LIMIT $6"
    );
    const DUE: &str = concat!(
        "SELECT ",
        task_columns!(),
        " FROM tasks WHERE lead_agency_id = $1 AND stage IN ('issued', 'in_progress') AND due_on >= $4
            AND due_on <= $5 AND (due_on > $2 OR (due_on = $2 AND id > $3)) AND ",
        not_submitted!(),
        " ORDER BY due_on, id LIMIT $6"
    );
    let (sql, first, last) = match owed {
        Owed::Returned => (RETURNED, Place::START.day, last_day()),
        Owed::Due(first, last) => (DUE, first, last),
    };
    let rows = run!(conn, c => sqlx::query_as::<_, TaskRow>(sql)
        .bind(lead.0)
        .bind(after.day)
        .bind(after.id)
        .bind(first)
        .bind(last)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Task::try_from).collect()
}

/// How many tasks of a lead lie where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct OfLead {
    pub(crate) returned: i64,
    pub(crate) overdue: i64,
    pub(crate) due_soon: i64,
    pub(crate) later: i64,
    pub(crate) reported: i64,
}

/// Counts the tasks of `lead` that are not done. Days before `open_day` have passed; up to
/// `soon_day` it is soon.
///
/// Uses index `tasks_of_lead`.
pub(crate) async fn count_of_lead(
    conn: &mut Conn,
    lead: AgencyId,
    open_day: NaiveDate,
    soon_day: NaiveDate,
) -> Result<OfLead, StoreError> {
    const SQL: &str = concat!(
        "SELECT place, COUNT(*) FROM (
            SELECT CASE WHEN stage = 'reported' THEN 'reported' WHEN stage = 'returned' THEN 'returned'
                WHEN due_on < $2 THEN 'overdue' WHEN due_on <= $3 THEN 'soon' ELSE 'later' END AS place
            FROM tasks
            WHERE lead_agency_id = $1 AND stage IN ('issued', 'in_progress', 'returned', 'reported')
                AND (stage = 'reported' OR ",
        not_submitted!(),
        ")) t GROUP BY place ORDER BY place LIMIT 5"
    );
    let rows: Vec<(String, i64)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(lead.0)
        .bind(open_day)
        .bind(soon_day)
        .fetch_all(c)
        .await)?;
    let mut counts = OfLead::default();
    for (place, n) in rows {
        match place.as_str() {
            "reported" => counts.reported = n,
            "returned" => counts.returned = n,
            "overdue" => counts.overdue = n,
            "soon" => counts.due_soon = n,
            _ => counts.later = n,
        }
    }
    Ok(counts)
}

/// Lists the tasks of `lead` that were reported done and wait for the authority.
///
/// Uses index `tasks_of_lead`.
pub(crate) async fn reported(
    conn: &mut Conn,
    lead: AgencyId,
    after: Place,
    limit: u16,
) -> Result<Vec<Task>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        task_columns!(),
        " FROM tasks
         WHERE lead_agency_id = $1 AND stage = 'reported' AND (due_on > $2 OR (due_on = $2 AND id > $3))
         ORDER BY due_on, id
         LIMIT $4"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, TaskRow>(SQL)
        .bind(lead.0)
        .bind(after.day)
        .bind(after.id)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Task::try_from).collect()
}

/// Whose verifications.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verifier {
    /// The authority.
    pub(crate) agency: AgencyId,
    /// The role of the seat: some tasks are accepted by one role only.
    pub(crate) role: Role,
    /// True when it also verifies whatever it issued.
    pub(crate) is_standing: bool,
    /// Only what was handed down from this task.
    pub(crate) parent: Option<TaskId>,
}

impl Verifier {
    /// The ids of the tasks with a deliverable to look at, in order of their deadlines: one arm for
    /// each stage and side, so that each walks its index in order and stops at its limit.
    fn arms(self) -> String {
        let sides: &[&str] = match self.is_standing {
            true => &["authority_agency_id", "issuer_agency_id"],
            false => &["authority_agency_id"],
        };
        let parent = if self.parent.is_some() { "AND t.parent_id = $5" } else { "" };
        let role = self.role.code();
        let stages = ["reported", "returned", "in_progress"];
        let arms = sides.iter().flat_map(|side| {
            stages.iter().map(move |stage| {
                // Every reported task counts, so that arm stops early; the others look at each of
                // theirs, and need not look again at what the first side has met.
                let is_met = *side == "issuer_agency_id" && *stage != "reported";
                let other = if is_met { "AND t.authority_agency_id <> $1" } else { "" };
                format!(
                    "SELECT * FROM (SELECT t.id, t.due_on FROM tasks t
                    WHERE t.{side} = $1 AND t.stage = '{stage}' AND t.lead_agency_id <> $1 {other} {parent}
                        AND t.verifier_role IN ('', '{role}')
                        AND t.due_on >= $2 AND (t.due_on > $2 OR t.id > $3)
                        AND EXISTS (SELECT 1 FROM deliverables d WHERE d.task_id = t.id AND d.stage = 'reported')
                    ORDER BY t.due_on, t.id LIMIT $4) {side}_{stage}"
                )
            })
        });
        arms.collect::<Vec<_>>().join(" UNION ")
    }
}

/// Lists the tasks with a deliverable that `verifier` has to look at, nearest deadline first.
///
/// Uses indexes `tasks_of_authority` and `tasks_of_issuer`.
pub(crate) async fn to_verify(
    conn: &mut Conn,
    verifier: Verifier,
    after: Place,
    limit: u16,
) -> Result<Vec<Task>, StoreError> {
    let sql = format!(
        "SELECT {} FROM tasks WHERE id IN (SELECT id FROM ({}) a) ORDER BY due_on, id LIMIT $4",
        task_columns!(),
        verifier.arms()
    );
    let rows = run!(conn, c => {
        let query = sqlx::query_as::<_, TaskRow>(AssertSqlSafe(sql))
            .bind(verifier.agency.0)
            .bind(after.day)
            .bind(after.id)
            .bind(i64::from(limit));
        match verifier.parent {
            Some(parent) => query.bind(parent.0).fetch_all(c).await,
            None => query.fetch_all(c).await,
        }
    })?;
    rows.into_iter().map(Task::try_from).collect()
}

/// Counts what [`to_verify`] lists, up to [`MOST_COUNTED`] and one more.
pub(crate) async fn count_to_verify(
    conn: &mut Conn,
    verifier: Verifier,
) -> Result<i64, StoreError> {
    let verifier = Verifier { parent: None, ..verifier };
    let sql = format!("SELECT COUNT(*) FROM (SELECT id FROM ({}) a LIMIT $4) n", verifier.arms());
    run!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(verifier.agency.0)
        .bind(Place::START.day)
        .bind(Place::START.id)
        .bind(MOST_COUNTED + 1)
        .fetch_one(c)
        .await)
}

/// Counts the reports of `agency` that wait for its leader.
///
/// Uses index `reports_waiting`.
pub(crate) async fn count_submitted(conn: &mut Conn, agency: AgencyId) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM reports WHERE agency_id = $1 AND state = 'submitted'";
    run!(conn, c => sqlx::query_scalar(SQL).bind(agency.0).fetch_one(c).await)
}

/// Counts the drafts of `owner` that wait for approval.
///
/// Uses index `task_drafts_waiting`.
pub(crate) async fn count_proposed(conn: &mut Conn, owner: AgencyId) -> Result<i64, StoreError> {
    const SQL: &str =
        "SELECT COUNT(*) FROM task_drafts WHERE owner_agency_id = $1 AND state = 'proposed'";
    run!(conn, c => sqlx::query_scalar(SQL).bind(owner.0).fetch_one(c).await)
}

/// Lists what waits for approval at `owner`, longest waiting first.
///
/// Uses index `task_drafts_waiting`.
pub(crate) async fn to_approve(
    conn: &mut Conn,
    owner: AgencyId,
    limit: u16,
) -> Result<Vec<Approval>, StoreError> {
    const SQL: &str = "
        SELECT w.directive_id, coalesce(d.number, ''), coalesce(d.subject, ''), w.n_drafts, w.since
        FROM (
            SELECT directive_id, COUNT(*) AS n_drafts, MIN(changed_at) AS since
            FROM task_drafts
            WHERE owner_agency_id = $1 AND state = 'proposed'
            GROUP BY directive_id
        ) w
        LEFT JOIN directives d ON d.id = w.directive_id
        ORDER BY w.since, w.directive_id
        LIMIT $2";
    let rows: Vec<(Option<Uuid>, String, String, i64, i64)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(owner.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    let approval = |(directive, number, subject, n_drafts, since)| Approval {
        directive: Option::<Uuid>::map(directive, DirectiveId),
        number,
        subject,
        n_drafts,
        since,
    };
    Ok(rows.into_iter().map(approval).collect())
}

#[cfg(test)]
mod tests {
    use sauro_store::Limits;
    use sauro_testkit::{agency, on_sqlite, task};

    use super::*;

    #[tokio::test]
    async fn what_is_to_verify_is_found_by_walking_indexes_in_order() {
        let engine = on_sqlite(Limits::default()).await;
        let mut conn = engine.db.read().await.unwrap();
        for (is_standing, parent) in [(false, None), (true, None), (true, Some(task(1)))] {
            let role = Role::StandingAgency;
            let verifier = Verifier { agency: agency(1), role, is_standing, parent };
            for arm in verifier.arms().split(" UNION ") {
                let sql = format!("EXPLAIN QUERY PLAN {arm}");
                let rows: Vec<(i64, i64, i64, String)> = run!(conn, c => {
                    let query = sqlx::query_as(AssertSqlSafe(sql))
                        .bind(agency(1).0)
                        .bind(Place::START.day)
                        .bind(Place::START.id)
                        .bind(6_i64);
                    match parent {
                        Some(parent) => query.bind(parent.0).fetch_all(c).await,
                        None => query.fetch_all(c).await,
                    }
                })
                .unwrap();
                let plan: Vec<String> = rows.into_iter().map(|row| row.3).collect();
                let plan = plan.join("\n");
                assert!(plan.contains("SEARCH t USING"), "{plan}");
                assert!(!plan.contains("SCAN t") && !plan.contains("TEMP B-TREE"), "{plan}\n{arm}");
            }
        }
    }
}
