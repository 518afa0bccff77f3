//! Cases written at once, against what the actions say of them and against a count of their rows.

use std::collections::BTreeMap;

use chrono::DateTime;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{AgencyId, Role, VIETNAM};
use sauro_petitions::actions::{self, Asked, Followed};
use sauro_petitions::jobs::{self, PastError, PastPetitions};
use sauro_petitions::model::{Kind, State, Tally, clocks, index_words_of, turns, words_of};
use sauro_store::{Limits, run};
use sauro_testkit::on_each_engine_with;
use uuid::Uuid;

use crate::world::{World, draft};

const N: usize = 300;

async fn made(world: &World) -> jobs::PastMade {
    let handle = DirectoryHandle::load(&world.system(), &world.db).await.unwrap();
    let wanted =
        PastPetitions { n_cases: N, open_percent: 33, seed: 57, now_us: world.system().now_us() };
    let of = (handle.directory(), handle.calendar());
    let made = jobs::make_past(&world.db, &world.keys, of.clone(), wanted, |_| {}).await.unwrap();
    let again = jobs::make_past(&world.db, &world.keys, of, wanted, |_| {}).await;
    assert!(matches!(again, Err(PastError::Taken)));
    made
}

#[tokio::test]
async fn a_past_of_petitions_written_at_once_stands_as_if_it_had_been_worked_through() {
    on_each_engine_with(Limits::alone(), async |engine| {
        let world = World::new(&engine.db).await;
        let made = made(&world).await;
        assert_eq!(made.n_cases, N);
        assert!((60..=140).contains(&made.n_open), "{made:?}");
        // No clock would be set otherwise, and nobody is reminded once more.
        let system = world.system();
        assert_eq!(jobs::recount(&system, &world.house()).await.unwrap(), 0);
        assert_eq!(jobs::remind(&system, &world.db, &world.calendar).await.unwrap(), 0);
        assert_eq!(jobs::settle(&system, &world.house()).await.unwrap(), 0);
        let verdict = sauro_journal::verify(&world.db, None, |_| {}).await.unwrap();
        assert_eq!(verdict.fault, None);
        let cases = followed(&world).await;
        counted(&world, &cases).await;
        told(&world, &cases).await;
        listed(&world, &cases).await;
        answered(&world).await;
    })
    .await;
}

/// Every case, followed by the code that its sender was given.
async fn followed(world: &World) -> Vec<Followed> {
    const SQL: &str = "SELECT id, sealed FROM petitions ORDER BY id";
    let mut conn = world.db.read().await.unwrap();
    let rows: Vec<(Uuid, Vec<u8>)> =
        run!(conn, c => sqlx::query_as(SQL).fetch_all(c).await).unwrap();
    drop(conn);
    let mut cases = Vec::new();
    for (id, sealed) in rows {
        let plain = world.keys.open_sealed(id, &sealed).unwrap();
        let sender: sauro_petitions::model::Sender = serde_json::from_slice(&plain).unwrap();
        let it = actions::follow(&world.anybody(), &world.house(), &sender.code, "192.0.2.9").await;
        let it = it.unwrap();
        assert_eq!(it.case.id.0, id);
        // What is stored of the clocks follows from what happened.
        let own = clocks(
            &world.calendar,
            &sauro_petitions::model::Limits::default(),
            (it.case.sent_at, it.case.coordinator),
            &turns(&it.happenings),
        );
        assert_eq!(own.citizen_due_on, it.case.citizen_due_on);
        assert!(it.happenings.is_sorted_by_key(|it| it.at));
        let is_answered = it.answers.iter().any(|it| it.approved.is_some());
        assert_eq!(is_answered && it.main.is_none(), it.case.answered_at.is_some());
        cases.push(it);
    }
    let open = cases.iter().filter(|it| it.case.flow.state != State::Closed).count();
    assert!(cases.len() == N && open > 60);
    for state in State::ALL {
        assert!(cases.iter().any(|it| it.case.flow.state == state), "{state:?}");
    }
    cases
}

/// The tallies against a count of every answer and rating.
async fn counted(world: &World, cases: &[Followed]) {
    let mut counted: BTreeMap<(AgencyId, String), Tally> = BTreeMap::new();
    for it in cases.iter().filter(|it| it.main.is_none()) {
        for (n, answer) in it.answers.iter().enumerate() {
            let at = answer.approved.unwrap().1;
            let before: Vec<_> = it.happenings.iter().filter(|it| it.at < at).cloned().collect();
            let promised = clocks(
                &world.calendar,
                &sauro_petitions::model::Limits::default(),
                (it.case.sent_at, it.case.coordinator),
                &turns(&before),
            );
            let last = promised.citizen_due_on.and_hms_opt(17, 0, 0).unwrap();
            let day = DateTime::from_timestamp_micros(at).unwrap().with_timezone(&VIETNAM);
            let mut tally = Tally::of_answer(day.naive_local() <= last, answer.closing);
            // A bad mark was for the first answer, a good one for the last.
            let is_of = |rating: &i64| if *rating < 3 { n == 0 } else { n + 1 == it.answers.len() };
            if let Some(rating) = it.case.rating.filter(is_of) {
                tally.add(&Tally::of_rating(rating));
            }
            for period in [day.format("%Y").to_string(), day.format("%Y-%m").to_string()] {
                counted.entry((answer.agency, period)).or_default().add(&tally);
            }
        }
    }
    let mut found = BTreeMap::new();
    for year in ["2025", "2026"] {
        let mut after = None;
        loop {
            let (lines, has_more) = actions::agencies(&world.house(), year, after).await.unwrap();
            after = lines.last().map(|it| (it.1.answered(), it.0.0));
            found.extend(lines.into_iter().map(|(id, it)| ((id, year.to_owned()), it)));
            if !has_more {
                break;
            }
        }
    }
    for ((id, period), tally) in &counted {
        let it = actions::agency(&world.anybody(), &world.house(), *id).await.unwrap();
        let all: BTreeMap<_, _> = it.years.into_iter().chain(it.months).collect();
        assert_eq!(all.get(period), Some(tally), "{period}");
    }
    let years = counted.into_iter().filter(|it| it.0.1.len() == 4);
    assert_eq!(found, years.collect());
}

/// The journal, the words that routing learned and the index of public cases against a count by hand.
async fn told(world: &World, cases: &[Followed]) {
    const HAPPENED: &str = "SELECT kind FROM petition_events WHERE petition_id = $1 ORDER BY n";
    const TOLD: &str = "
        SELECT kind FROM journal_entries
        WHERE subject = $1 AND kind NOT IN ('PetitionOverdue', 'PetitionDueSoon')
        ORDER BY position";
    let mut conn = world.db.read().await.unwrap();
    let (mut learned, mut found_by, mut n_answers) = (0, 0, 0);
    for it in cases {
        let id = it.case.id;
        let happened: Vec<String> =
            run!(conn, c => sqlx::query_scalar(HAPPENED).bind(id.0).fetch_all(c).await).unwrap();
        let subject = format!("petition/{id}");
        let told: Vec<String> =
            run!(conn, c => sqlx::query_scalar(TOLD).bind(subject).fetch_all(c).await).unwrap();
        let kinds = happened.iter().map(|it| Kind::of_code(it).unwrap().event());
        assert_eq!(told, kinds.collect::<Vec<_>>());
        assert_eq!(it.case.version, 1 + i64::try_from(happened.len()).unwrap());
        let own = if it.main.is_none() { it.answers.len() } else { 0 };
        n_answers += own;
        learned += own * words_of(&format!("{} {}", it.case.title, it.case.body)).len();
        if it.case.is_public() {
            found_by += index_words_of(&it.case.public_title, &it.case.public_body).len();
        }
    }
    let mut n = async |sql: &'static str| {
        let n: i64 = run!(conn, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap();
        usize::try_from(n).unwrap()
    };
    const OF_AGENCIES: &str =
        "SELECT CAST(SUM(n) AS BIGINT) FROM petition_words WHERE target LIKE 'agency:%'";
    assert_eq!(n(OF_AGENCIES).await, learned);
    assert_eq!(n("SELECT COUNT(*) FROM petition_index").await, found_by);
    assert_eq!(n("SELECT CAST(SUM(n) AS BIGINT) FROM petition_routing").await, n_answers);
    assert_eq!(n("SELECT CAST(SUM(last_n) AS BIGINT) FROM petition_numbers").await, N);
}

/// Public lists, of all and of one field, to their ends; and cases like one of them.
async fn listed(world: &World, cases: &[Followed]) {
    let public = || cases.iter().filter(|it| it.case.is_public());
    let field = public().next().unwrap().case.field.clone();
    for field in [String::new(), field] {
        let (mut asked, mut seen) = (Asked { field: field.clone(), after: None }, Vec::new());
        loop {
            let (lines, has_more) = actions::public_list(&world.house(), &asked).await.unwrap();
            assert!(lines.iter().all(|it| it.answer.is_some()));
            let places = lines.iter().map(|it| (it.case.answered_at.unwrap(), it.case.id.0));
            seen.extend(places);
            asked.after = seen.last().copied();
            if !has_more {
                break;
            }
        }
        let own = public().filter(|it| field.is_empty() || it.case.field == field);
        let mut own: Vec<_> = own.map(|it| (it.case.answered_at.unwrap(), it.case.id.0)).collect();
        own.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(seen, own, "{field}");
    }
    let one = &public().next_back().unwrap().case;
    let alike = actions::similar(&world.house(), &one.title).await.unwrap();
    assert!(alike.iter().any(|it| it.case.id == one.id));
}

/// One that is being handled goes on as any other.
async fn answered(world: &World) {
    const SQL: &str = "
        SELECT petitions.id, agencies.code FROM petitions
        JOIN agencies ON agencies.id = petitions.lead_id
        WHERE petitions.state = 'handling' AND petitions.may_publish AND agencies.code LIKE 'UBND-_____'
        ORDER BY petitions.id LIMIT 1";
    let mut conn = world.db.read().await.unwrap();
    let (id, lead): (Uuid, String) =
        run!(conn, c => sqlx::query_as(SQL).fetch_one(c).await).unwrap();
    drop(conn);
    let id = sauro_kernel::PetitionId(id);
    let (officer, leader) =
        (world.person(Role::Officer, &lead, 7), world.person(Role::Leader, &lead, 7));
    let before = actions::agency(&officer, &world.house(), world.agency(&lead)).await.unwrap();
    let queue = actions::queue(&officer, &world.house()).await.unwrap();
    assert!(queue.groups.iter().any(|it| it.cases.iter().any(|it| it.id == id)));
    actions::submit(&officer, &world.house(), id, &draft()).await.unwrap();
    let case = actions::approve(&leader, &world.house(), id).await.unwrap();
    assert_eq!(case.flow.state, State::Answered);
    let (first, _) = actions::public_list(&world.house(), &Asked::default()).await.unwrap();
    assert_eq!(first[0].case.id, id);
    let after = actions::agency(&officer, &world.house(), world.agency(&lead)).await.unwrap();
    assert_eq!(after.open, before.open - 1);
    let n = |it: &sauro_petitions::model::AgencyTally| -> i64 {
        it.years.iter().map(|it| it.1.answered()).sum()
    };
    assert_eq!(n(&after), n(&before) + 1);
}
