//! `sauro rollup`: the figures that units come to together.

use clap::{Args, Subcommand};
use sauro_indicators::actions;

use super::open;
use crate::config::Config;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Đếm lại mọi số cộng gộp từ từng số liệu và so với số đang giữ
    Check,
}

/// Differences printed at most.
const LINES: usize = 100;

pub(super) async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    let Command::Check = arguments.command;
    let premises = open::premises(config).await?;
    let checked = actions::check_rollups(&premises.db, open::system().now_us()).await?;
    for it in checked.wrong.iter().take(LINES) {
        eprintln!("{it}");
    }
    anyhow::ensure!(
        checked.wrong.is_empty(),
        "{} trong {} số cộng gộp khác số đếm lại; báo quản trị kèm các dòng trên",
        checked.wrong.len(),
        checked.n
    );
    println!("{} số cộng gộp đều khớp số đếm lại.", checked.n);
    Ok(())
}
