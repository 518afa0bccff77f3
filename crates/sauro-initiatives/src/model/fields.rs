use rust_decimal::Decimal;
use sauro_kernel::{Line, Prose};

use super::{Area, Benefit, Consent, Fault, Kind, Ownership, UNITS};
use crate::error::text_fault;

/// What a sender typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DossierFields {
    /// The code of the kind.
    pub kind: String,
    /// The code of the area.
    pub area: String,
    /// The title.
    pub title: String,
    /// Present state, content, novelty, applicability, benefit: in this order.
    pub texts: [String; 5],
    /// The figure of the benefit, its unit and its source.
    pub figure: [String; 3],
    /// The code of the ownership, and what is said about it.
    pub ownership: [String; 2],
    /// The receiving agency, by name or code.
    pub receiver: String,
    /// The number of the published problem that it answers, or empty.
    pub problem: String,
    /// The authors; lines without a name are skipped.
    pub authors: Vec<AuthorFields>,
    /// The telephone of the first author.
    pub phone: String,
    /// The mail of the first author.
    pub mail: String,
    /// The codes of what was agreed to.
    pub consents: Vec<String>,
    /// The sender says that the work is their own.
    pub is_sworn: bool,
}

/// One author, as typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AuthorFields {
    /// The name.
    pub name: String,
    /// Where they work or live.
    pub unit: String,
    /// The share in percent.
    pub share: String,
}

// Names must not end in a log.
impl std::fmt::Debug for AuthorFields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AuthorFields")
    }
}

/// Fields that hold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The kind.
    pub kind: Kind,
    /// The area.
    pub area: Area,
    /// The title.
    pub title: String,
    /// Present state, content, novelty, applicability, benefit.
    pub texts: [String; 5],
    /// The figure of the benefit.
    pub figures: Option<Benefit>,
    /// The ownership, and what is said about it.
    pub ownership: (Ownership, String),
    /// Name, unit and share of each author.
    pub authors: Vec<(String, String, i64)>,
    /// The telephone and the mail of the first author.
    pub reach: (String, String),
    /// What was agreed to.
    pub consents: Vec<Consent>,
}

/// Field names and labels of the texts, in their order.
pub(crate) const TEXTS: [(&str, &str); 5] = [
    ("thuc-trang", "thực trạng"),
    ("noi-dung", "nội dung giải pháp"),
    ("diem-moi", "điểm mới"),
    ("kha-nang", "khả năng áp dụng"),
    ("loi-ich", "lợi ích"),
];

/// Most characters of one text.
const MOST: usize = 10_000;

/// Authors at most.
const MOST_AUTHORS: usize = 10;

impl DossierFields {
    /// Checks everything but the receiver, which needs the directory.
    ///
    /// # Errors
    ///
    /// Every fault at once, in the order of the form.
    pub fn read(&self) -> Result<Read, Vec<Fault>> {
        let mut faults = Vec::new();
        let kind = chosen(Kind::of_code(&self.kind), "loai", "Chọn loại sáng kiến.", &mut faults);
        let area = chosen(Area::of_code(&self.area), "linh-vuc", "Chọn lĩnh vực.", &mut faults);
        let title = line("ten", "tên sáng kiến", &self.title, 200, &mut faults);
        let mut texts: [String; 5] = Default::default();
        for ((text, typed), (field, label)) in texts.iter_mut().zip(&self.texts).zip(TEXTS) {
            *text = prose(field, label, typed, &mut faults);
        }
        let figures = self.benefit(&mut faults);
        let ownership = self.owned(&mut faults);
        let authors = self.who(&mut faults);
        let reach = self.reached(&mut faults);
        let consents: Vec<Consent> = Consent::ALL
            .into_iter()
            .filter(|it| self.consents.iter().any(|code| code == it.code()))
            .collect();
        if !consents.contains(&Consent::Process) {
            let words =
                "Cần đồng ý cho dùng tên và số liên lạc thì cơ quan mới giải quyết được hồ sơ.";
            faults.push(("xu-ly".to_owned(), words.to_owned()));
        }
        if !self.is_sworn {
            let words = "Cam đoan đây là công trình của các tác giả đã ghi.";
            faults.push(("cam-doan".to_owned(), words.to_owned()));
        }
        match (kind, area, ownership) {
            (Some(kind), Some(area), Some(ownership)) if faults.is_empty() => {
                Ok(Read { kind, area, title, texts, figures, ownership, authors, reach, consents })
            }
            _ => Err(faults),
        }
    }

    fn benefit(&self, faults: &mut Vec<Fault>) -> Option<Benefit> {
        let [amount, unit, source] = &self.figure;
        if amount.trim().is_empty() {
            return None;
        }
        let amount = quantity(amount);
        let mut say = |field: &str, words: &str| faults.push((field.to_owned(), words.to_owned()));
        if amount.is_none() {
            say("loi-ich-so", "Ghi lợi ích bằng số, ví dụ 120.000.000 hoặc 12,5; không ghi chữ.");
        }
        let unit = UNITS.iter().find(|it| it.0 == unit);
        if unit.is_none() {
            say("loi-ich-don-vi", "Chọn đơn vị của con số.");
        }
        let source = line("loi-ich-nguon", "nguồn của con số", source, 300, faults);
        Some(Benefit { amount: amount?, unit: unit?.1.to_owned(), source })
    }

    fn owned(&self, faults: &mut Vec<Fault>) -> Option<(Ownership, String)> {
        let [code, note] = &self.ownership;
        let words = "Chọn một lời khai về quyền sở hữu trí tuệ.";
        let found = chosen(Ownership::of_code(code), "so-huu", words, faults)?;
        let note = match (found, note.trim()) {
            (Ownership::Free, "") => String::new(),
            (_, note) => line("so-huu-ghi", "số đơn, số bằng hoặc phần của ai", note, 500, faults),
        };
        Some((found, note))
    }

    fn who(&self, faults: &mut Vec<Fault>) -> Vec<(String, String, i64)> {
        let mut authors = Vec::new();
        let mut say = |field: String, words: &str| faults.push((field, words.to_owned()));
        for (n, it) in (1..).zip(&self.authors) {
            let name = Line::parse(&it.name).map(|it| it.as_str().to_owned()).unwrap_or_default();
            let unit = Line::parse(&it.unit).map(|it| it.as_str().to_owned()).unwrap_or_default();
            if name.is_empty() && unit.is_empty() && (n > 1 || it.share.trim().is_empty()) {
                continue;
            }
            if name.is_empty() || name.chars().count() > 100 {
                say(format!("tac-gia-{n}"), "Nhập họ và tên tác giả, tối đa 100 ký tự.");
            }
            if unit.chars().count() > 200 {
                say(format!("don-vi-{n}"), "Rút gọn nơi làm việc còn tối đa 200 ký tự.");
            }
            let share = quantity(&it.share).filter(|it| *it > Decimal::ZERO);
            let share = share.and_then(|it| i64::try_from((it * Decimal::from(100)).round()).ok());
            if share.is_none() {
                say(format!("phan-{n}"), "Ghi phần đóng góp bằng số, ví dụ 60 hoặc 33,33.");
            }
            authors.push((name, unit, share.unwrap_or_default()));
        }
        if authors.is_empty() {
            say("tac-gia-1".to_owned(), "Nhập họ và tên ít nhất một tác giả.");
        } else if authors.len() > MOST_AUTHORS {
            say("tac-gia-1".to_owned(), "Hồ sơ có tối đa 10 tác giả.");
        } else if authors.iter().all(|it| it.2 > 0) {
            let sum: i64 = authors.iter().map(|it| it.2).sum();
            if sum != 10_000 {
                let sum = Decimal::new(sum, 2).normalize().to_string().replace('.', ",");
                let words =
                    format!("Phần đóng góp của các tác giả cộng lại là {sum}%, phải đúng 100%.");
                say("phan-1".to_owned(), &words);
            }
        }
        authors
    }

    fn reached(&self, faults: &mut Vec<Fault>) -> (String, String) {
        let phone: String =
            self.phone.chars().filter(|it| !it.is_whitespace() && !".-()".contains(*it)).collect();
        let mail = self.mail.trim().to_owned();
        let digits = phone.strip_prefix('+').unwrap_or(&phone);
        let is_phone =
            (9..=15).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
        if phone.is_empty() && mail.is_empty() {
            let words = "Nhập số điện thoại hoặc thư điện tử để cơ quan trả lời.";
            faults.push(("dien-thoai".to_owned(), words.to_owned()));
        }
        if !phone.is_empty() && !is_phone {
            let words = "Số điện thoại có 9 đến 15 chữ số, ví dụ 0901 234 567.";
            faults.push(("dien-thoai".to_owned(), words.to_owned()));
        }
        let is_mail = mail.len() <= 200
            && !mail.chars().any(|it| it.is_whitespace() || it.is_control())
            && mail.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'));
        if !mail.is_empty() && !is_mail {
            let words = "Thư điện tử có dạng ten@noi.vn, không có dấu cách.";
            faults.push(("thu".to_owned(), words.to_owned()));
        }
        (phone, mail)
    }
}

/// A number as people write it: `1.200.000`, `12,5`; never negative, at most eighteen digits.
pub fn quantity(typed: &str) -> Option<Decimal> {
    let typed: String = typed.trim().chars().filter(|it| !it.is_whitespace()).collect();
    let (whole, part) = typed.split_once(',').unwrap_or((&typed, ""));
    let groups: Vec<&str> = whole.split('.').collect();
    let (first, rest) = groups.split_first()?;
    let is_digits = |it: &&str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let is_whole = is_digits(first) && rest.iter().all(|it| is_digits(it) && it.len() == 3);
    let is_part = part.bytes().all(|it| it.is_ascii_digit()) && part.len() <= 4;
    let ends = typed.ends_with(',');
    let digits = groups.concat();
    if !is_whole || !is_part || ends || digits.len() > 18 || (!rest.is_empty() && first.len() > 3) {
        return None;
    }
    format!("{digits}.{}", if part.is_empty() { "0" } else { part })
        .parse::<Decimal>()
        .ok()
        .map(|it| it.normalize())
}

pub(super) fn chosen<T>(
    found: Option<T>,
    field: &str,
    words: &str,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    if found.is_none() {
        faults.push((field.to_owned(), words.to_owned()));
    }
    found
}

pub(super) fn line(
    field: &str,
    label: &str,
    typed: &str,
    most: usize,
    faults: &mut Vec<Fault>,
) -> String {
    match Line::parse(typed) {
        Ok(it) if it.as_str().chars().count() <= most => it.as_str().to_owned(),
        Ok(_) => {
            let words = format!("Rút gọn {label} còn tối đa {most} ký tự.");
            faults.push((field.to_owned(), words));
            String::new()
        }
        Err(err) => {
            faults.push((field.to_owned(), text_fault(label, err)));
            String::new()
        }
    }
}

pub(super) fn prose(field: &str, label: &str, typed: &str, faults: &mut Vec<Fault>) -> String {
    match Prose::parse(typed) {
        Ok(it) if it.as_str().chars().count() <= MOST => it.as_str().to_owned(),
        Ok(_) => {
            let words =
                format!("Rút gọn phần {label} còn tối đa 10.000 ký tự; phần dài để trong tệp.");
            faults.push((field.to_owned(), words));
            String::new()
        }
        Err(err) => {
            faults.push((field.to_owned(), text_fault(label, err)));
            String::new()
        }
    }
}
