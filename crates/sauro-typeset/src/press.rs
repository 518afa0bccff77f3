//! The typesetter and the little world that it sees.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use sauro_papers::{Board, BoardTile, Layout, OfficialPaper, Press, PressError, set};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use typst_svg::SvgOptions;

use crate::boards;
use crate::fonts::FACES;
use crate::pixels::Drawer;
use crate::plan;

/// The rows a PDF may have: enough for some hundred pages, and typeset within seconds.
pub const MOST_ROWS: usize = 4_000;
/// How many may wait for their paper; whoever comes later is told to try again.
const MOST_WAITING: usize = 16;

/// The press of the product. Its parts are made when the first paper comes.
#[derive(Default)]
pub struct Typesetter {
    parts: OnceLock<Parts>,
    /// One paper at a time: what the typesetter remembers is forgotten after each.
    turn: Mutex<()>,
    /// How many wait for their turn or have it.
    waiting: AtomicUsize,
}

/// What does not change from paper to paper.
struct Parts {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    drawer: Drawer,
}

impl Parts {
    fn new() -> Self {
        let fonts: Vec<Font> = FACES.iter().flat_map(|it| Font::iter(Bytes::new(*it))).collect();
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            drawer: Drawer::new(),
        }
    }
}

impl Typesetter {
    fn parts(&self) -> &Parts {
        self.parts.get_or_init(Parts::new)
    }

    /// Sets the program `source` over `files`, and makes of it what `make` makes.
    fn print<T>(
        &self,
        source: &str,
        files: Vec<(String, Vec<u8>)>,
        make: impl FnOnce(&PagedDocument) -> Result<T, PressError>,
    ) -> Result<T, PressError> {
        let mut kept = HashMap::new();
        for (name, bytes) in files {
            kept.insert(id(&name)?, Bytes::new(bytes));
        }
        let source = Source::new(id("/main.typ")?, source.to_owned());
        let job = Job { parts: self.parts(), source, files: kept };
        let _place = Place::among(&self.waiting)?;
        // Poisoned means that another paper made it panic, which leaves nothing half done here.
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let set = typst::compile::<PagedDocument>(&job).output.map_err(|it| broken(&it));
        let made = set.and_then(|it| make(&it));
        typst::comemo::evict(0);
        made
    }
}

/// A place in the queue; it is given back however the work ends.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn among(waiting: &'a AtomicUsize) -> Result<Self, PressError> {
        let place = Self(waiting);
        if waiting.fetch_add(1, Ordering::SeqCst) >= MOST_WAITING {
            return Err(PressError::Busy);
        }
        Ok(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn pdf(document: &PagedDocument) -> Result<Vec<u8>, PressError> {
    let options =
        PdfOptions { creator: Smart::Custom(Some("Sáu Rõ".to_owned())), ..PdfOptions::default() };
    typst_pdf::pdf(document, &options).map_err(|it| broken(&it))
}

fn svg(document: &PagedDocument) -> Result<String, PressError> {
    let page = document.pages().first();
    let page = page.ok_or_else(|| PressError::Broken("no page".to_owned()))?;
    Ok(typst_svg::svg(page, &SvgOptions::default()))
}

impl Press for Typesetter {
    fn pdf(&self, paper: &OfficialPaper, layout: Layout) -> Result<Vec<u8>, PressError> {
        let setting = set::set(paper, layout);
        let rows = plan::n_rows(&setting);
        if rows > MOST_ROWS {
            return Err(PressError::TooLong { rows, most: MOST_ROWS });
        }
        self.print(include_str!("paper.typ"), plan::of(&setting), pdf)
    }

    fn board(&self, board: &Board) -> Result<Vec<u8>, PressError> {
        self.print(include_str!("board.typ"), boards::of(board, false), pdf)
    }

    fn tile(&self, tile: &BoardTile, scale: f32) -> Result<Vec<u8>, PressError> {
        let board =
            Board { title: tile.title.clone(), note: String::new(), tiles: vec![tile.clone()] };
        let drawn = self.print(include_str!("board.typ"), boards::of(&board, true), svg)?;
        self.png(&drawn, scale)
    }

    fn png(&self, svg: &str, scale: f32) -> Result<Vec<u8>, PressError> {
        self.parts().drawer.png(svg, scale)
    }
}

fn id(path: &str) -> Result<FileId, PressError> {
    let path = VirtualPath::new(path).map_err(|_| PressError::Broken(format!("path {path}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn broken(faults: &[SourceDiagnostic]) -> PressError {
    let words: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    PressError::Broken(words.join("; "))
}

/// What one paper is made of.
struct Job<'a> {
    parts: &'a Parts,
    source: Source,
    files: HashMap<FileId, Bytes>,
}

impl World for Job<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.parts.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.parts.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() {
            return Ok(self.source.clone());
        }
        Err(absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.parts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
