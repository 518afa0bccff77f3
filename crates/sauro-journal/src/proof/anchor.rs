//! Heads outside the database: one line of JSON each, in a file that only grows.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;

use super::Head;

/// More than the longest line.
const TAIL: u64 = 4096;

/// The anchor file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AnchorError {
    /// The disk refused.
    #[error("the file of heads cannot be used: {path}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the disk said.
        source: io::Error,
    },
    /// A line is no head.
    #[error("line {line} of the file of heads is no head: {path}")]
    Line {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
    },
}

/// One line.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    size: i64,
    root: String,
    at: i64,
}

impl Line {
    fn head(&self) -> Option<Head> {
        let mut root = [0; 32];
        hex::decode_to_slice(&self.root, &mut root).ok()?;
        Some(Head { size: self.size, root, at: self.at })
    }
}

/// Adds `head` durably, unless a head of this size or a larger one is there.
pub(super) async fn keep(path: &Path, head: Head) -> Result<(), AnchorError> {
    let owned = path.to_owned();
    let done = spawn_blocking(move || append(&owned, &head)).await;
    done.unwrap_or_else(|err| Err(io::Error::other(err)))
        .map_err(|source| AnchorError::Disk { path: path.to_owned(), source })
}

fn append(path: &Path, head: &Head) -> io::Result<()> {
    let is_new = !path.exists();
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    // Released when the file is closed; another process may be writing as well.
    file.lock()?;
    let (end, last) = whole_lines(&mut file)?;
    if last.is_some_and(|it| it.size >= head.size) {
        return Ok(());
    }
    let line = Line { size: head.size, root: hex::encode(head.root), at: head.at };
    let mut text = serde_json::to_vec(&line)?;
    text.push(b'\n');
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    file.write_all(&text)?;
    file.sync_all()?;
    match path.parent().filter(|it| is_new && !it.as_os_str().is_empty()) {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

/// Where the last whole line ends, and that line. What follows was cut by a crash.
fn whole_lines(file: &mut File) -> io::Result<(u64, Option<Line>)> {
    let length = file.metadata()?.len();
    let start = length.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    let Some(end) = tail.iter().rposition(|byte| *byte == b'\n') else {
        return Ok((if start == 0 { 0 } else { length }, None));
    };
    let last = tail.get(..end).and_then(|it| it.rsplit(|byte| *byte == b'\n').next());
    let last = last.and_then(|line| serde_json::from_slice(line).ok());
    Ok((start + end as u64 + 1, last))
}

/// All heads in the file, ordered by size. A file that is not there has none.
///
/// # Errors
///
/// [`AnchorError`] when the file cannot be read, or a line of it is no head.
pub async fn read(path: &Path) -> Result<Vec<Head>, AnchorError> {
    let owned = path.to_owned();
    let content = spawn_blocking(move || std::fs::read(owned)).await;
    let disk = |source| AnchorError::Disk { path: path.to_owned(), source };
    let content = match content.unwrap_or_else(|err| Err(io::Error::other(err))) {
        Ok(content) => content,
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(err) => return Err(disk(err)),
    };
    let mut lines: Vec<&[u8]> = content.split(|byte| *byte == b'\n').collect();
    // Empty after a whole last line; otherwise what a crash has cut.
    lines.pop();
    let mut heads = Vec::new();
    for (n, line) in lines.into_iter().enumerate() {
        let head = serde_json::from_slice::<Line>(line).ok().and_then(|it| it.head());
        heads.push(head.ok_or_else(|| AnchorError::Line { path: path.to_owned(), line: n + 1 })?);
    }
    heads.sort_by_key(|head| head.size);
    Ok(heads)
}
