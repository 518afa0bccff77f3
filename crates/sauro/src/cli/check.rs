//! `sauro check`: what is wrong, and how to mend it.

use std::path::Path;

use chrono::{DateTime, Datelike, Utc};
use sauro_identity::provider::Providers;
use sauro_kernel::{Ctx, causes};
use sauro_mailbox::MailboxError;
use sauro_notices::jobs::{SmsGateway, Smtp};
use sauro_store::Db;

use super::open;
use crate::config::{Config, MailConfig, PetitionMailConfig, SmsConfig};

/// Less free room than this is a fault: a full disk refuses reports.
const LEAST_FREE_BYTES: u64 = 1 << 30;

/// What one look found.
struct Finding {
    what: &'static str,
    /// `Err` says how to mend it.
    outcome: Result<String, String>,
}

pub(super) async fn run(config: &Config) -> anyhow::Result<()> {
    let mut findings = vec![listen(config), folder(&config.store.data), disk(&config.store.data)];
    let ctx = open::system();
    let db = Db::open(&config.database_url()).await;
    findings.push(Finding {
        what: "Cơ sở dữ liệu",
        outcome: match &db {
            Ok(_) => Ok("mở được, lược đồ đúng phiên bản".to_owned()),
            Err(err) => Err(format!(
                "không mở được ({}). Kiểm tra --database, quyền ghi thư mục dữ liệu, hoặc máy chủ PostgreSQL.",
                causes(err)
            )),
        },
    });
    if let Ok(db) = &db {
        findings.push(catalogue(&ctx, db).await);
        findings.push(parked(db).await);
        findings.push(clock(&ctx, last_entry(db).await));
    }
    findings.push(providers(config));
    findings.push(mail(&config.mail).await);
    findings.push(sms(&config.sms));
    findings.push(mailbox(&ctx, &config.petitions.mail, db.as_ref().ok()).await);
    let mut n_faults = 0;
    for finding in findings {
        match finding.outcome {
            Ok(words) => println!("  tốt  {}: {words}", finding.what),
            Err(remedy) => {
                n_faults += 1;
                println!("  LỖI  {}: {remedy}", finding.what);
            }
        }
    }
    anyhow::ensure!(n_faults == 0, "có {n_faults} điểm phải sửa");
    println!("Mọi thứ sẵn sàng.");
    Ok(())
}

fn listen(config: &Config) -> Finding {
    let listen = &config.http.listen;
    let is_open = !listen.starts_with("127.")
        && !listen.starts_with("localhost")
        && !listen.starts_with("[::1]");
    let outcome = match listen.parse::<std::net::SocketAddr>() {
        Err(_) => Err(format!("“{listen}” không phải địa chỉ và cổng. Viết như 127.0.0.1:5757.")),
        Ok(_) if is_open && !config.http.secure_cookies => Err(format!(
            "phục vụ ra ngoài ở {listen} mà cookie chưa buộc HTTPS. Đặt sau HTTPS và SAURO_SECURE_COOKIES=true."
        )),
        Ok(_) if config.site.demo && is_open => {
            Err("chế độ mẫu có tài khoản ai cũng biết mật khẩu, không phục vụ ra ngoài được."
                .to_owned())
        }
        Ok(_) => Ok(format!("phục vụ tại {listen}")),
    };
    Finding { what: "Cấu hình", outcome }
}

fn folder(data: &Path) -> Finding {
    let probe = data.join(".ghi-thu");
    let outcome = std::fs::create_dir_all(data)
        .and_then(|()| std::fs::write(&probe, b"x"))
        .and_then(|()| std::fs::remove_file(&probe))
        .map(|()| format!("ghi được vào {}", data.display()))
        .map_err(|err| {
            format!("không ghi được vào {} ({err}). Cấp quyền ghi hoặc đổi --data.", data.display())
        });
    Finding { what: "Thư mục dữ liệu", outcome }
}

fn disk(data: &Path) -> Finding {
    let outcome = match fs4::available_space(data) {
        Ok(free) if free < LEAST_FREE_BYTES => Err(format!(
            "chỉ còn {} MB trống. Dọn đĩa hoặc chuyển --data sang đĩa khác.",
            free >> 20
        )),
        Ok(free) => Ok(format!("còn {} GB trống", free >> 30)),
        Err(err) => Err(format!("không xem được dung lượng ({err}).")),
    };
    Finding { what: "Đĩa", outcome }
}

fn providers(config: &Config) -> Finding {
    let setups = config.oidc.setups();
    let names: Vec<String> = setups.iter().map(|it| it.name.clone()).collect();
    let outcome = match Providers::new(setups, &config.site.public_url) {
        Ok(_) if names.is_empty() => Ok("không dùng (chưa có mục [[oidc.providers]])".to_owned()),
        Ok(_) => Ok(format!(
            "{}; khai địa chỉ quay về {}/dang-nhap/qua/…/ve với từng nhà",
            names.join(", "),
            config.site.public_url
        )),
        Err(err) => Err(err.to_string()),
    };
    Finding { what: "Nhà cung cấp định danh", outcome }
}

async fn catalogue(ctx: &Ctx, db: &Db) -> Finding {
    let outcome = match sauro_directory::actions::directory(ctx, db).await {
        Ok(directory) if directory.is_empty() => Err(
            "chưa có cơ quan nào. Chạy `sauro serve` một lần, hoặc `sauro import agencies FILE`."
                .to_owned(),
        ),
        Ok(directory) => Ok(format!("{} cơ quan", directory.len())),
        Err(err) => Err(format!("không đọc được danh mục ({err}).")),
    };
    Finding { what: "Danh mục cơ quan", outcome }
}

async fn parked(db: &Db) -> Finding {
    let n = match db.read().await {
        Ok(mut conn) => sauro_journal::n_parked(&mut conn).await,
        Err(err) => Err(err),
    };
    let outcome = match n {
        Ok(0) => Ok("không mục nhật ký nào bị gác lại".to_owned()),
        Ok(n) => Err(format!(
            "{n} mục nhật ký chưa xử lý được và đã gác lại. Xem bằng `sauro log parked`, sửa nguyên nhân rồi chạy `sauro log retry`."
        )),
        Err(err) => Err(format!("không đọc được các mục gác lại ({err}).")),
    };
    Finding { what: "Bộ đọc nhật ký", outcome }
}

async fn last_entry(db: &Db) -> Option<DateTime<Utc>> {
    let mut conn = db.read().await.ok()?;
    let last = sauro_journal::last_position(&mut conn).await.ok()?;
    let entries = sauro_journal::read_after(&mut conn, last - 1, 1).await.ok()?;
    entries.first().map(|entry| entry.at)
}

fn clock(ctx: &Ctx, last: Option<DateTime<Utc>>) -> Finding {
    let now = ctx.clock.now();
    let outcome = match last {
        Some(last) if now < last => Err(format!(
            "đồng hồ máy ({}) sớm hơn mục nhật ký cuối ({}). Chỉnh giờ (chrony, timedatectl) rồi chạy lại.",
            now.format("%F %T"),
            last.format("%F %T")
        )),
        _ if now.year() < 2025 => {
            Err(format!("đồng hồ máy chỉ năm {}. Chỉnh giờ (chrony, timedatectl).", now.year()))
        }
        _ => Ok(format!("{} giờ UTC", now.format("%F %T"))),
    };
    Finding { what: "Đồng hồ", outcome }
}

/// That a gateway could be asked; nothing is sent to anybody for a try.
fn sms(config: &SmsConfig) -> Finding {
    let what = "Tin nhắn SMS";
    if !config.enabled {
        return Finding { what, outcome: Ok("không nhắn tin (sms.enabled = false)".to_owned()) };
    }
    let outcome = match SmsGateway::new(config.setup()) {
        Err(err) => Err(format!("{err}. Sửa mục [sms].")),
        Ok(_) => Ok("cấu hình đúng; chưa nhắn thử".to_owned()),
    };
    Finding { what, outcome }
}

async fn mailbox(ctx: &Ctx, config: &PetitionMailConfig, db: Option<&Db>) -> Finding {
    let what = "Hộp thư phản ánh";
    if !config.enabled {
        let words = "không nhận phản ánh qua thư (petitions.mail.enabled = false)";
        return Finding { what, outcome: Ok(words.to_owned()) };
    }
    let outcome = match config.place().test().await {
        Err(err) => Err(format!("{err}. Sửa mục [petitions.mail].")),
        Ok(()) => match db {
            None => Ok("đọc được".to_owned()),
            Some(db) => mail_of_month(ctx, db)
                .await
                .map_err(|err| format!("không đọc được số thư đã nhận ({}).", causes(&err))),
        },
    };
    Finding { what, outcome }
}

/// How many messages came to what this month.
async fn mail_of_month(ctx: &Ctx, db: &Db) -> Result<String, MailboxError> {
    let month = ctx.today().format("%Y-%m").to_string();
    let counts = sauro_mailbox::actions::counts(ctx, db, &month).await?;
    let sum = |outcome: &str| -> i64 {
        counts.iter().filter(|it| it.outcome == outcome).map(|it| it.n).sum()
    };
    let reasons: Vec<String> = counts
        .iter()
        .filter_map(|it| Some(format!("{} {}", it.skip?.label().to_lowercase(), it.n)))
        .collect();
    let mut words = format!(
        "đọc được; tháng này {} thư thành vụ việc, {} thư trả lại, {} thư bỏ qua",
        sum("taken"),
        sum("refused"),
        sum("skipped")
    );
    if !reasons.is_empty() {
        words.push_str(&format!(" ({})", reasons.join(", ")));
    }
    Ok(words)
}

async fn mail(config: &MailConfig) -> Finding {
    let outcome = if config.enabled {
        match Smtp::new(&config.url, &config.from) {
            Ok(smtp) => smtp.test().await,
            Err(err) => Err(err),
        }
        .map(|()| "máy chủ thư nhận kết nối".to_owned())
        .map_err(|err| format!("{err}. Sửa mục [mail], hoặc đặt SAURO_MAIL_ENABLED=false."))
    } else {
        Ok("không gửi thư (mail.enabled = false)".to_owned())
    };
    Finding { what: "Thư điện tử", outcome }
}
