//! Petitions by mail beside a serving process.

use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use anyhow::{Context, ensure};
use sauro_mailbox::jobs::{Collector, LetterRoom, TellSenders};
use sauro_notices::jobs::Smtp;

use super::open;
use crate::config::Config;
use crate::http::House;
use crate::processes::LettersBySmtp;

/// Starts reading the mailbox, telling senders of answers, and sending letters.
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
    let carrier = LettersBySmtp {
        smtp: Smtp::new(&config.mail.url, &config.mail.from).context("Không gửi thư được")?,
        address: mail.address.clone(),
    };
    let (db, keys) = (&house.state.db, &house.keys);
    let collector = Collector {
        place,
        mailbox: mail.mailbox(&config.mail.from),
        db: db.clone(),
        files: house.state.files.clone(),
        keys: keys.clone(),
        directory: house.directory.clone(),
        seen: AtomicU32::new(0),
    };
    tokio::spawn(collector.run(open::system()));
    tokio::spawn(TellSenders::new(open::system(), keys.clone()).run(db.clone()));
    let room = LetterRoom {
        carrier,
        db: db.clone(),
        keys: keys.clone(),
        directory: house.directory.clone(),
        site: config.site.name.clone(),
        url: config.site.public_url.clone(),
    };
    tokio::spawn(Arc::new(room).run(open::system()));
    Ok(())
}
