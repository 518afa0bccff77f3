use crate::model::{Area, CLASSES_BP, Line, OnTime, Tile, tiles};

use super::address::area_address;

/// A tile as drawn.
pub(super) struct TileView {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) name: &'static str,
    pub(super) share: String,
    pub(super) href: String,
    pub(super) label: String,
    pub(super) fill: String,
    pub(super) ink: &'static str,
    pub(super) is_island: bool,
}

/// An entry of the legend.
pub(super) struct Class {
    pub(super) fill: String,
    pub(super) words: String,
}

const WIDE: i64 = 66;
const HIGH: i64 = 38;

/// The map of equal tiles for the provinces `lines`.
pub(super) fn map(lines: &[Line]) -> Vec<TileView> {
    tiles().iter().map(|tile| view(tile, lines)).collect()
}

fn view(tile: &Tile, lines: &[Line]) -> TileView {
    let code = tile.part_of.unwrap_or(tile.code);
    let line = lines.iter().find(|line| line.code == code);
    let on_time = line.and_then(|line| line.on_time);
    let of = line.map_or("", |line| line.name.as_str());
    let name = match tile.part_of {
        Some(_) => format!("Quần đảo {} ({of})", tile.name),
        None => tile.name.to_owned(),
    };
    let (share, label) = match on_time {
        Some(it) => (
            sauro_ui::words::percent_bp(it.share_bp),
            format!(
                "{name}: {} đúng hạn, {} trên {} nhiệm vụ đã đến hạn",
                sauro_ui::words::percent_bp(it.share_bp),
                it.hits,
                it.due
            ),
        ),
        None => ("chưa rõ".to_owned(), format!("{name}: chưa đánh giá được")),
    };
    TileView {
        x: tile.col * WIDE,
        y: tile.row * HIGH,
        name: tile.name,
        share: if tile.part_of.is_some() { of.to_owned() } else { share },
        href: area_address(&Area::Province(code.to_owned())),
        label,
        fill: fill(on_time),
        ink: ink(on_time),
        is_island: tile.part_of.is_some(),
    }
}

/// The colour of a class, or hatching.
pub(super) fn fill(on_time: Option<OnTime>) -> String {
    on_time.map_or("url(#gach)".to_owned(), |it| format!("var(--h-{})", it.class()))
}

fn ink(on_time: Option<OnTime>) -> &'static str {
    match on_time.map(|it| it.class()) {
        None => "var(--ink)",
        Some(1 | 2) => "var(--h-ink-lo)",
        Some(3) => "var(--h-ink-3)",
        Some(_) => "var(--h-ink-hi)",
    }
}

/// What the classes mean, best first.
pub(super) fn legend() -> Vec<Class> {
    let [one, two, three, four] = CLASSES_BP.map(|bp| bp / 100);
    let words = [
        (5, format!("từ {four}%")),
        (4, format!("{three}–{four}%")),
        (3, format!("{two}–{three}%")),
        (2, format!("{one}–{two}%")),
        (1, format!("dưới {one}%")),
    ];
    words.map(|(class, words)| Class { fill: format!("var(--h-{class})"), words }).into()
}
