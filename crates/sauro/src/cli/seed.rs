//! `sauro seed`: made-up data, the same each time for the same seed and day.

use anyhow::{Context, ensure};
use clap::{Args, Subcommand, ValueEnum};
use sauro_store::Limits;

use super::{open, seed_petitions, seed_portal};
use crate::config::Config;
use crate::demo::{self, MOST_INDICATORS, Measured, Scale, Wanted};

#[derive(Debug, Args)]
#[command(
    subcommand_negates_reqs = true,
    after_help = "Ví dụ:\n  sauro seed --scale demo --data var-mau\n  sauro seed --scale province --seed 7 --database postgres://…\n  sauro seed petitions --cases 100000 --initiatives 5000\n\nChỉ nạp vào nơi chưa có chương trình nào. Cơ quan có thật, nội dung là giả định."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    /// Cỡ dữ liệu
    #[arg(long, value_enum, required = true)]
    scale: Option<Size>,
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

#[derive(Debug, Subcommand)]
enum What {
    /// Phản ánh, kiến nghị và sáng kiến của cả nước, để đo tải
    Petitions(seed_petitions::Arguments),
    /// Tin bài và văn bản của cổng thông tin, để đo tải
    Portal(seed_portal::Arguments),
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
    if let Some(What::Portal(wanted)) = &arguments.what {
        ensure!(arguments.scale.is_none(), "Ghi `--scale` hoặc `portal`, không ghi cả hai");
        return seed_portal::run(config, wanted).await;
    }
    if let Some(What::Petitions(wanted)) = &arguments.what {
        ensure!(arguments.scale.is_none(), "Ghi `--scale` hoặc `petitions`, không ghi cả hai");
        return seed_petitions::run(config, wanted).await;
    }
    let size = arguments.scale.context("Ghi cỡ dữ liệu: --scale demo, province hoặc national")?;
    // Nobody else waits for a turn while years are written.
    let premises = open::premises_within(config, Limits::alone()).await?;
    let scale = match size {
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
