//! A QR code as SVG, drawn on the server: no script, no third party sees the secret.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

use crate::IdentityError;

/// White around the code, in modules, as the standard asks.
const QUIET: i32 = 4;

/// The QR code of `text`.
pub(crate) fn svg(text: &str, label: &str) -> Result<String, IdentityError> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium)
        .map_err(|_| IdentityError::Secret("the text does not fit a QR code"))?;
    let side = code.size() + 2 * QUIET;
    let mut dots = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // Writing to a string cannot fail.
            let _ = write!(dots, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    Ok(format!(
        r##"<svg class="qr" viewBox="0 0 {side} {side}" width="220" height="220" role="img" aria-label="{label}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{dots}"/></svg>"##
    ))
}
