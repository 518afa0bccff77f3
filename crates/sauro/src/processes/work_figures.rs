//! Indicators that are counted of tasks: the room of tasks counts, the room of indicators keeps the figures.

use std::time::Duration;

use chrono::NaiveDate;
use sauro_directory::DirectoryHandle;
use sauro_indicators::actions::{CountsFuture, WorkCounter, count_work};
use sauro_indicators::model::WorkCounts;
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_tasks::actions::{LeadCounts, work_counts};

/// How often it is looked whether tasks have changed.
const PERIOD: Duration = Duration::from_secs(60);

/// Changes are looked for again from so long before the last look: a commit may come later than its time.
const MARGIN_US: i64 = 600_000_000;

/// Asks the room of tasks.
#[derive(Clone)]
pub struct TaskCounter(pub Db);

impl WorkCounter for TaskCounter {
    fn counts(&self, days: (NaiveDate, NaiveDate), since_us: i64) -> CountsFuture<'_> {
        Box::pin(async move {
            let found = work_counts(&self.0, days).await?;
            Ok(found.iter().map(|it| shown(it, since_us)).collect())
        })
    }
}

fn shown(it: &LeadCounts, since_us: i64) -> WorkCounts {
    WorkCounts {
        lead: it.lead,
        due: it.due,
        on_time: it.on_time,
        verified: it.verified,
        is_changed: it.changed_at >= since_us,
    }
}

/// Counts for ever. After a start everything of the last periods is looked at once.
pub async fn run_work_figures(ctx: Ctx, db: Db, directory: DirectoryHandle) {
    let counter = TaskCounter(db.clone());
    let (mut since_us, mut today) = (0, ctx.today());
    loop {
        // With another day another period may have ended.
        if ctx.today() != today {
            (since_us, today) = (0, ctx.today());
        }
        let began = ctx.now_us();
        match count_work(&ctx, &db, &directory.directory(), &counter, since_us).await {
            Ok(_) => since_us = began - MARGIN_US,
            Err(err) => tracing::warn!(error = %err, "tasks could not be counted for indicators"),
        }
        tokio::time::sleep(PERIOD).await;
    }
}
