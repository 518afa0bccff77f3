//! Exact numbers as people in Viet Nam write them: `1.234,5`.

use rust_decimal::Decimal;

/// Largest amount kept: beyond it a slip of the pen is likelier than a figure.
const MOST: i64 = 1_000_000_000_000_000;

/// Most decimals kept.
pub const MOST_DECIMALS: u32 = 6;

/// Why a text is no figure. [`Self::sentence`] says how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    /// Nothing written; that is not a zero.
    #[error("blank")]
    Blank,
    /// Not a number at all.
    #[error("`{0}` is no number")]
    NotANumber(String),
    /// Written with a power of ten, or infinite, or undefined.
    #[error("`{0}` is no finite number written out")]
    NotWrittenOut(String),
    /// Points and commas stand as abroad; the second text is what was probably meant.
    #[error("`{0}` is written as abroad, probably {1}")]
    Foreign(String, String),
    /// Dots that do not stand between thousands.
    #[error("`{0}` is grouped oddly")]
    Grouping(String),
    /// Larger than is kept.
    #[error("`{0}` is too large")]
    TooLarge(String),
    /// More decimals than are kept.
    #[error("`{0}` is too fine")]
    TooFine(String),
}

impl FigureError {
    /// What is wrong and how to mend it.
    pub fn sentence(&self) -> String {
        match self {
            Self::Blank => {
                "Để trống không phải là số không: nhập số, nếu đúng là không thì viết 0.".to_owned()
            }
            Self::NotANumber(text) => {
                format!("“{text}” không phải số. Chỉ dùng chữ số, như 1.234,5.")
            }
            Self::NotWrittenOut(text) => {
                format!("“{text}” không phải số viết đủ. Viết hết các chữ số, như 1.500.000.")
            }
            Self::Foreign(text, meant) => format!(
                "“{text}” viết theo lối nước ngoài. Dấu chấm ở hàng nghìn, dấu phẩy trước phần lẻ: {meant}."
            ),
            Self::Grouping(text) => format!(
                "“{text}” có dấu chấm không đứng ở hàng nghìn. Viết như 12.106, hoặc bỏ dấu chấm."
            ),
            Self::TooLarge(text) => {
                format!("“{text}” quá lớn, nhiều nhất một triệu tỷ. Kiểm tra đơn vị tính.")
            }
            Self::TooFine(text) => {
                format!("“{text}” có quá {MOST_DECIMALS} chữ số lẻ. Làm tròn rồi nhập lại.")
            }
        }
    }
}

/// The figure that a person wrote as `text`: dots between thousands, a comma before the decimals, a
/// percent sign at the end if they like.
///
/// # Errors
///
/// [`FigureError`] says what to write instead.
pub fn read_figure(text: &str) -> Result<Decimal, FigureError> {
    let bare: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    let bare = bare.strip_suffix('%').unwrap_or(&bare).replace('−', "-");
    let shown = text.trim().to_owned();
    if bare.is_empty() {
        return Err(FigureError::Blank);
    }
    check_letters(&bare, &shown)?;
    let (sign, digits) = match bare.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", bare.strip_prefix('+').unwrap_or(&bare)),
    };
    let foreign = || {
        let meant: String = digits
            .chars()
            .map(|it| match it {
                '.' => ',',
                ',' => '.',
                other => other,
            })
            .collect();
        FigureError::Foreign(shown.clone(), format!("{sign}{meant}"))
    };
    let (whole, part) = match digits.split_once(',') {
        Some((_, part)) if part.contains([',', '.']) => return Err(foreign()),
        Some((whole, part)) => (whole, part),
        None => (digits, ""),
    };
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let is_grouped = rest.iter().all(|it| it.len() == 3) && first.len() <= 3 && first != "0";
    if !rest.is_empty() && (!is_grouped || first.is_empty()) {
        // 39.52 and 0.796 are decimals with a point.
        let is_point = rest.len() == 1 && !digits.contains(',');
        return Err(if is_point { foreign() } else { FigureError::Grouping(shown) });
    }
    if first.is_empty() || (digits.contains(',') && part.is_empty()) {
        return Err(FigureError::NotANumber(shown));
    }
    let plain = format!("{sign}{first}{}", rest.concat());
    bounded(&if part.is_empty() { plain } else { format!("{plain}.{part}") }, &shown)
}

/// The figure that a program wrote as `text`: a point before the decimals, nothing between thousands.
///
/// # Errors
///
/// [`FigureError`] as for people.
pub fn read_plain(text: &str) -> Result<Decimal, FigureError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FigureError::Blank);
    }
    check_letters(text, text)?;
    if text.contains(',') || text.matches('.').count() > 1 {
        return Err(FigureError::NotANumber(text.to_owned()));
    }
    bounded(text, text)
}

fn check_letters(bare: &str, shown: &str) -> Result<(), FigureError> {
    let lower = bare.to_lowercase();
    let is_power =
        lower.contains('e') && lower.chars().all(|it| it.is_ascii_digit() || "e+-.,".contains(it));
    if is_power || lower.contains("nan") || lower.contains("inf") || lower.contains('∞') {
        return Err(FigureError::NotWrittenOut(shown.to_owned()));
    }
    let rest = bare.strip_prefix(['-', '+']).unwrap_or(bare);
    let is_number = rest.chars().all(|it| it.is_ascii_digit() || matches!(it, '.' | ','))
        && rest.contains(|it: char| it.is_ascii_digit());
    if is_number { Ok(()) } else { Err(FigureError::NotANumber(shown.to_owned())) }
}

fn bounded(plain: &str, shown: &str) -> Result<Decimal, FigureError> {
    let n_whole = plain.split('.').next().unwrap_or_default().trim_start_matches(['-', '0']).len();
    if n_whole > 16 {
        return Err(FigureError::TooLarge(shown.to_owned()));
    }
    let n_decimals = plain.split_once('.').map_or(0, |(_, part)| part.trim_end_matches('0').len());
    if n_decimals > MOST_DECIMALS as usize {
        return Err(FigureError::TooFine(shown.to_owned()));
    }
    let figure = plain
        .parse::<Decimal>()
        .map_err(|_| FigureError::NotANumber(shown.to_owned()))?
        .normalize();
    if figure.abs() > Decimal::from(MOST) {
        return Err(FigureError::TooLarge(shown.to_owned()));
    }
    Ok(figure)
}

/// `figure` as shown: `12.106`, `39,52`, rounded to `decimals`.
pub fn write_figure(figure: Decimal, decimals: u32) -> String {
    let rounded = figure.round_dp(decimals).normalize().to_string();
    let (sign, digits) = match rounded.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", rounded.as_str()),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    if part.is_empty() { grouped } else { format!("{grouped},{part}") }
}

/// `figure` for drawing only; nothing is computed with it.
pub fn drawn(figure: Decimal) -> f64 {
    figure.to_string().parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, figure: &str) {
        assert_eq!(read_figure(text).map(|it| it.to_string()), Ok(figure.to_owned()), "{text}");
    }

    #[test]
    fn figures_are_read_as_people_in_viet_nam_write_them() {
        check("1.234,5", "1234.5");
        check(" 12.106 ", "12106");
        check("39,52%", "39.52");
        check("−0,5", "-0.5");
        check("1 500 000", "1500000");
        check("1,50", "1.5");
        check("007", "7");
    }

    #[test]
    fn a_zero_is_not_a_blank() {
        check("0", "0");
        check("0,0", "0");
        assert_eq!(read_figure("  "), Err(FigureError::Blank));
        assert!(FigureError::Blank.sentence().contains("viết 0"));
    }

    #[test]
    fn what_is_no_figure_gets_a_sentence_that_says_how_to_mend_it() {
        for (text, words) in [
            ("39.52", "39,52"),
            ("0.796", "0,796"),
            ("1,234.5", "1.234,5"),
            ("1,234,567", "1.234.567"),
            ("1.23.456", "12.106"),
            ("NaN", "không phải số viết đủ"),
            ("1e308", "không phải số viết đủ"),
            ("1E-3", "không phải số viết đủ"),
            ("-∞", "không phải số viết đủ"),
            ("mười hai", "không phải số"),
            ("=A1+1", "không phải số"),
            ("12,", "không phải số"),
            (",5", "không phải số"),
            ("-", "không phải số"),
            ("2.000.000.000.000.000", "quá lớn"),
            ("99999999999999999999999999999999999999", "quá lớn"),
            ("0,1234567", "quá 6 chữ số lẻ"),
        ] {
            let sentence = read_figure(text).expect_err(text).sentence();
            assert!(sentence.contains(words), "{text}: {sentence}");
        }
    }

    #[test]
    fn programs_write_a_point() {
        assert_eq!(read_plain("0.7770").map(|it| it.to_string()), Ok("0.777".to_owned()));
        assert!(read_plain("1,5").is_err());
        assert!(read_plain("1.2.3").is_err());
        assert!(read_plain("1e5").is_err());
    }

    #[test]
    fn figures_are_written_with_dots_and_a_comma() {
        let written = |text: &str, decimals| write_figure(read_plain(text).unwrap(), decimals);
        assert_eq!(written("1234567.891", 1), "1.234.567,9");
        assert_eq!(written("-12106", 2), "-12.106");
        assert_eq!(written("39.50", 2), "39,5");
        assert_eq!(written("0", 2), "0");
    }
}
