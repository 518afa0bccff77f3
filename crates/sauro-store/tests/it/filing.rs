//! Files by content: whole or absent, once each.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::memory::InMemory;
use sauro_store::{FileHash, Files, FilesError, Stored, files};
use sauro_testkit::on_each_engine;
use tempfile::TempDir;
use tokio::task::JoinSet;

/// 300 kB that differ by `seed`.
pub(crate) fn content(seed: u64) -> Bytes {
    (0..37_500).flat_map(|n: u64| (n ^ seed.wrapping_mul(0x9e37_79b9)).to_le_bytes()).collect()
}

/// Names of all files under `folder`.
fn names(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(names(&entry.path()));
        } else {
            found.push(entry.path().display().to_string());
        }
    }
    found
}

/// A local folder, and an object storage behind a spool.
async fn on_each_kind(test: impl AsyncFn(Files, &Path)) {
    let home = TempDir::new().unwrap();
    test(Files::open(home.path().join("files").to_str().unwrap()).await.unwrap(), home.path())
        .await;
    let home = TempDir::new().unwrap();
    let spool = home.path().join("spool");
    test(Files::over(Arc::new(InMemory::new()), &spool).await.unwrap(), home.path()).await;
}

type Piece = Result<Bytes, std::io::Error>;

#[tokio::test]
async fn what_is_put_is_read_back_and_kept_once() {
    on_each_kind(async |files, home| {
        let stored = files.put(content(1)).await.unwrap();
        assert_eq!(stored, Stored { hash: FileHash::of(&content(1)), n_bytes: 300_000 });
        let pieces: Vec<Piece> =
            content(1).chunks(7_000).map(|it| Ok(Bytes::copy_from_slice(it))).collect();
        let again = files.put_stream(stream::iter(pieces), 300_000).await.unwrap();
        assert_eq!(again, stored);
        assert!(names(home).len() <= 1, "{:?}", names(home));

        assert!(files.exists(&stored.hash).await.unwrap());
        assert_eq!(files.read(&stored.hash).await.unwrap(), content(1));
        let pieces: Vec<Bytes> =
            files.stream(&stored.hash).await.unwrap().try_collect().await.unwrap();
        assert_eq!(pieces.concat(), content(1));
        let absent = FileHash::of(b"absent");
        assert!(!files.exists(&absent).await.unwrap());
        assert!(matches!(files.read(&absent).await, Err(FilesError::NotFound(it)) if it == absent));
    })
    .await;
}

#[tokio::test]
async fn a_streamed_file_of_an_object_storage_is_there_and_has_left_the_spool() {
    on_each_kind(async |files, home| {
        let pieces = stream::iter((0..40).map(|n| Piece::Ok(content(n))));
        let stored = files.put_stream(pieces, u64::MAX).await.unwrap();
        assert_eq!(stored.n_bytes, 40 * 300_000);
        assert_eq!(FileHash::of(&files.read(&stored.hash).await.unwrap()), stored.hash);
        assert_eq!(names(home).len(), usize::from(files.path(&stored.hash).is_some()));
    })
    .await;
}

#[tokio::test]
async fn a_cut_or_too_long_or_abandoned_upload_leaves_nothing_behind() {
    on_each_kind(async |files, home| {
        let cut = || Err(std::io::Error::other("the line was cut"));
        let pieces = stream::iter([Ok(content(1)), Ok(content(2)), cut()]);
        let answer = files.put_stream(pieces, u64::MAX).await;
        assert!(matches!(answer, Err(FilesError::Cut(_))), "{answer:?}");

        let pieces = stream::iter((0..100).map(|n| Piece::Ok(content(n))));
        let answer = files.put_stream(pieces, 1_000_000).await;
        assert!(matches!(answer, Err(FilesError::TooLarge { limit: 1_000_000 })), "{answer:?}");

        let endless = stream::iter([Piece::Ok(content(3))]).chain(stream::pending());
        let wait = std::time::Duration::from_millis(50);
        assert!(tokio::time::timeout(wait, files.put_stream(endless, u64::MAX)).await.is_err());

        // The writer notices a moment later.
        for _ in 0..200 {
            if names(home).is_empty() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("left behind: {:?}", names(home));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_senders_of_the_same_content_keep_one_file() {
    on_each_kind(async |files, home| {
        let mut senders = JoinSet::new();
        for n in 0..32_u64 {
            let files = files.clone();
            senders.spawn(async move { files.put(content(n % 4)).await.unwrap().hash });
        }
        let mut hashes = senders.join_all().await;
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), 4);
        let n_files = if files.path(&hashes[0]).is_some() { 4 } else { 0 };
        assert_eq!(names(home).len(), n_files);
    })
    .await;
}

#[tokio::test]
async fn a_file_damaged_on_the_disk_is_not_handed_out_and_is_mended_by_sending_it_again() {
    let home = TempDir::new().unwrap();
    let files = Files::open(home.path().to_str().unwrap()).await.unwrap();
    let stored = files.put(content(1)).await.unwrap();
    let path = files.path(&stored.hash).unwrap();
    let mut bytes = content(1).to_vec();
    bytes[17] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    assert!(matches!(files.read(&stored.hash).await, Err(FilesError::Damaged(_))));
    std::fs::write(&path, &bytes[..1000]).unwrap();
    files.put(content(1)).await.unwrap();
    assert_eq!(files.read(&stored.hash).await.unwrap(), content(1));
}

#[tokio::test]
async fn a_place_that_cannot_hold_files_is_refused_with_its_name() {
    let home = TempDir::new().unwrap();
    let blocked = home.path().join("blocked");
    std::fs::write(&blocked, "a file, not a folder").unwrap();
    for place in ["s3://bucket/files", "", blocked.to_str().unwrap()] {
        let answer = Files::open(place).await.map(drop);
        assert!(matches!(&answer, Err(FilesError::Place { place: it, .. }) if it == place));
    }
}

#[tokio::test]
async fn a_file_is_recorded_once_and_found_by_its_hash() {
    on_each_engine(async |engine| {
        let stored = |n: u64| Stored { hash: FileHash::of(&content(n)), n_bytes: 300_000 };
        let mut conn = engine.db.write().await.unwrap();
        for n in 1..=3 {
            files::record(&mut conn, &stored(n), "application/pdf", n as i64).await.unwrap();
        }
        files::record(&mut conn, &stored(1), "text/plain", 9).await.unwrap();
        conn.commit().await.unwrap();

        let mut conn = engine.db.read().await.unwrap();
        let row = files::find(&mut conn, &stored(1).hash).await.unwrap().unwrap();
        assert_eq!((row.mime.as_str(), row.added_at, row.n_bytes), ("application/pdf", 1, 300_000));
        assert_eq!(files::find(&mut conn, &FileHash::of(b"absent")).await.unwrap(), None);
        let first = files::page_after(&mut conn, None, 2).await.unwrap();
        let rest = files::page_after(&mut conn, Some(first[1].hash), 2).await.unwrap();
        assert_eq!((first.len(), rest.len()), (2, 1));
        assert!(first[1].hash < rest[0].hash);
    })
    .await;
}

#[test]
fn a_hash_is_written_with_64_digits_and_nothing_else() {
    let hash = FileHash::of(b"");
    assert_eq!(
        hash.to_string(),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    assert_eq!(hash.to_string().parse(), Ok(hash));
    for text in ["", "e3b0", "../../etc/passwd", &"z".repeat(64), &"a".repeat(66)] {
        assert!(text.parse::<FileHash>().is_err(), "{text}");
    }
}
