//! Petitions by mail beside a serving process.

use std::sync::atomic::AtomicU32;

use anyhow::{Context, ensure};
use sauro_mailbox::jobs::Collector;

use super::open;
use crate::config::Config;
use crate::http::House;

/// Starts reading the mailbox.
pub(super) fn follow(config: &Config, house: &House) -> anyhow::Result<()> {
    let mail = &config.petitions.mail;
    ensure!(
        config.mail.enabled,
        "Nhận phản ánh qua thư cần gửi được thư trả lời. Bật mục [mail], hoặc đặt petitions.mail.enabled = false"
    );
    let is_address = sauro_petitions::model::email(&mail.address).is_some();
    ensure!(
        is_address,
        "Ghi địa chỉ người dân gửi đến ở petitions.mail.address, như phananh@donvi.gov.vn"
    );
    let is_known =
        mail.agency.is_empty() || house.directory.directory().by_code(&mail.agency).is_some();
    ensure!(is_known, "Không có cơ quan mang mã {} (petitions.mail.agency)", mail.agency);
    let place = mail.place();
    place.checked().context("Không đọc hộp thư phản ánh được")?;
    let collector = Collector {
        place,
        mailbox: mail.mailbox(&config.mail.from),
        db: house.state.db.clone(),
        files: house.state.files.clone(),
        keys: house.keys.clone(),
        directory: house.directory.clone(),
        seen: AtomicU32::new(0),
    };
    tokio::spawn(collector.run(open::system()));
    Ok(())
}
