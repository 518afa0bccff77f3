//! Messages to devices through a push server of our own, read by the standard and not by what wrote them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Nonce};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta};
use hkdf::Hkdf;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::{PublicKey, SecretKey};
use sauro_subscriptions::actions::{DeviceFields, subscribe_device};
use sauro_subscriptions::jobs::{PushRoom, Round, whole_round};
use sauro_subscriptions::model::{Device, Subject};
use sauro_subscriptions::push::{PushServers, Vapid};
use sauro_testkit::on_each_engine;
use sha2::Sha256;

use crate::world::{SITE, World};

const NEWS: &[Subject] = &[Subject::News];

/// What a push server was asked.
type Asked = (String, HeaderMap, Vec<u8>);

#[derive(Default, Clone)]
struct Server {
    asked: Arc<Mutex<Vec<Asked>>>,
    /// What it answers to a device, and how long that device is to wait.
    answers: Arc<Mutex<HashMap<String, (u16, &'static str)>>>,
    url: String,
}

impl Server {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let it = Self { url, ..Self::default() };
        let routes = Router::new().route("/{device}", post(take)).with_state(it.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        it
    }

    fn answer(&self, device: &str, status: u16, wait: &'static str) {
        self.answers.lock().unwrap().insert(device.to_owned(), (status, wait));
    }

    fn taken(&self) -> Vec<Asked> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

async fn take(
    State(server): State<Server>,
    Path(device): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (status, wait) = *server.answers.lock().unwrap().get(&device).unwrap_or(&(201, ""));
    server.asked.lock().unwrap().push((device, headers, body.to_vec()));
    let status = StatusCode::from_u16(status).unwrap();
    if wait.is_empty() {
        status.into_response()
    } else {
        (status, [("retry-after", wait)]).into_response()
    }
}

/// A browser's key, and what it tells of it.
pub(crate) fn browser(endpoint: &str) -> (SecretKey, Device) {
    let key = SecretKey::from_slice(&[7_u8; 32]).unwrap();
    let device = Device {
        endpoint: endpoint.to_owned(),
        p256dh: URL_SAFE_NO_PAD.encode(key.public_key().to_sec1_bytes()),
        auth: URL_SAFE_NO_PAD.encode([9_u8; 16]),
    };
    (key, device)
}

async fn subscribe(world: &World, device: &Device) {
    let fields = DeviceFields {
        endpoint: device.endpoint.clone(),
        p256dh: device.p256dh.clone(),
        auth: device.auth.clone(),
        subjects: NEWS.iter().map(|it| it.code()).collect(),
    };
    let from = ("203.0.113.9", true);
    subscribe_device(&world.anybody(), &world.office, from, &fields).await.unwrap();
}

async fn look(world: &World, may_be_private: bool) -> Round {
    whole_round(&world.system(), &world.office).await.unwrap();
    let vapid = Vapid::new(&world.office.keys, SITE).unwrap();
    let servers = PushServers::new(vapid, may_be_private).unwrap();
    let room = PushRoom { servers, office: world.office.clone(), url: SITE.to_owned() };
    room.round(&world.system()).await.unwrap()
}

/// RFC 8291, section 3.4, and RFC 8188, section 2, from the receiving side.
fn opened(key: &SecretKey, auth: &[u8], body: &[u8]) -> Vec<u8> {
    let (salt, rest) = body.split_at(16);
    let (size, rest) = rest.split_at(4);
    assert_eq!(u32::from_be_bytes(size.try_into().unwrap()), 4096);
    let (n_theirs, rest) = rest.split_first().unwrap();
    let (theirs, record) = rest.split_at(usize::from(*n_theirs));
    let shared = key.diffie_hellman(&PublicKey::from_sec1_bytes(theirs).unwrap());
    let own = key.public_key().to_sec1_bytes();
    let info = [b"WebPush: info\0".as_slice(), &own, theirs].concat();
    let mut material = [0_u8; 32];
    Hkdf::<Sha256>::new(Some(auth), shared.raw_secret_bytes())
        .expand(&info, &mut material)
        .unwrap();
    let derived = Hkdf::<Sha256>::new(Some(salt), &material);
    let (mut cek, mut nonce) = ([0_u8; 16], [0_u8; 12]);
    derived.expand(b"Content-Encoding: aes128gcm\0", &mut cek).unwrap();
    derived.expand(b"Content-Encoding: nonce\0", &mut nonce).unwrap();
    let mut plain = Aes128Gcm::new(&cek.into()).decrypt(&Nonce::from(nonce), record).unwrap();
    while plain.last() == Some(&0) {
        plain.pop();
    }
    assert_eq!(plain.pop(), Some(2), "the last record");
    plain
}

/// RFC 8292, section 2 and 3.
fn signed(server: &Server, headers: &HeaderMap, now: DateTime<chrono::Utc>) -> String {
    let words = headers["authorization"].to_str().unwrap().strip_prefix("vapid t=").unwrap();
    let (token, key) = words.split_once(", k=").unwrap();
    let (said, signature) = token.rsplit_once('.').unwrap();
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let public = VerifyingKey::from_sec1_bytes(&bytes(key)).unwrap();
    let signature = Signature::from_slice(&bytes(signature)).unwrap();
    public.verify(said.as_bytes(), &signature).unwrap();
    assert!(public.verify(b"other words", &signature).is_err());
    let claims: serde_json::Value =
        serde_json::from_slice(&bytes(said.split_once('.').unwrap().1)).unwrap();
    let claim = |name: &str| claims.get(name).cloned().unwrap_or_default();
    assert_eq!((claim("aud"), claim("sub")), (server.url.as_str().into(), SITE.into()));
    let left = claim("exp").as_i64().unwrap() - now.timestamp();
    assert!((1..=86_400).contains(&left), "{left}");
    key.to_owned()
}

#[tokio::test]
async fn a_device_gets_each_thing_once_sealed_for_it_and_signed_by_this_house() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let server = Server::start().await;
        let (key, device) = browser(&format!("{}/may-mot", server.url));
        subscribe(&world, &device).await;
        world.publish(NEWS).await;
        world.publish(&[Subject::Documents]).await;
        assert_eq!(look(&world, true).await.n_sent, 1);
        assert_eq!(look(&world, true).await, Round::default(), "once");
        let (to, headers, body) = server.taken().remove(0);
        assert_eq!(
            (to.as_str(), &headers["content-encoding"]),
            ("may-mot", &"aes128gcm".parse().unwrap())
        );
        assert_eq!(headers["ttl"], "86400");
        let now = world.system().clock.now();
        let public = signed(&server, &headers, now);
        assert_eq!(public, Vapid::new(&world.office.keys, SITE).unwrap().public_key());
        let plain = opened(&key, &[9; 16], &body);
        let told: serde_json::Value = serde_json::from_slice(&plain).unwrap();
        let expected =
            serde_json::json!({ "title": "Tin số 1", "url": format!("{SITE}/tin/so-1") });
        assert_eq!(told, expected, "title and address, nothing else");
        let withdrawn = world.publish(NEWS).await;
        whole_round(&world.system(), &world.office).await.unwrap();
        world.hide(withdrawn);
        assert_eq!(look(&world, true).await.n_dropped, 1);
        assert!(server.taken().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_device_that_is_gone_is_forgotten_and_a_busy_server_is_asked_again_later() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let server = Server::start().await;
        for name in ["gone", "lost", "busy", "broken", "well-and-alive"] {
            let (_, device) = browser(&format!("{}/{name}", server.url));
            subscribe(&world, &device).await;
        }
        server.answer("gone", 410, "");
        server.answer("lost", 404, "");
        server.answer("busy", 429, "1800");
        server.answer("broken", 503, "");
        world.publish(NEWS).await;
        let round = look(&world, true).await;
        assert_eq!((round.n_sent, round.n_gone, round.n_later), (1, 2, 2), "one holds up no other");
        assert_eq!(world.count("subscriptions").await, 3);
        server.answer("busy", 201, "");
        server.answer("broken", 201, "");
        assert_eq!(look(&world, true).await, Round::default());
        world.pass(TimeDelta::minutes(2));
        assert_eq!(look(&world, true).await.n_sent, 1, "the broken one, soon");
        world.pass(TimeDelta::minutes(30));
        assert_eq!(look(&world, true).await.n_sent, 1, "the busy one, when it said");
        assert_eq!(server.taken().len(), 7);
    })
    .await;
}

#[tokio::test]
async fn nothing_of_the_own_network_is_asked_even_when_a_name_leads_there() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let server = Server::start().await;
        // Kept while private push servers were allowed, sent when they are not any more.
        let (_, plain) = browser(&format!("{}/may-mot", server.url));
        let (_, named) = browser("https://localhost:9/may");
        subscribe(&world, &plain).await;
        subscribe(&world, &named).await;
        world.publish(NEWS).await;
        let round = look(&world, false).await;
        assert_eq!((round.n_sent, round.n_gone), (0, 2));
        assert!(server.taken().is_empty());
        assert_eq!(world.count("subscriptions").await, 0);
    })
    .await;
}
