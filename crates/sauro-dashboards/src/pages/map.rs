//! The 34 provinces on a map, coloured by class. What a class means stands in the legend, and the figure
//! of each province in the table below.

use std::collections::HashMap;

use sauro_directory::model::Maps;
use sauro_directory::nation_map;
use sauro_ui::{MapLook, NationMap};

use crate::model::{Line, Ranked};

/// The map of `ranked`; none where the installation has no outlines.
pub(super) fn map_of(maps: &Maps, ranked: &Ranked) -> Option<NationMap> {
    let lines: HashMap<&str, &Line> =
        ranked.lines.iter().map(|it| (it.code.as_str(), it)).collect();
    nation_map(maps, &|code, name| look(name, lines.get(code).copied()))
}

/// The colour of the class, or hatching.
fn look(name: &str, line: Option<&Line>) -> MapLook {
    MapLook {
        name: line.map_or(name, |line| &line.name).to_owned(),
        words: match line.filter(|it| it.amount.is_some()) {
            Some(it) => format!("{}, {}", it.written, it.note),
            None => "chưa có số".to_owned(),
        },
        fill: match line.and_then(|it| it.class) {
            Some(class) => format!("var(--h-{class})"),
            None => "url(#gach)".to_owned(),
        },
        href: String::new(),
    }
}
