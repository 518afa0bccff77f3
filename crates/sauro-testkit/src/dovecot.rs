//! A real IMAP server for tests: Debian's Dovecot, run as an ordinary user in a folder of its own.

use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The name to sign in with.
pub const USER: &str = "phananh";

/// The password.
pub const PASSWORD: &str = "mat khau hop thu";

/// A Dovecot with one mailbox, which ends with it.
pub struct Dovecot {
    home: TempDir,
    /// The port without TLS.
    pub port: u16,
    /// The port with TLS, by the certificate [`Dovecot::certificate`].
    pub tls_port: u16,
    server: Child,
}

impl Dovecot {
    /// Starts one. Dovecot gives nobody's mail to root, so that root starts it as `nobody`.
    ///
    /// # Panics
    ///
    /// When there is no `dovecot`, which `./test` installs.
    pub fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let owner = std::fs::metadata(home.path()).unwrap();
        let is_root = owner.uid() == 0;
        let (uid, gid) = if is_root { (65_534, 65_534) } else { (owner.uid(), owner.gid()) };
        let (port, tls_port) = (free_port(), free_port());
        let it = home.path();
        certify(it);
        for folder in ["run", "mail", "mail/new", "mail/cur", "mail/tmp"] {
            std::fs::create_dir_all(it.join(folder)).unwrap();
        }
        std::fs::write(it.join("users"), format!("{USER}:{{PLAIN}}{PASSWORD}\n")).unwrap();
        std::fs::write(it.join("password"), format!("{PASSWORD}\n")).unwrap();
        std::fs::write(it.join("dovecot.conf"), config(it, (uid, gid), (port, tls_port))).unwrap();
        give(it, uid, gid);
        let mut command = Command::new(program());
        command.arg("-F").arg("-c").arg(it.join("dovecot.conf")).current_dir("/");
        command.stdout(Stdio::null()).stderr(std::fs::File::create(it.join("said")).unwrap());
        if is_root {
            command.uid(uid).gid(gid);
        }
        let server = command.spawn().unwrap();
        let mut it = Self { home, port, tls_port, server };
        it.wait();
        it
    }

    /// The file with the password.
    pub fn password_file(&self) -> PathBuf {
        self.home.path().join("password")
    }

    /// The certificate of the server, for `localhost`.
    pub fn certificate(&self) -> PathBuf {
        self.home.path().join("cert.pem")
    }

    /// Lays a message into the mailbox, as the mail server of the house would.
    pub fn deliver(&self, name: &str, raw: &[u8]) {
        let mail = self.home.path().join("mail");
        std::fs::write(mail.join("tmp").join(name), raw).unwrap();
        let owner = std::fs::metadata(&mail).unwrap();
        chown(mail.join("tmp").join(name), Some(owner.uid()), Some(owner.gid())).unwrap();
        std::fs::rename(mail.join("tmp").join(name), mail.join("new").join(name)).unwrap();
    }

    /// How many messages there are in `folder`, `INBOX` being empty, and how many of them are marked as read.
    pub fn count(&self, folder: &str) -> (usize, usize) {
        let mut mail = self.home.path().join("mail");
        if !folder.is_empty() {
            mail = mail.join(format!(".{folder}"));
        }
        let (mut n, mut n_seen) = (0, 0);
        for part in ["new", "cur"] {
            let Ok(files) = std::fs::read_dir(mail.join(part)) else { continue };
            for file in files {
                let name = file.unwrap().file_name().to_string_lossy().into_owned();
                let flags = name.split_once(":2,").map_or("", |it| it.1).to_owned();
                n += usize::from(!flags.contains('T'));
                n_seen += usize::from(flags.contains('S') && !flags.contains('T'));
            }
        }
        (n, n_seen)
    }

    fn wait(&mut self) {
        let until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < until {
            if let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", self.port)) {
                let mut first = [0_u8; 4];
                if stream.read_exact(&mut first).is_ok() && &first == b"* OK" {
                    return;
                }
            }
            if self.server.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let read = |name| std::fs::read_to_string(self.home.path().join(name)).unwrap_or_default();
        panic!("dovecot did not start:\n{}\n{}", read("said"), read("log"));
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // The master takes its children along when it is asked to end, and not when it is killed.
        let pid = self.server.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status();
        let until = Instant::now() + Duration::from_secs(5);
        while asked.is_ok() && Instant::now() < until {
            if !matches!(self.server.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn program() -> &'static str {
    let places = ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"];
    let found = places.into_iter().find(|it| Path::new(it).exists());
    found.expect("install dovecot-imapd, as ./test does")
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A certificate for `localhost` that lives for two days.
fn certify(home: &Path) {
    let (key, cert) = (home.join("key.pem"), home.join("cert.pem"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"])
        .args(["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&cert)
        .stderr(Stdio::null())
        .status();
    assert!(made.is_ok_and(|it| it.success()), "openssl comes with dovecot");
}

fn config(home: &Path, (uid, gid): (u32, u32), (port, tls_port): (u16, u16)) -> String {
    let home = home.display();
    let (user, group) = (name_of("passwd", uid), name_of("group", gid));
    format!(
        "base_dir = {home}/run
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
disable_plaintext_auth = no
auth_failure_delay = 0
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
mail_location = maildir:{home}/mail
first_valid_uid = {uid}
last_valid_uid = {uid}
first_valid_gid = {gid}
last_valid_gid = {gid}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
passdb {{
  driver = passwd-file
  args = {home}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail
}}
"
    )
}

/// The name of `id` in the file `/etc/FILE`.
fn name_of(file: &str, id: u32) -> String {
    let text = std::fs::read_to_string(Path::new("/etc").join(file)).unwrap();
    let of = |line: &str| {
        let mut parts = line.split(':');
        let name = parts.next()?;
        (parts.nth(1)? == id.to_string()).then(|| name.to_owned())
    };
    text.lines().find_map(of).unwrap_or_else(|| id.to_string())
}

fn give(folder: &Path, uid: u32, gid: u32) {
    chown(folder, Some(uid), Some(gid)).unwrap();
    if folder.is_dir() {
        for inner in std::fs::read_dir(folder).unwrap() {
            give(&inner.unwrap().path(), uid, gid);
        }
    }
}
