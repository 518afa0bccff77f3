//! `/phan-anh-den`: what the own desk owes, the nearest deadline first.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, Role, WorkingCalendar};
use sauro_ui::{Caller, Choice, Chrome, Failure, page, words};

use super::Asked;
use super::acts::said;
use super::agencies::offered;
use super::bulk::Done;
use crate::actions;
use crate::model::{Field, Petition, State};
use crate::pages::premises::Premises;

#[derive(Template)]
#[template(path = "petitions/desk/queue.html")]
struct QueuePage {
    chrome: Chrome,
    done: &'static str,
    blocks: Vec<Block>,
    /// Held below, past their day or contested.
    below: Vec<Line>,
    /// The caller receives, sorts and handles for the own desk.
    may_sort: bool,
    /// There is something to choose from.
    is_any_tick: bool,
    /// What came of an act on several cases.
    bulk: Done,
    fields: Vec<Choice>,
    names: Vec<String>,
}

struct Block {
    code: &'static str,
    label: &'static str,
    /// Nothing to be done by this desk now.
    is_resting: bool,
    lines: Vec<Line>,
}

/// One case of a list.
struct Line {
    key: String,
    href: String,
    number: String,
    title: String,
    meta: String,
    status: &'static str,
    due: String,
    act: &'static str,
    /// Its id where it can be chosen, and whether it is.
    tick: Option<(String, bool)>,
}

/// `GET /phan-anh-den`.
pub(super) async fn show(
    Caller(ctx): Caller,
    premises: Premises,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    draw((&ctx, &premises, chrome), said(&asked.just), Done::default()).await
}

/// The queue, with what was just done.
pub(super) async fn draw(
    (ctx, premises, chrome): (&Ctx, &Premises, Chrome),
    done: &'static str,
    bulk: Done,
) -> Result<Html<String>, Failure> {
    let house = premises.house();
    let queue = actions::queue(ctx, &house).await?;
    let fields = actions::all_fields(&house).await?;
    let may_sort = ctx.may(sauro_kernel::Right::SortPetitions, ctx.actor.own());
    let list = List { ctx, directory: house.directory, calendar: house.calendar, fields };
    let mut blocks: Vec<Block> = Vec::new();
    for state in order(ctx.actor.role) {
        let Some((_, cases)) = queue.groups.iter().find(|it| it.0 == state) else { continue };
        let is_resting = matches!(state, State::Waiting | State::Answered);
        let may_tick = may_sort && !is_resting && state != State::Approval;
        let line = |it: &Petition| Line {
            tick: may_tick.then(|| (it.id.to_string(), bulk.is_ticked(it.id))),
            ..list.line(it, act(state, ctx.actor.role))
        };
        let lines = cases.iter().map(line).collect();
        blocks.push(Block { code: state.code(), label: heading(state), is_resting, lines });
    }
    if !queue.opinions.is_empty() {
        let lines = queue.opinions.iter().map(|it| list.line(it, "Cho ý kiến")).collect();
        let at = blocks.iter().position(|it| it.is_resting).unwrap_or(blocks.len());
        let label = "Ý kiến được hỏi";
        blocks.insert(at, Block { code: "opinion", label, is_resting: false, lines });
    }
    let is_any_tick = blocks.iter().any(Block::may_tick);
    page(&QueuePage {
        done,
        blocks,
        below: queue.below.iter().map(|it| list.line_below(it)).collect(),
        may_sort,
        is_any_tick,
        bulk,
        names: if is_any_tick { offered(ctx, house.directory) } else { Vec::new() },
        fields: list.fields.iter().map(|it| Choice::new(&it.code, it.name.clone())).collect(),
        chrome,
    })
}

impl Block {
    fn may_tick(&self) -> bool {
        self.lines.iter().any(|it| it.tick.is_some())
    }
}

/// The blocks from above: for leaders first what waits for their word.
fn order(role: Role) -> [State; 8] {
    use State as S;
    match role {
        Role::Leader => [
            S::Approval,
            S::Review,
            S::Sent,
            S::Sorting,
            S::Assigned,
            S::Handling,
            S::Waiting,
            S::Answered,
        ],
        _ => [
            S::Sent,
            S::Review,
            S::Sorting,
            S::Assigned,
            S::Handling,
            S::Approval,
            S::Waiting,
            S::Answered,
        ],
    }
}

fn heading(state: State) -> &'static str {
    match state {
        State::Sent => "Chờ tiếp nhận",
        State::Sorting => "Chờ phân loại, chuyển",
        State::Waiting => "Chờ người gửi bổ sung",
        State::Assigned => "Mới chuyển đến, chờ nhận",
        State::Handling => "Đang giải quyết",
        State::Approval => "Chờ duyệt trả lời",
        State::Answered => "Đã trả lời, chờ đánh giá",
        State::Review => "Người gửi chưa hài lòng, chờ phúc tra",
        State::Closed => "Đã kết thúc",
    }
}

/// The one next act of a line.
fn act(state: State, role: Role) -> &'static str {
    match state {
        State::Sent => "Tiếp nhận",
        State::Sorting => "Phân loại",
        State::Review => "Phúc tra",
        State::Assigned => "Nhận việc",
        State::Handling => "Soạn trả lời",
        State::Approval if role == Role::Leader => "Duyệt",
        State::Approval | State::Waiting | State::Answered | State::Closed => "Xem",
    }
}

struct List<'a> {
    ctx: &'a Ctx,
    directory: &'a Directory,
    calendar: &'a WorkingCalendar,
    fields: Vec<Field>,
}

impl List<'_> {
    fn line(&self, it: &Petition, act: &'static str) -> Line {
        let field = self.fields.iter().find(|field| field.code == it.field);
        let place = it.place.map(|id| self.directory.name(id).to_owned());
        let parts = [field.map(|it| it.name.clone()), place];
        let meta: Vec<String> = parts.into_iter().flatten().collect();
        let (status, due) = due(self.ctx, self.calendar, it);
        Line {
            key: it.number.clone(),
            href: format!("/phan-anh-den/{}", it.id),
            number: it.number.clone(),
            title: it.title.clone(),
            meta: meta.join(", "),
            status,
            due,
            act,
            tick: None,
        }
    }

    fn line_below(&self, it: &Petition) -> Line {
        let line = self.line(it, "Xem");
        let holder = self.directory.name(it.holder);
        Line { meta: format!("{holder}: {}", it.flow.state.label().to_lowercase()), ..line }
    }
}

/// Silhouette of a case and how long it has, in words.
pub(super) fn due(ctx: &Ctx, calendar: &WorkingCalendar, it: &Petition) -> (&'static str, String) {
    let (status, label) = it.status(ctx.now_us());
    let Some(day) = it.due_on.filter(|_| it.flow.state.is_open()) else {
        return (status, label.to_owned());
    };
    let left = calendar.working_days_between(ctx.today(), day);
    match (it.is_overdue(ctx.now_us()), left) {
        (true, 0) => ("over", "Quá hạn từ 17:00".to_owned()),
        (true, left) => ("over", words::working_days(left)),
        (false, left) if left <= 1 => ("soon", words::working_days(left)),
        (false, left) => (status, words::working_days(left)),
    }
}
