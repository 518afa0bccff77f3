//! A version as its form has it: text alone, checked when it is kept.

use super::inline::{spans_of, typed};
use super::{Block, Content, Details};

/// Everything that is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Fields {
    /// The title.
    pub title: String,
    /// The summary.
    pub summary: String,
    /// Ids of topics.
    pub topics: Vec<String>,
    /// Particulars.
    pub details: DetailFields,
    /// The blocks, in order.
    pub blocks: Vec<BlockFields>,
}

/// Particulars as typed; each kind reads its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct DetailFields {
    /// Số, ký hiệu.
    pub number: String,
    /// What the document is.
    pub kind: String,
    /// Cơ quan ban hành.
    pub issuer: String,
    /// Người ký.
    pub signer: String,
    /// Lĩnh vực.
    pub field: String,
    /// Ngày ban hành.
    pub issued_on: String,
    /// Ngày có hiệu lực.
    pub effective_on: String,
    /// Ngày hết hiệu lực.
    pub expires_on: String,
    /// The number that it replaces.
    pub replaces: String,
    /// The id of the directive.
    pub directive: String,
    /// When the event begins.
    pub starts_at: String,
    /// When it ends.
    pub ends_at: String,
    /// Where.
    pub place: String,
    /// The first day of the consultation.
    pub opens_on: String,
    /// Its last day.
    pub closes_on: String,
}

/// A block as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct BlockFields {
    /// The code of the kind.
    pub kind: String,
    /// The words; of a picture what a reader who does not see it has to know.
    pub text: String,
    /// What the kind has beside words: level, source, caption, code.
    pub more: String,
    /// The id of the file or of the picture.
    pub file: String,
    /// A picture stands in a grid with those beside it.
    pub is_tile: bool,
    /// The mark by which the block is known, or empty for a new one.
    pub mark: String,
}

/// Kinds of blocks: code, words, and what the words are called.
pub const BLOCK_KINDS: [(&str, &str); 9] = [
    ("doan", "Đoạn văn"),
    ("tieu-de", "Tiêu đề"),
    ("danh-sach", "Danh sách"),
    ("trich-dan", "Trích dẫn"),
    ("bang", "Bảng"),
    ("anh", "Ảnh"),
    ("tep", "Tệp"),
    ("luu-y", "Lưu ý"),
    ("so-lieu", "Số liệu trực tiếp"),
];

impl BlockFields {
    /// An empty block of `kind`.
    pub fn of_kind(kind: &str) -> Self {
        let more = if kind == "tieu-de" { "2" } else { "" };
        Self { kind: kind.to_owned(), more: more.to_owned(), ..Self::default() }
    }

    /// What `block` is as a form.
    pub fn of(block: &Block) -> Self {
        let mut is_in_grid = false;
        let (kind, text, more, file) = match block {
            Block::Heading { level, text } => ("tieu-de", text.clone(), level.to_string(), None),
            Block::Paragraph { spans } => ("doan", typed(spans), String::new(), None),
            Block::List { is_ordered, items } => {
                let lines: Vec<String> = items.iter().map(|it| typed(it)).collect();
                let more = if *is_ordered { "so" } else { "" };
                ("danh-sach", lines.join("\n"), more.to_owned(), None)
            }
            Block::Quote { spans, source } => ("trich-dan", typed(spans), source.clone(), None),
            Block::Table { caption, head, rows } => {
                let line = |cells: &Vec<String>| {
                    let cells: Vec<String> =
                        cells.iter().map(|it| it.replace('|', "\\|")).collect();
                    cells.join(" | ")
                };
                let lines: Vec<String> = std::iter::once(head).chain(rows).map(line).collect();
                ("bang", lines.join("\n"), caption.clone(), None)
            }
            Block::Image { file, alt, caption, is_tile } => {
                is_in_grid = *is_tile;
                ("anh", alt.clone(), caption.clone(), Some(*file))
            }
            Block::File { file, label } => ("tep", label.clone(), String::new(), Some(*file)),
            Block::Callout { is_warning, spans } => {
                let more = if *is_warning { "canh-bao" } else { "" };
                ("luu-y", typed(spans), more.to_owned(), None)
            }
            Block::Figure { code, label } => ("so-lieu", label.clone(), code.clone(), None),
        };
        let file = file.map(|it| it.to_string()).unwrap_or_default();
        let mark = String::new();
        Self { kind: kind.to_owned(), text, more, file, is_tile: is_in_grid, mark }
    }

    /// Nothing was typed into it or chosen in it.
    pub fn is_blank(&self) -> bool {
        let is_chosen = self.kind == "so-lieu" && !self.more.trim().is_empty();
        self.text.trim().is_empty() && self.file.is_empty() && !is_chosen
    }

    /// The blocks it stands for: a paragraph with blank lines is several.
    pub(super) fn read(&self, at: usize) -> Result<Vec<Block>, (String, String)> {
        let fault = |words: &str| (format!("khoi-{at}"), format!("Khối {at}: {words}"));
        let text = self.text.trim();
        let one = |block: Block| Ok(vec![block]);
        match self.kind.as_str() {
            "tieu-de" => {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                one(Block::Heading { level: if self.more == "3" { 3 } else { 2 }, text })
            }
            "doan" => Ok(paragraphs(text)),
            "danh-sach" => {
                let lines = text.lines().map(bare_item).filter(|it| !it.is_empty());
                let items = lines.map(spans_of).collect();
                one(Block::List { is_ordered: self.more == "so", items })
            }
            "trich-dan" => {
                one(Block::Quote { spans: joined(text), source: self.more.trim().to_owned() })
            }
            "bang" => {
                table(text, self.more.trim()).map_err(|words| fault(&words)).map(|it| vec![it])
            }
            "anh" | "tep" => {
                let Ok(file) = self.file.parse() else {
                    return Err(fault(match self.kind.as_str() {
                        "anh" => "Chọn ảnh trong kho ảnh, hoặc bỏ khối này.",
                        _ => "Chọn tệp đã tải lên, hoặc bỏ khối này.",
                    }));
                };
                if text.is_empty() && self.kind == "tep" {
                    return Err(fault("Ghi tên tệp để người đọc biết tệp nói gì."));
                }
                one(match self.kind.as_str() {
                    "anh" => {
                        let caption = self.more.trim().to_owned();
                        Block::Image { file, alt: text.to_owned(), caption, is_tile: self.is_tile }
                    }
                    _ => Block::File { file, label: text.to_owned() },
                })
            }
            "luu-y" => {
                one(Block::Callout { is_warning: self.more == "canh-bao", spans: joined(text) })
            }
            "so-lieu" => {
                let code = self.more.trim();
                if code.is_empty() {
                    return Err(fault("Chọn số liệu cần hiện."));
                }
                one(Block::Figure { code: code.to_owned(), label: text.to_owned() })
            }
            _ => Err(fault("Loại khối này không có. Bỏ khối rồi thêm lại.")),
        }
    }
}

impl Fields {
    /// What `content` is as a form.
    pub fn of(content: &Content) -> Self {
        Self {
            title: content.title.clone(),
            summary: content.summary.clone(),
            topics: content.topics.iter().map(ToString::to_string).collect(),
            details: DetailFields::of(&content.details),
            blocks: {
                let marks = content.marks.iter().cloned().chain(std::iter::repeat(String::new()));
                let blocks = content.blocks.iter().map(BlockFields::of).zip(marks);
                blocks.map(|(it, mark)| BlockFields { mark, ..it }).collect()
            },
        }
    }
}

impl Fields {
    /// Turns links to pages of the house at `origin` into paths.
    pub fn lead_home(&mut self, origin: &str) {
        let (typed, meant) = (format!("]({}/", origin.trim_end_matches('/')), "](/");
        for block in &mut self.blocks {
            if block.text.contains(&typed) {
                block.text = block.text.replace(&typed, meant);
            }
        }
    }
}

impl DetailFields {
    fn of(details: &Details) -> Self {
        let day = |it: &chrono::NaiveDate| it.to_string();
        let moment = |it: &chrono::NaiveDateTime| it.format("%Y-%m-%dT%H:%M").to_string();
        match details {
            Details::None => Self::default(),
            Details::Document(it) => Self {
                number: it.number.clone(),
                kind: it.kind.clone(),
                issuer: it.issuer.clone(),
                signer: it.signer.clone(),
                field: it.field.clone(),
                issued_on: day(&it.issued_on),
                effective_on: day(&it.effective_on),
                expires_on: it.expires_on.as_ref().map(day).unwrap_or_default(),
                replaces: it.replaces.clone(),
                directive: it.directive.map(|it| it.to_string()).unwrap_or_default(),
                ..Self::default()
            },
            Details::Event(it) => Self {
                starts_at: moment(&it.starts_at),
                ends_at: it.ends_at.as_ref().map(moment).unwrap_or_default(),
                place: it.place.clone(),
                ..Self::default()
            },
            Details::Consultation(it) => Self {
                opens_on: day(&it.opens_on),
                closes_on: day(&it.closes_on),
                ..Self::default()
            },
        }
    }
}

/// A blank line ends a paragraph; a single break is a blank.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut all = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim).chain([""]) {
        if !line.is_empty() {
            lines.push(line);
        } else if !lines.is_empty() {
            all.push(Block::Paragraph { spans: spans_of(&lines.join(" ")) });
            lines.clear();
        }
    }
    all
}

fn joined(text: &str) -> Vec<super::Span> {
    spans_of(&text.lines().map(str::trim).collect::<Vec<_>>().join(" "))
}

/// A line of a list without the sign that people type before it.
fn bare_item(line: &str) -> &str {
    let line = line.trim();
    ["- ", "* ", "• ", "+ "].iter().find_map(|it| line.strip_prefix(it)).unwrap_or(line).trim()
}

fn table(text: &str, caption: &str) -> Result<Block, String> {
    let mut rows: Vec<Vec<String>> =
        text.lines().filter(|it| !it.trim().is_empty()).map(cells).collect();
    if rows.len() < 2 {
        return Err("Bảng cần một hàng tên cột và ít nhất một hàng số liệu.".to_owned());
    }
    let head = rows.remove(0);
    let wide = rows.iter().position(|it| it.len() > head.len());
    if let Some(n) = wide {
        return Err(format!(
            "Hàng {} có nhiều ô hơn hàng tên cột. Sửa cho bằng nhau, mỗi ô cách nhau bằng dấu |.",
            n + 2
        ));
    }
    if head.len() > 12 {
        return Err(
            "Bảng có hơn 12 cột, không đọc được trên điện thoại. Chia thành hai bảng.".to_owned()
        );
    }
    for row in &mut rows {
        row.resize(head.len(), String::new());
    }
    Ok(Block::Table { caption: caption.to_owned(), head, rows })
}

fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut letters = line.chars().peekable();
    while let Some(c) = letters.next() {
        match (c, cells.last_mut()) {
            ('\\', Some(cell)) if letters.peek() == Some(&'|') => {
                letters.next();
                cell.push('|');
            }
            // One at the end closes the last cell.
            ('|', _) if letters.peek().is_none() => {}
            ('|', _) => cells.push(String::new()),
            (c, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
    }
    cells.into_iter().map(|it| it.trim().to_owned()).collect()
}
