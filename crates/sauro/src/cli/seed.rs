//! `sauro seed`: made-up data, the same each time for the same seed and day.

use clap::{Args, ValueEnum};

use super::open;
use crate::config::Config;
use crate::demo::{self, Scale};

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
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Size {
    /// Khoảng hai trăm nhiệm vụ, vài tháng hoạt động
    Demo,
    /// Hai vạn nhiệm vụ ở mọi xã
    Province,
    /// Mười vạn nhiệm vụ
    National,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    let premises = open::premises(config).await?;
    let scale = match arguments.scale {
        Size::Demo => Scale::Demo,
        Size::Province => Scale::Province,
        Size::National => Scale::National,
    };
    let made = demo::load(&premises.db, &premises.files, arguments.seed, scale).await?;
    println!("Đã nạp {} nhiệm vụ, {} việc đã diễn ra.", made.n_tasks, made.n_moves);
    Ok(())
}
