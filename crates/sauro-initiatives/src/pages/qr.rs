//! A QR code as SVG, drawn on the server.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};
use sauro_ui::escape;

/// White around the code, in modules, as the standard asks.
const QUIET: i32 = 4;

/// The QR code of `text`; nothing when it is too long for one.
pub(super) fn svg(text: &str, label: &str) -> String {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        return String::new();
    };
    let side = code.size() + 2 * QUIET;
    let mut dots = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // Writing to a string cannot fail.
            let _ = write!(dots, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    let label = escape(label);
    format!(
        r##"<svg class="qr" viewBox="0 0 {side} {side}" width="160" height="160" role="img" aria-label="{label}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{dots}"/></svg>"##
    )
}
