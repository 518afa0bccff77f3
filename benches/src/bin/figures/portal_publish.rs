//! How soon what a leader lets out is seen: by the leader's own node, and by another one beside it.

use std::time::{Duration, Instant};

use sauro_benches::outside::{FreshIds, SystemClock};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{AccountId, Actor, AgencyId, Ctx, PostId, Role};
use sauro_portal::actions::{Step, begin, sections, step, write};
use sauro_portal::model::{BlockFields, Fields, Item, Kind};
use sauro_store::Db;
use serde_json::json;

use super::AnyError;
use super::client::{Client, Request};
use super::figure::{Figure, Target, rounded};
use super::load::percentile_ms;
use super::national::cookie;
use super::place::Place;
use super::portal::until;
use super::server::Server;

/// The agency of the leader who signs in.
const AGENCY: &str = "UBND-96";
const LEADER: &str = "lanhdao-tinh";

/// Longest wait for what was let out.
const PATIENCE: Duration = Duration::from_secs(10);

/// Lets items out by the form of the desk, and looks for each.
pub(crate) async fn measure(
    place: &Place,
    server: &Server,
    is_quick: bool,
) -> Result<Vec<Figure>, AnyError> {
    let cookie = cookie(server, LEADER).await?;
    let db = Db::open(&place.url).await?;
    // Two servers on one file are not how SQLite is run.
    let other = match place.engine {
        "sqlite" => None,
        _ => Some(place.serve().await?),
    };
    let (mut own, mut others, mut forms) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..if is_quick { 3 } else { 30 } {
        let it = waiting(&db, n).await?;
        let path = it.path();
        // Lists are in memory on both nodes when it goes out.
        for node in std::iter::once(server).chain(&other) {
            until(node, "/tin", (Instant::now(), PATIENCE), |it| it.status == 200).await?;
        }
        let form = format!("viec=duyet&dau={}", it.stamp);
        let media = "application/x-www-form-urlencoded";
        let request = Request::post(&format!("/bien-tap/{}/buoc", it.id), media, form.into())
            .header("Cookie", &cookie)
            .header("Sec-Fetch-Site", "same-origin");
        let mut client = Client::open(server.at).await?;
        let sent = Instant::now();
        let answer = client.ask(&request.bytes(server.at)).await?;
        if answer.status != 303 {
            return Err(format!("the form was answered {}", answer.status).into());
        }
        forms.push(sent.elapsed());
        let begun = Instant::now();
        let is_listed = |it: &super::client::Answer| contains(&it.body, path.as_bytes());
        until(server, &path, (begun, PATIENCE), |it| it.status == 200).await?;
        own.push(until(server, "/tin", (begun, PATIENCE), is_listed).await?);
        if let Some(other) = &other {
            until(other, &path, (begun, PATIENCE), |it| it.status == 200).await?;
            others.push(until(other, "/tin", (begun, PATIENCE), is_listed).await?);
        }
    }
    if let Some(other) = other {
        other.stop().await?;
    }
    forms.sort_unstable();
    let mut figures = Vec::new();
    for (name, mut times) in [("own node", own), ("other node", others)] {
        times.sort_unstable();
        if times.is_empty() {
            continue;
        }
        let worst = percentile_ms(&times, 100);
        let figure =
            Figure::new("portal_publish_visible_ms", worst, "ms, worst", Target::AtMost(1_000.0));
        figures.push(figure.at(place.engine, place.scale).of(name).with(json!({
            "items": times.len(),
            "p50_ms": rounded(percentile_ms(&times, 50)),
            "form_p50_ms": rounded(percentile_ms(&forms, 50)),
            "what": "from the answer to the leader until the item and the list of news show it",
        })));
    }
    Ok(figures)
}

fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|it| it == word)
}

/// An article that waits for the leader, written by the province's own officers.
async fn waiting(db: &Db, n: usize) -> Result<Item, AnyError> {
    let focal = seat(db, Role::FocalOfficer).await?;
    let section = sections(&focal, db).await?.into_iter().next().ok_or("no section")?;
    let title = format!("Vừa duyệt {n}: điểm hỗ trợ mở thêm ở hai ấp");
    let it = begin(&focal, db, (section.id, Kind::Article), &title).await?;
    let block = BlockFields {
        kind: "doan".to_owned(),
        text: "Một đoạn ngắn.".to_owned(),
        ..BlockFields::default()
    };
    let fields = Fields { title, blocks: vec![block], ..Fields::default() };
    let it = write(&focal, db, (it.id, it.version_n), &fields).await?;
    let it = step(&focal, db, (it.id, it.stamp), &Step::Submit).await?;
    let it = step(&focal, db, (it.id, it.stamp), &Step::HandUp(String::new())).await?;
    // Where a legal opinion is asked for, nothing stands against it.
    let Some(role) = section.roles.vetters.first() else { return Ok(it) };
    let vetter = seat(db, *role).await?;
    Ok(step(&vetter, db, (it.id, it.stamp), &Step::Agree(String::new())).await?)
}

async fn seat(db: &Db, role: Role) -> Result<Ctx, AnyError> {
    let system = Ctx {
        actor: Actor::system(),
        clock: std::sync::Arc::new(SystemClock),
        ids: std::sync::Arc::new(FreshIds),
    };
    let directory = DirectoryHandle::load(&system, db).await?.directory();
    let agency = directory.by_code(AGENCY).ok_or("no such agency")?;
    let id = AgencyId::of_code(&format!("{AGENCY}/do/{}", role.code())).0;
    let actor = Actor {
        account: AccountId(id),
        post: PostId(id),
        role,
        agency: agency.id,
        agency_code: agency.code.clone(),
        agency_name: agency.name.clone(),
        agency_path: agency.path.clone(),
        scope: agency.scope.clone(),
        display_name: role.label().to_owned(),
    };
    Ok(Ctx { actor, ..system })
}
