use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

use crate::escape;

/// White around the code, in modules, as the standard asks.
const QUIET: i32 = 4;

/// The QR code of `text` as dots: how many a side has with the white around, and the black ones from the left
/// and from the top. None when the text does not fit.
pub fn qr_dots(text: &str) -> Option<(u32, Vec<(u32, u32)>)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let at = |it: i32| u32::try_from(it + QUIET).unwrap_or_default();
    let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    let dark = all.filter(|it| code.get_module(it.0, it.1)).map(|it| (at(it.0), at(it.1)));
    Some((at(code.size() + QUIET), dark.collect()))
}

/// The QR code of `text` as SVG, `width` pixels wide, drawn on the server: no script, and no third party sees
/// the text. Black on white also at night, for not every telephone reads it the other way round. None when the
/// text does not fit.
pub fn qr(text: &str, label: &str, width: u16) -> Option<String> {
    let (side, dark) = qr_dots(text)?;
    let mut dots = String::new();
    for (x, y) in dark {
        // Writing to a string cannot fail.
        let _ = write!(dots, "M{x} {y}h1v1h-1z");
    }
    let label = escape(label);
    Some(format!(
        r##"<svg class="qr" viewBox="0 0 {side} {side}" width="{width}" height="{width}" role="img" aria-label="{label}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{dots}"/></svg>"##
    ))
}
