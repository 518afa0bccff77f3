//! `sauro seed`: made-up data, the same each time for the same seed and day.

use clap::{Args, ValueEnum};
use sauro_store::Limits;

use super::open;
use crate::config::Config;
use crate::demo::{self, Scale, Wanted};

#[derive(Debug, Args)]
#[command(
    after_help = "Ví dụ:\n  sauro seed --scale demo --data var-mau\n  sauro seed --scale province --seed 7 --database postgres://…\n\nChỉ nạp vào nơi chưa có chương trình nào. Cơ quan có thật, nội dung là giả định."
)]
pub(super) struct Arguments {
    /// Cỡ dữ liệu
    #[arg(long, value_enum)]
    scale: Size,
    /// Hạt giống
    #[arg(long, default_value_t = 57)]
    seed: u64,
    /// Số nhiệm vụ làm thêm bên cạnh bộ mẫu, thay cho số của cỡ
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    tasks: Option<u32>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Size {
    /// Khoảng hai trăm nhiệm vụ, vài tháng hoạt động
    Demo,
    /// Hai vạn nhiệm vụ, 24 tháng hoạt động
    Province,
    /// Mười vạn nhiệm vụ, sáu mươi vạn báo cáo, 24 tháng hoạt động của cả nước
    National,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    // Nobody else waits for a turn while years are written.
    let premises = open::premises_within(config, Limits::alone()).await?;
    let scale = match arguments.scale {
        Size::Demo => Scale::Demo,
        Size::Province => Scale::Province,
        Size::National => Scale::National,
    };
    let n_tasks = arguments.tasks.and_then(|n| usize::try_from(n).ok());
    let wanted = Wanted { n_tasks, ..Wanted::now(arguments.seed, scale) };
    let begun = std::time::Instant::now();
    let made = demo::load(&premises.db, &premises.files, &wanted).await?;
    println!(
        "Đã nạp {} nhiệm vụ, {} báo cáo, {} minh chứng, {} việc đã diễn ra trong {} giây.",
        made.n_tasks,
        made.n_reports,
        made.n_evidence,
        made.n_moves,
        begun.elapsed().as_secs()
    );
    Ok(())
}
