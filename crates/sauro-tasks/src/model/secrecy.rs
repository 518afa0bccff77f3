/// Most characters of a directive's text.
pub const MAX_TEXT_CHARS: usize = 500_000;

/// The mark of secrecy (độ mật) that a paper bears, if any.
pub fn secrecy(text: &str) -> Option<&'static str> {
    sauro_reading::secret_mark(text).map(sauro_reading::SecretMark::vietnamese)
}
