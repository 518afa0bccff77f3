//! `sauro user`: the first accounts, and help for who lost a password.

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use sauro_identity::actions::{self, NewAccount, NewSeat};
use sauro_identity::{Identity, IdentityError};
use sauro_kernel::Role;

use super::open;
use crate::config::Config;

#[derive(Debug, Args)]
#[command(
    after_help = "Ví dụ:\n  sauro user add ha.nguyen --name \"Chuyên viên Phòng Văn hóa\" --role officer --agency UBND-32191\n  sauro user reset ha.nguyen\n\nMật khẩu dùng một lần chỉ in ra một lần; người dùng phải đổi khi đăng nhập."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Mở tài khoản với một chức danh
    Add {
        /// Tên đăng nhập
        login: String,
        /// Họ tên hoặc chức danh hiển thị
        #[arg(long)]
        name: String,
        /// Vai trò
        #[arg(long, value_enum)]
        role: RoleName,
        /// Mã cơ quan, ví dụ UBND-96 (xem `sauro import agencies`)
        #[arg(long, value_name = "MÃ")]
        agency: String,
    },
    /// Đặt lại mật khẩu, in mật khẩu dùng một lần
    Reset {
        /// Tên đăng nhập
        login: String,
    },
    /// Liệt kê tài khoản và chức danh
    List,
}

/// The roles by the words of the commands.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum RoleName {
    /// Quản trị hệ thống
    Administrator,
    /// Cơ quan thường trực
    StandingAgency,
    /// Lãnh đạo
    Leader,
    /// Cán bộ đầu mối
    FocalOfficer,
    /// Chuyên viên
    Officer,
    /// Cán bộ thẩm định
    Verifier,
    /// Kiểm tra, giám sát
    Inspector,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    let premises = open::premises(config).await?;
    let ctx = open::system();
    sauro_directory::actions::load_shipped(&ctx, &premises.db).await?;
    let identity = Identity::for_commands(premises.db, ctx.clock.clone(), ctx.ids.clone());
    match &arguments.command {
        Command::Add { login, name, role, agency } => {
            let seat = NewSeat {
                agency_code: agency.clone(),
                role: role.role(),
                title: String::new(),
                from: None,
                to: None,
            };
            let new = NewAccount {
                login: login.clone(),
                display_name: name.clone(),
                password: None,
                is_sample: false,
                seat,
            };
            let opened = actions::open_account(&ctx, &identity, &new).await.map_err(told)?;
            println!("Đã mở tài khoản {login}.");
            print_password(opened.one_time_password.as_deref());
        }
        Command::Reset { login } => {
            let account = actions::account_by_login(&ctx, &identity, login)
                .await
                .map_err(told)
                .with_context(|| format!("Không có tài khoản {login}. Xem `sauro user list`"))?;
            let password =
                actions::reset_password(&ctx, &identity, account.id, false).await.map_err(told)?;
            println!("Đã đặt lại mật khẩu của {login}; mọi phiên đăng nhập cũ đã kết thúc.");
            print_password(Some(&password));
        }
        Command::List => list(&ctx, &identity).await?,
    }
    Ok(())
}

async fn list(ctx: &sauro_kernel::Ctx, identity: &Identity) -> anyhow::Result<()> {
    let mut after = String::new();
    loop {
        let page = actions::list_accounts(ctx, identity, "", &after).await.map_err(told)?;
        for account in &page.accounts {
            println!("{:<20} {}", account.login, account.display_name);
            for seat in &account.seats {
                println!("{:<20}   {} · {}", "", seat.role.label(), seat.agency_name);
            }
        }
        match page.next {
            Some(next) => after = next,
            None => return Ok(()),
        }
    }
}

fn print_password(password: Option<&str>) {
    if let Some(password) = password {
        println!("Mật khẩu dùng một lần: {password}");
    }
}

/// The faults of a form, each a sentence.
fn told(err: IdentityError) -> anyhow::Error {
    match err {
        IdentityError::Invalid(faults) => {
            let words: Vec<&str> = faults.iter().map(|it| it.sentence.as_str()).collect();
            anyhow::anyhow!(words.join(" "))
        }
        IdentityError::Refused(words) => anyhow::anyhow!(words),
        err => err.into(),
    }
}

impl RoleName {
    fn role(self) -> Role {
        match self {
            Self::Administrator => Role::Administrator,
            Self::StandingAgency => Role::StandingAgency,
            Self::Leader => Role::Leader,
            Self::FocalOfficer => Role::FocalOfficer,
            Self::Officer => Role::Officer,
            Self::Verifier => Role::Verifier,
            Self::Inspector => Role::Inspector,
        }
    }
}
