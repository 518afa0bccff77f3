//! Tables `agencies` and `agency_aliases`.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, fold, sort_key};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::{Agency, Level};

/// Rows written in one statement.
const AT_ONCE: usize = 200;

/// An agency with its keys. They are made before a turn to write is taken.
pub(crate) struct Keyed<'a> {
    agency: &'a Agency,
    name_fold: String,
    name_sort: Vec<u8>,
    /// Key and spelling. Two spellings with one key are one alias.
    aliases: BTreeMap<String, &'a str>,
}

impl<'a> Keyed<'a> {
    /// The keys of `agency`.
    pub(crate) fn new(agency: &'a Agency) -> Self {
        let mut aliases = BTreeMap::new();
        for alias in &agency.aliases {
            aliases.entry(fold(alias)).or_insert(alias.as_str());
        }
        Self {
            agency,
            name_fold: fold(&agency.name),
            name_sort: sort_key(agency.sort_words()),
            aliases,
        }
    }
}

/// Adds `agencies`, or brings those with a known id up to date.
pub(crate) async fn put(conn: &mut Conn, agencies: &[Keyed<'_>]) -> Result<(), StoreError> {
    for chunk in agencies.chunks(AT_ONCE) {
        put_rows(conn, chunk).await?;
        forget_aliases(conn, chunk).await?;
        put_aliases(conn, chunk).await?;
    }
    Ok(())
}

async fn put_rows(conn: &mut Conn, chunk: &[Keyed<'_>]) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO agencies (id, code, abbr, name, name_fold, name_sort, kind, level, place_code,
             parent_id, path, scope, is_group, valid_from, valid_to, successor_id)
         VALUES {}
         ON CONFLICT (id) DO UPDATE SET abbr = excluded.abbr, name = excluded.name,
             name_fold = excluded.name_fold, name_sort = excluded.name_sort, kind = excluded.kind,
             level = excluded.level, place_code = excluded.place_code,
             parent_id = excluded.parent_id, path = excluded.path, scope = excluded.scope,
             is_group = excluded.is_group, valid_from = excluded.valid_from,
             valid_to = excluded.valid_to, successor_id = excluded.successor_id",
        super::places_of(chunk.len(), 16)
    );
    run!(conn, c => {
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for keyed in chunk {
            let it = keyed.agency;
            query = query
                .bind(it.id.0)
                .bind(&it.code)
                .bind(&it.abbr)
                .bind(&it.name)
                .bind(&keyed.name_fold)
                .bind(&keyed.name_sort)
                .bind(&it.kind)
                .bind(it.level.code())
                .bind(it.place.as_deref())
                .bind(it.parent.map(|id| id.0))
                .bind(it.path.as_str())
                .bind(it.scope.as_str())
                .bind(it.is_group)
                .bind(it.valid_from)
                .bind(it.valid_to)
                .bind(it.successor.map(|id| id.0));
        }
        query.execute(c).await.map(drop)
    })
}

async fn forget_aliases(conn: &mut Conn, chunk: &[Keyed<'_>]) -> Result<(), StoreError> {
    let ids = (1..=chunk.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!("DELETE FROM agency_aliases WHERE agency_id IN ({ids})");
    run!(conn, c => {
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for it in chunk {
            query = query.bind(it.agency.id.0);
        }
        query.execute(c).await.map(drop)
    })
}

async fn put_aliases(conn: &mut Conn, chunk: &[Keyed<'_>]) -> Result<(), StoreError> {
    let rows: Vec<(Uuid, &str, &str)> = chunk
        .iter()
        .flat_map(|it| it.aliases.iter().map(|(key, alias)| (it.agency.id.0, key.as_str(), *alias)))
        .collect();
    for chunk in rows.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO agency_aliases (agency_id, alias_fold, alias) VALUES {}",
            super::places_of(chunk.len(), 3)
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (id, key, alias) in chunk {
                query = query.bind(*id).bind(*key).bind(*alias);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Lists all agencies with their aliases, in the order of the dictionary.
pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<Agency>, StoreError> {
    const SQL: &str = "
        SELECT id, code, abbr, name, kind, level, place_code, parent_id, path, scope, is_group,
               valid_from, valid_to, successor_id
        FROM agencies
        ORDER BY name_sort, id
        LIMIT 100000";
    const ALIASES: &str = "
        SELECT agency_id, alias FROM agency_aliases ORDER BY agency_id, alias_fold LIMIT 1000000";
    let rows = run!(conn, c => sqlx::query_as::<_, AgencyRow>(SQL).fetch_all(c).await)?;
    let named = run!(conn, c => sqlx::query_as::<_, (Uuid, String)>(ALIASES).fetch_all(c).await)?;
    let mut aliases: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (id, alias) in named {
        aliases.entry(id).or_default().push(alias);
    }
    rows.into_iter()
        .map(|row| {
            let aliases = aliases.remove(&row.id).unwrap_or_default();
            row.agency(aliases)
        })
        .collect()
}

#[derive(sqlx::FromRow)]
struct AgencyRow {
    id: Uuid,
    code: String,
    abbr: String,
    name: String,
    kind: String,
    level: String,
    place_code: Option<String>,
    parent_id: Option<Uuid>,
    path: String,
    scope: String,
    is_group: bool,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    successor_id: Option<Uuid>,
}

impl AgencyRow {
    fn agency(self, aliases: Vec<String>) -> Result<Agency, StoreError> {
        let corrupt = |reason: String| StoreError::Corrupt {
            table: "agencies",
            row: self.code.clone(),
            reason,
        };
        let path = |text: &str| AgencyPath::parse(text).map_err(|err| corrupt(err.to_string()));
        Ok(Agency {
            level: Level::of_code(&self.level)
                .ok_or_else(|| corrupt(format!("level {}", self.level)))?,
            path: path(&self.path)?,
            scope: path(&self.scope)?,
            id: AgencyId(self.id),
            aliases,
            place: self.place_code,
            parent: self.parent_id.map(AgencyId),
            is_group: self.is_group,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            successor: self.successor_id.map(AgencyId),
            code: self.code,
            abbr: self.abbr,
            name: self.name,
            kind: self.kind,
        })
    }
}
