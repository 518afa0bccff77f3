//! Tables `places` and `place_names`.

use chrono::NaiveDate;
use sauro_kernel::{fold, sort_key};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;

use crate::model::{Atlas, Level, Place, PlaceName};

const AT_ONCE: usize = 300;

/// A place with the keys of its names. They are made before a turn to write is taken.
pub(crate) struct Keyed<'a> {
    place: &'a Place,
    keys: Vec<(String, Vec<u8>)>,
}

impl<'a> Keyed<'a> {
    /// The keys of `places`.
    pub(crate) fn all(places: &[&'a Place]) -> Vec<Self> {
        let keys =
            |it: &Place| it.names.iter().map(|it| (fold(&it.name), sort_key(&it.name))).collect();
        places.iter().map(|place| Self { place, keys: keys(place) }).collect()
    }
}

/// Adds `places` with all their names, or replaces the names of known ones. Provinces come first.
pub(crate) async fn put(conn: &mut Conn, places: &[Keyed<'_>]) -> Result<(), StoreError> {
    for chunk in places.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO places (code, parent_code, level) VALUES {}
             ON CONFLICT (code) DO UPDATE SET parent_code = excluded.parent_code, level = excluded.level",
            super::places_of(chunk.len(), 3)
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for Keyed { place, .. } in chunk {
                query = query
                    .bind(&place.code)
                    .bind(place.parent.as_deref())
                    .bind(place.level.code());
            }
            query.execute(c).await.map(drop)
        })?;
        put_names(conn, chunk).await?;
    }
    Ok(())
}

async fn put_names(conn: &mut Conn, places: &[Keyed<'_>]) -> Result<(), StoreError> {
    let names: Vec<(&str, &PlaceName, &(String, Vec<u8>))> = places
        .iter()
        .flat_map(|it| {
            let code = it.place.code.as_str();
            it.place.names.iter().zip(&it.keys).map(move |(name, keys)| (code, name, keys))
        })
        .collect();
    for chunk in names.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO place_names (code, valid_from, valid_to, kind, name, name_fold, name_sort, basis)
             VALUES {}
             ON CONFLICT (code, valid_from) DO UPDATE SET valid_to = excluded.valid_to,
                 kind = excluded.kind, name = excluded.name, name_fold = excluded.name_fold,
                 name_sort = excluded.name_sort, basis = excluded.basis",
            super::places_of(chunk.len(), 8)
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (code, it, (fold, sort)) in chunk {
                query = query
                    .bind(*code)
                    .bind(it.valid_from)
                    .bind(it.valid_to)
                    .bind(&it.kind)
                    .bind(&it.name)
                    .bind(fold)
                    .bind(sort)
                    .bind(&it.basis);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
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
