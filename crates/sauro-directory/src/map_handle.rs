use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use crate::DirectoryHandle;
use crate::model::{MapError, Maps, Topology};

/// The maps as everyone in this process sees them: the shipped one, or what `sauro import map` has
/// put into the folder. Cheap to clone and to ask.
#[derive(Clone, Default)]
pub struct MapHandle(Arc<RwLock<Kept>>);

struct Kept {
    maps: Arc<Maps>,
    version: u64,
    stamps: Stamps,
}

impl Default for Kept {
    fn default() -> Self {
        Self { maps: Maps::shipped(), version: 0, stamps: Stamps::default() }
    }
}

/// When the files were last written, to tell whether there are new ones.
type Stamps = [Option<SystemTime>; 2];

/// The names under which outlines are kept, of provinces and of communes.
pub const MAP_FILES: [&str; 2] = ["provinces.topojson", "communes.topojson"];

impl MapHandle {
    /// How often [`run`](Self::run) looks for new files.
    pub const PERIOD: Duration = Duration::from_secs(5);

    /// Reads the files in `folder` if they are new or gone. Answers whether it did. A file that cannot
    /// be read is as if it were not there, and logged.
    pub fn follow(&self, folder: &Path, directory: &DirectoryHandle) -> bool {
        let is_new = stamps(folder) != self.read().stamps;
        if is_new {
            self.reload(folder, directory);
        }
        is_new
    }

    /// Follows for ever, beside everything else.
    pub async fn run(self, folder: PathBuf, directory: DirectoryHandle) {
        loop {
            let (handle, folder, directory) = (self.clone(), folder.clone(), directory.clone());
            let looked = tokio::task::spawn_blocking(move || handle.follow(&folder, &directory));
            if let Err(err) = looked.await {
                tracing::warn!(error = %err, "the maps could not be looked for");
            }
            tokio::time::sleep(Self::PERIOD).await;
        }
    }

    /// The maps.
    pub fn maps(&self) -> Arc<Maps> {
        self.read().maps.clone()
    }

    /// Counts up with every new file: what was drawn at the same version is still true.
    pub fn version(&self) -> u64 {
        self.read().version
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Kept> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn reload(&self, folder: &Path, directory: &DirectoryHandle) {
        // Taken first: what is written meanwhile is found by the next look.
        let stamps = stamps(folder);
        let [provinces, communes] = MAP_FILES.map(|name| topology(&folder.join(name)));
        let directory = directory.directory();
        let of = |code: &str| directory.atlas().place(code).and_then(|it| it.parent.clone());
        let maps = Maps::new(provinces.as_ref(), communes.as_ref(), of).unwrap_or_else(|err| {
            tracing::error!(error = %err, "the map could not be drawn");
            Maps::default()
        });
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        kept.version += 1;
        kept.maps = Arc::new(maps);
        kept.stamps = stamps;
    }
}

fn stamps(folder: &Path) -> Stamps {
    MAP_FILES.map(|name| std::fs::metadata(folder.join(name)).and_then(|it| it.modified()).ok())
}

fn topology(file: &Path) -> Option<Topology> {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => return None,
        Err(err) => {
            tracing::warn!(error = %err, file = %file.display(), "a map cannot be read");
            return None;
        }
    };
    let read: Result<Topology, MapError> = Topology::read(&bytes);
    read.inspect_err(
        |err| tracing::warn!(error = %err, file = %file.display(), "a map cannot be read"),
    )
    .ok()
}
