//! `/phan-anh-den`: what the own desk owes, the nearest deadline first.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, Role, WorkingCalendar};
use sauro_ui::{Caller, Choice, Chrome, Failure, page, words};
use serde::Deserialize;

use super::Asked;
use super::acts::said;
use super::agencies::offered;
use super::bulk::Done;
use crate::actions::{self, MOST_COUNTED, QUEUE_PAGE as PAGE, Queue};
use crate::model::{Field, Listed, Standing, State};
use crate::pages::premises::Premises;

/// What the address calls those of agencies below.
const BELOW: &str = "duoi";

/// What the address calls opinions that the own agency is asked for.
const OPINIONS: &str = "opinion";

/// Cases below, and opinions asked for, that the whole desk shows.
const SHOWN: usize = 25;

const ASKED: &str = "Ý kiến được hỏi";

#[derive(Template)]
#[template(path = "petitions/desk/queue.html")]
struct QueuePage {
    chrome: Chrome,
    done: &'static str,
    blocks: Vec<Block>,
    /// Held below, past their day or contested.
    below: Vec<Line>,
    /// How many these are, in words.
    n_below: String,
    /// Not all of them are shown.
    has_more_below: bool,
    /// The one group that is shown alone; none shows the whole desk.
    alone: Option<Alone>,
    /// The caller receives, sorts and handles for the own desk.
    may_sort: bool,
    /// There is something to choose from.
    is_any_tick: bool,
    /// What came of an act on several cases.
    bulk: Done,
    fields: Vec<Choice>,
    names: Vec<String>,
}

/// One group without the others.
#[derive(Default)]
struct Alone {
    label: &'static str,
    /// How many there are, in words.
    n: String,
    /// Which page this is, and the addresses of those before and after it, or empty.
    here: String,
    prev: String,
    next: String,
}

struct Block {
    code: &'static str,
    label: &'static str,
    /// Nothing to be done by this desk now.
    is_resting: bool,
    lines: Vec<Line>,
    /// How many there are, in words.
    n: String,
    /// Not all of them are shown.
    has_more: bool,
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

/// Which part of the desk.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Part {
    /// A state, or what lies below; empty is the whole desk.
    #[serde(rename = "nhom")]
    group: String,
    /// Which page of it, from 1 on.
    #[serde(rename = "trang")]
    page: String,
}

/// `GET /phan-anh-den`: the whole desk, or one group of it alone.
pub(super) async fn show(
    Caller(ctx): Caller,
    premises: Premises,
    Query(asked): Query<Asked>,
    Query(part): Query<Part>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let done = said(&asked.just);
    if part.group.is_empty() {
        return draw((&ctx, &premises, chrome), done, Done::default()).await;
    }
    // Pages further down than anybody reads are not walked to.
    let page = part.page.parse().unwrap_or(1).clamp(1_u16, 1_000);
    let (queue, alone) = match part.group.as_str() {
        BELOW => below(&ctx, &premises).await?,
        OPINIONS => opinions(&ctx, &premises, page).await?,
        code => {
            let state = State::of_code(code).filter(|it| *it != State::Closed);
            group(&ctx, &premises, (state.ok_or(Failure::NotFound)?, page)).await?
        }
    };
    drawn((&ctx, &premises, chrome), queue, (done, Done::default()), Some(alone)).await
}

async fn below(ctx: &Ctx, premises: &Premises) -> Result<(Queue, Alone), Failure> {
    let below = actions::queue_below(ctx, &premises.house()).await?;
    let n = n_of(below.len(), usize::from(PAGE));
    let alone = Alone { label: "Cần nhìn tới", n, ..Alone::default() };
    Ok((Queue { below, ..Queue::default() }, alone))
}

async fn opinions(ctx: &Ctx, premises: &Premises, page: u16) -> Result<(Queue, Alone), Failure> {
    let mut opinions = actions::queue_opinions(ctx, &premises.house(), page - 1).await?;
    let has_more = opinions.len() > usize::from(PAGE);
    opinions.truncate(usize::from(PAGE));
    let n_seen = usize::from(page - 1) * usize::from(PAGE) + opinions.len();
    let n = n_of(n_seen + usize::from(has_more), n_seen);
    let alone = Alone { label: ASKED, n, ..Alone::default() }.on(OPINIONS, (page, has_more));
    Ok((Queue { opinions, ..Queue::default() }, alone))
}

async fn group(
    ctx: &Ctx,
    premises: &Premises,
    (state, page): (State, u16),
) -> Result<(Queue, Alone), Failure> {
    let group = actions::queue_group(ctx, &premises.house(), state, page - 1).await?;
    let is_full = group.cases.len() == usize::from(PAGE);
    let is_last = group.n <= MOST_COUNTED && i64::from(page) * i64::from(PAGE) >= group.n;
    let (label, n) = (heading(state), counted(group.n, MOST_COUNTED));
    let alone =
        Alone { label, n, ..Alone::default() }.on(state.code(), (page, is_full && !is_last));
    let groups = if group.cases.is_empty() { Vec::new() } else { vec![group] };
    Ok((Queue { groups, ..Queue::default() }, alone))
}

impl Alone {
    /// The same on a `page` of the group with `code`.
    fn on(self, code: &str, (page, has_more): (u16, bool)) -> Self {
        let address = |page: u16| format!("/phan-anh-den?nhom={code}&trang={page}");
        Self {
            here: format!("Trang {page}"),
            prev: if page > 1 { address(page - 1) } else { String::new() },
            next: if has_more { address(page + 1) } else { String::new() },
            ..self
        }
    }
}

/// The queue, with what was just done.
pub(super) async fn draw(
    (ctx, premises, chrome): (&Ctx, &Premises, Chrome),
    done: &'static str,
    bulk: Done,
) -> Result<Html<String>, Failure> {
    let queue = actions::queue(ctx, &premises.house()).await?;
    drawn((ctx, premises, chrome), queue, (done, bulk), None).await
}

async fn drawn(
    (ctx, premises, chrome): (&Ctx, &Premises, Chrome),
    queue: Queue,
    (done, bulk): (&'static str, Done),
    alone: Option<Alone>,
) -> Result<Html<String>, Failure> {
    let house = premises.house();
    let fields = actions::all_fields(&house).await?;
    let may_sort = ctx.may(sauro_kernel::Right::SortPetitions, ctx.actor.own());
    let list = List { ctx, directory: house.directory, calendar: house.calendar, fields };
    let blocks = list.blocks(&queue, (may_sort, &bulk), alone.is_some());
    let is_any_tick = blocks.iter().any(Block::may_tick);
    let n_shown = if alone.is_some() { queue.below.len() } else { SHOWN };
    let below = queue.below.iter().take(n_shown).map(|it| list.line_below(it)).collect();
    page(&QueuePage {
        done,
        blocks,
        below,
        n_below: n_of(queue.below.len(), n_shown),
        has_more_below: queue.below.len() > n_shown,
        alone,
        may_sort,
        is_any_tick,
        bulk,
        names: if is_any_tick { offered(ctx, house.directory) } else { Vec::new() },
        fields: list.fields.iter().map(|it| Choice::new(&it.code, it.name.clone())).collect(),
        chrome,
    })
}

fn n_of(n: usize, most: usize) -> String {
    let of = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    counted(of(n), of(most))
}

/// A number that was counted up to `most`.
fn counted(n: i64, most: i64) -> String {
    match n > most {
        true => format!("hơn {}", words::number(most)),
        false => words::number(n),
    }
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
    /// The blocks of `queue` from above; alone, one that rests stands open.
    fn blocks(&self, queue: &Queue, (may_sort, bulk): (bool, &Done), is_alone: bool) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        for state in order(self.ctx.actor.role) {
            let Some(group) = queue.groups.iter().find(|it| it.state == state) else { continue };
            let is_resting = matches!(state, State::Waiting | State::Answered);
            let may_tick = may_sort && !is_resting && state != State::Approval;
            let line = |it: &Listed| Line {
                tick: may_tick.then(|| (it.id.to_string(), bulk.is_ticked(it.id))),
                ..self.line(it, act(state, self.ctx.actor.role))
            };
            let lines: Vec<Line> = group.cases.iter().map(line).collect();
            blocks.push(Block {
                code: state.code(),
                label: heading(state),
                is_resting: is_resting && !is_alone,
                n: counted(group.n, MOST_COUNTED),
                has_more: !is_alone && usize::try_from(group.n).is_ok_and(|it| it > lines.len()),
                lines,
            });
        }
        if !queue.opinions.is_empty() {
            let at = blocks.iter().position(|it| it.is_resting).unwrap_or(blocks.len());
            blocks.insert(at, self.asked(&queue.opinions, is_alone));
        }
        blocks
    }

    fn asked(&self, opinions: &[Listed], is_alone: bool) -> Block {
        let n_shown = if is_alone { opinions.len() } else { SHOWN };
        let shown = opinions.iter().take(n_shown);
        Block {
            code: OPINIONS,
            label: ASKED,
            is_resting: false,
            lines: shown.map(|it| self.line(it, "Cho ý kiến")).collect(),
            n: n_of(opinions.len(), n_shown),
            has_more: opinions.len() > n_shown,
        }
    }

    fn line(&self, it: &Listed, act: &'static str) -> Line {
        let field = self.fields.iter().find(|field| field.code == it.field);
        let place = it.place.map(|id| self.directory.name(id).to_owned());
        let parts = [field.map(|it| it.name.clone()), place];
        let meta: Vec<String> = parts.into_iter().flatten().collect();
        let (status, due) = due(self.ctx, self.calendar, it.standing);
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

    fn line_below(&self, it: &Listed) -> Line {
        let line = self.line(it, "Xem");
        let holder = self.directory.name(it.holder);
        Line { meta: format!("{holder}: {}", it.standing.state.label().to_lowercase()), ..line }
    }
}

/// Silhouette of a case and how long it has, in words.
pub(super) fn due(ctx: &Ctx, calendar: &WorkingCalendar, it: Standing) -> (&'static str, String) {
    let (status, label) = it.status(ctx.now_us());
    let Some(day) = it.due_on.filter(|_| it.state.is_open()) else {
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
