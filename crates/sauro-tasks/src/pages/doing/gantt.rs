//! The timeline of a list (tiến độ): a bar for each task from the day it was given to its deadline,
//! and how many deadlines fall into each week.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, Datelike, Days, NaiveDate};
use sauro_kernel::{Ctx, VIETNAM};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page, words};

use super::around::Around;
use super::columns::Filler;
use super::lines::count_words;
use super::listing::{self, Asked, Choices, day_of};
use super::views::{ViewLink, links};
use crate::actions;
use crate::model::{Axis, Scale, Sort, Status, Task, TaskFilter, Tick};

/// Tasks on one page.
const ROWS: u16 = 200;
/// Most bars of the overview before weeks become months.
const MAX_WEEKS: usize = 160;

/// Tasks of one lead or programme.
struct Group {
    /// Empty when nothing is grouped.
    name: String,
    rows: Vec<Row>,
}

/// One task.
struct Row {
    code: String,
    work: String,
    /// Who leads it, when the group does not say.
    lead: String,
    status: &'static str,
    due: String,
    /// What the bar shows, in words.
    said: String,
    /// Class and style of each piece of the bar.
    pieces: Vec<Piece>,
}

struct Piece {
    class: &'static str,
    /// The icon of a mark, or empty.
    icon: &'static str,
    style: String,
}

/// How many deadlines fall into a week or a month.
struct Bin {
    style: String,
    is_past: bool,
}

/// How many deadlines fall into a month, as a line of a table.
struct Month {
    label: String,
    count: i64,
    href: String,
}

struct Overview {
    bins: Vec<Bin>,
    sentence: String,
    first: String,
    last: String,
    months: Vec<Month>,
    /// Where the axis stands in it.
    window: String,
}

#[derive(Template)]
#[template(path = "doing/gantt.html")]
struct GanttPage {
    chrome: Chrome,
    asked: Asked,
    faults: Faults,
    choices: Choices,
    scales: Vec<Choice>,
    groups_by: Vec<Choice>,
    views: Vec<ViewLink>,
    count: String,
    parent: Option<(String, String)>,
    axis: Axis,
    ticks: Vec<Tick>,
    /// Where today stands, or empty.
    now: String,
    earlier: String,
    later: String,
    overview: Option<Overview>,
    groups: Vec<Group>,
    prev: String,
    next: String,
}

/// `GET /nhiem-vu/tien-do`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    asked: Asked,
    around: Around,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let listing::Read { filter, parent, mut faults } =
        listing::read(&ctx, &db, &asked, &around).await?;
    let axis = axis_of(&asked, ctx.today(), &mut faults);
    let filter = TaskFilter { sort: grouping(&asked), ..filter };
    let shown = TaskFilter { between: Some((axis.first, axis.last)), ..filter.clone() };
    let (mut found, mut count, mut days) =
        (actions::TaskPage { tasks: Vec::new(), next: None, prev: None }, 0, Vec::new());
    if faults.is_empty() {
        found = actions::task_part(&ctx, &db, &shown, asked.after.parse().ok(), ROWS).await?;
        count = actions::task_count(&ctx, &db, &shown).await?;
        days = actions::task_days(&ctx, &db, &filter).await?;
    }
    let place = |it: Option<crate::model::Cursor>| {
        it.map(|it| asked.address(PATH, &it.to_string())).unwrap_or_default()
    };
    let beside = |is_later| {
        let axis = axis.beside(is_later);
        let asked = asked.with("tu", &axis.first.to_string());
        asked.with("den", &axis.last.to_string()).address(PATH, "")
    };
    let choices = Choices::of(&ctx, &db, &asked, &around).await?;
    let mut filler = Filler::new(around, Vec::new());
    filler.learn(&db, &found.tasks).await?;
    let today = ctx.today();
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let html: Html<String> = page(&GanttPage {
        choices,
        scales: Scale::ALL.iter().map(|it| Choice::new(it.code(), it.label())).collect(),
        groups_by: vec![
            Choice::new("chu-tri", "Cơ quan chủ trì"),
            Choice::new("chuong-trinh", "Chương trình"),
            Choice::new("khong", "Không nhóm, theo hạn"),
        ],
        views: links(&ctx, &db, &asked, PATH).await?,
        count: count_words(count),
        parent: parent.map(|it| (it.code, it.work)),
        ticks: axis.legible_ticks(),
        now: axis
            .span_bp(today, today)
            .map(|(at, width)| format!("--x:{}", percent(at + width / 2)))
            .unwrap_or_default(),
        earlier: beside(false),
        later: beside(true),
        overview: Overview::of(&days, axis, today, &asked),
        groups: groups(&ctx, &filler, &found.tasks, filter.order(), axis),
        prev: place(found.prev),
        next: place(found.next),
        axis,
        chrome,
        asked,
        faults,
    })?;
    Ok((status, html).into_response())
}

const PATH: &str = "/nhiem-vu/tien-do";

/// The order that brings the tasks of a group together.
fn grouping(asked: &Asked) -> Sort {
    match asked.group.as_str() {
        "chuong-trinh" => Sort::Programme,
        "khong" => Sort::DueFirst,
        _ => Sort::Lead,
    }
}

fn axis_of(asked: &Asked, today: NaiveDate, faults: &mut Faults) -> Axis {
    let scale = Scale::of_code(&asked.scale).unwrap_or_default();
    let usual = Axis::around(scale, today);
    let first = day_of(faults, "tu", &asked.first);
    let last = day_of(faults, "den", &asked.last);
    match (first, last) {
        (None, None) => usual,
        (first, last) => {
            let axis = Axis::between(first.unwrap_or(usual.first), last.unwrap_or(usual.last));
            if axis.is_none() && faults.is_empty() {
                let words = "Kỳ xem phải có ngày cuối sau ngày đầu và không dài hơn 20 năm.";
                faults.add("den", words);
            }
            axis.unwrap_or(usual)
        }
    }
}

fn groups(
    ctx: &Ctx,
    filler: &Filler,
    tasks: &[(Task, Status)],
    order: Sort,
    axis: Axis,
) -> Vec<Group> {
    let mut all: Vec<Group> = Vec::new();
    for (task, status) in tasks {
        let name = match order {
            Sort::Lead => filler.around.name(task.lead),
            Sort::Programme => filler.programme(task.programme),
            _ => String::new(),
        };
        let lead = if order == Sort::Lead { String::new() } else { filler.around.name(task.lead) };
        let row = Row {
            code: task.code.clone(),
            work: task.work.clone(),
            lead,
            status: status.code(),
            due: filler.around.due_words(ctx, task, *status),
            said: said(task),
            pieces: pieces(task, *status, axis, ctx.today()),
        };
        match all.last_mut().filter(|it| it.name == name) {
            Some(group) => group.rows.push(row),
            None => all.push(Group { name, rows: vec![row] }),
        }
    }
    all
}

/// What the bar of `task` shows, in words.
fn said(task: &Task) -> String {
    let mut words = format!("Giao {}, hạn {}", on(task.issued_at), words::date(task.due_on));
    if let Some(first) = task.first_due_on {
        words.push_str(&format!(" (ban đầu {})", words::date(first)));
    }
    for (what, at) in [("báo xong", task.reported_at), ("nghiệm thu", task.verified_at)] {
        if let Some(at) = at {
            words.push_str(&format!(", {what} {}", on(at)));
        }
    }
    words
}

fn on(at: i64) -> String {
    words::date(day_at(at))
}

/// The day in Viet Nam of the instant `at`, in microseconds.
fn day_at(at: i64) -> NaiveDate {
    DateTime::from_timestamp_micros(at).unwrap_or_default().with_timezone(&VIETNAM).date_naive()
}

fn pieces(task: &Task, status: Status, axis: Axis, today: NaiveDate) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut span = |class, first, last| {
        if let Some((at, width)) = axis.span_bp(first, last) {
            let style = format!("--x:{};--w:{}", percent(at), percent(width));
            all.push(Piece { class, icon: "", style });
        }
    };
    let issued = day_at(task.issued_at);
    let planned = task.first_due_on.unwrap_or(task.due_on).min(task.due_on);
    span("plan", issued, planned);
    let next = |day: NaiveDate| day.succ_opt().unwrap_or(day);
    if task.first_due_on.is_some() {
        span("more", next(planned).max(issued), task.due_on);
    }
    let late_until = match (status, task.reported_at) {
        (Status::DoneLate | Status::Overdue, Some(at)) => Some(day_at(at)),
        (Status::Overdue, None) => Some(today),
        _ => None,
    };
    if let Some(until) = late_until {
        span("tail", next(task.due_on).max(issued), until);
    }
    let marks = [
        ("mk", "flag", task.first_due_on),
        ("mk", "send", task.reported_at.map(day_at)),
        ("mk", "stamp", task.verified_at.map(day_at)),
    ];
    for (class, icon, day) in marks {
        if let Some((at, width)) = day.and_then(|day| axis.span_bp(day, day)) {
            all.push(Piece { class, icon, style: format!("--x:{}", percent(at + width / 2)) });
        }
    }
    all
}

/// Basis points as a percentage that a style understands.
fn percent(bp: i64) -> String {
    format!("{}.{:02}", bp / 100, bp % 100)
}

impl Overview {
    fn of(days: &[(NaiveDate, i64)], axis: Axis, today: NaiveDate, asked: &Asked) -> Option<Self> {
        let ((first, _), (last, _)) = (days.first()?, days.last()?);
        let monday = |day: NaiveDate| day - Days::new(day.weekday().num_days_from_monday().into());
        let month = |day: NaiveDate| day.with_day(1).unwrap_or(day);
        let mut months: BTreeMap<NaiveDate, i64> = BTreeMap::new();
        let mut weeks: BTreeMap<NaiveDate, i64> = BTreeMap::new();
        for (day, n) in days {
            *months.entry(month(*day)).or_default() += n;
            *weeks.entry(monday(*day)).or_default() += n;
        }
        let n_weeks = usize::try_from((*last - *first).num_days() / 7 + 1).unwrap_or(usize::MAX);
        let (bins, what, length) = match n_weeks > MAX_WEEKS {
            true => (&months, "tháng", 30),
            false => (&weeks, "tuần từ", 7),
        };
        let whole = Axis { first: monday(*first), last: monday(*last) + Days::new(6) };
        let most = bins.values().copied().max().unwrap_or(1).max(1);
        let (peak, n_peak) = bins.iter().max_by_key(|(_, n)| **n)?;
        let peak = match what {
            "tháng" => peak.format("%m/%Y").to_string(),
            _ => words::date(*peak),
        };
        let window = whole.span_bp(axis.first, axis.last).unwrap_or((0, 0));
        let bin = |(day, n): (&NaiveDate, &i64)| Bin {
            style: format!(
                "--x:{};--w:{};--h:{}",
                percent(whole.place_bp(*day)),
                percent(length * 10_000 / whole.n_days().max(1)),
                (n * 100 + most - 1) / most
            ),
            is_past: *day + Days::new(length.unsigned_abs()) <= today,
        };
        let line = |(day, n): (&NaiveDate, &i64)| {
            let end = day.checked_add_months(chrono::Months::new(1)).and_then(|it| it.pred_opt());
            let asked = asked.with("han-tu", &day.to_string());
            Month {
                label: day.format("%m/%Y").to_string(),
                count: *n,
                href: asked.with("han-den", &end.unwrap_or(*day).to_string()).address(PATH, ""),
            }
        };
        Some(Self {
            bins: bins.iter().map(bin).collect(),
            sentence: format!(
                "Nhiệm vụ theo hạn từ {} đến {}; nhiều nhất là {what} {peak}: {} nhiệm vụ.",
                words::date(*first),
                words::date(*last),
                words::number(n_peak),
            ),
            first: words::date(*first),
            last: words::date(*last),
            months: months.iter().map(line).collect(),
            window: format!("--x:{};--w:{}", percent(window.0), percent(window.1)),
        })
    }
}

impl GanttPage {
    fn list(&self) -> String {
        self.asked.address("/nhiem-vu", "")
    }

    fn start(&self) -> String {
        self.asked.address(PATH, "")
    }

    fn group_by(&self) -> &str {
        if self.asked.group.is_empty() { "chu-tri" } else { &self.asked.group }
    }

    fn scale(&self) -> &str {
        if self.asked.scale.is_empty() { Scale::default().code() } else { &self.asked.scale }
    }

    fn tick(&self, tick: &Tick) -> String {
        format!("--x:{}", percent(tick.at_bp))
    }
}
