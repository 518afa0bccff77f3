//! The words of a list: which tasks they are in.

use sauro_kernel::{TaskId, fold};
use sauro_store::{Conn, Dialect, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// As many tasks are looked at one by one; among more, the list is walked in its order and soon full.
const FEW: usize = 2_000;

/// What texts and codes are compared with.
pub(super) struct Pattern {
    pub(super) work: String,
    /// None for words that no code can hold.
    pub(super) code: Option<String>,
}

impl Pattern {
    /// The pattern of `words`; none without any.
    pub(super) fn of(words: &str) -> Option<Self> {
        let words = fold(words).replace(['%', '_', '\\'], " ");
        if words.is_empty() {
            return None;
        }
        let is_of_code = |it: char| it.is_ascii_digit() || matches!(it, 'n' | 'v' | '-');
        let code = words.chars().all(is_of_code).then(|| format!("%{}%", words.to_uppercase()));
        Some(Self { work: format!("%{words}%"), code })
    }
}

/// The tasks that `words` are in, if they are few; in no order.
///
/// Reads the narrow index `tasks_by_work` and that of the codes, not the tasks.
pub(crate) async fn few_with(
    conn: &mut Conn,
    words: &str,
) -> Result<Option<Vec<TaskId>>, StoreError> {
    if super::facts::whole_code(words).is_some() {
        return Ok(None);
    }
    let Some(Pattern { work, code }) = Pattern::of(words) else { return Ok(None) };
    let of_code = match code {
        Some(_) => "UNION SELECT id FROM tasks WHERE code LIKE $2",
        None => "",
    };
    let sql = format!(
        "SELECT id FROM (SELECT id FROM tasks WHERE work_fold LIKE $1 {of_code}) found LIMIT {}",
        FEW + 1
    );
    let ids: Vec<Uuid> = run!(conn, c => {
        let mut query = sqlx::query_scalar(AssertSqlSafe(sql)).bind(work);
        if let Some(code) = code {
            query = query.bind(code);
        }
        query.fetch_all(c).await
    })?;
    Ok((ids.len() <= FEW).then(|| ids.into_iter().map(TaskId).collect()))
}

/// `ids` as one value, for [`in_list_sql`].
pub(super) fn list(dialect: Dialect, ids: &[TaskId]) -> String {
    match dialect {
        Dialect::Sqlite => {
            let quoted = ids.iter().map(|it| format!("\"{}\"", it.0.simple()));
            format!("[{}]", quoted.collect::<Vec<_>>().join(","))
        }
        Dialect::Postgres => {
            ids.iter().map(|it| it.0.simple().to_string()).collect::<Vec<_>>().join(",")
        }
    }
}

/// True of a task in the list that stands at `place`.
pub(super) fn in_list_sql(dialect: Dialect, place: &str) -> String {
    match dialect {
        Dialect::Sqlite => {
            format!("tasks.id IN (SELECT unhex(value) FROM json_each({place}))")
        }
        Dialect::Postgres => format!("tasks.id = ANY (string_to_array({place}, ',')::uuid[])"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_looked_for_only_by_what_can_be_in_one() {
        let code = |words| Pattern::of(words).and_then(|it| it.code);
        assert_eq!(code("2026-0001"), Some("%2026-0001%".to_owned()));
        assert_eq!(code("nv-2026"), Some("%NV-2026%".to_owned()));
        assert_eq!(code("Số hóa 100%"), None);
        assert_eq!(Pattern::of("Số_hóa 100%").unwrap().work, "%so hoa 100%");
        assert!(Pattern::of("  ").is_none());
    }
}
