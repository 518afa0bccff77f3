//! Files of items: papers to take along.

use bytes::Bytes;
use sauro_journal::Event;
use sauro_kernel::{Ctx, Line, PortalItemId};
use sauro_store::{Db, Files, files};
use serde_json::json;
use uuid::Uuid;

use super::hold::Hold;
use crate::model::{Act, ItemFile};
use crate::{PortalError, store};

/// Largest file.
pub const MAX_FILE_BYTES: usize = 20 << 20;

/// Most files of one item.
const MOST_FILES: usize = 100;

/// What may be kept: how its content begins, its media type, the end of its name.
const KINDS: [(&[u8], &str, &str); 4] = [
    (b"%PDF-", "application/pdf", "pdf"),
    (
        b"PK\x03\x04",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    (b"PK\x03\x04", "application/zip", "zip"),
];

/// Keeps a file for the item `id`. Pictures are kept in the library instead ([`super::keep_picture`]).
///
/// # Errors
///
/// [`PortalError::Invalid`] for a kind of file that is not shown, [`PortalError::NotFound`] for another agency's,
/// [`PortalError::Stale`] when it can no longer be written.
pub async fn keep_file(
    ctx: &Ctx,
    (db, kept): (&Db, &Files),
    id: PortalItemId,
    (name, content): (&str, Bytes),
) -> Result<ItemFile, PortalError> {
    let faulty = |words: &str| PortalError::of_field("tep", words);
    let end = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    let kind = KINDS.iter().find(|(head, _, of)| content.starts_with(head) && *of == end);
    let Some((_, mime, _)) = kind else {
        return Err(faulty(
            "Chọn tệp ảnh (JPG, PNG, WebP) hoặc PDF, DOCX, XLSX, ZIP còn nguyên vẹn.",
        ));
    };
    if content.len() > MAX_FILE_BYTES {
        return Err(faulty("Tệp quá 20 MB. Thu nhỏ hoặc chia thành nhiều tệp."));
    }
    let name = Line::parse(name).map_err(|_| faulty("Đặt tên ngắn cho tệp rồi tải lại."))?;
    Hold::look(ctx, &mut db.read().await?, id, Act::Write).await?;
    let stored = kept.put(content).await?;
    let file = ItemFile {
        id: ctx.ids.fresh(),
        hash: stored.hash.to_string(),
        name: name.as_str().to_owned(),
        mime: (*mime).to_owned(),
        n_bytes: i64::try_from(stored.n_bytes).unwrap_or(i64::MAX),
    };
    let mut conn = db.write().await?;
    let hold = Hold::take(ctx, &mut conn, id, (Act::Write, None)).await?;
    if store::files::of_item(&mut conn, id).await?.len() >= MOST_FILES {
        return Err(faulty("Bài đã có 100 tệp. Bỏ bớt, hoặc nén lại thành một tệp ZIP."));
    }
    files::record(&mut conn, &stored, mime, ctx.now_us()).await?;
    store::files::insert(&mut conn, id, (&file, ctx.now_us())).await?;
    let data = json!({ "file": file.id, "hash": file.hash, "item": hold.item.id });
    let event = Event::new("PortalFileKept", "portal", id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(file)
}

/// The file `id` of something that everybody reads, or that the caller works on.
///
/// # Errors
///
/// [`PortalError::NotFound`] when there is none for this caller.
pub async fn file_to_read(ctx: &Ctx, db: &Db, id: Uuid) -> Result<ItemFile, PortalError> {
    let missing = PortalError::NotFound("file of the portal");
    let mut conn = db.read().await?;
    let found = store::files::find(&mut conn, id).await?;
    let Some((item, file)) = found else { return Err(missing) };
    let item = store::items::find(&mut conn, item).await?;
    let Some(item) = item else { return Err(missing) };
    if item.state.is_read()
        && let Some(n) = item.live_n
        && let Some(version) = store::versions::find(&mut conn, item.id, n).await?
        && version.content.files().contains(&file.id)
    {
        return Ok(file);
    }
    // What no public version shows is for those who write it.
    match Hold::look(ctx, &mut conn, item.id, Act::Look).await {
        Ok(_) => Ok(file),
        Err(PortalError::Store(err)) => Err(err.into()),
        Err(_) => Err(missing),
    }
}
