//! Affine maps of the plane, as PDF writes them.

/// `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matrix {
    a: f32,
    b: f32,
    c: f32,
    d: f32,
    e: f32,
    f: f32,
}

impl Matrix {
    pub(super) const ONE: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// Six numbers; anything else gives [`Matrix::ONE`].
    pub(super) fn read(numbers: &[f32]) -> Self {
        match numbers {
            [a, b, c, d, e, f] => Self { a: *a, b: *b, c: *c, d: *d, e: *e, f: *f },
            _ => Self::ONE,
        }
    }

    pub(super) fn shift(x: f32, y: f32) -> Self {
        Self { e: x, f: y, ..Self::ONE }
    }

    /// This map first, then `next`.
    pub(super) fn times(&self, next: &Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    pub(super) fn point(&self, x: f32, y: f32) -> (f32, f32) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    /// By how much heights grow.
    pub(super) fn height(&self) -> f32 {
        self.c.hypot(self.d)
    }

    /// Turns points so that writing of this map runs to the right: pages are drawn sideways too.
    pub(super) fn upright(&self, from: (f32, f32), to: (f32, f32)) -> ((f32, f32), (f32, f32)) {
        let turn = |(x, y): (f32, f32)| match () {
            () if self.b.abs() <= self.a.abs() && self.a >= 0.0 => (x, y),
            () if self.b.abs() <= self.a.abs() => (-x, -y),
            () if self.b > 0.0 => (y, -x),
            () => (-y, x),
        };
        (turn(from), turn(to))
    }
}
