//! Initiatives written at once, against their rows counted by hand and against what the actions say of them.

use std::sync::Arc;

use sauro_initiatives::actions::{self, Check, Filter, PAGE};
use sauro_initiatives::jobs::{self, PastError, PastInitiatives};
use sauro_initiatives::model::{Move, Stage, Terms, hash_of};
use sauro_kernel::{InitiativeId, Role};
use sauro_store::{Limits, run};
use sauro_testkit::on_each_engine_with;
use uuid::Uuid;

use crate::world::World;

const N: usize = 300;
const MOVES: [Move; 10] = [
    Move::Accept,
    Move::Ask,
    Move::Supply,
    Move::Refuse,
    Move::Opine,
    Move::Recognise,
    Move::Decline,
    Move::Pilot,
    Move::Adopt,
    Move::Replicate,
];

#[tokio::test]
async fn a_past_of_initiatives_written_at_once_stands_as_if_it_had_been_worked_through() {
    on_each_engine_with(Limits::alone(), async |engine| {
        let world = World::new(&engine.db).await;
        let wanted = PastInitiatives {
            n: N,
            seed: 57,
            now_us: world.anybody().now_us(),
            terms: Terms::default(),
        };
        let of = (world.directory.clone(), Arc::new(world.calendar.clone()));
        let made =
            jobs::make_past(&world.db, &world.keys, of.clone(), wanted, |_| {}).await.unwrap();
        assert!(made.n == N && made.n_councils > 5, "{made:?}");
        let again = jobs::make_past(&world.db, &world.keys, of, wanted, |_| {}).await;
        assert!(matches!(again, Err(PastError::Taken)));
        let verdict = sauro_journal::verify(&world.db, None, |_| {}).await.unwrap();
        assert_eq!(verdict.fault, None);
        walked(&world).await;
        judged(&world).await;
        listed(&world).await;
        goes_on(&world).await;
    })
    .await;
}

/// Every step leads to the next one by a move, the last one is where it is, and the journal vouches for the text.
async fn walked(world: &World) {
    const ALL: &str = "
        SELECT i.id, i.stage, i.stamp, d.dossier, d.hash, j.data
        FROM initiatives i
        JOIN initiative_dossiers d ON d.initiative_id = i.id
        JOIN journal_entries j ON j.id = d.entry_id
        ORDER BY i.id";
    const STEPS: &str = "SELECT stage FROM initiative_steps WHERE initiative_id = $1 ORDER BY n";
    let mut conn = world.db.read().await.unwrap();
    type Row = (Uuid, String, i64, String, Vec<u8>, String);
    let all: Vec<Row> = run!(conn, c => sqlx::query_as(ALL).fetch_all(c).await).unwrap();
    assert_eq!(all.len(), N);
    for (id, stage, stamp, dossier, hash, data) in all {
        assert_eq!(hash_of(&dossier).to_vec(), hash);
        assert!(data.contains(&hex::encode(&hash)));
        let steps: Vec<String> =
            run!(conn, c => sqlx::query_scalar(STEPS).bind(id).fetch_all(c).await).unwrap();
        let steps: Vec<Stage> = steps.iter().map(|it| Stage::of_code(it).unwrap()).collect();
        assert_eq!(steps.last().unwrap().code(), stage);
        assert_eq!(i64::try_from(steps.len()).unwrap(), stamp);
        for pair in steps.windows(2) {
            let leads = |by: &Move| pair[0].after(*by) == Some(pair[1]);
            assert!(MOVES.iter().any(leads), "{pair:?}");
        }
    }
    for stage in Stage::ALL.into_iter().filter(|it| *it != Stage::Piloting) {
        let sql = "SELECT count(*) FROM initiatives WHERE stage = $1";
        let n: i64 =
            run!(conn, c => sqlx::query_scalar(sql).bind(stage.code()).fetch_one(c).await).unwrap();
        assert!(n > 0, "{stage:?}");
    }
}

/// Recognised is what has seventy points, averaged by other arithmetic.
async fn judged(world: &World) {
    const BALLOTS: &str = "
        SELECT b.initiative_id, b.points, i.recognised_on IS NOT NULL
        FROM initiative_ballots b JOIN initiatives i ON i.id = b.initiative_id
        ORDER BY b.initiative_id, b.member_n";
    let mut conn = world.db.read().await.unwrap();
    let ballots: Vec<(Uuid, String, bool)> =
        run!(conn, c => sqlx::query_as(BALLOTS).fetch_all(c).await).unwrap();
    for of in ballots.chunk_by(|a, b| a.0 == b.0) {
        let total: f64 = of
            .iter()
            .map(|it| {
                let points: Vec<String> = serde_json::from_str(&it.1).unwrap();
                let points = points.iter().map(|it| it.parse::<f64>().unwrap());
                points.zip([30.0, 20.0, 30.0, 20.0]).map(|(it, weight)| it * weight).sum::<f64>()
            })
            .sum();
        // In whole numbers, so that the threshold is met exactly or not at all.
        let threshold = 7_000.0 * of.len() as f64;
        assert_eq!(total >= threshold, of[0].2, "{total} of {threshold}");
    }
    assert!(ballots.len() > 100);
}

/// The list of everybody to its end, and what some words find.
async fn listed(world: &World) {
    let mut seen = Vec::new();
    loop {
        let before = seen.last().map(|it: &InitiativeId| it.to_string()).unwrap_or_default();
        let filter = Filter { before, ..Filter::default() };
        let page = actions::listed(&world.db, &filter, PAGE).await.unwrap();
        seen.extend(page.iter().map(|it| it.id));
        if page.len() < usize::from(PAGE) {
            break;
        }
    }
    let sql = "SELECT count(*) FROM initiatives WHERE is_listed";
    let mut conn = world.db.read().await.unwrap();
    let n: i64 = run!(conn, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap();
    assert_eq!(i64::try_from(seen.len()).unwrap(), n);
    let filter = Filter { words: "u rom vi sinh".to_owned(), ..Filter::default() };
    let found = actions::listed(&world.db, &filter, 100).await.unwrap();
    assert!(!found.is_empty() && found.iter().all(|it| it.title.starts_with("Ủ rơm")));
}

/// One that waits for the check of its form goes on as any other.
async fn goes_on(world: &World) {
    const SQL: &str = "
        SELECT i.id, a.code FROM initiatives i JOIN agencies a ON a.id = i.receiver_id
        WHERE i.stage = 'checking' ORDER BY i.id LIMIT 1";
    let mut conn = world.db.read().await.unwrap();
    let (id, code): (Uuid, String) =
        run!(conn, c => sqlx::query_as(SQL).fetch_one(c).await).unwrap();
    drop(conn);
    let focal = world.ctx(Role::FocalOfficer, &code);
    let queue = actions::queue(&focal, &world.db, None).await.unwrap();
    let it = queue.waiting.iter().find(|it| it.id.0 == id).unwrap();
    let decision = Check::Accept("BKHCN".to_owned());
    let key = (it.id, it.stamp);
    let it = actions::check(&focal, &world.room(), key, (&decision, "")).await.unwrap();
    assert_eq!((it.stage, it.stamp), (Stage::Reviewing, 2));
}
