//! Tables `places`, `place_names` and `place_predecessors`.

use chrono::NaiveDate;
use sauro_kernel::{fold, sort_key};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;

use crate::model::{Level, Place, PlaceName, Predecessor};

const AT_ONCE: usize = 300;

/// Adds `places` with all their names, or replaces the names of known ones. Provinces come first.
pub(crate) async fn put(conn: &mut Conn, places: &[Place]) -> Result<(), StoreError> {
    for chunk in places.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO places (code, parent_code, level) VALUES {}
             ON CONFLICT (code) DO UPDATE SET parent_code = excluded.parent_code, level = excluded.level",
            super::places_of(chunk.len(), 3)
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for it in chunk {
                query = query.bind(&it.code).bind(it.parent.as_deref()).bind(it.level.code());
            }
            query.execute(c).await.map(drop)
        })?;
        put_names(conn, chunk).await?;
    }
    Ok(())
}

async fn put_names(conn: &mut Conn, places: &[Place]) -> Result<(), StoreError> {
    let names: Vec<(&str, &PlaceName)> =
        places.iter().flat_map(|it| it.names.iter().map(|name| (it.code.as_str(), name))).collect();
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
            for (code, it) in chunk {
                query = query
                    .bind(*code)
                    .bind(it.valid_from)
                    .bind(it.valid_to)
                    .bind(&it.kind)
                    .bind(&it.name)
                    .bind(fold(&it.name))
                    .bind(sort_key(&it.name))
                    .bind(&it.basis);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// What the place `code` was called on `day`: kind and name.
pub(crate) async fn name_on(
    conn: &mut Conn,
    code: &str,
    day: NaiveDate,
) -> Result<Option<(String, String)>, StoreError> {
    const SQL: &str = "
        SELECT kind, name
        FROM place_names
        WHERE code = $1 AND valid_from <= $2
        ORDER BY valid_from DESC
        LIMIT 1";
    run!(conn, c => sqlx::query_as::<_, (String, String)>(SQL)
        .bind(code)
        .bind(day)
        .fetch_optional(c)
        .await)
}

/// Adds `pairs`, or brings known ones up to date.
pub(crate) async fn put_predecessors(
    conn: &mut Conn,
    pairs: &[Predecessor],
) -> Result<(), StoreError> {
    for chunk in pairs.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO place_predecessors (new_code, level, old_code, old_name, old_fold, context, how)
             VALUES {}
             ON CONFLICT (new_code, level, old_code) DO UPDATE SET old_name = excluded.old_name,
                 old_fold = excluded.old_fold, context = excluded.context, how = excluded.how",
            super::places_of(chunk.len(), 7)
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for it in chunk {
                query = query
                    .bind(&it.new_code)
                    .bind(it.level.code())
                    .bind(&it.old_code)
                    .bind(&it.old_name)
                    .bind(fold(&it.old_name))
                    .bind(&it.context)
                    .bind(&it.how);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Lists all former places.
pub(crate) async fn predecessors(conn: &mut Conn) -> Result<Vec<Predecessor>, StoreError> {
    const SQL: &str = "
        SELECT new_code, level, old_code, old_name, context, how
        FROM place_predecessors
        ORDER BY new_code, level, old_code
        LIMIT 100000";
    let rows = run!(conn, c => sqlx::query_as::<_, (String, String, String, String, String, String)>(SQL)
        .fetch_all(c)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|(new_code, level, old_code, old_name, context, how)| Predecessor {
            new_code,
            level: Level::of_code(&level).unwrap_or(Level::Commune),
            old_code,
            old_name,
            context,
            how,
        })
        .collect())
}

/// The codes among `codes` that are no place.
pub(crate) async fn unknown(conn: &mut Conn, codes: &[&str]) -> Result<Vec<String>, StoreError> {
    const SQL: &str = "SELECT code FROM places ORDER BY code LIMIT 100000";
    let known = run!(conn, c => sqlx::query_scalar::<_, String>(SQL).fetch_all(c).await)?;
    let known: std::collections::HashSet<&str> = known.iter().map(String::as_str).collect();
    Ok(codes.iter().filter(|it| !known.contains(**it)).map(|it| (*it).to_owned()).collect())
}
