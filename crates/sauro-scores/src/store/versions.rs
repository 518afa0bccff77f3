//! Table `score_method_versions`.

use rust_decimal::Decimal;
use sauro_kernel::{AccountId, PeriodKind, ScoreMethodId};
use sauro_store::{Conn, StoreError, run};
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{corrupt, period};
use crate::model::{Audience, Component, Design, MethodVersion, Roster, State};

const TABLE: &str = "score_method_versions";

const COLUMNS: &str = "
    method_id, n, state, name, design, from_period, from_on, proposed_by, published_by, changed_at, stamp";

/// Adds a version.
pub(crate) async fn insert(conn: &mut Conn, it: &MethodVersion) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO score_method_versions ({COLUMNS})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    run!(conn, c => sqlx::query(AssertSqlSafe(sql))
        .bind(it.method.0)
        .bind(it.n)
        .bind(it.state.code())
        .bind(&it.design.name)
        .bind(text(it)?)
        .bind(it.from.code())
        .bind(it.from.start)
        .bind(it.proposed_by.map(|it| it.0))
        .bind(it.published_by.map(|it| it.0))
        .bind(it.changed_at)
        .bind(it.stamp)
        .execute(c)
        .await
        .map(drop))
}

/// Writes `it`, if its stamp is still `it.stamp - 1` and it was not published. Answers whether it was so.
pub(crate) async fn update(conn: &mut Conn, it: &MethodVersion) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE score_method_versions
        SET state = $1, name = $2, design = $3, from_period = $4, from_on = $5, proposed_by = $6,
            published_by = $7, changed_at = $8, stamp = $9
        WHERE method_id = $10 AND n = $11 AND stamp = $9 - 1 AND state <> 'published'";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.state.code())
        .bind(&it.design.name)
        .bind(text(it)?)
        .bind(it.from.code())
        .bind(it.from.start)
        .bind(it.proposed_by.map(|it| it.0))
        .bind(it.published_by.map(|it| it.0))
        .bind(it.changed_at)
        .bind(it.stamp)
        .bind(it.method.0)
        .bind(it.n)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Lists the versions of a method of units `roster`, newest first.
pub(crate) async fn of_method(
    conn: &mut Conn,
    method: ScoreMethodId,
    roster: &Roster,
) -> Result<Vec<MethodVersion>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM score_method_versions WHERE method_id = $1 ORDER BY n DESC LIMIT 200"
    );
    let rows: Vec<VersionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(method.0)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(|it| it.version(roster)).collect()
}

/// Finds the version `n` of a method of units `roster`.
pub(crate) async fn find(
    conn: &mut Conn,
    method: ScoreMethodId,
    n: i64,
    roster: &Roster,
) -> Result<Option<MethodVersion>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM score_method_versions WHERE method_id = $1 AND n = $2");
    let row: Option<VersionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(method.0)
        .bind(n)
        .fetch_optional(c)
        .await)?;
    row.map(|it| it.version(roster)).transpose()
}

/// What is stored of a design beside its name.
#[derive(Serialize, Deserialize)]
struct Stored {
    audience: String,
    rhythm: String,
    components: Vec<Component>,
    #[serde(with = "rust_decimal::serde::str")]
    enough: Decimal,
    figure_days: u32,
    self_days: u32,
    appeal_days: u32,
}

fn text(it: &MethodVersion) -> Result<String, StoreError> {
    let design = &it.design;
    let stored = Stored {
        audience: design.audience.code().to_owned(),
        rhythm: design.rhythm.code().to_owned(),
        components: design.components.clone(),
        enough: design.enough,
        figure_days: design.figure_days,
        self_days: design.self_days,
        appeal_days: design.appeal_days,
    };
    serde_json::to_string(&stored).map_err(|err| corrupt(TABLE, it.method.0, err))
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    method_id: Uuid,
    n: i64,
    state: String,
    name: String,
    design: String,
    from_period: String,
    proposed_by: Option<Uuid>,
    published_by: Option<Uuid>,
    changed_at: i64,
    stamp: i64,
}

impl VersionRow {
    fn version(self, roster: &Roster) -> Result<MethodVersion, StoreError> {
        let corrupt = |reason: &str| corrupt(TABLE, self.method_id, reason);
        let stored: Stored =
            serde_json::from_str(&self.design).map_err(|err| corrupt(&err.to_string()))?;
        let total: Decimal = stored.components.iter().map(|it| it.weight).sum();
        let is_sound = |it: &Component| it.low < it.high && it.weight > Decimal::ZERO;
        if total != Decimal::ONE_HUNDRED || !stored.components.iter().all(is_sound) {
            return Err(corrupt("components that cannot be"));
        }
        Ok(MethodVersion {
            method: ScoreMethodId(self.method_id),
            n: self.n,
            state: State::of_code(&self.state).ok_or_else(|| corrupt("no such state"))?,
            design: Design {
                name: self.name,
                roster: roster.clone(),
                audience: Audience::of_code(&stored.audience)
                    .ok_or_else(|| corrupt("no such audience"))?,
                rhythm: PeriodKind::of_code(&stored.rhythm)
                    .ok_or_else(|| corrupt("no such kind of period"))?,
                components: stored.components,
                enough: stored.enough,
                figure_days: stored.figure_days,
                self_days: stored.self_days,
                appeal_days: stored.appeal_days,
            },
            from: period(TABLE, self.method_id, &self.from_period)?,
            proposed_by: self.proposed_by.map(AccountId),
            published_by: self.published_by.map(AccountId),
            changed_at: self.changed_at,
            stamp: self.stamp,
        })
    }
}
