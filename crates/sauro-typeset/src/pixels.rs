//! Drawings as pixels.

use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use sauro_papers::PressError;

use crate::fonts::FACES;

/// Most pixels of a side.
const MOST: f32 = 8_000.0;

/// Draws on white.
pub(crate) struct Drawer {
    fonts: Arc<fontdb::Database>,
}

impl Drawer {
    pub(crate) fn new() -> Self {
        let mut fonts = fontdb::Database::new();
        for face in FACES {
            fonts.load_font_data(face.to_vec());
        }
        fonts.set_serif_family("Tinos");
        Self { fonts: Arc::new(fonts) }
    }

    pub(crate) fn png(&self, svg: &str, scale: f32) -> Result<Vec<u8>, PressError> {
        let broken = |what: &str| PressError::Broken(format!("a drawing: {what}"));
        let options = Options {
            font_family: "Tinos".to_owned(),
            fontdb: Arc::clone(&self.fonts),
            ..Options::default()
        };
        let tree = Tree::from_str(svg, &options).map_err(|it| broken(&it.to_string()))?;
        let size = tree.size();
        let (width, height) = ((size.width() * scale).ceil(), (size.height() * scale).ceil());
        if !(1.0..=MOST).contains(&width) || !(1.0..=MOST).contains(&height) {
            return Err(broken("its size"));
        }
        let mut pixels =
            Pixmap::new(width as u32, height as u32).ok_or_else(|| broken("its size"))?;
        pixels.fill(Color::WHITE);
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
        pixels.encode_png().map_err(|it| broken(&it.to_string()))
    }
}
