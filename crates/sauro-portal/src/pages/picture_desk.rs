//! `/bien-tap/kho-anh/{id}`: one picture of the library.

use askama::Template;
use axum::extract::{Path, Query, Request};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::Ctx;
use sauro_papers::PictureFormat;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, SentForm, page, words};
use uuid::Uuid;

use super::House;
use super::answer::shown;
use super::pictures::{Asked, fields_of, licences};
use super::shown::{COLUMN, Frame, THUMB, tag};
use crate::PortalError;
use crate::actions::{self, DeskPicture};
use crate::model::{PictureFields, Rendition};

/// How wide the picture is on which one points, in CSS pixels: a browser says where in these. It fits a telephone.
const POINTED_AT: i64 = 256;

#[derive(Template)]
#[template(path = "portal/picture.html")]
struct PicturePage {
    chrome: Chrome,
    faults: Faults,
    desk: DeskPicture,
    fields: PictureFields,
    licences: Vec<Choice>,
    whole: String,
    cut: String,
    /// The file on which one points.
    target: String,
    /// How high that is in CSS pixels.
    target_height: i64,
    /// What stays in sight, in hundredths, as typed.
    aim: (String, String),
    uses: Vec<Used>,
    versions: Vec<Past>,
    size: String,
    added: String,
    done: &'static str,
}

/// Where the picture is used.
struct Used {
    href: String,
    title: String,
    status: (&'static str, &'static str),
    is_live: bool,
}

/// What the picture showed.
struct Past {
    n: i64,
    name: String,
    by: String,
    at: String,
    size: String,
}

/// `GET /bien-tap/kho-anh/{id}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<Uuid>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let drawn = of(&ctx, &house, chrome, id).await?;
    page(&PicturePage { done: done(&asked.just), ..drawn })
}

/// `POST /bien-tap/kho-anh/{id}`.
pub(super) async fn change(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<Uuid>,
    chrome: Chrome,
    request: Request,
) -> Result<Response, Failure> {
    let sent = SentForm::read(request).await;
    if sent.cut.is_some() {
        return Err(Failure::TooLarge);
    }
    let db = &house.state.db;
    let key = (id, sent.one("dau").parse().unwrap_or_default());
    let fields = fields_of(&sent);
    let (just, answer) = match sent.one("viec") {
        "ghi" => ("ghi", actions::describe_picture(&ctx, db, key, &fields).await.map(drop)),
        "thay" => ("thay", replaced(&ctx, &house, key, &sent).await),
        "bo" => match actions::remove_picture(&ctx, db, key).await {
            Ok(()) => return Ok(Redirect::to("/bien-tap/kho-anh?vua=bo").into_response()),
            Err(err) => ("", Err(err)),
        },
        _ => {
            let answer = match aimed(&sent) {
                Some(focal) => actions::aim_picture(&ctx, db, key, focal).await.map(drop),
                None => Err(PortalError::of_field("ngang", "Ghi số từ 0 đến 100.")),
            };
            ("diem", answer)
        }
    };
    let Err(err) = answer else {
        return Ok(Redirect::to(&format!("/bien-tap/kho-anh/{id}?vua={just}")).into_response());
    };
    let faults = shown(err)?;
    let drawn = of(&ctx, &house, chrome, id).await?;
    let fields = if sent.one("viec") == "ghi" { fields } else { drawn.fields };
    Err(Failure::Unprocessable(page(&PicturePage { faults, fields, ..drawn })?))
}

async fn replaced(
    ctx: &Ctx,
    house: &House,
    key: (Uuid, i64),
    sent: &SentForm,
) -> Result<(), PortalError> {
    let Some((name, content)) = sent.files.first() else {
        return Err(PortalError::of_field("tep", "Chọn ảnh thay vào."));
    };
    let kept = (&house.state.db, &house.state.files);
    let came = (name.as_str(), content.clone());
    let picture = actions::replace_picture(ctx, kept, key, came).await?;
    house.draw_soon(&picture);
    Ok(())
}

/// Where somebody pointed on the picture, or what they typed, in thousandths.
fn aimed(sent: &SentForm) -> Option<(i64, i64)> {
    let whole = |name: &str| sent.one(name).trim().parse::<i64>().ok();
    if let (Some(x), Some(y), Some(high)) = (whole("diem.x"), whole("diem.y"), whole("cao")) {
        let share = |n: i64, side: i64| (n.clamp(0, side) * 1000) / side.max(1);
        return Some((share(x, POINTED_AT), share(y, high.clamp(1, 10_000))));
    }
    let typed = |name: &str| {
        let number: f64 = sent.one(name).trim().replace(',', ".").parse().ok()?;
        let is_share = (0.0..=100.0).contains(&number);
        // Within a hundred, so that nothing is lost.
        is_share.then(|| (number * 10.0).round() as i64)
    };
    Some((typed("ngang")?, typed("doc")?))
}

async fn of(ctx: &Ctx, house: &House, chrome: Chrome, id: Uuid) -> Result<PicturePage, Failure> {
    let desk = actions::desk_picture(ctx, &house.state.db, id).await?;
    let it = &desk.picture;
    let frame =
        |is_cut, sizes| Frame { alt: it.alt.as_str(), sizes, is_lazy: false, is_cut, pass: "" };
    let format = if it.shot.is_clear { PictureFormat::Png } else { PictureFormat::Jpeg };
    let (wide, high) = (it.shot.width.max(1), it.shot.height.max(1));
    let percent =
        |n: i64| if n % 10 == 0 { format!("{}", n / 10) } else { format!("{},{}", n / 10, n % 10) };
    Ok(PicturePage {
        faults: Faults::none(),
        fields: PictureFields::of(it),
        licences: licences(),
        whole: tag(it, &frame(false, COLUMN)),
        cut: tag(it, &frame(true, THUMB)),
        target: it.path(Rendition { width: 640, format }),
        target_height: (POINTED_AT * high / wide).max(1),
        aim: (percent(it.focal.0), percent(it.focal.1)),
        uses: desk.uses.iter().map(used).collect(),
        versions: desk
            .versions
            .iter()
            .map(|it| Past {
                n: it.n,
                name: it.shot.name.clone(),
                by: it.author.clone(),
                at: words::datetime(it.at),
                size: words::bytes(it.shot.n_bytes),
            })
            .collect(),
        size: size(it.shot.width, it.shot.height),
        added: words::datetime(it.added_at),
        done: "",
        chrome,
        desk,
    })
}

fn size(width: i64, height: i64) -> String {
    if width > 0 { format!("{width} × {height} điểm ảnh") } else { String::new() }
}

fn used(it: &actions::Use) -> Used {
    let (href, title) = match &it.item {
        Some(it) => (format!("/bien-tap/{}", it.id), it.title.clone()),
        None => (String::new(), "Bài của chuyên mục khác".to_owned()),
    };
    Used { href, title, status: it.state.status(), is_live: it.is_live && it.state.is_read() }
}

fn done(just: &str) -> &'static str {
    match just {
        "tai" => "Đã thêm ảnh vào kho.",
        "ghi" => "Đã ghi.",
        "diem" => "Đã chọn điểm phải thấy. Hình cắt ở dưới theo điểm này.",
        "thay" => "Đã thay ảnh. Nơi nào dùng ảnh này hiện ảnh mới ngay, địa chỉ giữ nguyên.",
        _ => "",
    }
}
