//! What a tile shows as a table: one key away on the page, and a sheet of the workbook.

use super::{Body, Content, Point};

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Headings of the columns.
    pub headings: Vec<String>,
    /// Rows, each as long as the headings.
    pub rows: Vec<Vec<Entry>>,
}

/// What stands in a place of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// Words.
    Text(String),
    /// Words that lead to a page.
    Link(String, String),
    /// A figure: how it is written, and its amount.
    Figure(String, f64),
}

impl Entry {
    /// The words.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(words) | Self::Link(words, _) | Self::Figure(words, _) => words,
        }
    }

    /// The page that it leads to, or empty.
    pub fn href(&self) -> &str {
        if let Self::Link(_, href) = self { href } else { "" }
    }

    /// True of figures: they stand at the end of their column.
    pub fn is_figure(&self) -> bool {
        matches!(self, Self::Figure(..))
    }
}

/// The table of `content`; none of words alone.
pub fn table(content: &Content) -> Option<Table> {
    let (headings, rows): (Vec<&str>, _) = match &content.body {
        Body::Reading(it) => (
            vec!["Kỳ", "Số", "Mức tin cậy", "Ai báo", "Ai thẩm định"],
            it.points.iter().rev().map(point).collect(),
        ),
        Body::Ranked(it) | Body::Map(it) => (
            vec!["Hạng", "Đơn vị", "Số", "Của kỳ nào, từ đâu", "Mức tin cậy"],
            it.shown()
                .iter()
                .map(|it| {
                    vec![
                        rank(it.rank),
                        link(&it.name, &it.origin.href),
                        figure(&it.written, it.amount),
                        text(&joined(&[&it.note, &it.origin.reported, &it.origin.verified])),
                        text(&it.origin.quality),
                    ]
                })
                .collect(),
        ),
        Body::Grid(it) => {
            let mut headings = vec!["Đơn vị"];
            headings.extend(it.columns.iter().map(|it| it.1.as_str()));
            let row = |it: &super::Area| {
                let cells = it.cells.iter().map(|it| figure(&it.written, it.amount));
                [text(&it.name)].into_iter().chain(cells).collect()
            };
            (headings, it.rows.iter().map(row).collect())
        }
        Body::Four(it) => {
            let count = |words: &str, n: i64| vec![text(words), whole(n)];
            let rows = vec![
                count("Nhiệm vụ có thời hạn", it.headline.total),
                count("Đã báo hoàn thành", it.headline.done),
                count("Đã xác minh", it.headline.verified),
                count("Đang được sử dụng", it.headline.in_use),
                count("Hoàn thành đúng hạn", it.done_on_time),
                count("Hoàn thành quá hạn", it.done_late),
                count("Chưa hoàn thành, còn trong hạn", it.open_in_time),
                count("Chưa hoàn thành, đã quá hạn", it.open_overdue),
            ];
            (vec!["Loại", "Số nhiệm vụ"], rows)
        }
        Body::Late(it) => {
            let row = |it: &super::LateTask| {
                let words = [&it.work, &it.lead, &it.due, &it.data].map(|it| text(it));
                [link(&it.code, &it.href)].into_iter().chain(words).collect()
            };
            let headings = vec!["Mã", "Nội dung", "Chủ trì", "Hạn", "Dữ liệu cho thấy"];
            (headings, it.tasks.iter().map(row).collect())
        }
        Body::Text(_) | Body::Absent(_) => return None,
    };
    Some(Table { headings: headings.into_iter().map(str::to_owned).collect(), rows })
}

fn point(it: &Point) -> Vec<Entry> {
    vec![
        link(&it.label, &it.origin.href),
        Entry::Figure(it.written.clone(), it.amount),
        text(&it.origin.quality),
        text(&it.origin.reported),
        text(&it.origin.verified),
    ]
}

fn text(words: &str) -> Entry {
    Entry::Text(words.to_owned())
}

fn link(words: &str, href: &str) -> Entry {
    match href {
        "" => text(words),
        href => Entry::Link(words.to_owned(), href.to_owned()),
    }
}

fn figure(written: &str, amount: Option<f64>) -> Entry {
    match amount {
        Some(amount) => Entry::Figure(written.to_owned(), amount),
        None => text("chưa có số"),
    }
}

fn whole(n: i64) -> Entry {
    Entry::Figure(sauro_ui::words::number(n), n as f64)
}

fn rank(rank: Option<usize>) -> Entry {
    match rank {
        Some(rank) => Entry::Figure(rank.to_string(), rank as f64),
        None => text("–"),
    }
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|it| !it.is_empty()).collect();
    parts.join("; ")
}
