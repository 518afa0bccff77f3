//! The commands. Other people's scripts rely on their names.

mod backup;
mod check;
mod extract;
mod import;
mod import_figures;
mod import_map;
mod import_tasks;
mod intake_key;
mod log;
mod mailbox;
mod open;
mod receipt;
mod rollup;
mod search;
mod seed;
mod seed_petitions;
mod seed_portal;
mod senders;
mod serve;
mod subscribers;
mod user;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::Config;

/// Sáu Rõ: từ chỉ đạo đến kết quả mà ai cũng kiểm tra được.
#[derive(Debug, Parser)]
#[command(
    name = "sauro",
    version,
    about = "Sáu Rõ: từ chỉ đạo đến kết quả mà ai cũng kiểm tra được",
    after_help = "Bắt đầu nhanh:\n  sauro serve --demo            nạp dữ liệu mẫu, phục vụ tại http://127.0.0.1:5757\n  sauro extract chi-dao.txt     đọc một văn bản, in ra các nhiệm vụ tìm được\n  sauro check                   xem máy này còn thiếu gì\n\nMỗi lệnh có hướng dẫn riêng: sauro LỆNH --help",
    disable_help_subcommand = true
)]
pub struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Where the data are; the same for every command.
#[derive(Debug, Clone, Args)]
struct Place {
    /// Thư mục dữ liệu (mặc định: var)
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Cơ sở dữ liệu: sqlite:… hoặc postgres://… (mặc định: SQLite trong thư mục dữ liệu)
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// Tệp cấu hình TOML (mặc định: sauro.toml trong thư mục dữ liệu, nếu có)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Phục vụ các trang và giao diện lập trình
    Serve(serve::Arguments),
    /// Đọc văn bản chỉ đạo, in ra phần đầu và các nhiệm vụ dự thảo
    Extract(extract::Arguments),
    /// Nạp danh mục hoặc nhiệm vụ từ tệp
    Import(import::Arguments),
    /// Tạo dữ liệu mẫu, giống nhau mỗi lần với cùng một hạt giống
    Seed(seed::Arguments),
    /// Mở tài khoản, đặt lại mật khẩu, liệt kê
    User(user::Arguments),
    /// Khóa của các hệ thống gửi phản ánh: cấp, liệt kê, thu hồi
    IntakeKey(intake_key::Arguments),
    /// Nhật ký: kiểm tra dấu niêm phong
    Log(log::Arguments),
    /// Biên nhận người khác đưa: kiểm tra không cần máy chủ
    Receipt(receipt::Arguments),
    /// Số cộng gộp của các chỉ số: đếm lại và so
    Rollup(rollup::Arguments),
    /// Mục lục tìm kiếm: dựng lại, so với cơ sở dữ liệu
    Search(search::Arguments),
    /// Sao lưu nhất quán, kể cả khi đang phục vụ
    Backup(backup::Arguments),
    /// Khôi phục bản sao lưu vào một nơi còn trống
    Restore(backup::Arguments),
    /// Kiểm tra cấu hình, cơ sở dữ liệu, đĩa, đồng hồ; nói rõ cách sửa
    Check,
    /// In cấu hình đang có hiệu lực, che mật khẩu
    Config,
}

/// Runs the command of `cli`.
///
/// # Errors
///
/// Any failure, with Vietnamese words that name the remedy.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    let config = cli.place.config()?;
    // Reading a text and showing the configuration need neither database nor threads.
    match cli.command {
        Command::Extract(arguments) => return extract::run(&arguments),
        Command::Config => {
            println!("{}", config.shown());
            return Ok(());
        }
        _ => {}
    }
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log.filter).unwrap_or_default();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.log.json {
        log.json().init()
    } else {
        log.init()
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        match cli.command {
            Command::Serve(arguments) => serve::run(config, arguments).await,
            Command::Import(arguments) => import::run(&config, &arguments).await,
            Command::Seed(arguments) => seed::run(&config, &arguments).await,
            Command::User(arguments) => user::run(&config, &arguments).await,
            Command::IntakeKey(arguments) => intake_key::run(&config, &arguments).await,
            Command::Rollup(arguments) => rollup::run(&config, &arguments).await,
            Command::Search(arguments) => search::run(&config, &arguments).await,
            Command::Log(arguments) => log::run(&config, &arguments).await,
            Command::Receipt(arguments) => receipt::run(&arguments).await,
            Command::Backup(arguments) => backup::save(&config, &arguments).await,
            Command::Restore(arguments) => backup::restore(&config, &arguments).await,
            Command::Check => check::run(&config).await,
            Command::Extract(_) | Command::Config => Ok(()),
        }
    })
}

impl Place {
    fn config(&self) -> anyhow::Result<Config> {
        let variable = |name: &str| std::env::var(name).ok();
        let data = self.data.clone().or_else(|| variable("SAURO_DATA").map(PathBuf::from));
        let default = data.clone().unwrap_or_else(|| PathBuf::from("var")).join("sauro.toml");
        let file = match &self.config {
            Some(file) => Some(file.clone()),
            None => default.is_file().then_some(default),
        };
        let mut config = Config::load(file.as_deref(), variable)?;
        if let Some(data) = data {
            config.store.data = data;
        }
        if let Some(database) = &self.database {
            config.store.database.clone_from(database);
        }
        Ok(config)
    }
}
