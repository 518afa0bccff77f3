use sauro_identity::actions::{self, SignIn};
use sauro_identity::{IdentityError, actions::Attempt};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use crate::house::{House, PASSWORD, at};

#[tokio::test]
async fn a_forged_token_is_nobody() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("can.bo", Role::Officer, "T1").await;
        let ticket = house.enter("can.bo").await;
        assert_eq!(ticket.token.len(), 64);
        let forged = ["", "x", &"0".repeat(64), &ticket.token.to_uppercase()].map(str::to_owned);
        for token in forged.iter().filter(|it| **it != ticket.token) {
            assert_eq!(house.actor(token).await, None, "{token}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_after_twelve_idle_hours_and_lives_on_while_used() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("can.bo", Role::Officer, "T1").await;
        let ticket = house.enter("can.bo").await;
        for _ in 0..3 {
            house.wait(11 * 3600);
            assert!(house.actor(&ticket.token).await.is_some());
        }
        house.wait(12 * 3600);
        assert_eq!(house.actor(&ticket.token).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_may_come_back() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let opened = house.open("can.bo", Role::Officer, "T1").await;
        let ticket = house.enter("can.bo").await;
        assert!(house.actor(&ticket.token).await.is_some());
        let (ctx, identity) = (house.system(), &house.identity);
        actions::disable_account(&ctx, identity, opened.account).await.unwrap();
        assert_eq!(house.actor(&ticket.token).await, None);
        actions::enable_account(&ctx, identity, opened.account).await.unwrap();
        assert_eq!(house.actor(&ticket.token).await, None);
        house.enter("can.bo").await;
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_one_session_and_everywhere_ends_all() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("can.bo", Role::Officer, "T1").await;
        house.open("nguoi.khac", Role::Officer, "T1").await;
        let (a, b, c) =
            (house.enter("can.bo").await, house.enter("can.bo").await, house.enter("can.bo").await);
        let other = house.enter("nguoi.khac").await;
        let ctx = house.identity.ctx(house.actor(&a.token).await.unwrap());
        actions::sign_out(&ctx, &house.identity, &a.token).await.unwrap();
        assert_eq!(house.actor(&a.token).await, None);
        let listed = actions::sessions_of(&ctx, &house.identity, &b.token).await.unwrap();
        assert_eq!(listed.len(), 2);
        assert_eq!(listed.iter().filter(|it| it.is_current).count(), 1);
        assert_eq!(listed[0].browser, "Firefox trên Windows");
        assert_eq!(listed[0].address_hint, "198.51.100.…");
        assert_eq!(actions::sign_out_everywhere(&ctx, &house.identity).await.unwrap(), 2);
        assert_eq!(house.actor(&b.token).await, None);
        assert_eq!(house.actor(&c.token).await, None);
        assert!(house.actor(&other.token).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn one_session_is_ended_from_the_list_but_never_somebody_elses() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("can.bo", Role::Officer, "T1").await;
        house.open("nguoi.khac", Role::Officer, "T1").await;
        let (here, lost) = (house.enter("can.bo").await, house.enter("can.bo").await);
        let ctx = house.identity.ctx(house.actor(&here.token).await.unwrap());
        let listed = actions::sessions_of(&ctx, &house.identity, &here.token).await.unwrap();
        let id = listed.iter().find(|it| !it.is_current).unwrap().id.clone();
        let stranger = house.caller("nguoi.khac").await;
        let refused = actions::end_session(&stranger, &house.identity, &id).await;
        assert!(matches!(refused, Err(IdentityError::NotFound(_))));
        actions::end_session(&ctx, &house.identity, &id).await.unwrap();
        assert_eq!(house.actor(&lost.token).await, None);
        assert!(house.actor(&here.token).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions_and_needs_the_old_one() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("can.bo", Role::Officer, "T1").await;
        let (here, there) = (house.enter("can.bo").await, house.enter("can.bo").await);
        let ctx = house.identity.ctx(house.actor(&here.token).await.unwrap());
        let change = async |old: &str, new: &str| {
            actions::change_password(&ctx, &house.identity, &here.token, old, new).await
        };
        for (old, new) in [
            ("không phải thế", "mật khẩu mới dài"),
            (PASSWORD, "ngắn"),
            (PASSWORD, PASSWORD),
            (PASSWORD, "matkhau123"),
        ] {
            assert!(matches!(change(old, new).await, Err(IdentityError::Invalid(_))), "{new}");
        }
        change(PASSWORD, "mật khẩu mới dài").await.unwrap();
        assert!(house.actor(&here.token).await.is_some());
        assert_eq!(house.actor(&there.token).await, None);
        let client = at("198.51.100.7");
        let attempt =
            Attempt { login: "can.bo", password: "mật khẩu mới dài", client: &client };
        let answer = actions::sign_in(&house.stranger(), &house.identity, attempt).await.unwrap();
        assert!(matches!(answer, SignIn::In(_)));
    })
    .await;
}
