//! Moving tiles about, one step at a time: what buttons and keys do.

use super::Tile;

/// One step with the tile at a place, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One place towards the front.
    Earlier,
    /// One place towards the end.
    Later,
    /// One column narrower.
    Narrower,
    /// One column wider.
    Wider,
    /// Away with it.
    Remove,
}

impl Step {
    /// The step that a button sends as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Some(match code {
            "len" => Self::Earlier,
            "xuong" => Self::Later,
            "hep" => Self::Narrower,
            "rong" => Self::Wider,
            "bo" => Self::Remove,
            _ => return None,
        })
    }

    /// Takes the step with the tile at `place` of `tiles`. Answers whether there is such a tile; a step
    /// over the edge changes nothing.
    pub fn take(self, tiles: &mut Vec<Tile>, place: usize) -> bool {
        let last = tiles.len().saturating_sub(1);
        let Some(tile) = tiles.get_mut(place) else { return false };
        match self {
            Self::Narrower => tile.width = tile.width.saturating_sub(1).max(Tile::NARROWEST),
            Self::Wider => tile.width = tile.width.saturating_add(1).min(Tile::WIDEST),
            Self::Earlier => tiles.swap(place, place.saturating_sub(1)),
            Self::Later => tiles.swap(place, (place + 1).min(last)),
            Self::Remove => drop(tiles.remove(place)),
        }
        true
    }
}
