//! Writes every part in every state into one page: `cargo run -p sauro-ui --example gallery [FILE]`.
//!
//! The page stands alone: the stylesheet, the fonts and the icons are put into it.

use std::error::Error;
use std::path::Path;

use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};
use sauro_ui::{Choice, Chrome, Faults, Headline, Site, asset};

#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery {
    chrome: Chrome,
    faults: Faults,
    clean: Faults,
    agencies: Vec<Choice>,
    headline: Headline,
    small: Headline,
    nothing: Headline,
    day: NaiveDate,
    at: DateTime<Utc>,
    values: Vec<f64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).unwrap_or_else(|| "gallery.html".into());
    let at = DateTime::parse_from_rfc3339("2026-11-20T09:42:00+07:00")?.to_utc();
    let gallery = Gallery {
        chrome: Chrome::at("/nhiem-vu", Site { is_demo: true, ..Site::default() }),
        faults: Faults::from_iter([
            ("so-thon", "Nhập số thôn, chỉ dùng chữ số"),
            ("co-quan", "Chọn cơ quan nghiệm thu"),
        ]),
        clean: Faults::none(),
        agencies: vec![Choice::new(1, "Ban Chỉ đạo"), Choice::new(2, "UBND cấp tỉnh nơi có thôn")],
        headline: Headline { total: 1134, done: 629, on_time: 427, verified: 361, in_use: 274 },
        small: Headline { total: 12, done: 7, on_time: 5, verified: 4, in_use: 3 },
        nothing: Headline::default(),
        day: at.date_naive(),
        at,
        values: vec![55.0, 58.1, 60.4, 62.0, 64.2, 66.3, 68.4],
    };
    std::fs::write(&file, stand_alone(&gallery.render()?)?)?;
    println!("{file}");
    Ok(())
}

/// Puts the assets into the page, so that one file shows everything.
fn stand_alone(html: &str) -> Result<String, Box<dyn Error>> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist");
    let read = |name: &str| {
        let file = asset(name).rsplit('/').next().unwrap_or_default();
        std::fs::read_to_string(dist.join(file))
    };
    let css = read("app.css")?.replace("url(", &format!("url({}/", dist.display()));
    let sheet = format!(r#"<link rel="stylesheet" href="{}">"#, asset("app.css"));
    let html = html.replace(&sheet, &format!("<style>{css}</style>"));
    let html = html.replace(asset("icons.svg"), "");
    let sprite = read("icons.svg")?.replacen("<svg ", r#"<svg hidden "#, 1);
    Ok(html.replace("</body>", &format!("{sprite}</body>")))
}
