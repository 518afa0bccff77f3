//! In which unit of a sheet a place lies.

use super::{MapSheet, Maps};

impl Maps {
    /// The unit in which a place lies, in degrees: the commune where outlines of communes were imported, else the
    /// province. As exact as the sheets are drawn, about a hundred metres within a province; a hint, not a border.
    pub fn unit_at(&self, lon: f64, lat: f64) -> Option<&str> {
        let of_commune = self.provinces.values().find_map(|it| it.unit_at(lon, lat));
        of_commune.or_else(|| self.nation.as_ref()?.unit_at(lon, lat))
    }
}

impl MapSheet {
    /// The drawn unit in which a place lies.
    pub fn unit_at(&self, lon: f64, lat: f64) -> Option<&str> {
        if !lon.is_finite() || !lat.is_finite() {
            return None;
        }
        let (x, y) = self.place((lon, lat));
        let is_on = |at: f64, of: i64| (0.0..=of as f64).contains(&at);
        if !is_on(x, self.width) || !is_on(y, self.height) {
            return None;
        }
        // A quarter of a unit off the grid, so that no corner of an outline lies exactly beside the place.
        let spot = (x + 0.25, y + 0.25);
        let found = self.outlines.iter().find(|it| is_within(&it.path, spot));
        found.map(|it| it.code.as_str())
    }

    /// Longitude and latitude of the upper left corner, and of the step to the right and down by one unit: what a
    /// reader of the drawing needs to tell where a spot on it is.
    pub fn degrees(&self) -> [f64; 4] {
        let (lon, lat) = self.at((0.0, 0.0));
        let (next_lon, next_lat) = self.at((1.0, 1.0));
        [lon, lat, next_lon - lon, next_lat - lat]
    }
}

/// True when `spot` is enclosed by the rings of `path`, as they are written here: a ray to the right crosses them an
/// odd number of times.
fn is_within(path: &str, (x, y): (f64, f64)) -> bool {
    let mut n = 0;
    for ring in path.split('z') {
        let spots = spots(ring);
        let next = spots.iter().cycle().skip(1);
        for ((ax, ay), (bx, by)) in spots.iter().zip(next) {
            if (*ay > y) != (*by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
                n += 1;
            }
        }
    }
    n % 2 == 1
}

/// The corners of a ring: `M3 4l5 6-7 8`.
fn spots(ring: &str) -> Vec<(f64, f64)> {
    let Some((head, steps)) = ring.trim_start_matches('M').split_once('l') else {
        // A box in place of what is too small to draw.
        return Vec::new();
    };
    let mut at = (0.0, 0.0);
    let numbers: Vec<f64> = numbers(head).chain(numbers(steps)).collect();
    let (pairs, _) = numbers.as_chunks::<2>();
    let step = |[dx, dy]: &[f64; 2]| {
        at = (at.0 + dx, at.1 + dy);
        at
    };
    pairs.iter().map(step).collect()
}

/// Numbers parted by spaces, or by the minus of the next one.
fn numbers(text: &str) -> impl Iterator<Item = f64> {
    let parted = text.replace('-', " -");
    let all: Vec<f64> = parted.split_whitespace().filter_map(|it| it.parse().ok()).collect();
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use super::{is_within, spots};

    #[test]
    fn a_spot_is_told_from_the_path_that_is_drawn() {
        // A square with a hole, and a small box.
        let path = "M0 0l10 0 0 10-10 0zM4 4l2 0 0 2-2 0zM20 20h4v4h-4z";
        assert_eq!(
            spots("M0 0l10 0 0 10-10 0"),
            [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
        );
        assert!(is_within(path, (1.25, 1.25)) && is_within(path, (9.25, 5.25)));
        assert!(!is_within(path, (5.25, 5.25)), "in the hole");
        assert!(!is_within(path, (11.25, 5.25)) && !is_within(path, (21.25, 21.25)));
        assert!(!is_within("", (1.0, 1.0)) && !is_within("Mx yl", (1.0, 1.0)));
    }
}
