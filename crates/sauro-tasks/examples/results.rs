//! `cargo run -p sauro-tasks --example results -- N_TASKS ADDRESS` serves the pages of results over
//! made-up tasks, with the style sheets, and a constant page of equal size at `/bang-nhau`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "an example")]
#![expect(clippy::disallowed_methods, reason = "a server needs a clock")]

#[path = "../tests/it/results/seed.rs"]
#[expect(unreachable_pub, reason = "shared with the tests")]
mod seed;

use std::sync::Arc;

use axum::Extension;
use axum::routing::get;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Clock, Ctx, SeededIds};
use sauro_store::{Db, Files};
use sauro_tasks::jobs::LiveBoard;
use sauro_ui::{AppState, Site};

struct Wall;

impl Clock for Wall {
    fn now(&self) -> chrono::DateTime<chrono::Utc> {
        chrono::Utc::now()
    }
}

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().collect();
    let n = args.get(1).map_or(600, |it| it.parse().unwrap());
    let address = args.get(2).map_or("127.0.0.1:5790", String::as_str);
    let home = tempfile::tempdir().unwrap();
    let db =
        Db::open(&format!("sqlite://{}", home.path().join("sauro.db").display())).await.unwrap();
    let ctx =
        Ctx { actor: Actor::system(), clock: Arc::new(Wall), ids: Arc::new(SeededIds::default()) };
    sauro_directory::actions::load_shipped(&ctx, &db).await.unwrap();
    let directory = DirectoryHandle::load(&ctx, &db).await.unwrap();
    let all = directory.directory();
    let leads: Vec<seed::Lead> = all
        .all()
        .iter()
        .filter(|it| !it.is_group)
        .filter(|it| {
            let kind = it.kind.as_str();
            kind == "ministry" || kind.starts_with("province")
        })
        .map(|it| seed::Lead { id: it.id, path: it.path.clone() })
        .collect();
    let today = ctx.today();
    seed::tasks(&db, &leads, n, today, &mut seed::Dice(57)).await;
    for task in 1..n.min(40) {
        seed::work_on(&db, task, leads[0].id, ctx.now_us() - 86_400_000_000).await;
    }
    let live = LiveBoard::load(&db).await.unwrap();
    tokio::spawn(live.clone().run(db.clone()));
    let files = Files::open(&home.path().join("files").display().to_string()).await.unwrap();
    let site = Arc::new(Site { is_demo: true, ..Site::default() });
    let state = AppState { db, files, clock: Arc::new(Wall), ids: ctx.ids, site };
    let constant = bytes::Bytes::from(vec![b'x'; 12_000]);
    let app = axum::Router::new()
        .merge(sauro_tasks::routes())
        .route("/bang-nhau", get(move || async move { constant.clone() }))
        .layer(Extension(live))
        .layer(Extension(directory))
        .with_state(state)
        .merge(sauro_ui::assets());
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    axum::serve(listener, sauro_ui::layers(app)).await.unwrap();
}
