use sauro_identity::IdentityError;
use sauro_identity::actions::{self, NewAccount, SignIn};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use crate::house::{House, PASSWORD, at, seat};

fn account(login: &str, role: Role, agency: &str) -> NewAccount {
    NewAccount {
        login: login.to_owned(),
        display_name: "Chuyên viên phòng".to_owned(),
        password: None,
        is_sample: false,
        seat: seat(role, agency),
    }
}

#[tokio::test]
async fn an_administrator_manages_the_own_scope_and_nothing_else() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let identity = &house.identity;
        house.open("qt.tinh1", Role::Administrator, "T1").await;
        let inside = house.open("xa", Role::Officer, "X1").await;
        let outside = house.open("tinh2", Role::Officer, "T2").await;
        let both = house.open("hai.noi", Role::Officer, "X1").await;
        actions::give_post(&house.system(), identity, both.account, &seat(Role::Officer, "T2"))
            .await
            .unwrap();
        let admin = house.caller("qt.tinh1").await;
        actions::open_account(&admin, identity, &account("moi", Role::Officer, "X1"))
            .await
            .unwrap();
        let elsewhere = account("moi2", Role::Officer, "T2");
        let refused = actions::open_account(&admin, identity, &elsewhere).await;
        assert!(matches!(refused, Err(IdentityError::Invalid(it)) if it[0].field == "co-quan"));
        let refused =
            actions::give_post(&admin, identity, inside.account, &seat(Role::Leader, "T2")).await;
        assert!(matches!(refused, Err(IdentityError::Invalid(_))));
        for id in [outside.account, both.account] {
            let refused = actions::reset_password(&admin, identity, id, false).await;
            assert!(matches!(refused, Err(IdentityError::NotFound(_))));
            let refused = actions::disable_account(&admin, identity, id).await;
            assert!(matches!(refused, Err(IdentityError::NotFound(_))));
            let refused =
                actions::give_post(&admin, identity, id, &seat(Role::Officer, "X1")).await;
            assert!(matches!(refused, Err(IdentityError::NotFound(_))));
        }
        let refused = actions::end_post(&admin, identity, outside.post).await;
        assert!(matches!(refused, Err(IdentityError::NotFound(_))));
        actions::give_post(&admin, identity, inside.account, &seat(Role::Leader, "T1"))
            .await
            .unwrap();
        let listed = actions::list_accounts(&admin, identity, "", "").await.unwrap().accounts;
        let logins: Vec<&str> = listed.iter().map(|it| it.login.as_str()).collect();
        assert_eq!(logins, ["hai.noi", "moi", "qt.tinh1", "xa"]);
        let managed: Vec<bool> = listed.iter().map(|it| it.is_managed).collect();
        assert_eq!(managed, [false, true, false, true]);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_gives_themselves_nothing() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let identity = &house.identity;
        let opened = house.open("qt", Role::Administrator, "TW").await;
        let admin = house.caller("qt").await;
        let refused =
            actions::give_post(&admin, identity, opened.account, &seat(Role::Leader, "TW")).await;
        assert!(matches!(refused, Err(IdentityError::Refused(_))));
        let refused = actions::reset_password(&admin, identity, opened.account, true).await;
        assert!(matches!(refused, Err(IdentityError::Refused(_))));
        let refused = actions::disable_account(&admin, identity, opened.account).await;
        assert!(matches!(refused, Err(IdentityError::Refused(_))));
        let with_password = NewAccount {
            password: Some(PASSWORD.to_owned()),
            ..account("buLnhin", Role::Leader, "TW")
        };
        let refused = actions::open_account(&admin, identity, &with_password).await;
        assert!(matches!(refused, Err(IdentityError::Refused(_))));
    })
    .await;
}

#[tokio::test]
async fn only_administrators_see_and_manage_accounts() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let identity = &house.identity;
        let target = house.open("xa", Role::Officer, "X1").await;
        for role in Role::SEATS.into_iter().filter(|role| *role != Role::Administrator) {
            let login = format!("nguoi.{}", role.code());
            house.open(&login, role, "T1").await;
            let ctx = house.caller(&login).await;
            let listed = actions::list_accounts(&ctx, identity, "", "").await;
            assert!(matches!(listed, Err(IdentityError::Denied(_))), "{role:?}");
            let opened =
                actions::open_account(&ctx, identity, &account("moi", Role::Officer, "X1")).await;
            assert!(matches!(opened, Err(IdentityError::Denied(_))), "{role:?}");
            let reset = actions::reset_password(&ctx, identity, target.account, false).await;
            assert!(matches!(reset, Err(IdentityError::Denied(_))), "{role:?}");
            let given =
                actions::give_post(&ctx, identity, target.account, &seat(Role::Leader, "X1")).await;
            assert!(matches!(given, Err(IdentityError::Denied(_))), "{role:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_reset_password_must_be_changed_before_anything_else() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let identity = &house.identity;
        house.open("qt", Role::Administrator, "TW").await;
        let opened = house.open("can.bo", Role::Officer, "T1").await;
        let old = house.enter("can.bo").await;
        let admin = house.caller("qt").await;
        let once = actions::reset_password(&admin, identity, opened.account, false).await.unwrap();
        assert_eq!(house.actor(&old.token).await, None);
        let client = at("198.51.100.1");
        let SignIn::MustChange(ticket) = house.try_from("can.bo", &once, &client).await else {
            panic!("no change asked");
        };
        assert_eq!(house.actor(&ticket.token).await, None);
        let set = async |new: &str| {
            let ctx = house.stranger();
            actions::set_first_password(&ctx, identity, &ticket.token, new, &client).await
        };
        assert!(matches!(set(&once).await, Err(IdentityError::Invalid(_))));
        assert!(matches!(set("ngắn").await, Err(IdentityError::Invalid(_))));
        let Ok(SignIn::In(inside)) = set("một câu của riêng mình").await else {
            panic!("not in")
        };
        assert!(house.actor(&inside.token).await.is_some());
        assert!(matches!(set("một câu khác của mình").await, Err(IdentityError::NotFound(_))));
        let again = house.try_from("can.bo", &once, &client).await;
        assert!(matches!(again, SignIn::Refused { .. }));
    })
    .await;
}

#[tokio::test]
async fn accounts_are_listed_by_login_a_page_at_a_time_and_found_without_diacritics() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let identity = &house.identity;
        for n in 0..33 {
            house.open(&format!("xa{n:02}"), Role::Officer, "X1").await;
        }
        let first = actions::list_accounts(&house.system(), identity, "", "").await.unwrap();
        assert_eq!((first.accounts.len(), first.next.as_deref()), (30, Some("xa29")));
        let rest = actions::list_accounts(&house.system(), identity, "", "xa29").await.unwrap();
        assert_eq!((rest.accounts.len(), rest.next), (3, None));
        let found =
            actions::list_accounts(&house.system(), identity, "CÁN BỘ xa07", "").await.unwrap();
        assert_eq!(found.accounts.len(), 1);
        let twice = account("XA07", Role::Officer, "X1");
        let twice = actions::open_account(&house.system(), identity, &twice).await;
        assert!(matches!(twice, Err(IdentityError::Invalid(it)) if it[0].field == "dang-nhap"));
    })
    .await;
}

#[tokio::test]
async fn the_journal_hears_of_every_change_and_of_no_password() {
    on_each_engine(async |engine| {
        let house = House::new(engine).await;
        let identity = &house.identity;
        let opened = house.open("can.bo", Role::Officer, "T1").await;
        let system = house.system();
        actions::reset_password(&system, identity, opened.account, false).await.unwrap();
        actions::disable_account(&system, identity, opened.account).await.unwrap();
        actions::enable_account(&system, identity, opened.account).await.unwrap();
        actions::end_post(&system, identity, opened.post).await.unwrap();
        let kinds = [
            "AccountOpened",
            "PostGiven",
            "PasswordReset",
            "AccountDisabled",
            "AccountEnabled",
            "PostEnded",
        ];
        assert_eq!(house.kinds().await, kinds);
    })
    .await;
}
