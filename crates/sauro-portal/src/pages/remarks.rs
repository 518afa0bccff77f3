//! `/bien-tap/{id}/gop-y`: a draft as it will be read, and what those who work on it say about its blocks.

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::PortalItemId;
use sauro_ui::{Caller, Chrome, Failure, Faults, page, words};
use serde::Deserialize;
use uuid::Uuid;

use super::House;
use super::blocks::{Around, each, figures_of};
use crate::PortalError;
use crate::actions::{self, Reading, Remarking};
use crate::model::{Comment, Said, Thread};

#[derive(Template)]
#[template(path = "portal/remarks.html")]
struct RemarksPage {
    chrome: Chrome,
    faults: Faults,
    it: Reading,
    blocks: Vec<Shown>,
    /// Threads on blocks that are no longer there.
    gone: Vec<Line>,
    n_open: usize,
    /// The block about which something is to be said; whether it is still there.
    asked: String,
    is_asked_gone: bool,
    /// What was typed about it, or as an answer.
    typed: String,
    answered: Option<Uuid>,
}

/// A block with what was said about it.
struct Shown {
    n: usize,
    mark: String,
    html: String,
    threads: Vec<Line>,
}

/// A thread as it is shown.
struct Line {
    id: Uuid,
    quote: String,
    n: i64,
    is_settled: bool,
    said: Vec<Word>,
}

struct Word {
    author: String,
    at: String,
    words: String,
    /// What was done, for lines without words.
    done: &'static str,
}

/// About which block something is to be said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "khoi")]
    mark: String,
}

/// What is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    #[serde(rename = "viec")]
    verb: String,
    #[serde(rename = "khoi")]
    mark: String,
    #[serde(rename = "luong")]
    thread: String,
    #[serde(rename = "noi-dung")]
    words: String,
}

/// `GET /bien-tap/{id}/gop-y`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<PortalItemId>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let it = actions::reading(&ctx, &house.state.db, id).await?;
    drawn(&house, chrome, it, (Sent { mark: asked.mark, ..Sent::default() }, Faults::none())).await
}

/// `POST /bien-tap/{id}/gop-y`.
pub(super) async fn send(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<PortalItemId>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let db = &house.state.db;
    let thread = || sent.thread.parse().map_err(|_| PortalError::NotFound("thread"));
    let what = match sent.verb.as_str() {
        "gop-y" => Remarking::Begin(sent.mark.clone(), sent.words.clone()),
        "tra-loi" => Remarking::Answer(thread()?, sent.words.clone()),
        "xong" => Remarking::Settle(thread()?, true),
        "mo-lai" => Remarking::Settle(thread()?, false),
        // Nothing is done, but who may not know of the item learns nothing from that.
        _ => {
            actions::reading(&ctx, db, id).await?;
            return Err(Failure::NotFound);
        }
    };
    match actions::remark(&ctx, db, id, &what).await {
        Ok(thread) => Ok(Redirect::to(&format!("/bien-tap/{id}/gop-y#l-{thread}")).into_response()),
        Err(PortalError::Invalid(faults)) => {
            // Each form has a field of its own.
            let field = |name: String| match &what {
                Remarking::Answer(thread, _) => format!("tl-{thread}"),
                _ => name,
            };
            let faults = faults.into_iter().map(|(name, words)| (field(name), words)).collect();
            let it = actions::reading(&ctx, db, id).await?;
            let html = drawn(&house, chrome, it, (sent, faults)).await?;
            Err(Failure::Unprocessable(html))
        }
        Err(err) => Err(err.into()),
    }
}

async fn drawn(
    house: &House,
    chrome: Chrome,
    it: Reading,
    (sent, faults): (Sent, Faults),
) -> Result<Html<String>, Failure> {
    let content = &it.version.content;
    let figures = figures_of(house.results.as_ref(), content).await;
    let around = Around { files: &it.files, pictures: &it.pictures, pass: "", figures };
    let html = each(&content.blocks, &around);
    let blocks = html.into_iter().zip(&content.marks).enumerate().map(|(n, (html, mark))| Shown {
        n: n + 1,
        html,
        threads: it.threads.iter().filter(|one| one.mark == *mark).map(line).collect(),
        mark: mark.clone(),
    });
    let blocks: Vec<Shown> = blocks.collect();
    let is_there = |mark: &str| content.marks.iter().any(|it| it == mark);
    let gone = it.threads.iter().filter(|one| !is_there(&one.mark)).map(line).collect();
    page(&RemarksPage {
        faults,
        blocks,
        gone,
        n_open: it.threads.iter().filter(|one| !one.is_settled).count(),
        is_asked_gone: !sent.mark.is_empty() && !is_there(&sent.mark),
        answered: sent.thread.parse().ok(),
        asked: sent.mark,
        typed: sent.words,
        it,
        chrome,
    })
}

fn line(it: &Thread) -> Line {
    let word = |it: &Comment| Word {
        author: it.author.clone(),
        at: words::datetime(it.at),
        words: it.body.clone(),
        done: match it.said {
            Said::Words => "",
            Said::Settled => "đánh dấu xong",
            Said::Reopened => "mở lại",
        },
    };
    Line {
        id: it.id,
        quote: it.quote.clone(),
        n: it.n,
        is_settled: it.is_settled,
        said: it.comments.iter().map(word).collect(),
    }
}

impl RemarksPage {
    /// What was typed into the answer of a thread.
    fn answer_of(&self, id: &Uuid) -> &str {
        if self.answered == Some(*id) { &self.typed } else { "" }
    }
}
