//! A message as it came, read.

use bytes::Bytes;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::plain::{plain_of, tidy};
use super::{Skip, doubt_of, skip};

/// Longest Message-ID that is kept.
const LONGEST_ID: usize = 250;

/// What the mailbox knows of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// Its addresses, in small letters.
    pub addresses: Vec<String>,
    /// The name under which its server writes `Authentication-Results`, or empty.
    pub server_id: String,
}

/// A message, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Incoming {
    /// Its Message-ID without brackets, or empty.
    pub message_id: String,
    /// When it says it was sent, as it stands.
    pub date: String,
    /// The name it gives of its sender, or the address.
    pub name: String,
    /// The address it claims to come from, in small letters.
    pub address: String,
    /// The subject.
    pub subject: String,
    /// The text, plain.
    pub text: String,
    /// What is attached: name and content, what was meant to be attached first.
    pub files: Vec<(String, Bytes)>,
    /// What the own server holds against the address, or empty.
    pub doubt: String,
    /// Why it is left aside, if it is.
    pub skip: Option<Skip>,
}

impl Own {
    /// True of an address of the mailbox.
    pub fn is(&self, address: &str) -> bool {
        self.addresses.iter().any(|it| it == address)
    }

    /// True when an address of the mailbox stands in `text`.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.addresses.iter().any(|it| text.contains(it.as_str()))
    }
}

/// Reads `raw`. Whatever it is, there is an answer.
pub fn read(raw: &[u8], own: &Own) -> Incoming {
    let Some(message) = MessageParser::default().parse(raw) else { return broken() };
    let from = message.from().and_then(|it| it.first());
    let address = from.and_then(|it| it.address()).unwrap_or_default().trim();
    let address = sauro_petitions::model::email(address).unwrap_or_default();
    let name = from.and_then(|it| it.name()).unwrap_or_default().trim().to_owned();
    let results = skip::all(&message, "Authentication-Results");
    Incoming {
        message_id: id_of(message.message_id().unwrap_or_default()),
        date: skip::all(&message, "Date").into_iter().next().unwrap_or_default(),
        name: if name.chars().any(char::is_alphanumeric) { name } else { address.clone() },
        subject: message.subject().unwrap_or_default().trim().to_owned(),
        text: text_of(&message),
        files: files_of(&message),
        doubt: doubt_of(&results, &own.server_id),
        skip: Skip::of(&message, &address, own),
        address,
    }
}

/// Of what cannot be read.
pub(crate) fn broken() -> Incoming {
    Incoming { skip: Some(Skip::Broken), ..Incoming::default() }
}

/// What may stand in a header that points to a message.
fn id_of(id: &str) -> String {
    let is_sound = |c: char| c.is_ascii_graphic() && !"<>()[]\\,;:\"".contains(c);
    match id.len() <= LONGEST_ID && id.contains('@') && id.chars().all(is_sound) {
        true => id.to_owned(),
        false => String::new(),
    }
}

/// The text parts one after the other; marked-up ones where there is no plain one.
fn text_of(message: &Message<'_>) -> String {
    let words = |part: &MessagePart<'_>| match &part.body {
        PartType::Text(text) => tidy(text),
        PartType::Html(html) => plain_of(html),
        _ => String::new(),
    };
    let texts: Vec<String> = message.text_bodies().map(words).filter(|it| !it.is_empty()).collect();
    if !texts.is_empty() {
        return texts.join("\n\n");
    }
    let texts: Vec<String> = message.html_bodies().map(words).filter(|it| !it.is_empty()).collect();
    texts.join("\n\n")
}

fn files_of(message: &Message<'_>) -> Vec<(String, Bytes)> {
    let is_inline = |part: &MessagePart<'_>| {
        !part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment)
    };
    let mut parts: Vec<&MessagePart<'_>> = message.attachments().collect();
    // Pictures of signatures give way to what was meant to be attached.
    parts.sort_by_key(|it| is_inline(it));
    let name = |part: &MessagePart<'_>, n: usize| match part.attachment_name() {
        Some(name) if !name.trim().is_empty() => name.to_owned(),
        _ if part.is_message() => format!("thu-kem-{n}.eml"),
        _ => format!("tep-{n}"),
    };
    let files = parts.into_iter().zip(1..);
    files.map(|(part, n)| (name(part, n), Bytes::copy_from_slice(part.contents()))).collect()
}
