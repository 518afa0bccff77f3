//! Opening what a command works on.

use std::sync::Arc;

use anyhow::Context;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Ctx};
use sauro_petitions::actions::House;
use sauro_store::{Db, Files, Keys, Limits};

use crate::config::Config;
use crate::{FreshIds, SystemClock};

/// The database and the files of an installation.
pub(super) struct Premises {
    pub(super) db: Db,
    pub(super) files: Files,
}

/// Opens the database (made and migrated when it is not there) and the files.
pub(super) async fn premises(config: &Config) -> anyhow::Result<Premises> {
    premises_within(config, Limits::default()).await
}

/// [`premises`] under `limits`.
pub(super) async fn premises_within(config: &Config, limits: Limits) -> anyhow::Result<Premises> {
    let data = &config.store.data;
    std::fs::create_dir_all(data).with_context(|| {
        format!("Không tạo được thư mục dữ liệu {}. Chọn nơi khác bằng --data", data.display())
    })?;
    let db = Db::open_with(&config.database_url(), limits).await.with_context(|| {
        "Không mở được cơ sở dữ liệu. Chạy `sauro check` để xem nguyên nhân".to_owned()
    })?;
    let files = Files::open(&config.files_url())
        .await
        .with_context(|| format!("Không mở được nơi để tệp {}", config.files_url()))?;
    let files = match config.store.clamd.as_str() {
        "" => files,
        address => files.scanned_by(address),
    };
    Ok(Premises { db, files })
}

/// The machine room, now.
pub(super) fn system() -> Ctx {
    Ctx { actor: Actor::system(), clock: Arc::new(SystemClock), ids: Arc::new(FreshIds) }
}

/// What personal data are sealed with: the key file of an installation, made when it is not there.
pub(super) fn keys(config: &Config) -> anyhow::Result<Keys> {
    Keys::open(&config.store.data.join("keys"))
        .context("Không mở được tệp khóa trong thư mục dữ liệu")
}

/// Takes in the shipped fields of petitions; the catalogue of agencies is there.
pub(super) async fn shipped_fields(
    ctx: &Ctx,
    premises: &Premises,
    keys: &Keys,
) -> anyhow::Result<()> {
    let handle = DirectoryHandle::load(ctx, &premises.db).await?;
    let (directory, calendar) = (handle.directory(), handle.calendar());
    let house = House {
        db: &premises.db,
        files: &premises.files,
        keys,
        directory: &directory,
        calendar: &calendar,
    };
    sauro_petitions::actions::load_shipped(ctx, &house).await?;
    Ok(())
}
