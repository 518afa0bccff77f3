//! HTML that was pasted (from Word, from a web page) becomes blocks. Tags are read for what they mean and dropped;
//! what only a program would run or draw is dropped with all that is in it.

use html5gum::{Token, Tokenizer};

use super::gather::Gather;
use super::{Block, blocks_of_markdown};

/// What readers never see, with everything inside.
const SILENT: [&str; 12] = [
    "script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "math",
    "select", "textarea",
];

/// The blocks of what was pasted: HTML when there are tags of it, else Markdown.
pub fn blocks_of_paste(pasted: &str) -> Vec<Block> {
    let looks_like_html = ["</", "<p", "<div", "<br", "<table", "<span", "<script", "<html"]
        .iter()
        .any(|it| pasted.to_ascii_lowercase().contains(it));
    if looks_like_html { blocks_of_html(pasted) } else { blocks_of_markdown(pasted) }
}

/// The blocks of `html`.
pub fn blocks_of_html(html: &str) -> Vec<Block> {
    let mut gather = Gather::default();
    // The name of a silent tag, and how many of its name are open.
    let mut silent: Option<(String, u32)> = None;
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if let Some((of, depth)) = &mut silent {
                    *depth += u32::from(*of == name && !tag.self_closing);
                    continue;
                }
                if SILENT.contains(&name.as_str()) {
                    silent = (!tag.self_closing).then_some((name, 1));
                    continue;
                }
                let href = tag.attributes.get(b"href".as_slice());
                let href = href.map(|it| String::from_utf8_lossy(it).into_owned());
                start(&mut gather, &name, href.as_deref().unwrap_or_default());
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if let Some((of, depth)) = &mut silent {
                    *depth -= u32::from(*of == name);
                    if *depth == 0 {
                        silent = None;
                    }
                    continue;
                }
                end(&mut gather, &name);
            }
            Token::String(words) if silent.is_none() => {
                gather.text(&String::from_utf8_lossy(&words));
            }
            _ => {}
        }
    }
    gather.finish()
}

fn start(gather: &mut Gather, name: &str, href: &str) {
    match name {
        "h1" | "h2" => gather.heading(2),
        "h3" | "h4" | "h5" | "h6" => gather.heading(3),
        "p" | "div" | "section" | "article" | "header" | "footer" | "pre" | "dt" | "dd" | "hr" => {
            gather.paragraph();
        }
        "br" => gather.text(" "),
        "blockquote" => gather.quote(),
        "ul" => gather.list(false),
        "ol" => gather.list(true),
        "li" => gather.item(),
        "table" => gather.table(),
        "tr" => gather.row(),
        "td" | "th" => gather.cell(),
        "b" | "strong" => gather.bold(true),
        "i" | "em" => gather.italic(true),
        "a" => gather.link(href),
        _ => {}
    }
}

fn end(gather: &mut Gather, name: &str) {
    match name {
        "b" | "strong" => gather.bold(false),
        "i" | "em" => gather.italic(false),
        "a" => gather.link(""),
        "ul" | "ol" | "table" | "blockquote" => gather.end_group(),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "div" | "section" | "article" | "pre"
        | "dt" | "dd" => gather.end_block(),
        _ => {}
    }
}
