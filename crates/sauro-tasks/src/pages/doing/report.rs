use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::{Ctx, DeliverableId, EvidenceId, ReportId};
use sauro_papers::FileKind;
use sauro_store::{Db, Files};
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page};

use super::around::Around;
use super::form::{
    Piece, Product, claims, faults_of, pieces_of_whole, products, ratings, report_fields,
};
use super::upload::Sent;
use crate::TasksError;
use crate::actions::{self, ReportView, TaskView, too_large};
use crate::error::Fault;
use crate::model::{Deliverable, Report, ReportFields, ReportState, SelfRating, merged};

#[derive(Template)]
#[template(path = "doing/report.html")]
struct ReportPage {
    chrome: Chrome,
    task: crate::model::Task,
    status: &'static str,
    due: String,
    report: Report,
    fields: ReportFields,
    rating: &'static str,
    products: Vec<Product>,
    whole: Vec<Piece>,
    claims: Vec<Choice>,
    ratings: Vec<Choice>,
    places: Vec<Choice>,
    accept: String,
    faults: Faults,
    is_carried_over: bool,
    is_locked: bool,
    is_submitted: bool,
    sends: bool,
    /// One press is enough to say that the work goes on.
    is_quick: bool,
    /// Why the last sent report was returned, or empty.
    returned_for: String,
    link: String,
    number: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "doing/report_both.html")]
struct BothPage {
    chrome: Chrome,
    code: String,
    report: ReportId,
    version: i64,
    changed_at: i64,
    parts: Vec<Both>,
    rating: &'static str,
    items: Vec<(i64, &'static str, String)>,
}

/// One section as two editors left it.
struct Both {
    name: &'static str,
    label: &'static str,
    mine: String,
    theirs: String,
    merged: String,
}

#[derive(Template)]
#[template(path = "doing/report_saved.html")]
struct SavedPart {
    version: i64,
    saved_at: Option<i64>,
    words: String,
    href: String,
}

/// `GET /nhiem-vu/{code}/bao-cao`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    around: Around,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let task = actions::find_task(&ctx, &db, &code).await?;
    // Recurring work is reported on in the period that is open.
    if let Some(period) = actions::period_to_report(&ctx, &db, &task).await? {
        return Ok(Redirect::to(&format!("/nhiem-vu/{}/bao-cao", period.code)).into_response());
    }
    actions::open_report(&ctx, &db, task.id).await?;
    let desk = Desk { ctx: &ctx, db: &db, around: &around };
    let html = desk.page(chrome, &code, &Sent::default(), None, Faults::none()).await?;
    Ok(html.into_response())
}

/// `POST /nhiem-vu/{code}/bao-cao`: keeps the text, adds the evidence, then does what the button says.
pub(super) async fn submit(
    Caller(ctx): Caller,
    State(db): State<Db>,
    State(files): State<Files>,
    Path(code): Path<String>,
    around: Around,
    chrome: Chrome,
    sent: Sent,
) -> Result<Response, Failure> {
    let asked = Asked::read(&ctx, &db, &code, &sent).await?;
    if let Some(receipt) = actions::receipt_of(&asked.report) {
        // Sent already: by a double click, from another tab, by somebody else.
        return Ok(
            Redirect::to(&format!("/nhiem-vu/{code}/bien-nhan/{}", receipt.code)).into_response()
        );
    }
    let desk = Desk { ctx: &ctx, db: &db, around: &around };
    match asked.act(&desk, &files, &sent).await {
        Ok(place) => Ok(Redirect::to(&place).into_response()),
        Err(TasksError::Stale) => desk.both(chrome, &asked).await,
        Err(TasksError::Invalid(faults)) => {
            let status = if sent.too_large.is_empty() {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                StatusCode::PAYLOAD_TOO_LARGE
            };
            let html =
                desk.page(chrome, &code, &sent, Some(asked.fields), faults_of(faults)).await?;
            Ok((status, html).into_response())
        }
        Err(err) => Err(err.into()),
    }
}

/// `POST /nhiem-vu/{code}/bao-cao/nhap`: keeps the text while it is typed; answers a fragment.
pub(super) async fn autosave(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let asked = Asked::read(&ctx, &db, &code, &sent).await?;
    let saved = actions::save_report(&ctx, &db, asked.report.id, asked.fields, asked.version).await;
    let part = |version, saved_at, words: &str| SavedPart {
        version,
        saved_at,
        words: words.to_owned(),
        href: format!("/nhiem-vu/{code}/bao-cao"),
    };
    let (status, part) = match saved {
        Ok(report) => (StatusCode::OK, part(report.version, Some(report.changed_at), "")),
        Err(TasksError::Stale) => {
            let words = "Người khác vừa sửa báo cáo này. Bấm Lưu nháp để xem cả hai bản.";
            (StatusCode::CONFLICT, part(asked.version, None, words))
        }
        Err(TasksError::Invalid(faults)) => {
            let words = faults.first().map(|it| it.sentence.clone()).unwrap_or_default();
            (StatusCode::UNPROCESSABLE_ENTITY, part(asked.version, None, &words))
        }
        Err(TasksError::WrongState(words)) => {
            (StatusCode::CONFLICT, part(asked.version, None, words))
        }
        Err(err) => return Err(err.into()),
    };
    Ok((status, page(&part)?).into_response())
}

/// `POST /nhiem-vu/{code}/bao-nhanh`: reports with one press that the work goes on as planned.
pub(super) async fn quick(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Redirect, Failure> {
    let version = sent.text("ban").parse().unwrap_or_default();
    let place = match actions::quick_report(&ctx, &db, &code, version).await {
        Ok(Some(receipt)) => format!("/nhiem-vu/{code}/bien-nhan/{}", receipt.code),
        // Sent by the first of two presses, or something happened: the task's page tells.
        Ok(None) | Err(TasksError::Stale) => format!("/nhiem-vu/{code}"),
        Err(err) => return Err(err.into()),
    };
    Ok(Redirect::to(&place))
}

/// What came with a form.
struct Asked {
    code: String,
    report: Report,
    deliverables: Vec<Deliverable>,
    fields: ReportFields,
    version: i64,
}

impl Asked {
    async fn read(ctx: &Ctx, db: &Db, code: &str, sent: &Sent) -> Result<Self, Failure> {
        let task = actions::find_task(ctx, db, code).await?;
        let id: ReportId = sent.text("bao-cao").parse().map_err(|_| Failure::NotFound)?;
        let report = actions::find_report(ctx, db, id).await?;
        if report.task != task.id {
            return Err(Failure::NotFound);
        }
        let deliverables = actions::deliverables_of(ctx, db, code).await?;
        let fields = report_fields(sent, &deliverables);
        let version = sent.text("version").parse().unwrap_or_default();
        Ok(Self { code: code.to_owned(), report, deliverables, fields, version })
    }

    /// Does what the button says; answers where to go on.
    async fn act(&self, desk: &Desk<'_>, files: &Files, sent: &Sent) -> Result<String, TasksError> {
        let Desk { ctx, db, .. } = *desk;
        let id = self.report.id;
        let act = sent.text("viec");
        let here = format!("/nhiem-vu/{}/bao-cao", self.code);
        if act == "chuyen-lai" {
            actions::hand_back_report(ctx, db, id, sent.text("ly-do"), self.version).await?;
            return Ok(format!("/nhiem-vu/{}", self.code));
        }
        let saved = actions::save_report(ctx, db, id, self.fields.clone(), self.version).await?;
        self.attach(desk, files, sent).await?;
        if let Some(piece) = act.strip_prefix("bo:") {
            let piece: EvidenceId = piece.parse().map_err(|_| TasksError::NotFound("evidence"))?;
            actions::detach(ctx, db, piece).await?;
            return Ok(format!("{here}#minh-chung"));
        }
        match act {
            "trinh" => {
                actions::submit_report(ctx, db, id, saved.version).await?;
                Ok(format!("/nhiem-vu/{}", self.code))
            }
            "gui" => {
                let receipt = actions::send_report(ctx, db, id, saved.version).await?;
                Ok(format!("/nhiem-vu/{}/bien-nhan/{}", self.code, receipt.code))
            }
            "tep" => Ok(format!("{here}#minh-chung")),
            _ => Ok(here),
        }
    }

    /// Adds all evidence that came with the form; what is refused is named, the rest stays.
    async fn attach(&self, desk: &Desk<'_>, files: &Files, sent: &Sent) -> Result<(), TasksError> {
        let Desk { ctx, db, .. } = *desk;
        let id = self.report.id;
        let mut faults: Vec<Fault> = sent
            .too_large
            .iter()
            .map(|name| Fault::new("tep", format!("“{name}”: {}", too_large())))
            .collect();
        for file in &sent.files {
            let place = self.at_place(file.field.strip_prefix("tep-").unwrap_or_default());
            let added =
                actions::attach_file(ctx, db, files, id, place, &file.name, file.content.clone())
                    .await;
            collect(added, &mut faults)?;
        }
        let (link, number) = (sent.text("lien-ket"), sent.text("so-van-ban"));
        if !link.trim().is_empty() {
            let place = self.at_place(sent.text("lien-ket-cho"));
            collect(actions::attach_link(ctx, db, id, place, link).await, &mut faults)?;
        }
        if !number.trim().is_empty() {
            let place = self.at_place(sent.text("so-van-ban-cho"));
            collect(actions::attach_document(ctx, db, id, place, number).await, &mut faults)?;
        }
        if faults.is_empty() { Ok(()) } else { Err(TasksError::Invalid(faults)) }
    }

    fn at_place(&self, ordinal: &str) -> Option<DeliverableId> {
        let ordinal: i64 = ordinal.parse().ok()?;
        self.deliverables.iter().find(|it| it.ordinal == ordinal).map(|it| it.id)
    }
}

fn collect<T>(answer: Result<T, TasksError>, faults: &mut Vec<Fault>) -> Result<(), TasksError> {
    match answer {
        Ok(_) => Ok(()),
        Err(TasksError::Invalid(more)) => {
            faults.extend(more);
            Ok(())
        }
        Err(err) => Err(err),
    }
}

struct Desk<'a> {
    ctx: &'a Ctx,
    db: &'a Db,
    around: &'a Around,
}

impl Desk<'_> {
    /// The form; with `typed`, as the person typed it.
    async fn page(
        &self,
        chrome: Chrome,
        code: &str,
        sent: &Sent,
        typed: Option<ReportFields>,
        faults: Faults,
    ) -> Result<Html<String>, Failure> {
        let view = actions::task_view(self.ctx, self.db, code).await?;
        let is_carried_over = view.is_carried_over();
        let Some(open) = view.open.as_ref() else { return Err(Failure::NotFound) };
        let fields = typed.unwrap_or_else(|| actions::fields_of_view(open));
        let places = view
            .deliverables
            .iter()
            .map(|it| Choice::new(it.ordinal, format!("Sản phẩm {}: {}", it.ordinal, it.name)));
        let is_submitted = open.report.state == ReportState::Submitted;
        page(&ReportPage {
            chrome,
            status: view.status.code(),
            due: self.around.due_words(self.ctx, &view.task, view.status),
            rating: fields.self_rating.map_or("", SelfRating::code),
            products: products(&view.deliverables, &fields, &open.evidence),
            whole: pieces_of_whole(open),
            claims: claims(),
            ratings: ratings(),
            places: places.collect(),
            accept: FileKind::ALL
                .iter()
                .map(|it| format!(".{}", it.extension))
                .collect::<Vec<_>>()
                .join(","),
            is_carried_over,
            is_locked: is_submitted && !view.powers.sends,
            is_submitted,
            sends: view.powers.sends,
            is_quick: faults.is_empty()
                && actions::may_report_quickly(&view.task, view.status, Some(&open.report)),
            returned_for: returned_for(&view),
            link: sent.text("lien-ket").to_owned(),
            number: sent.text("so-van-ban").to_owned(),
            reason: sent.text("ly-do").to_owned(),
            report: open.report.clone(),
            fields,
            faults,
            task: view.task,
        })
    }

    /// Both texts side by side, and the two as one.
    async fn both(&self, chrome: Chrome, asked: &Asked) -> Result<Response, Failure> {
        let view = actions::task_view(self.ctx, self.db, &asked.code).await?;
        let Some(open) = view.open.as_ref().filter(|it| it.report.id == asked.report.id) else {
            return Err(Failure::Conflict);
        };
        let (mine, theirs) = (&asked.fields, &open.report);
        let part = |name, label, mine: &str, theirs: &str| Both {
            name,
            label,
            merged: merged(theirs, mine),
            mine: mine.to_owned(),
            theirs: theirs.to_owned(),
        };
        let parts = vec![
            part("ket-qua", "Kết quả nổi bật", &mine.results, &theirs.results),
            part("kho-khan", "Khó khăn, vướng mắc", &mine.difficulties, &theirs.difficulties),
            part("de-xuat", "Đề xuất, kiến nghị", &mine.proposals, &theirs.proposals),
        ];
        let html = page(&BothPage {
            chrome,
            code: asked.code.clone(),
            report: theirs.id,
            version: theirs.version,
            changed_at: theirs.changed_at,
            parts,
            rating: mine.self_rating.or(theirs.self_rating).map_or("", SelfRating::code),
            items: merged_items(asked, open),
        })?;
        Ok((StatusCode::CONFLICT, html).into_response())
    }
}

/// The claims of the merged text: mine where I made one, else theirs.
fn merged_items(asked: &Asked, open: &ReportView) -> Vec<(i64, &'static str, String)> {
    let item = |it: &Deliverable| {
        let mine = asked.fields.items.iter().find(|item| item.deliverable == it.id);
        let item = mine.or_else(|| open.items.iter().find(|item| item.deliverable == it.id))?;
        Some((it.ordinal, item.claim.code(), item.note.clone()))
    };
    asked.deliverables.iter().filter_map(item).collect()
}

fn returned_for(view: &TaskView) -> String {
    let last = view.reports.first().filter(|it| it.report.state == ReportState::Returned);
    last.map(|it| it.report.reason.clone()).unwrap_or_default()
}
