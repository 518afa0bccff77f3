//! The commands, run as other people's scripts run them.

mod bringing;
mod extract;
mod keeping;
mod people;
mod setting;
mod telling;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a command answered.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        self
    }

    /// It refused, and said so as a sentence rather than by a crash.
    #[track_caller]
    pub(crate) fn refused(self) -> Self {
        assert_eq!(self.code, 1, "{}\n{}", self.out, self.err);
        assert!(self.err.contains("Lỗi: ") && !self.err.contains("panicked"), "{}", self.err);
        self
    }

    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        let all = format!("{}\n{}", self.out, self.err);
        assert!(all.contains(words), "without {words:?}:\n{all}");
        self
    }

    #[track_caller]
    pub(crate) fn lacks(self, words: &str) -> Self {
        let all = format!("{}\n{}", self.out, self.err);
        assert!(!all.contains(words), "with {words:?}:\n{all}");
        self
    }
}

/// The program, free of whatever the machine has set.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sauro"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SAURO_")) {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run(command: &mut Command) -> Run {
    let done = command.stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: done.status.code().unwrap_or(-1), out: text(done.stdout), err: text(done.stderr) }
}

/// `sauro ARGUMENTS`.
pub(crate) fn sauro(arguments: &[&str]) -> Run {
    run(program().args(arguments))
}

/// `sauro ARGUMENTS` with `input` through the pipe.
pub(crate) fn sauro_reading(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = program()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let done = child.wait_with_output().unwrap();
    Run {
        code: done.status.code().unwrap_or(-1),
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
    }
}

/// A folder for data and papers, gone when dropped.
pub(crate) struct Place {
    home: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { home: TempDir::new().unwrap() }
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Puts a file down; answers where.
    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.at(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    /// `sauro ARGUMENTS --data` this place.
    pub(crate) fn sauro(&self, arguments: &[&str]) -> Run {
        run(program().args(arguments).arg("--data").arg(self.at("data")))
    }

    pub(crate) async fn db(&self) -> sauro_store::Db {
        std::fs::create_dir_all(self.at("data")).unwrap();
        open(&self.at("data")).await
    }
}

pub(crate) async fn open(data: &Path) -> sauro_store::Db {
    sauro_store::Db::open(&format!("sqlite://{}", data.join("sauro.db").display())).await.unwrap()
}

#[test]
fn help_names_every_command_and_teaches() {
    let help = sauro(&["--help"]).ok();
    let commands = [
        "serve", "extract", "import", "seed", "user", "log", "backup", "restore", "check", "config",
    ];
    for command in commands {
        assert!(help.out.lines().any(|it| it.trim_start().starts_with(command)), "{command}");
        sauro(&[command, "--help"]).ok().says("--data").says("--database");
    }
    help.says("Bắt đầu nhanh").says("sauro serve --demo");
    for command in ["serve", "extract", "import", "seed", "user"] {
        sauro(&[command, "--help"]).ok().says("Ví dụ:");
    }
    sauro(&["import", "--help"]).says("units").says("agencies").says("holidays").says("tasks");
    for size in ["demo", "province", "national"] {
        let help = sauro(&["seed", "--help"]).ok();
        assert!(help.out.contains(size), "{size}");
    }
}

#[test]
fn an_unknown_command_is_an_error() {
    assert_eq!(sauro(&["dich"]).code, 2);
}
