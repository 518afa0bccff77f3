use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::{Ctx, DraftId, ReportId, TaskId};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::around::Around;
use super::form::faults_of;
use super::lines::{Line, Lines, count_words, is_batch};
use crate::TasksError;
use crate::actions::{self, Chosen, Group, Outcome};
use crate::model::{Decision, Place, Section};
use crate::pages::Catalogue;
use crate::pages::answer::unclear_words;

/// What an address of a section may carry.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The place after which to begin.
    sau: String,
    /// Only what was handed down from this task.
    cha: String,
    /// How many things were just done.
    vua: Option<usize>,
}

/// One that could not be done, and why.
struct Left {
    href: String,
    name: String,
    sentence: String,
}

#[derive(Template)]
#[template(path = "doing/today_section.html")]
struct SectionPage {
    chrome: Chrome,
    section: Section,
    count: String,
    lines: Vec<Line>,
    is_batch: bool,
    after: String,
    parent: String,
    next: String,
    n_done: Option<usize>,
    left: Vec<Left>,
    decision: String,
    words: String,
    decisions: Vec<Choice>,
    faults: Faults,
}

/// `GET /viec/{muc}`: a whole section, page by page.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(section): Path<String>,
    Query(asked): Query<Asked>,
    around: Around,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let section = Section::of_code(&section).ok_or(Failure::NotFound)?;
    let group = read(&ctx, &db, section, &asked).await?;
    let n_done = asked.vua;
    let blank = Answer { n_done, ..Answer::default() };
    page(&SectionPage::of(&ctx, &around, chrome, &group, &asked, blank))
}

/// `POST /viec/{muc}`: does the same with all that is ticked.
pub(super) async fn act(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Path(section): Path<String>,
    around: Around,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let section = Section::of_code(&section).ok_or(Failure::NotFound)?;
    let text = |name: &str| {
        sent.iter().rev().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    };
    let asked = Asked { sau: text("sau").to_owned(), cha: text("cha").to_owned(), vua: None };
    // A section that is not this seat's is not there.
    read(&ctx, &db, section, &asked).await?;
    let ticked: Vec<&str> =
        sent.iter().filter(|(key, _)| key == "chon").map(|(_, value)| value.as_str()).collect();
    let done = match section {
        Section::ToSend => send(&ctx, &db, &ticked).await,
        Section::ToVerify => verify(&ctx, &db, &ticked, text("ket-luan"), text("loi-chung")).await,
        Section::ToApprove => {
            let ids: Vec<DraftId> = ticked.iter().filter_map(|it| it.parse().ok()).collect();
            let outcomes = actions::issue_each(&ctx, &db, &*directory, &ids).await;
            match outcomes {
                Ok(outcomes) => Ok(issued(&ctx, &db, outcomes).await),
                Err(err) => Err(err),
            }
        }
        _ => return Err(Failure::NotFound),
    };
    let mut answer = Answer {
        decision: text("ket-luan").to_owned(),
        words: text("loi-chung").to_owned(),
        ticked: ticked.iter().map(|it| (*it).to_owned()).collect(),
        ..Answer::default()
    };
    match done {
        Ok((n_done, left)) if left.is_empty() => {
            let place = format!("/viec/{}?vua={n_done}", section.code());
            return Ok(Redirect::to(&place).into_response());
        }
        Ok((n_done, left)) => {
            answer.n_done = Some(n_done);
            answer.left = left;
        }
        Err(TasksError::Invalid(faults)) => answer.faults = faults_of(faults),
        Err(err) => return Err(err.into()),
    }
    let group = read(&ctx, &db, section, &asked).await?;
    let html = page(&SectionPage::of(&ctx, &around, chrome, &group, &asked, answer))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn read(ctx: &Ctx, db: &Db, section: Section, asked: &Asked) -> Result<Group, TasksError> {
    let parent: Option<TaskId> = asked.cha.parse().ok();
    actions::duties(ctx, db, section, Place::of_code(&asked.sau), parent).await
}

/// How many were done, and what was left.
type Done = (usize, Vec<Left>);

async fn send(ctx: &Ctx, db: &Db, ticked: &[&str]) -> Result<Done, TasksError> {
    let read = |it: &&str| {
        let mut parts = it.split(':');
        let report: ReportId = parts.next()?.parse().ok()?;
        Some((report, parts.next()?.parse().ok()?, parts.next()?.to_owned()))
    };
    let chosen: Vec<(ReportId, i64, String)> = ticked.iter().filter_map(read).collect();
    let reports: Vec<_> = chosen.iter().map(|it| (it.0, it.1)).collect();
    let outcomes = actions::send_reports(ctx, db, &reports).await?;
    let codes = chosen.into_iter().map(|it| it.2);
    Ok(told(outcomes.into_iter().map(|it| it.result).zip(codes), "/bao-cao"))
}

async fn verify(
    ctx: &Ctx,
    db: &Db,
    ticked: &[&str],
    decision: &str,
    words: &str,
) -> Result<Done, TasksError> {
    let Some(decision) = Decision::of_code(decision).filter(|it| *it != Decision::InUse) else {
        let sentence = "Chọn nghiệm thu hoặc trả lại cho các sản phẩm đã chọn.";
        return Err(TasksError::Invalid(vec![crate::Fault::new("ket-luan", sentence)]));
    };
    let mut chosen: Vec<(Chosen, String)> = Vec::new();
    for it in ticked {
        let mut parts = it.split(':');
        let mut next = || parts.next().unwrap_or_default();
        let (task, version) = (next().parse::<TaskId>(), next().parse::<i64>());
        let (deliverable, code) = (next().parse(), next());
        let (Ok(task), Ok(version), Ok(deliverable)) = (task, version, deliverable) else {
            continue;
        };
        match chosen.iter_mut().find(|(it, _)| it.task == task) {
            Some((it, _)) => it.deliverables.push(deliverable),
            None => {
                let deliverables = vec![deliverable];
                chosen.push((Chosen { task, version, deliverables }, code.to_owned()));
            }
        }
    }
    let (tasks, codes): (Vec<Chosen>, Vec<String>) = chosen.into_iter().unzip();
    let n_of: Vec<usize> = tasks.iter().map(|it| it.deliverables.len()).collect();
    let outcomes = actions::verify_alike(ctx, db, &tasks, decision, words).await?;
    let n_done =
        outcomes.iter().zip(n_of).filter(|(it, _)| it.result.is_ok()).map(|(_, n)| n).sum();
    let (_, left) = told(outcomes.into_iter().map(|it| it.result).zip(codes), "/nghiem-thu");
    Ok((n_done, left))
}

async fn issued(ctx: &Ctx, db: &Db, outcomes: Vec<Outcome<DraftId>>) -> Done {
    let n_done = outcomes.iter().filter(|it| it.result.is_ok()).count();
    let mut left = Vec::new();
    for Outcome { of, result } in outcomes {
        let Err(err) = result else { continue };
        let draft = actions::draft(ctx, db, of).await;
        left.push(Left {
            href: format!("/chi-dao/du-thao/{of}"),
            name: draft.map_or_else(|_| "Dự thảo".to_owned(), |it| it.body.work),
            sentence: sentence(&err),
        });
    }
    (n_done, left)
}

fn told(results: impl Iterator<Item = (Result<(), TasksError>, String)>, end: &str) -> Done {
    let mut n_done = 0;
    let mut left = Vec::new();
    for (result, code) in results {
        match result {
            Ok(()) => n_done += 1,
            Err(err) => {
                let name: String =
                    code.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').collect();
                let href = format!("/nhiem-vu/{name}{end}");
                left.push(Left { href, name, sentence: sentence(&err) });
            }
        }
    }
    (n_done, left)
}

/// Why one thing could not be done, and what to do instead.
fn sentence(err: &TasksError) -> String {
    match err {
        TasksError::Invalid(faults) => {
            faults.iter().map(|it| it.sentence.as_str()).collect::<Vec<_>>().join(" ")
        }
        TasksError::Unclear(unclear) => {
            unclear.missing().iter().map(|it| unclear_words(*it)).collect::<Vec<_>>().join(" ")
        }
        TasksError::WrongState(sentence) => (*sentence).to_owned(),
        TasksError::Stale => "Vừa có thay đổi. Mở ra xem lại rồi quyết định.".to_owned(),
        TasksError::Denied(_) => "Chức danh đang dùng không có quyền làm việc này.".to_owned(),
        TasksError::NotFound(_) => {
            "Không còn ở đây. Tải lại trang để xem danh sách mới.".to_owned()
        }
        TasksError::Store(_) | TasksError::Files(_) => {
            "Máy chủ chưa ghi được. Thử lại sau ít phút.".to_owned()
        }
    }
}

/// What a form gets back.
#[derive(Default)]
struct Answer {
    n_done: Option<usize>,
    left: Vec<Left>,
    decision: String,
    words: String,
    ticked: Vec<String>,
    faults: Faults,
}

impl SectionPage {
    fn of(
        ctx: &Ctx,
        around: &Around,
        chrome: Chrome,
        group: &Group,
        asked: &Asked,
        answer: Answer,
    ) -> Self {
        let writer = Lines { ctx, around };
        let mut lines: Vec<Line> =
            group.entries.iter().map(|it| writer.line(group.section, it)).collect();
        for tick in lines.iter_mut().flat_map(|it| &mut it.ticks) {
            tick.is_on = answer.ticked.contains(&tick.value);
        }
        let kin: Vec<String> = lines.iter().filter_map(|it| it.kin.clone()).collect();
        for line in &mut lines {
            let is_alone = |id: &String| kin.iter().filter(|it| *it == id).count() < 2;
            if line.kin.as_ref().is_some_and(is_alone) || !asked.cha.is_empty() {
                line.kin = None;
            }
        }
        let parent: Option<TaskId> = asked.cha.parse().ok();
        let parent = parent.map(|it| it.to_string()).unwrap_or_default();
        let place = Place::of_code(&asked.sau);
        let next = group.next.map(|it| {
            let kin = if parent.is_empty() { String::new() } else { format!("&cha={parent}") };
            format!("/viec/{}?sau={}{kin}", group.section.code(), it.code())
        });
        Self {
            chrome,
            section: group.section,
            count: count_words(group.count),
            is_batch: is_batch(group.section) && !lines.is_empty(),
            lines,
            after: if place.is_start() { String::new() } else { place.code() },
            parent,
            next: next.unwrap_or_default(),
            n_done: answer.n_done,
            left: answer.left,
            decision: answer.decision,
            words: answer.words,
            decisions: vec![
                Choice::new(Decision::Accepted.code(), "Nghiệm thu, đã kiểm tra"),
                Choice::new(Decision::Returned.code(), "Trả lại, nêu lý do"),
            ],
            faults: answer.faults,
        }
    }
}
