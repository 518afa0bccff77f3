use std::time::Duration;

use sauro_kernel::{Ctx, Right};

use super::list_results::{first, names};
use super::past_lists;
use super::read_results::{Source, Viewer, find, read_results};
use crate::TasksError;
use crate::model::{Area, Audience, DayAsk, ListedTask, Results, Standing};
use crate::store::result_lists::Whose;

/// Most tasks in one list of a paper.
pub const MOST_LISTED: u16 = 3_000;
/// How often figures and lists are read again when a task changed between them.
const TRIES: usize = 4;
/// The figures follow a change within this time.
const PAUSE: Duration = Duration::from_millis(250);

/// What a paper about results says.
#[derive(Debug, Clone)]
pub struct PaperFacts {
    /// The figures, as on the page of the inside.
    pub results: Results,
    /// The overdue tasks: all of them, or the first [`MOST_LISTED`].
    pub overdue: Vec<ListedTask>,
    /// Green by self, not by data: all of them, or the first [`MOST_LISTED`].
    pub doubted: Vec<ListedTask>,
}

/// `Ok` when the caller may write papers in the name of the own agency.
///
/// # Errors
///
/// [`TasksError::Denied`] to whoever does not prepare for the agency.
pub fn may_write_papers(ctx: &Ctx) -> Result<(), TasksError> {
    Ok(ctx.require(Right::PrepareTasks, ctx.actor.own())?)
}

/// Reads what a paper of the caller's agency says of `area`: the figures that the caller sees on the
/// page of the inside, and the tasks behind them. The lists have as many tasks as the figures say.
///
/// # Errors
///
/// [`TasksError::Denied`] as [`may_write_papers`], [`TasksError::NotFound`] as [`read_results`],
/// [`TasksError::WrongState`] when tasks change faster than they can be read.
pub async fn paper_facts(
    source: Source<'_>,
    ctx: &Ctx,
    area: &Area,
) -> Result<PaperFacts, TasksError> {
    may_write_papers(ctx)?;
    for n in 0..TRIES {
        if n > 0 {
            tokio::time::sleep(PAUSE).await;
        }
        let results = read_results(source, Viewer::Inside(ctx), area).await?;
        let overdue = listed(source, ctx, area, Standing::Overdue).await?;
        let doubted = listed(source, ctx, area, Standing::Doubted).await?;
        let is_whole = |tasks: &[ListedTask], count: i64| {
            i64::try_from(tasks.len()) == Ok(count.min(i64::from(MOST_LISTED)))
        };
        let counts = results.counts;
        if is_whole(&overdue, counts.open_overdue) && is_whole(&doubted, counts.doubted) {
            return Ok(PaperFacts { results, overdue, doubted });
        }
    }
    let sentence = "Số liệu đang thay đổi liên tục nên chưa lập được báo cáo. Thử lại sau ít phút.";
    Err(TasksError::WrongState(sentence))
}

/// The first tasks of `standing` in `area`, which the caller was found to oversee.
async fn listed(
    source: Source<'_>,
    ctx: &Ctx,
    area: &Area,
    standing: Standing,
) -> Result<Vec<ListedTask>, TasksError> {
    let audience = Audience::Everything;
    let mut conn = source.db.read().await?;
    let found = find(&mut conn, source.places, Viewer::Inside(ctx), area).await?;
    match source.day {
        None => {
            let whose = Whose::of(&found.path, found.programme);
            let moment = source.moment();
            let wanted = (standing, audience);
            let rows = first(&mut conn, &whose, wanted, moment, MOST_LISTED).await?;
            names(&mut conn, source.places, rows, moment).await
        }
        Some(day) => {
            let board = source.live.day(source.db, day, source.now).await?;
            let wanted = DayAsk {
                audience,
                programme: found.programme,
                path: &found.path,
                standing: Some(standing),
            };
            let lines = board.page(&wanted, None, usize::from(MOST_LISTED));
            past_lists::listed(&mut conn, source.places, day, &lines).await
        }
    }
}
