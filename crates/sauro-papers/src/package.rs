//! Zip packages (.docx, .xlsx, .ods …) opened with a guard against bombs.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{PaperError, TooBig};
use crate::limits::{MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FLOOR_BYTES};

/// A zip package whose every entry was unpacked once and found to be within the limits.
///
/// Sizes written in the package are not believed: the bytes that come out are counted.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    what: &'static str,
}

impl<'a> Package<'a> {
    /// Opens `bytes`; `what` is what a person calls the file.
    pub(crate) fn open(bytes: &'a [u8], what: &'static str) -> Result<Self, PaperError> {
        Self::open_within(bytes, what, MAX_UNPACKED_BYTES)
    }

    /// Opens `bytes` to look at, not to read: pictures inside may make it larger than
    /// [`MAX_UNPACKED_BYTES`], but not many times larger than it came.
    pub(crate) fn peek(bytes: &'a [u8], what: &'static str) -> Result<Self, PaperError> {
        Self::open_within(bytes, what, MAX_UNPACKED_BYTES + 4 * bytes.len() as u64)
    }

    fn open_within(bytes: &'a [u8], what: &'static str, most: u64) -> Result<Self, PaperError> {
        let declared = declared_entries(bytes);
        if declared.is_some_and(|n| n > MAX_ENTRIES) {
            return Err(PaperError::too_big(TooBig::Entries, MAX_ENTRIES as u64));
        }
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|e| PaperError::damaged(what, e))?;
        if archive.len() > MAX_ENTRIES {
            return Err(PaperError::too_big(TooBig::Entries, MAX_ENTRIES as u64));
        }
        let mut package = Self { archive, what };
        package.measure(bytes.len() as u64, most)?;
        Ok(package)
    }

    /// Unpacks everything into nothing, counting.
    fn measure(&mut self, packed: u64, most: u64) -> Result<(), PaperError> {
        let mut total = 0u64;
        let mut buffer = vec![0u8; 64 * 1024];
        for index in 0..self.archive.len() {
            let mut entry = match self.archive.by_index(index) {
                Ok(entry) => entry,
                Err(e) => return Err(refused(self.what, &e)),
            };
            loop {
                let n = entry.read(&mut buffer).map_err(|e| PaperError::damaged(self.what, e))?;
                if n == 0 {
                    break;
                }
                total += n as u64;
                if total > most {
                    return Err(PaperError::too_big(TooBig::Unpacked, most));
                }
                if total > RATIO_FLOOR_BYTES && total / packed.max(1) > MAX_RATIO {
                    return Err(PaperError::too_big(TooBig::Ratio, MAX_RATIO));
                }
            }
        }
        Ok(())
    }

    /// The names of the entries.
    pub(crate) fn names(&self) -> BTreeSet<String> {
        self.archive.file_names().filter_map(Result::ok).map(|n| n.into_owned()).collect()
    }

    /// The bytes of one entry; `None` when there is none of that name.
    pub(crate) fn entry(&mut self, name: &str) -> Result<Option<Vec<u8>>, PaperError> {
        let mut entry = match self.archive.by_name(name) {
            Ok(entry) => entry.take(MAX_UNPACKED_BYTES + 1),
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(e) => return Err(refused(self.what, &e)),
        };
        let mut out = Vec::new();
        entry.read_to_end(&mut out).map_err(|e| PaperError::damaged(self.what, e))?;
        Ok(Some(out))
    }

    /// One entry as XML text; UTF-16 is understood.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<String>, PaperError> {
        let what = self.what;
        let Some(bytes) = self.entry(name)? else { return Ok(None) };
        let (text, _, broken) = encoding_rs::UTF_8.decode(&bytes);
        if broken {
            return Err(PaperError::damaged(what, format!("{name} is not valid text")));
        }
        Ok(Some(text.into_owned()))
    }
}

fn refused(what: &'static str, error: &ZipError) -> PaperError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => PaperError::Locked { what },
        other => PaperError::damaged(what, other),
    }
}

/// The number of entries the end record declares, read before anything is allocated for them.
fn declared_entries(bytes: &[u8]) -> Option<usize> {
    let tail = bytes.get(bytes.len().saturating_sub(66_000)..)?;
    let at = tail.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let low = *tail.get(at + 10)?;
    let high = *tail.get(at + 11)?;
    Some(usize::from(u16::from_le_bytes([low, high])))
}
