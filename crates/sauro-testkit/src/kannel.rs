//! A real gateway for short messages: Debian's Kannel, with its own stand-in for an operator behind it.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The name to ask with.
pub const USER: &str = "sauro";

/// The password.
pub const PASSWORD: &str = "mat khau & cong";

/// Longest wait for a part to start, or for a message to arrive.
const PATIENCE: Duration = Duration::from_secs(20);

/// A Kannel on this machine, which ends with it.
pub struct Kannel {
    home: TempDir,
    /// Where messages are handed over, by HTTP.
    pub port: u16,
    parts: Vec<Child>,
}

impl Kannel {
    /// Starts the core, the box that takes messages, and the operator.
    ///
    /// # Panics
    ///
    /// When there is no `bearerbox`, which `./test` installs.
    pub fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let [admin, core, operator, port] = [(); 4].map(|()| free_port());
        let text = format!(
            "group = core
admin-port = {admin}
admin-password = \"\"
smsbox-port = {core}
box-deny-ip = \"*.*.*.*\"
box-allow-ip = \"127.0.0.1\"

group = smsc
smsc = fake
smsc-id = FAKE
host = 127.0.0.1
port = {operator}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {port}
global-sender = 19001909

group = sendsms-user
username = {USER}
password = \"{PASSWORD}\"
concatenation = true
max-messages = 4

group = sms-service
keyword = default
text = \"\"
max-messages = 0
"
        );
        std::fs::write(home.path().join("kannel.conf"), text).unwrap();
        std::fs::write(home.path().join("secret"), format!("{PASSWORD}\n")).unwrap();
        let mut it = Self { home, port, parts: Vec::new() };
        it.run("/usr/sbin/bearerbox", &["kannel.conf"]);
        wait_for(core);
        wait_for(operator);
        let (host, operator) = ("127.0.0.1", operator.to_string());
        it.run("/usr/lib/kannel/test/fakesmsc", &["-H", host, "-r", &operator, "-m", "0", "nop"]);
        it.run("/usr/sbin/smsbox", &["kannel.conf"]);
        wait_for(port);
        it
    }

    /// The file with the password.
    pub fn secret_file(&self) -> std::path::PathBuf {
        self.home.path().join("secret")
    }

    /// The messages that the operator has, once there are `n`: from, to, kind and words, as it writes them.
    ///
    /// # Panics
    ///
    /// When there are fewer after a while.
    pub fn messages(&self, n: usize) -> Vec<String> {
        let until = Instant::now() + PATIENCE;
        loop {
            let said =
                std::fs::read_to_string(self.home.path().join("fakesmsc")).unwrap_or_default();
            let found: Vec<String> = said
                .lines()
                .filter_map(|line| line.split_once("Got message ")?.1.split_once('<'))
                .map(|(_, rest)| rest.trim_end_matches('>').to_owned())
                .collect();
            if found.len() >= n {
                return found;
            }
            assert!(Instant::now() < until, "{} messages of {n}:\n{said}", found.len());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Starts `program` in the folder of this Kannel; what it says stands in a file of its name.
    fn run(&mut self, program: &str, args: &[&str]) {
        assert!(Path::new(program).exists(), "install kannel and kannel-extras, as ./test does");
        let name = Path::new(program).file_name().unwrap();
        let said = std::fs::File::create(self.home.path().join(name)).unwrap();
        let part = Command::new(program)
            .args(args)
            .current_dir(self.home.path())
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said)
            .spawn()
            .unwrap();
        self.parts.push(part);
    }
}

impl Drop for Kannel {
    fn drop(&mut self) {
        for part in self.parts.iter_mut().rev() {
            let _ = part.kill();
            let _ = part.wait();
        }
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn wait_for(port: u16) {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) {
            let _ = stream.flush();
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("nothing listens on port {port}");
}
