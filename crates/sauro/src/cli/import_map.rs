//! `sauro import map`: boundaries in TopoJSON, kept in the data folder for the map pages.

use anyhow::Context;
use sauro_directory::MAP_FILES;
use sauro_directory::model::Topology;

use crate::config::Config;

/// Checks that the file holds outlines of provinces or communes under their official codes, and keeps
/// it under its kind. A serving node finds it within seconds.
pub(super) fn run(config: &Config, bytes: &[u8]) -> anyhow::Result<()> {
    let topology = Topology::read(bytes)?;
    let [provinces, communes] = MAP_FILES;
    let name = if topology.is_of_communes() { communes } else { provinces };
    let folder = config.store.data.join("map");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("Không tạo được {}", folder.display()))?;
    // Written beside and renamed, so that a reader never sees half a map.
    let (part, whole) = (folder.join(format!("{name}.part")), folder.join(name));
    std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, &whole))?;
    println!("Đã nạp bản đồ {} đơn vị.", topology.units().len());
    Ok(())
}
