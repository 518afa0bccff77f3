//! `/phan-anh-den/{id}/tep/{file}/che`: parts of a picture are covered before everybody may see it.

use askama::Template;
use axum::extract::{Path, Query, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use sauro_kernel::{PetitionFileId, PetitionId};
use sauro_papers::{Cover, CoverKind};
use sauro_ui::{Caller, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::id_of;
use crate::PetitionsError;
use crate::actions::{self, CaseView};
use crate::model::{MOST_COVERS, Petition, covers_of, covers_text};
use crate::pages::answer::shown;
use crate::pages::premises::Premises;
use crate::pages::upload::{self, Upload};

/// Rows of the form beside those that are filled in.
const SPARE_ROWS: usize = 3;

#[derive(Template)]
#[template(path = "petitions/desk/cover.html")]
struct CoverPage {
    chrome: Chrome,
    faults: Faults,
    it: Petition,
    name: String,
    rows: Vec<Row>,
    /// Where the picture with its covers, and without, is drawn.
    src: String,
    plain: String,
    /// Width and height as drawn, in pixels.
    size: (u32, u32),
    is_prepared: bool,
    is_public: bool,
    may_prepare: bool,
    /// It goes out with this click, not with the answer.
    goes_out_now: bool,
}

/// One part as it stands in the form, in per cent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Row {
    left: String,
    top: String,
    width: String,
    height: String,
    is_blur: bool,
}

/// What a picture is asked with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Covers {
    #[serde(rename = "che")]
    covers: String,
}

/// `GET /phan-anh-den/{id}/tep/{file}/che`.
pub(super) async fn form(
    Caller(ctx): Caller,
    premises: Premises,
    Path((id, file)): Path<(String, String)>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let (id, file) = (id_of(&id)?, file_of(&file)?);
    let house = premises.house();
    let (view, size) = actions::picture_of_case(&ctx, &house, (id, file)).await?;
    let before = view.pictures.iter().find(|it| it.file == file && !it.is_public);
    let covers = before.map(|it| it.covers.clone()).unwrap_or_default();
    let rows = covers.iter().map(Row::of).collect();
    let it = drawn(chrome, view, (file, size), (rows, &covers, Faults::none()))?;
    Ok(page(&it)?.into_response())
}

/// `POST /phan-anh-den/{id}/tep/{file}/che`: looks at it (`xem`), prepares it (`chuan-bi`), or takes it back
/// (`thoi`).
pub(super) async fn take(
    Caller(ctx): Caller,
    premises: Premises,
    Path((id, file)): Path<(String, String)>,
    chrome: Chrome,
    request: Request,
) -> Result<Response, Failure> {
    let (id, file) = (id_of(&id)?, file_of(&file)?);
    let house = premises.house();
    let typed = upload::read(request).await;
    let rows = rows_of(&typed);
    let mut faults = Faults::none();
    let covers = match covers_of_rows(&rows) {
        Ok(covers) => covers,
        Err(words) => {
            faults = Faults::from_iter([("che".to_owned(), words)]);
            Vec::new()
        }
    };
    if faults.is_empty() {
        let outcome = match typed.one("viec") {
            "chuan-bi" => {
                actions::prepare_picture(&ctx, &house, (id, file), covers.clone()).await.map(Some)
            }
            "thoi" => actions::withdraw_picture(&ctx, &house, (id, file)).await.map(Some),
            _ => Ok(None),
        };
        match outcome {
            Ok(Some(_)) => {
                let to = format!("/phan-anh-den/{id}?vua={}-anh#tep-dau", typed.one("viec"));
                return Ok(Redirect::to(&to).into_response());
            }
            Ok(None) => {}
            Err(err) => faults = shown(err)?,
        }
    }
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (view, size) = actions::picture_of_case(&ctx, &house, (id, file)).await?;
    let it = drawn(chrome, view, (file, size), (rows, &covers, faults))?;
    Ok((status, page(&it)?).into_response())
}

/// `GET /phan-anh-den/{id}/tep/{file}/anh?che=…`: the picture drawn anew; what a stranger sent never reaches the
/// browser as it came.
pub(super) async fn picture(
    Caller(ctx): Caller,
    premises: Premises,
    Path((id, file)): Path<(String, String)>,
    Query(asked): Query<Covers>,
) -> Result<Response, Failure> {
    let covers = covers_of(&asked.covers).ok_or(Failure::NotFound)?;
    let place = (id_of(&id)?, file_of(&file)?);
    let made = actions::look_at_picture(&ctx, &premises.house(), place, &covers).await;
    let made = match made {
        Err(PetitionsError::Invalid(_)) => return Err(Failure::NotFound),
        made => made?,
    };
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, made.content).into_response())
}

fn file_of(typed: &str) -> Result<PetitionFileId, Failure> {
    typed.parse().map_err(|_| Failure::NotFound)
}

fn drawn(
    chrome: Chrome,
    view: CaseView,
    (file, size): (PetitionFileId, (u32, u32)),
    (mut rows, covers, faults): (Vec<Row>, &[Cover], Faults),
) -> Result<CoverPage, Failure> {
    let of = view.files.iter().find(|it| it.id == file).ok_or(Failure::NotFound)?;
    let plain = picture_href(view.case.id, file, &[]);
    let filled = rows.len();
    rows.resize((filled + SPARE_ROWS).min(MOST_COVERS), Row::default());
    Ok(CoverPage {
        chrome,
        faults,
        name: of.name.clone(),
        rows,
        src: picture_href(view.case.id, file, covers),
        plain,
        size,
        is_prepared: view.pictures.iter().any(|it| it.file == file && !it.is_public),
        is_public: view.pictures.iter().any(|it| it.file == file && it.is_public),
        may_prepare: view.may_prepare,
        goes_out_now: !view.case.flow.state.is_open(),
        it: view.case,
    })
}

/// Where an officer sees the picture with `covers`.
pub(super) fn picture_href(id: PetitionId, file: PetitionFileId, covers: &[Cover]) -> String {
    format!("/phan-anh-den/{id}/tep/{file}/anh?che={}", covers_text(covers))
}

/// The rows that are filled in, in any of their fields.
fn rows_of(typed: &Upload) -> Vec<Row> {
    let all = |name: &str| {
        let of_name = move |it: &&(String, String)| it.0 == name;
        typed.fields.iter().filter(of_name).map(|it| it.1.trim().to_owned()).collect::<Vec<_>>()
    };
    let (tops, widths, heights, kinds) = (all("tren"), all("rong"), all("cao"), all("kieu"));
    let at = |of: &[String], n: usize| of.get(n).cloned().unwrap_or_default();
    let rows = all("trai").into_iter().take(MOST_COVERS).enumerate().map(|(n, left)| Row {
        left,
        top: at(&tops, n),
        width: at(&widths, n),
        height: at(&heights, n),
        is_blur: at(&kinds, n) == "m",
    });
    rows.filter(|it| [&it.left, &it.top, &it.width, &it.height].iter().any(|it| !it.is_empty()))
        .collect()
}

fn covers_of_rows(rows: &[Row]) -> Result<Vec<Cover>, String> {
    let one = |(n, row): (usize, &Row)| {
        row.cover().ok_or_else(|| {
            let n = n + 1;
            format!(
                "Chỗ che thứ {n}: ghi đủ cách trái, cách trên, rộng, cao bằng số phần trăm từ 0 đến 100, không vượt mép ảnh."
            )
        })
    };
    rows.iter().enumerate().map(one).collect()
}

impl Row {
    fn of(it: &Cover) -> Self {
        let percent = |n: u32| format!("{}.{}", n / 10, n % 10);
        Self {
            left: percent(it.left),
            top: percent(it.top),
            width: percent(it.width),
            height: percent(it.height),
            is_blur: it.kind == CoverKind::Blur,
        }
    }

    fn cover(&self) -> Option<Cover> {
        let thousandths = |typed: &str| {
            let percent: f64 = typed.replace(',', ".").parse().ok()?;
            (0.0..=100.0).contains(&percent).then(|| format!("{:.0}", percent * 10.0))
        };
        let kind = if self.is_blur { "m" } else { "d" };
        let text = format!(
            "{}.{}.{}.{}.{kind}",
            thousandths(&self.left)?,
            thousandths(&self.top)?,
            thousandths(&self.width)?,
            thousandths(&self.height)?,
        );
        covers_of(&text)?.pop()
    }
}
