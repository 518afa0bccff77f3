//! Markdown becomes blocks. Raw HTML in it is read as words.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Block;
use super::gather::Gather;

/// The blocks of `text`.
pub fn blocks_of_markdown(text: &str) -> Vec<Block> {
    let mut gather = Gather::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(tag) => start(&mut gather, tag),
            Event::End(tag) => end(&mut gather, tag),
            Event::Text(words)
            | Event::Code(words)
            | Event::Html(words)
            | Event::InlineHtml(words) => {
                gather.text(&words);
            }
            Event::SoftBreak | Event::HardBreak => gather.text(" "),
            Event::Rule => gather.end_block(),
            _ => {}
        }
    }
    gather.finish()
}

fn start(gather: &mut Gather, tag: Tag<'_>) {
    match tag {
        Tag::Heading { level, .. } => gather.heading(level_of(level)),
        Tag::Paragraph => gather.paragraph(),
        Tag::BlockQuote(_) => gather.quote(),
        Tag::List(first) => gather.list(first.is_some()),
        Tag::Item => gather.item(),
        Tag::Table(_) => gather.table(),
        Tag::TableHead | Tag::TableRow => gather.row(),
        Tag::TableCell => gather.cell(),
        Tag::Strong => gather.bold(true),
        Tag::Emphasis => gather.italic(true),
        Tag::Link { dest_url, .. } => gather.link(&dest_url),
        _ => {}
    }
}

fn end(gather: &mut Gather, tag: TagEnd) {
    match tag {
        TagEnd::Strong => gather.bold(false),
        TagEnd::Emphasis => gather.italic(false),
        TagEnd::Link => gather.link(""),
        TagEnd::List(_) | TagEnd::Table | TagEnd::BlockQuote(_) => gather.end_group(),
        TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::CodeBlock => {
            gather.end_block();
        }
        _ => {}
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    if level <= HeadingLevel::H2 { 2 } else { 3 }
}
