//! Exactly where, for those who handle a case. It is only ever kept sealed.

/// Degrees within which all of the nation lies, its islands too: latitude, longitude.
const NATION: [(f64, f64); 2] = [(6.0, 24.0), (101.0, 118.0)];

/// The place as it was written, with the point `latitude, longitude` after it. A point that is none, or that lies
/// elsewhere in the world, is left out: nobody types it, a map does.
pub(super) fn spot_with(address: &str, point: &str) -> String {
    let degrees: Option<Vec<f64>> = point.split(',').map(|it| it.trim().parse().ok()).collect();
    let is_here = |it: &[f64]| {
        it.len() == 2 && it.iter().zip(NATION).all(|(it, (from, to))| (from..=to).contains(it))
    };
    match degrees.as_deref().filter(|it| is_here(it)) {
        Some([lat, long]) if address.trim().is_empty() => format!("{lat:.5}, {long:.5}"),
        Some([lat, long]) => format!("{} ({lat:.5}, {long:.5})", address.trim()),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::spot_with;

    #[test]
    fn a_point_within_the_nation_stands_behind_the_words_and_any_other_nowhere() {
        assert_eq!(spot_with("ấp 3", "8.75971, 104.98951"), "ấp 3 (8.75971, 104.98951)");
        assert_eq!(spot_with(" ", "8.75971,104.98951"), "8.75971, 104.98951");
        for wrong in ["", "8.7", "x, y", "51.5, -0.1", "NaN, 105", "1e999, 105", "8,105,3"] {
            assert_eq!(spot_with("ấp 3", wrong), "ấp 3", "{wrong}");
        }
    }
}
