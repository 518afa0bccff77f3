//! `sauro intake-key`: keys of programs that send petitions.

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use sauro_petitions::PetitionsError;
use sauro_petitions::actions;
use uuid::Uuid;

use super::open;
use crate::config::Config;

#[derive(Debug, Args)]
#[command(
    after_help = "Ví dụ:\n  sauro intake-key new \"Cổng dịch vụ công tỉnh Cà Mau\"\n  sauro intake-key list\n  sauro intake-key revoke 01939f00-0000-7000-8000-000000000000\n\nKhóa chỉ in ra một lần; máy chỉ giữ mã băm của nó."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Cấp khóa cho một hệ thống gửi phản ánh qua Open311
    New {
        /// Tên hệ thống dùng khóa
        name: String,
    },
    /// Liệt kê các khóa
    List,
    /// Thu hồi một khóa, có hiệu lực ngay
    Revoke {
        /// Số của khóa (xem `sauro intake-key list`)
        id: Uuid,
    },
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    let premises = open::premises(config).await?;
    let ctx = open::system();
    match &arguments.command {
        Command::New { name } => {
            let (key, secret) = actions::make_key(&ctx, &premises.db, name).await.map_err(told)?;
            println!("Đã cấp khóa {} cho {}. Chép ngay, khóa không in lại:", key.id, key.name);
            println!("{}", secret.tell());
        }
        Command::List => {
            for key in actions::keys(&ctx, &premises.db).await? {
                let state = if key.revoked_at.is_some() { "đã thu hồi" } else { "đang dùng" };
                println!("{}  {state}  {}", key.id, key.name);
            }
        }
        Command::Revoke { id } => match actions::revoke_key(&ctx, &premises.db, *id).await {
            Ok(()) => println!("Đã thu hồi khóa {id}."),
            Err(PetitionsError::NotFound(_)) => {
                bail!("Không có khóa {id} đang dùng. Xem `sauro intake-key list`")
            }
            Err(err) => return Err(err).context("Chưa thu hồi được khóa"),
        },
    }
    Ok(())
}

fn told(err: PetitionsError) -> anyhow::Error {
    match err {
        PetitionsError::Invalid(faults) => {
            let words: Vec<String> = faults.into_iter().map(|it| it.1).collect();
            anyhow::anyhow!(words.join(" "))
        }
        err => err.into(),
    }
}
