//! A first visit: everything that comes over the wire before the page stands, fonts included.

use serde_json::Value;
use tokio::process::Command;

use super::AnyError;
use super::figure::{Figure, Target};
use super::place::Place;
use super::server::Server;

/// Opens the front and the results in a browser that was never there.
pub(crate) async fn measure(place: &Place, server: &Server) -> Result<Vec<Figure>, AnyError> {
    let mut figures = Vec::new();
    for path in ["/", "/ket-qua", "/ket-qua/tinh/96"] {
        let url = format!("http://{}{path}", server.at);
        let asked = Command::new("node").args(["benches/first_visit.mjs", &url]).output().await?;
        if !asked.status.success() {
            return Err(String::from_utf8_lossy(&asked.stderr).into_owned().into());
        }
        let told: Value = serde_json::from_slice(&asked.stdout)?;
        let kb = told.get("bytes").and_then(Value::as_f64).unwrap_or(f64::NAN) / 1000.0;
        let figure = Figure::new(
            "first_visit_kb",
            kb,
            "kB (1000 bytes) over the wire",
            Target::AtMost(80.0),
        );
        figures.push(figure.at(place.engine, place.scale).of(path).with(told));
    }
    Ok(figures)
}
