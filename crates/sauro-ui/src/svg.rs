//! Small charts drawn on the server. They follow the theme, because they only use its variables.

use crate::Markup;
use crate::markup::escape;
use crate::words::Number;

/// A ring that shows a share in basis points (8600 is 86%), with a spoken sentence.
pub fn ring(share_bp: impl Number, status: &str, sentence: impl AsRef<str>) -> Markup {
    let percent = (share_bp.value().clamp(0.0, 10_000.0) / 100.0).round();
    Markup(format!(
        r#"<svg class="ring" viewBox="0 0 100 100" role="img" aria-label="{}" data-s="{}"><circle class="bg" cx="50" cy="50" r="42"/><circle class="fg" cx="50" cy="50" r="42" pathLength="100" stroke-dasharray="{percent} 100"/><text x="50" y="58.5">{percent}%</text></svg>"#,
        escape(sentence.as_ref()),
        escape(status),
    ))
}

/// A line of values, oldest first. Decoration: say the trend in words.
pub fn spark(values: impl AsRef<[f64]>) -> Markup {
    line(values.as_ref(), None)
}

/// [`spark`] with a dashed line at the target.
pub fn spark_to(values: impl AsRef<[f64]>, target: impl Number) -> Markup {
    line(values.as_ref(), Some(target.value()))
}

fn line(values: &[f64], target: Option<f64>) -> Markup {
    let known: Vec<f64> = values.iter().copied().filter(|it| it.is_finite()).collect();
    let all = known.iter().copied().chain(target);
    let (low, high) = all.fold((f64::MAX, f64::MIN), |(low, high), it| (low.min(it), high.max(it)));
    let height = |value: f64| {
        if high > low { 26.0 - 22.0 * (value - low) / (high - low) } else { 15.0 }
    };
    let step = if known.len() > 1 { 92.0 / (known.len() - 1) as f64 } else { 0.0 };
    let mut line = String::new();
    let mut end = None;
    for (place, value) in known.iter().enumerate() {
        let (x, y) = (2.0 + step * place as f64, height(*value));
        line.push_str(&format!("{}{x:.1} {y:.1}", if place == 0 { "M" } else { "L" }));
        end = Some((x, y));
    }
    let target = target.map(|it| format!(r#"<path class="tg" d="M0 {:.1}H96"/>"#, height(it)));
    let dot = end.map(|(x, y)| format!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="3"/>"#));
    Markup(format!(
        r#"<svg class="spark" viewBox="0 0 96 28" aria-hidden="true">{}<path d="{line}"/>{}</svg>"#,
        target.unwrap_or_default(),
        dot.unwrap_or_default(),
    ))
}

/// A bar of `share_bp` (basis points) against a target, or none when it is negative. Decoration:
/// say both in words.
///
/// `class` is `hatch` for what a unit says of itself; `tone` is a CSS variable such as `--done-s`, or empty.
pub fn bullet(share_bp: impl Number, target_bp: impl Number, tone: &str, class: &str) -> Markup {
    let target = target_bp.value();
    let target = if target < 0.0 { String::new() } else { format!(";--t:{}", plain(target)) };
    let tone =
        if tone.starts_with("--") { format!(";--s:var({})", escape(tone)) } else { String::new() };
    let space = if class.is_empty() { "" } else { " " };
    Markup(format!(
        r#"<div class="bullet{space}{}" style="--v:{}{target}{tone}" aria-hidden="true"></div>"#,
        escape(class),
        plain(share_bp.value()),
    ))
}

/// One bar split by status: pairs of a status code and a count. The sentence is spoken.
pub fn mix<'a>(parts: impl AsRef<[(&'a str, i64)]>, sentence: impl AsRef<str>) -> Markup {
    let bars: String = parts
        .as_ref()
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(code, count)| format!(r#"<i data-s="{}" style="--v:{count}"></i>"#, escape(code)))
        .collect();
    Markup(format!(
        r#"<div class="mix" role="img" aria-label="{}">{bars}</div>"#,
        escape(sentence.as_ref())
    ))
}

/// The five stages of a product: giao, làm, báo xong, đã xác minh, đang sử dụng. `reached` is 0 to 5.
pub fn stage(reached: impl Number, status: &str) -> Markup {
    let reached = reached.value() as usize;
    let steps: String =
        (0..5).map(|it| if it < reached { r#"<i class="on"></i>"# } else { "<i></i>" }).collect();
    let tone =
        if status.is_empty() { String::new() } else { format!(r#" data-s="{}""#, escape(status)) };
    Markup(format!(
        r#"<span class="stack g1"><span class="stage"{tone} aria-hidden="true">{steps}</span><span class="tiny">{reached}/5 · {}</span></span>"#,
        stage_words(reached),
    ))
}

/// The words of a stage.
pub fn stage_words(reached: usize) -> &'static str {
    match reached {
        0 => "chưa giao",
        1 => "đã giao",
        2 => "đang làm",
        3 => "đã báo xong",
        4 => "đã xác minh",
        _ => "đang sử dụng",
    }
}

/// Basis points as a CSS number of percent: 3770 is `37.7`.
fn plain(share_bp: f64) -> String {
    format!("{:.1}", share_bp.clamp(0.0, 10_000.0) / 100.0)
}

/// An estimate with its interval, all in basis points. Decoration: say the three in words.
pub fn interval(low_bp: impl Number, high_bp: impl Number, share_bp: impl Number) -> Markup {
    Markup(format!(
        r#"<span class="iv" style="--lo:{};--hi:{};--v:{}" aria-hidden="true"></span>"#,
        plain(low_bp.value()),
        plain(high_bp.value()),
        plain(share_bp.value()),
    ))
}
