//! Tables `indicator_rules` and `indicator_rule_parts`.

use std::collections::{BTreeMap, HashMap};

use sauro_kernel::{AgencyId, AgencyPath, Ctx, IndicatorId};
use sauro_store::{Conn, StoreError, insert_text, pieces, run, values_text};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::{Comparison, Rule, Severity, Side, Terms, UnitLevel};

const TABLE: &str = "indicator_rules";
const PARTS: &str = "indicator_rule_parts";

/// Rules read at once; a country has some hundred.
const MOST: i64 = 5_000;

const COLUMNS: &str = "
    code, owner_agency_id, owner_path, sentence, left_side, comparison, right_side, severity, levels, is_active,
    version";

/// Adds a rule that looks at figures of `parts`. Fails with [`StoreError::Conflict`] when the code is
/// taken.
pub(crate) async fn insert(
    conn: &mut Conn,
    ctx: &Ctx,
    it: &Rule,
    parts: &[IndicatorId],
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO indicator_rules (code, owner_agency_id, owner_path, sentence, left_side, comparison, right_side,
            severity, levels, is_active, version, changed_by, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    run!(conn, c => sqlx::query(SQL)
        .bind(&it.code)
        .bind(it.owner.0)
        .bind(it.owner_path.as_str())
        .bind(&it.terms.sentence)
        .bind(&it.terms.left.text)
        .bind(it.terms.comparison.code())
        .bind(&it.terms.right.text)
        .bind(it.terms.severity.code())
        .bind(levels_text(&it.terms.levels))
        .bind(it.is_active)
        .bind(it.version)
        .bind(ctx.actor.account.0)
        .bind(ctx.now_us())
        .execute(c)
        .await
        .map(drop))?;
    insert_parts(conn, &it.code, parts).await
}

/// Writes what `it` says now, if its version is still `it.version - 1`. Answers whether it was.
pub(crate) async fn update(
    conn: &mut Conn,
    ctx: &Ctx,
    it: &Rule,
    parts: &[IndicatorId],
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE indicator_rules
        SET owner_agency_id = $1, owner_path = $2, sentence = $3, left_side = $4, comparison = $5, right_side = $6,
            severity = $7, levels = $8, is_active = $9, version = $10, changed_by = $11, changed_at = $12
        WHERE code = $13 AND version = $10 - 1";
    const CLEAR: &str = "DELETE FROM indicator_rule_parts WHERE rule_code = $1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.owner.0)
        .bind(it.owner_path.as_str())
        .bind(&it.terms.sentence)
        .bind(&it.terms.left.text)
        .bind(it.terms.comparison.code())
        .bind(&it.terms.right.text)
        .bind(it.terms.severity.code())
        .bind(levels_text(&it.terms.levels))
        .bind(it.is_active)
        .bind(it.version)
        .bind(ctx.actor.account.0)
        .bind(ctx.now_us())
        .bind(&it.code)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    if n == 1 {
        run!(conn, c => sqlx::query(CLEAR).bind(&it.code).execute(c).await.map(drop))?;
        insert_parts(conn, &it.code, parts).await?;
    }
    Ok(n == 1)
}

async fn insert_parts(
    conn: &mut Conn,
    code: &str,
    parts: &[IndicatorId],
) -> Result<(), StoreError> {
    for piece in pieces(parts) {
        let sql = insert_text(conn.dialect(), PARTS, &["indicator_id", "rule_code"], piece.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for it in piece {
                query = query.bind(it.0).bind(code);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Lists every rule, by code.
pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<Rule>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM indicator_rules ORDER BY code LIMIT {MOST}");
    let rows =
        run!(conn, c => sqlx::query_as::<_, RuleRow>(AssertSqlSafe(sql)).fetch_all(c).await)?;
    rows.into_iter().map(Rule::try_from).collect()
}

/// Finds the rule named `code`.
pub(crate) async fn find(conn: &mut Conn, code: &str) -> Result<Option<Rule>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM indicator_rules WHERE code = $1");
    let row = run!(conn, c => sqlx::query_as::<_, RuleRow>(AssertSqlSafe(sql))
        .bind(code)
        .fetch_optional(c)
        .await)?;
    row.map(Rule::try_from).transpose()
}

/// Lists the active rules that look at figures of one of `indicators`, by code.
pub(crate) async fn active_of(
    conn: &mut Conn,
    indicators: &[IndicatorId],
) -> Result<Vec<Rule>, StoreError> {
    let mut found: BTreeMap<String, Rule> = BTreeMap::new();
    for piece in pieces(indicators) {
        let sql = format!(
            "WITH asked (asked_indicator) AS ({})
            SELECT DISTINCT {COLUMNS} FROM asked
            CROSS JOIN indicator_rule_parts
            CROSS JOIN indicator_rules
            WHERE indicator_id = asked_indicator AND code = rule_code AND is_active
            ORDER BY code",
            values_text(conn.dialect(), 1, piece.len())
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, RuleRow>(AssertSqlSafe(sql));
            for it in piece {
                query = query.bind(it.0);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.insert(row.code.clone(), row.try_into()?);
        }
    }
    Ok(found.into_values().collect())
}

/// The indicators whose figures the rules named `codes` look at, by their codes.
pub(crate) async fn parts_of(
    conn: &mut Conn,
    codes: &[String],
) -> Result<HashMap<String, IndicatorId>, StoreError> {
    let mut found = HashMap::new();
    for piece in pieces(codes) {
        let sql = format!(
            "WITH asked (asked_rule) AS ({})
            SELECT DISTINCT i.code, i.id FROM asked
            CROSS JOIN indicator_rule_parts AS p
            CROSS JOIN indicators AS i
            WHERE p.rule_code = asked_rule AND i.id = p.indicator_id
            ORDER BY i.code",
            values_text(conn.dialect(), 1, piece.len())
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, (String, Uuid)>(AssertSqlSafe(sql));
            for it in piece {
                query = query.bind(it);
            }
            query.fetch_all(c).await
        })?;
        found.extend(rows.into_iter().map(|(code, id)| (code, IndicatorId(id))));
    }
    Ok(found)
}

fn levels_text(levels: &[UnitLevel]) -> String {
    levels.iter().map(|it| it.code()).collect::<Vec<_>>().join("|")
}

#[derive(sqlx::FromRow)]
struct RuleRow {
    code: String,
    owner_agency_id: Uuid,
    owner_path: String,
    sentence: String,
    left_side: String,
    comparison: String,
    right_side: String,
    severity: String,
    levels: String,
    is_active: bool,
    version: i64,
}

impl TryFrom<RuleRow> for Rule {
    type Error = StoreError;

    fn try_from(row: RuleRow) -> Result<Self, StoreError> {
        let name = row.code.clone();
        let wrong =
            |reason: String| StoreError::Corrupt { table: TABLE, row: name.clone(), reason };
        let side = |text: &str| Side::read(text).map_err(|err| wrong(err.to_string()));
        let levels: Option<Vec<UnitLevel>> =
            row.levels.split('|').map(UnitLevel::of_code).collect();
        Ok(Self {
            owner: AgencyId(row.owner_agency_id),
            owner_path: AgencyPath::parse(&row.owner_path).map_err(|err| wrong(err.to_string()))?,
            terms: Terms {
                sentence: row.sentence,
                left: side(&row.left_side)?,
                comparison: Comparison::of_code(&row.comparison)
                    .ok_or_else(|| wrong("comparison".to_owned()))?,
                right: side(&row.right_side)?,
                severity: Severity::of_code(&row.severity)
                    .ok_or_else(|| wrong("severity".to_owned()))?,
                levels: levels.ok_or_else(|| wrong("levels".to_owned()))?,
            },
            is_active: row.is_active,
            version: row.version,
            code: row.code,
        })
    }
}
