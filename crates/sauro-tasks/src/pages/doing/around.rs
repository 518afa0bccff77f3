use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::NaiveDate;
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{AgencyId, Ctx, WorkingCalendar};
use sauro_ui::{AppState, words};

use crate::model::{Moment, Stage, Status, Task};

/// Names of agencies and working days, as the product lays them over the routes.
#[derive(Clone, Default)]
pub(super) struct Around {
    directory: Arc<Directory>,
    calendar: Arc<WorkingCalendar>,
}

impl FromRequestParts<AppState> for Around {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &AppState) -> Result<Self, Infallible> {
        let handle = parts.extensions.get::<DirectoryHandle>();
        Ok(handle
            .map(|it| Self { directory: it.directory(), calendar: it.calendar() })
            .unwrap_or_default())
    }
}

impl Around {
    /// Name of the agency `id`.
    pub(super) fn name(&self, id: AgencyId) -> String {
        self.directory.name(id).to_owned()
    }

    /// All agencies.
    pub(super) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The agency that `words` name: its code, name or alias.
    pub(super) fn named(&self, words: &str) -> Option<AgencyId> {
        self.directory.resolve(words).map(|hit| hit.agency.id)
    }

    /// The working days.
    pub(super) fn calendar(&self) -> &WorkingCalendar {
        &self.calendar
    }

    /// Where a task stands, in words that count working days.
    pub(super) fn due_words(&self, ctx: &Ctx, task: &Task, status: Status) -> String {
        let today = ctx.today();
        if task.deadline.is_recurring() && task.stage.is_open() {
            return "Định kỳ, báo cáo theo từng kỳ".to_owned();
        }
        match status {
            Status::Overdue => self.overdue_words(today, task.due_on),
            Status::DueSoon | Status::InTime if task.stage == Stage::Reported => {
                "Đã báo xong, chờ nghiệm thu".to_owned()
            }
            Status::DueSoon | Status::InTime => {
                let is_open = task.due_on >= Moment::of(ctx.clock.now()).open_day;
                self.left_words(today, task.due_on, is_open)
            }
            _ => status.label().to_owned(),
        }
    }

    fn overdue_words(&self, today: NaiveDate, due_on: NaiveDate) -> String {
        match self.calendar.working_days_between(due_on, today) {
            days if days > 0 => format!("Quá hạn {} ngày làm việc", words::number(days)),
            _ => format!("Quá hạn từ 17:00 ngày {}", words::date(due_on)),
        }
    }

    fn left_words(&self, today: NaiveDate, due_on: NaiveDate, is_open: bool) -> String {
        match self.calendar.working_days_between(today, due_on) {
            _ if due_on == today && is_open => "Còn hôm nay, trước 17:00".to_owned(),
            days if days > 0 => {
                format!("Còn {} ngày làm việc, đến {}", words::number(days), words::date(due_on))
            }
            _ => format!("Đến hạn ngày {}", words::date(due_on)),
        }
    }
}
