//! The code pages of Vietnamese before Unicode, letter by letter.

/// An old way to write Vietnamese in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Legacy {
    /// TCVN 5712:1993 VN3, called ABC; fonts named `.Vn…`.
    Tcvn3,
    /// VNI for Windows: a base letter and a mark after it; fonts named `VNI-…`.
    Vni,
    /// Microsoft's code page 1258, which composes with marks.
    Windows1258,
}

/// TCVN3: one byte a letter. Capital letters with a tone share the byte of the small letter and
/// only the font (its name ends in `H`) shows them large.
const TCVN3: &[(u8, char)] = &[
    (0xa1, 'Ă'),
    (0xa2, 'Â'),
    (0xa3, 'Ê'),
    (0xa4, 'Ô'),
    (0xa5, 'Ơ'),
    (0xa6, 'Ư'),
    (0xa7, 'Đ'),
    (0xa8, 'ă'),
    (0xa9, 'â'),
    (0xaa, 'ê'),
    (0xab, 'ô'),
    (0xac, 'ơ'),
    (0xad, 'ư'),
    (0xae, 'đ'),
    (0xb5, 'à'),
    (0xb6, 'ả'),
    (0xb7, 'ã'),
    (0xb8, 'á'),
    (0xb9, 'ạ'),
    (0xbb, 'ằ'),
    (0xbc, 'ẳ'),
    (0xbd, 'ẵ'),
    (0xbe, 'ắ'),
    (0xc6, 'ặ'),
    (0xc7, 'ầ'),
    (0xc8, 'ẩ'),
    (0xc9, 'ẫ'),
    (0xca, 'ấ'),
    (0xcb, 'ậ'),
    (0xcc, 'è'),
    (0xce, 'ẻ'),
    (0xcf, 'ẽ'),
    (0xd0, 'é'),
    (0xd1, 'ẹ'),
    (0xd2, 'ề'),
    (0xd3, 'ể'),
    (0xd4, 'ễ'),
    (0xd5, 'ế'),
    (0xd6, 'ệ'),
    (0xd7, 'ì'),
    (0xd8, 'ỉ'),
    (0xdc, 'ĩ'),
    (0xdd, 'í'),
    (0xde, 'ị'),
    (0xdf, 'ò'),
    (0xe1, 'ỏ'),
    (0xe2, 'õ'),
    (0xe3, 'ó'),
    (0xe4, 'ọ'),
    (0xe5, 'ồ'),
    (0xe6, 'ổ'),
    (0xe7, 'ỗ'),
    (0xe8, 'ố'),
    (0xe9, 'ộ'),
    (0xea, 'ờ'),
    (0xeb, 'ở'),
    (0xec, 'ỡ'),
    (0xed, 'ớ'),
    (0xee, 'ợ'),
    (0xef, 'ù'),
    (0xf1, 'ủ'),
    (0xf2, 'ũ'),
    (0xf3, 'ú'),
    (0xf4, 'ụ'),
    (0xf5, 'ừ'),
    (0xf6, 'ử'),
    (0xf7, 'ữ'),
    (0xf8, 'ứ'),
    (0xf9, 'ự'),
    (0xfa, 'ỳ'),
    (0xfb, 'ỷ'),
    (0xfc, 'ỹ'),
    (0xfd, 'ý'),
    (0xfe, 'ỵ'),
    (0xa0, ' '),
];

/// VNI marks after `a`: byte of the small letter, and what the two make.
const VNI_A: &[(u8, char)] = &[
    (0xf9, 'á'),
    (0xf8, 'à'),
    (0xfb, 'ả'),
    (0xf5, 'ã'),
    (0xef, 'ạ'),
    (0xea, 'ă'),
    (0xe9, 'ắ'),
    (0xe8, 'ằ'),
    (0xfa, 'ẳ'),
    (0xfc, 'ẵ'),
    (0xeb, 'ặ'),
    (0xe2, 'â'),
    (0xe1, 'ấ'),
    (0xe0, 'ầ'),
    (0xe5, 'ẩ'),
    (0xe3, 'ẫ'),
    (0xe4, 'ậ'),
];
const VNI_E: &[(u8, char)] = &[
    (0xf9, 'é'),
    (0xf8, 'è'),
    (0xfb, 'ẻ'),
    (0xf5, 'ẽ'),
    (0xef, 'ẹ'),
    (0xe2, 'ê'),
    (0xe1, 'ế'),
    (0xe0, 'ề'),
    (0xe5, 'ể'),
    (0xe3, 'ễ'),
    (0xe4, 'ệ'),
];
const VNI_O: &[(u8, char)] = &[
    (0xf9, 'ó'),
    (0xf8, 'ò'),
    (0xfb, 'ỏ'),
    (0xf5, 'õ'),
    (0xef, 'ọ'),
    (0xe2, 'ô'),
    (0xe1, 'ố'),
    (0xe0, 'ồ'),
    (0xe5, 'ổ'),
    (0xe3, 'ỗ'),
    (0xe4, 'ộ'),
];
const VNI_U: &[(u8, char)] = &[(0xf9, 'ú'), (0xf8, 'ù'), (0xfb, 'ủ'), (0xf5, 'ũ'), (0xef, 'ụ')];
const VNI_Y: &[(u8, char)] = &[(0xf9, 'ý'), (0xf8, 'ỳ'), (0xfb, 'ỷ'), (0xf5, 'ỹ')];
const VNI_O_HORN: &[(u8, char)] =
    &[(0xf9, 'ớ'), (0xf8, 'ờ'), (0xfb, 'ở'), (0xf5, 'ỡ'), (0xef, 'ợ')];
const VNI_U_HORN: &[(u8, char)] =
    &[(0xf9, 'ứ'), (0xf8, 'ừ'), (0xfb, 'ử'), (0xf5, 'ữ'), (0xef, 'ự')];
/// VNI letters of one byte.
const VNI_ALONE: &[(u8, char)] = &[
    (0xed, 'í'),
    (0xec, 'ì'),
    (0xe6, 'ỉ'),
    (0xf3, 'ĩ'),
    (0xf2, 'ị'),
    (0xf4, 'ơ'),
    (0xf6, 'ư'),
    (0xee, 'ỵ'),
    (0xf1, 'đ'),
];

impl Legacy {
    /// What a person calls it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI-Windows",
            Self::Windows1258 => "Windows-1258",
        }
    }

    /// The code page that a font's name calls for, and whether the font shows capitals only.
    pub(crate) fn of_font(name: &str) -> Option<(Self, bool)> {
        // A subset font in a PDF is called `ABCDEF+.VnTime`.
        let name = name.split_once('+').map_or(name, |(_, rest)| rest);
        let lower = name.trim_start_matches('#').to_lowercase();
        if lower.starts_with(".vn") {
            let stem = lower.split([',', '-', ' ']).next().unwrap_or("");
            return Some((Self::Tcvn3, stem.ends_with('h') && stem != ".vnteknicalh"));
        }
        lower.starts_with("vni-").then_some((Self::Vni, false))
    }

    /// The text that `shown` (letters of a Western font) stands for in a font of this code page.
    pub(crate) fn read_shown(self, shown: &str, capitals: bool) -> Option<String> {
        let text = self.decode(&latin_as_bytes(shown)?)?;
        if text.contains(char::REPLACEMENT_CHARACTER) {
            return None;
        }
        Some(if capitals { text.chars().map(capital).collect() } else { text })
    }

    /// The text; `None` when a byte has no letter in this code page.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Tcvn3 => tcvn3(bytes),
            Self::Vni => Some(vni(bytes)),
            Self::Windows1258 => {
                let (text, _, broken) = encoding_rs::WINDOWS_1258.decode(bytes);
                (!broken).then(|| text.into_owned())
            }
        }
    }
}

fn tcvn3(bytes: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        match byte {
            0..0x80 => text.push(char::from(*byte)),
            0x80..0xa0 => text.push(punctuation(*byte)?),
            _ => text.push(TCVN3.iter().find(|(b, _)| b == byte)?.1),
        }
    }
    Some(super::syllable::raise_capitals(&text))
}

fn vni(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        let pair = after.first().and_then(|mark| vni_pair(*first, *mark));
        if let Some(letter) = pair {
            text.push(letter);
            rest = after.get(1..).unwrap_or(&[]);
            continue;
        }
        text.push(vni_alone(*first));
        rest = after;
    }
    text
}

/// A base letter and its mark; the mark's case follows the letter's but typists mix them.
fn vni_pair(base: u8, mark: u8) -> Option<char> {
    let table = match base.to_ascii_lowercase() {
        b'a' => VNI_A,
        b'e' => VNI_E,
        b'o' => VNI_O,
        b'u' => VNI_U,
        b'y' => VNI_Y,
        0xf4 | 0xd4 => VNI_O_HORN,
        0xf6 | 0xd6 => VNI_U_HORN,
        _ => return None,
    };
    let small = if mark >= 0xc0 { mark | 0x20 } else { return None };
    let letter = table.iter().find(|(b, _)| *b == small)?.1;
    let is_capital = base.is_ascii_uppercase() || (0xc0..0xe0).contains(&base);
    Some(if is_capital { capital(letter) } else { letter })
}

fn vni_alone(byte: u8) -> char {
    let find = |b: u8| VNI_ALONE.iter().find(|(x, _)| *x == b).map(|(_, c)| *c);
    match byte {
        0..0x80 => char::from(byte),
        0x80..0xa0 => punctuation(byte).unwrap_or(char::REPLACEMENT_CHARACTER),
        0xa0..0xc0 | 0xd7 | 0xf7 => char::from(byte),
        0xc0..0xe0 => find(byte | 0x20).map_or(char::REPLACEMENT_CHARACTER, capital),
        _ => find(byte).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// The capital of a Vietnamese letter.
pub(crate) fn capital(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Quotation marks and dashes that Windows keeps at 0x80 to 0x9F.
fn punctuation(byte: u8) -> Option<char> {
    let bytes = [byte];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.chars().next().filter(|c| !c.is_control())
}

/// The bytes that a program took for Western letters; `None` when a letter is not one of them.
pub(crate) fn latin_as_bytes(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        let code = u32::from(c);
        match u8::try_from(code) {
            Ok(byte) => bytes.push(byte),
            Err(_) => bytes
                .push((0x80..0xa0).find(|b| punctuation(*b) == Some(c)).or_else(|| lookalike(c))?),
        }
    }
    Some(bytes)
}

/// Letters that programs put in the place of a Western one.
fn lookalike(c: char) -> Option<u8> {
    Some(match c {
        'μ' => 0xb5,
        'Ð' | 'Đ' => 0xd0,
        'đ' => 0xf0,
        '\u{2011}' | '\u{2010}' => b'-',
        '\u{2212}' => b'-',
        '\u{2000}'..='\u{200a}' | '\u{202f}' => b' ',
        _ => return None,
    })
}
