//! What a form asks for. A lower level may add to it and never takes anything away.

use std::collections::BTreeSet;

use sauro_kernel::{AgencyId, AgencyPath, FormId, fold};
use serde::{Deserialize, Serialize};

use super::Schedule;
use crate::model::{PeriodKind, UnitLevel};

/// Parts of one form at most.
pub const MOST_ITEMS: usize = 40;

/// Indicators of one table at most.
const MOST_CODES: usize = 60;

/// A form (biểu mẫu báo cáo) with its newest design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The id.
    pub id: FormId,
    /// Its code, which never changes.
    pub code: String,
    /// The agency that asks.
    pub owner: AgencyId,
    /// Where that agency stands.
    pub owner_path: AgencyPath,
    /// What that agency oversees: whoever reports lies within.
    pub owner_scope: AgencyPath,
    /// The form it adds to, for an extension.
    pub extends: Option<FormId>,
    /// No further rounds are opened.
    pub is_retired: bool,
    /// Number of the design, from 1.
    pub version: i64,
    /// What it asks for.
    pub design: Design,
}

/// What a form asks for, of whom and by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Design {
    /// Its name.
    pub name: String,
    /// How often.
    pub rhythm: PeriodKind,
    /// Who reports, from the top. Of an extension: as of the form that it adds to.
    pub levels: Vec<UnitLevel>,
    /// By when.
    pub schedule: Schedule,
    /// What it asks for, in order.
    pub items: Vec<Item>,
}

/// One part of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name among the parts; it outlives a change of title.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What belongs there, or empty.
    pub hint: String,
    /// A report without it cannot be sent.
    pub is_required: bool,
    /// What it is.
    pub kind: ItemKind,
}

/// What a part of a form is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A section of text.
    Text(Topic),
    /// A table of figures: the codes of its indicators.
    Figures(Vec<String>),
    /// A list of tasks, which the program writes itself.
    Tasks(TaskList),
}

/// What a section is about: what is suggested for it follows from that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Outstanding results.
    Results,
    /// Difficulties.
    Difficulties,
    /// Proposals.
    Proposals,
    /// What comes next.
    Next,
    /// Anything else.
    Other,
}

/// Which tasks a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskList {
    /// Reported done within the period.
    Done,
    /// Overdue at the cut-off.
    Overdue,
    /// Due in the next period.
    Due,
}

impl Topic {
    /// All, in the customary order.
    pub const ALL: [Self; 5] =
        [Self::Results, Self::Difficulties, Self::Proposals, Self::Next, Self::Other];

    /// The word in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Results => "ket-qua",
            Self::Difficulties => "kho-khan",
            Self::Proposals => "de-xuat",
            Self::Next => "ky-toi",
            Self::Other => "khac",
        }
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Results => "Kết quả nổi bật",
            Self::Difficulties => "Khó khăn, vướng mắc",
            Self::Proposals => "Đề xuất, kiến nghị",
            Self::Next => "Nhiệm vụ kỳ tới",
            Self::Other => "Nội dung khác",
        }
    }
}

impl TaskList {
    /// All.
    pub const ALL: [Self; 3] = [Self::Done, Self::Overdue, Self::Due];

    /// The word in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "xong",
            Self::Overdue => "qua-han",
            Self::Due => "sap-den",
        }
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Done => "Nhiệm vụ báo xong trong kỳ",
            Self::Overdue => "Nhiệm vụ quá hạn khi chốt số liệu",
            Self::Due => "Nhiệm vụ đến hạn kỳ tới",
        }
    }
}

impl ItemKind {
    /// The word in forms.
    pub fn code(&self) -> String {
        match self {
            Self::Text(topic) => format!("van-{}", topic.code()),
            Self::Figures(_) => "bang-so".to_owned(),
            Self::Tasks(list) => format!("viec-{}", list.code()),
        }
    }

    /// The kind named `code`, with the indicators `codes` where it is a table.
    pub fn of_code(code: &str, codes: &[String]) -> Option<Self> {
        let of_text = || code.strip_prefix("van-");
        let of_tasks = || code.strip_prefix("viec-");
        if code == "bang-so" {
            return Some(Self::Figures(codes.to_vec()));
        }
        let topic =
            of_text().and_then(|it| Topic::ALL.into_iter().find(|topic| topic.code() == it));
        let list =
            of_tasks().and_then(|it| TaskList::ALL.into_iter().find(|list| list.code() == it));
        topic.map(Self::Text).or(list.map(Self::Tasks))
    }

    /// Every kind with the words on screen.
    pub fn all() -> Vec<(String, String)> {
        let texts = Topic::ALL
            .into_iter()
            .map(|it| (Self::Text(it).code(), format!("Văn bản: {}", it.label().to_lowercase())));
        let table = [("bang-so".to_owned(), "Bảng số liệu".to_owned())];
        let lists = TaskList::ALL.into_iter().map(|it| {
            (Self::Tasks(it).code(), format!("Danh sách máy tự lập: {}", it.label().to_lowercase()))
        });
        texts.chain(table).chain(lists).collect()
    }
}

impl Design {
    /// The codes of all its indicators, in order.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.items.iter().flat_map(Item::codes).map(String::as_str)
    }

    /// The sections of text.
    pub fn texts(&self) -> impl Iterator<Item = (&Item, Topic)> {
        self.items.iter().filter_map(|it| match it.kind {
            ItemKind::Text(topic) => Some((it, topic)),
            _ => None,
        })
    }
}

impl Item {
    /// The codes of its indicators; none unless it is a table of figures.
    pub fn codes(&self) -> &[String] {
        match &self.kind {
            ItemKind::Figures(codes) => codes,
            _ => &[],
        }
    }
}

/// `root` with what `extension` adds: behind, and under names of its own.
pub fn with_extension(root: Design, extension: Option<&Design>) -> Design {
    let Some(extension) = extension else { return root };
    let asked: BTreeSet<String> = root.codes().map(str::to_owned).collect();
    let mut items = root.items.clone();
    for it in &extension.items {
        let mut it = it.clone();
        // No part of a root has a point in its name.
        it.key = format!("bs.{}", it.key);
        // No figure is asked twice.
        if let ItemKind::Figures(codes) = &mut it.kind {
            codes.retain(|code| !asked.contains(code));
            if codes.is_empty() {
                continue;
            }
        }
        items.push(it);
    }
    Design { items, ..root }
}

/// A name for a part called `title` that is not among `taken`.
pub fn key_of(title: &str, taken: &[String]) -> String {
    let plain: String = fold(title)
        .split_whitespace()
        .take(6)
        .collect::<Vec<_>>()
        .join("-")
        .chars()
        .filter(|it| it.is_ascii_alphanumeric() || *it == '-')
        .collect();
    let plain = if plain.is_empty() { "phan".to_owned() } else { plain };
    let is_free = |key: &String| !taken.contains(key);
    let numbered = (2..).map(|n| format!("{plain}-{n}"));
    std::iter::once(plain.clone()).chain(numbered).find(is_free).unwrap_or(plain)
}

/// What is wrong with `design`: the field, and a sentence that says how to mend it. `is_known` tells
/// which codes name an indicator.
pub fn problems(design: &Design, is_known: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut add = |field: String, words: String| found.push((field, words));
    if design.levels.is_empty() {
        add("cap".to_owned(), "Chọn ít nhất một cấp phải báo cáo.".to_owned());
    }
    if design.items.is_empty() {
        add("phan-1".to_owned(), "Biểu mẫu cần ít nhất một phần.".to_owned());
    }
    if design.items.len() > MOST_ITEMS {
        let words = format!("Biểu mẫu có tối đa {MOST_ITEMS} phần; gộp bớt các phần.");
        add(format!("phan-{}", MOST_ITEMS + 1), words);
    }
    let mut asked = BTreeSet::new();
    for (n, item) in design.items.iter().enumerate() {
        let ItemKind::Figures(codes) = &item.kind else { continue };
        let field = format!("ma-{}", n + 1);
        if codes.is_empty() {
            add(field.clone(), "Ghi mã các chỉ số của bảng, cách nhau bằng dấu phẩy.".to_owned());
        }
        if codes.len() > MOST_CODES {
            add(
                field.clone(),
                format!("Một bảng có tối đa {MOST_CODES} chỉ số; chia thành hai bảng."),
            );
        }
        for code in codes {
            if !is_known(code) {
                let words = format!("Không có chỉ số mang mã “{code}”. Xem mã ở trang Chỉ số.");
                add(field.clone(), words);
            } else if !asked.insert(code.clone()) {
                let words = format!("Chỉ số {code} đã có trong biểu mẫu; mỗi số chỉ hỏi một lần.");
                add(field.clone(), words);
            }
        }
    }
    let problem = design.schedule.problem(design.rhythm);
    if let Some((field, words)) = problem {
        add(field.to_owned(), words);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(key: &str) -> Item {
        Item {
            key: key.to_owned(),
            title: key.to_owned(),
            hint: String::new(),
            is_required: true,
            kind: ItemKind::Text(Topic::Results),
        }
    }

    fn table(key: &str, codes: &[&str]) -> Item {
        let codes = codes.iter().map(|it| (*it).to_owned()).collect();
        Item { kind: ItemKind::Figures(codes), ..text(key) }
    }

    fn design(items: Vec<Item>) -> Design {
        Design {
            name: "Báo cáo".to_owned(),
            rhythm: PeriodKind::Month,
            levels: vec![UnitLevel::Province],
            schedule: Schedule::usual(PeriodKind::Month),
            items,
        }
    }

    #[test]
    fn an_extension_adds_and_takes_nothing_away() {
        let root = design(vec![text("ket-qua"), table("so", &["A", "B"])]);
        let more = design(vec![text("ket-qua"), table("so", &["B", "C"]), table("trung", &["A"])]);
        let both = with_extension(root.clone(), Some(&more));
        assert_eq!(both.items[..2], root.items[..]);
        let keys: Vec<&str> = both.items.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(keys, ["ket-qua", "so", "bs.ket-qua", "bs.so"]);
        assert_eq!(both.codes().collect::<Vec<_>>(), ["A", "B", "C"], "no figure is asked twice");
        assert_eq!(with_extension(root.clone(), None), root);
    }

    #[test]
    fn what_is_wrong_with_a_form_is_said_all_at_once() {
        let mut wrong = design(vec![table("a", &["A", "X"]), table("b", &["A"]), table("c", &[])]);
        wrong.levels.clear();
        let found = problems(&wrong, &|code| code == "A");
        let fields: Vec<&str> = found.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(fields, ["cap", "ma-1", "ma-2", "ma-3"]);
        assert!(found[1].1.contains("“X”"), "{found:?}");
        assert!(problems(&design(vec![text("a")]), &|_| false).is_empty());
    }

    #[test]
    fn a_part_gets_a_name_that_no_other_has() {
        assert_eq!(key_of("Kết quả nổi bật", &[]), "ket-qua-noi-bat");
        assert_eq!(key_of("Kết quả nổi bật", &["ket-qua-noi-bat".to_owned()]), "ket-qua-noi-bat-2");
        assert_eq!(key_of("!!!", &[]), "phan");
    }

    #[test]
    fn every_kind_of_part_has_a_name_that_leads_back_to_it() {
        for (code, _) in ItemKind::all() {
            assert_eq!(ItemKind::of_code(&code, &[]).map(|it| it.code()), Some(code));
        }
        assert_eq!(ItemKind::of_code("van-la", &[]), None);
    }
}
