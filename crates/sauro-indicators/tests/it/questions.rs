//! How many questions a table of figures costs.

use std::sync::atomic::{AtomicUsize, Ordering};

use sauro_directory::model::Level;
use sauro_indicators::actions;
use sauro_indicators::actions::rules::{RuleFields, define_rule};
use sauro_testkit::on_each_engine;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::rules::{done_of_all, owner};
use crate::world::World;

/// Counts the statements that the whole process runs.
struct Counter;

static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {
        STATEMENTS.fetch_add(1, Ordering::Relaxed);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Figures of 250 communes for `period`, done and given.
fn table(world: &World, period: &str) -> String {
    let communes = world.directory.all().iter().filter(|it| it.level == Level::Commune);
    let communes = communes.filter(|it| it.kind == "commune_pc").take(250);
    let rows =
        communes.map(|it| format!("XONG,{0},{period},3,Sổ\nTONG,{0},{period},7,Sổ\n", it.code));
    format!("indicator,unit_code,period,value,source\n{}", rows.collect::<String>())
}

#[tokio::test]
async fn rules_cost_a_table_a_few_questions_however_many_rows_it_has() {
    // One process for each test, or the statements of others would be counted as well.
    if std::env::var_os("NEXTEST").is_none()
        || tracing::subscriber::set_global_default(Counter).is_err()
    {
        return;
    }
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let ctx = world.system();
        let cost = async |period: &str| {
            let before = STATEMENTS.load(Ordering::Relaxed);
            let csv = table(&world, period);
            let n = actions::import_figures(&ctx, &world.db, world.directory, &csv).await.unwrap();
            assert_eq!(n, 500);
            STATEMENTS.load(Ordering::Relaxed) - before
        };
        let free = cost("2026-03").await;
        assert!(free > 0, "statements are counted");
        define_rule(&owner(&world), &world.db, &done_of_all("block")).await.unwrap();
        let over_time = RuleFields {
            code: "QT-TONG".to_owned(),
            left: "[TONG]".to_owned(),
            comparison: ">=".to_owned(),
            right: "[TONG:truoc] - [XONG:truoc]".to_owned(),
            ..done_of_all("block")
        };
        define_rule(&owner(&world), &world.db, &over_time).await.unwrap();
        let ruled = cost("2026-04").await;
        // They are held twice: with what is read, and once more in the turn to write.
        assert!(ruled <= free + 32, "{free} without rules, {ruled} with two");
    })
    .await;
}
