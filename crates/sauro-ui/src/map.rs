//! A map of the nation by provinces, as `parts/map.html` draws it: what each place says, where it leads
//! and how it is filled is the business of whoever asks; that both archipelagos are there and named is not.

/// A map as drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationMap {
    /// How wide the sheet is.
    pub width: i64,
    /// How high the sheet is.
    pub height: i64,
    /// The provinces.
    pub shapes: Vec<MapShape>,
    /// The archipelagos.
    pub groups: Vec<MapGroup>,
    /// The outlines are schematic and say nothing about borders.
    pub is_schematic: bool,
}

/// What a place on a map says and looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapLook {
    /// Its name.
    pub name: String,
    /// What is said after its name: `12/64 xã đã gửi`.
    pub words: String,
    /// A colour or a pattern: `var(--h-3)`, `url(#gach)`.
    pub fill: String,
    /// Where it leads, or nothing.
    pub href: String,
}

/// A province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapShape {
    /// Name and words, for those who hear the map or point at it.
    pub words: String,
    /// A colour or a pattern.
    pub fill: String,
    /// Where it leads, or nothing.
    pub href: String,
    /// Its outline.
    pub path: String,
}

/// An archipelago: its islands, its name, and the province it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapGroup {
    /// Name and words, for those who hear the map or point at it.
    pub words: String,
    /// Its name as written beside the islands.
    pub name: &'static str,
    /// The province.
    pub of: String,
    /// A colour or a pattern.
    pub fill: String,
    /// Where it leads, or nothing.
    pub href: String,
    /// Its islands.
    pub islands: Vec<(i64, i64)>,
    /// Where the name stands.
    pub at: (i64, i64),
    /// On which side of that place.
    pub anchor: &'static str,
}
