//! `sauro log`: the journal and its seals.

use clap::{Args, Subcommand};
use sauro_directory::DirectoryHandle;
use sauro_journal::Verdict;
use sauro_mailbox::jobs::{MAIL_SENDERS, TellSenders};

use super::open;
use crate::config::Config;
use crate::processes::{NOTICES, NoticeProcess};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Đi hết nhật ký đã niêm phong (cây Merkle, RFC 6962); nêu mục đầu tiên không khớp
    Verify,
    /// Liệt kê các mục mà một bộ đọc chưa xử lý được và đã gác lại
    Parked,
    /// Thử lại các mục đã gác lại, ví dụ sau khi cập nhật chương trình
    Retry,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    match arguments.command {
        Command::Verify => verify(config).await,
        Command::Parked => parked(config).await,
        Command::Retry => retry(config).await,
    }
}

/// Lines printed at most.
const LINES: u16 = 1_000;

async fn parked(config: &Config) -> anyhow::Result<()> {
    let premises = open::premises(config).await?;
    let mut conn = premises.db.read().await?;
    for it in sauro_journal::parked(&mut conn, LINES).await? {
        println!("{} mục {} ({}): {}", it.reader, it.position, it.entry.0, it.error);
    }
    let n = sauro_journal::n_parked(&mut conn).await?;
    println!("{n} mục gác lại.");
    Ok(())
}

async fn retry(config: &Config) -> anyhow::Result<()> {
    let premises = open::premises(config).await?;
    let ctx = open::system();
    let directory = DirectoryHandle::load(&ctx, &premises.db).await?;
    let now_us = ctx.now_us();
    let process = NoticeProcess::new(ctx.clone(), directory).with_mail(config.mail.enabled);
    let (mut n_done, mut n_left) = NOTICES.digest_parked(&premises.db, now_us, &process).await?;
    let ways = super::senders::ways(config);
    if ways.is_any() {
        let process = TellSenders::new(ctx, open::keys(config)?, ways);
        let (done, left) = MAIL_SENDERS.digest_parked(&premises.db, now_us, &process).await?;
        n_done += done;
        n_left += left;
    }
    println!("Đã xử lý {n_done} mục, còn gác lại {n_left} mục.");
    anyhow::ensure!(n_left == 0, "còn {n_left} mục chưa xử lý được; xem `sauro log parked`");
    Ok(())
}

async fn verify(config: &Config) -> anyhow::Result<()> {
    let premises = open::premises(config).await?;
    let anchor = config.store.data.join("seals.jsonl");
    let anchor = anchor.is_file().then_some(anchor.as_path());
    let verdict = sauro_journal::verify(&premises.db, anchor, |progress| {
        eprint!(
            "\rĐã kiểm đến mục {} trên {}",
            progress.position,
            progress.sealed.max(progress.position)
        );
    })
    .await?;
    eprintln!();
    tell(&verdict)
}

/// Prints the verdict; an unsound log ends the command with a fault.
pub(super) fn tell(verdict: &Verdict) -> anyhow::Result<()> {
    if let Some(fault) = &verdict.fault {
        anyhow::bail!("{fault}");
    }
    let root: String = verdict.root.iter().map(|byte| format!("{byte:02x}")).collect();
    println!(
        "Nhật ký nguyên vẹn: {} mục, {} mục đã niêm phong, {} gốc khớp, {} gốc khớp tệp đối chiếu.\nGốc: {root}",
        verdict.n_entries, verdict.n_sealed, verdict.n_heads, verdict.n_anchored
    );
    Ok(())
}
