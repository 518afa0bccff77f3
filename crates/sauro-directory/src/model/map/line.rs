use std::fmt::Write;

/// A point on a sheet.
pub(super) type Spot = (f64, f64);

/// The line without the points that lie within `slack` of what stays; both ends stay (Douglas and
/// Peucker, 1973). Neighbours share their border, so that they stay joined.
pub(super) fn thinned(line: &[Spot], slack: f64) -> Vec<Spot> {
    let mut keep = vec![false; line.len()];
    for end in [0, line.len().wrapping_sub(1)] {
        if let Some(it) = keep.get_mut(end) {
            *it = true;
        }
    }
    let mut open = vec![(0, line.len().saturating_sub(1))];
    while let Some((from, to)) = open.pop() {
        let (Some(start), Some(end)) = (line.get(from), line.get(to)) else { continue };
        let between = line.iter().enumerate().take(to).skip(from + 1);
        let far = between
            .map(|(n, spot)| (n, distance(*spot, *start, *end)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((n, far)) = far
            && far > slack
        {
            if let Some(it) = keep.get_mut(n) {
                *it = true;
            }
            open.extend([(from, n), (n, to)]);
        }
    }
    line.iter().zip(keep).filter_map(|(spot, is_kept)| is_kept.then_some(*spot)).collect()
}

/// From `spot` to the straight line through `a` and `b`, or to `a` when they are one.
fn distance(spot: Spot, a: Spot, b: Spot) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx.hypot(dy);
    if length < 1e-9 {
        return (spot.0 - a.0).hypot(spot.1 - a.1);
    }
    (dy * (spot.0 - a.0) - dx * (spot.1 - a.1)).abs() / length
}

/// A closed ring on the grid of the sheet.
pub(super) struct Ring(Vec<(i64, i64)>);

impl Ring {
    /// The ring through `spots`, each rounded; neighbours that fall together are one.
    pub(super) fn of(spots: impl IntoIterator<Item = Spot>) -> Self {
        let mut ring: Vec<(i64, i64)> = Vec::new();
        for (x, y) in spots {
            let spot = (x.round() as i64, y.round() as i64);
            if ring.last() != Some(&spot) {
                ring.push(spot);
            }
        }
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        Self(ring)
    }

    /// Half of what it measures around: how much there is to see of it.
    pub(super) fn span(&self) -> i64 {
        let reach = |of: fn(&(i64, i64)) -> i64| {
            let all = || self.0.iter().map(of);
            all().max().unwrap_or_default() - all().min().unwrap_or_default()
        };
        reach(|it| it.0) + reach(|it| it.1)
    }

    /// The middle of the box around it.
    pub(super) fn middle(&self) -> (i64, i64) {
        let mid = |of: fn(&(i64, i64)) -> i64| {
            let all = || self.0.iter().map(of);
            (all().max().unwrap_or_default() + all().min().unwrap_or_default()) / 2
        };
        (mid(|it| it.0), mid(|it| it.1))
    }

    /// True when it encloses something.
    pub(super) fn is_area(&self) -> bool {
        self.0.len() > 2
    }

    /// Writes it as steps from one point to the next, a point that nothing is left of as a small box.
    pub(super) fn write(&self, path: &mut String) {
        let Some((x, y)) = self.0.first().copied() else { return };
        if !self.is_area() {
            // Writing to a text cannot fail.
            let _ = write!(path, "M{} {}h4v4h-4z", x - 2, y - 2);
            return;
        }
        let _ = write!(path, "M{x} {y}l");
        let (mut at, mut is_first) = ((x, y), true);
        for (x, y) in self.0.iter().skip(1) {
            let (dx, dy) = (x - at.0, y - at.1);
            for step in [dx, dy] {
                // A minus sign separates as well as a space.
                if !is_first && step >= 0 {
                    path.push(' ');
                }
                let _ = write!(path, "{step}");
                is_first = false;
            }
            at = (*x, *y);
        }
        path.push('z');
    }
}
