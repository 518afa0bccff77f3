//! `sauro log`: the journal and its seals.

use clap::{Args, Subcommand};
use sauro_journal::Verdict;

use super::open;
use crate::config::Config;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Đi hết nhật ký đã niêm phong (cây Merkle, RFC 6962); nêu mục đầu tiên không khớp
    Verify,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    match arguments.command {
        Command::Verify => verify(config).await,
    }
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
