//! `sauro seed portal`: articles and documents of the nation, made up to measure with.

use anyhow::{bail, ensure};
use clap::Args;
use sauro_directory::DirectoryHandle;
use sauro_portal::jobs::{PastError, PastPortal, make_past};
use sauro_store::Limits;

use super::open;
use super::seed_petitions::telling;
use crate::config::Config;

#[derive(Debug, Args)]
#[command(
    after_help = "Ví dụ:\n  sauro seed portal --articles 200000 --documents 500000 --data var-do-tai\n\nChỉ nạp vào nơi chưa có chuyên mục nào, khi máy chủ không chạy. Cơ quan có thật, nội dung là giả định."
)]
pub(super) struct Arguments {
    /// Số tin bài
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    articles: u32,
    /// Số văn bản
    #[arg(long, value_name = "N", default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(0..=2_000_000))]
    documents: u32,
    /// Hạt giống
    #[arg(long, default_value_t = 57)]
    seed: u64,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    ensure!(arguments.articles + arguments.documents > 0, "Ghi --articles hoặc --documents");
    // Nobody else waits for a turn while years are written.
    let premises = open::premises_within(config, Limits::alone()).await?;
    let ctx = open::system();
    sauro_directory::actions::load_shipped(&ctx, &premises.db).await?;
    let directory = DirectoryHandle::load(&ctx, &premises.db).await?.directory();
    let begun = std::time::Instant::now();
    let wanted = PastPortal {
        n_articles: usize::try_from(arguments.articles)?,
        n_documents: usize::try_from(arguments.documents)?,
        seed: arguments.seed,
        now_us: ctx.now_us(),
    };
    let told = telling("bài và văn bản", wanted.n_articles + wanted.n_documents);
    let made = match make_past(&premises.db, &directory, wanted, told).await {
        Err(PastError::Taken) => bail!(
            "Nơi này đã có chuyên mục của cổng. Chọn thư mục dữ liệu khác bằng --data, hoặc cơ sở dữ liệu khác bằng --database"
        ),
        done => done?,
    };
    println!(
        "Đã nạp {} tin bài, {} văn bản, {} mục nhật ký trong {} giây.",
        arguments.articles,
        arguments.documents,
        made.n_entries,
        begun.elapsed().as_secs()
    );
    Ok(())
}
