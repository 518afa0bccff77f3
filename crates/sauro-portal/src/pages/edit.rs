//! `/bien-tap/{id}`: the editor. It works by its buttons alone; a script makes it quicker.

mod view;

use askama::Template;
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::{Ctx, PortalItemId};
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, SentForm, page, words};
use serde::Deserialize;

use super::House;
use super::answer::shown;
use super::blocks::{Around, drawn, figures_of};
use super::form::{Wish, fields_of, pressed};
use super::item::facts;
use crate::PortalError;
use crate::actions::{self, DeskItem};
use crate::model::{
    Act, BLOCK_KINDS, BlockFields, DOCUMENT_FIELDS, DOCUMENT_KINDS, Fields, Holder, LegalOpinion,
    PictureFields, Remark, Tongue,
};

#[derive(Template)]
#[template(path = "portal/edit.html")]
struct EditPage {
    chrome: Chrome,
    faults: Faults,
    desk: DeskItem,
    fields: Fields,
    /// The version that the form was begun from.
    base_n: i64,
    /// When the draft that is shown was kept, or empty.
    drafted: String,
    /// Somebody else kept a version since: its words as a page.
    theirs: Option<Theirs>,
    remarks: Vec<Remark>,
    files: Vec<Choice>,
    /// What is read by whoever does not write it now: the words, names and values of particulars.
    body: String,
    facts: Vec<(&'static str, String)>,
    figures: Vec<Choice>,
    kinds: Vec<Choice>,
    paper_kinds: Vec<Choice>,
    paper_fields: Vec<Choice>,
    sections: Vec<Choice>,
    /// Languages in which it is not there yet.
    tongues: Vec<Choice>,
    preview: String,
    done: &'static str,
    planned: String,
    /// Who else has it open, and since when.
    holder: Option<(String, String)>,
    laws: Vec<Law>,
    /// What was typed into the forms of the steps.
    typed: Typed,
}

/// A legal opinion, as it is shown.
struct Law {
    agrees: bool,
    title: String,
    words: String,
}

/// What somebody else wrote meanwhile.
struct Theirs {
    author: String,
    at: String,
    title: String,
    body: String,
}

/// What was typed into the forms of the steps.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) note: String,
    pub(super) reason: String,
    pub(super) law: String,
    pub(super) at: String,
    pub(super) address: String,
    pub(super) tongue: String,
    pub(super) title: String,
}

/// What was just done, and the word of a link to a preview.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Just {
    #[serde(rename = "vua")]
    just: String,
    #[serde(rename = "lien-ket")]
    link: String,
}

/// `GET /bien-tap/{id}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<PortalItemId>,
    Query(asked): Query<Just>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let desk = actions::desk_item(&ctx, &house.state.db, id).await?;
    let mut shown = of(&house, chrome, desk).await?;
    shown.done = done(&asked.just);
    if !asked.link.is_empty() && asked.link.chars().all(|c| c.is_ascii_alphanumeric() || c == '.') {
        shown.preview = format!("{}/xem-truoc/{}", house.state.site.public_url, asked.link);
    }
    page(&shown)
}

/// `POST /bien-tap/{id}`.
pub(super) async fn save(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<PortalItemId>,
    chrome: Chrome,
    request: Request,
) -> Result<Response, Failure> {
    let sent = SentForm::read(request).await;
    if sent.cut.is_some() {
        return Err(Failure::TooLarge);
    }
    let db = &house.state.db;
    let base_n: i64 = sent.one("phien-ban").parse().unwrap_or_default();
    let newest: i64 = sent.one("moi-nhat").parse().unwrap_or(base_n);
    let mut fields = fields_of(&sent);
    // Links within the house lead on wherever the house moves, and are looked after.
    fields.lead_home(&house.state.site.public_url);
    let wish = pressed(&sent, &mut fields);
    let here = |place: &str| Ok(Redirect::to(&format!("/bien-tap/{id}{place}")).into_response());
    let answer = match &wish {
        Wish::Drop => {
            actions::drop_draft(&ctx, db, id).await?;
            return here("");
        }
        Wish::Hold => {
            return Ok(match actions::hold_open(&ctx, db, id).await? {
                None => StatusCode::NO_CONTENT.into_response(),
                Some(it) => (StatusCode::CONFLICT, held(&it)).into_response(),
            });
        }
        Wish::TakeOver => {
            actions::take_over(&ctx, db, id).await?;
            return here("?vua=tiep-quan");
        }
        Wish::Quietly => {
            actions::keep_draft(&ctx, db, (id, base_n), &fields).await?;
            return Ok(StatusCode::NO_CONTENT.into_response());
        }
        Wish::Again(at) => {
            let kept = with_files(&ctx, &house, id, (&sent, &mut fields)).await;
            let draft = actions::keep_draft(&ctx, db, (id, base_n), &fields).await;
            match kept.and(draft) {
                Ok(()) => return here(&format!("#{at}")),
                Err(err) => Err(err),
            }
        }
        Wish::Pick(n) => match actions::keep_draft(&ctx, db, (id, base_n), &fields).await {
            Ok(()) => return here(&format!("/anh?khoi={n}")),
            Err(err) => Err(err),
        },
        Wish::Write => actions::write(&ctx, db, (id, base_n), &fields).await.map(drop),
        Wish::WriteAbove => actions::write(&ctx, db, (id, newest), &fields).await.map(drop),
    };
    let Err(err) = answer else { return here("?vua=ghi") };
    refused(&ctx, &house, (id, base_n), chrome, (fields, err)).await
}

/// The editor again, with what was typed and what is wrong with it.
async fn refused(
    ctx: &Ctx,
    house: &House,
    (id, base_n): (PortalItemId, i64),
    chrome: Chrome,
    (fields, err): (Fields, PortalError),
) -> Result<Response, Failure> {
    let db = &house.state.db;
    let is_stale = matches!(err, PortalError::Stale);
    let faults = if is_stale { Faults::none() } else { shown(err)? };
    // Nothing typed is lost, whatever comes next; where it can no longer be written there is nowhere to keep it.
    match actions::keep_draft(ctx, db, (id, base_n), &fields).await {
        Ok(()) | Err(PortalError::Stale | PortalError::Invalid(_)) => {}
        Err(err) => return Err(err.into()),
    }
    let desk = actions::desk_item(ctx, db, id).await?;
    let drawn = of(house, chrome, desk).await?;
    let html = page(&EditPage { remarks: fields.remarks(), faults, fields, base_n, ..drawn })?;
    match is_stale {
        true => Ok((StatusCode::CONFLICT, html).into_response()),
        false => Err(Failure::Unprocessable(html)),
    }
}

/// Keeps the files that came with the form, each as a block at the end: pictures in the library, others with the
/// item.
async fn with_files(
    ctx: &Ctx,
    house: &House,
    id: PortalItemId,
    (sent, fields): (&SentForm, &mut Fields),
) -> Result<(), PortalError> {
    let kept = (&house.state.db, &house.state.files);
    for (name, content) in &sent.files {
        let came = (name.as_str(), content.clone());
        let block = if actions::is_picture_name(name) {
            let picture = actions::keep_picture(ctx, kept, came, &PictureFields::default()).await?;
            house.draw_soon(&picture);
            // A picture's words are for people to write: its name says nothing to who does not see it.
            ("anh", String::new(), picture.id)
        } else {
            let file = actions::keep_file(ctx, kept, id, came).await?;
            ("tep", file.name, file.id)
        };
        fields.blocks.push(BlockFields {
            kind: block.0.to_owned(),
            text: block.1,
            file: block.2.to_string(),
            ..BlockFields::default()
        });
    }
    Ok(())
}

/// The editor of what is at the desk; a draft of the caller comes before the newest version.
async fn of(house: &House, chrome: Chrome, desk: DeskItem) -> Result<EditPage, Failure> {
    let (fields, base_n, drafted) = match &desk.draft {
        Some(it) if desk.may(Act::Write) => (it.fields.clone(), it.base_n, words::datetime(it.at)),
        _ => (Fields::of(&desk.version.content), desk.version.n, String::new()),
    };
    let theirs = match base_n == desk.version.n {
        true => None,
        false => Some(Theirs {
            author: desk.version.author.clone(),
            at: words::datetime(desk.version.at),
            title: desk.version.content.title.clone(),
            body: newest(house, &desk).await,
        }),
    };
    let remarks = fields.remarks();
    let is_read = !desk.may(Act::Write) || desk.holder.is_some();
    let choice = |it: &(&'static str, &'static str)| Choice::new(it.0, it.1);
    let figures = house.results.as_ref().map(|it| it.0.figures()).unwrap_or_default();
    Ok(EditPage {
        faults: Faults::none(),
        body: if is_read { newest(house, &desk).await } else { String::new() },
        facts: facts(&desk.version.content.details),
        base_n,
        drafted,
        theirs,
        remarks,
        files: desk.files.iter().map(|it| Choice::new(it.id, it.name.clone())).collect(),
        figures: figures.iter().map(choice).collect(),
        kinds: BLOCK_KINDS.iter().map(choice).collect(),
        paper_kinds: DOCUMENT_KINDS.iter().map(choice).collect(),
        paper_fields: DOCUMENT_FIELDS.iter().map(choice).collect(),
        sections: desk.sections.iter().map(|it| Choice::new(it.id, it.name.clone())).collect(),
        tongues: Tongue::ALL
            .iter()
            .filter(|it| **it != Tongue::Vietnamese)
            .filter(|it| desk.tongues.family.iter().all(|one| one.tongue != **it))
            .map(|it| Choice::new(it.code(), it.label()))
            .collect(),
        preview: String::new(),
        done: "",
        planned: desk.item.publish_at.map(words::datetime).unwrap_or_default(),
        holder: desk
            .holder
            .as_ref()
            .filter(|_| desk.may(Act::Write))
            .map(|it| (it.author.clone(), words::datetime(it.since))),
        laws: desk.opinions.iter().map(law).collect(),
        typed: Typed { address: desk.item.slug.clone(), ..Typed::default() },
        fields,
        desk,
        chrome,
    })
}

/// The newest version as it will be read.
async fn newest(house: &House, desk: &DeskItem) -> String {
    let content = &desk.version.content;
    let figures = figures_of(house.results.as_ref(), content).await;
    let around = Around { files: &desk.files, pictures: &desk.pictures, pass: "", figures };
    drawn(&content.blocks, &around)
}

fn law(it: &LegalOpinion) -> Law {
    let at = words::datetime(it.at);
    let what = if it.agrees { "đồng ý với" } else { "đề nghị sửa" };
    Law {
        agrees: it.agrees,
        title: format!("{} {what} phiên bản {}, {at}", it.author, it.n),
        words: it.body.clone(),
    }
}

/// What whoever is no longer the one who has it open is told.
fn held(it: &Holder) -> String {
    let since = words::datetime(it.since);
    format!("{} đang biên tập bài này từ {since}. Chữ đang gõ ở đây vẫn được lưu nháp.", it.author)
}

/// The editor again after a step was refused.
pub(super) async fn after_step(
    ctx: &Ctx,
    house: &House,
    (id, typed): (PortalItemId, Typed),
    chrome: Chrome,
    faults: Faults,
) -> Result<Html<String>, Failure> {
    let desk = actions::desk_item(ctx, &house.state.db, id).await?;
    let drawn = of(house, chrome, desk).await?;
    page(&EditPage { faults, typed, ..drawn })
}

fn done(just: &str) -> &'static str {
    match just {
        "ghi" => "Đã ghi phiên bản mới.",
        "trinh-bien-tap" => "Đã chuyển cho biên tập.",
        "trinh-duyet" => "Đã trình lãnh đạo duyệt.",
        "tra-lai" => "Đã trả lại kèm lý do.",
        "dong-y" => "Đã ghi ý kiến pháp chế: đồng ý. Bài chuyển lãnh đạo duyệt.",
        "de-nghi-sua" => "Đã ghi ý kiến pháp chế: đề nghị sửa. Bài trở lại biên tập.",
        "tiep-quan" => "Đã tiếp quản. Người biên tập trước vẫn còn bản nháp của mình.",
        "duyet" => "Đã duyệt.",
        "bo-hen" => "Đã bỏ hẹn giờ.",
        "dinh-chinh" => "Đã mở đính chính. Người đọc vẫn thấy bản đang đăng cho đến khi duyệt.",
        "bo-dinh-chinh" => "Đã bỏ đính chính.",
        "go" => "Đã gỡ bài. Địa chỉ của bài nói rõ lý do.",
        "luu-tru" => "Đã chuyển vào lưu trữ.",
        "khoi-phuc" => "Đã khôi phục, thành phiên bản mới nhất.",
        "dia-chi" => "Đã đổi địa chỉ. Địa chỉ cũ vẫn dẫn đến bài.",
        _ => "",
    }
}
