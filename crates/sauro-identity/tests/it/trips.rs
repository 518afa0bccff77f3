//! Citizens on the way to a provider and back, and everything that goes wrong on it.

use sauro_identity::provider::ProviderSetup;
use sauro_testkit::on_each_engine;
use serde_json::json;

use crate::house::House;
use crate::liar::{Liar, Lie, query};
use crate::pages::Browser;

const START: &str = "/dang-nhap/qua/thu?cho=dan&tiep=/toi";

async fn house(engine: sauro_testkit::Engine) -> (House, Liar) {
    let liar = Liar::new().await;
    (House::new(engine).await.with_provider(liar.setup()), liar)
}

#[tokio::test]
async fn without_a_provider_nobody_is_offered_one() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let mut browser = Browser::new(&house);
        assert!(!browser.get("/dang-nhap").await.body.contains("/dang-nhap/qua"));
        for path in ["/dang-nhap/nguoi-dan", START, "/cua-toi/tai-khoan", "/dang-nhap/qua/thu/ve"] {
            assert_eq!(browser.get(path).await.status, 404, "{path}");
        }
    })
    .await;
}

// I77
#[tokio::test]
async fn a_citizen_is_known_again_sealed_and_leaves_no_name_behind() {
    on_each_engine(async |engine| {
        let (house, liar) = house(engine).await;
        let mut phone = Browser::new(&house);
        assert!(phone.get("/dang-nhap/nguoi-dan").await.body.contains("Định danh thử"));
        let page = liar.enter(&house, &mut phone, ("dan", "079"), &Lie::default()).await;
        assert_eq!((page.status, page.location()), (303, "/toi"), "{}", page.body);
        let page = phone.get("/cua-toi/tai-khoan").await;
        assert!(page.body.contains("Trần Thị Thử"), "{}", page.body);
        assert!(page.body.contains("Định danh thử, Mức độ 2") && page.body.contains("0900000079"));
        let mut desk = Browser::new(&house);
        liar.enter(&house, &mut desk, ("dan", "079"), &Lie::default()).await;
        assert_eq!((house.count("citizens").await, house.count("citizen_sessions").await), (1, 2));
        // A citizen is no official.
        assert_eq!(phone.get("/toi").await.body, "");
        assert_eq!(phone.get("/tai-khoan").await.status, 303);
        let mut conn = house.db.read().await.unwrap();
        let sealed: Vec<u8> = sauro_store::run!(conn, c =>
            sqlx::query_scalar("SELECT sealed FROM citizens").fetch_one(c).await)
        .unwrap();
        drop(conn);
        assert!(!sealed.windows(3).any(|it| it == b"079"));
        let journal = house.journal().await;
        assert!(journal.contains("CitizenSignedIn") && journal.contains(r#""level":"2""#));
        assert!(!journal.contains("Thử") && !journal.contains("079"), "{journal}");

        let out = phone.post("/dang-nhap/nguoi-dan/ra", "").await;
        assert_eq!(out.location(), "/dang-nhap/nguoi-dan/da-ra");
        assert!(phone.get(out.location()).await.body.contains(&format!("{}/end", liar.issuer)));
        assert_eq!(phone.get("/cua-toi/tai-khoan").await.status, 303);
        assert_eq!(desk.get("/cua-toi/tai-khoan").await.status, 200);
        assert_eq!(desk.post("/cua-toi/tai-khoan/xoa", "").await.status, 422);
        assert_eq!(desk.post("/cua-toi/tai-khoan/xoa", "chac-chan=1").await.status, 303);
        assert_eq!((house.count("citizens").await, house.count("citizen_sessions").await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session_of_a_citizen_and_so_does_half_a_day() {
    on_each_engine(async |engine| {
        let (house, liar) = house(engine).await;
        let (mut phone, mut desk) = (Browser::new(&house), Browser::new(&house));
        liar.enter(&house, &mut phone, ("dan", "079"), &Lie::default()).await;
        liar.enter(&house, &mut desk, ("dan", "079"), &Lie::default()).await;
        assert_eq!(desk.post("/cua-toi/tai-khoan/dang-xuat-het", "").await.status, 303);
        assert_eq!(phone.get("/cua-toi/tai-khoan").await.status, 303);
        liar.enter(&house, &mut phone, ("dan", "079"), &Lie::default()).await;
        house.wait(12 * 3600);
        assert_eq!(phone.get("/cua-toi/tai-khoan").await.status, 303);
    })
    .await;
}

// I77
#[tokio::test]
async fn a_token_that_does_not_hold_in_every_point_opens_nothing() {
    on_each_engine(async |engine| {
        let (house, liar) = house(engine).await;
        let now = house.now_s();
        let head = |alg: &str| Some(json!({ "alg": alg, "typ": "JWT", "kid": "first" }));
        let lies = [
            ("a wrong nonce", Lie::claiming("nonce", "another")),
            ("no nonce", Lie::claiming("nonce", json!(null))),
            ("expired", Lie::claiming("exp", now - 1)),
            ("no end", Lie::claiming("exp", json!(null))),
            ("from the future", Lie::claiming("iat", now + 3600)),
            ("another issuer", Lie::claiming("iss", "https://khac.example.vn")),
            ("another audience", Lie::claiming("aud", "khac")),
            ("more audiences", Lie::claiming("aud", json!(["sauro", "khac"]))),
            ("another party", Lie::claiming("azp", "khac")),
            ("another access token", Lie::claiming("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")),
            ("no subject", Lie::claiming("sub", "")),
            ("an endless subject", Lie::claiming("sub", "9".repeat(256))),
            ("somebody else's page", Lie::claiming("sub", "080")),
            ("by a stranger", Lie { is_by_stranger: true, ..Lie::default() }),
            ("unsigned", Lie { head: head("none"), is_unsigned: true, ..Lie::default() }),
            ("by a shared secret", Lie { head: head("HS256"), ..Lie::default() }),
        ];
        for (what, lie) in lies {
            let mut browser = Browser::new(&house);
            let page = liar.enter(&house, &mut browser, ("dan", "079"), &lie).await;
            assert_eq!(page.status, 422, "{what}: {}", page.body);
            assert!(page.body.contains("TK-0422"), "{what}");
            assert_eq!(browser.cookie("sauro-dan"), "", "{what}");
        }
        assert_eq!((house.count("citizens").await, house.count("citizen_sessions").await), (0, 0));
        let mut browser = Browser::new(&house);
        let page = liar.enter(&house, &mut browser, ("dan", "079"), &Lie::default()).await;
        assert_eq!(page.status, 303, "{}", page.body);
    })
    .await;
}

// I77
#[tokio::test]
async fn a_trip_ends_once_in_the_browser_that_began_it_and_in_time() {
    on_each_engine(async |engine| {
        let (house, liar) = house(engine).await;
        let mut browser = Browser::new(&house);
        let out = browser.get(START).await;
        let back = liar.agrees(&house, out.location(), "079", &Lie::default());
        // Whoever is led to an attacker's way back is not signed in as the attacker.
        let page = Browser::new(&house).get(&back).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("TK-0410"), "{}", page.body);
        for wrong in ["state=", "state=0000", "code=code1"] {
            let page = browser.clone().get(&format!("/dang-nhap/qua/thu/ve?{wrong}")).await;
            assert_eq!(page.status, 422, "{wrong}");
        }
        let mixed = back.replace(&liar.issuer, "https://khac.example.vn");
        assert!(browser.clone().get(&mixed).await.body.contains("TK-0422"));
        let copy = browser.clone();
        assert_eq!(browser.get(&back).await.location(), "/toi");
        assert_eq!(browser.cookie("sauro-di"), "");
        // With everything that the browser had: the provider refuses the code, and were it to give another
        // token for the same trip, the trip is over.
        assert_eq!(copy.clone().get(&back).await.status, 422);
        let again = liar.agrees(&house, out.location(), "080", &Lie::claiming("sub", "079"));
        let page = copy.clone().get(&again).await;
        assert!(page.body.contains("TK-0410"), "{}", page.body);
        assert_eq!(house.count("citizen_sessions").await, 1);

        let out = browser.get(START).await;
        let back = liar.agrees(&house, out.location(), "079", &Lie::default());
        house.wait(600);
        assert!(browser.get(&back).await.body.contains("TK-0410"));
    })
    .await;
}

#[tokio::test]
async fn whoever_turns_back_at_the_provider_changes_nothing() {
    on_each_engine(async |engine| {
        let (house, _liar) = house(engine).await;
        let mut browser = Browser::new(&house);
        let out = browser.get(START).await;
        let state = query(out.location())["state"].clone();
        let page =
            browser.get(&format!("/dang-nhap/qua/thu/ve?error=access_denied&state={state}")).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Đã dừng ở trang của Định danh thử"), "{}", page.body);
        assert_eq!((house.count("citizens").await, house.kinds().await.len()), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn after_signing_in_one_goes_to_pages_of_this_site_alone() {
    on_each_engine(async |engine| {
        let (house, liar) = house(engine).await;
        for evil in ["https://x.example", "//x.example", "/%5Cx.example", "/dang-nhap/qua/thu", ""]
        {
            let mut browser = Browser::new(&house);
            let out = browser.get(&format!("/dang-nhap/qua/thu?cho=dan&tiep={evil}")).await;
            let back = liar.agrees(&house, out.location(), "079", &Lie::default());
            assert_eq!(browser.get(&back).await.location(), "/cua-toi", "{evil}");
        }
    })
    .await;
}

#[tokio::test]
async fn changed_keys_are_read_anew_but_not_at_every_forged_token() {
    on_each_engine(async |engine| {
        let (house, liar) = house(engine).await;
        let mut browser = Browser::new(&house);
        liar.enter(&house, &mut browser, ("dan", "079"), &Lie::default()).await;
        liar.change_keys();
        let page = liar.enter(&house, &mut browser, ("dan", "079"), &Lie::default()).await;
        assert_eq!(page.status, 422);
        house.wait(60);
        let page = liar.enter(&house, &mut browser, ("dan", "079"), &Lie::default()).await;
        assert_eq!(page.location(), "/toi", "{}", page.body);
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_is_down_or_silent_harms_nobody_else() {
    on_each_engine(async |engine| {
        let liar = Liar::new().await;
        // It takes connections and never answers.
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = format!("http://{}", silent.local_addr().unwrap());
        let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let nobody = format!("http://{}", closed.local_addr().unwrap());
        drop(closed);
        let setup =
            |code: &str, issuer| ProviderSetup { code: code.to_owned(), issuer, ..liar.setup() };
        let house = House::new(engine).await;
        let house = house.with_providers(vec![setup("tat", nobody), setup("im", at)]);
        for code in ["tat", "im"] {
            let (mut browser, mut other) = (Browser::new(&house), Browser::new(&house));
            let start = format!("/dang-nhap/qua/{code}?cho=dan");
            let (page, rest) = tokio::join!(browser.get(&start), other.get("/dang-nhap"));
            assert_eq!((page.status, rest.status), (503, 200));
            assert!(page.body.contains("TK-0503") && page.body.contains("chưa trả lời"));
        }
    })
    .await;
}
