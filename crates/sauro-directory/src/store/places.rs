//! Tables `places` and `place_names`.

use chrono::NaiveDate;
use sauro_kernel::{fold, sort_key};
use sauro_store::{Conn, StoreError, run};
use serde_json::json;

use super::bulk::{Kind, Rows, Table, hex};
use crate::model::{Atlas, Level, Place, PlaceName};

const PLACES: Table = Table {
    name: "places",
    key: &["code"],
    columns: &[("code", Kind::Text), ("parent_code", Kind::Text), ("level", Kind::Text)],
};

const NAMES: Table = Table {
    name: "place_names",
    key: &["code", "valid_from"],
    columns: &[
        ("code", Kind::Text),
        ("valid_from", Kind::Day),
        ("valid_to", Kind::Day),
        ("kind", Kind::Text),
        ("name", Kind::Text),
        ("name_fold", Kind::Text),
        ("name_sort", Kind::Bytes),
        ("basis", Kind::Text),
    ],
};

/// Places with their names and keys, ready to be written.
pub(crate) struct PlaceRows {
    places: Rows,
    names: Rows,
}

impl PlaceRows {
    /// The rows of `places`.
    pub(crate) fn new(places: &[Place]) -> Self {
        let name = |code: &str, it: &PlaceName| {
            json!([
                code,
                it.valid_from,
                it.valid_to,
                it.kind,
                it.name,
                fold(&it.name),
                hex(&sort_key(&it.name)),
                it.basis,
            ])
        };
        Self {
            places: places.iter().map(|it| json!([it.code, it.parent, it.level.code()])).collect(),
            names: places
                .iter()
                .flat_map(|place| place.names.iter().map(move |it| name(&place.code, it)))
                .collect(),
        }
    }
}

/// Adds places with all their names, or replaces the names of known ones.
pub(crate) async fn put(conn: &mut Conn, rows: &PlaceRows) -> Result<(), StoreError> {
    PLACES.put(conn, &rows.places).await?;
    NAMES.put(conn, &rows.names).await
}

/// All places with all their names.
pub(crate) async fn atlas(conn: &mut Conn) -> Result<Atlas, StoreError> {
    const SQL: &str = "
        SELECT p.code, p.parent_code, p.level, n.valid_from, n.valid_to, n.kind, n.name, n.basis
        FROM places p
        JOIN place_names n ON n.code = p.code
        ORDER BY p.code, n.valid_from
        LIMIT 200000";
    let rows = run!(conn, c => sqlx::query_as::<_, PlaceRow>(SQL).fetch_all(c).await)?;
    Ok(Atlas::new(gathered(rows)?))
}

/// The place `code` with all its names, oldest first.
pub(crate) async fn find(conn: &mut Conn, code: &str) -> Result<Option<Place>, StoreError> {
    const SQL: &str = "
        SELECT p.code, p.parent_code, p.level, n.valid_from, n.valid_to, n.kind, n.name, n.basis
        FROM places p
        JOIN place_names n ON n.code = p.code
        WHERE p.code = $1
        ORDER BY n.valid_from
        LIMIT 1000";
    let rows = run!(conn, c => sqlx::query_as::<_, PlaceRow>(SQL).bind(code).fetch_all(c).await)?;
    Ok(gathered(rows)?.pop())
}

#[derive(sqlx::FromRow)]
struct PlaceRow {
    code: String,
    parent_code: Option<String>,
    level: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    kind: String,
    name: String,
    basis: String,
}

/// One place for the rows of each code, which follow each other.
fn gathered(rows: Vec<PlaceRow>) -> Result<Vec<Place>, StoreError> {
    let mut places: Vec<Place> = Vec::new();
    for row in rows {
        let PlaceRow { code, parent_code, level, valid_from, valid_to, kind, name, basis } = row;
        let name = PlaceName { valid_from, valid_to, kind, name, basis };
        match places.last_mut().filter(|it| it.code == code) {
            Some(place) => place.names.push(name),
            None => {
                let level = read_level(&code, &level)?;
                places.push(Place { code, parent: parent_code, level, names: vec![name] });
            }
        }
    }
    Ok(places)
}

pub(super) fn read_level(code: &str, level: &str) -> Result<Level, StoreError> {
    Level::of_code(level).ok_or_else(|| StoreError::Corrupt {
        table: "places",
        row: code.to_owned(),
        reason: format!("level {level}"),
    })
}
