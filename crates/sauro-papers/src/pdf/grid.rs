//! Ruled tables: cells told by the lines drawn around them, not by where letters happen to stand.

use super::content::Piece;
use super::lines::{Line, Segment, lines};
use crate::error::PaperError;
use crate::limits::MAX_COLUMNS;
use crate::sheet::{Table, TableBuilder};

/// How far two lines may miss each other and still meet.
const NEAR: f32 = 3.0;
/// Most ruled lines of a page that are looked at.
const MOST_RULES: usize = 1_500;
/// Most cells of one ruled table on a page.
const MOST_CELLS: usize = 5_000;

/// A line drawn straight across or straight down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
}

impl Rule {
    /// `None` for slanted lines and for dots.
    pub(super) fn new(from: (f32, f32), to: (f32, f32)) -> Option<Self> {
        let (dx, dy) = ((from.0 - to.0).abs(), (from.1 - to.1).abs());
        let is_straight = dx.min(dy) < 2.5 && dx.max(dy) > 6.0;
        (is_straight && dx + dy < 1e5).then(|| Self {
            x0: from.0.min(to.0),
            y0: from.1.min(to.1),
            x1: from.0.max(to.0),
            y1: from.1.max(to.1),
        })
    }

    fn is_across(&self) -> bool {
        self.x1 - self.x0 > self.y1 - self.y0
    }

    fn meets(&self, other: &Self) -> bool {
        self.x0 <= other.x1 + NEAR
            && other.x0 <= self.x1 + NEAR
            && self.y0 <= other.y1 + NEAR
            && other.y0 <= self.y1 + NEAR
    }
}

/// One ruled table: where its columns and rows part, and its lines.
struct Grid {
    xs: Vec<f32>,
    /// From the top down.
    ys: Vec<f32>,
    /// For each cell, row by row, the first cell of the merged one it belongs to.
    firsts: Vec<(usize, usize)>,
}

/// Takes the letters of ruled tables out of `pieces`; gives each table and its rows as lines.
pub(super) fn tables(
    pieces: &mut Vec<Piece>,
    rules: &[Rule],
) -> Result<Vec<(Table, Vec<Line>)>, PaperError> {
    let mut out = Vec::new();
    for grid in grids(rules) {
        let (inside, outside) = std::mem::take(pieces).into_iter().partition(|p| grid.holds(p));
        *pieces = outside;
        let inside: Vec<Piece> = inside;
        if !inside.is_empty() {
            out.push(grid.read(inside)?);
        }
    }
    Ok(out)
}

/// Groups of rules that meet and make at least two columns and two rows.
fn grids(rules: &[Rule]) -> Vec<Grid> {
    let mut left: Vec<Rule> = rules.iter().copied().take(MOST_RULES).collect();
    let mut out = Vec::new();
    while let Some(first) = left.pop() {
        let mut group = vec![first];
        let mut at = 0;
        while let Some(rule) = group.get(at).copied() {
            let (near, far) = left.into_iter().partition::<Vec<_>, _>(|r| rule.meets(r));
            group.extend(near);
            left = far;
            at += 1;
        }
        let xs = places(group.iter().filter(|r| !r.is_across()).map(|r| (r.x0 + r.x1) / 2.0));
        let mut ys = places(group.iter().filter(|r| r.is_across()).map(|r| (r.y0 + r.y1) / 2.0));
        ys.reverse();
        if (3..=MAX_COLUMNS).contains(&xs.len())
            && ys.len() >= 3
            && xs.len() * ys.len() <= MOST_CELLS
        {
            let mut grid = Grid { xs, ys, firsts: Vec::new() };
            grid.firsts = grid.merged(&group);
            out.push(grid);
        }
    }
    out
}

/// Sorted places, those that nearly fall together taken as one.
fn places(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sorted: Vec<f32> = values.collect();
    sorted.sort_by(f32::total_cmp);
    sorted.dedup_by(|b, a| *b - *a < NEAR);
    sorted
}

impl Grid {
    fn holds(&self, piece: &Piece) -> bool {
        self.cell(piece).is_some()
    }

    /// Row and column of a piece, merged cells counted as their first.
    fn cell(&self, piece: &Piece) -> Option<(usize, usize)> {
        let (x, y) = (piece.x0 + 0.2 * piece.size, piece.y + 0.3 * piece.size);
        let column =
            self.xs.windows(2).position(|w| matches!(w, [a, b] if (*a - 1.0..*b).contains(&x)))?;
        let row = self.ys.windows(2).position(|w| matches!(w, [a, b] if y <= *a && y > *b))?;
        Some(self.first(row, column))
    }

    fn first(&self, row: usize, column: usize) -> (usize, usize) {
        let columns = self.xs.len() - 1;
        self.firsts.get(row * columns + column).copied().unwrap_or((row, column))
    }

    /// Cells without a line between them are one: the one above or before speaks for both.
    fn merged(&self, rules: &[Rule]) -> Vec<(usize, usize)> {
        let (rows, columns) = (self.ys.len() - 1, self.xs.len() - 1);
        let mut firsts: Vec<(usize, usize)> = Vec::with_capacity(rows * columns);
        for row in 0..rows {
            for column in 0..columns {
                let here = row * columns + column;
                let above =
                    here.checked_sub(columns).filter(|_| !self.has_rule_above(rules, row, column));
                let before =
                    (column > 0 && !self.has_rule_before(rules, row, column)).then(|| here - 1);
                let first = above.or(before).and_then(|n| firsts.get(n).copied());
                firsts.push(first.unwrap_or((row, column)));
            }
        }
        firsts
    }

    fn has_rule_above(&self, rules: &[Rule], row: usize, column: usize) -> bool {
        let (Some(y), Some(x)) = (self.ys.get(row), middle(&self.xs, column)) else { return true };
        rules
            .iter()
            .any(|r| r.is_across() && (r.y0 - y).abs() < 2.0 * NEAR && r.x0 <= x && r.x1 >= x)
    }

    fn has_rule_before(&self, rules: &[Rule], row: usize, column: usize) -> bool {
        let (Some(x), Some(y)) = (self.xs.get(column), middle(&self.ys, row)) else { return true };
        rules
            .iter()
            .any(|r| !r.is_across() && (r.x0 - x).abs() < 2.0 * NEAR && r.y0 <= y && r.y1 >= y)
    }

    fn read(&self, pieces: Vec<Piece>) -> Result<(Table, Vec<Line>), PaperError> {
        let (rows, columns) = (self.ys.len() - 1, self.xs.len() - 1);
        let mut cells: Vec<Vec<Piece>> = vec![Vec::new(); rows * columns];
        for piece in pieces {
            if let Some((row, column)) = self.cell(&piece)
                && let Some(cell) = cells.get_mut(row * columns + column)
            {
                cell.push(piece);
            }
        }
        let texts: Vec<String> = cells.into_iter().map(cell_text).collect();
        let text = |row: usize, column: usize| {
            texts.get(row * columns + column).cloned().unwrap_or_default()
        };
        let mut table = TableBuilder::new(String::new());
        let mut out = Vec::new();
        for (row, y) in self.ys.iter().take(rows).enumerate() {
            for column in 0..columns {
                let (r, c) = self.first(row, column);
                table.put(row, column, text(r, c))?;
            }
            let shown = (0..columns).map(|column| text(row, column)).collect::<Vec<_>>().join("\t");
            if !shown.trim().is_empty() {
                let ends = (
                    self.xs.first().copied().unwrap_or(0.0),
                    self.xs.last().copied().unwrap_or(0.0),
                );
                let segment = Segment { x0: ends.0, x1: ends.1, text: shown.trim_end().to_owned() };
                out.push(Line { y: *y, size: 12.0, segments: vec![segment], is_row: true });
            }
        }
        Ok((table.build()?, out))
    }
}

fn middle(places: &[f32], n: usize) -> Option<f32> {
    Some((places.get(n)? + places.get(n + 1)?) / 2.0)
}

fn cell_text(pieces: Vec<Piece>) -> String {
    lines(pieces).iter().map(|l| l.text(" ")).collect::<Vec<_>>().join(" ")
}
