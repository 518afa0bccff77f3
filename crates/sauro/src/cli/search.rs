//! `sauro search`: the index of what is found by words.

use anyhow::Context;
use clap::{Args, Subcommand};
use sauro_directory::DirectoryHandle;
use sauro_search::{IndexError, SearchIndex};

use super::open;
use crate::config::Config;
use crate::processes::{SearchProcess, SearchingError, compare};

#[derive(Debug, Args)]
#[command(
    after_help = "Ví dụ:\n  sauro search check              so mục lục với cơ sở dữ liệu\n  sauro search rebuild            dựng lại; máy chủ đang chạy thì tự dựng, vẫn tìm được trong lúc ấy"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Dựng lại mục lục từ cơ sở dữ liệu
    Rebuild,
    /// So mục lục với cơ sở dữ liệu: số lượng từng loại, và một phần lấy mẫu
    Check,
}

/// Differences printed at most.
const LINES: usize = 100;

/// The index of this installation.
pub(super) fn index(config: &Config) -> anyhow::Result<SearchIndex> {
    let folder = config.search_folder();
    SearchIndex::open(&folder).with_context(|| {
        format!(
            "Không dùng được thư mục mục lục tìm kiếm {}. Kiểm tra quyền ghi, hoặc đặt search.folder ở nơi khác",
            folder.display()
        )
    })
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    let premises = open::premises(config).await?;
    let ctx = open::system();
    let directory = DirectoryHandle::load(&ctx, &premises.db).await?;
    let index = index(config)?;
    match arguments.command {
        Command::Rebuild => {
            let process = SearchProcess::new(ctx, index.clone(), directory);
            match process.rebuild(&premises.db).await {
                Ok(n) => println!("Đã dựng lại mục lục: {n} nội dung công khai."),
                Err(SearchingError::Index(IndexError::Locked)) => {
                    index.ask_rebuild()?;
                    println!(
                        "Máy chủ đang giữ mục lục và sẽ tự dựng lại trong giây lát. Xem bằng `sauro search check`."
                    );
                }
                Err(err) => return Err(err).context("Không dựng lại được mục lục tìm kiếm"),
            }
        }
        Command::Check => {
            let found = compare(&premises.db, &index, &directory).await?;
            for line in found.wrong.iter().take(LINES) {
                eprintln!("{line}");
            }
            anyhow::ensure!(
                found.wrong.is_empty(),
                "mục lục khác cơ sở dữ liệu ở {} điểm; máy chủ đang chạy thì chờ vài giây rồi so lại, vẫn khác thì chạy `sauro search rebuild`",
                found.wrong.len()
            );
            println!("Mục lục khớp cơ sở dữ liệu: {} nội dung công khai.", found.n);
        }
    }
    Ok(())
}
