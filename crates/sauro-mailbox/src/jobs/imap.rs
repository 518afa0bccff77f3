use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_imap::{Client, Session};
use bytes::Bytes;
use chrono::NaiveDate;
use futures_util::TryStreamExt;
use sauro_kernel::causes;
use sauro_wire::{is_this_machine, trusting};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

/// Longest wait for one answer of the server.
const PATIENCE: Duration = Duration::from_secs(60);

/// Longest wait for one message.
const PATIENCE_FOR_MESSAGE: Duration = Duration::from_secs(600);

/// Where a mailbox is, and how it is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImapPlace {
    /// Name or address of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Name to sign in with.
    pub user: String,
    /// The file that holds the password.
    pub password_file: PathBuf,
    /// The folder that is read, such as `INBOX`.
    pub folder: String,
    /// TLS from the first byte on. Without it only on the own machine.
    pub is_tls: bool,
    /// Certificates (PEM) to trust beside those of the system, or empty.
    pub trusted: PathBuf,
}

/// Why a mailbox cannot be read, in Vietnamese.
#[derive(Debug, thiserror::Error)]
pub enum ImapError {
    /// Passwords and petitions would go over the net in the open.
    #[error("tls = false chỉ dùng được với máy chủ trên cùng máy (127.0.0.1). Đặt tls = true")]
    Open,
    /// The file with the password cannot be read.
    #[error("không đọc được tệp mật khẩu {path} ({reason}). Kiểm tra đường dẫn và quyền đọc")]
    Password {
        /// The file.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// A file of certificates cannot be used.
    #[error("chứng thư không dùng được ({0}). Kiểm tra petitions.mail.trusted")]
    Certificates(String),
    /// The server does not answer as it should.
    #[error("máy chủ IMAP không nhận kết nối ({0}). Kiểm tra địa chỉ, cổng, tường lửa")]
    Connection(String),
    /// Name or password is wrong.
    #[error("máy chủ IMAP không cho đăng nhập ({0}). Kiểm tra tên và mật khẩu")]
    SignIn(String),
    /// A command was refused.
    #[error("máy chủ IMAP từ chối {command} ({reason})")]
    Refused {
        /// What was asked.
        command: &'static str,
        /// What the server says.
        reason: String,
    },
    /// No answer in time.
    #[error("máy chủ IMAP không trả lời")]
    Silent,
}

/// A stream to the server, in the open or not.
trait Wire: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Wire for T {}

/// A mailbox that was entered, with its folder selected.
#[derive(Debug)]
pub(super) struct Imap {
    session: Session<Box<dyn Wire>>,
    can_move: bool,
}

impl ImapPlace {
    /// Signs in, selects the folder and signs out.
    ///
    /// # Errors
    ///
    /// [`ImapError`] says what to mend.
    pub async fn test(&self) -> Result<(), ImapError> {
        Imap::enter(self).await?.leave().await;
        Ok(())
    }

    /// That nothing goes over the net in the open.
    ///
    /// # Errors
    ///
    /// [`ImapError::Open`].
    pub fn checked(&self) -> Result<(), ImapError> {
        if self.is_tls || is_this_machine(&self.host) { Ok(()) } else { Err(ImapError::Open) }
    }

    fn password(&self) -> Result<String, ImapError> {
        let text = std::fs::read_to_string(&self.password_file).map_err(|err| {
            let path = self.password_file.display().to_string();
            ImapError::Password { path, reason: err.to_string() }
        })?;
        Ok(text.trim_end_matches(['\r', '\n']).to_owned())
    }

    async fn wire(&self) -> Result<Box<dyn Wire>, ImapError> {
        let failed = |err: std::io::Error| ImapError::Connection(causes(&err));
        let tcp = TcpStream::connect((self.host.as_str(), self.port)).await.map_err(failed)?;
        if !self.is_tls {
            return Ok(Box::new(tcp));
        }
        let name = ServerName::try_from(self.host.clone())
            .map_err(|err| ImapError::Connection(causes(&err)))?;
        let config =
            trusting(&self.trusted).map_err(|err| ImapError::Certificates(causes(&err)))?;
        let connector = TlsConnector::from(Arc::new(config));
        Ok(Box::new(connector.connect(name, tcp).await.map_err(failed)?))
    }
}

/// What `asked` comes to, if it comes in time.
async fn in_time<T>(
    patience: Duration,
    command: &'static str,
    asked: impl Future<Output = async_imap::error::Result<T>>,
) -> Result<T, ImapError> {
    match tokio::time::timeout(patience, asked).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(
            err @ (async_imap::error::Error::Io(_) | async_imap::error::Error::ConnectionLost),
        )) => Err(ImapError::Connection(causes(&err))),
        Ok(Err(err)) => Err(ImapError::Refused { command, reason: causes(&err) }),
        Err(_) => Err(ImapError::Silent),
    }
}

impl Imap {
    /// Connects, signs in and selects the folder.
    pub(super) async fn enter(place: &ImapPlace) -> Result<Self, ImapError> {
        place.checked()?;
        let password = place.password()?;
        let wire = tokio::time::timeout(PATIENCE, place.wire()).await;
        let mut client = Client::new(wire.map_err(|_| ImapError::Silent)??);
        let greeting = async { client.read_response().await.map_err(async_imap::error::Error::Io) };
        if in_time(PATIENCE, "greeting", greeting).await?.is_none() {
            return Err(ImapError::Connection("không chào".to_owned()));
        }
        let signed_in = tokio::time::timeout(PATIENCE, client.login(&place.user, password)).await;
        let signed_in = signed_in.map_err(|_| ImapError::Silent)?;
        let mut session = signed_in.map_err(|(err, _)| ImapError::SignIn(causes(&err)))?;
        let can = in_time(PATIENCE, "CAPABILITY", session.capabilities()).await?;
        let can_move = can.has_str("MOVE");
        in_time(PATIENCE, "SELECT", session.select(&place.folder)).await?;
        Ok(Self { session, can_move })
    }

    /// The messages that came since `day`, the oldest first.
    pub(super) async fn since(&mut self, day: NaiveDate) -> Result<Vec<u32>, ImapError> {
        let asked = format!("SINCE {} UNDELETED", day.format("%-d-%b-%Y"));
        let found = in_time(PATIENCE, "SEARCH", self.session.uid_search(asked)).await?;
        let mut all: Vec<u32> = found.into_iter().collect();
        all.sort_unstable();
        Ok(all)
    }

    /// How many bytes the message has; none when it is no more.
    pub(super) async fn size(&mut self, uid: u32) -> Result<Option<usize>, ImapError> {
        let asked = async {
            let found = self.session.uid_fetch(uid.to_string(), "(UID RFC822.SIZE)").await?;
            let found: Vec<_> = found.try_collect().await?;
            Ok(found.into_iter().find(|it| it.uid == Some(uid)).and_then(|it| it.size))
        };
        let size = in_time(PATIENCE, "FETCH", asked).await?;
        Ok(size.map(|it| usize::try_from(it).unwrap_or(usize::MAX)))
    }

    /// The message as it came, without marking it; none when it is no more.
    pub(super) async fn whole(&mut self, uid: u32) -> Result<Option<Bytes>, ImapError> {
        self.part(uid, "(UID BODY.PEEK[])").await
    }

    /// The head of the message, without marking it.
    pub(super) async fn head(&mut self, uid: u32) -> Result<Option<Bytes>, ImapError> {
        self.part(uid, "(UID BODY.PEEK[HEADER])").await
    }

    async fn part(&mut self, uid: u32, wanted: &'static str) -> Result<Option<Bytes>, ImapError> {
        let asked = async {
            let found = self.session.uid_fetch(uid.to_string(), wanted).await?;
            let found: Vec<_> = found.try_collect().await?;
            let found = found.iter().find(|it| it.uid == Some(uid));
            Ok(found.and_then(|it| it.body().or(it.header())).map(Bytes::copy_from_slice))
        };
        in_time(PATIENCE_FOR_MESSAGE, "FETCH", asked).await
    }

    /// Makes the folder `name` where there is none, and answers what the server calls it.
    pub(super) async fn folder(&mut self, name: &str) -> Result<String, ImapError> {
        // Servers of the old kind have all folders below INBOX.
        let names = [name.to_owned(), format!("INBOX.{name}"), format!("INBOX/{name}")];
        for name in &names {
            if self.has_folder(name).await? {
                return Ok(name.clone());
            }
        }
        let mut refused = None;
        for name in names {
            match in_time(PATIENCE, "CREATE", self.session.create(&name)).await {
                Ok(()) => return Ok(name),
                Err(ImapError::Refused { command, reason }) => {
                    refused = Some(ImapError::Refused { command, reason });
                }
                Err(err) => return Err(err),
            }
        }
        Err(refused.unwrap_or(ImapError::Silent))
    }

    async fn has_folder(&mut self, name: &str) -> Result<bool, ImapError> {
        let quoted = format!("\"{name}\"");
        let asked = async {
            let found = self.session.list(None, Some(&quoted)).await?;
            let found: Vec<_> = found.try_collect().await?;
            Ok(!found.is_empty())
        };
        in_time(PATIENCE, "LIST", asked).await
    }

    /// Marks the message as read and puts it into `folder`. Broken off half way it is in both, and is put there
    /// again at the next look.
    pub(super) async fn put(&mut self, uid: u32, folder: &str) -> Result<(), ImapError> {
        let uid = uid.to_string();
        self.mark(&uid, "+FLAGS.SILENT (\\Seen)").await?;
        if self.can_move {
            return in_time(PATIENCE, "MOVE", self.session.uid_mv(&uid, folder)).await;
        }
        in_time(PATIENCE, "COPY", self.session.uid_copy(&uid, folder)).await?;
        self.mark(&uid, "+FLAGS.SILENT (\\Deleted)").await
    }

    async fn mark(&mut self, uid: &str, flags: &str) -> Result<(), ImapError> {
        let asked = async {
            let answer = self.session.uid_store(uid, flags).await?;
            answer.try_collect::<Vec<_>>().await.map(drop)
        };
        in_time(PATIENCE, "STORE", asked).await
    }

    /// Signs out.
    pub(super) async fn leave(mut self) {
        // Whatever the server says to that.
        let _ = in_time(PATIENCE, "LOGOUT", self.session.logout()).await;
    }
}
