use std::sync::LazyLock;

use sauro_kernel::AgencyPath;

/// A province-level unit and its tile on the map of equal tiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// The official unit code, such as `96`; for the two archipelagos that of their special zone.
    pub code: &'static str,
    /// Row from the north.
    pub row: i64,
    /// Column from the west.
    pub col: i64,
    /// The name without "tỉnh" or "thành phố".
    pub name: &'static str,
    /// For an archipelago, the province it belongs to.
    pub part_of: Option<&'static str>,
}

static TILES: LazyLock<Vec<Tile>> = LazyLock::new(|| {
    let text = include_str!("../../../../data/geo/tiles.csv");
    text.lines().skip(1).filter_map(tile).collect()
});

/// The 34 provinces and the two archipelagos, as shipped in `data/geo/tiles.csv`.
pub fn tiles() -> &'static [Tile] {
    &TILES
}

/// The 34 provinces.
pub fn provinces() -> impl Iterator<Item = &'static Tile> {
    TILES.iter().filter(|it| it.part_of.is_none())
}

/// The province with the unit `code`.
pub fn province(code: &str) -> Option<&'static Tile> {
    provinces().find(|it| it.code == code)
}

/// Where the province `code` stands in the tree.
pub fn province_path(code: &str) -> AgencyPath {
    AgencyPath::nation().child(code)
}

fn tile(line: &'static str) -> Option<Tile> {
    let mut cells = line.splitn(5, ',');
    let code = cells.next()?;
    let row = cells.next()?.parse().ok()?;
    let col = cells.next()?.parse().ok()?;
    let name = cells.next()?;
    let note = cells.next().unwrap_or_default();
    // A province has two digits; the note of an archipelago ends with the code of its province.
    let part_of = (code.len() > 2)
        .then(|| note.trim_matches(|c: char| !c.is_ascii_digit()))
        .and_then(|note| note.rsplit([' ', ',']).next());
    Some(Tile { code, row, col, name, part_of })
}
