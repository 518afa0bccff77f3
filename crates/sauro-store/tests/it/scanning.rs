//! Uploads before a real clamd, which knows one file that was made for this test.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use sauro_store::{FileHash, Files, FilesError};
use tempfile::TempDir;

const BAD: &[u8] = b"what this scanner takes for malware\n";

struct Clamd {
    child: Child,
    address: String,
}

impl Drop for Clamd {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Clamd {
    /// Debian's clamd (package clamav-daemon) with a database of one signature.
    async fn start(home: &Path) -> Self {
        let signature = format!("{}:{}:Sauro.Test\n", FileHash::of(BAD), BAD.len());
        std::fs::create_dir(home.join("db")).unwrap();
        std::fs::write(home.join("db/own.hsb"), signature).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let settings = format!(
            "Foreground yes\nTCPSocket {port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {}\nLogTime no\n",
            home.join("db").display()
        );
        std::fs::write(home.join("clamd.conf"), settings).unwrap();
        let child = Command::new("clamd")
            .arg("-c")
            .arg(home.join("clamd.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|err| panic!("clamd (package clamav-daemon) is missing: {err}"));
        let clamd = Self { child, address: format!("127.0.0.1:{port}") };
        for _ in 0..600 {
            if tokio::net::TcpStream::connect(&clamd.address).await.is_ok() {
                return clamd;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("clamd did not start");
    }
}

#[tokio::test]
async fn what_a_scanner_finds_is_not_kept_and_nothing_is_kept_unseen() {
    let home = TempDir::new().unwrap();
    let clamd = Clamd::start(home.path()).await;
    let files = Files::open(&home.path().join("files").display().to_string()).await.unwrap();
    let files = files.scanned_by(&clamd.address);
    let pieces = |content: &'static [u8]| {
        stream::iter(content.chunks(7).map(|it| Ok::<_, std::io::Error>(Bytes::from_static(it))))
    };

    let clean = files.put(Bytes::from_static(b"a report")).await.unwrap();
    assert!(files.exists(&clean.hash).await.unwrap());
    let streamed = files.put_stream(pieces(b"a longer report"), 1000).await.unwrap();
    assert!(files.exists(&streamed.hash).await.unwrap());

    let whole = files.put(Bytes::from_static(BAD)).await;
    assert!(
        matches!(&whole, Err(FilesError::Infected(it)) if it.contains("Sauro.Test")),
        "{whole:?}"
    );
    let streamed = files.put_stream(pieces(BAD), 1000).await;
    assert!(matches!(streamed, Err(FilesError::Infected(_))), "{streamed:?}");
    assert!(!files.exists(&FileHash::of(BAD)).await.unwrap());

    drop(clamd);
    let unseen = files.put(Bytes::from_static(b"another report")).await;
    assert!(matches!(unseen, Err(FilesError::NotScanned(_))), "{unseen:?}");
    assert!(!files.exists(&FileHash::of(b"another report")).await.unwrap());
}
