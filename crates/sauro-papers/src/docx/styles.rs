//! What paragraph styles say about numbering and fonts.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::error::PaperError;
use crate::xml::{attribute, local};

/// What a style sets by itself.
#[derive(Debug, Clone, Default)]
struct Style {
    based_on: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    font: Option<String>,
}

/// The styles of a document by their identifier.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    normal: Option<String>,
}

impl Styles {
    /// Reads `word/styles.xml`.
    pub(super) fn parse(xml: &str) -> Result<Self, PaperError> {
        let mut styles = Self::default();
        let mut reader = Reader::from_str(xml);
        let mut id = String::new();
        loop {
            match reader.read_event().map_err(|e| PaperError::damaged("Văn bản Word", e))? {
                Event::Start(e) | Event::Empty(e) => {
                    let value = || attribute(&e, "val");
                    let name = local(&e);
                    if name == "style" {
                        id = attribute(&e, "styleId").unwrap_or_default();
                        let is_default =
                            attribute(&e, "default").is_some_and(|v| v == "1" || v == "true");
                        if is_default && attribute(&e, "type").as_deref() == Some("paragraph") {
                            styles.normal = Some(id.clone());
                        }
                        continue;
                    }
                    if !matches!(name.as_str(), "basedOn" | "numId" | "ilvl" | "rFonts") {
                        continue;
                    }
                    let style = styles.by_id.entry(id.clone()).or_default();
                    match name.as_str() {
                        "basedOn" => style.based_on = value(),
                        "numId" => style.list = value(),
                        "ilvl" => style.level = value().and_then(|v| v.parse().ok()),
                        _ => style.font = attribute(&e, "ascii").or_else(|| attribute(&e, "hAnsi")),
                    }
                }
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    /// The list and level that a paragraph of this style counts in.
    pub(super) fn list_of(&self, id: &str) -> Option<(String, usize)> {
        let list = self.inherited(id, |s| s.list.clone())?;
        Some((list, self.inherited(id, |s| s.level).unwrap_or(0)))
    }

    /// The font of a paragraph of this style, or of the usual style when it names none.
    pub(super) fn font_of(&self, id: Option<&str>) -> Option<String> {
        let id = id.or(self.normal.as_deref())?;
        self.inherited(id, |s| s.font.clone())
            .or_else(|| self.by_id.get("").and_then(|s| s.font.clone()))
    }

    fn inherited<T>(&self, id: &str, read: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut id = id.to_owned();
        for _ in 0..12 {
            let style = self.by_id.get(&id)?;
            if let Some(value) = read(style) {
                return Some(value);
            }
            id = style.based_on.clone()?;
        }
        None
    }
}
