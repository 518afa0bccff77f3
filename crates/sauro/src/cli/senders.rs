//! Telling those who sent a case, beside a serving process.

use std::sync::Arc;

use anyhow::Context;
use sauro_mailbox::jobs::{Carrier, LetterRoom, TellSenders};
use sauro_mailbox::model::Way;
use sauro_notices::jobs::{SmsGateway, Smtp};
use sauro_petitions::model::Ways;

use super::open;
use crate::config::Config;
use crate::http::House;
use crate::processes::{LettersBySms, LettersBySmtp};

/// The ways that are there.
pub(super) fn ways(config: &Config) -> Ways {
    Ways { mail: config.mail.enabled, sms: config.sms.enabled }
}

/// Starts telling senders, where there is a way to tell them.
pub(super) fn follow(config: &Config, house: &House) -> anyhow::Result<()> {
    let ways = ways(config);
    if !ways.is_any() {
        return Ok(());
    }
    if ways.mail {
        let petitions = &config.petitions.mail;
        let carrier = LettersBySmtp {
            smtp: Smtp::new(&config.mail.url, &config.mail.from).context("Không gửi thư được")?,
            address: if petitions.enabled { petitions.address.clone() } else { String::new() },
        };
        send(room(config, house, (Way::Mail, carrier)));
    }
    if ways.sms {
        let gateway =
            SmsGateway::new(config.sms.setup()).context("Không gửi tin nhắn được (mục [sms])")?;
        send(LetterRoom {
            most_a_day: Some(i64::from(config.sms.most_a_day)),
            has_marks: config.sms.marks,
            ..room(config, house, (Way::Sms, LettersBySms(gateway)))
        });
    }
    let tell = TellSenders::new(open::system(), house.keys.clone(), ways);
    tokio::spawn(tell.run(house.state.db.clone()));
    Ok(())
}

fn room<C: Carrier>(config: &Config, house: &House, (way, carrier): (Way, C)) -> LetterRoom<C> {
    LetterRoom {
        way,
        most_a_day: None,
        has_marks: true,
        carrier,
        db: house.state.db.clone(),
        keys: house.keys.clone(),
        directory: house.directory.clone(),
        site: config.site.name.clone(),
        url: config.site.public_url.clone(),
    }
}

fn send<C: Carrier + 'static>(room: LetterRoom<C>) {
    tokio::spawn(Arc::new(room).run(open::system()));
}
