//! `sauro backup` and `sauro restore`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use sauro_store::{Files, backup};

use super::{log, open};
use crate::config::Config;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Tệp sao lưu
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) async fn save(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    let premises = open::premises(config).await?;
    anyhow::ensure!(
        !arguments.file.exists(),
        "{} đã có. Chọn tên khác; bản sao lưu cũ không bị ghi đè",
        arguments.file.display()
    );
    // What the backup holds is sealed first, so that a restored copy can be checked to its end.
    sauro_journal::stamp(&premises.db, open::system().now_us(), None).await?;
    let made =
        backup::backup(&premises.db, &premises.files, &arguments.file, open::system().now_us())
            .await
            .with_context(|| format!("Không ghi được {}", arguments.file.display()))?;
    let n_rows: u64 = made.tables.iter().map(|table| table.n_rows).sum();
    println!(
        "Đã sao lưu vào {}: {} bảng, {n_rows} dòng, {} tệp.",
        arguments.file.display(),
        made.tables.len(),
        made.n_files
    );
    Ok(())
}

pub(super) async fn restore(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    std::fs::create_dir_all(&config.store.data)?;
    let files = Files::open(&config.files_url()).await?;
    let done = backup::restore(&arguments.file, &config.database_url(), &files)
        .await
        .with_context(|| format!("Không khôi phục được từ {}", arguments.file.display()))?;
    println!("Đã khôi phục {} dòng, {} tệp.", done.n_rows, done.manifest.n_files);
    let premises = open::premises(config).await?;
    let verdict = sauro_journal::verify(&premises.db, None, |_| {}).await?;
    log::tell(&verdict)
}
