//! Figures of all communes, taken in by the real action, written with their journal, and rolled up by the
//! reader beside it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use sauro_benches::outside::{FreshIds, SystemClock};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_indicators::{actions, jobs};
use sauro_kernel::{Actor, Ctx};
use sauro_papers::{CellValue, Table};
use sauro_store::Db;
use serde_json::json;

use super::figure::{Figure, Target, rounded};
use super::place::Place;
use super::{AnyError, Asked};

/// Indicators, half of them ratios: with all communes they make the largest table that is taken.
const INDICATORS: usize = 6;

/// Months filled one after the other.
const MONTHS: std::ops::RangeInclusive<u32> = 1..=6;

/// Rows of the workbook that is timed alone.
const ROWS: usize = 10_000;

/// Measures on `engine`.
pub(crate) async fn at(
    asked: &Asked,
    home: &std::path::Path,
    engine: &'static str,
) -> Result<Vec<Figure>, AnyError> {
    let place = Place::bare(&asked.sauro, home, engine, "intake").await?;
    let figures = measure(asked, &place).await;
    place.clear().await?;
    figures
}

async fn measure(asked: &Asked, place: &Place) -> Result<Vec<Figure>, AnyError> {
    let db = Db::open(&place.url).await?;
    let ctx = Ctx { actor: Actor::system(), clock: Arc::new(SystemClock), ids: Arc::new(FreshIds) };
    sauro_directory::actions::load_shipped(&ctx, &db).await?;
    let handle = DirectoryHandle::load(&ctx, &db).await?;
    let directory = handle.directory();
    actions::import_indicators(&ctx, &db, &directory, &indicators()).await?;
    jobs::follow_rollups(&db, ctx.now_us()).await?;
    let units: Vec<String> = directory
        .all()
        .iter()
        .filter(|it| it.kind == "commune_pc" && it.valid_to.is_none())
        .map(|it| it.code.clone())
        .collect();
    let last = if asked.is_quick { 1 } else { *MONTHS.end() };
    let batches: Vec<String> = (*MONTHS.start()..=last).map(|month| batch(&units, month)).collect();
    let flow = flow(&ctx, &db, &directory, &batches).await?;
    let checked = actions::check_rollups(&db, ctx.now_us()).await?;
    if !checked.wrong.is_empty() {
        return Err(format!("roll-ups differ: {:?}", checked.wrong.first()).into());
    }
    let workbook = workbook(&ctx, &db, &directory, &units).await?;
    let engine = place.engine;
    let n = flow.n as f64;
    Ok(vec![
        Figure::new(
            "figures_per_s",
            n / flow.all.as_secs_f64(),
            "values/s",
            Target::AtLeast(30_000.0),
        )
        .at(engine, "intake")
        .with(json!({
            "values": flow.n,
            "tables": batches.len(),
            "roll_ups": checked.n,
            "taken_in_s": rounded(flow.taken.as_secs_f64()),
            "rolled_up_after_s": rounded(flow.all.as_secs_f64()),
            "longest_table_s": rounded(flow.longest.as_secs_f64()),
        })),
        Figure::new("workbook_of_10000_rows_s", workbook.as_secs_f64(), "s", Target::AtMost(5.0))
            .at(engine, "intake"),
    ])
}

struct Flow {
    n: usize,
    /// Until the last table was acknowledged.
    taken: Duration,
    /// Until the roll-ups held everything.
    all: Duration,
    longest: Duration,
}

/// Takes `batches` while the reader rolls them up beside it, as on a server.
async fn flow(
    ctx: &Ctx,
    db: &Db,
    directory: &Arc<Directory>,
    batches: &[String],
) -> Result<Flow, AnyError> {
    let is_done = Arc::new(AtomicBool::new(false));
    let follower = tokio::spawn({
        let (db, ctx, is_done) = (db.clone(), ctx.clone(), is_done.clone());
        async move {
            loop {
                let was_done = is_done.load(Ordering::SeqCst);
                let n = jobs::follow_rollups(&db, ctx.now_us()).await?;
                if n == 0 && was_done {
                    return Ok::<(), sauro_store::StoreError>(());
                }
                if n == 0 {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    });
    let begun = Instant::now();
    // Two send at once: while one waits for the disk the other's table is read.
    let halves = batches.split_at(batches.len() / 2);
    let sent =
        tokio::try_join!(send(ctx, db, directory, halves.0), send(ctx, db, directory, halves.1))?;
    let (n, longest) = (sent.0.0 + sent.1.0, sent.0.1.max(sent.1.1));
    let taken = begun.elapsed();
    is_done.store(true, Ordering::SeqCst);
    follower.await??;
    Ok(Flow { n, taken, all: begun.elapsed(), longest })
}

/// Sends `batches` one after the other. Answers how many figures came in, and the longest table.
async fn send(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    batches: &[String],
) -> Result<(usize, Duration), AnyError> {
    let (mut n, mut longest) = (0, Duration::ZERO);
    for text in batches {
        let at = Instant::now();
        let table = sauro_papers::paste_table(text).map_err(|err| err.sentence())?;
        n += actions::intake_figures(ctx, db, directory, &[table]).await?.n_new;
        longest = longest.max(at.elapsed());
    }
    Ok((n, longest))
}

/// From the bytes of a workbook to its figures on the disk.
async fn workbook(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    units: &[String],
) -> Result<Duration, AnyError> {
    let rows = (0..INDICATORS).flat_map(|n| units.iter().enumerate().map(move |it| (n, it)));
    let rows = rows.take(ROWS).map(|(n, (of, unit))| {
        let (value, parts) = value_of(n, of, 12);
        let amount = |it: Option<usize>| {
            it.and_then(|it| i64::try_from(it).ok()).map_or(CellValue::Empty, CellValue::Whole)
        };
        vec![
            code_of(n).into(),
            unit.as_str().into(),
            "2025-12".into(),
            amount(value),
            amount(parts.map(|it| it.0)),
            amount(parts.map(|it| it.1)),
            "Sổ theo dõi".into(),
        ]
    });
    let headings = ["Mã chỉ số", "Mã đơn vị", "Kỳ", "Số liệu", "Tử số", "Mẫu số", "Nguồn"];
    let bytes = sauro_papers::write_sheet(&headings, rows).map_err(|err| err.sentence())?;
    let begun = Instant::now();
    let tables: Vec<Table> =
        sauro_papers::read_tables(&bytes, "so.xlsx").map_err(|err| err.sentence())?;
    let taken = actions::intake_figures(ctx, db, directory, &tables).await?;
    if taken.n_new != ROWS {
        return Err(format!("{} of {ROWS} rows came in", taken.n_new).into());
    }
    Ok(begun.elapsed())
}

fn code_of(n: usize) -> String {
    format!("DO-{n}")
}

fn indicators() -> String {
    let head = "code,name,unit,direction,level,owner,rhythm,factor";
    let line = |n: usize| match n % 2 {
        0 => format!("{},Số đo {n},hồ sơ,higher,province|commune,VPCP,month,", code_of(n)),
        _ => format!("{},Tỉ lệ đo {n},%,higher,province|commune,VPCP,month,100", code_of(n)),
    };
    let lines: Vec<String> = (0..INDICATORS).map(line).collect();
    format!("{head}\n{}\n", lines.join("\n"))
}

/// The figure, or the numerator and the denominator, of one unit.
fn value_of(n: usize, unit: usize, month: usize) -> (Option<usize>, Option<(usize, usize)>) {
    let some = (unit * 31 + n * 7 + month * 13) % 900;
    if n.is_multiple_of(2) { (Some(some), None) } else { (None, Some((some, 900))) }
}

/// One table of all communes.
fn batch(units: &[String], month: u32) -> String {
    let mut text = String::from("indicator,unit_code,period,value,numerator,denominator,source\n");
    for n in 0..INDICATORS {
        for (of, unit) in units.iter().enumerate() {
            let (value, parts) = value_of(n, of, month as usize);
            let shown = |it: Option<usize>| it.map(|it| it.to_string()).unwrap_or_default();
            text.push_str(&format!(
                "{},{unit},2026-{month:02},{},{},{},Sổ theo dõi\n",
                code_of(n),
                shown(value),
                shown(parts.map(|it| it.0)),
                shown(parts.map(|it| it.1)),
            ));
        }
    }
    text
}
