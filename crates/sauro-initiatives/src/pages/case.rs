//! `/sang-kien/{code}`: one initiative for whoever has its code, its receipt and its files.

use std::time::Duration;

use askama::Template;
use axum::body::Body;
use axum::extract::{Form, Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_directory::nation_map;
use sauro_kernel::{Right, Role};
use sauro_store::FileHash;
use sauro_ui::{Caller, Chrome, Failure, Faults, MapLook, NationMap, filters, page};
use serde::Deserialize;

use super::answer::shown;
use super::certificate::CertificateRow;
use super::problems::{ProblemRow, answered};
use super::sheet::SheetView;
use super::view::{AppliedRow, DossierView, StepRow, authors, next, reach, timeline};
use super::{House, Sent, text};
use crate::InitiativesError;
use crate::actions::{self, Case};
use crate::model::{Initiative, Stage};

/// A wrong code is answered no sooner than this, so that guessing takes for ever.
pub(super) const PAUSE: Duration = Duration::from_millis(300);

#[derive(Template)]
#[template(path = "initiatives/case.html")]
struct CasePage {
    chrome: Chrome,
    faults: Faults,
    it: Initiative,
    status: (&'static str, &'static str),
    receiver: String,
    unit: String,
    next: String,
    steps: Vec<StepRow>,
    problems: Vec<(bool, ProblemRow)>,
    authors: Vec<(String, String)>,
    /// What stands in the dossier; none for everybody when the authors keep it.
    dossier: Option<DossierView>,
    hash: String,
    is_sealed: bool,
    is_new: bool,
    /// Not listed: only whoever has the code comes here.
    is_private: bool,
    sheet: Option<SheetView>,
    applied: Vec<AppliedRow>,
    n_units: usize,
    n_places: usize,
    map: Option<NationMap>,
    typed: String,
    address: String,
    qr: String,
    support: SupportView,
    certificates: Vec<CertificateRow>,
}

/// How many support it, and what the reader may do about it.
struct SupportView {
    n: i64,
    is_own: bool,
    may: bool,
    /// The reader sent it, and does not count.
    is_sender: bool,
    /// Citizens can sign in here.
    is_offered: bool,
}

/// How a case is looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// What was just done.
    #[serde(rename = "vua")]
    just: String,
    /// A version of the dossier.
    #[serde(rename = "ban")]
    version: String,
}

/// `GET /sang-kien/{code}`.
pub(super) async fn show(
    house: House,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let case = found(&house, &code).await?;
    if case.initiative.code.as_str() != code {
        let at = format!("/sang-kien/{}", case.initiative.code);
        return Ok(Redirect::to(&at).into_response());
    }
    let keep = if case.initiative.stage.is_listed() { "private, no-cache" } else { "no-store" };
    let html =
        draw(&house, chrome, case, (asked.just == "gui", String::new(), Faults::none())).await?;
    Ok(([(header::CACHE_CONTROL, keep)], html).into_response())
}

/// `POST /sang-kien/{code}`: the author adds what was asked for.
pub(super) async fn supply(
    house: House,
    Path(code): Path<String>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let case = found(&house, &code).await?;
    let words = text(&sent, "bo-sung");
    match actions::supply(&house.ctx, &house.room(), &code, words).await {
        Ok(it) => Ok(Redirect::to(&format!("/sang-kien/{}", it.code)).into_response()),
        Err(err) => {
            let faults = shown(err)?;
            let html = draw(&house, chrome, case, (false, words.to_owned(), faults)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

/// `POST /sang-kien/{code}/ung-ho`: somebody signed in supports it, or no more.
pub(super) async fn support(
    caller: Result<Caller, Failure>,
    house: House,
    Path(code): Path<String>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let wants = match text(&sent, "viec") {
        "ung-ho" => true,
        "thoi" => false,
        _ => return Err(Failure::NotFound),
    };
    let (db, asked) = (&house.state.db, (code.as_str(), wants));
    // Whoever is both counts as the official.
    let counted = match (caller, &house.citizen) {
        (Ok(Caller(ctx)), _) => actions::support(&ctx, db, asked).await,
        (Err(_), Some(citizen)) => actions::support_as(&house.ctx, db, asked, citizen).await,
        (Err(refused), None) => return Err(refused),
    };
    match counted {
        Ok(it) => Ok(Redirect::to(&format!("/sang-kien/{}#ung-ho", it.code)).into_response()),
        Err(err) => {
            let faults = shown(err)?;
            let case = found(&house, &code).await?;
            let html = draw(&house, chrome, case, (false, String::new(), faults)).await?;
            Err(Failure::Unprocessable(html))
        }
    }
}

/// `GET /sang-kien/{code}/bien-nhan.json`: the proof of priority as a file.
pub(super) async fn receipt(
    house: House,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let case = found(&house, &code).await?;
    if !is_readable(&case) {
        return Err(Failure::NotFound);
    }
    let n = asked.version.parse().unwrap_or(case.initiative.n);
    let file = actions::proof_file(&house.state.db, &case, n).await?;
    // The page says from when on there is one.
    let file = file.ok_or(Failure::NotFound)?;
    let name = format!("attachment; filename=\"bien-nhan-{}-{n}.json\"", case.initiative.code);
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, file.bytes()).into_response())
}

/// `GET /sang-kien/{code}/tep/{n}`: a file, always as a download.
pub(super) async fn file(
    house: House,
    Path((code, n)): Path<(String, usize)>,
) -> Result<Response, Failure> {
    let case = found(&house, &code).await?;
    if !is_readable(&case) {
        // Those who work on it read it all the same.
        actions::case(&house.ctx, &house.room(), case.initiative.id).await?;
    }
    download(&house, &case, n).await
}

/// The file `n` of a dossier, counted from 1.
async fn download(house: &House, case: &Case, n: usize) -> Result<Response, Failure> {
    let at = n.checked_sub(1).ok_or(Failure::NotFound)?;
    let mark = case.dossier.files.get(at).ok_or(Failure::NotFound)?;
    let mut hash = [0; 32];
    hex::decode_to_slice(&mark.sha256, &mut hash).map_err(Failure::internal)?;
    let content = house.state.files.stream(&FileHash(hash)).await?;
    let n_bytes = i64::try_from(mark.n_bytes).map_err(Failure::internal)?;
    let it = (mark.name.as_str(), mark.mime.as_str(), n_bytes);
    sauro_ui::download(Body::from_stream(content), it)
}

/// The case with `code`. A wrong code and an unknown one take equally long and look alike.
pub(super) async fn found(house: &House, code: &str) -> Result<Case, Failure> {
    match actions::of_code(&house.state.db, code).await {
        Err(InitiativesError::NotFound(_)) => {
            tokio::time::sleep(PAUSE).await;
            Err(Failure::NotFound)
        }
        found => Ok(found?),
    }
}

/// Whether whoever has the code may read the content: the author while nobody else knows the code, and
/// everybody if the authors agreed.
fn is_readable(case: &Case) -> bool {
    !case.initiative.stage.is_listed() || case.initiative.is_open
}

async fn draw(
    house: &House,
    chrome: Chrome,
    case: Case,
    (is_new, typed, faults): (bool, String, Faults),
) -> Result<Html<String>, Failure> {
    let today = house.today();
    let directory = &house.directory;
    let it = &case.initiative;
    let address = format!("{}/sang-kien/{}", chrome.public_url(), it.code);
    let sheet = actions::score_sheet(&house.state.db, it.id).await?;
    let all = match it.stage.is_recognised() {
        true => actions::applications(&house.state.db, it.id).await?,
        false => Vec::new(),
    };
    let (n_units, places) = reach(&all);
    let proof = actions::proof_file(&house.state.db, &case, it.n).await?;
    page(&CasePage {
        faults,
        status: it.status(today, house.terms),
        receiver: directory.name(it.receiver).to_owned(),
        unit: it.unit.map(|it| directory.name(it).to_owned()).unwrap_or_default(),
        next: next(it, directory),
        steps: timeline(&case, directory, today),
        problems: answered(house, it).await?,
        authors: authors(&case),
        dossier: is_readable(&case)
            .then(|| DossierView::of(&case.dossier, &format!("/sang-kien/{}/tep", it.code))),
        hash: case.versions.last().map(|it| hex::encode(it.hash)).unwrap_or_default(),
        is_sealed: proof.is_some(),
        is_new,
        is_private: !it.stage.is_listed(),
        sheet: sheet.map(|it| SheetView::of(&it, house)),
        applied: all.iter().map(|it| AppliedRow::of(it, directory, None)).collect(),
        n_units,
        n_places: places.len(),
        map: if places.is_empty() {
            None
        } else {
            nation_map(&house.maps, &|code, name| look(house, &places, (code, name)))
        },
        typed,
        qr: sauro_ui::qr(&address, "Mã QR dẫn đến trang theo dõi hồ sơ này", 160)
            .unwrap_or_default(),
        address,
        certificates: actions::certificates(&house.state.db, it.id)
            .await?
            .iter()
            .map(CertificateRow::of)
            .collect(),
        support: support_view(house, it).await?,
        it: case.initiative,
        chrome,
    })
}

/// What the reader may do about supporting `it`: an official, or a citizen who signed in.
async fn support_view(house: &House, it: &Initiative) -> Result<SupportView, Failure> {
    let (ctx, db) = (&house.ctx, &house.state.db);
    if let Some(citizen) = house.citizen.as_ref().filter(|_| ctx.actor.role == Role::Public) {
        let (is_own, is_sender) = actions::support_of_citizen(db, citizen, it.id).await?;
        let (n, is_offered) = (it.n_supports, house.is_offered);
        return Ok(SupportView { n, is_own, may: !is_sender, is_sender, is_offered });
    }
    let is_sender = it.sender == Some(ctx.actor.account);
    Ok(SupportView {
        n: it.n_supports,
        is_own: actions::supports(ctx, db, it.id).await?,
        may: ctx.may(Right::SupportInitiatives, ctx.actor.own()) && !is_sender,
        is_sender,
        is_offered: house.is_offered,
    })
}

/// A province on the map: filled where somebody applies it.
fn look(house: &House, places: &[String], (code, name): (&str, &str)) -> MapLook {
    let name = house
        .directory
        .atlas()
        .place(code)
        .and_then(|it| it.names.last())
        .map_or(name, |it| &it.name);
    let is_on = places.iter().any(|it| it == code);
    let (words, fill) = match is_on {
        true => ("có nơi áp dụng", "var(--h-4)"),
        false => ("chưa có nơi áp dụng", "url(#gach)"),
    };
    MapLook {
        name: name.to_owned(),
        words: words.to_owned(),
        fill: fill.to_owned(),
        href: String::new(),
    }
}

impl CasePage {
    /// The author is asked to add something.
    fn is_asked(&self) -> bool {
        self.it.stage == Stage::Asked
    }
}
