//! Official papers as files: for Word to be edited, or as PDF to be read.

use std::sync::Arc;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use sauro_papers::{Layout, NoPress, OfficialPaper, Press, PressError, write_docx};
use sauro_ui::{Failure, words};

/// The press of the house, as the product lays it over the routes; without one Word documents have
/// plain charts and PDF is refused.
#[derive(Clone)]
pub struct HousePress(pub Arc<dyn Press>);

/// Writes papers as files of the kind that the address ends with.
pub struct Printer {
    press: Arc<dyn Press>,
    kind: PaperKind,
}

/// What a paper is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PaperKind {
    /// A document to be edited.
    Word,
    /// A document to be read.
    Pdf,
}

/// The page that says why there is no file.
#[derive(Template)]
#[template(path = "directory/not_printed.html")]
struct NotPrinted {
    sentence: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Printer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let press = parts.extensions.get::<HousePress>().cloned();
        let is_pdf = parts.uri.path().ends_with(".pdf");
        Ok(Self {
            press: press.map_or_else(|| Arc::new(NoPress) as Arc<dyn Press>, |it| it.0),
            kind: if is_pdf { PaperKind::Pdf } else { PaperKind::Word },
        })
    }
}

impl PaperKind {
    fn extension(self) -> &'static str {
        match self {
            Self::Word => "docx",
            Self::Pdf => "pdf",
        }
    }

    fn media(self) -> &'static str {
        match self {
            Self::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
        }
    }
}

impl Printer {
    /// The same, for PDF when a form asks for it by `code`.
    pub fn asked(self, code: &str) -> Self {
        let kind = if code == "pdf" { PaperKind::Pdf } else { self.kind };
        Self { kind, ..self }
    }

    /// `paper` as a file to keep, called `name` and what goes with its kind.
    ///
    /// # Errors
    ///
    /// [`Failure`] when it cannot be written; of a PDF that is too long with what to do instead.
    pub async fn answer(
        self,
        name: &str,
        paper: OfficialPaper,
        layout: Layout,
    ) -> Result<Response, Failure> {
        let Self { press, kind } = self;
        let write = move || match kind {
            PaperKind::Word => write_docx(&paper, layout, &*press).map_err(Failure::internal),
            PaperKind::Pdf => press.pdf(&paper, layout).map_err(not_printed),
        };
        let bytes = tokio::task::spawn_blocking(write).await.map_err(Failure::internal)??;
        Ok(file(&format!("{name}.{}", kind.extension()), kind.media(), bytes))
    }

    /// The press itself.
    pub fn press(self) -> Arc<dyn Press> {
        self.press
    }
}

/// `bytes` as a private file to keep.
pub fn file(name: &str, media: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// What a reader is told when nothing came off the press.
pub fn not_printed(err: PressError) -> Failure {
    let sentence = match err {
        PressError::TooLong { rows, most } => format!(
            "Văn bản có {} dòng bảng, PDF chỉ nhận đến {} dòng. Lọc bớt, hoặc tải bản Word.",
            words::number(rows),
            words::number(most)
        ),
        PressError::Absent => "Máy chủ này không in PDF. Tải bản Word.".to_owned(),
        PressError::Busy => return Failure::Unavailable,
        err @ PressError::Broken(_) => return Failure::internal(err),
    };
    match (NotPrinted { sentence }).render() {
        Ok(html) => Failure::Unprocessable(Html(html)),
        Err(err) => Failure::internal(err),
    }
}
