use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sauro_search::model::DocKey;
use serde::{Deserialize, Serialize};
use tokio::fs;

/// Where what the mirror knows of itself lies, which a web server must not hand out. Files that begin with a dot
/// are no addresses of the product.
const OWN: &str = ".sauro";

/// How far the mirror is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The last entry of the journal that was followed.
    pub(super) position: i64,
    /// The half of a day for which pages were drawn.
    pub(super) half: String,
}

/// The folder of a mirror. Each file is written beside and renamed, so that a reader sees one or the other.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Opens the folder at `root`, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub async fn open(root: &Path) -> std::io::Result<Self> {
        fs::create_dir_all(root.join(OWN)).await?;
        Ok(Self { root: root.to_owned() })
    }

    pub(super) async fn place(&self) -> std::io::Result<Option<Place>> {
        let Some(text) = read(&self.root.join(OWN).join("place.json")).await? else {
            return Ok(None);
        };
        // A place that cannot be read is none: then everything is drawn anew.
        Ok(serde_json::from_slice(&text).ok())
    }

    pub(super) async fn set_place(&self, place: &Place) -> std::io::Result<()> {
        let text = serde_json::to_vec(place)?;
        write(&self.root.join(OWN).join("place.json"), &text).await
    }

    /// Where the thing was shown when it was last drawn: its page, then its files.
    pub(super) async fn shown(&self, key: &DocKey) -> std::io::Result<Vec<String>> {
        let text = read(&self.known(key)).await?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&text).lines().map(str::to_owned).collect())
    }

    pub(super) async fn set_shown(&self, key: &DocKey, shown: &[String]) -> std::io::Result<()> {
        let (file, text) = (self.known(key), shown.join("\n"));
        if read(&file).await?.is_some_and(|it| it == text.as_bytes()) {
            return Ok(());
        }
        write(&file, text.as_bytes()).await
    }

    pub(super) async fn forget(&self, key: &DocKey) -> std::io::Result<()> {
        gone(fs::remove_file(self.known(key)).await)
    }

    /// Writes what `address` shows; what is there already stays untouched.
    pub(super) async fn write(
        &self,
        address: &str,
        is_page: bool,
        body: &[u8],
    ) -> std::io::Result<()> {
        let Some(file) = file_of(address, is_page) else { return Ok(()) };
        self.write_file(&file, body).await
    }

    /// Writes the file at `path` within the folder.
    pub(super) async fn write_file(&self, path: &str, body: &[u8]) -> std::io::Result<()> {
        let file = self.root.join(path);
        if read(&file).await?.is_some_and(|it| it == body) {
            return Ok(());
        }
        write(&file, body).await
    }

    /// Takes away what `address` showed.
    pub(super) async fn remove(&self, address: &str) -> std::io::Result<()> {
        for is_page in [true, false] {
            if let Some(file) = file_of(address, is_page) {
                let file = self.root.join(file);
                if fs::metadata(&file).await.is_ok_and(|it| it.is_file()) {
                    gone(fs::remove_file(&file).await)?;
                }
            }
        }
        Ok(())
    }

    fn known(&self, key: &DocKey) -> PathBuf {
        let name: String = key.id.bytes().map(|it| format!("{it:02x}")).collect();
        // A folder with a million files is slow everywhere.
        let shelf: String = name.chars().rev().take(3).collect();
        self.root.join(OWN).join(format!("{:?}", key.kind).to_lowercase()).join(shelf).join(name)
    }
}

/// The file within the folder for `address`; none for what is no plain path.
fn file_of(address: &str, is_page: bool) -> Option<String> {
    let path = address.strip_prefix('/')?.trim_end_matches('/');
    let is_plain = |part: &str| {
        !part.starts_with('.')
            && !part.is_empty()
            && part.len() <= 200
            && part.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._~".contains(&it))
    };
    if !path.is_empty() && !path.split('/').all(is_plain) {
        return None;
    }
    Some(match (path, is_page) {
        ("", _) => "index.html".to_owned(),
        (path, true) => format!("{path}/index.html"),
        (path, false) => path.to_owned(),
    })
}

async fn read(file: &Path) -> std::io::Result<Option<Vec<u8>>> {
    match fs::read(file).await {
        Ok(bytes) => Ok(Some(bytes)),
        Err(err) if matches!(err.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(err) => Err(err),
    }
}

async fn write(file: &Path, body: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).await?;
    }
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".half");
    let half = file.with_file_name(name);
    fs::write(&half, body).await?;
    fs::rename(&half, file).await
}

fn gone(done: std::io::Result<()>) -> std::io::Result<()> {
    match done {
        Err(err) if err.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::file_of;

    #[test]
    fn an_address_stays_within_the_folder() {
        for (address, is_page, file) in [
            ("/", true, Some("index.html")),
            ("/ket-qua", true, Some("ket-qua/index.html")),
            ("/ket-qua.csv", false, Some("ket-qua.csv")),
            ("/ket-qua/tinh/96", true, Some("ket-qua/tinh/96/index.html")),
            ("/../etc/passwd", true, None),
            ("/a/../b", true, None),
            ("/a/.sauro/place.json", false, None),
            ("//x", true, None),
            ("/a?b=1", true, None),
            ("/a%2f..%2fb", true, None),
            ("a", true, None),
        ] {
            assert_eq!(file_of(address, is_page).as_deref(), file, "{address}");
        }
    }
}
