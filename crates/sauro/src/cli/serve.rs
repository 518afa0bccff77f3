//! `sauro serve`: the pages, and the readers of the journal beside them.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::ServiceExt;
use axum::extract::Request;
use chrono::{DateTime, FixedOffset};
use clap::Args;
use sauro_directory::DirectoryHandle;
use sauro_identity::Identity;
use sauro_identity::provider::Providers;
use sauro_notices::jobs::{MailRoom, Smtp};
use sauro_portal::actions::AddressRoom;
use sauro_reading::{Gazetteer, Reader};
use sauro_store::Keys;
use sauro_tasks::jobs::{Cycles, LiveBoard};
use sauro_typeset::Typesetter;
use sauro_ui::{AppState, Site};
use tokio::net::TcpListener;

use super::open::{self, Premises};
use crate::config::Config;
use crate::front::{Front, PageCache};
use crate::processes::{
    DeskHolders, Folder, Mirror, NoticeProcess, OwnAddresses, SearchProcess, open_case_programme,
    run_work_figures,
};
use crate::song::Audience;
use crate::{FreshIds, SystemClock, demo, http};

#[derive(Debug, Args)]
#[command(
    after_help = "Ví dụ:\n  sauro serve --demo                      dữ liệu mẫu, http://127.0.0.1:5757\n  sauro serve --listen 0.0.0.0:8080       sau một máy chủ HTTPS, đặt SAURO_SECURE_COOKIES=true\n  sauro serve --database postgres://…     dùng PostgreSQL"
)]
pub(super) struct Arguments {
    /// Địa chỉ và cổng (mặc định 127.0.0.1:5757)
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Nạp dữ liệu mẫu nếu chưa có nhiệm vụ nào; mọi trang ghi rõ số liệu là giả định
    #[arg(long)]
    demo: bool,
    /// Với --demo: đồng hồ đứng yên ở thời điểm này, để chụp trang và tập dượt
    #[arg(long, value_name = "2026-11-20T08:00:00+07:00", requires = "demo")]
    standing_at: Option<DateTime<FixedOffset>>,
}

pub(super) async fn run(mut config: Config, arguments: Arguments) -> anyhow::Result<()> {
    if let Some(listen) = arguments.listen {
        if config.site.public_url == format!("http://{}", config.http.listen) {
            config.site.public_url = format!("http://{listen}");
        }
        config.http.listen = listen;
    }
    config.site.demo |= arguments.demo;
    if let Some(instant) = arguments.standing_at {
        SystemClock::stand_at(instant.to_utc());
    }
    let premises = open::premises(&config).await?;
    let ctx = open::system();
    if sauro_directory::actions::load_shipped(&ctx, &premises.db).await? {
        eprintln!("Đã nạp danh mục: 34 tỉnh, thành phố, 3.321 xã, phường, đặc khu và các cơ quan.");
    }
    let keys = open::keys(&config)?;
    open::shipped_fields(&ctx, &premises, &keys).await?;
    if config.site.demo && demo::load_if_empty(&premises.db, &premises.files, 57).await? {
        demo::load_initiatives(&premises.db, &premises.files, &keys).await?;
        demo::load_petitions(&premises.db, &premises.files, &keys, 57).await?;
        demo::load_portal(&premises.db, &premises.files).await?;
        eprintln!("Đã nạp dữ liệu mẫu.");
    }
    let listener = TcpListener::bind(&config.http.listen).await.with_context(|| {
        format!("Không mở được {}. Cổng đang bận? Chọn cổng khác bằng --listen", config.http.listen)
    })?;
    let house = house(&config, premises, keys).await?;
    open_case_programme(&ctx, &house.state.db, &house.directory).await?;
    follow(&config, &house)?;
    announce(&config);
    let (board, clock) = (house.board.clone(), house.state.clock.clone());
    let listeners = board.clone();
    let db = house.state.db.clone();
    let rooms = (db.clone(), house.directory.clone());
    let ways = (super::senders::ways(&config), super::subscribers::ways(&config, &house)?);
    let pages = http::router(house)
        .layer(axum::Extension(config.initiatives.terms()))
        .layer(axum::Extension(ways.0))
        .layer(axum::Extension(ways.1));
    if !config.store.mirror.is_empty() {
        let folder = Folder::open(Path::new(&config.store.mirror))
            .await
            .with_context(|| format!("Không mở được thư mục bản tĩnh {}", config.store.mirror))?;
        tokio::spawn(Mirror::new(pages.clone(), open::system(), rooms, folder).run());
    }
    let room = AddressRoom(Arc::new(OwnAddresses::new(pages.clone())));
    tokio::spawn(sauro_portal::jobs::run_links(open::system(), db.clone(), room));
    let front = Front::new(pages, board.clone(), clock.clone());
    let front = match config.http.page_cache_mb {
        0 => front,
        most => {
            let kept = PageCache::open(&db, board, clock, most.saturating_mul(1 << 20)).await?;
            tokio::spawn(kept.clone().run());
            front.with_pages(kept)
        }
    };
    axum::serve(
        listener,
        ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(front),
    )
    .with_graceful_shutdown(async move {
        stopped().await;
        // Streams of events never end by themselves.
        listeners.close();
    })
    .await?;
    Ok(())
}

async fn house(config: &Config, premises: Premises, keys: Keys) -> anyhow::Result<http::House> {
    let ctx = open::system();
    let directory = DirectoryHandle::load(&ctx, &premises.db).await?;
    let board = LiveBoard::load(&premises.db).await?;
    let site = Site {
        name: config.site.name.clone(),
        is_demo: config.site.demo,
        public_url: config.site.public_url.clone(),
    };
    let state = AppState {
        db: premises.db,
        files: premises.files,
        clock: Arc::new(SystemClock),
        ids: Arc::new(FreshIds),
        site: Arc::new(site),
    };
    let providers = Providers::new(config.oidc.setups(), &config.site.public_url)?;
    let identity = Identity::new(&state, config.http.secure_cookies)
        .with_keys(keys.clone())
        .with_providers(providers);
    let identity = if config.http.behind_proxy { identity.behind_proxy() } else { identity };
    Ok(http::House {
        state,
        directory,
        board,
        reader: Arc::new(Reader::new(Gazetteer::shipped())),
        search: super::search::index(config)?,
        press: Arc::new(Typesetter::default()),
        keys,
        identity,
        audience: Audience::default(),
        timeout: Duration::from_secs(config.http.timeout_seconds),
    })
}

/// Starts what goes on beside the pages: readers of the journal, reminders, seals. Tests that serve in
/// process call [`http::router`] and start what they need.
fn follow(config: &Config, house: &http::House) -> anyhow::Result<()> {
    let mail = &config.mail;
    if mail.enabled {
        let carrier = Smtp::new(&mail.url, &mail.from).context("Không gửi thư được")?;
        let room = MailRoom {
            holders: DeskHolders(open::system()),
            carrier,
            site: config.site.name.clone(),
            url: config.site.public_url.clone(),
        };
        let directory = house.directory.clone();
        let calendar = move || directory.calendar();
        tokio::spawn(room.run(open::system(), house.state.db.clone(), calendar));
    }
    if config.petitions.mail.enabled {
        super::mailbox::follow(config, house)?;
    }
    super::senders::follow(config, house)?;
    super::subscribers::follow(config, house)?;
    tokio::spawn(house.board.clone().run(house.state.db.clone()));
    tokio::spawn(sauro_indicators::jobs::run_rollups(open::system(), house.state.db.clone()));
    tokio::spawn(sauro_indicators::jobs::run_rounds(
        open::system(),
        house.state.db.clone(),
        house.directory.clone(),
    ));
    tokio::spawn(sauro_petitions::jobs::run_petitions(
        open::system(),
        (house.state.db.clone(), house.state.files.clone(), house.keys.clone()),
        house.directory.clone(),
    ));
    tokio::spawn(sauro_portal::jobs::run_portal(open::system(), house.state.db.clone()));
    tokio::spawn(run_work_figures(open::system(), house.state.db.clone(), house.directory.clone()));
    tokio::spawn(house.directory.clone().run(open::system(), house.state.db.clone()));
    tokio::spawn(sauro_tasks::jobs::run_reminders(
        open::system(),
        house.state.db.clone(),
        house.directory.clone(),
    ));
    let notices = NoticeProcess::new(open::system(), house.directory.clone());
    tokio::spawn(notices.with_mail(mail.enabled).run(house.state.db.clone()));
    let search = SearchProcess::new(open::system(), house.search.clone(), house.directory.clone());
    tokio::spawn(search.run(house.state.db.clone()));
    let maps = house.directory.maps().clone();
    tokio::spawn(maps.run(config.store.data.join("map"), house.directory.clone()));
    tokio::spawn(Cycles::new(house.directory.clone()).run(open::system(), house.state.db.clone()));
    tokio::spawn(crate::sealing::run(
        house.state.db.clone(),
        house.state.clock.clone(),
        config.store.data.join("seals.jsonl"),
    ));
    Ok(())
}

fn announce(config: &Config) {
    println!("Sáu Rõ phục vụ tại http://{}", config.http.listen);
    if config.site.demo {
        println!("\nTài khoản mẫu, mật khẩu chung {}:", demo::PASSWORD);
        for account in demo::ACCOUNTS {
            println!("  {:<16} {}", account.login, account.title);
        }
        println!("\nNgười dân không cần tài khoản: http://{}/", config.http.listen);
    }
}

/// Ends when the terminal or the service manager asks to stop.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! { _ = interrupt => {}, () = terminate => {} }
}
