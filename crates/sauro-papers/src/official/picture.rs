//! Charts in a Word document: pixels that every program shows, and the drawing for those that can.

use super::paper::Chart;
use super::press::{Press, PressError};
use crate::clean::escape;

/// Pixels a point of a drawing takes: twice those of a screen.
const SCALE: f32 = 3.0;
/// English metric units of a point.
const EMU: f64 = 12_700.0;
/// The first number of a relation to a picture: smaller ones are the document's own.
const FIRST: usize = 10;

/// The pictures of a document, as they are met.
pub(super) struct Pictures<'a> {
    press: &'a dyn Press,
    /// PNG and SVG.
    drawn: Vec<(Vec<u8>, String)>,
}

impl<'a> Pictures<'a> {
    pub(super) fn of(press: &'a dyn Press) -> Self {
        Self { press, drawn: Vec::new() }
    }

    /// Appends a paragraph with `chart` to `out`.
    ///
    /// # Errors
    ///
    /// [`PressError`] when it cannot be drawn; nothing is appended then.
    pub(super) fn write(&mut self, out: &mut String, chart: &Chart) -> Result<(), PressError> {
        let drawing = chart.draw();
        let png = self.press.png(&drawing.svg, SCALE)?;
        let n = self.drawn.len();
        self.drawn.push((png, drawing.svg));
        let (width, height) = (drawing.width * EMU, drawing.height * EMU);
        let mut said = String::new();
        escape(&mut said, &chart.sentence);
        let (pixels, vector) = (FIRST + 2 * n, FIRST + 2 * n + 1);
        let id = n + 1;
        out.push_str(&format!(
            "<w:p><w:pPr><w:keepNext/><w:spacing w:before=\"80\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
            <w:jc w:val=\"center\"/></w:pPr><w:r><w:drawing>\
            <wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width:.0}\" cy=\"{height:.0}\"/>\
            <wp:docPr id=\"{id}\" name=\"Biểu đồ {id}\" descr=\"{said}\"/>\
            <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
            <pic:pic><pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"Biểu đồ {id}\" descr=\"{said}\"/><pic:cNvPicPr/></pic:nvPicPr>\
            <pic:blipFill><a:blip r:embed=\"rId{pixels}\"><a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\">\
            <asvg:svgBlip r:embed=\"rId{vector}\"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
            <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width:.0}\" cy=\"{height:.0}\"/></a:xfrm>\
            <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>\
            </a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        ));
        Ok(())
    }

    /// Number, path within `word/` and bytes of every file.
    pub(super) fn files(self) -> Vec<(usize, String, Vec<u8>)> {
        let mut files = Vec::new();
        for (n, (png, svg)) in self.drawn.into_iter().enumerate() {
            let name = format!("media/chart{}", n + 1);
            files.push((FIRST + 2 * n, format!("{name}.png"), png));
            files.push((FIRST + 2 * n + 1, format!("{name}.svg"), svg.into_bytes()));
        }
        files
    }
}
