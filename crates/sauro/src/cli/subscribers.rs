//! News for subscribers beside a serving process.

use std::sync::Arc;

use anyhow::Context;
use sauro_notices::jobs::Smtp;
use sauro_subscriptions::actions::Office;
use sauro_subscriptions::jobs::{PostRoom, PushRoom, run_subscriptions};
use sauro_subscriptions::push::{PushServers, Vapid};
use sauro_subscriptions::{NewsRoom, Ways};

use super::open;
use crate::config::Config;
use crate::http::House;
use crate::processes::{NewsBySmtp, NewsOfPortal, SubscriberNews};

/// The ways that pages offer.
pub(super) fn ways(config: &Config, house: &House) -> anyhow::Result<Ways> {
    let push = match config.push.enabled {
        true => Some((vapid(config, house)?.public_key().to_owned(), config.push.inside)),
        false => None,
    };
    Ok(Ways { has_mail: config.mail.enabled, push })
}

/// Starts telling subscribers, where there is a way to tell them.
pub(super) fn follow(config: &Config, house: &House) -> anyhow::Result<()> {
    if !config.mail.enabled && !config.push.enabled {
        return Ok(());
    }
    let news = NewsOfPortal::new(house.state.db.clone(), house.directory.clone());
    let office = Office {
        db: house.state.db.clone(),
        keys: house.keys.clone(),
        directory: house.directory.clone(),
        news: NewsRoom(Arc::new(news)),
    };
    let url = config.site.public_url.clone();
    if config.mail.enabled {
        let smtp = Smtp::new(&config.mail.url, &config.mail.from).context("Không gửi thư được")?;
        let (carrier, office) = (NewsBySmtp(smtp), office.clone());
        let room = PostRoom { carrier, office, site: config.site.name.clone(), url: url.clone() };
        tokio::spawn(room.run(open::system()));
    }
    if config.push.enabled {
        let servers = PushServers::new(vapid(config, house)?, config.push.inside)?;
        tokio::spawn(PushRoom { servers, office: office.clone(), url }.run(open::system()));
    }
    tokio::spawn(SubscriberNews::new(open::system()).run(house.state.db.clone()));
    tokio::spawn(run_subscriptions(open::system(), office));
    Ok(())
}

/// The key that messages to devices are signed with; push servers ask the house itself.
fn vapid(config: &Config, house: &House) -> anyhow::Result<Vapid> {
    Ok(Vapid::new(&house.keys, &config.site.public_url)?)
}
