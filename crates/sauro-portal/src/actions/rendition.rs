//! Files drawn of pictures: at a few widths, in a few formats, one at a time.

use std::sync::Arc;

use sauro_kernel::{Ctx, Right};
use sauro_papers::{CoverError, Plate};
use sauro_store::{Conn, Db, FileHash, Files, FilesError, Keys, files};
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

use crate::model::{Picture, Preview, Rendition, Shot, State};
use crate::store::renditions::Drawn;
use crate::{PortalError, store};

/// Each picture that is being drawn takes some hundred megabytes and a processor.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// How many may wait for their turn; what comes beyond is told to come again.
static WAITING: Semaphore = Semaphore::const_new(200);

/// A file that shows a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFile {
    /// Its content, by SHA-256.
    pub hash: String,
    /// Its media type.
    pub mime: &'static str,
    /// Its size.
    pub n_bytes: i64,
    /// Everybody reads something that shows it.
    pub is_public: bool,
}

/// The place at which pictures are drawn, until it is dropped.
pub(super) async fn turn() -> Result<SemaphorePermit<'static>, PortalError> {
    let _place = WAITING.try_acquire().map_err(|_| PortalError::Busy)?;
    ONE_AT_A_TIME.acquire().await.map_err(|_| PortalError::Busy)
}

/// Runs `work` where it holds up no request.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PortalError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| FilesError::Closing.into())
}

/// The file that shows the picture `id` as `asked`. It is drawn when somebody asks for the first time. Read by
/// everybody once a public item shows it, by whoever writes for its agency, and by whoever has the link to a preview
/// (`pass`: its key and its word).
///
/// # Errors
///
/// [`PortalError::NotFound`] when there is none for this caller, [`PortalError::Busy`] while too many wait.
pub async fn picture_file(
    ctx: &Ctx,
    (db, kept): (&Db, &Files),
    (id, asked): (Uuid, Rendition),
    pass: Option<(&Keys, &str)>,
) -> Result<PictureFile, PortalError> {
    let mut conn = db.read().await?;
    let (picture, is_public) = readable(ctx, &mut conn, id, pass).await?;
    let wanted = picture.shot.kept_as(asked);
    let found = store::renditions::find(&mut conn, (&picture.shot.hash, wanted)).await?;
    drop(conn);
    let drawn = match found {
        Some(it) => it,
        None => draw(ctx, (db, kept), (&picture.shot, wanted)).await?,
    };
    Ok(PictureFile {
        hash: drawn.hash,
        mime: wanted.format.mime(),
        n_bytes: drawn.n_bytes,
        is_public,
    })
}

/// The picture `id` for this caller, and whether everybody sees it.
async fn readable(
    ctx: &Ctx,
    conn: &mut Conn,
    id: Uuid,
    pass: Option<(&Keys, &str)>,
) -> Result<(Picture, bool), PortalError> {
    let missing = PortalError::NotFound("picture of the portal");
    let found = store::pictures::find(conn, id).await?;
    let Some(picture) = found.filter(|it| it.removed_at.is_none()) else { return Err(missing) };
    if store::picture_uses::is_read(conn, id).await? {
        return Ok((picture, true));
    }
    if ctx.may(Right::WritePortal, picture.over()) {
        return Ok((picture, false));
    }
    match pass {
        Some((keys, token)) if is_previewed(ctx, conn, (keys, token), id).await? => {
            Ok((picture, false))
        }
        _ => Err(missing),
    }
}

/// Whether the link with `token` shows the picture now.
async fn is_previewed(
    ctx: &Ctx,
    conn: &mut Conn,
    (keys, token): (&Keys, &str),
    picture: Uuid,
) -> Result<bool, PortalError> {
    let Some(preview) = Preview::of_token(token, &keys.public_key()) else { return Ok(false) };
    if preview.until < ctx.now_us() {
        return Ok(false);
    }
    let item = store::items::find(conn, preview.item).await?;
    if item.is_none_or(|it| it.state == State::Withdrawn) {
        return Ok(false);
    }
    let version = store::versions::find(conn, preview.item, preview.n).await?;
    Ok(version.is_some_and(|it| it.content.pictures().contains(&picture)))
}

async fn draw(
    ctx: &Ctx,
    (db, kept): (&Db, &Files),
    (shot, wanted): (&Shot, Rendition),
) -> Result<Drawn, PortalError> {
    let _turn = turn().await?;
    // Whoever was before may have wanted the same.
    let of = (shot.hash.as_str(), wanted);
    if let Some(it) = store::renditions::find(&mut db.read().await?, of).await? {
        return Ok(it);
    }
    let content = kept.read(&hash_of(shot)?).await?;
    let made = aside(move || Plate::read(&content)?.drawn(wanted.width, wanted.format)).await?;
    keep(ctx, (db, kept), of, made).await
}

/// Draws everything that pages ask for of `shot`, so that readers do not wait for it. What fails is drawn when
/// somebody asks.
///
/// # Errors
///
/// [`PortalError::NotFound`] when it is no picture, [`PortalError::Busy`] while too many wait.
pub async fn draw_ahead(
    ctx: &Ctx,
    (db, kept): (&Db, &Files),
    shot: &Shot,
) -> Result<(), PortalError> {
    let content = kept.read(&hash_of(shot)?).await?;
    let plate = {
        let _turn = turn().await?;
        aside(move || Plate::read(&content)).await?.map_err(no_picture)?
    };
    let plate = Arc::new(plate);
    let mut all = shot.renditions();
    // The desk shows the small ones at once, and the slow format comes last.
    all.sort_by_key(|it| (std::cmp::Reverse(it.format), it.width));
    for wanted in all {
        let _turn = turn().await?;
        let of = (shot.hash.as_str(), wanted);
        if store::renditions::find(&mut db.read().await?, of).await?.is_none() {
            let plate = plate.clone();
            let made = aside(move || plate.drawn(wanted.width, wanted.format)).await?;
            keep(ctx, (db, kept), of, made).await?;
        }
    }
    Ok(())
}

/// What is drawn follows from the picture and can be drawn again: the journal does not hear of it.
async fn keep(
    ctx: &Ctx,
    (db, kept): (&Db, &Files),
    of: (&str, Rendition),
    made: Result<Vec<u8>, CoverError>,
) -> Result<Drawn, PortalError> {
    let stored = kept.put(made.map_err(no_picture)?.into()).await?;
    let n_bytes = i64::try_from(stored.n_bytes).unwrap_or(i64::MAX);
    let drawn = Drawn { hash: stored.hash.to_string(), n_bytes };
    let mut conn = db.write().await?;
    files::record(&mut conn, &stored, of.1.format.mime(), ctx.now_us()).await?;
    store::renditions::insert(&mut conn, of, (&drawn, ctx.now_us())).await?;
    conn.commit().await?;
    Ok(drawn)
}

fn hash_of(shot: &Shot) -> Result<FileHash, PortalError> {
    shot.hash.parse().map_err(|_| PortalError::NotFound("content of a picture"))
}

fn no_picture(_: CoverError) -> PortalError {
    PortalError::NotFound("picture that can be drawn")
}
