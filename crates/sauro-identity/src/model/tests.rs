use super::{Client, Lifetime, Login, PER_LOGIN, PER_SOURCE, Stage, password_fault};

#[test]
fn a_login_does_not_mind_capitals_and_diacritics() {
    let login = |text: &str| Login::parse(text).map(|it| it.as_str().to_owned());
    assert_eq!(login(" Đầu.Mối@SoTC "), Some("dau.moi@sotc".to_owned()));
    assert_eq!(login("a"), None);
    assert_eq!(login("a b c"), None);
    assert_eq!(login(&"a".repeat(101)), None);
}

#[test]
fn a_password_is_long_and_neither_the_login_nor_well_known() {
    let login = Login::parse("daumoi.sotc@camau").unwrap();
    assert!(password_fault("ngắn quá", &login).is_some());
    assert!(password_fault("Daumoi.SoTC@camau", &login).is_some());
    assert!(password_fault("daumoi.sotc", &login).is_some());
    assert!(password_fault("MatKhau123", &login).is_some());
    assert!(password_fault("zzzzzzzzzzzz", &login).is_some());
    assert!(password_fault(&"ab".repeat(101), &login).is_some());
    assert_eq!(password_fault("ba con mèo trên mái", &login), None);
}

#[test]
fn delays_double_and_have_an_end() {
    let delays: Vec<i64> = (1..=9).map(|n| PER_LOGIN.delay_s(n)).collect();
    assert_eq!(delays, [0, 0, 0, 0, 2, 4, 8, 16, 32]);
    assert_eq!(PER_LOGIN.delay_s(1_000_000), 900);
    assert_eq!(PER_SOURCE.delay_s(40), 0);
    assert_eq!(PER_LOGIN.delay_s(-3), 0);
}

#[test]
fn neighbours_in_one_ipv6_network_count_as_one_source() {
    let at = |text: &str| Client::at(text.parse().unwrap());
    assert_eq!(at("2001:db8:1:2:3::1").source, at("2001:db8:1:2:ffff::9").source);
    assert_ne!(at("203.0.113.7").source, at("203.0.113.8").source);
    assert_eq!(at("::ffff:203.0.113.7").source, "203.0.113.7");
    assert_eq!(at("203.0.113.7").address_hint, "203.0.113.…");
}

#[test]
fn a_session_slides_but_not_for_ever() {
    const DAY: i64 = 86_400_000_000;
    assert_eq!(Lifetime::until(0, DAY), DAY + DAY / 2);
    assert_eq!(Lifetime::until(0, 14 * DAY - 1), 14 * DAY);
    assert!(!Lifetime::is_worth_writing(0, 1_000_000));
    assert!(Lifetime::is_worth_writing(0, 300_000_000));
}

#[test]
fn the_code_comes_before_the_new_password() {
    assert_eq!(Stage::of(true, false, true), Stage::Totp);
    assert_eq!(Stage::of(true, true, true), Stage::NewPassword);
    assert_eq!(Stage::of(false, false, false), Stage::In);
}
