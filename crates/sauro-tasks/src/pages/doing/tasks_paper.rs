//! The whole filtered list as an official paper: figures by the published formula, then the tasks.

use axum::extract::{Query, State};
use axum::response::Response;
use sauro_directory::{Letterhead, Printer};
use sauro_kernel::Ctx;
use sauro_papers::{Annex, Block, Layout, OfficialPaper};
use sauro_store::Db;
use sauro_ui::{Caller, Failure, words};
use serde::Deserialize;

use super::around::Around;
use super::filter_words::filter_words;
use super::listing::{self, Asked, Read};
use super::tasks_export::refuse;
use crate::TasksError;
use crate::actions;
use crate::model::{Counted, Counts, Moment, SelfRating, Status, Tally, Task};
use crate::pages::headline::headline;
use crate::pages::papers::{Grouped, TaskLine, four_boxes, four_shares};

/// Tasks read in one go.
const AT_ONCE: u16 = 1_000;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Look {
    /// The layout; the usual one of the agency when it is not named.
    mau: String,
}

/// `GET /nhiem-vu/xuat.docx` and `GET /nhiem-vu/xuat.pdf`.
pub(super) async fn file(
    Caller(ctx): Caller,
    State(db): State<Db>,
    asked: Asked,
    Query(look): Query<Look>,
    around: Around,
    printer: Printer,
) -> Result<Response, Failure> {
    let read = listing::read(&ctx, &db, &asked, &around).await?;
    refuse(&read.faults)?;
    let tasks = all(&ctx, &db, &read).await?;
    let ids: Vec<_> = read.filter.programme.into_iter().collect();
    let names = actions::programme_names(&db, &ids).await?;
    let programme = names.first().map(|(_, name)| name.as_str());
    let conditions = filter_words(&asked, &read, &around, programme);
    let letterhead = Letterhead::of(&ctx, around.directory());
    let layout = Layout::of_code(&look.mau).unwrap_or(letterhead.layout);
    let paper = paper(&ctx, &around, letterhead, &conditions, &tasks);
    printer.answer("nhiem-vu", paper, layout).await
}

/// The tasks of the list, if a paper can hold them.
async fn all(ctx: &Ctx, db: &Db, read: &Read) -> Result<Vec<(Task, Status)>, TasksError> {
    let mut found = actions::task_part(ctx, db, &read.filter, None, AT_ONCE).await?;
    let mut tasks = found.tasks;
    while let Some(after) = found.next {
        if tasks.len() >= usize::from(actions::MOST_LISTED) {
            let sentence = "Danh sách dài hơn 3.000 nhiệm vụ, quá dài cho một văn bản. Lọc bớt, hoặc tải Excel, CSV.";
            return Err(TasksError::WrongState(sentence));
        }
        found = actions::task_part(ctx, db, &read.filter, Some(after), AT_ONCE).await?;
        tasks.append(&mut found.tasks);
    }
    Ok(tasks)
}

fn paper(
    ctx: &Ctx,
    around: &Around,
    letterhead: Letterhead,
    conditions: &str,
    tasks: &[(Task, Status)],
) -> OfficialPaper {
    let counts = counted(ctx, tasks);
    let lines = tasks.iter().map(|(task, status)| line(ctx, around, task, *status)).collect();
    let grouped = Grouped::of(ctx, around.directory(), lines);
    let signer = letterhead.signer.clone();
    let issuer = letterhead.issuer.clone();
    let subject = "Danh sách và tình hình thực hiện nhiệm vụ".to_owned();
    let now = ctx.clock.now();
    let mut body = vec![Block::Paragraph(format!(
        "Danh sách gồm {} nhiệm vụ do {} cơ quan chủ trì, lọc theo {conditions}. Số liệu lúc {} ngày {}; trạng thái do hệ thống tính, không nhập tay.",
        words::number(counts.total),
        words::number(grouped.n_agencies()),
        words::time(now),
        words::date(now)
    ))];
    if counts.dated > 0 {
        let headline = headline(&counts);
        body.push(Block::Paragraph(format!("{} {}", headline.opening(), headline.closing())));
        body.push(Block::Table(four_shares(&headline)));
        body.push(Block::Bars(four_boxes(&counts)));
    }
    let end = if tasks.is_empty() {
        "Không có nhiệm vụ nào như vậy./."
    } else {
        "Danh sách theo cơ quan chủ trì, nơi chậm nhiều nhất và nhiệm vụ chậm đứng trước, ở phụ lục kèm theo./."
    };
    body.push(Block::Paragraph(end.to_owned()));
    let annex = (!tasks.is_empty()).then(|| Annex {
        title: "Danh sách nhiệm vụ theo cơ quan chủ trì".to_owned(),
        note: format!("(Kèm theo Báo cáo của {issuer})"),
        table: grouped.table(),
    });
    OfficialPaper {
        head: letterhead.head("BC", "Báo cáo", subject),
        addressee: String::new(),
        body,
        signer,
        mark: None,
        recipients: vec!["Lưu: VT".to_owned()],
        annexes: annex.into_iter().collect(),
    }
}

/// The counts of the tasks listed, by the same formula as everywhere.
fn counted(ctx: &Ctx, tasks: &[(Task, Status)]) -> Counts {
    let mut tally = Tally::default();
    for (task, _) in tasks {
        tally.add(&Counted {
            facts: task.facts(),
            is_recurring: task.deadline.is_recurring(),
            says_done: task.self_rating == SelfRating::Done.code(),
            says_on_track: task.self_rating == SelfRating::OnTrack.code(),
        });
    }
    tally.at(Moment::of(ctx.clock.now()))
}

fn line(ctx: &Ctx, around: &Around, task: &Task, status: Status) -> TaskLine {
    let said = SelfRating::of_code(&task.self_rating).map_or("Chưa tự đánh giá", SelfRating::label);
    let heard = match task.last_report_at {
        Some(at) => format!(", báo cáo {}", words::datetime(at)),
        None => String::new(),
    };
    TaskLine {
        lead: task.lead,
        code: task.code.clone(),
        work: task.work.clone(),
        due_on: task.due_on,
        status,
        shown: format!("{}; {}", task.stage.label(), around.due_words(ctx, task, status)),
        said: format!("{said}{heard}"),
    }
}
