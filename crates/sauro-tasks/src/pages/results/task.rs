use askama::Template;
use sauro_ui::{Chrome, Failure, filters};

use super::address::{Ask, Format, area_address};
use super::area::AsOfView;
use crate::model::{Area, DeliverableStage, PublicTask, SelfRating, Status};

#[derive(Template)]
#[template(path = "results/task.html")]
struct TaskPage<'a> {
    chrome: Chrome,
    it: &'a PublicTask,
    programme: String,
    self_words: &'static str,
    as_of: AsOfView,
    csv: String,
    json: String,
}

impl TaskPage<'_> {
    /// How far, as the stage mark draws it.
    fn tone(&self, stage: &DeliverableStage) -> &'static str {
        match stage {
            DeliverableStage::Accepted | DeliverableStage::InUse => "done",
            DeliverableStage::Returned => "over",
            _ if self.it.status == Status::Overdue => "over",
            _ => "",
        }
    }

    fn accepted(&self) -> usize {
        let is_accepted = |stage| stage >= DeliverableStage::Accepted;
        self.it.deliverables.iter().filter(|it| is_accepted(it.stage)).count()
    }
}

/// Renders the public page of a task.
pub(super) fn html(chrome: Chrome, ask: &Ask, it: &PublicTask) -> Result<String, Failure> {
    let page = TaskPage {
        programme: area_address(&Area::Programme(it.programme.0.clone())),
        self_words: SelfRating::of_code(&it.self_rating)
            .map_or("Chưa tự đánh giá", SelfRating::label),
        as_of: AsOfView::of(&it.as_of),
        csv: ask.address(Format::Csv),
        json: ask.address(Format::Json),
        chrome,
        it,
    };
    Ok(page.render()?)
}
