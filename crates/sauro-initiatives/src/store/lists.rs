//! Lists of initiatives: each walks an index, a page at a time.

use sauro_kernel::{AgencyId, InitiativeId, ProblemId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::initiatives::{COLUMNS, InitiativeRow};
use crate::model::{Area, Initiative, Stage};

/// Lists what waits for `desk`, the nearest day first.
pub(crate) async fn of_desk(
    conn: &mut Conn,
    desk: AgencyId,
    limit: u16,
) -> Result<Vec<Initiative>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM initiatives WHERE desk_id = $1 ORDER BY due_on, id LIMIT $2"
    );
    let rows: Vec<InitiativeRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(desk.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Initiative::try_from).collect()
}

/// Lists what was sent to `receiver`, newest first; with `before`, what came before that one.
pub(crate) async fn of_receiver(
    conn: &mut Conn,
    receiver: AgencyId,
    before: Option<InitiativeId>,
    limit: u16,
) -> Result<Vec<Initiative>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM initiatives WHERE receiver_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
    );
    let rows: Vec<InitiativeRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(receiver.0)
        .bind(before.map_or(Uuid::max(), |it| it.0))
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Initiative::try_from).collect()
}

/// What everybody's list is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// The stage.
    pub(crate) stage: Option<Stage>,
    /// The area.
    pub(crate) area: Option<Area>,
    /// The code of the province.
    pub(crate) place: Option<String>,
    /// Folded words of the title, the longest first, at most four.
    pub(crate) words: Vec<String>,
    /// Only those before this one.
    pub(crate) before: Option<InitiativeId>,
}

/// Lists what everybody may know of, newest first.
pub(crate) async fn listed(
    conn: &mut Conn,
    wanted: &Wanted,
    limit: u16,
) -> Result<Vec<Initiative>, StoreError> {
    let sql = listed_sql(wanted);
    let word = |n: usize| wanted.words.get(n).map_or("", String::as_str).to_owned();
    let rows: Vec<InitiativeRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(wanted.before.map_or(Uuid::max(), |it| it.0))
        .bind(i64::from(limit))
        .bind(wanted.stage.map_or("", Stage::code))
        .bind(wanted.area.map_or("", Area::code))
        .bind(wanted.place.as_deref().unwrap_or(""))
        .bind(word(0))
        .bind(word(1))
        .bind(word(2))
        .bind(word(3))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Initiative::try_from).collect()
}

/// With words it walks the rarest-looking word's index, else that of the narrowest filter. Every
/// placeholder is named in any case, so that both engines know its type.
fn listed_sql(wanted: &Wanted) -> String {
    let columns: Vec<String> = COLUMNS.split(',').map(|it| format!("i.{}", it.trim())).collect();
    let filter = |is_there: bool, column: &str, n: u8| {
        if is_there { format!(" AND i.{column} = ${n}") } else { format!(" AND ${n} = ''") }
    };
    let mut sql = format!("SELECT {} FROM ", columns.join(", "));
    let walked = if wanted.words.is_empty() {
        sql.push_str("initiatives i WHERE $6 = ''");
        "i.id"
    } else {
        sql.push_str(
            "initiative_words w JOIN initiatives i ON i.id = w.initiative_id WHERE w.word = $6",
        );
        "w.initiative_id"
    };
    sql.push_str(&format!(" AND {walked} < $1 AND i.is_listed"));
    sql.push_str(&filter(wanted.stage.is_some(), "stage", 3));
    sql.push_str(&filter(wanted.area.is_some(), "area", 4));
    sql.push_str(&filter(wanted.place.is_some(), "place", 5));
    for n in 1..4_usize {
        let at = n + 6;
        if n < wanted.words.len() {
            sql.push_str(&format!(
                " AND EXISTS (SELECT 1 FROM initiative_words x WHERE x.word = ${at} AND x.initiative_id = i.id)"
            ));
        } else {
            sql.push_str(&format!(" AND ${at} = ''"));
        }
    }
    sql.push_str(&format!(" ORDER BY {walked} DESC LIMIT $2"));
    sql
}

/// Lists what everybody may know of and says it answers `problem`, newest first.
pub(crate) async fn of_problem(
    conn: &mut Conn,
    problem: ProblemId,
    limit: u16,
) -> Result<Vec<Initiative>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM initiatives WHERE problem_id = $1 AND is_listed ORDER BY id DESC LIMIT $2"
    );
    let rows: Vec<InitiativeRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(problem.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Initiative::try_from).collect()
}
