//! Figures by the million, for measuring: what they say means nothing, and their names say so.
//!
//! They come in today, as an installation takes over the years before it: by the same action as any file.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{Datelike, Months, NaiveDate};
use sauro_indicators::{actions, jobs};
use sauro_kernel::Ctx;
use sauro_papers::{Cell, CellKind, Table};
use sauro_store::Db;

use super::Stage;
use super::national::units;

/// How many figures to make: so many indicators of every unit in each of so many months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Months before the present one.
    pub n_months: u32,
    /// Indicators, at most [`MOST_INDICATORS`].
    pub n_indicators: usize,
}

/// Indicators made for measuring at most.
pub const MOST_INDICATORS: usize = 200;

/// Rows of one table at most.
const ROWS: usize = 17_500;

/// How long the roll-ups rest when there is nothing to take in.
const REST: Duration = Duration::from_millis(20);

/// Takes the figures in, with their roll-ups. Answers how many there are.
pub(super) async fn make(stage: &Stage, wanted: Measured) -> anyhow::Result<usize> {
    let ctx = stage.machine_room();
    let n_indicators = wanted.n_indicators.min(MOST_INDICATORS);
    let csv = indicators(n_indicators);
    actions::import_indicators(&ctx, &stage.db, &stage.directory, &csv).await?;
    let units = units(&stage.directory);
    let is_done = Arc::new(AtomicBool::new(false));
    let follower = tokio::spawn(follow(ctx.clone(), stage.db.clone(), is_done.clone()));
    let taken = take(&ctx, stage, &units, (wanted.n_months, n_indicators)).await;
    is_done.store(true, Ordering::SeqCst);
    follower.await??;
    taken
}

/// Sends table after table, months first.
async fn take(
    ctx: &Ctx,
    stage: &Stage,
    units: &[(String, bool)],
    (n_months, n_indicators): (u32, usize),
) -> anyhow::Result<usize> {
    let at_once = (ROWS / units.len().max(1)).max(1);
    let all: Vec<usize> = (0..n_indicators).collect();
    let mut n = 0;
    for back in (1..=n_months).rev() {
        let month = month(stage.today, back);
        for some in all.chunks(at_once) {
            let table = table(some, units, month);
            let taken = actions::intake_figures(ctx, &stage.db, &stage.directory, &[table]).await?;
            n += taken.n_new;
        }
        if n_indicators * units.len() > 100_000 {
            eprintln!("  số liệu {}-{:02}: {n}", month.year(), month.month());
        }
    }
    Ok(n)
}

/// Rolls up beside what comes in, as a server does.
async fn follow(ctx: Ctx, db: Db, is_done: Arc<AtomicBool>) -> Result<(), sauro_store::StoreError> {
    loop {
        let was_done = is_done.load(Ordering::SeqCst);
        match jobs::follow_rollups(&db, ctx.now_us()).await? {
            0 if was_done => return Ok(()),
            0 => tokio::time::sleep(REST).await,
            _ => {}
        }
    }
}

/// The first day of the month `back` months before that of `today`.
fn month(today: NaiveDate, back: u32) -> NaiveDate {
    let first = today.with_day(1).unwrap_or(today);
    first.checked_sub_months(Months::new(back)).unwrap_or(first)
}

fn code_of(n: usize) -> String {
    format!("DO-{:03}", n + 1)
}

/// Every fourth is asked of communes alone: what provinces say of it is what their communes come to.
fn is_of_communes(n: usize) -> bool {
    n.is_multiple_of(4)
}

fn indicators(n_indicators: usize) -> String {
    let mut csv = String::from("code,name,unit,direction,level,owner,rhythm,factor\n");
    for n in 0..n_indicators {
        let code = code_of(n);
        let levels = if is_of_communes(n) { "commune" } else { "ministry|province|commune" };
        csv.push_str(&if n.is_multiple_of(2) {
            format!("{code},Số đo {} (dữ liệu đo tải),hồ sơ,higher,{levels},VPCP,month,\n", n + 1)
        } else {
            format!("{code},Tỉ lệ đo {} (dữ liệu đo tải),%,higher,{levels},VPCP,month,100\n", n + 1)
        });
    }
    csv
}

/// What `unit` says of indicator `n` in `month`: a level of its own, a slow rise and some noise.
fn value_of(n: usize, unit: usize, month: NaiveDate) -> i64 {
    let months = i64::from(month.year()) * 12 + i64::from(month.month0());
    let mixed = (unit as u64 * 0x9e37_79b9 + n as u64 * 0x85eb_ca6b) % 600;
    let noise = (unit as u64 * 31 + n as u64 * 7 + months.unsigned_abs() * 13) % 40;
    i64::try_from(mixed + noise).unwrap_or(0) + (months - 24_200).clamp(0, 300)
}

/// One table of some indicators of all units.
fn table(some: &[usize], units: &[(String, bool)], month: NaiveDate) -> Table {
    let text = |it: &str| Cell { text: it.to_owned(), kind: CellKind::Text };
    let number = |it: Option<i64>| {
        it.map_or_else(Cell::default, |it| Cell { text: it.to_string(), kind: CellKind::Number })
    };
    let headings =
        ["indicator", "unit_code", "period", "value", "numerator", "denominator", "source"];
    let period = text(&format!("{}-{:02}", month.year(), month.month()));
    let mut rows = vec![headings.iter().map(|it| text(it)).collect()];
    for n in some {
        let code = text(&code_of(*n));
        let own = units.iter().enumerate().filter(|(_, it)| it.1 || !is_of_communes(*n));
        for (of, (unit, _)) in own {
            let value = value_of(*n, of, month);
            let is_count = n.is_multiple_of(2);
            rows.push(vec![
                code.clone(),
                text(unit),
                period.clone(),
                number(is_count.then_some(value)),
                number((!is_count).then_some(value)),
                number((!is_count).then_some(1_000)),
                text("Dữ liệu đo tải"),
            ]);
        }
    }
    Table { rows, sheet: "CSV".to_owned(), first_row: 1, hidden_rows: Vec::new() }
}
