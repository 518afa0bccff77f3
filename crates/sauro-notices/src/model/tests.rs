use chrono::DateTime;
use sauro_kernel::Role;
use sauro_testkit::agency;
use uuid::Uuid;

use super::*;

fn tiding(n: u64, kind: Kind, role: Role) -> Tiding {
    Tiding {
        desk: Desk { agency: agency(1), role },
        kind,
        item: Item {
            href: format!("/nhiem-vu/{n}"),
            code: n.to_string(),
            words: "Việc".to_owned(),
            note: String::new(),
        },
        at: DateTime::from_timestamp_micros(i64::try_from(n).unwrap()).unwrap(),
        source: Uuid::from_u128(u128::from(n)),
    }
}

#[test]
fn what_is_alike_for_one_desk_becomes_one_notice() {
    let mut tidings: Vec<_> = (1..=36).map(|n| tiding(n, Kind::Issued, Role::Leader)).collect();
    tidings.push(tiding(40, Kind::Urged, Role::Leader));
    tidings.push(tiding(41, Kind::Issued, Role::Officer));
    let notices = gathered(tidings);
    let said: Vec<_> = notices.iter().map(|it| (it.desk.role, it.kind.label(it.n))).collect();
    assert_eq!(
        said,
        [
            (Role::Leader, "Được giao 36 nhiệm vụ".to_owned()),
            (Role::Leader, "Bị đôn đốc".to_owned()),
            (Role::Officer, "Được giao nhiệm vụ".to_owned()),
        ]
    );
    assert_eq!((notices[0].at.timestamp_micros(), notices[0].source), (36, Uuid::from_u128(36)));
}

#[test]
fn of_very_many_things_the_first_are_kept_and_all_are_counted() {
    let notices = gathered((1..=3_321).map(|n| tiding(n, Kind::Overdue, Role::Leader)).collect());
    let notice = &notices[0];
    assert_eq!((notices.len(), notice.n, notice.items.len()), (1, 3_321, MOST_ITEMS));
    assert_eq!(notice.kind.label(notice.n), "3.321 nhiệm vụ vừa quá hạn");
}

#[test]
fn kinds_keep_their_words() {
    for kind in Kind::ALL {
        assert_eq!(Kind::of_code(kind.code()), Some(kind));
        assert!(kind.label(7).contains('7') && !kind.label(1).contains('{'), "{kind:?}");
    }
    assert_eq!(Kind::of_code("x"), None);
}
