//! A dashboard of 24 tiles, looked at by 200 at once: still, and while somebody changes it.

use std::time::{Duration, Instant};

use serde_json::json;

use super::client::{Client, Request};
use super::figure::{Figure, Target, rounded};
use super::load::{Load, load};
use super::place::Place;
use super::senders::{self, Sender};
use super::server::Server;
use super::{AnyError, Pace};

/// Readers at once.
const CROWD: usize = 200;
/// How often somebody changes the dashboard while it is looked at.
const CHANGES: Duration = Duration::from_millis(500);
/// Whose dashboard it is.
const LEADER: &str = "lanhdao-tinh";
const FORM: &str = "application/x-www-form-urlencoded";

/// Tiles of every kind, three times over.
const TILES: [&str; 8] = [
    "loai=mot-so&chi-so=DTI-QG&noi=VN",
    "loai=duong&chi-so=DTI-QG&noi=VN",
    "loai=xep-hang&chi-so=DTI-TINH&noi=VN",
    "loai=ban-do",
    "loai=bang-nhiet&chi-so=DTI-TINH&chi-so-2=S-NQ57-NV&noi=VN",
    "loai=bon-o&noi=UBND-96",
    "loai=viec-cham&noi=UBND-96",
    "loai=loi&loi=Giao+ban",
];

/// Makes the dashboard as people do, and looks at it.
pub(crate) async fn measure(
    place: &Place,
    server: &Server,
    pace: Pace,
) -> Result<Vec<Figure>, AnyError> {
    let mut people = [Sender::of(LEADER)];
    senders::sign_in(server, &mut people).await?;
    let [Sender { cookie, .. }] = &people;
    let edit = make(server, cookie).await?;
    let path = edit.strip_suffix("/sua").ok_or("no dashboard")?.to_owned();
    let desk = Request::get(&path).by_browser().header("Cookie", cookie);
    let first_ms = first(server, &desk).await?;
    let still = load(server, &desk, 200, CROWD, pace.page).await?;
    let (changing, n_changes) = under_change(server, &desk, cookie, &edit, pace).await?;
    let open = format!("viec=mo&cho=public&phien-ban={}", 25 + n_changes);
    post(server, cookie, &edit, &open).await?;
    let public = Request::get(&format!("/ket-qua{path}")).by_browser();
    let public = load(server, &public, 200, CROWD, pace.page).await?;
    let figure = |name: &'static str, load: &Load, detail| {
        Figure::new(name, load.at_ms(95), "ms at p95", Target::AtMost(150.0))
            .at(place.engine, place.scale)
            .with(json!({ "connections": CROWD, "tiles": 24, "load": load.json(), "more": detail }))
    };
    Ok(vec![
        figure("dashboard_p95_ms", &still, json!({ "first_ask_ms": rounded(first_ms) })),
        figure("dashboard_under_change_p95_ms", &changing, json!({ "changes": n_changes })),
        figure("dashboard_public_p95_ms", &public, json!(null)),
    ])
}

/// A dashboard with 24 tiles; answers the address where it is changed.
async fn make(server: &Server, cookie: &str) -> Result<String, AnyError> {
    let tiles: Vec<String> = TILES.iter().cycle().take(24).map(|&it| it.to_owned()).collect();
    make_of(server, cookie, &tiles).await
}

/// A dashboard of `tiles`; answers the address where it is changed.
pub(crate) async fn make_of(
    server: &Server,
    cookie: &str,
    tiles: &[String],
) -> Result<String, AnyError> {
    let edit = post(server, cookie, "/bang", "ten=Bảng+đo").await?;
    for (n, tile) in tiles.iter().enumerate() {
        let form = format!("viec=them&phien-ban={}&{tile}", n + 1);
        post(server, cookie, &edit, &form).await?;
    }
    Ok(edit)
}

/// Sends a form that must be taken; answers where it leads.
pub(crate) async fn post(
    server: &Server,
    cookie: &str,
    to: &str,
    form: &str,
) -> Result<String, AnyError> {
    let request = Request::post(to, FORM, form.as_bytes().to_vec())
        .header("Cookie", cookie)
        .header("Sec-Fetch-Site", "same-origin");
    let answer = Client::open(server.at).await?.ask(&request.bytes(server.at)).await?;
    if answer.status != 303 {
        return Err(format!("{to} {form} answered {}", answer.head).into());
    }
    Ok(answer.header("location").unwrap_or_default().to_owned())
}

async fn first(server: &Server, request: &Request) -> Result<f64, AnyError> {
    let mut client = Client::open(server.at).await?;
    let begun = Instant::now();
    let answer = client.ask(&request.bytes(server.at)).await?;
    if answer.status != 200 {
        return Err(format!("the dashboard answered {}", answer.head).into());
    }
    Ok(begun.elapsed().as_secs_f64() * 1000.0)
}

/// The same load while one tile becomes wider and narrower: each change is another version to draw.
async fn under_change(
    server: &Server,
    request: &Request,
    cookie: &str,
    edit: &str,
    pace: Pace,
) -> Result<(Load, usize), AnyError> {
    let change = async {
        let (begun, mut n) = (Instant::now(), 0);
        while begun.elapsed() < pace.page * 3 {
            let step = if n % 2 == 0 { "rong" } else { "hep" };
            let form = format!("viec={step}&o=1&phien-ban={}", 25 + n);
            post(server, cookie, edit, &form).await?;
            n += 1;
            tokio::time::sleep(CHANGES).await;
        }
        Ok::<_, AnyError>(n)
    };
    let (load, n) = tokio::join!(load(server, request, 200, CROWD, pace.page * 3), change);
    Ok((load?, n?))
}
