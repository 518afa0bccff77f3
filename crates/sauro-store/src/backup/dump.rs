use std::path::Path;

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;

use super::catalog::{self, Table, column_list, quoted};
use super::pack::Pack;
use super::{
    BackupError, FORMAT, Kind, MANIFEST, Manifest, TableNote, cell, file_part, table_part,
};
use crate::{Conn, Db, Dialect, FileHash, Files, FilesError, RawConn, files};

/// Bytes of rows handed over at once.
const PIECE: usize = 64 * 1024;

/// Files asked for at once.
const PAGE: u16 = 10_000;

/// Makes a backup of the live `db` and its `files` at `to`, while others go on reading and writing.
/// Answers what is in it; look at [`Manifest::missing_files`].
///
/// # Errors
///
/// Nothing is left at `to` when it fails; an existing file is not touched.
pub async fn backup(
    db: &Db,
    files: &Files,
    to: &Path,
    now_us: i64,
) -> Result<Manifest, BackupError> {
    let pack = Pack::create(to);
    match write(db, files, &pack, now_us).await {
        Ok(manifest) => pack.finish().await.map(|()| manifest),
        // The thread stopped first, and knows why.
        Err(BackupError::Closing) => {
            Err(pack.outcome().await.err().unwrap_or(BackupError::Closing))
        }
        Err(err) => Err(err),
    }
}

/// A name for a backup made now: `sauro-20260601-080000.zip`, in Viet Nam's time.
pub fn backup_name(now: chrono::DateTime<chrono::Utc>) -> String {
    now.with_timezone(&sauro_kernel::VIETNAM).format("sauro-%Y%m%d-%H%M%S.zip").to_string()
}

async fn write(db: &Db, files: &Files, pack: &Pack, now_us: i64) -> Result<Manifest, BackupError> {
    let mut conn = db.read().await?;
    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        made_at: now_us,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        engine: format!("{:?}", db.dialect()).to_lowercase(),
        migration: catalog::migration(&mut conn).await?,
        tables: Vec::new(),
        n_files: 0,
        n_file_bytes: 0,
        missing_files: Vec::new(),
    };
    for table in catalog::tables(&mut conn).await? {
        pack.start(table_part(&table.name), true).await?;
        let n_rows = write_table(&mut conn, &table, pack).await?;
        let sha256 = pack.hash().await?;
        let Table { name, columns } = table;
        manifest.tables.push(TableNote { name, columns, n_rows, sha256 });
    }
    let hashes = named_files(&mut conn).await?;
    // The snapshot is no longer needed.
    drop(conn);
    for hash in hashes {
        write_file(files, hash, pack, &mut manifest).await?;
    }
    pack.start(MANIFEST.to_owned(), true).await?;
    pack.data(serde_json::to_vec_pretty(&manifest)?.into()).await?;
    Ok(manifest)
}

async fn named_files(conn: &mut Conn) -> Result<Vec<FileHash>, BackupError> {
    let mut hashes = Vec::new();
    loop {
        let page = files::page_after(conn, hashes.last().copied(), PAGE).await?;
        if page.is_empty() {
            return Ok(hashes);
        }
        hashes.extend(page.into_iter().map(|row| row.hash));
    }
}

async fn write_table(conn: &mut Conn, table: &Table, pack: &Pack) -> Result<u64, BackupError> {
    let sql = AssertSqlSafe(select(table, conn.dialect()));
    let columns = table.columns.as_slice();
    let answer = match conn.raw()? {
        RawConn::Sqlite(mut lease) => {
            let rows = sqlx::query(sql).fetch(&mut *lease);
            pump(rows.map(|row| cell::from_sqlite(&row?, columns)), pack).await
        }
        RawConn::Postgres(c) => {
            let rows = sqlx::query(sql).fetch(c);
            pump(rows.map(|row| cell::from_postgres(&row?, columns)), pack).await
        }
    };
    conn.settle(answer)?
}

/// Hands lines over in larger pieces, and counts them.
async fn pump(
    lines: impl Stream<Item = Result<Vec<u8>, sqlx::Error>>,
    pack: &Pack,
) -> Result<Result<u64, BackupError>, sqlx::Error> {
    futures_util::pin_mut!(lines);
    let (mut n_rows, mut piece) = (0, BytesMut::new());
    while let Some(line) = lines.try_next().await? {
        piece.extend_from_slice(&line);
        n_rows += 1;
        if piece.len() >= PIECE
            && let Err(err) = pack.data(piece.split().freeze()).await
        {
            return Ok(Err(err));
        }
    }
    Ok(pack.data(piece.freeze()).await.map(|()| n_rows))
}

fn select(table: &Table, dialect: Dialect) -> String {
    let columns = match dialect {
        Dialect::Sqlite => column_list(&table.columns),
        Dialect::Postgres => {
            let cast = |it: &super::Column| match it.kind {
                Kind::Int => format!("{}::int8", quoted(&it.name)),
                _ => quoted(&it.name),
            };
            table.columns.iter().map(cast).collect::<Vec<_>>().join(", ")
        }
    };
    // Restored in this order, entries without a place are placed after all others.
    let order = match (table.name.as_str(), dialect) {
        ("journal_entries", Dialect::Sqlite) => "position",
        ("journal_entries", Dialect::Postgres) => "position NULLS LAST, arrival",
        _ => "1",
    };
    format!("SELECT {columns} FROM {} ORDER BY {order}", quoted(&table.name))
}

/// Copies a file. One that is missing or damaged is noted: the rest is worth keeping.
async fn write_file(
    files: &Files,
    hash: FileHash,
    pack: &Pack,
    manifest: &mut Manifest,
) -> Result<(), BackupError> {
    if !is_whole(files, &hash).await? {
        manifest.missing_files.push(hash);
        return Ok(());
    }
    pack.start(file_part(&hash), false).await?;
    let mut pieces = files.stream(&hash).await?;
    while let Some(piece) = pieces.try_next().await? {
        manifest.n_file_bytes += piece.len() as u64;
        pack.data(piece).await?;
    }
    manifest.n_files += 1;
    Ok(())
}

/// Reads the file once without holding it in memory.
async fn is_whole(files: &Files, hash: &FileHash) -> Result<bool, BackupError> {
    let mut pieces = match files.stream(hash).await {
        Ok(pieces) => pieces,
        Err(FilesError::NotFound(_)) => return Ok(false),
        Err(err) => return Err(err.into()),
    };
    let mut hasher = Sha256::new();
    while let Some(piece) = pieces.try_next().await? {
        let piece: Bytes = piece;
        hasher.update(&piece);
    }
    Ok(FileHash(hasher.finalize().into()) == *hash)
}
