use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// Light around the code, in modules; readers need four.
const QUIET: i32 = 4;

/// The QR code of `text` as SVG, black on white also at night, for not every telephone reads it the other way
/// round. Empty when the text does not fit.
pub(super) fn qr(text: &str) -> String {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return String::new() };
    let mut dots = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // Writing to a string cannot fail.
            let _ = write!(dots, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    let side = code.size() + 2 * QUIET;
    format!(
        r##"<svg class="qr" viewBox="0 0 {side} {side}" width="160" height="160" role="img" aria-label="Mã QR mở trang theo dõi vụ việc" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{dots}"/></svg>"##
    )
}
