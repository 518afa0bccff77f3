use std::time::Duration;

use chrono::{DateTime, Utc};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use sauro_kernel::{MailId, causes};

use super::Carrier;
use crate::model::{Carried, Letter};

/// Longest wait for one answer of the mail server.
const PATIENCE: Duration = Duration::from_secs(30);

/// The way to a mail server over SMTP.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// A letter that a program writes to whoever wrote a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The id, from which the Message-ID is made.
    pub id: MailId,
    /// Where to.
    pub address: String,
    /// The subject.
    pub subject: String,
    /// The words.
    pub plain: String,
    /// The message it answers, without brackets, or empty.
    pub answers: String,
    /// The address of the mailbox that messages come to, or empty.
    pub mailbox: String,
}

/// A letter to somebody who asked for news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsLetter {
    /// The id, from which the Message-ID is made.
    pub id: MailId,
    /// Where to.
    pub address: String,
    /// The subject.
    pub subject: String,
    /// The words without markup.
    pub plain: String,
    /// The words with markup.
    pub html: String,
    /// Where one POST ends what they asked for, or empty.
    pub leave: String,
}

/// Why the way to the mail server cannot be set up, in Vietnamese.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// The address of the server cannot be understood.
    #[error(
        "địa chỉ máy chủ thư chưa đúng ({0}). Viết như smtps://ten:mat-khau@may-chu:465, smtp+starttls://… hoặc smtp://…"
    )]
    Url(String),
    /// The sender is no address.
    #[error("người gửi “{0}” không phải địa chỉ thư. Viết như Sáu Rõ <sauro@donvi.gov.vn>")]
    From(String),
    /// The server does not answer as it should.
    #[error("máy chủ thư không nhận kết nối ({0}). Kiểm tra địa chỉ, cổng, tài khoản, tường lửa")]
    Connection(String),
}

impl Smtp {
    /// The way to the server at `url` (`smtp://`, `smtp+starttls://` or `smtps://`, with name and
    /// password if it wants them), with mails that come from `from`.
    ///
    /// # Errors
    ///
    /// [`SmtpError`] says what to mend.
    pub fn new(url: &str, from: &str) -> Result<Self, SmtpError> {
        let url = match url.strip_prefix("smtp+starttls://") {
            Some(rest) => format!("smtp://{rest}?tls=required"),
            None => url.to_owned(),
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url)
            .map_err(|err| SmtpError::Url(causes(&err)))?
            .timeout(Some(PATIENCE))
            .build();
        let sender = from.parse().map_err(|_| SmtpError::From(from.to_owned()))?;
        Ok(Self { transport, from: sender })
    }

    /// Connects, signs in and hangs up.
    ///
    /// # Errors
    ///
    /// [`SmtpError::Connection`].
    pub async fn test(&self) -> Result<(), SmtpError> {
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(SmtpError::Connection("không trả lời".to_owned())),
            Err(err) => Err(SmtpError::Connection(causes(&err))),
        }
    }

    /// Tries once to hand `reply` over, at the instant `now`.
    pub async fn reply(&self, reply: &Reply, now: DateTime<Utc>) -> Carried {
        match self.reply_message(reply, now) {
            Ok(message) => self.hand_over(message).await,
            Err(words) => Carried::Refused(words),
        }
    }

    /// Source: RFC 3834 sections 3.1.2, 3.1.5 and 5, for what keeps programs from answering each other.
    fn reply_message(&self, reply: &Reply, now: DateTime<Utc>) -> Result<Message, String> {
        let header = |name, value: &str| {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
        };
        let wrong = |err: lettre::address::AddressError| err.to_string();
        let mut builder = Message::builder()
            .message_id(Some(format!("<{}@{}>", reply.id, self.from.email.domain())))
            .date(now.into())
            .from(self.from.clone())
            .to(Mailbox::new(None, reply.address.parse().map_err(wrong)?))
            .subject(&reply.subject)
            .raw_header(header("Auto-Submitted", "auto-replied"))
            .raw_header(header("X-Auto-Response-Suppress", "All"));
        if !reply.mailbox.is_empty() {
            builder = builder
                .reply_to(Mailbox::new(None, reply.mailbox.parse().map_err(wrong)?))
                .raw_header(header("X-Loop", &reply.mailbox));
        }
        if !reply.answers.is_empty() {
            let id = format!("<{}>", reply.answers);
            builder = builder.in_reply_to(id.clone()).references(id);
        }
        builder.singlepart(SinglePart::plain(reply.plain.clone())).map_err(|err| err.to_string())
    }

    /// Tries once to hand `letter` over, at the instant `now`.
    pub async fn news(&self, letter: &NewsLetter, now: DateTime<Utc>) -> Carried {
        match self.news_message(letter, now) {
            Ok(message) => self.hand_over(message).await,
            Err(words) => Carried::Refused(words),
        }
    }

    /// Source: RFC 2369 section 3.2 and RFC 8058 section 3.1, for how a mail program offers to leave.
    fn news_message(&self, letter: &NewsLetter, now: DateTime<Utc>) -> Result<Message, String> {
        let header = |name, value: &str| {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
        };
        let address = letter.address.parse().map_err(|err| format!("{err}"))?;
        let mut builder = Message::builder()
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .date(now.into())
            .from(self.from.clone())
            .to(Mailbox::new(None, address))
            .subject(&letter.subject)
            .raw_header(header("Auto-Submitted", "auto-generated"));
        if !letter.leave.is_empty() {
            builder = builder
                .raw_header(header("List-Unsubscribe", &format!("<{}>", letter.leave)))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        builder
            .multipart(MultiPart::alternative_plain_html(letter.plain.clone(), letter.html.clone()))
            .map_err(|err| err.to_string())
    }

    async fn hand_over(&self, message: Message) -> Carried {
        // Letters beyond ASCII (RFC 6531), which not every server carries.
        let is_foreign = message.envelope().to().iter().any(|it| !it.to_string().is_ascii());
        match self.transport.send(message).await {
            Ok(_) => Carried::Taken,
            Err(err) if err.is_permanent() && is_of_address(&causes(&err)) => {
                Carried::Refused(causes(&err))
            }
            Err(err) if is_foreign && err.is_client() && causes(&err).contains("SMTPUTF8") => {
                Carried::Refused(causes(&err))
            }
            Err(err) if err.status().is_some() => Carried::Later(causes(&err)),
            Err(err) => Carried::Away(causes(&err)),
        }
    }

    fn message(&self, letter: &Letter, now: DateTime<Utc>) -> Result<Message, String> {
        let domain = self.from.email.domain();
        let by_program = HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        );
        Message::builder()
            .message_id(Some(format!("<{}@{domain}>", letter.id)))
            .date(now.into())
            .from(self.from.clone())
            .to(letter.address.parse().map_err(|err| format!("{err}"))?)
            .subject(&letter.subject)
            .raw_header(by_program)
            .multipart(MultiPart::alternative_plain_html(letter.plain.clone(), letter.html.clone()))
            .map_err(|err| err.to_string())
    }
}

impl Carrier for Smtp {
    async fn carry(&self, letter: &Letter, now: DateTime<Utc>) -> Carried {
        match self.message(letter, now) {
            Ok(message) => self.hand_over(message).await,
            Err(words) => Carried::Refused(words),
        }
    }
}

/// True when the server's words are about the address of the reader. Refusals of the sender, of the
/// sign-in or by policy are for the administrator to mend, and no reason to give a reader up.
///
/// Source: RFC 3463 (enhanced status codes), RFC 5321 section 4.2.
fn is_of_address(words: &str) -> bool {
    const OF_READER: &[&str] = &["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"];
    let mut codes = words.split(|it: char| !it.is_ascii_digit() && it != '.').filter(|it| {
        let parts: Vec<&str> = it.split('.').collect();
        parts.len() == 3 && parts.first() == Some(&"5") && parts.iter().all(|it| !it.is_empty())
    });
    match codes.next() {
        Some(code) => OF_READER.contains(&code),
        None => ["550", "551", "553"].iter().any(|code| words.contains(code)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_about_the_reader_give_an_address_up() {
        for (words, is_given_up) in [
            ("permanent error (550): 5.1.1 <a@x.vn>: Recipient address rejected", true),
            ("permanent error (550): no such user", true),
            ("permanent error (550): 5.7.1 relaying denied", false),
            ("permanent error (553): 5.1.8 sender unknown", false),
            ("permanent error (535): 5.7.8 authentication failed", false),
            ("permanent error (554): no service here", false),
        ] {
            assert_eq!(is_of_address(words), is_given_up, "{words}");
        }
    }

    #[test]
    fn an_address_of_a_server_is_understood_or_named() {
        let from = "Sáu Rõ <sauro@donvi.gov.vn>";
        for good in
            ["smtp://127.0.0.1:2525", "smtp+starttls://a:b@thu.donvi.vn", "smtps://thu.donvi.vn"]
        {
            assert!(Smtp::new(good, from).is_ok(), "{good}");
        }
        assert!(matches!(Smtp::new("http://x", from), Err(SmtpError::Url(_))));
        assert!(matches!(Smtp::new("", from), Err(SmtpError::Url(_))));
        assert!(matches!(Smtp::new("smtp://x", "không có"), Err(SmtpError::From(_))));
    }
}
