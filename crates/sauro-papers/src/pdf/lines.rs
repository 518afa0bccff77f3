//! From letters at places to lines of text, left to right and top to bottom.

use super::content::Piece;

/// A gap wider than this many times the letter size parts two columns.
const COLUMN_GAP: f32 = 2.5;
/// A gap wider than this share of the letter size is a space.
const WORD_GAP: f32 = 0.16;

/// Letters that belong together on one line.
#[derive(Debug, Clone, Default)]
pub(super) struct Segment {
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) text: String,
}

/// One line of a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) segments: Vec<Segment>,
    /// A row of a ruled table: never joined with what is around it.
    pub(super) is_row: bool,
}

impl Line {
    pub(super) fn x0(&self) -> f32 {
        self.segments.first().map_or(0.0, |s| s.x0)
    }

    pub(super) fn x1(&self) -> f32 {
        self.segments.last().map_or(0.0, |s| s.x1)
    }

    /// A line with only one of this line's segments.
    pub(super) fn only(&self, segment: &Segment) -> Self {
        Self { y: self.y, size: self.size, segments: vec![segment.clone()], is_row: false }
    }

    pub(super) fn text(&self, joint: &str) -> String {
        self.segments.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(joint)
    }
}

/// Groups the pieces of a page.
pub(super) fn lines(mut pieces: Vec<Piece>) -> Vec<Line> {
    pieces.retain(|p| p.size > 0.5);
    pieces.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row)
                if row.first().is_some_and(|f| f.y - piece.y <= 0.45 * f.size.min(piece.size)) =>
            {
                row.push(piece)
            }
            _ => rows.push(vec![piece]),
        }
    }
    rows.into_iter().map(line).filter(|l| !l.segments.is_empty()).collect()
}

fn line(mut row: Vec<Piece>) -> Line {
    row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let size = row.iter().map(|p| p.size).fold(0.0, f32::max);
    let mut line =
        Line { y: row.first().map_or(0.0, |p| p.y), size, segments: Vec::new(), is_row: false };
    let mut run: Option<(Segment, Piece)> = None;
    for piece in row {
        if let Some((segment, last)) = &mut run {
            let gap = piece.x0 - segment.x1;
            if is_doubled(last, &piece) {
                continue;
            }
            if gap <= COLUMN_GAP * size {
                if gap > WORD_GAP * piece.size
                    && !last.text.ends_with(' ')
                    && !piece.text.starts_with(' ')
                {
                    flush(segment, last);
                    segment.text.push(' ');
                    *last = Piece { text: String::new(), ..piece.clone() };
                }
                if last.legacy != piece.legacy {
                    flush(segment, last);
                    *last = Piece { text: String::new(), ..piece.clone() };
                }
                last.text.push_str(&piece.text);
                last.x0 = piece.x0;
                segment.x1 = segment.x1.max(piece.x1);
                continue;
            }
        }
        finish(&mut line, run.take());
        run = Some((Segment { x0: piece.x0, x1: piece.x1, text: String::new() }, piece));
    }
    finish(&mut line, run);
    line
}

/// The same letter drawn again a hair beside: how some programs make bold.
fn is_doubled(last: &Piece, piece: &Piece) -> bool {
    (piece.x0 - last.x0).abs() < 0.1 * piece.size
        && (piece.y - last.y).abs() < 0.1 * piece.size
        && !piece.text.trim().is_empty()
        && last.text.ends_with(&piece.text)
}

/// Moves the letters of one font into the segment, out of their old code page when they have one.
fn flush(segment: &mut Segment, piece: &mut Piece) {
    let text = std::mem::take(&mut piece.text);
    let shown = piece.legacy.and_then(|(legacy, capitals)| legacy.read_shown(&text, capitals));
    segment.text.push_str(&shown.unwrap_or(text));
}

fn finish(line: &mut Line, run: Option<(Segment, Piece)>) {
    let Some((mut segment, mut piece)) = run else { return };
    flush(&mut segment, &mut piece);
    segment.text = segment.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !segment.text.is_empty() {
        line.segments.push(segment);
    }
}
