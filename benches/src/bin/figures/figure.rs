//! One measured figure, with the target it is held against.

use serde_json::{Value, json};

/// What a figure must be.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    AtMost(f64),
    AtLeast(f64),
}

/// One line of the result.
pub(crate) struct Figure {
    name: &'static str,
    /// Where it was measured; nowhere in particular when it needs no database.
    place: Option<(&'static str, &'static str)>,
    /// Which page, where there are several.
    page: Option<String>,
    value: f64,
    unit: &'static str,
    target: Target,
    detail: Value,
}

impl Figure {
    pub(crate) fn new(name: &'static str, value: f64, unit: &'static str, target: Target) -> Self {
        Self { name, place: None, page: None, value, unit, target, detail: Value::Null }
    }

    /// Measured on that engine with data of that scale.
    pub(crate) fn at(self, engine: &'static str, scale: &'static str) -> Self {
        Self { place: Some((engine, scale)), ..self }
    }

    /// Of that page.
    pub(crate) fn of(self, page: &str) -> Self {
        Self { page: Some(page.to_owned()), ..self }
    }

    /// What a reader needs to judge it.
    pub(crate) fn with(self, detail: Value) -> Self {
        Self { detail, ..self }
    }

    /// Whether the target holds. A figure that is no number does not.
    pub(crate) fn holds(&self) -> bool {
        match self.target {
            Target::AtMost(most) => self.value <= most,
            Target::AtLeast(least) => self.value >= least,
        }
    }

    /// `report_per_s sqlite province: 512 reports/s: holds`.
    pub(crate) fn title(&self) -> String {
        let place = self.place.map(|(engine, scale)| format!(" {engine} {scale}"));
        let page = self.page.as_ref().map(|page| format!(" {page}"));
        let (value, unit) = (rounded(self.value), self.unit);
        let verdict = if self.holds() { "holds" } else { "FALLS SHORT" };
        let (place, page) = (place.unwrap_or_default(), page.unwrap_or_default());
        format!("{}{place}{page}: {value} {unit}: {verdict}", self.name)
    }

    pub(crate) fn json(&self) -> Value {
        let (sign, bound) = match self.target {
            Target::AtMost(most) => ("<=", most),
            Target::AtLeast(least) => (">=", least),
        };
        json!({
            "figure": self.name,
            "engine": self.place.map(|it| it.0),
            "scale": self.place.map(|it| it.1),
            "page": self.page,
            "value": rounded(self.value),
            "unit": self.unit,
            "target": format!("{sign} {bound}"),
            "holds": self.holds(),
            "detail": self.detail,
        })
    }
}

/// Three decimals are enough for every figure here.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
