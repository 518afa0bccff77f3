use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use sauro_kernel::{ProgrammeId, Right};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page};
use serde::Deserialize;

use super::around::Around;
use crate::actions::{self, Side, TaskFilter};
use crate::model::Status;

/// The filters, as in the address.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    phia: String,
    /// A status, [`ALL`], or empty for what has not ended.
    tt: String,
    #[serde(rename = "co-quan")]
    lead: String,
    #[serde(rename = "chuong-trinh")]
    programme: String,
    sau: String,
}

/// In the address: whatever has become of them.
const ALL: &str = "tat-ca";

struct Line {
    id: String,
    code: String,
    work: String,
    lead: String,
    due_on: chrono::NaiveDate,
    status: &'static str,
    due: String,
    stage: &'static str,
}

#[derive(Template)]
#[template(path = "doing/tasks.html")]
struct TasksPage {
    chrome: Chrome,
    asked: Asked,
    faults: Faults,
    sides: Vec<Choice>,
    statuses: Vec<Choice>,
    programmes: Vec<Choice>,
    lines: Vec<Line>,
    first: String,
    next: String,
    /// This seat may urge.
    may_urge: bool,
    csv: String,
    xlsx: String,
}

/// `GET /nhiem-vu`.
pub(super) async fn list(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Query(asked): Query<Asked>,
    around: Around,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let (filter, faults) = filter_of(&asked, &around);
    let found = actions::task_list(&ctx, &db, &filter, asked.sau.parse().ok()).await?;
    let lines = found.tasks.iter().map(|(task, status)| Line {
        id: task.id.to_string(),
        code: task.code.clone(),
        work: task.work.clone(),
        lead: around.name(task.lead),
        due_on: task.due_on,
        status: status.code(),
        due: around.due_words(&ctx, task, *status),
        stage: task.stage.label(),
    });
    let programmes = actions::programmes(&ctx, &db, "", 200).await?;
    let all = Choice::new(ALL, "Mọi tình trạng");
    let statuses = Status::ALL.iter().map(|it| Choice::new(it.code(), it.label()));
    page(&TasksPage {
        sides: Side::ALL.iter().map(|it| Choice::new(it.code(), it.label())).collect(),
        statuses: std::iter::once(all).chain(statuses).collect(),
        programmes: programmes.iter().map(|it| Choice::new(it.id, &it.name)).collect(),
        lines: lines.collect(),
        first: if asked.sau.is_empty() { String::new() } else { address(&asked, "/nhiem-vu", "") },
        next: found
            .next
            .map(|it| address(&asked, "/nhiem-vu", &it.to_string()))
            .unwrap_or_default(),
        may_urge: ctx.may(Right::PressTasks, ctx.actor.own()),
        csv: address(&asked, "/nhiem-vu/xuat.csv", ""),
        xlsx: address(&asked, "/nhiem-vu/xuat.xlsx", ""),
        chrome,
        asked,
        faults,
    })
}

impl Asked {
    /// The filters of a form that repeats them; `text` answers its fields.
    pub(super) fn of_form(text: impl Fn(&str) -> String) -> Self {
        Self {
            q: text("q"),
            phia: text("phia"),
            tt: text("tt"),
            lead: text("co-quan"),
            programme: text("chuong-trinh"),
            sau: String::new(),
        }
    }

    /// The address of the list.
    pub(super) fn list(&self) -> String {
        address(self, "/nhiem-vu", "")
    }
}

/// What the address asks for, and what of it cannot be understood.
pub(super) fn filter_of(asked: &Asked, around: &Around) -> (TaskFilter, Faults) {
    let mut faults = Faults::none();
    let lead = match asked.lead.trim() {
        "" => None,
        words => {
            let found = around.named(words);
            if found.is_none() {
                faults.add(
                    "co-quan",
                    "Không có cơ quan nào tên như vậy. Nhập tên, viết tắt hoặc mã cơ quan.",
                );
            }
            found
        }
    };
    let filter = TaskFilter {
        side: Side::of_code(&asked.phia).unwrap_or_default(),
        status: Status::ALL.into_iter().find(|it| it.code() == asked.tt),
        lead,
        programme: asked.programme.parse::<ProgrammeId>().ok(),
        is_unfinished: asked.tt.is_empty(),
        words: asked.q.chars().take(200).collect(),
    };
    (filter, faults)
}

/// The address `path` with the same filters, from `after` on.
fn address(asked: &Asked, path: &str, after: &str) -> String {
    let all = [
        ("q", asked.q.as_str()),
        ("phia", &asked.phia),
        ("tt", &asked.tt),
        ("co-quan", &asked.lead),
        ("chuong-trinh", &asked.programme),
        ("sau", after),
    ];
    let kept = all.iter().filter(|(_, value)| !value.is_empty());
    let query = kept.map(|(name, value)| format!("{name}={}", percent(value))).collect::<Vec<_>>();
    format!("{path}?{}", query.join("&"))
}

fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
