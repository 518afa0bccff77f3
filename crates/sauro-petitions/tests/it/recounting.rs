//! Deadlines of open cases set anew after a limit changed, by several nodes at once.

use std::cell::Cell;
use std::time::Duration;

use chrono::NaiveDate;
use sauro_kernel::Role;
use sauro_petitions::{actions, jobs};
use sauro_store::{Dialect, run};
use sauro_testkit::{day, on_each_engine};

use crate::world::{CENTRE, COMMUNE, World};

async fn set(world: &World, days: &str) {
    let centre = world.ctx(Role::StandingAgency, CENTRE);
    let typed = vec![("acknowledge".to_owned(), days.to_owned())];
    actions::set_limits(&centre, &world.house(), &typed).await.unwrap();
}

/// The days of the cases that wait to be received, in the order of the cases.
async fn due(world: &World) -> Vec<NaiveDate> {
    let officer = world.ctx(Role::Officer, COMMUNE);
    let queue = actions::queue(&officer, &world.house()).await.unwrap();
    let cases = queue.groups[0].cases.iter();
    let mut due: Vec<_> = cases.map(|it| (it.id, it.standing.due_on.unwrap())).collect();
    due.sort_unstable();
    due.into_iter().map(|it| it.1).collect()
}

#[tokio::test]
async fn a_recount_of_deadlines_goes_on_where_it_stood_and_two_nodes_share_it() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let mut sent = Vec::new();
        for n in 0..6 {
            sent.push(world.sent(&format!("{n}")).await.0);
        }
        let system = world.system();
        set(&world, "3").await;
        let begun = actions::recount_of(&house).await.unwrap().unwrap();
        assert_eq!((begun.n_all, begun.n_done(), begun.ended_at), (6, 0, None));
        // A node that stopped after three cases has written down that it did.
        let sql = "UPDATE petition_recounts SET after_id = $1, n_seen = 3";
        let mut conn = world.db.write().await.unwrap();
        run!(conn, c => sqlx::query(sql).bind(sent[2].0).execute(c).await.map(drop)).unwrap();
        conn.commit().await.unwrap();
        assert_eq!(jobs::recount(&system, &house).await.unwrap(), 3);
        let [before, after] = [day("2026-11-03"), day("2026-11-05")];
        assert_eq!(due(&world).await, [before, before, before, after, after, after]);
        let done = actions::recount_of(&house).await.unwrap().unwrap();
        assert_eq!((done.n_done(), done.n_moved, done.ended_at.is_some()), (6, 3, true));
        // Two nodes at once, while another case comes.
        set(&world, "4").await;
        let other = system.clone();
        let (one, two, _) = tokio::join!(
            jobs::recount(&system, &house),
            jobs::recount(&other, &house),
            world.sent("new")
        );
        assert_eq!(one.unwrap() + two.unwrap(), 6);
        assert_eq!(due(&world).await, [day("2026-11-06"); 7]);
        let told = world.journal().await;
        assert_eq!(told.matches("PetitionDeadlinesSet").count(), 2);
    })
    .await;
}

/// A node that reads a limit, is held up while it writes, and comes back when the limit is another one.
#[tokio::test]
async fn a_node_that_is_held_up_writes_no_deadlines_of_a_limit_that_has_gone() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        // SQLite has one writer at a time, and nothing is written apart.
        if engine.db.dialect() == Dialect::Sqlite {
            return;
        }
        let house = world.house();
        let mut first = None;
        for n in 0..8 {
            let id = world.sent(&format!("{n}")).await.0;
            first.get_or_insert(id);
        }
        let (system, other) = (world.system(), world.system());
        set(&world, "4").await;
        jobs::recount(&system, &house).await.unwrap();
        set(&world, "3").await;
        let mut holding = world.db.write().await.unwrap();
        let sql = "SELECT version FROM petitions WHERE id = $1 FOR UPDATE";
        let id = first.unwrap().0;
        run!(&mut holding, c => sqlx::query_scalar::<_, i64>(sql).bind(id).fetch_one(c).await)
            .unwrap();
        let held_up = jobs::recount(&system, &house);
        let meanwhile = async {
            until(async || n_waiting(&world).await == 1).await;
            // Back to what it was: whoever looks at a case now finds it right.
            let is_back = Cell::new(false);
            let release = async {
                until(async || is_back.get() || n_waiting(&world).await == 2).await;
                holding.commit().await.unwrap();
            };
            let back = async {
                set(&world, "4").await;
                jobs::recount(&other, &house).await.unwrap();
                is_back.set(true);
            };
            tokio::join!(release, back);
        };
        let (one, ()) = tokio::join!(held_up, meanwhile);
        one.unwrap();
        jobs::recount(&system, &house).await.unwrap();
        assert_eq!(due(&world).await, [day("2026-11-06"); 8]);
    })
    .await;
}

async fn until(is_so: impl AsyncFn() -> bool) {
    for _ in 0..2_000 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never came to that");
}

/// How many wait for a row of this database.
async fn n_waiting(world: &World) -> i64 {
    let sql = "
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let mut conn = world.db.read().await.unwrap();
    run!(conn, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap()
}
