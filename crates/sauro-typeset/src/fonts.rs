//! Tinos, a free face with the measures of Times New Roman and all letters of Vietnamese, for papers;
//! Be Vietnam Pro, the face of the screen, for dashboards.

/// Upright, italic, bold, bold italic; then the face of the screen, upright and bold.
pub(crate) const FACES: [&[u8]; 6] = [
    include_bytes!("../../../ui/dist-paper/tinos-400.ttf"),
    include_bytes!("../../../ui/dist-paper/tinos-400-italic.ttf"),
    include_bytes!("../../../ui/dist-paper/tinos-700.ttf"),
    include_bytes!("../../../ui/dist-paper/tinos-700-italic.ttf"),
    include_bytes!("../../../ui/dist-paper/bvp-400.ttf"),
    include_bytes!("../../../ui/dist-paper/bvp-700.ttf"),
];

/// How far the face reaches above and below its line, and the gap between lines, in ems.
pub(crate) const UP: f64 = 0.891;
/// See [`UP`].
pub(crate) const DOWN: f64 = 0.216;
/// See [`UP`].
pub(crate) const GAP: f64 = 0.042;
