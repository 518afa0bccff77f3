//! `sauro import`: catalogues, tasks and figures from files.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use sauro_directory::{DirectoryError, DirectoryHandle, actions as directory};
use sauro_kernel::Ctx;

use super::import_figures::{self, Which};
use super::open::{self, Premises};
use crate::config::Config;

#[derive(Debug, Args)]
#[command(
    after_help = "Ví dụ:\n  sauro import units don-vi.csv\n  sauro import holidays lich-2027.csv\n  sauro import indicators chi-so.csv\n  sauro import rules quy-tac.csv\n  sauro import observations so-lieu.csv\n  sauro import tasks phu-luc.xlsx --programme nq57 --as UBND-96\n\nTệp sai thì không nạp gì cả; mọi lỗi được in ra cùng lúc, kèm dòng và cột."
)]
pub(super) struct Arguments {
    /// Nạp cái gì
    #[arg(value_enum)]
    what: What,
    /// Tệp CSV, XLSX hoặc TopoJSON
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Chương trình nhận nhiệm vụ (với tasks)
    #[arg(long, value_name = "MÃ")]
    programme: Option<String>,
    /// Cơ quan đứng tên dự thảo (với tasks)
    #[arg(long = "as", value_name = "MÃ CƠ QUAN")]
    owner: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// Đơn vị hành chính, hoặc bảng đơn vị cũ và mới
    Units,
    /// Cơ quan, tổ chức
    Agencies,
    /// Ngày nghỉ, ngày làm bù
    Holidays,
    /// Nhiệm vụ từ bảng phụ lục
    Tasks,
    /// Chỉ số, chỉ tiêu, số gốc
    Indicators,
    /// Quy tắc kiểm tra số liệu
    Rules,
    /// Số liệu của các chỉ số
    Observations,
    /// Bản đồ ranh giới xã, tỉnh
    Map,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    let file = arguments.file.display().to_string();
    let bytes = std::fs::read(&arguments.file)
        .with_context(|| format!("Không đọc được {file}. Kiểm tra đường dẫn và quyền đọc"))?;
    let premises = open::premises(config).await?;
    let ctx = open::system();
    let outcome = match arguments.what {
        What::Tasks => return super::import_tasks::run(&premises, arguments, &bytes, &file).await,
        What::Map => return super::import_map::run(config, &bytes),
        What::Indicators => {
            return import_figures::run(&premises, Which::Indicators, text(&bytes)?, &file).await;
        }
        What::Rules => {
            return import_figures::run(&premises, Which::Rules, text(&bytes)?, &file).await;
        }
        What::Observations => {
            return import_figures::run(&premises, Which::Observations, text(&bytes)?, &file).await;
        }
        What::Units => units(&ctx, &premises, text(&bytes)?).await,
        What::Agencies => directory::import_agencies(&ctx, &premises.db, text(&bytes)?).await,
        What::Holidays => directory::import_holidays(&ctx, &premises.db, text(&bytes)?).await,
    };
    match outcome {
        Ok(n) => {
            println!("Đã nạp {n} dòng từ {file}.");
            pass_on(&ctx, &premises).await?;
        }
        Err(DirectoryError::Faults(faults)) => {
            for fault in &faults {
                eprintln!("{}", fault.sentence());
            }
            bail!("{file} có {} lỗi, chưa nạp gì", faults.len());
        }
        Err(err) => return Err(err.into()),
    }
    Ok(())
}

/// Open tasks of agencies that are no more go over to those that follow them.
async fn pass_on(ctx: &Ctx, premises: &Premises) -> anyhow::Result<()> {
    let directory = DirectoryHandle::load(ctx, &premises.db).await?.directory();
    for it in sauro_tasks::actions::pass_on_tasks(ctx, &premises.db, &directory).await? {
        let (from, to) = (directory.name(it.from), directory.name(it.to));
        println!(
            "{} nhiệm vụ chủ trì và {} nhiệm vụ nghiệm thu chuyển từ {from} sang {to}.",
            it.led, it.accepted
        );
        if it.stayed > 0 {
            println!(
                "  {} nhiệm vụ giữ nguyên: cơ quan kế tục sẽ vừa làm vừa nghiệm thu.",
                it.stayed
            );
        }
    }
    Ok(())
}

async fn units(ctx: &Ctx, premises: &Premises, csv: &str) -> Result<usize, DirectoryError> {
    if csv.lines().next().unwrap_or_default().contains("old_code") {
        directory::import_predecessors(ctx, &premises.db, csv).await
    } else {
        directory::import_units(ctx, &premises.db, csv, None).await
    }
}

fn text(bytes: &[u8]) -> anyhow::Result<&str> {
    std::str::from_utf8(bytes).context("Tệp không phải UTF-8. Lưu lại dạng CSV, mã UTF-8")
}

impl Arguments {
    pub(super) fn programme(&self) -> anyhow::Result<&str> {
        self.programme
            .as_deref()
            .context("Thiếu --programme MÃ: chương trình nhận nhiệm vụ, ví dụ nq57")
    }

    pub(super) fn owner(&self) -> anyhow::Result<&str> {
        self.owner
            .as_deref()
            .context("Thiếu --as MÃ CƠ QUAN: cơ quan đứng tên dự thảo, ví dụ TTBCĐ57")
    }
}
