//! Blocks as HTML. Every letter that somebody wrote is escaped here, and every tag is written here.

use std::collections::HashMap;

use sauro_ui::{escape, icon, words};

use crate::ResultsRoom;
use crate::actions::Figure;
use crate::model::{Block, Content, ItemFile, Span};

/// What blocks show beside words.
pub(super) struct Around<'a> {
    pub(super) files: &'a [ItemFile],
    pub(super) figures: HashMap<String, Figure>,
}

/// The figures that `content` shows, as they are now.
pub(super) async fn figures_of(
    room: Option<&ResultsRoom>,
    content: &Content,
) -> HashMap<String, Figure> {
    let mut figures = HashMap::new();
    let Some(room) = room else { return figures };
    for block in &content.blocks {
        if let Block::Figure { code, .. } = block
            && !figures.contains_key(code)
            && let Some(figure) = room.0.figure(code).await
        {
            figures.insert(code.clone(), figure);
        }
    }
    figures
}

/// The HTML of `blocks`.
pub(super) fn drawn(blocks: &[Block], around: &Around<'_>) -> String {
    let mut out = String::new();
    for html in each(blocks, around) {
        out.push_str(&html);
        out.push('\n');
    }
    out
}

/// The HTML of each of `blocks`.
pub(super) fn each(blocks: &[Block], around: &Around<'_>) -> Vec<String> {
    let mut n_headings = 0;
    let mut all = Vec::with_capacity(blocks.len());
    for block in blocks {
        if matches!(block, Block::Heading { .. }) {
            n_headings += 1;
        }
        all.push(one(block, around, n_headings));
    }
    all
}

fn one(block: &Block, around: &Around<'_>, n_headings: usize) -> String {
    match block {
        Block::Heading { level, text } => {
            let level = if *level == 3 { 3 } else { 2 };
            format!(r#"<h{level} id="muc-{n_headings}">{}</h{level}>"#, escape(text))
        }
        Block::Paragraph { spans } => format!("<p>{}</p>", run(spans)),
        Block::List { is_ordered, items } => {
            let tag = if *is_ordered { "ol" } else { "ul" };
            let items: String = items.iter().map(|it| format!("<li>{}</li>", run(it))).collect();
            format!("<{tag}>{items}</{tag}>")
        }
        Block::Quote { spans, source } => {
            let source = match source.is_empty() {
                true => String::new(),
                false => format!(r#"<p class="small soft">{}</p>"#, escape(source)),
            };
            format!("<blockquote><p>{}</p>{source}</blockquote>", run(spans))
        }
        Block::Table { caption, head, rows } => table(caption, head, rows),
        Block::Image { file, alt, caption } => {
            let caption = match caption.is_empty() {
                true => String::new(),
                false => {
                    format!(r#"<figcaption class="small soft">{}</figcaption>"#, escape(caption))
                }
            };
            format!(
                r#"<figure class="stack g2"><img src="/tep-cong/{file}" alt="{}" loading="lazy">{caption}</figure>"#,
                escape(alt)
            )
        }
        Block::File { file, label } => {
            let size = around.files.iter().find(|it| it.id == *file);
            let size = size.map(|it| format!("{}, {}", end_of(&it.name), words::bytes(it.n_bytes)));
            format!(
                r#"<p class="file">{}<span><a href="/tep-cong/{file}">{}</a> <span class="small mute">{}</span></span></p>"#,
                icon("file"),
                escape(label),
                escape(&size.unwrap_or_default())
            )
        }
        Block::Callout { is_warning, spans } => {
            let (state, sign) =
                if *is_warning { (r#" data-s="soon""#, "s-soon") } else { ("", "info") };
            format!(
                r#"<div class="note"{state}>{}<div><p>{}</p></div></div>"#,
                icon(sign),
                run(spans)
            )
        }
        Block::Figure { code, label } => figure(label, around.figures.get(code)),
    }
}

fn figure(label: &str, found: Option<&Figure>) -> String {
    let Some(found) = found else {
        return format!(
            r#"<div class="note">{}<div><p>{}: chưa có số liệu.</p></div></div>"#,
            icon("chart"),
            escape(label)
        );
    };
    let label = if label.is_empty() { &found.label } else { label };
    format!(
        r#"<div class="note">{}<div><p><b class="num">{}</b> {}. <a href="{}">Xem cách tính</a></p></div></div>"#,
        icon("chart"),
        escape(&found.value),
        escape(label),
        escape(&found.href)
    )
}

fn table(caption: &str, head: &[String], rows: &[Vec<String>]) -> String {
    let cells = |row: &[String], open: &str, close: &str| -> String {
        row.iter().map(|it| format!("<{open}>{}</{close}>", escape(it))).collect()
    };
    let rows: String =
        rows.iter().map(|it| format!("<tr>{}</tr>", cells(it, "td", "td"))).collect();
    // Tables of one page have names of their own.
    let name = match caption.is_empty() {
        true => format!("Bảng {}", head.join(", ")),
        false => caption.to_owned(),
    };
    let shown = match caption.is_empty() {
        true => String::new(),
        false => format!("<caption>{}</caption>", escape(caption)),
    };
    format!(
        r#"<div class="tbl-box" role="region" tabindex="0" aria-label="{}"><table class="tbl">{shown}<thead><tr>{}</tr></thead><tbody>{rows}</tbody></table></div>"#,
        escape(&name),
        cells(head, r#"th scope="col""#, "th")
    )
}

fn run(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        let mut words = escape(&span.text);
        if span.is_italic {
            words = format!("<em>{words}</em>");
        }
        if span.is_bold {
            words = format!("<strong>{words}</strong>");
        }
        // Checked when it was kept, and once more: rows may come from anywhere.
        if crate::model::is_href(&span.href) {
            words = format!(r#"<a href="{}">{words}</a>"#, escape(&span.href));
        }
        out.push_str(&words);
    }
    out
}

fn end_of(name: &str) -> String {
    name.rsplit('.').next().unwrap_or_default().to_uppercase()
}
