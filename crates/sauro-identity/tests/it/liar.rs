//! A provider that the tests run, with keys of its own. It keeps the rules of OpenID Connect unless it is told to
//! break one, which a real provider never does.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use sauro_identity::model::{Level, Levels};
use sauro_identity::provider::ProviderSetup;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::house::House;
use crate::pages::{Browser, Page};

/// The client that the provider knows.
pub(crate) const CLIENT: &str = "sauro";

pub(crate) struct Liar {
    pub(crate) issuer: String,
    facts: Arc<Mutex<Facts>>,
}

struct Facts {
    issuer: String,
    key: Signer,
    /// Code → what is signed for it, and the challenge.
    granted: HashMap<String, (String, String)>,
    n: usize,
}

/// A signing key with a name.
pub(crate) struct Signer {
    kid: String,
    pair: EcdsaKeyPair,
}

/// How a token is made.
#[derive(Clone, Default)]
pub(crate) struct Lie {
    /// Claims that replace the right ones; `null` takes one away.
    pub(crate) claims: Vec<(&'static str, Value)>,
    /// Head and signature instead of the right ones.
    pub(crate) head: Option<Value>,
    pub(crate) is_unsigned: bool,
    pub(crate) is_by_stranger: bool,
}

impl Signer {
    fn new(kid: &str) -> Self {
        let random = SystemRandom::new();
        let kind = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(kind, pkcs8.as_ref(), &random).unwrap();
        Self { kid: kid.to_owned(), pair }
    }

    fn jwk(&self) -> Value {
        let (x, y) = self.pair.public_key().as_ref()[1..].split_at(32);
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.kid,
            "x": B64.encode(x), "y": B64.encode(y),
        })
    }

    fn signed(&self, head: &Value, claims: &Value) -> String {
        let words = format!("{}.{}", B64.encode(head.to_string()), B64.encode(claims.to_string()));
        let signature = self.pair.sign(&SystemRandom::new(), words.as_bytes()).unwrap();
        format!("{words}.{}", B64.encode(signature.as_ref()))
    }
}

impl Liar {
    /// Serves until the process ends.
    pub(crate) async fn new() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let facts = Arc::new(Mutex::new(Facts {
            issuer: issuer.clone(),
            key: Signer::new("first"),
            granted: HashMap::new(),
            n: 0,
        }));
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(description))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .route("/me", get(me))
            .with_state(facts.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { issuer, facts }
    }

    /// How an administrator sets it up: from "2" on, officials need no second factor.
    pub(crate) fn setup(&self) -> ProviderSetup {
        let level = |acr: &str| Level { acr: acr.to_owned(), name: format!("Mức độ {acr}") };
        ProviderSetup {
            code: "thu".to_owned(),
            name: "Định danh thử".to_owned(),
            issuer: self.issuer.clone(),
            client_id: CLIENT.to_owned(),
            scopes: vec!["profile".to_owned()],
            levels: Levels { all: vec![level("1"), level("2")], enough: "2".to_owned() },
            serves_citizens: true,
            serves_officials: true,
            ..ProviderSetup::default()
        }
    }

    /// Signs with another key from now on.
    pub(crate) fn change_keys(&self) {
        self.facts.lock().unwrap().key = Signer::new("second");
    }

    /// The person `subject` agrees at the provider; answers the path by which the browser comes back.
    pub(crate) fn agrees(&self, house: &House, at: &str, subject: &str, lie: &Lie) -> String {
        let asked = query(at);
        assert_eq!((&*asked["client_id"], &*asked["response_type"]), (CLIENT, "code"));
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].contains("openid") && asked["acr_values"] == "2 1");
        assert_eq!(asked["redirect_uri"], "http://localhost:8080/dang-nhap/qua/thu/ve");
        let now = house.now_s();
        let mut claims = json!({
            "iss": self.issuer, "aud": CLIENT, "sub": subject, "nonce": asked["nonce"],
            "iat": now, "exp": now + 300, "acr": "2",
        });
        for (name, value) in &lie.claims {
            match value {
                Value::Null => drop(claims.as_object_mut().unwrap().remove(*name)),
                value => claims[*name] = value.clone(),
            }
        }
        let mut facts = self.facts.lock().unwrap();
        facts.n += 1;
        let code = format!("code{}", facts.n);
        let stranger = Signer::new(&facts.key.kid);
        let signer = if lie.is_by_stranger { &stranger } else { &facts.key };
        let head = json!({ "alg": "ES256", "typ": "JWT", "kid": signer.kid });
        let mut token = signer.signed(lie.head.as_ref().unwrap_or(&head), &claims);
        if lie.is_unsigned {
            token.truncate(token.rfind('.').unwrap() + 1);
        }
        facts.granted.insert(code.clone(), (token, asked["code_challenge"].clone()));
        format!("/dang-nhap/qua/thu/ve?state={}&code={code}&iss={}", asked["state"], self.issuer)
    }

    /// Goes to the provider as `cho`, agrees there as `subject` and comes back.
    pub(crate) async fn enter(
        &self,
        house: &House,
        browser: &mut Browser,
        (cho, subject): (&str, &str),
        lie: &Lie,
    ) -> Page {
        let out = browser.get(&format!("/dang-nhap/qua/thu?cho={cho}&tiep=/toi")).await;
        assert_eq!(out.status, 303, "{}", out.body);
        let back = self.agrees(house, out.location(), subject, lie);
        browser.get(&back).await
    }
}

impl Lie {
    pub(crate) fn claiming(name: &'static str, value: impl Into<Value>) -> Self {
        Self { claims: vec![(name, value.into())], ..Self::default() }
    }
}

/// The parameters of an address.
pub(crate) fn query(address: &str) -> HashMap<String, String> {
    let uri: axum::http::Uri = address.parse().unwrap();
    axum::extract::Query::<HashMap<String, String>>::try_from_uri(&uri).unwrap().0
}

type Shared = Arc<Mutex<Facts>>;

async fn description(State(facts): State<Shared>) -> Json<Value> {
    let at = facts.lock().unwrap().issuer.clone();
    Json(json!({
        "issuer": at,
        "authorization_endpoint": format!("{at}/auth"),
        "token_endpoint": format!("{at}/token"),
        "userinfo_endpoint": format!("{at}/me"),
        "end_session_endpoint": format!("{at}/end"),
        "jwks_uri": format!("{at}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
    }))
}

async fn keys(State(facts): State<Shared>) -> Json<Value> {
    Json(json!({ "keys": [facts.lock().unwrap().key.jwk()] }))
}

async fn token(
    State(facts): State<Shared>,
    Form(asked): Form<HashMap<String, String>>,
) -> Response {
    let verifier = asked.get("code_verifier").cloned().unwrap_or_default();
    let code = asked.get("code").cloned().unwrap_or_default();
    let granted = facts.lock().unwrap().granted.remove(&code);
    match granted {
        Some((token, challenge)) if B64.encode(Sha256::digest(verifier)) == challenge => {
            let all = json!({ "access_token": code, "token_type": "Bearer", "id_token": token });
            Json(all).into_response()
        }
        _ => (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response(),
    }
}

/// Of whom it is told is always the same person: a sign-in as another must not believe it.
async fn me() -> Json<Value> {
    Json(json!({
        "sub": "079", "name": "Trần Thị Thử", "email": "thu@example.vn",
        "phone_number": "0900000079",
    }))
}
