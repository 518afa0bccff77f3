//! Messages that nobody wrote: they are neither taken in nor answered.

use mail_parser::{HeaderForm, Message, MimeHeaders};

use super::Own;

/// Why a message is left aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Skip {
    /// A program answered by itself.
    Automatic,
    /// Sent to many.
    Bulk,
    /// A mail that could not be delivered comes back.
    Bounce,
    /// Written by this installation.
    Own,
    /// Nobody to answer.
    NoSender,
    /// No message can be read from it.
    Broken,
}

/// Names under which mail servers write.
const SERVERS: [&str; 3] = ["mailer-daemon", "postmaster", "mail-daemon"];

impl Skip {
    /// All reasons.
    pub const ALL: [Self; 6] =
        [Self::Automatic, Self::Bulk, Self::Bounce, Self::Own, Self::NoSender, Self::Broken];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Bulk => "bulk",
            Self::Bounce => "bounce",
            Self::Own => "own",
            Self::NoSender => "no_sender",
            Self::Broken => "broken",
        }
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Automatic => "Trả lời tự động",
            Self::Bulk => "Thư gửi hàng loạt",
            Self::Bounce => "Thư báo không gửi được",
            Self::Own => "Thư của chính hệ thống",
            Self::NoSender => "Không rõ người gửi",
            Self::Broken => "Thư hỏng, không đọc được",
        }
    }

    /// Why `message` from `address` is left aside, if it is.
    ///
    /// Source: RFC 3834 sections 2 and 5, RFC 5321 section 4.5.5, RFC 2919, RFC 6522.
    pub(super) fn of(message: &Message<'_>, address: &str, own: &Own) -> Option<Self> {
        let is_there = |name: &'static str| raw(message, name).is_some();
        let name = address.split('@').next().unwrap_or_default();
        let is_empty_path =
            raw(message, "Return-Path").is_some_and(|it| it.replace(' ', "") == "<>");
        let is_report = message.root_part().is_content_type("multipart", "report");
        if is_empty_path || is_report || SERVERS.contains(&name) {
            return Some(Self::Bounce);
        }
        let is_loop = raw(message, "X-Loop").is_some_and(|it| own.is_in(&it.to_lowercase()));
        if own.is(address) || is_loop {
            return Some(Self::Own);
        }
        let is_automatic = raw(message, "Auto-Submitted").is_some_and(|it| {
            let word = it.split(|c: char| c == ';' || c.is_whitespace()).next();
            !word.unwrap_or_default().eq_ignore_ascii_case("no")
        });
        let marks = ["X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond"];
        if is_automatic || marks.into_iter().any(is_there) {
            return Some(Self::Automatic);
        }
        let is_bulk = raw(message, "Precedence").is_some_and(|it| {
            ["bulk", "list", "junk"].iter().any(|word| it.eq_ignore_ascii_case(word))
        });
        if is_bulk || is_there("List-Id") {
            return Some(Self::Bulk);
        }
        address.is_empty().then_some(Self::NoSender)
    }
}

/// The first header called `name`, as it stands.
fn raw(message: &Message<'_>, name: &'static str) -> Option<String> {
    all(message, name).into_iter().next()
}

/// Every header called `name`, as they stand, from the top.
pub(super) fn all(message: &Message<'_>, name: &'static str) -> Vec<String> {
    let found = message.header_as(name, HeaderForm::Raw);
    found.iter().map(|it| it.as_text().unwrap_or_default().trim().to_owned()).collect()
}
