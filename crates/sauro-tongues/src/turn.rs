//! How far a text is taken to pieces.

use std::cell::Cell;

/// Pieces of pieces, so deep.
const DEEPEST: u8 = 8;

/// Pieces that are looked at for one text: more than any sentence of a screen has, and few for a machine.
const MOST: u32 = 160;

/// One look at a piece of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn<'a> {
    depth: u8,
    n_before: &'a Cell<u32>,
}

impl<'a> Turn<'a> {
    /// The look at the whole text.
    pub(crate) fn first(n_before: &'a Cell<u32>) -> Self {
        Self { depth: 0, n_before }
    }

    /// The look at a piece of it; none when there were enough, so that nobody can write a text that takes for ever.
    pub(crate) fn next(self) -> Option<Self> {
        let n = self.n_before.get() + 1;
        self.n_before.set(n);
        (self.depth < DEEPEST && n <= MOST).then_some(Self { depth: self.depth + 1, ..self })
    }
}
