//! Finds personal data in a text and masks it, so that what is shown to all names nobody.

use std::ops::Range;

/// What kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Private {
    /// Telephone number.
    Phone,
    /// Personal identity number: 12 digits, or 9 of the old card.
    Identity,
    /// E-mail address.
    Email,
    /// Bank account.
    Account,
    /// House number with its street or hamlet.
    Address,
}

/// A place in a text where personal data stands, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Private,
    /// Where.
    pub range: Range<usize>,
}

impl Private {
    /// What stands in its place.
    pub fn mask(self) -> &'static str {
        match self {
            Self::Phone => "[số điện thoại]",
            Self::Identity => "[số định danh]",
            Self::Email => "[thư điện tử]",
            Self::Account => "[số tài khoản]",
            Self::Address => "[địa chỉ]",
        }
    }
}

/// What stands in the place of the sender's name.
const SENDER: &str = "[người gửi]";

/// Masks the personal data in `text`, and the `names` of the sender wherever they stand whole, in any case of their
/// letters. What is masked already stays.
pub fn masked(text: &str, names: &[&str]) -> String {
    let found = impersonal(text);
    names
        .iter()
        .filter(|it| it.chars().count() >= 5)
        .fold(found, |text, name| without(&text, name, |_| true))
}

/// The same for words of an agency, out of which a sender who calls themselves "nước thải" takes nothing: a name is
/// masked where it stands as people's names do, in two words or more of which the first and the last begin with a
/// capital; a place with a number in it wherever it stands.
pub fn masked_by_agency(text: &str, names: &[&str]) -> String {
    let is_name = |found: &str| {
        let mut words = found.split_whitespace();
        let is_capital = |it: &str| it.starts_with(char::is_uppercase);
        words.next().is_some_and(is_capital) && words.last().is_some_and(is_capital)
    };
    names.iter().filter(|it| it.chars().count() >= 5).fold(impersonal(text), |text, name| {
        let is_place = name.contains(|it: char| it.is_ascii_digit());
        without(&text, name, |found| is_place || is_name(found))
    })
}

/// `text` with masks where personal data stand.
fn impersonal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for found in find(text) {
        out.push_str(text.get(at..found.range.start).unwrap_or_default());
        out.push_str(found.kind.mask());
        at = found.range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Takes `name` out of `text` where it stands whole, in no mask, and `is_it`.
fn without(text: &str, name: &str, is_it: impl Fn(&str) -> bool) -> String {
    let (lower, wanted) = (text.to_lowercase(), name.to_lowercase());
    // Lower case may have another length in rare scripts; then only the exact spelling is found.
    let (lower, wanted) = match lower.len() == text.len() {
        true => (lower, wanted),
        false => (text.to_owned(), name.to_owned()),
    };
    let masks = masks_in(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, found) in lower.match_indices(&wanted) {
        let end = start + found.len();
        let (before, after) = (text.get(..start), text.get(end..));
        let (Some(before), Some(after), Some(written)) = (before, after, text.get(start..end))
        else {
            continue;
        };
        let is_whole = !before.ends_with(char::is_alphanumeric)
            && !after.starts_with(char::is_alphanumeric)
            && masks.iter().all(|it| end <= it.start || it.end <= start);
        if start >= at && is_whole && is_it(written) {
            out.push_str(text.get(at..start).unwrap_or_default());
            out.push_str(SENDER);
            at = end;
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Where `text` has masks.
fn masks_in(text: &str) -> Vec<Range<usize>> {
    let kinds =
        [Private::Phone, Private::Identity, Private::Email, Private::Account, Private::Address];
    let all = kinds.map(Private::mask).into_iter().chain([SENDER]);
    all.flat_map(|mask| text.match_indices(mask).map(|(at, it)| at..at + it.len())).collect()
}

/// Finds personal data in `text`, in order, none within another.
pub fn find(text: &str) -> Vec<Found> {
    let mut all = emails(text);
    all.extend(addresses(text));
    all.extend(numbers(text));
    all.sort_by_key(|it| (it.range.start, std::cmp::Reverse(it.range.end)));
    let mut kept: Vec<Found> = Vec::new();
    for it in all {
        if kept.last().is_none_or(|last| last.range.end <= it.range.start) {
            kept.push(it);
        }
    }
    kept
}

fn emails(text: &str) -> Vec<Found> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let (before, after) = text.split_at(at);
        let start = before.rfind(|c| !is_part(c)).map_or(0, |n| {
            n + before.get(n..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8)
        });
        let host = after.get(1..).unwrap_or_default();
        let len = host.find(|c| !is_part(c)).unwrap_or(host.len());
        let host = host.get(..len).unwrap_or_default().trim_end_matches(['.', '-', '_']);
        if start < at && host.contains('.') {
            found.push(Found { kind: Private::Email, range: start..at + 1 + host.len() });
        }
    }
    found
}

/// Digits that stand together, as far as they were read.
struct Run {
    start: usize,
    /// Behind the last digit or parenthesis.
    end: usize,
    digits: String,
    /// It begins with a parenthesis that is still open.
    is_open: bool,
}

impl Run {
    fn begun(at: usize, c: char) -> Self {
        let digits = if c.is_ascii_digit() { c.to_string() } else { String::new() };
        Self { start: at, end: at + c.len_utf8(), digits, is_open: c == '(' }
    }

    /// Whether `c`, which stands at `at`, belongs to it.
    fn takes(&mut self, at: usize, c: char) -> bool {
        match c {
            c if c.is_ascii_digit() => self.digits.push(c),
            '+' if self.digits.is_empty() => {}
            ')' if self.is_open && at == self.end => self.is_open = false,
            // One gap between digits, not two.
            ' ' | '.' | '-' | '\u{a0}' => return at <= self.end,
            _ => return false,
        }
        self.end = at + c.len_utf8();
        true
    }

    /// What it is in `text`, if it is personal.
    fn found(&self, text: &str) -> Option<Found> {
        // "(0912 345 678, gọi tối)" opens a remark, not a number.
        let start = self.start + usize::from(self.is_open);
        let (before, written) = (text.get(..start)?, text.get(start..self.end)?);
        let kind = kind_of(before, written, &self.digits)?;
        Some(Found { kind, range: start..self.end })
    }
}

/// Runs of digits, which people break with spaces, dots and dashes, and begin with an area in parentheses.
fn numbers(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut run: Option<Run> = None;
    let mut is_inside_word = false;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        if let Some(it) = &mut run {
            if !it.takes(at, c) {
                let joined = at == it.end && (c.is_alphabetic() || c == '/');
                found.extend(it.found(text).filter(|_| !joined));
                run = None;
            }
        } else if (c.is_ascii_digit() || matches!(c, '+' | '(')) && !is_inside_word {
            run = Some(Run::begun(at, c));
        }
        is_inside_word = c.is_alphanumeric() || c == '/';
    }
    found
}

/// What a run of digits is, by its length, its beginning and the words before it.
fn kind_of(before: &str, written: &str, digits: &str) -> Option<Private> {
    let words = sauro_kernel::fold(tail(before, 48));
    let says = |marks: &[&str]| marks.iter().any(|mark| words.contains(mark));
    if is_phone(written, digits) && !says(&["tai khoan", "stk"]) {
        return Some(Private::Phone);
    }
    let n = digits.len();
    if n >= 6 && says(&["tai khoan", "stk", "ngan hang"]) {
        return Some(Private::Account);
    }
    let is_card = says(&["cccd", "can cuoc", "cmnd", "chung minh", "dinh danh"]);
    let is_identity = n == 12 && digits.starts_with('0') || n == 9 && is_card || n == 12 && is_card;
    if is_identity {
        return Some(Private::Identity);
    }
    if (8..=11).contains(&n) && says(&["dien thoai", "sdt", "zalo", "lien he", "goi so", "so may"])
    {
        return Some(Private::Phone);
    }
    None
}

/// Vietnamese numbers: ten digits that begin with 03, 05, 07, 08, 09, eleven of a fixed line with 02, or with
/// the country's +84 in place of the zero.
fn is_phone(written: &str, digits: &str) -> bool {
    let home = match digits.strip_prefix("84") {
        Some(rest) if written.contains('+') || digits.len() == 11 => format!("0{rest}"),
        _ => digits.to_owned(),
    };
    match home.as_bytes() {
        [b'0', b'3' | b'5' | b'7' | b'8' | b'9', ..] => home.len() == 10,
        [b'0', b'2', ..] => home.len() == 11,
        _ => false,
    }
}

/// "số nhà 12", "số 12 đường …", "12/3 Nguyễn Trãi", "thửa đất số 5", "ấp 3": up to the next comma.
fn addresses(text: &str) -> Vec<Found> {
    const MARKS: [&str; 8] =
        ["số nhà ", "nhà số ", "địa chỉ: ", "địa chỉ ", "hẻm ", "ngõ ", "căn hộ ", "phòng số "];
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for mark in MARKS {
        for (at, _) in lower.match_indices(mark) {
            let begins = lower.get(..at).and_then(|it| it.chars().next_back());
            let rest = text.get(at + mark.len()..).unwrap_or_default();
            let piece = sentence(rest);
            let has_number = piece.chars().take(24).any(|c| c.is_ascii_digit());
            if begins.is_none_or(|c| !c.is_alphanumeric()) && has_number {
                let end = at + mark.len() + piece.trim_end().len();
                found.push(Found { kind: Private::Address, range: at..end });
            }
        }
    }
    found.extend(streets(text, &lower));
    found.extend(parcels(&lower));
    found.extend(doors(text));
    found
}

/// "thửa đất số 5, tờ bản đồ số 12": the second half with it, when it follows.
fn parcels(lower: &str) -> Vec<Found> {
    let number = |from: usize| {
        let rest = lower.get(from..).unwrap_or_default();
        let n = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        (n > 0).then_some(from + n)
    };
    let mut found = Vec::new();
    for mark in ["thửa đất số ", "thửa số "] {
        for (at, _) in lower.match_indices(mark) {
            let Some(end) = number(at + mark.len()) else { continue };
            let rest = lower.get(end..).unwrap_or_default();
            let sheet = [", tờ bản đồ số ", " tờ bản đồ số ", ", tờ số "]
                .into_iter()
                .find(|it| rest.starts_with(it));
            let end = sheet.and_then(|it| number(end + it.len())).unwrap_or(end);
            found.push(Found { kind: Private::Address, range: at..end });
        }
    }
    found
}

/// What has a number that is no door: "Công văn số 12 Sở Y tế".
const PAPERS: [&str; 13] = [
    "định", "văn", "quyết", "báo", "trình", "lệnh", "hoạch", "sơ", "lai", "hẹn", "phiếu", "đơn",
    "luật",
];

/// "số 257/19 Phan Ngọc Hiển": a number and a name of two words or more.
fn doors(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices("số ").chain(text.match_indices("Số ")) {
        let before = text.get(..at).unwrap_or_default();
        if before.ends_with(char::is_alphanumeric)
            || before.split_whitespace().next_back().is_some_and(|it| PAPERS.contains(&it))
        {
            continue;
        }
        let rest = text.get(at + mark.len()..).unwrap_or_default();
        let piece = sentence(rest);
        let mut words = piece.split_whitespace();
        let is_door = words.next().is_some_and(|it| {
            it.len() <= 9
                && it.starts_with(|c: char| c.is_ascii_digit())
                && it.chars().all(|c| c.is_ascii_alphanumeric() || c == '/')
        });
        let name: Vec<&str> =
            words.take_while(|it| it.starts_with(char::is_uppercase)).take(5).collect();
        if let Some(last) = name.last().filter(|_| is_door && name.len() >= 2) {
            let end = last.as_ptr() as usize - text.as_ptr() as usize + last.len();
            found.push(Found { kind: Private::Address, range: at..end });
        }
    }
    found
}

/// "12/3 đường Nguyễn Trãi", "số 5 phố Huế".
fn streets(text: &str, lower: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for mark in [" đường ", " phố "] {
        for (at, _) in lower.match_indices(mark) {
            let before = lower.get(..at).unwrap_or_default();
            let start = before.rfind(char::is_whitespace).map_or(0, |n| n + 1);
            let number = before.get(start..).unwrap_or_default();
            if !number.starts_with(|c: char| c.is_ascii_digit()) || number.len() > 12 {
                continue;
            }
            let start = before
                .get(..start)
                .filter(|it| it.ends_with("số "))
                .map_or(start, |it| it.len() - "số ".len());
            let rest = text.get(at + mark.len()..).unwrap_or_default();
            let piece = sentence(rest);
            let name: Vec<&str> = piece
                .split_whitespace()
                .take_while(|it| {
                    it.starts_with(char::is_uppercase)
                        || it.starts_with(|c: char| c.is_ascii_digit())
                })
                .take(5)
                .collect();
            if let Some(last) = name.last() {
                let end = last.as_ptr() as usize - text.as_ptr() as usize + last.len();
                found.push(Found { kind: Private::Address, range: start..end });
            }
        }
    }
    found
}

/// The beginning of `rest`, up to the next comma or the end of its sentence. It looks no farther than an address
/// is long, so that a text of nothing but marks costs no more than any other.
fn sentence(rest: &str) -> &str {
    let most = rest.char_indices().nth(200).map_or(rest.len(), |it| it.0);
    let rest = rest.get(..most).unwrap_or_default();
    let piece = rest.split([',', ';', '\n', '(']).next().unwrap_or_default();
    piece.split(". ").next().unwrap_or_default().trim_end_matches('.')
}

/// The last `n` characters of `text`.
fn tail(text: &str, n: usize) -> &str {
    let start = text.char_indices().rev().take(n).last().map_or(text.len(), |it| it.0);
    text.get(start..).unwrap_or_default()
}
