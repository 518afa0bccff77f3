//! How many queries the day costs. The driver tells of each query on the caller's thread on PostgreSQL
//! only; the texts are the same on SQLite.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sauro_kernel::{Ctx, Role};
use sauro_store::Dialect;
use sauro_tasks::actions;
use sauro_tasks::model::{Claim, Place, Section};
use sauro_testkit::on_each_engine;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::world::{ISSUER, Made, World, claims};

/// Counts the queries that the driver tells of.
#[derive(Clone, Default)]
struct Queries(Arc<AtomicUsize>);

impl Subscriber for Queries {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, _event: &Event<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn new_span(&self, _span: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, _values: &Record<'_>) {}
    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}
    fn enter(&self, _span: &Id) {}
    fn exit(&self, _span: &Id) {}
}

/// How many queries the day of `ctx` takes, and a page of one of its sections.
async fn cost(world: &World, ctx: &Ctx, section: Section) -> (usize, usize) {
    let queries = Queries::default();
    let _guard = tracing::subscriber::set_default(queries.clone());
    actions::today(ctx, &world.db).await.unwrap();
    let day = queries.0.swap(0, Ordering::Relaxed);
    actions::duties(ctx, &world.db, section, Place::START, None).await.unwrap();
    (day, queries.0.load(Ordering::Relaxed))
}

#[tokio::test]
async fn the_day_costs_no_more_queries_when_there_is_more_to_do() {
    on_each_engine(async |engine| {
        if engine.db.dialect() == Dialect::Sqlite {
            return;
        }
        let world = World::new(&engine.db).await;
        let days = ["2026-05-20", "2026-06-05", "2026-09-30"];
        let put = async |n: u64| {
            let due_on = days[usize::try_from(n % 3).unwrap()];
            world.put(Made { n, due_on, ..Made::default() }).await;
        };
        for n in 2..=7 {
            put(n).await;
        }
        world.send(claims(&[(1, Claim::Done)])).await;
        let seats = [
            (world.staff(), Section::Overdue),
            (world.leader(), Section::DueSoon),
            (world.verifier(), Section::ToVerify),
            (world.seat(Role::StandingAgency, ISSUER), Section::ToVerify),
        ];
        let mut before = Vec::new();
        for (ctx, section) in &seats {
            before.push(cost(&world, ctx, *section).await);
        }
        assert!(before.iter().all(|(day, page)| (2..=20).contains(day) && *page > 1), "{before:?}");
        for n in 8..=300 {
            put(n).await;
        }
        for ((ctx, section), before) in seats.iter().zip(before) {
            assert_eq!(cost(&world, ctx, *section).await, before, "{:?}", ctx.actor.role);
        }
    })
    .await;
}
