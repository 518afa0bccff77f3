//! The whole filtered list as a file: CSV in a stream, Excel in one piece.

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use sauro_kernel::Ctx;
use sauro_papers::{CellValue, write_csv, write_sheet};
use sauro_store::Db;
use sauro_ui::{Caller, Failure, Faults};

use super::around::Around;
use super::columns::{Column, Filler};
use super::listing::{self, Asked};
use crate::TasksError;
use crate::actions::{self, Cursor, TaskFilter};
use crate::error::Fault;
use crate::model::{Status, Task};

/// Tasks read in one go: enough that the queries cost little, few enough that memory stays flat.
const AT_ONCE: u16 = 1000;

/// Most rows of a workbook, which has to be built whole in memory.
const MOST_IN_WORKBOOK: usize = 20_000;

/// What a file of one seat's list is made with.
struct Export {
    ctx: Ctx,
    db: Db,
    filter: TaskFilter,
    filler: Filler,
}

/// `GET /nhiem-vu/xuat.csv`: as many rows as there are, a thousand at a time.
pub(super) async fn csv(
    Caller(ctx): Caller,
    State(db): State<Db>,
    asked: Asked,
    around: Around,
) -> Result<Response, Failure> {
    let mut export = Export::of(ctx, db, &asked, around).await?;
    // The first part is read before anything is answered, so that a failure is still a page.
    let (first, next) = export.part(None).await?;
    let head = write_csv(&export.headings(), first.into_iter()).map_err(Failure::internal)?;
    let rest = stream::unfold((export, next), |(mut export, next)| async move {
        let after = next?;
        match export.part(Some(after)).await {
            Ok((rows, next)) => {
                let bytes = write_csv(&[], rows.into_iter()).map(|it| without_head(&it));
                Some((bytes.map_err(std::io::Error::other), (export, next)))
            }
            // A broken transfer is seen as such; a shorter file would not be.
            Err(err) => Some((Err(std::io::Error::other(err.to_string())), (export, None))),
        }
    });
    let first = stream::once(async { Ok::<_, std::io::Error>(Bytes::from(head)) });
    let body = Body::from_stream(stream::StreamExt::chain(first, rest));
    Ok(file("nhiem-vu.csv", "text/csv; charset=utf-8", body))
}

/// `GET /nhiem-vu/xuat.xlsx`.
pub(super) async fn xlsx(
    Caller(ctx): Caller,
    State(db): State<Db>,
    asked: Asked,
    around: Around,
) -> Result<Response, Failure> {
    let mut export = Export::of(ctx, db, &asked, around).await?;
    let headings = export.headings();
    let (mut rows, mut next) = export.part(None).await?;
    while let Some(after) = next {
        if rows.len() >= MOST_IN_WORKBOOK {
            let sentence = "Danh sách dài hơn 20.000 nhiệm vụ. Lọc bớt, hoặc tải CSV: tệp CSV không giới hạn số dòng.";
            return Err(TasksError::WrongState(sentence).into());
        }
        let (more, after) = export.part(Some(after)).await?;
        rows.extend(more);
        next = after;
    }
    let bytes = tokio::task::spawn_blocking(move || write_sheet(&headings, rows.into_iter()))
        .await
        .map_err(Failure::internal)?
        .map_err(Failure::internal)?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(file("nhiem-vu.xlsx", kind, Body::from(bytes)))
}

impl Export {
    /// The columns chosen, or all of them: a file has room.
    async fn of(ctx: Ctx, db: Db, asked: &Asked, around: Around) -> Result<Self, Failure> {
        let read = listing::read(&ctx, &db, asked, &around).await?;
        refuse(&read.faults)?;
        let columns = Column::chosen(asked).unwrap_or_else(|| Column::ALL.to_vec());
        Ok(Self { ctx, db, filter: read.filter, filler: Filler::new(around, columns) })
    }

    fn headings(&self) -> Vec<&'static str> {
        let mut all = vec!["Mã nhiệm vụ", "Nội dung"];
        all.extend(self.filler.columns().iter().map(|it| it.label()));
        all
    }

    /// The rows after `after`, and where the next part starts.
    async fn part(
        &mut self,
        after: Option<Cursor>,
    ) -> Result<(Vec<Vec<CellValue>>, Option<Cursor>), TasksError> {
        let found = actions::task_part(&self.ctx, &self.db, &self.filter, after, AT_ONCE).await?;
        self.filler.learn(&self.db, &found.tasks).await?;
        let row = |(task, status): &(Task, Status)| self.filler.row(task, *status);
        Ok((found.tasks.iter().map(row).collect(), found.next))
    }
}

pub(super) fn refuse(faults: &Faults) -> Result<(), TasksError> {
    if faults.is_empty() {
        return Ok(());
    }
    let all = faults.iter().map(|it| Fault::new(it.field.clone(), it.words.clone()));
    Err(TasksError::Invalid(all.collect()))
}

/// The lines of a later part: the mark and the empty heading belong to the first one.
fn without_head(bytes: &[u8]) -> Bytes {
    let end = bytes.windows(2).position(|it| it == b"\r\n").map_or(0, |it| it + 2);
    Bytes::copy_from_slice(bytes.get(end..).unwrap_or_default())
}

fn file(name: &str, kind: &'static str, body: Body) -> Response {
    let named = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, named),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, body).into_response()
}
