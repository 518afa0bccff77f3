//! Tables `agencies` and `agency_aliases`.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, fold, sort_key};
use sauro_store::{Conn, StoreError, run};
use serde_json::json;
use uuid::Uuid;

use super::bulk::{Kind, Rows, Table, hex};
use crate::model::{Agency, Level};

const AGENCIES: Table = Table {
    name: "agencies",
    key: &["id"],
    columns: &[
        ("id", Kind::Id),
        ("code", Kind::Text),
        ("abbr", Kind::Text),
        ("name", Kind::Text),
        ("name_fold", Kind::Text),
        ("name_sort", Kind::Bytes),
        ("kind", Kind::Text),
        ("level", Kind::Text),
        ("place_code", Kind::Text),
        ("parent_id", Kind::Id),
        ("path", Kind::Text),
        ("scope", Kind::Text),
        ("is_group", Kind::Flag),
        ("valid_from", Kind::Day),
        ("valid_to", Kind::Day),
        ("successor_id", Kind::Id),
    ],
};

const ALIASES: Table = Table {
    name: "agency_aliases",
    key: &["agency_id", "alias_fold"],
    columns: &[("agency_id", Kind::Id), ("alias_fold", Kind::Text), ("alias", Kind::Text)],
};

/// Agencies with their keys, ready to be written.
pub(crate) struct AgencyRows {
    agencies: Rows,
    aliases: Rows,
}

impl AgencyRows {
    /// The rows of `agencies`.
    pub(crate) fn new(agencies: &[Agency]) -> Self {
        let id = |id: AgencyId| id.0.simple().to_string();
        let row = |it: &Agency| {
            json!([
                id(it.id),
                it.code,
                it.abbr,
                it.name,
                fold(&it.name),
                hex(&sort_key(it.sort_words())),
                it.kind,
                it.level.code(),
                it.place,
                it.parent.map(id),
                it.path.as_str(),
                it.scope.as_str(),
                it.is_group,
                it.valid_from,
                it.valid_to,
                it.successor.map(id),
            ])
        };
        // Two spellings with one key are one alias.
        let keys = |it: &Agency| {
            let mut keys = BTreeMap::new();
            for alias in &it.aliases {
                keys.entry(fold(alias)).or_insert_with(|| alias.clone());
            }
            let id = id(it.id);
            keys.into_iter().map(move |(key, alias)| json!([id, key, alias]))
        };
        Self {
            agencies: agencies.iter().map(row).collect(),
            aliases: agencies.iter().flat_map(keys).collect(),
        }
    }
}

/// Adds agencies, or brings those with a known id up to date.
pub(crate) async fn put(conn: &mut Conn, rows: &AgencyRows) -> Result<(), StoreError> {
    AGENCIES.put(conn, &rows.agencies).await?;
    ALIASES.forget(conn, "agency_id", &rows.agencies).await?;
    ALIASES.put(conn, &rows.aliases).await
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
