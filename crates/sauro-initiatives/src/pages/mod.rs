//! The pages of initiatives: sending, following, the list for everybody, and the desk of officials.

mod answer;
mod applied;
mod case;
mod certificate;
mod council;
mod councils;
mod desk;
mod desk_case;
mod export;
mod list;
mod own;
mod problem_desk;
mod problems;
mod send;
mod sheet;
mod upload;
mod view;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::routing::{get, post};
use axum::{Extension, Router};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::{Directory, Maps};
use sauro_kernel::{Actor, Ctx, VIETNAM, WorkingCalendar};
use sauro_store::Keys;
use sauro_ui::{AppState, Citizen, Failure, Source, Visitor};

use crate::actions::{MAX_FILE_BYTES, Room, visitor};
use crate::model::Terms;

/// Every page of this room. They ask for `Extension<Keys>` and `Extension<DirectoryHandle>`, and heed an
/// `Extension<Terms>`.
pub fn routes() -> Router<AppState> {
    let sending = Router::new()
        .route("/sang-kien/gui", get(send::form).post(send::send))
        .layer(DefaultBodyLimit::max(3 * MAX_FILE_BYTES));
    Router::new()
        .merge(sending)
        .route("/sang-kien", get(list::show))
        .route("/cua-toi/sang-kien", get(own::show))
        .route("/sang-kien.csv", get(export::csv))
        .route("/sang-kien.json", get(export::json))
        .route("/sang-kien/tra-cuu", get(list::find))
        .route("/sang-kien/{code}", get(case::show).post(case::supply))
        .route("/sang-kien/{code}/bien-nhan.json", get(case::receipt))
        .route("/sang-kien/{code}/bang-diem.csv", get(sheet::csv))
        .route("/sang-kien/{code}/bang-diem.xlsx", get(sheet::xlsx))
        .route(
            "/sang-kien/{code}/chung-nhan/{check}",
            get(certificate::show).post(certificate::compare),
        )
        .route("/sang-kien/{code}/ung-ho", post(case::support))
        .route("/sang-kien/{code}/tep/{n}", get(case::file))
        .route("/dat-hang", get(problems::show))
        .route("/dat-hang/{number}", get(problems::one))
        .route("/bai-toan", get(problem_desk::show))
        .route("/bai-toan/moi", get(problem_desk::form).post(problem_desk::publish))
        .route("/bai-toan/{id}", get(problem_desk::one).post(problem_desk::change))
        .route("/ho-so-sang-kien", get(desk::show))
        .route("/ho-so-sang-kien/{id}", get(desk_case::show).post(desk_case::change))
        .route("/ho-so-sang-kien/{id}/ap-dung", post(applied::change))
        .route("/ho-so-sang-kien/{id}/chung-nhan", post(certificate::change))
        .route("/ho-so-sang-kien/{id}/chung-nhan.json", get(certificate::file))
        .route("/ho-so-sang-kien/{id}/chung-nhan.pdf", get(certificate::pdf))
        .route("/hoi-dong-sang-kien", get(councils::show).post(councils::open))
        .route("/hoi-dong-sang-kien/{id}", get(council::show).post(council::change))
}

/// What the pages work with, for as long as a request takes, and who asks: somebody signed in, or anybody.
struct House {
    state: AppState,
    keys: Keys,
    directory: Arc<Directory>,
    calendar: Arc<WorkingCalendar>,
    terms: Terms,
    maps: Arc<Maps>,
    /// The caller; a visitor when nobody is signed in.
    ctx: Ctx,
    /// Where the request comes from, as the server sees it.
    source: String,
    /// The citizen who signed in, who is no caller.
    citizen: Option<Arc<Citizen>>,
    /// Whether citizens can sign in here.
    is_offered: bool,
}

impl House {
    fn room(&self) -> Room<'_> {
        Room {
            db: &self.state.db,
            files: &self.state.files,
            keys: &self.keys,
            directory: &self.directory,
            calendar: &self.calendar,
            terms: self.terms,
        }
    }

    fn today(&self) -> chrono::NaiveDate {
        self.state.clock.now().with_timezone(&VIETNAM).date_naive()
    }
}

impl FromRequestParts<AppState> for House {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let lacks = |_| Failure::internal(Unmounted);
        let Extension(keys) =
            Extension::<Keys>::from_request_parts(parts, state).await.map_err(lacks)?;
        let found = Extension::<DirectoryHandle>::from_request_parts(parts, state).await;
        let Extension(directory) = found.map_err(lacks)?;
        let terms = parts.extensions.get::<Terms>().copied().unwrap_or_default();
        let actor = parts.extensions.get::<Actor>().cloned().unwrap_or_else(visitor);
        let ctx = Ctx { actor, clock: state.clock.clone(), ids: state.ids.clone() };
        let Visitor { is_offered, citizen } =
            parts.extensions.get::<Visitor>().cloned().unwrap_or_default();
        Ok(Self {
            citizen,
            is_offered,
            state: state.clone(),
            keys,
            directory: directory.directory(),
            calendar: directory.calendar(),
            terms,
            maps: directory.maps().maps(),
            source: parts.extensions.get::<Source>().map(|it| it.0.clone()).unwrap_or_default(),
            ctx,
        })
    }
}

/// The product forgot to lay something over the routes.
#[derive(Debug, thiserror::Error)]
#[error("the routes of initiatives lack their keys or their directory")]
struct Unmounted;

/// The fields of a form, in their order.
type Sent = Vec<(String, String)>;

/// The field `name` of a form, or empty.
fn text<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str())
}
