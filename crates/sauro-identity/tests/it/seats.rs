use chrono::Days;
use sauro_identity::IdentityError;
use sauro_identity::actions::{self, Loan, NewSeat, SignIn};
use sauro_kernel::Role;
use sauro_testkit::{day, on_each_engine};

use crate::house::{House, PASSWORD, at, seat};

const DAY_S: i64 = 86_400;

fn loan(to: &str, from: &str, until: &str) -> Loan {
    Loan { to_login: to.to_owned(), from: Some(day(from)), until: Some(day(until)) }
}

#[tokio::test]
async fn one_switches_only_among_ones_own_valid_seats() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let (system, identity) = (house.system(), &house.identity);
        let opened = house.open("can.bo", Role::Officer, "X1").await;
        let other = house.open("nguoi.khac", Role::Leader, "T2").await;
        let second =
            actions::give_post(&system, identity, opened.account, &seat(Role::Verifier, "T1"))
                .await
                .unwrap();
        let later = NewSeat { from: Some(day("2026-07-01")), ..seat(Role::Leader, "T1") };
        let later = actions::give_post(&system, identity, opened.account, &later).await.unwrap();
        let ticket = house.enter("can.bo").await;
        let ctx = identity.ctx(house.actor(&ticket.token).await.unwrap());
        for post in [other.post, later] {
            let refused = actions::choose_post(&ctx, identity, &ticket.token, post).await;
            assert!(matches!(refused, Err(IdentityError::NotFound(_))));
        }
        let stolen = house.enter("nguoi.khac").await;
        let refused = actions::choose_post(&ctx, identity, &stolen.token, second).await;
        assert!(matches!(refused, Err(IdentityError::NotFound(_))));
        actions::choose_post(&ctx, identity, &ticket.token, second).await.unwrap();
        let actor = house.actor(&ticket.token).await.unwrap();
        assert_eq!((actor.role, actor.agency_code.as_str()), (Role::Verifier, "T1"));
        actions::end_post(&system, identity, second).await.unwrap();
        assert_eq!(house.actor(&ticket.token).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_lent_seat_works_on_its_days_only_and_says_for_whom() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let identity = &house.identity;
        house.open("lanh.dao", Role::Leader, "T1").await;
        house.open("pho", Role::Officer, "X1").await;
        let leader = house.caller("lanh.dao").await;
        let lent = loan("pho", "2026-06-02", "2026-06-03");
        let lent = actions::delegate(&leader, identity, &lent).await.unwrap();
        let ticket = house.enter("pho").await;
        let ctx = identity.ctx(house.actor(&ticket.token).await.unwrap());
        let early = actions::choose_post(&ctx, identity, &ticket.token, lent).await;
        assert!(matches!(early, Err(IdentityError::NotFound(_))));
        house.wait(DAY_S);
        let ticket = house.enter("pho").await;
        actions::choose_post(&ctx, identity, &ticket.token, lent).await.unwrap();
        let actor = house.actor(&ticket.token).await.unwrap();
        assert_eq!((actor.role, actor.agency_code.as_str()), (Role::Leader, "T1"));
        assert_eq!(actor.display_name, "Cán bộ pho, thay mặt Lãnh đạo");
        let again = identity.ctx(actor);
        let relent = loan("lanh.dao", "2026-06-02", "2026-06-03");
        let relent = actions::delegate(&again, identity, &relent).await;
        assert!(matches!(relent, Err(IdentityError::Refused(_))));
        for _ in 0..3 {
            house.wait(11 * 3600);
            assert!(house.actor(&ticket.token).await.is_some());
        }
        house.wait(8 * 3600);
        assert_eq!(house.actor(&ticket.token).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_loan_ends_with_the_lenders_seat_and_can_be_taken_back() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let identity = &house.identity;
        let lender = house.open("lanh.dao", Role::Leader, "T1").await;
        house.open("pho", Role::Officer, "X1").await;
        let leader = house.caller("lanh.dao").await;
        let lend = async || {
            let lent = loan("pho", "2026-06-01", "2026-06-10");
            let lent = actions::delegate(&leader, identity, &lent).await.unwrap();
            let ticket = house.enter("pho").await;
            let ctx = identity.ctx(house.actor(&ticket.token).await.unwrap());
            actions::choose_post(&ctx, identity, &ticket.token, lent).await.unwrap();
            assert!(house.actor(&ticket.token).await.is_some());
            (lent, ticket.token, ctx)
        };
        let (lent, token, borrower) = lend().await;
        let refused = actions::take_back(&borrower, identity, lent).await;
        assert!(matches!(refused, Err(IdentityError::NotFound(_))));
        actions::take_back(&leader, identity, lent).await.unwrap();
        assert_eq!(house.actor(&token).await, None);
        let (_, token, _) = lend().await;
        actions::end_post(&house.system(), identity, lender.post).await.unwrap();
        assert_eq!(house.actor(&token).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_loan_that_makes_no_sense_is_refused_field_by_field() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let identity = &house.identity;
        house.open("lanh.dao", Role::Leader, "T1").await;
        house.open("pho", Role::Officer, "T1").await;
        let leader = house.caller("lanh.dao").await;
        let fields = async |loan: Loan| match actions::delegate(&leader, identity, &loan).await {
            Err(IdentityError::Invalid(faults)) => {
                faults.iter().map(|it| it.field).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(
            fields(loan("khong.co", "2026-05-31", "2026-05-30")).await,
            ["nguoi-nhan", "tu-ngay", "den-ngay"]
        );
        assert_eq!(fields(loan("lanh.dao", "2026-06-01", "2026-06-02")).await, ["nguoi-nhan"]);
        let far = day("2026-06-01").checked_add_days(Days::new(92)).unwrap();
        assert_eq!(
            fields(Loan { until: Some(far), ..loan("pho", "2026-06-01", "2026-06-01") }).await,
            ["den-ngay"]
        );
        assert_eq!(
            fields(Loan { until: None, ..loan("pho", "2026-06-01", "2026-06-01") }).await,
            ["den-ngay"]
        );
        let officer = house.caller("pho").await;
        let refused =
            actions::delegate(&officer, identity, &loan("lanh.dao", "2026-06-01", "2026-06-02"))
                .await;
        assert!(matches!(refused, Err(IdentityError::Denied(_))));
    })
    .await;
}

#[tokio::test]
async fn nobody_without_a_valid_seat_gets_in() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let opened = house.open("can.bo", Role::Officer, "T1").await;
        actions::end_post(&house.system(), &house.identity, opened.post).await.unwrap();
        let answer = house.try_from("can.bo", PASSWORD, &at("198.51.100.1")).await;
        assert_eq!(answer, SignIn::NoSeat);
    })
    .await;
}
