//! Pictures come into the library, and others take their place at the same address.

use bytes::Bytes;
use sauro_journal::Event;
use sauro_kernel::{Ctx, Line, Right};
use sauro_papers::{CoverError, FileKind, KindError, Plate, sniff, without_traces};
use sauro_store::{Db, Files, Stored, files};
use serde_json::json;
use uuid::Uuid;

use super::files::MAX_FILE_BYTES;
use super::pictures::Held;
use super::rendition::{aside, turn};
use crate::model::{PastShot, Picture, PictureFields, Shot};
use crate::{PortalError, store};

/// How names of files end that people take for pictures.
const ENDS: [&str; 10] =
    ["jpg", "jpeg", "jpe", "png", "webp", "gif", "svg", "avif", "heic", "heif"];

/// A file that can be drawn, without what it tells of place, time and machine.
struct Checked {
    content: Bytes,
    shot: Shot,
}

/// Whether the file called `name` belongs into the library, if anywhere.
pub fn is_picture_name(name: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    ENDS.contains(&end.as_str())
}

/// Keeps a picture in the library of the caller's agency. What it tells of place, time and machine is taken out.
///
/// # Errors
///
/// [`PortalError::Denied`] to whoever does not write for the portal; [`PortalError::Invalid`] with every fault: what
/// is no picture, what has too many pixels (told before they are read), what may carry a script;
/// [`PortalError::Busy`] while too many pictures are being read.
pub async fn keep_picture(
    ctx: &Ctx,
    (db, kept): (&Db, &Files),
    (name, content): (&str, Bytes),
    fields: &PictureFields,
) -> Result<Picture, PortalError> {
    ctx.require(Right::WritePortal, ctx.actor.own())?;
    let now = ctx.now_us();
    let mut picture = Picture {
        id: ctx.ids.fresh(),
        agency: ctx.actor.agency,
        agency_path: ctx.actor.agency_path.clone(),
        n: 1,
        shot: Shot::default(),
        alt: String::new(),
        licence: String::new(),
        source: String::new(),
        focal: (500, 500),
        author: ctx.actor.display_name.clone(),
        added_at: now,
        changed_at: now,
        removed_at: None,
        stamp: 1,
    };
    let mut faults = Vec::new();
    fields.read(&mut faults, &mut picture);
    if !faults.is_empty() {
        return Err(PortalError::Invalid(faults));
    }
    let Checked { content, shot } = checked(name, content).await?;
    let stored = kept.put(content).await?;
    picture.shot = placed(shot, &stored);
    let mut conn = db.write().await?;
    files::record(&mut conn, &stored, &picture.shot.mime, now).await?;
    store::pictures::insert(&mut conn, &picture).await?;
    store::picture_versions::insert(&mut conn, picture.id, &newest(&picture)).await?;
    let data = json!({
        "agency": picture.agency,
        "hash": picture.shot.hash,
        "name": picture.shot.name,
    });
    let event = Event::new("PortalPictureKept", "portal-picture", picture.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(picture)
}

/// Puts another file in the place of what the picture `id` shows, as its caller read it (`stamp`). Its addresses
/// stay, so that whoever reads an item that shows it sees the new file from now on; the old one is kept as a version.
///
/// # Errors
///
/// As [`keep_picture`]; [`PortalError::NotFound`] for another agency's, [`PortalError::Stale`] when it was changed
/// since, [`PortalError::NotNow`] to whoever is no leader while everybody reads an item that shows it.
pub async fn replace_picture(
    ctx: &Ctx,
    (db, kept): (&Db, &Files),
    (id, stamp): (Uuid, i64),
    (name, content): (&str, Bytes),
) -> Result<Picture, PortalError> {
    // Whoever may not is told before a file is read and kept.
    Held::look(ctx, &mut db.read().await?, id).await?.allows(ctx, Right::ApprovePortal)?;
    let Checked { content, shot } = checked(name, content).await?;
    let stored = kept.put(content).await?;
    let mut conn = db.write().await?;
    let mut held = Held::take(ctx, &mut conn, (id, stamp)).await?;
    held.allows(ctx, Right::ApprovePortal)?;
    let before = std::mem::replace(&mut held.picture.shot, placed(shot, &stored));
    held.picture.n += 1;
    held.keep(ctx, &mut conn).await?;
    files::record(&mut conn, &stored, &held.picture.shot.mime, ctx.now_us()).await?;
    let past = PastShot { author: ctx.actor.display_name.clone(), ..newest(&held.picture) };
    store::picture_versions::insert(&mut conn, id, &past).await?;
    let data = json!({
        "hash": held.picture.shot.hash,
        "before": before.hash,
        "n": held.picture.n,
    });
    held.tell(ctx, &mut conn, ("PortalPictureReplaced", data)).await?;
    conn.commit().await?;
    Ok(held.picture)
}

fn newest(picture: &Picture) -> PastShot {
    PastShot {
        n: picture.n,
        shot: picture.shot.clone(),
        author: picture.author.clone(),
        at: picture.changed_at,
    }
}

fn placed(shot: Shot, stored: &Stored) -> Shot {
    let n_bytes = i64::try_from(stored.n_bytes).unwrap_or(i64::MAX);
    Shot { hash: stored.hash.to_string(), n_bytes, ..shot }
}

/// Reads a file as somebody sent it.
async fn checked(name: &str, content: Bytes) -> Result<Checked, PortalError> {
    let faulty = |words: String| PortalError::of_field("tep", words);
    if content.len() > MAX_FILE_BYTES {
        return Err(faulty("Ảnh quá 20 MB. Thu nhỏ rồi tải lên.".to_owned()));
    }
    let called = Line::parse(name)
        .map_err(|_| faulty("Đặt tên ngắn cho tệp rồi tải lại.".to_owned()))?
        .as_str()
        .to_owned();
    let _turn = turn().await?;
    let asked = called.clone();
    let (content, mime, plate) = aside(move || read(&asked, content)).await?.map_err(faulty)?;
    let (width, height) = plate.size();
    let shot = Shot {
        name: called,
        mime: mime.to_owned(),
        width: i64::from(width),
        height: i64::from(height),
        is_clear: plate.is_clear(),
        ..Shot::default()
    };
    Ok(Checked { content, shot })
}

/// The file without traces, its media type and its pixels; or what is wrong with it.
fn read(name: &str, content: Bytes) -> Result<(Bytes, &'static str, Plate), String> {
    let kind = sniff(&content, name).map_err(|err| match err {
        KindError::Unknown { .. } => NO_PICTURE.to_owned(),
        err => err.sentence(),
    })?;
    if ![FileKind::JPG, FileKind::PNG, FileKind::WEBP].contains(&kind) {
        return Err(NO_PICTURE.to_owned());
    }
    let broken = "Ảnh bị hỏng, không đọc được. Mở ảnh, lưu lại rồi tải lên.";
    let plate = Plate::read(&content).map_err(|err| match err {
        CoverError::NotAPicture => broken.to_owned(),
        CoverError::TooManyPixels { width, height } => format!(
            "Ảnh {width} × {height} có hơn 52 triệu điểm ảnh. Thu nhỏ còn tối đa 52 triệu rồi tải lên."
        ),
    })?;
    let clean = without_traces(content, &kind).map_err(|_| broken.to_owned())?;
    Ok((clean, kind.mime, plate))
}

const NO_PICTURE: &str = "Chọn ảnh JPG, PNG hoặc WebP.";
