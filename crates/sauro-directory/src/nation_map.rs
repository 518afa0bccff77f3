use sauro_ui::{MapGroup, MapLook, MapShape, NationMap};

use crate::model::{Archipelago, MapSheet, Maps, Outline, archipelagos};

/// The map of the nation, each province as `look` says for its code and the name on the outline; none where
/// the installation has no outlines. An archipelago looks like the province it belongs to.
pub fn nation_map(maps: &Maps, look: &dyn Fn(&str, &str) -> MapLook) -> Option<NationMap> {
    let sheet = maps.nation()?;
    let shape = |it: &Outline| {
        let MapLook { name, words, fill, href } = look(&it.code, &it.name);
        MapShape { words: format!("{name}: {words}"), fill, href, path: it.path.clone() }
    };
    Some(NationMap {
        width: sheet.width,
        height: sheet.height,
        shapes: sheet.outlines.iter().map(shape).collect(),
        groups: archipelagos().iter().map(|it| group(sheet, it, look)).collect(),
        is_schematic: !maps.is_imported(),
    })
}

fn group(sheet: &MapSheet, it: &Archipelago, look: &dyn Fn(&str, &str) -> MapLook) -> MapGroup {
    let MapLook { name: of, words, fill, href } = look(it.province, it.province);
    // Where the names stand clear of the islands and of the edge.
    let (lon, lat, anchor) =
        if it.code == "20333" { (112.4, 17.35, "middle") } else { (115.2, 12.0, "end") };
    MapGroup {
        words: format!("{} ({of}): {words}", it.name),
        name: it.name,
        fill,
        href,
        islands: it.islands.iter().map(|(_, lon, lat)| sheet.spot(*lon, *lat)).collect(),
        at: sheet.spot(lon, lat),
        anchor,
        of,
    }
}
