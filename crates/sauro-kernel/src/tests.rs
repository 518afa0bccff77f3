use chrono::NaiveDate;
use uuid::Uuid;

use crate::{
    Actor, AgencyId, AgencyPath, Line, Over, Relation, Right, Role, TextError, WorkingCalendar,
    cut_off, fold, may, sort_key, unmarked,
};

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%F").unwrap()
}

#[test]
fn both_ways_of_placing_the_tone_mark_have_one_key() {
    assert_eq!(fold("Hoà Bình"), fold("HÒA  bình"));
    assert_eq!(fold("Đắk Lắk"), "dak lak");
    assert_eq!(fold("Ea H’Leo"), fold("Ea H'Leo"));
    assert_eq!(fold("Bộ NN&MT"), "bo nn mt");
}

#[test]
fn order_is_that_of_a_vietnamese_dictionary() {
    let mut names = ["Đà Nẵng", "Cần Thơ", "An Giang", "Điện Biên", "Cao Bằng", "Cà Mau"];
    names.sort_by_key(|name| sort_key(name));
    assert_eq!(names, ["An Giang", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Điện Biên"]);
}

#[test]
fn a_path_covers_itself_and_what_is_below_but_not_a_longer_sibling() {
    let path = |text| AgencyPath::parse(text).unwrap();
    assert!(path("vn/4").covers(&path("vn/4")));
    assert!(path("vn/4").covers(&path("vn/4/ubnd")));
    assert!(!path("vn/4").covers(&path("vn/44")));
    assert_eq!(AgencyPath::nation().child("ĐUCP").as_str(), "vn/ducp");
    assert!(AgencyPath::parse("vn//x").is_err());
}

#[test]
fn relation_is_own_before_below() {
    let actor = Actor::system();
    let other = AgencyId(Uuid::from_u64_pair(1, 1));
    let path = AgencyPath::parse("vn/44").unwrap();
    assert_eq!(actor.relation_to(actor.own()), Relation::Own);
    assert_eq!(actor.relation_to(Over { agency: other, path: &path }), Relation::Below);
    let elsewhere = Actor { scope: AgencyPath::parse("vn/01").unwrap(), ..actor };
    assert_eq!(elsewhere.relation_to(Over { agency: other, path: &path }), Relation::Elsewhere);
}

#[test]
fn working_days_skip_holidays_and_count_swapped_saturdays() {
    let calendar =
        WorkingCalendar::new([day("2026-08-31"), day("2026-09-02")], [day("2026-08-22")]);
    assert!(calendar.is_working(day("2026-08-22")));
    assert!(!calendar.is_working(day("2026-08-31")));
    assert_eq!(calendar.add_working_days(day("2026-08-28"), 1), day("2026-09-01"));
    assert_eq!(calendar.working_days_between(day("2026-08-28"), day("2026-09-03")), 2);
    assert_eq!(calendar.working_days_between(day("2026-09-03"), day("2026-08-28")), -2);
    assert_eq!(calendar.working_on_or_after(day("2026-09-02")), day("2026-09-03"));
    assert_eq!(calendar.sub_working_days(day("2026-09-01"), 1), day("2026-08-28"));
    assert_eq!(calendar.sub_working_days(day("2026-08-24"), 1), day("2026-08-22"));
    assert_eq!(calendar.sub_working_days(day("2026-08-24"), 0), day("2026-08-24"));
}

#[test]
fn office_hours_are_those_of_working_days() {
    let calendar = WorkingCalendar::new([day("2026-09-02")], []);
    let at = |text: &str| chrono::NaiveDateTime::parse_from_str(text, "%F %H:%M").unwrap();
    for (now, next) in [
        ("2026-09-01 07:59", "2026-09-01 08:00"),
        ("2026-09-01 08:00", "2026-09-01 08:00"),
        ("2026-09-01 16:59", "2026-09-01 16:59"),
        ("2026-09-01 17:00", "2026-09-03 08:00"),
        ("2026-09-02 10:00", "2026-09-03 08:00"),
        ("2026-09-04 20:00", "2026-09-07 08:00"),
    ] {
        assert_eq!(calendar.next_office_hour(at(now)), at(next), "{now}");
        assert_eq!(calendar.is_office_hour(at(now)), now == next, "{now}");
    }
}

#[test]
fn the_cut_off_is_five_in_the_afternoon_in_viet_nam() {
    assert_eq!(cut_off(day("2026-11-25")).to_rfc3339(), "2026-11-25T10:00:00+00:00");
}

#[test]
fn a_line_is_one_line_without_hidden_characters() {
    assert_eq!(Line::parse(" a\n b\u{202E} ").unwrap().as_str(), "a b");
    assert_eq!(Line::parse(" \u{200B} "), Err(TextError::Empty));
    let long = "ă".repeat(501);
    assert_eq!(Line::parse(&long), Err(TextError::TooLong { len: 501, most: 500 }));
}

/// The policy as a table that a person can check: `O` own, `B` own and below, `-` nothing.
const MATRIX: &str = "
                       admin standing leader focal officer verifier inspector public
    ReadTasks          -     B        B      B     O       B        B         -
    PrepareTasks       -     O        O      O     -       -        -         -
    IssueTasks         -     -        O      -     -       -        -         -
    HandDownTasks      -     -        O      O     -       -        -         -
    DraftReports       -     -        O      O     O       -        -         -
    SendReports        -     -        O      -     -       -        -         -
    VerifyDeliverables -     O        O      -     -       O        -         -
    AmendTasks         -     O        O      -     -       -        -         -
    PressTasks         -     B        B      -     -       -        -         -
    ManageProgrammes   -     O        O      -     -       -        -         -
    ReadJournal        B     B        B      -     -       -        B         -
    ManageAgencies     B     -        -      -     -       -        -         -
    ManageAccounts     B     -        -      -     -       -        -         -
    Delegate           -     O        O      O     -       O        -         -
    ManageIndicators   -     O        O      -     -       -        -         -
    ReportFigures      -     -        O      O     -       -        -         -
    AppraiseFigures    -     -        B      -     -       B        -         -
    ManageForms        -     O        O      -     -       -        -         -
    DraftPeriodic      -     O        O      O     O       -        -         -
    SendPeriodic       -     O        O      -     -       -        -         -
    ReceivePeriodic    -     O        O      O     -       -        -         -
    ManageDashboards   -     O        O      O     -       -        -         -
    PublishDashboards  -     O        O      -     -       -        -         -
    ManageScores       -     O        O      -     -       -        -         -
    AppraiseScores     -     -        O      -     -       O        -         -
    SelfScore          -     -        O      O     -       -        -         -
    AppealScores       -     -        O      O     -       -        -         -
    AnswerAppeals      -     O        O      -     -       -        -         -
    ReadPetitions      -     B        B      O     O       -        B         -
    SortPetitions      -     O        O      O     O       -        -         -
    HandlePetitions    -     O        O      O     O       -        -         -
    ApproveAnswers     -     -        O      -     -       -        -         -
    ManagePetitions    -     O        -      -     -       -        -         -
    SendInitiatives    -     O        O      O     O       O        O         O
    HandleInitiatives  -     O        O      O     -       -        -         -
    ReviewInitiatives  -     -        O      O     -       O        -         -
    ChairCouncils      -     O        O      -     -       -        -         -
    ScoreInitiatives   -     O        O      O     O       O        -         -
    ApplyInitiatives   -     -        O      O     -       -        -         -
    ConfirmApplications -    -        O      -     -       -        -         -
    SupportInitiatives O     O        O      O     O       O        O         -
    CertifyInitiatives -     -        O      -     -       -        -         -
    SeePortal          -     O        O      O     O       O        -         -
    VetPortal          -     O        -      -     -       O        -         -
    WritePortal        -     O        O      O     O       -        -         -
    EditPortal         -     O        O      O     -       -        -         -
    ApprovePortal      -     -        O      -     -       -        -         -
    ManagePortal       -     O        O      -     -       -        -         -";

#[test]
fn every_cell_of_the_policy_is_as_written() {
    let roles: Vec<Role> = Role::SEATS.into_iter().chain([Role::Public]).collect();
    let mut n_cells = 0;
    for line in MATRIX.lines().skip(2) {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap();
        let right = Right::ALL.into_iter().find(|right| format!("{right:?}") == name).unwrap();
        for (role, cell) in roles.iter().zip(words) {
            let expected = |relation| match relation {
                Relation::Own => cell != "-",
                Relation::Below => cell == "B",
                Relation::Elsewhere => false,
            };
            for relation in [Relation::Own, Relation::Below, Relation::Elsewhere] {
                assert_eq!(
                    may(*role, right, relation),
                    expected(relation),
                    "{role:?} {right:?} {relation:?}"
                );
                n_cells += 1;
            }
        }
    }
    assert_eq!(n_cells, Right::ALL.len() * roles.len() * 3);
}

#[test]
fn words_without_marks_are_ascii_and_keep_their_case() {
    for (text, plain) in [
        ("Vụ việc PA-2026-000001 đã có trả lời", "Vu viec PA-2026-000001 da co tra loi"),
        ("Đặng Thị Hoàng Ước – “mẫu”…", "Dang Thi Hoang Uoc - \"mau\"."),
        ("路灯 ok 😡", " ok "),
    ] {
        assert_eq!(unmarked(text), plain);
    }
}
