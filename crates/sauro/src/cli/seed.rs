//! `sauro seed`: made-up data, the same each time for the same seed and day.

use clap::{Args, ValueEnum};
use sauro_store::Limits;

use super::open;
use crate::config::Config;
use crate::demo::{self, MOST_INDICATORS, Measured, Scale, Wanted};

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
    /// Thêm số liệu để đo tải: bấy nhiêu tháng của mọi bộ, tỉnh, xã; 200 chỉ số thì mỗi tháng 683.000 số
    #[arg(long, value_name = "THÁNG", value_parser = clap::value_parser!(u32).range(1..=120))]
    figures: Option<u32>,
    /// Số chỉ số của số liệu đo tải
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=200))]
    indicators: u32,
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
    let figures = arguments.figures.map(|n_months| Measured {
        n_months,
        n_indicators: usize::try_from(arguments.indicators).unwrap_or(MOST_INDICATORS),
    });
    let wanted = Wanted { n_tasks, figures, ..Wanted::now(arguments.seed, scale) };
    let begun = std::time::Instant::now();
    let made = demo::load(&premises.db, &premises.files, &wanted).await?;
    println!(
        "Đã nạp {} nhiệm vụ, {} báo cáo, {} minh chứng, {} việc đã diễn ra, {} số liệu đo tải trong {} giây.",
        made.n_tasks,
        made.n_reports,
        made.n_evidence,
        made.n_moves,
        made.n_figures,
        begun.elapsed().as_secs()
    );
    Ok(())
}
