use sauro_identity::IdentityError;
use sauro_identity::actions::{self, SignIn};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;
use totp_rs::{Builder, Secret};

use crate::house::{House, PASSWORD, at};

fn code(typed: &str, now_s: u64) -> String {
    let secret = Secret::try_from_base32(typed).unwrap();
    Builder::new().with_secret(secret).build().unwrap().generate(now_s).to_string()
}

/// Turns the code on for `login`; answers the secret as typed by hand, and the recovery codes.
async fn enrolled(house: &House, login: &str) -> (String, Vec<String>) {
    house.open(login, Role::Officer, "T1").await;
    let ticket = house.enter(login).await;
    let ctx = house.identity.ctx(house.actor(&ticket.token).await.unwrap());
    let enrolment = actions::enroll_totp(&ctx, &house.identity).await.unwrap();
    assert!(enrolment.qr_svg.starts_with("<svg"));
    let again = actions::enroll_totp(&ctx, &house.identity).await.unwrap();
    assert_eq!(again.typed, enrolment.typed);
    let wrong = actions::confirm_enrolment(&ctx, &house.identity, &ticket.token, "000000").await;
    assert!(matches!(wrong, Err(IdentityError::Invalid(_))));
    let first = code(&enrolment.typed, house.now_s());
    let codes =
        actions::confirm_enrolment(&ctx, &house.identity, &ticket.token, &first).await.unwrap();
    assert!(house.actor(&ticket.token).await.is_some());
    (enrolment.typed, codes)
}

async fn asked_for_code(house: &House, login: &str) -> String {
    match house.try_from(login, PASSWORD, &at("198.51.100.1")).await {
        SignIn::NeedsTotp(ticket) => ticket.token,
        other => panic!("no code asked: {other:?}"),
    }
}

async fn give(house: &House, token: &str, code: &str) -> SignIn {
    let client = at("198.51.100.1");
    actions::confirm_totp(&house.stranger(), &house.identity, token, code, &client).await.unwrap()
}

#[tokio::test]
async fn a_code_is_asked_for_and_works_only_once() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let (secret, _) = enrolled(&house, "can.bo").await;
        house.wait(60);
        let token = asked_for_code(&house, "can.bo").await;
        assert_eq!(house.actor(&token).await, None);
        let now = code(&secret, house.now_s());
        let SignIn::In(ticket) = give(&house, &token, &now).await else { panic!("not in") };
        assert!(house.actor(&ticket.token).await.is_some());
        let token = asked_for_code(&house, "can.bo").await;
        let replayed = give(&house, &token, &now).await;
        assert!(matches!(replayed, SignIn::Refused { was_checked: true, .. }));
        let earlier = give(&house, &token, &code(&secret, house.now_s() - 30)).await;
        assert!(matches!(earlier, SignIn::Refused { was_checked: true, .. }));
        house.wait(30);
        let next = give(&house, &token, &code(&secret, house.now_s())).await;
        assert!(matches!(next, SignIn::In(_)));
    })
    .await;
}

#[tokio::test]
async fn guessing_codes_gets_slower_wherever_one_guesses_from() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        enrolled(&house, "can.bo").await;
        house.wait(60);
        for _ in 0..5 {
            let token = asked_for_code(&house, "can.bo").await;
            give(&house, &token, "123123").await;
        }
        let token = asked_for_code(&house, "can.bo").await;
        let slowed = give(&house, &token, "123123").await;
        assert_eq!(slowed, SignIn::Refused { retry_after_s: 2, was_checked: false });
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_works_once_however_it_is_typed() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let (_, codes) = enrolled(&house, "can.bo").await;
        assert_eq!(codes.len(), 8);
        house.wait(60);
        let token = asked_for_code(&house, "can.bo").await;
        let typed = codes[0].to_uppercase().replace('-', " ");
        assert!(matches!(give(&house, &token, &typed).await, SignIn::In(_)));
        let token = asked_for_code(&house, "can.bo").await;
        assert!(matches!(give(&house, &token, &codes[0]).await, SignIn::Refused { .. }));
        assert!(matches!(give(&house, &token, &codes[1]).await, SignIn::In(_)));
    })
    .await;
}

#[tokio::test]
async fn the_code_is_turned_off_by_password_only_and_the_secret_is_sealed() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let (secret, codes) = enrolled(&house, "can.bo").await;
        house.wait(60);
        let token = asked_for_code(&house, "can.bo").await;
        let SignIn::In(ticket) = give(&house, &token, &codes[2]).await else { panic!("not in") };
        let ctx = house.identity.ctx(house.actor(&ticket.token).await.unwrap());
        let plain = Secret::try_from_base32(&secret).unwrap();
        let mut conn = house.db.read().await.unwrap();
        let sealed: Vec<u8> = sauro_store::run!(conn, c =>
            sqlx::query_scalar("SELECT totp_secret FROM accounts WHERE login = 'can.bo'")
                .fetch_one(c)
                .await)
        .unwrap();
        drop(conn);
        assert!(!sealed.windows(plain.as_ref().len()).any(|it| it == plain.as_ref()));
        let wrong = actions::disable_totp(&ctx, &house.identity, "không phải thế").await;
        assert!(matches!(wrong, Err(IdentityError::Invalid(_))));
        actions::disable_totp(&ctx, &house.identity, PASSWORD).await.unwrap();
        house.enter("can.bo").await;
    })
    .await;
}
