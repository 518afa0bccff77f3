//! The text: headings and points get their numbers here, so that none is missing and none is twice.

use super::layout::Layout;
use super::paper::Block;
use super::set::{Letters, Part, Stand, bars, chart, data, paragraph};
use crate::roman::roman;

/// The letters of points, in the order of the Vietnamese alphabet.
const POINTS: [char; 23] = [
    'a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't',
    'u', 'v', 'x', 'y',
];

/// Numbers that go on until a larger one moves.
#[derive(Default)]
struct Numbers {
    section: usize,
    item: usize,
    point: usize,
}

/// Appends `blocks`.
pub(super) fn set(out: &mut Vec<Part>, blocks: &[Block], layout: Layout) {
    let sizes = layout.sizes();
    let mut numbers = Numbers::default();
    let last = blocks.len().saturating_sub(1);
    for (n, block) in blocks.iter().enumerate() {
        let text = Stand::text();
        // The signature never stands alone on its page, nor a table without what leads to it.
        let leads =
            matches!(blocks.get(n + 1), Some(Block::Table(_) | Block::Bars(_) | Block::Chart(_)));
        let text = if n == last || leads { text.with_next() } else { text };
        match block {
            Block::Section(_) | Block::Item(_) => {
                let (line, level) = numbers.heading(block);
                let stand = Stand { heading: Some(level), ..Stand::text().with_next() };
                paragraph(out, &line, Letters::bold(sizes.text), stand.after_space(60));
            }
            Block::Point(it) => {
                let line = format!("{} {it}", numbers.point());
                paragraph(out, &line, Letters::upright(sizes.text), text);
            }
            Block::Paragraph(it) => paragraph(out, it, Letters::upright(sizes.text), text),
            Block::Table(it) => {
                data(out, it, sizes.table);
                out.push(Part::Gap);
            }
            Block::Bars(it) => bars(out, it, sizes.table),
            Block::Chart(it) => chart(out, it, sizes.table),
        }
    }
}

impl Numbers {
    fn heading(&mut self, block: &Block) -> (String, u8) {
        self.point = 0;
        match block {
            Block::Section(it) => {
                self.section += 1;
                self.item = 0;
                (format!("{}. {it}", roman(self.section)), 1)
            }
            Block::Item(it) => {
                self.item += 1;
                (format!("{}. {it}", self.item), 2)
            }
            _ => (String::new(), 2),
        }
    }

    /// `a)`, and `aa)` after the last letter.
    fn point(&mut self) -> String {
        let letter = POINTS.get(self.point % POINTS.len()).copied().unwrap_or('a');
        let label = letter.to_string().repeat(self.point / POINTS.len() + 1);
        self.point += 1;
        format!("{label})")
    }
}
