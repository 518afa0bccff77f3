//! Tables `indicators` and `indicator_versions`.

use sauro_kernel::{AccountId, AgencyId, AgencyPath, IndicatorId};
use sauro_store::{Conn, StoreError, pieces, run, values_text};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{corrupt, optional};
use crate::model::{
    Definition, Direction, Indicator, Kind, Nature, Operator, PeriodKind, Shape, Split, UnitLevel,
    WorkMeasure,
};

const VERSIONS: &str = "indicator_versions";

/// The columns of an [`IndicatorRow`], of `indicators` as `i` and `indicator_versions` as `v`.
macro_rules! columns {
    () => {
        "i.id, i.code, i.owner_agency_id, i.owner_path, v.version, v.name, v.kind, v.levels, v.unit, v.decimals,
            v.direction, v.nature, v.factor, v.formula, v.counts, v.part_of, v.split_by, v.part, v.operator,
            v.rhythm, v.low, v.high, v.basis, v.note"
    };
}

/// Adds an indicator with its first definition.
pub(crate) async fn insert(
    conn: &mut Conn,
    it: &Indicator,
    by: AccountId,
    now: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO indicators (id, code, owner_agency_id, owner_path, version)
        VALUES ($1, $2, $3, $4, $5)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(&it.code)
        .bind(it.owner.0)
        .bind(it.owner_path.as_str())
        .bind(it.version)
        .execute(c)
        .await
        .map(drop))?;
    insert_version(conn, it, by, now).await
}

/// Writes the definition of `it` as its newest version, if the one before is still `it.version - 1`.
/// Answers whether it was.
pub(crate) async fn redefine(
    conn: &mut Conn,
    it: &Indicator,
    by: AccountId,
    now: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE indicators SET version = $1 WHERE id = $2 AND version = $1 - 1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.version)
        .bind(it.id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    if n == 1 {
        insert_version(conn, it, by, now).await?;
    }
    Ok(n == 1)
}

async fn insert_version(
    conn: &mut Conn,
    it: &Indicator,
    by: AccountId,
    now: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO indicator_versions (indicator_id, version, name, kind, levels, unit, decimals, direction, nature,
            factor, formula, counts, part_of, split_by, part, operator, rhythm, low, high, basis, note, by_account, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)";
    let def = &it.definition;
    let levels: Vec<&str> = def.levels.iter().map(|it| it.code()).collect();
    let (factor, formula) = match &def.shape {
        Shape::Value => (None, None),
        Shape::Ratio(factor) => (Some(factor.to_string()), None),
        Shape::Formula(text) => (None, Some(text.clone())),
    };
    let split = |read: fn(&Split) -> &String| def.split.as_ref().map_or("", |it| read(it).as_str());
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.version)
        .bind(&def.name)
        .bind(def.kind.code())
        .bind(levels.join("|"))
        .bind(&def.unit)
        .bind(i64::from(def.decimals))
        .bind(def.direction.code())
        .bind(def.nature.code())
        .bind(factor)
        .bind(formula)
        .bind(def.counts.map_or("", WorkMeasure::code))
        .bind(split(|it| &it.of))
        .bind(split(|it| &it.by))
        .bind(split(|it| &it.part))
        .bind(def.operator.code())
        .bind(def.rhythm.code())
        .bind(def.low.map(|it| it.to_string()))
        .bind(def.high.map(|it| it.to_string()))
        .bind(&def.basis)
        .bind(&def.note)
        .bind(by.0)
        .bind(now)
        .execute(c)
        .await
        .map(drop))
}

/// Lists indicators with their newest definition after the code `after`, by code, at most `limit`.
pub(crate) async fn page(
    conn: &mut Conn,
    after: &str,
    limit: u16,
) -> Result<Vec<Indicator>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        "
        FROM indicators AS i
        JOIN indicator_versions AS v ON v.indicator_id = i.id AND v.version = i.version
        WHERE i.code > $1
        ORDER BY i.code, i.id
        LIMIT $2"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, IndicatorRow>(SQL)
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Indicator::try_from).collect()
}

/// Finds the indicator named `code` with its newest definition.
pub(crate) async fn find_by_code(
    conn: &mut Conn,
    code: &str,
) -> Result<Option<Indicator>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        "
        FROM indicators AS i
        JOIN indicator_versions AS v ON v.indicator_id = i.id AND v.version = i.version
        WHERE i.code = $1"
    );
    let row = run!(conn, c => sqlx::query_as::<_, IndicatorRow>(SQL)
        .bind(code)
        .fetch_optional(c)
        .await)?;
    row.map(Indicator::try_from).transpose()
}

/// Lists the parts of the indicator named `whole` as they are defined now, by code.
///
/// Uses index `indicator_versions_of_whole`.
pub(crate) async fn parts_of(conn: &mut Conn, whole: &str) -> Result<Vec<Indicator>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        "
        FROM indicator_versions AS v
        JOIN indicators AS i ON i.id = v.indicator_id AND i.version = v.version
        WHERE v.part_of = $1 AND v.part_of <> ''
        ORDER BY i.code, i.id
        LIMIT 200"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, IndicatorRow>(SQL)
        .bind(whole)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Indicator::try_from).collect()
}

/// Finds the indicator `id` as it was defined in `version`.
pub(crate) async fn find_version(
    conn: &mut Conn,
    id: IndicatorId,
    version: i64,
) -> Result<Option<Indicator>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        "
        FROM indicator_versions AS v
        JOIN indicators AS i ON i.id = v.indicator_id
        WHERE v.indicator_id = $1 AND v.version = $2"
    );
    let row = run!(conn, c => sqlx::query_as::<_, IndicatorRow>(SQL)
        .bind(id.0)
        .bind(version)
        .fetch_optional(c)
        .await)?;
    row.map(Indicator::try_from).transpose()
}

/// Finds the indicator `id` as it was defined at the instant `at`; none before its first definition.
pub(crate) async fn find_at(
    conn: &mut Conn,
    id: IndicatorId,
    at: i64,
) -> Result<Option<Indicator>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        "
        FROM indicator_versions AS v
        JOIN indicators AS i ON i.id = v.indicator_id
        WHERE v.indicator_id = $1 AND v.at <= $2
        ORDER BY v.version DESC
        LIMIT 1"
    );
    let row = run!(conn, c => sqlx::query_as::<_, IndicatorRow>(SQL)
        .bind(id.0)
        .bind(at)
        .fetch_optional(c)
        .await)?;
    row.map(Indicator::try_from).transpose()
}

/// When the indicator `id` was first defined, in microseconds.
pub(crate) async fn defined_at(
    conn: &mut Conn,
    id: IndicatorId,
) -> Result<Option<i64>, StoreError> {
    const SQL: &str = "
        SELECT at FROM indicator_versions
        WHERE indicator_id = $1
        ORDER BY version
        LIMIT 1";
    run!(conn, c => sqlx::query_scalar::<_, i64>(SQL).bind(id.0).fetch_optional(c).await)
}

/// When the first indicator was defined, in microseconds; ids grow with time, so that is the first one.
pub(crate) async fn first_defined_at(conn: &mut Conn) -> Result<Option<i64>, StoreError> {
    const SQL: &str = "
        SELECT at FROM indicator_versions
        ORDER BY indicator_id, version
        LIMIT 1";
    run!(conn, c => sqlx::query_scalar::<_, i64>(SQL).fetch_optional(c).await)
}

/// Finds indicators as they were defined in versions: `asked` are indicators with versions.
pub(crate) async fn find_versions(
    conn: &mut Conn,
    asked: &[(IndicatorId, i64)],
) -> Result<Vec<Indicator>, StoreError> {
    let mut found = Vec::new();
    for piece in pieces(asked) {
        let sql = format!(
            "WITH asked (asked_indicator, asked_version) AS ({}) SELECT {} FROM asked
            CROSS JOIN indicator_versions AS v
            CROSS JOIN indicators AS i
            WHERE v.indicator_id = asked_indicator AND v.version = asked_version AND i.id = v.indicator_id
            ORDER BY i.id, v.version",
            values_text(conn.dialect(), 2, piece.len()),
            columns!()
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, IndicatorRow>(AssertSqlSafe(sql));
            for (indicator, version) in piece {
                query = query.bind(indicator.0).bind(version);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

#[derive(sqlx::FromRow)]
struct IndicatorRow {
    id: Uuid,
    code: String,
    owner_agency_id: Uuid,
    owner_path: String,
    version: i64,
    name: String,
    kind: String,
    levels: String,
    unit: String,
    decimals: i64,
    direction: String,
    nature: String,
    factor: Option<String>,
    formula: Option<String>,
    counts: String,
    part_of: String,
    split_by: String,
    part: String,
    operator: String,
    rhythm: String,
    low: Option<String>,
    high: Option<String>,
    basis: String,
    note: String,
}

impl TryFrom<IndicatorRow> for Indicator {
    type Error = StoreError;

    fn try_from(row: IndicatorRow) -> Result<Self, StoreError> {
        let id = row.id;
        let wrong = |what: &'static str| move || corrupt(VERSIONS, id, what);
        let levels: Option<Vec<UnitLevel>> =
            row.levels.split('|').map(UnitLevel::of_code).collect();
        let shape = match (row.formula, optional(VERSIONS, id, row.factor.as_deref())?) {
            (Some(formula), _) => Shape::Formula(formula),
            (None, Some(factor)) => Shape::Ratio(factor),
            (None, None) => Shape::Value,
        };
        let split = (!row.part_of.is_empty()).then_some(Split {
            of: row.part_of,
            by: row.split_by,
            part: row.part,
        });
        Ok(Self {
            id: IndicatorId(id),
            code: row.code,
            owner: AgencyId(row.owner_agency_id),
            owner_path: AgencyPath::parse(&row.owner_path)
                .map_err(|err| corrupt("indicators", id, err))?,
            version: row.version,
            definition: Definition {
                name: row.name,
                kind: Kind::of_code(&row.kind).ok_or_else(wrong("kind"))?,
                levels: levels.ok_or_else(wrong("levels"))?,
                unit: row.unit,
                decimals: u32::try_from(row.decimals).map_err(|_| wrong("decimals")())?,
                direction: Direction::of_code(&row.direction).ok_or_else(wrong("direction"))?,
                nature: Nature::of_code(&row.nature).ok_or_else(wrong("nature"))?,
                shape,
                counts: match row.counts.as_str() {
                    "" => None,
                    code => Some(WorkMeasure::of_code(code).ok_or_else(wrong("counts"))?),
                },
                split,
                operator: Operator::of_code(&row.operator).ok_or_else(wrong("operator"))?,
                rhythm: PeriodKind::of_code(&row.rhythm).ok_or_else(wrong("rhythm"))?,
                low: optional(VERSIONS, id, row.low.as_deref())?,
                high: optional(VERSIONS, id, row.high.as_deref())?,
                basis: row.basis,
                note: row.note,
            },
        })
    }
}
