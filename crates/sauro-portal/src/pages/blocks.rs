//! Blocks as HTML. Every letter that somebody wrote is escaped here, and every tag is written here.

use std::collections::HashMap;

use sauro_ui::{escape, icon, words};

use super::shown::{COLUMN, Frame, TILE, tag};
use crate::ResultsRoom;
use crate::actions::Figure;
use crate::model::{Block, Content, ItemFile, Picture, Span};

/// What blocks show beside words.
pub(super) struct Around<'a> {
    pub(super) files: &'a [ItemFile],
    pub(super) pictures: &'a [Picture],
    /// The word of the link to a preview, or empty.
    pub(super) pass: &'a str,
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

/// How far drawing has come.
#[derive(Default)]
struct Drawn {
    n_headings: usize,
    n_pictures: usize,
}

/// The HTML of `blocks`.
pub(super) fn drawn(blocks: &[Block], around: &Around<'_>) -> String {
    let mut out = String::new();
    let mut so_far = Drawn::default();
    let mut rest = blocks;
    while let Some((block, more)) = rest.split_first() {
        let n_tiles = rest.iter().take_while(|it| is_tile(it)).count();
        // One alone is no grid.
        if n_tiles > 1
            && let Some((tiles, more)) = rest.split_at_checked(n_tiles)
        {
            let tiles: String = tiles.iter().map(|it| one(it, around, &mut so_far)).collect();
            out.push_str(&format!(r#"<div class="tiles-of-pictures">{tiles}</div>"#));
            rest = more;
        } else {
            out.push_str(&one(block, around, &mut so_far));
            rest = more;
        }
        out.push('\n');
    }
    out
}

/// The HTML of each of `blocks`, one by one.
pub(super) fn each(blocks: &[Block], around: &Around<'_>) -> Vec<String> {
    let mut so_far = Drawn::default();
    blocks.iter().map(|it| one(it, around, &mut so_far)).collect()
}

fn is_tile(block: &Block) -> bool {
    matches!(block, Block::Image { is_tile: true, .. })
}

fn one(block: &Block, around: &Around<'_>, so_far: &mut Drawn) -> String {
    match block {
        Block::Heading { level, text } => {
            let level = if *level == 3 { 3 } else { 2 };
            so_far.n_headings += 1;
            let n_headings = so_far.n_headings;
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
        Block::Image { file, alt, caption, is_tile } => {
            so_far.n_pictures += 1;
            let found = around.pictures.iter().find(|it| it.id == *file);
            let frame = Frame {
                alt,
                sizes: if *is_tile { TILE } else { COLUMN },
                is_lazy: so_far.n_pictures > 1,
                is_cut: *is_tile,
                pass: around.pass,
            };
            picture(found, caption, &frame)
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

fn picture(found: Option<&Picture>, caption: &str, frame: &Frame<'_>) -> String {
    let Some(found) = found else {
        return format!(r#"<p class="small mute">Ảnh không còn: {}</p>"#, escape(frame.alt));
    };
    let credit = match found.source.is_empty() {
        true => String::new(),
        false => format!(r#"<span class="mute">Ảnh: {}</span>"#, escape(&found.source)),
    };
    let words = [escape(caption), credit].into_iter().filter(|it| !it.is_empty());
    let words = words.collect::<Vec<_>>().join(" · ");
    let caption = match words.is_empty() {
        true => String::new(),
        false => format!(r#"<figcaption class="small soft">{words}</figcaption>"#),
    };
    format!(r#"<figure class="stack g2">{}{caption}</figure>"#, tag(found, frame))
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
