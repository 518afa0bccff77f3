//! How far tasks are, for pages of the portal: public tasks and public counts alone.

use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, DirectiveId};
use sauro_portal::Results;
use sauro_portal::actions::{Figure, Outside, Strip, TaskLine};
use sauro_store::{Db, StoreError};
use sauro_tasks::TasksError;
use sauro_tasks::actions::tasks_of_directive;
use sauro_tasks::jobs::LiveBoard;
use sauro_tasks::model::{Audience, Counts, Moment, Task};
use sauro_ui::words;

/// Tasks shown of one directive.
const MOST: u16 = 200;

/// Figures that a page may show: code and name.
const FIGURES: [(&str, &str); 6] = [
    ("nhiem-vu", "nhiệm vụ công khai có thời hạn"),
    ("da-bao-xong", "nhiệm vụ đã báo hoàn thành"),
    ("dung-han", "nhiệm vụ hoàn thành đúng hạn"),
    ("da-xac-minh", "nhiệm vụ đã xác minh"),
    ("dang-su-dung", "nhiệm vụ có kết quả đang được sử dụng"),
    ("qua-han", "nhiệm vụ quá hạn chưa xong"),
];

/// Asks the room of tasks.
#[derive(Clone)]
pub struct PortalResults {
    system: Ctx,
    db: Db,
    board: LiveBoard,
    directory: DirectoryHandle,
}

impl PortalResults {
    /// The room of tasks over `db`, looked into by the machine room `system`; counts come from `board`.
    pub fn new(system: Ctx, db: Db, board: LiveBoard, directory: DirectoryHandle) -> Self {
        Self { system, db, board, directory }
    }

    async fn counts(&self) -> Counts {
        let moment = Moment::of(self.system.clock.now());
        self.board.counts(Audience::Public, None, "vn", moment).await
    }

    async fn lines(&self, directive: DirectiveId) -> Result<Vec<TaskLine>, StoreError> {
        let found = tasks_of_directive(&self.system, &self.db, directive, None, MOST).await;
        let found = match found {
            Ok(found) => found,
            Err(TasksError::Store(err)) => return Err(err),
            // A directive that is not there has no tasks.
            Err(_) => return Ok(Vec::new()),
        };
        let directory = self.directory.directory();
        let line = |it: &Task| {
            let status = it.facts().status(Moment::of(self.system.clock.now()));
            TaskLine {
                href: format!("/ket-qua/nhiem-vu/{}", it.code),
                code: it.code.clone(),
                work: it.work.clone(),
                lead: directory.name(it.lead).to_owned(),
                status: (status.code(), status.label()),
            }
        };
        Ok(found.iter().filter(|it| it.is_public).map(line).collect())
    }

    async fn one(&self, code: &str) -> Option<Figure> {
        let (_, label) = FIGURES.iter().find(|it| it.0 == code)?;
        let counts = self.counts().await;
        let value = match code {
            "nhiem-vu" => counts.dated,
            "da-bao-xong" => counts.reported,
            "dung-han" => counts.done_on_time,
            "da-xac-minh" => counts.verified,
            "dang-su-dung" => counts.in_use,
            _ => counts.open_overdue,
        };
        Some(Figure {
            value: words::number(value),
            label: (*label).to_owned(),
            href: "/ket-qua".to_owned(),
        })
    }
}

impl Results for PortalResults {
    fn strip(&self) -> Outside<'_, Strip> {
        Box::pin(async move {
            let counts = self.counts().await;
            Strip {
                headline: counts.headline(),
                n_overdue: counts.open_overdue,
                n_doubted: counts.doubted,
            }
        })
    }

    fn tasks_of(&self, directive: DirectiveId) -> Outside<'_, Result<Vec<TaskLine>, StoreError>> {
        Box::pin(self.lines(directive))
    }

    fn figures(&self) -> Vec<(&'static str, &'static str)> {
        FIGURES.into()
    }

    fn figure<'a>(&'a self, code: &'a str) -> Outside<'a, Option<Figure>> {
        Box::pin(self.one(code))
    }
}
