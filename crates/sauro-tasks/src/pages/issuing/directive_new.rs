use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use sauro_kernel::{Ctx, ProgrammeId, Right};
use sauro_papers::PlainText;
use sauro_reading::Reader;
use sauro_store::{Db, Files};
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};

use super::fields::{day, shown};
use super::task_new::programmes;
use super::upload::{self, Upload};
use crate::actions::{self, Composition, DirectiveFile, NewDirective};
use crate::model::MAX_TEXT_CHARS;
use crate::pages::Catalogue;
use crate::{Fault, TasksError};

/// `GET /chi-dao/moi`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    let programmes = programmes(&ctx, &db).await?;
    page(&NewPage {
        chrome,
        programmes,
        form: Shown::default(),
        is_same: false,
        faults: Faults::none(),
    })
}

/// `POST /chi-dao/moi`: reads the text and opens its review, or shows the form again.
pub(super) async fn bring(
    Caller(ctx): Caller,
    State(db): State<Db>,
    State(files): State<Files>,
    Catalogue(directory): Catalogue,
    Extension(reader): Extension<Arc<Reader>>,
    chrome: Chrome,
    sent: Multipart,
) -> Result<Response, Failure> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    let (upload, cut) = upload::read(sent).await;
    if let Some(cut) = cut {
        return again(
            &ctx,
            &db,
            chrome,
            &upload,
            cut.status,
            false,
            vec![Fault::new("tep", cut.sentence)],
        )
        .await;
    }
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let checked = match checked(&ctx, &upload).await {
        Ok(checked) => checked,
        Err(faults) => return again(&ctx, &db, chrome, &upload, wrong, false, faults).await,
    };
    let same = actions::same_text(&ctx, &db, &checked.text).await?;
    if !same.is_empty() && !upload.fields.is_on("van-nhan") {
        return again(&ctx, &db, chrome, &upload, wrong, true, Vec::new()).await;
    }
    let composition = composed(reader, directory, &checked).await?;
    let file = match &upload.file {
        Some((content, name)) => {
            let mime =
                sauro_papers::sniff(content, name).map_or("application/octet-stream", |it| it.mime);
            let stored = files.put(content.clone()).await?;
            Some(DirectiveFile { stored, mime: mime.to_owned(), name: name.clone() })
        }
        None => None,
    };
    let new = NewDirective {
        programme: checked.programme,
        text: checked.text,
        head: composition.head,
        file,
        drafts: composition.drafts,
    };
    match actions::bring_directive(&ctx, &db, new).await {
        Ok(id) => {
            let said = if checked.is_converted { "nhan-chuyen" } else { "nhan" };
            Ok(Redirect::to(&format!("/chi-dao/{id}?vua={said}")).into_response())
        }
        Err(TasksError::Invalid(faults)) => {
            again(&ctx, &db, chrome, &upload, wrong, false, faults).await
        }
        Err(err) => Err(err.into()),
    }
}

/// What was sent, once nothing is wrong with it.
struct Checked {
    text: String,
    issued: Option<NaiveDate>,
    programme: ProgrammeId,
    /// The letters were converted, or something in the file could not be read.
    is_converted: bool,
}

async fn checked(ctx: &Ctx, upload: &Upload) -> Result<Checked, Vec<Fault>> {
    let mut faults = Vec::new();
    let programme = upload.fields.one("chuong-trinh").parse();
    if programme.is_err() {
        faults.push(Fault::new("chuong-trinh", "Chọn chương trình mà văn bản này thuộc về."));
    }
    let issued = day("ngay", upload.fields.one("ngay"), &mut faults);
    if issued.is_some_and(|day| day > ctx.today()) {
        faults.push(Fault::new("ngay", "Ngày ban hành không được sau hôm nay."));
    }
    let paper = match plain_text(upload).await {
        Ok(paper) => paper,
        Err(fault) => {
            faults.push(fault);
            PlainText::default()
        }
    };
    let text = match actions::checked_text(&paper.text) {
        Ok(text) => text,
        // Said already why there is no text.
        Err(_) if faults.iter().any(|it| it.field == "tep" || it.field == "van-ban") => {
            String::new()
        }
        Err(TasksError::Invalid(found)) => {
            faults.extend(found);
            String::new()
        }
        Err(_) => String::new(),
    };
    match programme {
        Ok(programme) if faults.is_empty() => {
            Ok(Checked { text, issued, programme, is_converted: !paper.warnings.is_empty() })
        }
        _ => Err(faults),
    }
}

/// The text of the file or, without one, of the text area.
async fn plain_text(upload: &Upload) -> Result<PlainText, Fault> {
    let pasted = upload.fields.one("van-ban").to_owned();
    let file = upload.file.clone();
    let field = if file.is_some() { "tep" } else { "van-ban" };
    if file.is_none() && pasted.is_empty() {
        return Err(Fault::new(field, "Dán nội dung văn bản hoặc chọn một tệp."));
    }
    // A letter takes at most four bytes; what is longer need not be looked at.
    if file.is_none() && pasted.len() > MAX_TEXT_CHARS * 4 {
        let sentence = format!(
            "Văn bản dài hơn giới hạn {MAX_TEXT_CHARS} ký tự. Chỉ đưa vào phần giao nhiệm vụ, hoặc chia thành nhiều phần."
        );
        return Err(Fault::new(field, sentence));
    }
    let read = tokio::task::spawn_blocking(move || match file {
        Some((content, name)) => sauro_papers::read_text(&content, &name),
        None => sauro_papers::paste_text(&pasted),
    });
    match read.await {
        Ok(Ok(paper)) => Ok(paper),
        Ok(Err(err)) => Err(Fault::new(field, err.sentence())),
        Err(_) => {
            Err(Fault::new(field, "Chưa đọc được nội dung này. Lưu lại tệp rồi gửi lần nữa."))
        }
    }
}

async fn composed(
    reader: Arc<Reader>,
    directory: Arc<dyn crate::model::Agencies>,
    checked: &Checked,
) -> Result<Composition, Failure> {
    let (text, issued) = (checked.text.clone(), checked.issued);
    tokio::task::spawn_blocking(move || actions::compose(&reader, &*directory, &text, issued))
        .await
        .map_err(Failure::internal)
}

async fn again(
    ctx: &Ctx,
    db: &Db,
    chrome: Chrome,
    upload: &Upload,
    status: StatusCode,
    is_same: bool,
    faults: Vec<Fault>,
) -> Result<Response, Failure> {
    // An endless text is not sent back and forth.
    let text = upload.fields.one("van-ban");
    let text = if text.len() > MAX_TEXT_CHARS * 4 { String::new() } else { text.to_owned() };
    let form = Shown {
        text,
        issued: upload.fields.one("ngay").to_owned(),
        programme: upload.fields.one("chuong-trinh").to_owned(),
    };
    let programmes = programmes(ctx, db).await?;
    let html = page(&NewPage { chrome, programmes, form, is_same, faults: shown(faults) })?;
    Ok((status, html).into_response())
}

/// The form as shown. A file has to be chosen again.
#[derive(Default)]
struct Shown {
    text: String,
    issued: String,
    programme: String,
}

#[derive(Template)]
#[template(path = "issuing/directive_new.html")]
struct NewPage {
    chrome: Chrome,
    programmes: Vec<Choice>,
    form: Shown,
    is_same: bool,
    faults: Faults,
}
