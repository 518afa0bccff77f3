use sauro_kernel::{SubscriptionId, mail_address};
use serde::{Deserialize, Serialize};

use super::{Device, Fault, Rhythm, Subject};

/// The version of the words that are agreed to. A changed text is another version.
pub const CONSENT: &str = "2026-11";

/// How long the link that confirms holds; after that the address is forgotten.
pub const CONFIRM_HOURS: i64 = 48;

/// Most subjects of one subscription.
pub const MOST_SUBJECTS: usize = 30;

/// How somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// Thư điện tử.
    Mail,
    /// Thông báo trên máy.
    Push,
}

impl Way {
    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Push => "push",
        }
    }

    /// The way stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Mail, Self::Push].into_iter().find(|it| it.code() == code)
    }
}

/// Where somebody is told. Only ever stored sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contact {
    /// An e-mail address in small letters.
    Mail(String),
    /// A device.
    Push(Device),
}

impl Contact {
    /// By which way.
    pub fn way(&self) -> Way {
        match self {
            Self::Mail(_) => Way::Mail,
            Self::Push(_) => Way::Push,
        }
    }

    /// What makes it one and no other.
    pub fn name(&self) -> &str {
        match self {
            Self::Mail(address) => address,
            Self::Push(device) => &device.endpoint,
        }
    }
}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The id.
    pub id: SubscriptionId,
    /// By which way.
    pub way: Way,
    /// [`Contact`], sealed for `id`.
    pub sealed: Vec<u8>,
    /// How often.
    pub rhythm: Rhythm,
    /// What about.
    pub wanted: Vec<Subject>,
    /// The version of the words that were agreed to.
    pub consent: String,
    /// When it was asked for, unix microseconds.
    pub asked_at: i64,
    /// When the address was confirmed; until then nothing is told.
    pub confirmed_at: Option<i64>,
    /// Digests tell of what was told after this.
    pub told_n: i64,
    /// When the next digest is closed.
    pub next_at: Option<i64>,
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// How often.
    pub rhythm: Rhythm,
    /// What about, each once.
    pub subjects: Vec<Subject>,
}

/// The same as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WishFields {
    /// The e-mail address.
    pub address: String,
    /// The word of the rhythm.
    pub rhythm: String,
    /// Codes of subjects.
    pub subjects: Vec<String>,
    /// Whether the words about personal data were agreed to.
    pub is_agreed: bool,
}

impl WishFields {
    /// The wish, leaving out subjects that are not among `known`.
    ///
    /// # Errors
    ///
    /// Every fault.
    pub fn wish(&self, known: impl Fn(Subject) -> bool) -> Result<Wish, Vec<Fault>> {
        let mut faults = Vec::new();
        let subjects = self.chosen(known, &mut faults);
        let rhythm = Rhythm::of_word(&self.rhythm);
        if rhythm.is_none() {
            faults.push(("nhip".to_owned(), "Chọn nhận ngay hay nhận gộp.".to_owned()));
        }
        match rhythm {
            Some(rhythm) if faults.is_empty() => Ok(Wish { rhythm, subjects }),
            _ => Err(faults),
        }
    }

    /// The address and the wish of somebody who asks for the first time.
    ///
    /// # Errors
    ///
    /// Every fault.
    pub fn first(&self, known: impl Fn(Subject) -> bool) -> Result<(Contact, Wish), Vec<Fault>> {
        let wish = self.wish(known);
        let address = mail_address(&self.address).map(str::to_lowercase);
        let mut faults = Vec::new();
        if address.is_none() {
            let words = "Nhập địa chỉ thư điện tử như ten@thu.vn, không dấu, không khoảng trắng.";
            faults.push(("thu".to_owned(), words.to_owned()));
        }
        if !self.is_agreed {
            let words = "Đánh dấu đồng ý thì mới giữ địa chỉ để gửi tin được.";
            faults.push(("dong-y".to_owned(), words.to_owned()));
        }
        match (address, wish) {
            (Some(address), Ok(wish)) if faults.is_empty() => Ok((Contact::Mail(address), wish)),
            (_, Ok(_)) => Err(faults),
            (_, Err(more)) => Err(more.into_iter().chain(faults).collect()),
        }
    }

    fn chosen(&self, known: impl Fn(Subject) -> bool, faults: &mut Vec<Fault>) -> Vec<Subject> {
        let mut subjects: Vec<Subject> = self
            .subjects
            .iter()
            .filter_map(|it| Subject::of_code(it))
            .filter(|it| known(*it))
            .collect();
        subjects.sort();
        subjects.dedup();
        if subjects.is_empty() {
            faults.push(("muc".to_owned(), "Chọn ít nhất một mục.".to_owned()));
        }
        if subjects.len() > MOST_SUBJECTS {
            faults.push(("muc".to_owned(), format!("Chọn nhiều nhất {MOST_SUBJECTS} mục.")));
        }
        subjects
    }
}
