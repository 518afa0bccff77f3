//! How wide bold Times text is, so that the lines under it get the length they have to have.

use unicode_normalization::UnicodeNormalization;

/// Advance widths of Times bold in thousandths of the size, for `!` to `~`.
const WIDTHS: [u16; 94] = [
    333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, // ! to /
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, // 0 to ?
    930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, // @ to O
    611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, // P to _
    333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, // ` to o
    556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520, // p to ~
];

/// The width of `text` set bold in `half_points`, in twentieths of a point.
pub(super) fn bold_width(text: &str, half_points: u32) -> u32 {
    let thousandths: u64 = text.nfd().map(|c| u64::from(of(c))).sum();
    // A half point is ten twentieths.
    u32::try_from(thousandths * u64::from(half_points) / 100).unwrap_or(u32::MAX)
}

fn of(letter: char) -> u16 {
    let letter = match letter {
        'Đ' => 'D',
        'đ' => 'd',
        ' ' | '\u{a0}' => return 250,
        // Marks stand over and under their letters.
        '\u{300}'..='\u{36f}' => return 0,
        other => other,
    };
    let place = u32::from(letter).checked_sub(u32::from('!')).and_then(|n| usize::try_from(n).ok());
    place.and_then(|n| WIDTHS.get(n)).copied().unwrap_or(600)
}
