//! Who sent a case, and on which way they are reached.

use serde::{Deserialize, Serialize};

/// Who sent a case. Only ever stored sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// Họ và tên.
    pub name: String,
    /// Telephone, digits only.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Where they live.
    pub address: String,
    /// Personal identity number, if they gave it.
    pub id_number: String,
    /// Exactly where it happened.
    pub spot: String,
    /// The tracking code, to write to the sender.
    pub code: String,
    /// The Message-ID of the mail it came by, without brackets, so that what is told later stands below it.
    #[serde(default)]
    pub message_id: String,
    /// The name that an identity provider gave of whoever was signed in, or empty.
    #[serde(default)]
    pub proved_name: String,
    /// How surely it knows them, such as "VNeID, Mức độ 2"; empty for whoever was not signed in.
    #[serde(default)]
    pub level: String,
    /// The e-mail was corrected, so that it is no longer the one that a mail came from.
    #[serde(default)]
    pub is_retyped: bool,
    /// Names and places that stood here before they were corrected: what is public of the case goes on without them.
    #[serde(default)]
    pub earlier: Vec<String>,
}

/// The way on which whoever sent a case is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// An e-mail address.
    Mail(String),
    /// A mobile telephone: digits with a leading zero.
    Phone(String),
}

/// On which ways this installation tells senders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ways {
    /// By e-mail.
    pub mail: bool,
    /// By short messages.
    pub sms: bool,
}

impl Ways {
    /// True when whoever is reached so is told.
    pub fn has(self, reach: &Reach) -> bool {
        match reach {
            Reach::Mail(_) => self.mail,
            Reach::Phone(_) => self.sms,
        }
    }

    /// True when anybody is told.
    pub fn is_any(self) -> bool {
        self.mail || self.sms
    }
}

impl Reach {
    /// As its holder knows it again and nobody else: `g…u@example.vn`, `0912…678`.
    pub fn hinted(&self) -> String {
        let shortened = |text: &str, (n_first, n_last): (usize, usize)| {
            let n = text.chars().count();
            let first: String = text.chars().take(n_first.min(n)).collect();
            let last: String = text.chars().skip(n.saturating_sub(n_last).max(n_first)).collect();
            format!("{first}…{last}")
        };
        match self {
            Self::Mail(address) => match address.split_once('@') {
                Some((name, host)) => format!("{}@{host}", shortened(name, (1, 1))),
                None => shortened(address, (1, 0)),
            },
            Self::Phone(phone) => shortened(phone, (4, 3)),
        }
    }
}

impl Sender {
    /// The way that the sender left; none where it is neither an e-mail address nor a mobile telephone.
    pub fn reach(&self) -> Option<Reach> {
        match (self.email.is_empty(), is_mobile(&self.phone)) {
            (false, _) => Some(Reach::Mail(self.email.clone())),
            (true, true) => Some(Reach::Phone(self.phone.clone())),
            (true, false) => None,
        }
    }

    /// What the public is not to read: names and places, also those that were corrected.
    pub fn names(&self) -> Vec<String> {
        let now = [&self.name, &self.proved_name, &self.address, &self.spot];
        now.into_iter().chain(&self.earlier).filter(|it| !it.is_empty()).cloned().collect()
    }
}

/// True of a number that takes short messages.
///
/// Source: Thông tư 22/2014/TT-BTTTT and Quyết định 798/QĐ-BTTTT (2018): ten digits that begin with 03, 05, 07, 08
/// or 09; others are landlines.
pub fn is_mobile(phone: &str) -> bool {
    let is_digits = phone.len() == 10 && phone.bytes().all(|it| it.is_ascii_digit());
    is_digits && ["03", "05", "07", "08", "09"].iter().any(|it| phone.starts_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_to_and_only_a_mobile_telephone_takes_short_messages() {
        let of = |email: &str, phone: &str| Sender {
            email: email.to_owned(),
            phone: phone.to_owned(),
            ..Sender::default()
        };
        for (email, phone, reach) in [
            ("a@b.vn", "0912345678", Some(Reach::Mail("a@b.vn".to_owned()))),
            ("", "0912345678", Some(Reach::Phone("0912345678".to_owned()))),
            ("", "02903811234", None),
            ("", "0290381123", None),
            ("", "", None),
        ] {
            assert_eq!(of(email, phone).reach(), reach, "{email} {phone}");
        }
    }

    #[test]
    fn a_way_is_hinted_at_and_not_told() {
        for (reach, hint) in [
            (Reach::Mail("gui.mau@example.vn".to_owned()), "g…u@example.vn"),
            (Reach::Mail("a@b.vn".to_owned()), "a…@b.vn"),
            (Reach::Phone("0912345678".to_owned()), "0912…678"),
        ] {
            assert_eq!(reach.hinted(), hint);
        }
    }
}
