//! Officials who link themselves to a person at a provider, and sign in as that person.

use sauro_identity::actions::{self, SignIn};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;
use totp_rs::{Builder, Secret};

use crate::house::{House, PASSWORD, at};
use crate::liar::{Liar, Lie};
use crate::pages::{Browser, Page};

async fn house(engine: sauro_testkit::Engine) -> (House, Liar) {
    let liar = Liar::new().await;
    let house = House::new(engine).await.with_provider(liar.setup());
    house.open("can.bo", Role::Officer, "T1").await;
    house.open("khac", Role::Officer, "T2").await;
    (house, liar)
}

/// Where the page with the way to the provider leads.
fn way(page: &Page) -> String {
    let (_, rest) = page.body.split_once(r#"class="btn full" href=""#).unwrap();
    rest.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
}

async fn begins(browser: &mut Browser) -> String {
    let password = PASSWORD.replace(' ', "+");
    let page =
        browser.post("/tai-khoan/dinh-danh/thu", &format!("mat-khau-lien-ket={password}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    way(&page)
}

/// `login` signs in by password and links themself to `subject`.
async fn links(house: &House, liar: &Liar, login: &str, subject: &str) -> (Browser, Page) {
    let mut browser = Browser::new(house);
    browser.enter(login).await;
    let out = begins(&mut browser).await;
    let back = liar.agrees(house, &out, subject, &Lie::default());
    let page = browser.get(&back).await;
    (browser, page)
}

async fn signs_in(house: &House, liar: &Liar, subject: &str, acr: &str) -> (Browser, Page) {
    let mut browser = Browser::new(house);
    let lie = Lie::claiming("acr", acr);
    let page = liar.enter(house, &mut browser, ("can-bo", subject), &lie).await;
    (browser, page)
}

// I78
#[tokio::test]
async fn an_official_links_themself_signs_in_and_unlinks() {
    on_each_engine(async |engine| {
        let (house, liar) = house(engine).await;
        // A subject that nobody linked is no official, however high its level.
        let (mut nobody, page) = signs_in(&house, &liar, "079", "2").await;
        assert_eq!(page.status, 403);
        assert!(page.body.contains("TK-0411"), "{}", page.body);
        assert_eq!(nobody.get("/toi").await.body, "");

        let (mut browser, page) = links(&house, &liar, "can.bo", "079").await;
        assert_eq!(page.location(), "/tai-khoan?xong=lien-ket");
        assert!(browser.get("/tai-khoan").await.body.contains("đã liên kết từ"));
        assert!(browser.get("/tai-khoan?xong=lien-ket").await.body.contains("Đã liên kết."));

        let (mut home, page) = signs_in(&house, &liar, "079", "2").await;
        assert_eq!(page.location(), "/toi", "{}", page.body);
        assert_eq!(home.get("/toi").await.body, "Cán bộ can.bo");
        let journal = house.journal().await;
        assert!(journal.contains("SubjectLinked") && journal.contains(r#""provider":"thu""#));
        assert!(!journal.contains("079"), "{journal}");

        assert_eq!(home.post("/tai-khoan/dinh-danh/thu/go", "").await.status, 303);
        let (_, page) = signs_in(&house, &liar, "079", "2").await;
        assert_eq!(page.status, 403);
        assert!(house.kinds().await.contains(&"SubjectUnlinked".to_owned()));
    })
    .await;
}

// I78
#[tokio::test]
async fn below_the_configured_level_the_second_factor_is_asked_for() {
    on_each_engine(async |engine| {
        let (house, liar) = house(engine).await;
        let (browser, _) = links(&house, &liar, "can.bo", "079").await;
        for acr in ["1", "", "9"] {
            let (mut low, page) = signs_in(&house, &liar, "079", acr).await;
            assert_eq!(page.status, 403, "{acr}");
            assert!(page.body.contains("TK-0412"), "{}", page.body);
            assert_eq!(low.get("/toi").await.body, "");
        }
        let token = browser.cookie("sauro");
        let ctx = house.identity.ctx(house.actor(&token).await.unwrap());
        let enrolment = actions::enroll_totp(&ctx, &house.identity).await.unwrap();
        let code = |now_s| {
            let secret = Secret::try_from_base32(&enrolment.typed).unwrap();
            Builder::new().with_secret(secret).build().unwrap().generate(now_s).to_string()
        };
        let first = code(house.now_s());
        actions::confirm_enrolment(&ctx, &house.identity, &token, &first).await.unwrap();
        house.wait(60);
        let (mut low, page) = signs_in(&house, &liar, "079", "1").await;
        assert_eq!(page.location(), "/dang-nhap/ma?tiep=/toi");
        assert_eq!(low.get("/toi").await.body, "");
        let typed = format!("ma={}&tiep=/toi", code(house.now_s()));
        assert_eq!(low.post("/dang-nhap/ma", &typed).await.location(), "/toi");
        let (mut high, page) = signs_in(&house, &liar, "079", "2").await;
        assert_eq!(page.location(), "/toi");
        assert_eq!(high.get("/toi").await.body, "Cán bộ can.bo");
    })
    .await;
}

// I78
#[tokio::test]
async fn one_subject_opens_one_account_and_only_by_the_session_that_asked() {
    on_each_engine(async |engine| {
        let (house, liar) = house(engine).await;
        links(&house, &liar, "can.bo", "079").await;
        let (_, page) = links(&house, &liar, "khac", "079").await;
        assert_eq!(page.status, 409);
        assert!(page.body.contains("TK-0409"), "{}", page.body);

        // Without the password the way is not begun.
        let mut browser = Browser::new(&house);
        browser.enter("khac").await;
        let page = browser.post("/tai-khoan/dinh-danh/thu", "mat-khau-lien-ket=sai").await;
        assert_eq!(page.status, 422);
        assert_eq!(browser.cookie("sauro-di"), "");
        // Whoever carries the trip of one session into another links nothing.
        let out = begins(&mut browser).await;
        let back = liar.agrees(&house, &out, "081", &Lie::default());
        let mut other = Browser::new(&house);
        other.enter("can.bo").await;
        other.cookies.push(("sauro-di".to_owned(), browser.cookie("sauro-di")));
        assert_eq!(other.get(&back).await.status, 422);
        let back = liar.agrees(&house, &out, "081", &Lie::default());
        browser.post("/dang-xuat", "").await;
        assert_eq!(browser.get(&back).await.status, 422);
        assert_eq!(house.count("account_subjects").await, 1);
    })
    .await;
}

// I78
#[tokio::test]
async fn a_disabled_account_and_one_whose_password_was_reset_are_not_opened() {
    on_each_engine(async |engine| {
        let (house, liar) = house(engine).await;
        let opened = house.open("ba", Role::Officer, "T1").await;
        links(&house, &liar, "ba", "079").await;
        let (system, identity) = (house.system(), &house.identity);
        actions::disable_account(&system, identity, opened.account).await.unwrap();
        assert_eq!(signs_in(&house, &liar, "079", "2").await.1.status, 403);
        actions::enable_account(&system, identity, opened.account).await.unwrap();
        assert_eq!(signs_in(&house, &liar, "079", "2").await.1.status, 303);
        // Whoever had taken the account over may have linked it to themself.
        actions::reset_password(&system, identity, opened.account, false).await.unwrap();
        assert_eq!(signs_in(&house, &liar, "079", "2").await.1.status, 403);
        let wrong = house.try_from("ba", PASSWORD, &at("198.51.100.7")).await;
        assert!(matches!(wrong, SignIn::Refused { .. }));
    })
    .await;
}

#[tokio::test]
async fn a_session_that_somebody_planted_is_worth_nothing_after_signing_in() {
    on_each_engine(async |engine| {
        let (house, liar) = house(engine).await;
        links(&house, &liar, "can.bo", "079").await;
        let planted = house.enter("khac").await.token;
        let mut browser = Browser::new(&house);
        browser.cookies.push(("sauro".to_owned(), planted.clone()));
        let page = liar.enter(&house, &mut browser, ("can-bo", "079"), &Lie::default()).await;
        assert_eq!(page.location(), "/toi");
        assert_ne!(browser.cookie("sauro"), planted);
        assert!(house.actor(&planted).await.is_none());
        assert_eq!(browser.get("/toi").await.body, "Cán bộ can.bo");

        let mut citizen = Browser::new(&house);
        liar.enter(&house, &mut citizen, ("dan", "079"), &Lie::default()).await;
        let before = citizen.clone();
        liar.enter(&house, &mut citizen, ("dan", "079"), &Lie::default()).await;
        assert_ne!(citizen.cookie("sauro-dan"), before.cookie("sauro-dan"));
        assert_eq!(before.clone().get("/cua-toi/tai-khoan").await.status, 303);
    })
    .await;
}
