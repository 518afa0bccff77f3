//! The walk through a page's drawing operations: which letters stand where.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Instant;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font::{Font, float};
use super::grid::Rule;
use super::matrix::Matrix;
use crate::error::{PaperError, TooBig};
use crate::letters::Legacy;
use crate::limits::{MAX_PDF_SECONDS, MAX_TEXT_CHARS, MAX_UNPACKED_BYTES};

/// Deepest nesting of drawings inside drawings.
const MAX_DEPTH: usize = 6;

/// Letters shown in one go, with their place on the page (upwards and to the right).
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) text: String,
    /// The name of its font.
    pub(super) face: Rc<str>,
    pub(super) legacy: Option<(Legacy, bool)>,
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    char_space: f32,
    word_space: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

/// Reads pages of one document within a common budget of time, bytes and letters.
pub(super) struct Walk<'a> {
    document: &'a Document,
    fonts: BTreeMap<ObjectId, Rc<Font>>,
    started: Instant,
    bytes: usize,
    chars: usize,
    state: State,
    saved: Vec<State>,
    line: Matrix,
    text: Matrix,
    pieces: Vec<Piece>,
    /// Lines of the path being drawn, and its last point.
    path: Vec<Rule>,
    pen: (f32, f32),
    rules: Vec<Rule>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(document: &'a Document, started: Instant) -> Self {
        let state = State {
            matrix: Matrix::ONE,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Self {
            document,
            fonts: BTreeMap::new(),
            started,
            bytes: 0,
            chars: 0,
            state,
            saved: Vec::new(),
            line: Matrix::ONE,
            text: Matrix::ONE,
            pieces: Vec::new(),
            path: Vec::new(),
            pen: (0.0, 0.0),
            rules: Vec::new(),
        }
    }

    /// The letters and the ruled lines of one page.
    pub(super) fn page(&mut self, id: ObjectId) -> Result<(Vec<Piece>, Vec<Rule>), PaperError> {
        let Ok(page) = self.document.get_dictionary(id) else { return Ok(Default::default()) };
        let left = (MAX_UNPACKED_BYTES as usize).saturating_sub(self.bytes);
        let content = self
            .document
            .get_page_content_with_limit(id, left)
            .map_err(|_| PaperError::too_big(TooBig::Unpacked, MAX_UNPACKED_BYTES))?;
        let fresh = Self::new(self.document, self.started).state;
        self.state = fresh;
        self.saved.clear();
        self.run(&content, resources(self.document, page), 0)?;
        Ok((std::mem::take(&mut self.pieces), std::mem::take(&mut self.rules)))
    }

    fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), PaperError> {
        self.bytes = self.bytes.saturating_add(content.len());
        for (n, operation) in Content::decode_iter(content).enumerate() {
            let Ok(operation) = operation else { return Ok(()) };
            if n % 256 == 0 && self.started.elapsed().as_secs() >= MAX_PDF_SECONDS {
                return Err(PaperError::too_big(TooBig::Seconds, MAX_PDF_SECONDS));
            }
            if operation.operator == "Do" {
                self.draw(&operation, resources, depth)?;
            } else {
                self.step(&operation, resources)?;
            }
        }
        Ok(())
    }

    /// A drawing inside the drawing.
    fn draw(
        &mut self,
        operation: &Operation,
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), PaperError> {
        let document = self.document;
        let name = operation.operands.first().and_then(|o| o.as_name().ok()).unwrap_or(b"");
        let found = resources
            .and_then(|r| r.get_deref(b"XObject", document).ok())
            .and_then(|x| x.as_dict().ok())
            .and_then(|x| x.get_deref(name, document).ok())
            .and_then(|x| x.as_stream().ok());
        let Some(form) = found.filter(|f| {
            f.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Form")
        }) else {
            return Ok(());
        };
        if depth >= MAX_DEPTH {
            return Ok(());
        }
        let left = (MAX_UNPACKED_BYTES as usize).saturating_sub(self.bytes);
        let content = form
            .get_plain_content_with_limit(left)
            .map_err(|_| PaperError::too_big(TooBig::Unpacked, MAX_UNPACKED_BYTES))?;
        let before = (self.state.clone(), self.saved.len());
        if let Ok(list) = form.dict.get_deref(b"Matrix", document).and_then(Object::as_array) {
            let numbers: Vec<f32> = list.iter().filter_map(|o| float(document, o)).collect();
            self.state.matrix = Matrix::read(&numbers).times(&self.state.matrix);
        }
        let own = form
            .dict
            .get_deref(b"Resources", document)
            .and_then(Object::as_dict)
            .ok()
            .or(resources);
        let result = self.run(&content, own, depth + 1);
        self.state = before.0;
        self.saved.truncate(before.1);
        result
    }

    fn step(
        &mut self,
        operation: &Operation,
        resources: Option<&'a Dictionary>,
    ) -> Result<(), PaperError> {
        let numbers: Vec<f32> =
            operation.operands.iter().take(6).filter_map(|o| o.as_float().ok()).collect();
        let at = |n: usize| numbers.get(n).copied().unwrap_or(0.0);
        match operation.operator.as_str() {
            "q" if self.saved.len() < 256 => self.saved.push(self.state.clone()),
            "Q" => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            "cm" => self.state.matrix = Matrix::read(&numbers).times(&self.state.matrix),
            "BT" => (self.line, self.text) = (Matrix::ONE, Matrix::ONE),
            "Tf" => {
                let name = operation.operands.first().and_then(|o| o.as_name().ok()).unwrap_or(b"");
                self.state.font = self.font(name, resources);
                self.state.size = at(0);
            }
            "Tc" => self.state.char_space = at(0),
            "Tw" => self.state.word_space = at(0),
            "Tz" => self.state.scale = at(0) / 100.0,
            "TL" => self.state.leading = at(0),
            "Ts" => self.state.rise = at(0),
            "Td" => self.next_line(at(0), at(1)),
            "TD" => {
                self.state.leading = -at(1);
                self.next_line(at(0), at(1));
            }
            "Tm" => (self.line, self.text) = (Matrix::read(&numbers), Matrix::read(&numbers)),
            "T*" => self.next_line(0.0, -self.state.leading),
            "Tj" => self.show_all(operation.operands.first())?,
            "TJ" => self.show_spaced(operation.operands.first())?,
            "'" | "\"" => {
                if operation.operator == "\"" {
                    (self.state.word_space, self.state.char_space) = (at(0), at(1));
                }
                self.next_line(0.0, -self.state.leading);
                self.show_all(operation.operands.last())?;
            }
            _ => self.outline(&operation.operator, &numbers),
        }
        Ok(())
    }

    /// Remembers straight lines that are really drawn: a path that only clips leaves none.
    fn outline(&mut self, operator: &str, numbers: &[f32]) {
        match (operator, numbers) {
            ("m", [x, y]) => self.pen = self.state.matrix.point(*x, *y),
            ("l", [x, y]) => {
                let to = self.state.matrix.point(*x, *y);
                self.edge(self.pen, to);
                self.pen = to;
            }
            ("re", [x, y, w, h]) => {
                let at = |x: f32, y: f32| self.state.matrix.point(x, y);
                let (a, b, c, d) = (at(*x, *y), at(x + w, *y), at(x + w, y + h), at(*x, y + h));
                for (from, to) in [(a, b), (b, c), (d, c), (a, d)] {
                    self.edge(from, to);
                }
            }
            ("S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*", _) => {
                if self.rules.len() < 10_000 {
                    self.rules.append(&mut self.path);
                }
                self.path.clear();
            }
            ("n", _) => self.path.clear(),
            _ => {}
        }
    }

    fn edge(&mut self, from: (f32, f32), to: (f32, f32)) {
        if self.path.len() < 10_000 {
            self.path.extend(Rule::new(from, to));
        }
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = Matrix::shift(x, y).times(&self.line);
        self.text = self.line;
    }

    fn show_all(&mut self, operand: Option<&Object>) -> Result<(), PaperError> {
        match operand {
            Some(Object::String(bytes, _)) => self.show(bytes),
            _ => Ok(()),
        }
    }

    fn show_spaced(&mut self, operand: Option<&Object>) -> Result<(), PaperError> {
        let Some(Object::Array(items)) = operand else { return Ok(()) };
        for item in items {
            match item {
                Object::String(bytes, _) => self.show(bytes)?,
                other => {
                    let back = other.as_float().unwrap_or(0.0) / 1000.0
                        * self.state.size
                        * self.state.scale;
                    self.text = Matrix::shift(-back, 0.0).times(&self.text);
                }
            }
        }
        Ok(())
    }

    fn show(&mut self, bytes: &[u8]) -> Result<(), PaperError> {
        let Some(font) = self.state.font.clone() else { return Ok(()) };
        let mut text = String::new();
        let mut advance = 0.0;
        for glyph in font.glyphs(bytes) {
            let extra =
                self.state.char_space + if glyph.is_space { self.state.word_space } else { 0.0 };
            advance += (glyph.width / 1000.0 * self.state.size + extra) * self.state.scale;
            text.push_str(&glyph.text);
        }
        let placed = self.text.times(&self.state.matrix);
        let (x0, y0) = placed.point(0.0, self.state.rise);
        self.text = Matrix::shift(advance, 0.0).times(&self.text);
        let (x1, y1) = self.text.times(&self.state.matrix).point(0.0, self.state.rise);
        self.chars = self.chars.saturating_add(text.chars().count());
        if self.chars > MAX_TEXT_CHARS {
            return Err(PaperError::too_big(TooBig::Text, MAX_TEXT_CHARS as u64));
        }
        let size = placed.height() * self.state.size.abs();
        let sane = [x0, y0, x1, y1, size].iter().all(|n| n.is_finite() && n.abs() < 1e6);
        if !text.is_empty() && sane {
            let ((x0, y), (x1, _)) = placed.upright((x0, y0), (x1, y1));
            self.pieces.push(Piece {
                x0: x0.min(x1),
                x1: x0.max(x1),
                y,
                size,
                text,
                face: Rc::clone(&font.name),
                legacy: font.legacy,
            });
        }
        Ok(())
    }

    fn font(&mut self, name: &[u8], resources: Option<&'a Dictionary>) -> Option<Rc<Font>> {
        let fonts = resources?.get_deref(b"Font", self.document).ok()?.as_dict().ok()?;
        let entry = fonts.get(name).ok()?;
        let id = entry.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(known));
        }
        let (_, object) = self.document.dereference(entry).ok()?;
        let font = Rc::new(Font::read(self.document, object.as_dict().ok()?));
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }
}

/// The resources of a page, its own or inherited.
fn resources<'a>(document: &'a Document, page: &'a Dictionary) -> Option<&'a Dictionary> {
    let mut node = page;
    for _ in 0..32 {
        if let Ok(found) = node.get_deref(b"Resources", document).and_then(Object::as_dict) {
            return Some(found);
        }
        node = node.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}
