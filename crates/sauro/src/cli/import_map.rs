//! `sauro import map`: boundaries in TopoJSON, kept in the data folder for the map pages.

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::config::Config;

/// Checks that the file is a topology of provinces or communes whose shapes carry official codes,
/// and keeps it under its kind.
pub(super) fn run(config: &Config, bytes: &[u8]) -> anyhow::Result<()> {
    let topology: Value =
        serde_json::from_slice(bytes).context("Tệp không phải JSON. Cần một tệp TopoJSON")?;
    ensure!(
        topology.get("type").and_then(Value::as_str) == Some("Topology"),
        "Tệp không phải TopoJSON: thiếu \"type\": \"Topology\""
    );
    let objects = topology
        .get("objects")
        .and_then(Value::as_object)
        .context("TopoJSON không có \"objects\"")?;
    let shapes: Vec<&Value> = objects
        .values()
        .filter_map(|it| it.get("geometries").and_then(Value::as_array))
        .flatten()
        .collect();
    let codes: Vec<String> = shapes.iter().filter_map(|it| code(it)).collect();
    ensure!(!shapes.is_empty(), "TopoJSON không có hình nào");
    ensure!(
        codes.len() == shapes.len(),
        "{} trên {} hình không có mã đơn vị (properties.code hoặc id)",
        shapes.len() - codes.len(),
        shapes.len()
    );
    let is_communes = codes.iter().all(|it| it.len() == 5);
    let is_provinces = codes.iter().all(|it| it.len() == 2);
    ensure!(
        is_communes || is_provinces,
        "Mã đơn vị phải có 2 chữ số (tỉnh) hoặc 5 chữ số (xã), không lẫn nhau"
    );
    let name = if is_communes { "communes.topojson" } else { "provinces.topojson" };
    let folder = config.store.data.join("map");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("Không tạo được {}", folder.display()))?;
    // Written beside and renamed, so that a reader never sees half a map.
    let (part, whole) = (folder.join(format!("{name}.part")), folder.join(name));
    std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, &whole))?;
    println!("Đã nạp bản đồ {} đơn vị.", codes.len());
    Ok(())
}

fn code(shape: &Value) -> Option<String> {
    let properties = shape.get("properties");
    let named = ["code", "ma", "id"].iter().find_map(|key| properties.and_then(|it| it.get(*key)));
    match named.or_else(|| shape.get("id"))? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
