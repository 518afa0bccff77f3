use std::collections::BTreeSet;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use sauro_ui::escape;

use super::catalogue::address_of;
use super::picture;

/// A guide as a page shows it.
#[derive(Debug)]
pub struct Prose {
    /// Its only heading of the first level.
    pub title: String,
    /// Its first paragraph or first line of a list, without marks.
    pub summary: String,
    /// Headings of the second level.
    pub headings: Vec<Heading>,
    /// All of it but the title, as safe HTML.
    pub html: String,
}

/// A heading that can be jumped to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its name within the page.
    pub id: String,
    /// Its words.
    pub words: String,
}

impl Prose {
    /// Reads Markdown that stands in `docs/` as `file`. HTML in it is shown as written; links between
    /// guides lead to their pages, and an address of the product in code becomes a link.
    pub fn read(text: &str, file: &str) -> Self {
        let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
        let mut reading = Reading {
            folder: file.rsplit_once('/').map_or("", |(folder, _)| folder),
            ..Reading::default()
        };
        let mut events = Parser::new_ext(text, options);
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::MetadataBlock(_)) => drop(until_end(&mut events)),
                Event::Start(Tag::Heading { level, .. }) => {
                    reading.heading(level, until_end(&mut events));
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    reading.image(&dest_url, &words_of(&until_end(&mut events)));
                }
                other => reading.event(other),
            }
        }
        reading.done()
    }
}

/// What the product answers to machines alone.
const NO_PAGES: [&str; 2] = ["/song", "/suc-khoe"];

/// What stands inside what has just begun. Nothing of what is read so holds another of its kind.
fn until_end<'a>(events: &mut Parser<'a>) -> Vec<Event<'a>> {
    let is_end = |it: &Event<'_>| {
        matches!(it, Event::End(TagEnd::Heading(_) | TagEnd::Image | TagEnd::MetadataBlock(_)))
    };
    events.take_while(|it| !is_end(it)).collect()
}

fn words_of(events: &[Event<'_>]) -> String {
    let words = |it: &Event<'_>| match it {
        Event::Text(text) | Event::Code(text) => text.to_string(),
        Event::SoftBreak => " ".to_owned(),
        _ => String::new(),
    };
    events.iter().map(words).collect()
}

#[derive(Default)]
struct Reading<'a> {
    folder: &'a str,
    title: String,
    summary: String,
    is_summary: bool,
    n_tables: usize,
    headings: Vec<Heading>,
    ids: BTreeSet<String>,
    out: Vec<Event<'a>>,
}

impl<'a> Reading<'a> {
    fn heading(&mut self, level: HeadingLevel, inside: Vec<Event<'a>>) {
        let words = words_of(&inside);
        if level == HeadingLevel::H1 {
            self.title = words;
            return;
        }
        let mut id = sauro_kernel::fold(&words).replace(' ', "-");
        while !self.ids.insert(id.clone()) {
            id.push_str("-2");
        }
        self.html(format!("<{level} id=\"{}\">", escape(&id)));
        for event in inside {
            self.event(event);
        }
        self.html(format!("</{level}>\n"));
        if level == HeadingLevel::H2 {
            self.headings.push(Heading { id, words });
        }
    }

    fn image(&mut self, address: &str, words: &str) {
        let name = address.rsplit('/').next().unwrap_or_default();
        let (width, height) = picture::size(name).unwrap_or_default();
        self.html(format!(
            "<img loading=\"lazy\" width=\"{width}\" height=\"{height}\" src=\"/tro-giup/hinh/{}\" alt=\"{}\">",
            escape(name),
            escape(words)
        ));
    }

    fn event(&mut self, event: Event<'a>) {
        self.summarise(&event);
        match event {
            // The text is the house's own, and still nothing in it is taken for HTML.
            Event::Html(text) | Event::InlineHtml(text) => self.out.push(Event::Text(text)),
            Event::Code(code) => self.code(code),
            Event::Start(Tag::Table(of)) => {
                self.n_tables += 1;
                self.html(format!(
                    "<div class=\"tbl-box\" tabindex=\"0\" role=\"region\" aria-label=\"Bảng {}\">",
                    self.n_tables
                ));
                self.out.push(Event::Start(Tag::Table(of)));
            }
            Event::End(TagEnd::Table) => {
                self.out.push(Event::End(TagEnd::Table));
                self.html("</div>\n".to_owned());
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = self.address(&dest_url);
                self.out.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            other => self.out.push(other),
        }
    }

    fn html(&mut self, text: String) {
        self.out.push(Event::Html(text.into()));
    }

    /// An address of the product is worth a click.
    fn code(&mut self, code: CowStr<'a>) {
        let is_page = code.starts_with('/')
            && !NO_PAGES.contains(&&*code)
            && !code.starts_with("/api")
            // A place under which addresses lie is none itself.
            && !code.ends_with('/')
            && code.chars().all(|it| matches!(it, 'a'..='z' | '0'..='9' | '/' | '-'));
        if !is_page {
            self.out.push(Event::Code(code));
            return;
        }
        let (link_type, dest_url) = (LinkType::Inline, code.clone());
        let link = Tag::Link { link_type, dest_url, title: "".into(), id: "".into() };
        self.out.extend([Event::Start(link), Event::Code(code), Event::End(TagEnd::Link)]);
    }

    /// Where a link of a file in `docs/` leads on a page. What is no guide lies in the repository only.
    fn address(&self, written: &str) -> CowStr<'a> {
        if written.contains("://") || written.starts_with(['#', '/']) {
            return written.to_owned().into();
        }
        let (file, mark) = written.split_once('#').unwrap_or((written, ""));
        let file = match (file.strip_prefix("../"), self.folder) {
            (Some(above), _) => above.to_owned(),
            (None, "") => file.to_owned(),
            (None, folder) => format!("{folder}/{file}"),
        };
        let address = address_of(&file).unwrap_or_else(|| "/tro-giup".to_owned());
        let mark = sauro_kernel::fold(mark);
        if mark.is_empty() { address.into() } else { format!("{address}#{mark}").into() }
    }

    fn summarise(&mut self, event: &Event<'a>) {
        match event {
            Event::Start(Tag::Paragraph | Tag::Item) if self.summary.is_empty() => {
                self.is_summary = true;
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) => self.is_summary = false,
            other if self.is_summary => {
                self.summary.push_str(&words_of(std::slice::from_ref(other)))
            }
            _ => {}
        }
    }

    fn done(self) -> Prose {
        let mut html = String::new();
        html::push_html(&mut html, self.out.into_iter());
        // Text is escaped, so that no table but a real one is written so.
        let html = html.replace("<table>", "<table class=\"tbl\">");
        Prose { title: self.title, summary: self.summary, headings: self.headings, html }
    }
}
