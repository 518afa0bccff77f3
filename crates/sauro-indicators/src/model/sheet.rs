//! What the journal hears of many figures that came at once: one entry for some hundred of them.

use sauro_kernel::ObservationId;
use serde_json::{Value, json};

use super::{Observation, Period};

/// Figures told in one entry at most: few enough that readers of the journal hold many entries at once.
pub const MOST_TOLD: usize = 250;

/// What the journal names the figures that came at once.
pub const TOLD: &str = "observations";

/// The words of one entry about `figures` of one indicator and period. They stand in one text, a figure a
/// line: a reader that does not ask for them holds nothing but that text.
pub fn told(code: &str, period: Period, figures: &[&Observation]) -> Value {
    let lines: Vec<String> = figures
        .iter()
        .map(|it| format!("{} {} {}", it.id, it.unit.code, it.reported.value))
        .collect();
    json!({
        "indicator": code,
        "period": period.code(),
        "columns": "id unit value",
        "figures": lines.join("\n"),
    })
}

/// The observations that an entry of the journal is about: one, those that came at once, or none.
pub fn observations_told(subject: &str, data: &Value) -> Vec<ObservationId> {
    match subject.split_once('/') {
        Some(("observation", id)) => id.parse().into_iter().collect(),
        Some((TOLD, _)) => {
            let lines = data.get("figures").and_then(Value::as_str).unwrap_or_default().lines();
            lines.filter_map(|it| it.split(' ').next()?.parse().ok()).collect()
        }
        _ => Vec::new(),
    }
}
