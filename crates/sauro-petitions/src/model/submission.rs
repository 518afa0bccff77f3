//! What a sender fills in, and what of it is taken.

use sauro_kernel::{AgencyId, Line, Prose, TextError};

use super::{Channel, Field, Matter, Sender};

/// A fault: the field's name and the Vietnamese sentence for people.
pub type Fault = (String, String);

/// The version of the words that senders agree to.
pub const CONSENT: &str = "2026-11";

/// Fewest letters that tell anything.
const FEWEST_LETTERS: usize = 12;

/// Longest one-sentence summary, in characters.
const LONGEST_TITLE: usize = 200;

/// What was filled in, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Submission {
    /// `feedback` or `proposal`.
    pub matter: String,
    /// In one sentence.
    pub title: String,
    /// The whole.
    pub body: String,
    /// The agency that governs the place, if one was chosen.
    pub place: Option<AgencyId>,
    /// Exactly where.
    pub spot: String,
    /// Code of the field, or empty.
    pub field: String,
    /// Name of the sender.
    pub name: String,
    /// Telephone or e-mail, as typed.
    pub contact: String,
    /// Where the sender lives.
    pub address: String,
    /// Personal identity number.
    pub id_number: String,
    /// Sent without a name.
    pub is_anonymous: bool,
    /// Agreed that the agency uses name and contact to answer.
    pub may_contact: bool,
    /// Agreed that content and answer are shown to all, without the name.
    pub may_publish: bool,
    /// The Message-ID of the mail it came by, without brackets.
    pub message_id: String,
    /// What the mail server holds against the address, for the officer; empty when nothing.
    pub doubt: String,
}

/// A submission that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// What it is.
    pub matter: Matter,
    /// In one sentence.
    pub title: String,
    /// The whole.
    pub body: String,
    /// Code of the field, or empty.
    pub field: String,
    /// Who sent it.
    pub sender: Sender,
    /// Sent without a name.
    pub is_anonymous: bool,
    /// May be shown to all.
    pub may_publish: bool,
}

impl Submission {
    /// Checks everything at once. `fields` are those there are.
    ///
    /// # Errors
    ///
    /// Every fault, at the name of its field in the form.
    pub fn checked(&self, channel: Channel, fields: &[Field]) -> Result<Sound, Vec<Fault>> {
        let mut faults = Vec::new();
        let matter = Matter::of_code(&self.matter);
        if matter.is_none() {
            faults.push(fault("loai", "Chọn phản ánh hay kiến nghị."));
        }
        let title = self.title(&mut faults);
        let body = self.body(&mut faults);
        let field = fields.iter().find(|it| it.code == self.field);
        if !self.field.is_empty() && field.is_none() {
            faults.push(fault("linh-vuc", "Chọn một lĩnh vực trong danh sách, hoặc để trống."));
        }
        let sender = self.sender(channel, field, &mut faults);
        match matter {
            Some(matter) if faults.is_empty() => Ok(Sound {
                matter,
                title,
                body,
                field: self.field.clone(),
                sender,
                is_anonymous: self.is_anonymous,
                may_publish: self.may_publish,
            }),
            _ => Err(faults),
        }
    }

    /// The sender `before` with the name, contact, address and identity number filled in here. An identity number that
    /// is left empty stays as it was; what no form shows stays too.
    ///
    /// # Errors
    ///
    /// The faults, by field.
    pub fn corrected(&self, channel: Channel, before: &Sender) -> Result<Sender, Vec<Fault>> {
        let mut faults = Vec::new();
        let typed = Self { is_anonymous: false, may_contact: true, ..self.clone() };
        let mut now = typed.sender(channel, None, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        if now.id_number.is_empty() {
            now.id_number.clone_from(&before.id_number);
        }
        now.spot.clone_from(&before.spot);
        now.code.clone_from(&before.code);
        // An address that was typed proves nothing, and is no part of the conversation by mail.
        if now.email == before.email {
            now.message_id.clone_from(&before.message_id);
            now.is_retyped = before.is_retyped;
        } else {
            now.is_retyped = true;
        }
        now.proved_name.clone_from(&before.proved_name);
        now.level.clone_from(&before.level);
        let current = now.names();
        now.earlier = before.names().into_iter().filter(|it| !current.contains(it)).collect();
        Ok(now)
    }

    fn title(&self, faults: &mut Vec<Fault>) -> String {
        match Line::parse(&self.title) {
            Ok(line) if line.as_str().chars().count() > LONGEST_TITLE => {
                let n = line.as_str().chars().count();
                faults.push(fault(
                    "tom-tat",
                    format!("Câu tóm tắt dài {n} ký tự. Rút còn tối đa {LONGEST_TITLE}, phần còn lại viết ở mục kể cụ thể."),
                ));
                String::new()
            }
            Ok(line) if n_letters(line.as_str()) < 4 => {
                faults.push(fault(
                    "tom-tat",
                    "Viết câu tóm tắt bằng chữ để cơ quan hiểu được việc gì.",
                ));
                String::new()
            }
            Ok(line) => line.as_str().to_owned(),
            Err(TextError::Empty) => {
                faults.push(fault("tom-tat", "Tóm tắt chuyện xảy ra trong một câu."));
                String::new()
            }
            Err(TextError::TooLong { len, .. }) => {
                faults.push(fault(
                    "tom-tat",
                    format!("Câu tóm tắt dài {len} ký tự. Rút còn tối đa {LONGEST_TITLE}."),
                ));
                String::new()
            }
        }
    }

    fn body(&self, faults: &mut Vec<Fault>) -> String {
        match Prose::parse(&self.body) {
            Ok(body) if n_letters(body.as_str()) < FEWEST_LETTERS => {
                faults.push(fault(
                    "noi-dung",
                    "Kể bằng chữ: ở đâu, ngày nào, chuyện gì. Nội dung chỉ có ký hiệu thì chưa ai giải quyết được.",
                ));
                String::new()
            }
            Ok(body) => body.as_str().to_owned(),
            Err(TextError::Empty) => {
                faults.push(fault("noi-dung", "Kể cụ thể chuyện xảy ra ở đâu, ngày nào."));
                String::new()
            }
            Err(TextError::TooLong { len, most }) => {
                faults.push(fault(
                    "noi-dung",
                    format!("Nội dung dài {len} ký tự, nhiều hơn {most}. Rút ngắn, hoặc gửi phần chi tiết thành tệp kèm theo."),
                ));
                String::new()
            }
        }
    }

    fn sender(&self, channel: Channel, field: Option<&Field>, faults: &mut Vec<Fault>) -> Sender {
        let mut sender = Sender {
            spot: self.line("cho", "chỗ xảy ra", &self.spot, faults),
            ..Sender::default()
        };
        if self.is_anonymous {
            if !field.is_some_and(|it| it.allows_anonymous) {
                faults.push(fault(
                    "an-danh",
                    "Lĩnh vực này chưa nhận phản ánh không ghi tên. Ghi họ tên và số liên lạc, hoặc chọn lĩnh vực khác.",
                ));
            }
            return sender;
        }
        sender.message_id.clone_from(&self.message_id);
        sender.name = self.line("ho-ten", "họ tên", &self.name, faults);
        sender.address = self.line("noi-o", "nơi ở", &self.address, faults);
        if sender.name.is_empty() {
            faults.push(fault("ho-ten", "Ghi họ và tên để cơ quan trả lời đúng người."));
        }
        self.contact(channel, &mut sender, faults);
        let digits: String = self.id_number.chars().filter(char::is_ascii_digit).collect();
        if !self.id_number.trim().is_empty() && digits.len() != 12 {
            faults.push(fault(
                "so-dinh-danh",
                "Số định danh cá nhân có 12 chữ số. Sửa lại hoặc để trống.",
            ));
        }
        sender.id_number = digits;
        if !self.may_contact && !channel.is_on_behalf() {
            faults.push(fault(
                "dong-y",
                "Đánh dấu đồng ý để cơ quan được dùng tên và số liên lạc khi trả lời.",
            ));
        }
        sender
    }

    /// A telephone or an e-mail; whoever came by may have neither.
    fn contact(&self, channel: Channel, sender: &mut Sender, faults: &mut Vec<Fault>) {
        let typed = self.contact.trim();
        if typed.is_empty() {
            if !channel.is_on_behalf() {
                faults
                    .push(fault("lien-lac", "Ghi số điện thoại hoặc thư điện tử để nhận trả lời."));
            }
        } else if typed.contains('@') {
            match email(typed) {
                Some(email) => sender.email = email,
                None => faults.push(fault(
                    "lien-lac",
                    "Thư điện tử chưa đúng. Kiểm tra lại, ví dụ ten@donvi.vn.",
                )),
            }
        } else {
            match phone(typed) {
                Some(phone) => sender.phone = phone,
                None => faults.push(fault(
                    "lien-lac",
                    "Số điện thoại chưa đúng. Ghi đủ 10 chữ số, ví dụ 0912 345 678, hoặc ghi thư điện tử.",
                )),
            }
        }
    }

    fn line(&self, field: &str, label: &str, typed: &str, faults: &mut Vec<Fault>) -> String {
        match Line::parse(typed) {
            Ok(line) => line.as_str().to_owned(),
            Err(TextError::Empty) => String::new(),
            Err(TextError::TooLong { len, most }) => {
                faults.push(fault(field, format!("Phần {label} dài {len} ký tự, tối đa {most}.")));
                String::new()
            }
        }
    }
}

fn fault(field: &str, words: impl Into<String>) -> Fault {
    (field.to_owned(), words.into())
}

/// Letters of any script: what a text says is more than signs and pictures.
fn n_letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// The digits of a Vietnamese telephone number, with a leading zero; none when it cannot be one.
pub fn phone(typed: &str) -> Option<String> {
    let is_sign = |c: char| c.is_ascii_digit() || " .-+()".contains(c);
    if !typed.chars().all(is_sign) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let home = match digits.strip_prefix("84") {
        Some(rest) if rest.len() >= 9 => format!("0{rest}"),
        _ => digits,
    };
    let is_number = home.starts_with('0') && matches!(home.len(), 10 | 11);
    is_number.then_some(home)
}

/// An e-mail address in small letters; none when it cannot be one.
pub fn email(typed: &str) -> Option<String> {
    let (name, host) = typed.split_once('@')?;
    let is_of = |text: &str, signs: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || signs.contains(c))
    };
    let is_host = is_of(host, ".-")
        && host.contains('.')
        && !host.contains("..")
        && !host.starts_with('.')
        && !host.ends_with('.');
    // RFC 5322, atext; what stands in quotes is nobody's.
    let is_name = is_of(name, ".!#$%&'*+-/=?^_`{|}~");
    (is_name && is_host && typed.len() <= 254).then(|| typed.to_lowercase())
}
