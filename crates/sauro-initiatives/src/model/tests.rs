use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, InitiativeId};
use uuid::Uuid;

use super::{
    Area, AuthorFields, Code, DossierFields, Initiative, Kind, Move, Stage, Step, Terms,
    days_in_stages, quantity,
};

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%F").unwrap()
}

#[test]
fn a_wrong_letter_of_a_code_names_nothing() {
    for n in 0..200_u64 {
        let code = Code::drawn(Uuid::from_u64_pair(n, n));
        let text = code.as_str();
        assert_eq!(text.len(), 12, "{text}");
        assert_eq!(text.parse(), Ok(code.clone()));
        assert_eq!(text.to_lowercase().replace('-', " ").parse(), Ok(code.clone()));
        for at in [3, 4, 5, 6, 8, 9, 10, 11] {
            for letter in "23456789ABCDEFGHJKMNPQRSTVWXYZ".chars() {
                let mut wrong: Vec<char> = text.chars().collect();
                if wrong[at] != letter {
                    wrong[at] = letter;
                    let wrong: String = wrong.into_iter().collect();
                    assert!(wrong.parse::<Code>().is_err(), "{text} and {wrong}");
                }
            }
        }
    }
    for wrong in ["", "SK", "SK-7K2M-94Q0", "SK-7K2M-94QXX", "ớ", "' OR 1=1 --", &"S".repeat(99)]
    {
        assert!(wrong.parse::<Code>().is_err(), "{wrong}");
    }
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (typed, value) in [
        ("1.200.000", "1200000"),
        ("12,5", "12.5"),
        (" 33,33 ", "33.33"),
        ("0", "0"),
        ("12000", "12000"),
    ] {
        assert_eq!(quantity(typed).unwrap().to_string(), value, "{typed}");
    }
    for typed in [
        "",
        "-1",
        "1.2",
        "1,",
        ",5",
        "1e9",
        "12.34.567",
        "1.000,00001",
        "9999999999999999999",
        "١٢",
    ] {
        assert_eq!(quantity(typed), None, "{typed}");
    }
}

fn fields() -> DossierFields {
    let text = |it: &str| it.to_owned();
    DossierFields {
        kind: text("ky-thuat"),
        area: text("y-te"),
        title: text("Đo huyết áp tại nhà văn hóa thôn"),
        texts: ["a", "b", "c", "d", "e"].map(text),
        ownership: [text("khong"), String::new()],
        receiver: String::new(),
        authors: vec![AuthorFields { name: text("A"), unit: String::new(), share: text("100") }],
        phone: text("0901 234 567"),
        consents: vec![text("xu-ly")],
        is_sworn: true,
        ..DossierFields::default()
    }
}

#[test]
fn a_dossier_names_every_fault_at_once() {
    assert!(fields().read().is_ok());
    let faults = DossierFields::default().read().unwrap_err();
    let named: Vec<&str> = faults.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(
        named,
        [
            "loai",
            "linh-vuc",
            "ten",
            "thuc-trang",
            "noi-dung",
            "diem-moi",
            "kha-nang",
            "loi-ich",
            "so-huu",
            "tac-gia-1",
            "dien-thoai",
            "xu-ly",
            "cam-doan"
        ]
    );
    let author = |share: &str| AuthorFields {
        name: "B".to_owned(),
        unit: String::new(),
        share: share.to_owned(),
    };
    for (shares, words) in [
        (vec!["60", "30"], "cộng lại là 90%"),
        (vec!["33,33", "33,33", "33,33"], "cộng lại là 99,99%"),
        (vec!["150", "-50"], "bằng số"),
    ] {
        let authors = shares.into_iter().map(author).collect();
        let faults = DossierFields { authors, ..fields() }.read().unwrap_err();
        assert!(format!("{faults:?}").contains(words), "{faults:?}");
    }
    let thirds = ["33,33", "33,33", "33,34"].map(author).into();
    assert!(DossierFields { authors: thirds, ..fields() }.read().is_ok());
    let figure = ["mười".to_owned(), "cái".to_owned(), String::new()];
    let faults = DossierFields { figure, ..fields() }.read().unwrap_err();
    assert_eq!(faults.len(), 3, "{faults:?}");
    for (phone, mail) in [("12", ""), ("", "a b@c.vn"), ("", "@.")] {
        let typed = DossierFields { phone: phone.to_owned(), mail: mail.to_owned(), ..fields() };
        assert_eq!(typed.read().unwrap_err().len(), 1, "{phone} {mail}");
    }
}

#[test]
fn every_move_leads_where_the_table_says_and_nowhere_else() {
    const MOVES: [(Move, &str); 10] = [
        (Move::Accept, "checking>reviewing"),
        (Move::Ask, "checking>asked"),
        (Move::Supply, "asked>checking"),
        (Move::Refuse, "checking>refused asked>refused"),
        (Move::Opine, "reviewing>judging"),
        (Move::Recognise, "judging>recognised"),
        (Move::Decline, "judging>not_recognised"),
        (Move::Pilot, "recognised>piloting"),
        (Move::Adopt, "recognised>adopted piloting>adopted"),
        (Move::Replicate, "adopted>replicated"),
    ];
    for (it, expected) in MOVES {
        let found: Vec<String> = Stage::ALL
            .into_iter()
            .filter_map(|from| Some(format!("{}>{}", from.code(), from.after(it)?.code())))
            .collect();
        assert_eq!(found.join(" "), expected);
    }
}

#[test]
fn what_is_recognised_and_not_applied_is_flagged_after_180_days() {
    let it = |stage, since| Initiative {
        id: InitiativeId(Uuid::nil()),
        code: Code::drawn(Uuid::nil()),
        kind: Kind::Technical,
        area: Area::Health,
        title: String::new(),
        place: String::new(),
        receiver: AgencyId(Uuid::nil()),
        receiver_path: AgencyPath::nation(),
        unit: None,
        reviewer: None,
        sender: None,
        n: 1,
        sent_at: 0,
        stage,
        since: day(since),
        due_on: None,
        recognised_on: Some(day(since)),
        desk: None,
        is_open: true,
        opinion: String::new(),
        stamp: 1,
        problem: None,
        n_supports: 0,
    };
    let (today, terms) = (day("2026-11-30"), Terms::default());
    assert!(!it(Stage::Recognised, "2026-06-03").is_idle(today, terms), "180 days");
    assert!(it(Stage::Recognised, "2026-06-02").is_idle(today, terms), "181 days");
    assert!(it(Stage::Piloting, "2026-01-02").is_idle(today, terms));
    assert!(!it(Stage::Adopted, "2026-01-02").is_idle(today, terms));
}

#[test]
fn days_in_stages_follow_from_dates() {
    let step = |n, stage, since| Step {
        n,
        stage,
        at: 0,
        since: day(since),
        due_on: None,
        agency: None,
        reason: String::new(),
    };
    let steps = [
        step(1, Stage::Checking, "2026-10-01"),
        step(2, Stage::Asked, "2026-10-05"),
        step(3, Stage::Checking, "2026-10-05"),
        step(4, Stage::Refused, "2026-10-12"),
    ];
    assert_eq!(days_in_stages(&steps, day("2026-11-30")), [4, 0, 7, 0]);
    assert_eq!(days_in_stages(&steps[..1], day("2026-10-11")), [10]);
}

mod councils {
    use rust_decimal::Decimal;
    use sauro_kernel::{AccountId, AgencyId, fold};
    use uuid::Uuid;

    use crate::model::{Ballot, Conflict, CouncilFields, Criterion, Judge, Stakes, Tally};

    /// Draws that are the same in every run.
    struct Draws(u64);

    impl Draws {
        fn below(&mut self, n: u64) -> u64 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % n
        }
    }

    // I57
    #[test]
    fn in_10000_drawn_cases_every_conflict_is_found_and_nobody_else_is_barred() {
        let names = ["Nguyễn Văn Ân", "Trần Thị Bé", "Lê Cầm", "Phạm Dự", "nguyễn  văn ÂN"];
        let mut draws = Draws(7);
        let (mut n_barred, mut n_free) = (0, 0);
        for case in 0..10_000 {
            let agency = |n| AgencyId(Uuid::from_u64_pair(1, n));
            let account = |n| AccountId(Uuid::from_u64_pair(2, n));
            let mut many = |most: u64, below: u64| {
                (0..draws.below(most)).map(|_| draws.below(below)).collect::<Vec<_>>()
            };
            let (agencies, accounts, authors) = (many(3, 12), many(3, 12), many(3, 4));
            let (at, who, named) = (many(2, 12), many(2, 12), many(2, 5));
            let stakes = Stakes {
                agencies: agencies.iter().map(|it| agency(*it)).collect(),
                accounts: accounts.iter().map(|it| account(*it)).collect(),
                names: authors.iter().map(|it| fold(names[*it as usize])).collect(),
            };
            let at = at.first().copied().unwrap_or(99);
            let judge = Judge {
                agency: agency(at),
                account: who.first().map(|it| account(*it)),
                name: named.first().map_or("", |it| names[*it as usize]),
            };
            // The last name is the first one, written otherwise.
            let is_named = named.first().is_some_and(|it| authors.contains(&(it % 4)));
            let is_author = is_named || who.first().is_some_and(|it| accounts.contains(it));
            let is_barred = is_author || agencies.contains(&at);
            let found = stakes.against(&judge);
            assert_eq!(found.is_some(), is_barred, "case {case}: {judge:?} {stakes:?}");
            assert_eq!(found == Some(Conflict::Author), is_author, "case {case}");
            if is_barred { n_barred += 1 } else { n_free += 1 }
        }
        assert!(n_barred > 1_000 && n_free > 1_000, "{n_barred} barred, {n_free} free");
    }

    fn ballot(member: i64, points: &[i64], conflict: Option<Conflict>) -> Ballot {
        let points = points.iter().map(|it| Decimal::from(*it)).collect();
        Ballot { member, account: None, conflict, points, at: 0 }
    }

    #[test]
    fn totals_are_exact_and_one_wild_ballot_is_flagged() {
        let criterion = |weight| Criterion { name: String::new(), weight: Decimal::from(weight) };
        let criteria = [criterion(70), criterion(30)];
        let ballots = [
            ballot(1, &[80, 70], None),
            ballot(2, &[81, 70], None),
            ballot(3, &[79, 72], None),
            ballot(4, &[10, 0], None),
            ballot(5, &[], Some(Conflict::SameUnit)),
        ];
        let tally = Tally::of(&criteria, &ballots).unwrap();
        // (77 + 77.7 + 76.9 + 7) / 4, by hand.
        assert_eq!((tally.n, tally.total.to_string()), (4, "59.65".to_owned()));
        assert_eq!(tally.criteria[0].0, Decimal::new(625, 1));
        assert_eq!(tally.criteria[0].1.to_string(), "35.0095");
        let far: Vec<i64> = tally.totals.iter().filter(|it| it.2).map(|it| it.0).collect();
        assert_eq!(far, [4]);
        assert_eq!(Tally::of(&criteria, &ballots[4..]), None);
        let few = Tally::of(&criteria, &ballots[2..]).unwrap();
        assert!(few.totals.iter().all(|it| !it.2), "of two nobody can say who is wild");
    }

    #[test]
    fn weights_come_to_a_hundred_exactly() {
        let text = |it: &str| it.to_owned();
        let fields = |weights: &[&str]| CouncilFields {
            name: text("Hội đồng"),
            criteria: weights.iter().map(|it| (text("Tính mới"), text(it))).collect(),
            threshold: text("70"),
            quorum: text("2"),
            ..CouncilFields::default()
        };
        assert!(fields(&["33,3", "33,3", "33,4"]).read(3).is_ok());
        for (weights, words) in [
            (&["50", "49,99"][..], "cộng lại là 99,99"),
            (&["60", "60"], "cộng lại là 120"),
            (&[], "Chọn một bộ tiêu chí"),
            (&["100", "-0"], "trọng số (bằng số)"),
        ] {
            let faults = fields(weights).read(3).unwrap_err();
            assert!(format!("{faults:?}").contains(words), "{faults:?}");
        }
        for preset in ["nd-13", "nam"] {
            let it = CouncilFields { preset: text(preset), ..fields(&[]) };
            assert!(it.read(3).is_ok(), "{preset}");
        }
        assert!(fields(&["100"]).read(1).is_err(), "fewer members than must score");
    }
}
