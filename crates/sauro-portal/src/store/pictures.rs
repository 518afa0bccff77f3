//! Table `portal_pictures`.

use sauro_kernel::{AgencyId, AgencyPath};
use sauro_store::{Conn, Dialect, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Picture, Shot};

pub(super) const COLUMNS: &str = "
    p.id, p.agency_id, p.agency_path, p.n, p.hash, p.name, p.mime, p.width, p.height, p.is_clear, p.n_bytes, p.alt,
    p.licence, p.source, p.focal_x, p.focal_y, p.author, p.added_at, p.changed_at, p.removed_at, p.stamp";

/// Words that the filter looks for at most.
pub(crate) const MOST_WORDS: usize = 4;

/// Adds a picture.
pub(crate) async fn insert(conn: &mut Conn, it: &Picture) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO portal_pictures (
            id, agency_id, agency_path, n, hash, name, mime, width, height, is_clear, n_bytes, alt, licence, source,
            words, focal_x, focal_y, author, added_at, changed_at, removed_at, stamp)
        VALUES (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19, NULL, $20)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id)
        .bind(it.agency.0)
        .bind(it.agency_path.as_str())
        .bind(it.n)
        .bind(&it.shot.hash)
        .bind(&it.shot.name)
        .bind(&it.shot.mime)
        .bind(it.shot.width)
        .bind(it.shot.height)
        .bind(it.shot.is_clear)
        .bind(it.shot.n_bytes)
        .bind(&it.alt)
        .bind(&it.licence)
        .bind(&it.source)
        .bind(it.words())
        .bind(it.focal.0)
        .bind(it.focal.1)
        .bind(&it.author)
        .bind(it.added_at)
        .bind(it.stamp)
        .execute(c)
        .await
        .map(drop))
}

/// Writes everything that changes of `it`, which was taken in this transaction.
pub(crate) async fn update(conn: &mut Conn, it: &Picture) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE portal_pictures
        SET n = $1, hash = $2, name = $3, mime = $4, width = $5, height = $6, is_clear = $7, n_bytes = $8, alt = $9,
            licence = $10, source = $11, words = $12, focal_x = $13, focal_y = $14, changed_at = $15,
            removed_at = $16, stamp = $17
        WHERE id = $18";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.n)
        .bind(&it.shot.hash)
        .bind(&it.shot.name)
        .bind(&it.shot.mime)
        .bind(it.shot.width)
        .bind(it.shot.height)
        .bind(it.shot.is_clear)
        .bind(it.shot.n_bytes)
        .bind(&it.alt)
        .bind(&it.licence)
        .bind(&it.source)
        .bind(it.words())
        .bind(it.focal.0)
        .bind(it.focal.1)
        .bind(it.changed_at)
        .bind(it.removed_at)
        .bind(it.stamp)
        .bind(it.id)
        .execute(c)
        .await
        .map(drop))
}

/// Finds one picture, also one that was removed.
pub(crate) async fn find(conn: &mut Conn, id: Uuid) -> Result<Option<Picture>, StoreError> {
    one(conn, id, "").await
}

/// Finds one picture that is about to be changed, or that must stay as it is until this transaction has ended.
pub(crate) async fn take(conn: &mut Conn, id: Uuid) -> Result<Option<Picture>, StoreError> {
    let lock = match conn.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR UPDATE",
    };
    one(conn, id, lock).await
}

async fn one(conn: &mut Conn, id: Uuid, lock: &str) -> Result<Option<Picture>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM portal_pictures p WHERE p.id = $1{lock}");
    let row: Option<PictureRow> =
        run!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(c).await)?;
    row.map(Picture::try_from).transpose()
}

/// Pictures of `agency` whose words hold every one of `words` (folded), added last first, after the picture `after`.
pub(crate) async fn of_agency(
    conn: &mut Conn,
    (agency, words): (AgencyId, &[String]),
    after: Uuid,
    limit: u16,
) -> Result<Vec<Picture>, StoreError> {
    let sql = format!(
        r"SELECT {COLUMNS} FROM portal_pictures p
        WHERE p.agency_id = $1 AND p.removed_at IS NULL AND p.id < $2
            AND p.words LIKE $3 ESCAPE '\' AND p.words LIKE $4 ESCAPE '\'
            AND p.words LIKE $5 ESCAPE '\' AND p.words LIKE $6 ESCAPE '\'
        ORDER BY p.id DESC
        LIMIT $7"
    );
    let word = |n: usize| words.get(n).map_or_else(|| "%".to_owned(), |it| holds(it));
    let rows: Vec<PictureRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(agency.0)
        .bind(after)
        .bind(word(0))
        .bind(word(1))
        .bind(word(2))
        .bind(word(MOST_WORDS - 1))
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Picture::try_from).collect()
}

/// The pattern of texts that hold `word`.
fn holds(word: &str) -> String {
    // Folded words have no other sign that means something in a pattern.
    format!("%{}%", word.replace('_', r"\_"))
}

/// What a picture shows, as both tables name it.
#[derive(sqlx::FromRow)]
pub(super) struct ShotRow {
    hash: String,
    name: String,
    mime: String,
    width: i64,
    height: i64,
    is_clear: bool,
    n_bytes: i64,
}

impl From<ShotRow> for Shot {
    fn from(row: ShotRow) -> Self {
        Self {
            hash: row.hash,
            name: row.name,
            mime: row.mime,
            width: row.width,
            height: row.height,
            is_clear: row.is_clear,
            n_bytes: row.n_bytes,
        }
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct PictureRow {
    id: Uuid,
    agency_id: Uuid,
    agency_path: String,
    n: i64,
    #[sqlx(flatten)]
    shot: ShotRow,
    alt: String,
    licence: String,
    source: String,
    focal_x: i64,
    focal_y: i64,
    author: String,
    added_at: i64,
    changed_at: i64,
    removed_at: Option<i64>,
    stamp: i64,
}

impl TryFrom<PictureRow> for Picture {
    type Error = StoreError;

    fn try_from(row: PictureRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            agency: AgencyId(row.agency_id),
            agency_path: AgencyPath::parse(&row.agency_path)
                .map_err(|err| corrupt("portal_pictures", row.id, err))?,
            n: row.n,
            shot: row.shot.into(),
            alt: row.alt,
            licence: row.licence,
            source: row.source,
            focal: (row.focal_x, row.focal_y),
            author: row.author,
            added_at: row.added_at,
            changed_at: row.changed_at,
            removed_at: row.removed_at,
            stamp: row.stamp,
        })
    }
}
