use sauro_identity::actions::SignIn;
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use crate::house::{House, PASSWORD, at};

fn wrong(retry_after_s: i64) -> SignIn {
    SignIn::Refused { retry_after_s, was_checked: true }
}

#[tokio::test]
async fn the_right_password_opens_a_session_in_the_seat_of_the_person() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("Đầu.Mối", Role::FocalOfficer, "T1").await;
        let ticket = house.enter(" DAU.MOI ").await;
        let actor = house.actor(&ticket.token).await.unwrap();
        assert_eq!((actor.role, actor.agency_code.as_str()), (Role::FocalOfficer, "T1"));
        assert_eq!(actor.scope.as_str(), "vn/01");
        assert_eq!(house.kinds().await, ["AccountOpened", "PostGiven", "SignedIn"]);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_an_unknown_login_and_a_disabled_account_look_the_same() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("can.bo", Role::Officer, "T1").await;
        let gone = house.open("da.nghi", Role::Officer, "T1").await;
        sauro_identity::actions::disable_account(&house.system(), &house.identity, gone.account)
            .await
            .unwrap();
        let client = at("203.0.113.1");
        assert_eq!(house.try_from("can.bo", "sai mật khẩu rồi", &client).await, wrong(0));
        assert_eq!(house.try_from("khong.co", PASSWORD, &client).await, wrong(0));
        assert_eq!(house.try_from("da.nghi", PASSWORD, &client).await, wrong(0));
        assert_eq!(house.try_from("<script>", PASSWORD, &client).await, wrong(0));
    })
    .await;
}

#[tokio::test]
async fn guessing_gets_slower_and_a_right_guess_too_soon_is_not_looked_at() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("can.bo", Role::Officer, "T1").await;
        let attacker = at("203.0.113.66");
        for _ in 0..4 {
            assert_eq!(house.try_from("can.bo", "đoán mò", &attacker).await, wrong(0));
        }
        assert_eq!(house.try_from("can.bo", "đoán mò", &attacker).await, wrong(2));
        let too_soon = SignIn::Refused { retry_after_s: 2, was_checked: false };
        assert_eq!(house.try_from("can.bo", PASSWORD, &attacker).await, too_soon);
        house.wait(2);
        assert_eq!(house.try_from("can.bo", "đoán mò", &attacker).await, wrong(4));
        house.wait(4);
        assert!(matches!(house.try_from("can.bo", PASSWORD, &attacker).await, SignIn::In(_)));
        assert_eq!(house.try_from("can.bo", "đoán mò", &attacker).await, wrong(0));
        assert_eq!(house.kinds().await.iter().filter(|it| *it == "SignInSlowed").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_attacker_does_not_slow_the_owner_elsewhere_nor_on_a_known_machine() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("can.bo", Role::Officer, "T1").await;
        let office = at("203.0.113.66");
        let SignIn::In(ticket) = house.try_from("can.bo", PASSWORD, &office).await else {
            panic!("not in");
        };
        let known = office.clone().with_device(ticket.device);
        for _ in 0..11 {
            house.try_from("can.bo", "đoán mò", &office).await;
            house.wait(1);
        }
        let refused = house.try_from("can.bo", PASSWORD, &office).await;
        assert!(matches!(refused, SignIn::Refused { was_checked: false, .. }));
        assert!(matches!(house.try_from("can.bo", PASSWORD, &known).await, SignIn::In(_)));
        let elsewhere = at("198.51.100.9");
        assert!(matches!(house.try_from("can.bo", PASSWORD, &elsewhere).await, SignIn::In(_)));
        let forged = office.with_device(Some("0".repeat(64)));
        let refused = house.try_from("can.bo", PASSWORD, &forged).await;
        assert!(matches!(refused, SignIn::Refused { was_checked: false, .. }));
    })
    .await;
}

#[tokio::test]
async fn one_address_that_tries_many_logins_is_slowed_over_all_of_them() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let attacker = at("203.0.113.66");
        for n in 0..40 {
            assert_eq!(house.try_from(&format!("can.bo{n}"), "đoán", &attacker).await, wrong(0));
        }
        assert_eq!(house.try_from("can.bo40", "đoán", &attacker).await, wrong(2));
        let too_soon = SignIn::Refused { retry_after_s: 2, was_checked: false };
        assert_eq!(house.try_from("can.bo41", "đoán", &attacker).await, too_soon);
    })
    .await;
}

#[tokio::test]
async fn guesses_sent_at_once_are_counted_one_after_another() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        house.open("can.bo", Role::Officer, "T1").await;
        let attacker = at("203.0.113.66");
        let guess = || house.try_from("can.bo", "đoán mò", &attacker);
        let (a, b, c, d, e, f) = tokio::join!(guess(), guess(), guess(), guess(), guess(), guess());
        let checked = [a, b, c, d, e, f]
            .iter()
            .filter(|it| matches!(it, SignIn::Refused { was_checked: true, .. }))
            .count();
        assert_eq!(checked, 5);
    })
    .await;
}
