use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

use crate::escape;

/// White around the code, in modules, as the standard asks.
const QUIET: i32 = 4;

/// The QR code of `text` as SVG, `width` pixels wide, drawn on the server: no script, and no third party sees
/// the text. Black on white also at night, for not every telephone reads it the other way round. None when the
/// text does not fit.
pub fn qr(text: &str, label: &str, width: u16) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * QUIET;
    let mut dots = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // Writing to a string cannot fail.
            let _ = write!(dots, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    let label = escape(label);
    Some(format!(
        r##"<svg class="qr" viewBox="0 0 {side} {side}" width="{width}" height="{width}" role="img" aria-label="{label}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{dots}"/></svg>"##
    ))
}
