//! What became of the answers of agencies, against a count of everything that happened.

use std::collections::BTreeMap;

use chrono::DateTime;
use sauro_kernel::{AgencyId, PetitionId, Role, VIETNAM};
use sauro_petitions::actions;
use sauro_petitions::model::{Draft, Petition, Tally};
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, MINISTRY, PROVINCE, World, draft};

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

type Counted = BTreeMap<(AgencyId, String), Tally>;

/// The same, counted by hand: what happened to each answer, in its month and in its year.
fn count(counted: &mut Counted, case: &Petition, lead: AgencyId, rating: Option<i64>) {
    let at = case.answered_at.unwrap();
    let day = DateTime::from_timestamp_micros(at).unwrap().with_timezone(&VIETNAM);
    // 17:00 of the day that was promised is still in time.
    let last = case.citizen_due_on.and_hms_opt(17, 0, 0).unwrap();
    let is_on_time = day.naive_local() <= last;
    for period in [day.format("%Y").to_string(), day.format("%Y-%m").to_string()] {
        let it = counted.entry((lead, period)).or_default();
        *(if is_on_time { &mut it.on_time } else { &mut it.late }) += 1;
        match case.closing.unwrap().code() {
            "solved" => it.solved += 1,
            "unsolved" => it.unsolved += 1,
            "guided" => it.guided += 1,
            other => panic!("no answer ends as {other}"),
        }
        if let Some(rating) = rating {
            it.rated += 1;
            it.rating_sum += rating;
            *(if rating >= 3 { &mut it.satisfied } else { &mut it.contested }) += 1;
        }
    }
}

/// Takes the case up and answers it as `closing`.
async fn answer(world: &World, id: PetitionId, (lead, n): (&str, u32), closing: &str) -> Petition {
    let (officer, leader) =
        (world.person(Role::Officer, lead, n), world.person(Role::Leader, lead, n));
    let draft = Draft { closing: closing.to_owned(), ..draft() };
    actions::accept(&officer, &world.house(), id).await.unwrap();
    actions::submit(&officer, &world.house(), id, &draft).await.unwrap();
    actions::approve(&leader, &world.house(), id).await.unwrap()
}

#[tokio::test]
async fn what_agencies_answered_equals_a_count_of_everything_that_happened() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (mut dice, mut counted, mut n_reviewed) = (Dice(57), Counted::new(), 0);
        for n in 0..24 {
            let lead = [COMMUNE, PROVINCE, MINISTRY][usize::try_from(dice.below(3)).unwrap()];
            let (id, receipt) = world.sent(&format!("{n}")).await;
            world.assigned(id, lead).await;
            world.pass_hours(i64::try_from(dice.below(700)).unwrap());
            let closing = ["solved", "unsolved", "guided"][usize::try_from(dice.below(3)).unwrap()];
            let case = answer(&world, id, (lead, 1), closing).await;
            let rating = Some(i64::try_from(dice.below(6)).unwrap()).filter(|it| *it > 0);
            if let Some(rating) = rating {
                let (anybody, code) = (world.anybody(), receipt.code.to_string());
                let by = (code.as_str(), "192.0.2.1");
                let said = (rating, "Chưa làm xong.");
                actions::rate(&anybody, &world.house(), by, said).await.unwrap();
            }
            count(&mut counted, &case, world.agency(lead), rating);
            // What was contested in the commune the province answers anew.
            if lead == COMMUNE && rating.is_some_and(|it| it < 3) {
                let to = (world.agency(PROVINCE), [].as_slice());
                let above = world.person(Role::Officer, PROVINCE, 2);
                actions::assign(&above, &world.house(), id, to, (false, "")).await.unwrap();
                let case = answer(&world, id, (PROVINCE, 2), "solved").await;
                count(&mut counted, &case, world.agency(PROVINCE), None);
                n_reviewed += 1;
            }
        }
        let mut found = Counted::new();
        for lead in [COMMUNE, PROVINCE, MINISTRY].map(|it| world.agency(it)) {
            let it = actions::agency(&world.anybody(), &world.house(), lead).await.unwrap();
            found.extend(it.years.into_iter().chain(it.months).map(|(at, it)| ((lead, at), it)));
        }
        assert_eq!(found, counted);
        assert!(n_reviewed > 0);
        assert!(counted.values().any(|it| it.unsolved > 0 && it.guided > 0));
        assert!(
            counted.values().any(|it| it.late > 0) && counted.values().any(|it| it.on_time > 0)
        );
        // The list of a year is the same, whoever answered most first.
        for year in ["2026", "2027", "2030"] {
            let (lines, has_more) = actions::agencies(&world.house(), year, None).await.unwrap();
            assert!(!has_more);
            assert!(lines.is_sorted_by_key(|it| -it.1.answered()));
            let of_year = counted.iter().filter(|it| it.0.1 == year).map(|it| (it.0.0, *it.1));
            let lines: BTreeMap<AgencyId, Tally> = lines.into_iter().collect();
            assert_eq!(lines, of_year.collect(), "{year}");
        }
    })
    .await;
}

#[test]
fn one_weak_side_weakens_the_whole_and_few_ratings_say_nothing() {
    let it = Tally {
        on_time: 8,
        late: 2,
        rated: 5,
        rating_sum: 21,
        satisfied: 4,
        contested: 1,
        ..Tally::default()
    };
    assert_eq!(
        (it.on_time_bp(), it.satisfied_bp(), it.contested_bp(), it.index_bp()),
        (8_000, Some(8_000), Some(1_000), Some(5_760))
    );
    let few = Tally { rated: 4, ..it };
    assert_eq!((few.satisfied_bp(), few.contested_bp(), few.index_bp()), (None, None, None));
    assert_eq!((it.average().as_deref(), few.average()), (Some("4,2"), None));
    let late = Tally { on_time: 0, late: 10, ..it };
    assert_eq!(late.index_bp(), Some(0));
    assert_eq!(Tally::default().on_time_bp(), 0);
}
