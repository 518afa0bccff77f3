//! Reports in words, as several pages show them.

use sauro_directory::model::Directory;
use sauro_ui::words;

use crate::actions::periodic::{FigureLine, Given, Quote, Sheet, Work, WorkLine};
use crate::model::periodic::{ItemKind, TaskList, Topic, sentences};
use crate::model::{Definition, Unit, short_name};

/// Sources named behind a sentence; more are counted.
const NAMED: usize = 4;

/// One part of a report as it is read.
pub(super) struct Part {
    pub(super) title: String,
    pub(super) body: Body,
}

/// What stands in a part.
pub(super) enum Body {
    /// Lines of sentences, each with where it comes from, or nothing.
    Text(Vec<Vec<(String, String)>>),
    /// A table of figures.
    Figures(Vec<Figure>),
    /// A list of tasks, and which.
    Tasks(Vec<WorkLine>, TaskList),
}

/// One line of a table of figures.
pub(super) struct Figure {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) value: String,
    pub(super) before: String,
    pub(super) origin: String,
    /// The page of the figure, or nothing.
    pub(super) href: String,
    /// What stood there when the report was sent, if it has changed since.
    pub(super) was: String,
}

/// The name of the unit of `sheet`.
pub(super) fn unit_name(unit: &Unit, directory: &Directory) -> String {
    if unit.is_nation() { "Cả nước".to_owned() } else { directory.name(unit.id).to_owned() }
}

/// The parts of `sheet`, in order.
pub(super) fn parts(sheet: &Sheet, directory: &Directory) -> Vec<Part> {
    let changed = sheet.changed_figures();
    let of = |item: &crate::model::periodic::Item| {
        let body = match &item.kind {
            ItemKind::Text(_) => Body::Text(traced(sheet, &item.key, directory)),
            ItemKind::Figures(_) => Body::Figures(
                sheet
                    .figures_of(&item.key)
                    .map(|line| {
                        let was = changed.iter().find(|it| it.0.indicator.id == line.indicator.id);
                        figure(line, was.map(|it| it.1))
                    })
                    .collect(),
            ),
            ItemKind::Tasks(list) => Body::Tasks(tasks(&sheet.work, *list).to_vec(), *list),
        };
        Part { title: item.title.clone(), body }
    };
    sheet.form.design.items.iter().map(of).collect()
}

/// The tasks of `list` in `work`.
pub(super) fn tasks(work: &Work, list: TaskList) -> &[WorkLine] {
    match list {
        TaskList::Done => &work.done,
        TaskList::Overdue => &work.overdue,
        TaskList::Due => &work.due,
    }
}

/// The lines of the section `key`, each sentence with its sources where the report was merged.
fn traced(sheet: &Sheet, key: &str, directory: &Directory) -> Vec<Vec<(String, String)>> {
    let is_merged = sheet.traces.iter().any(|it| it.item == key);
    let source = |n: usize| {
        let of_sentence = |it: &&crate::model::periodic::Trace| {
            it.item == key && usize::try_from(it.n).is_ok_and(|it| it == n)
        };
        let from: Vec<_> = sheet.traces.iter().filter(of_sentence).collect();
        if from.is_empty() {
            return "Tự viết".to_owned();
        }
        let names: Vec<String> = from
            .iter()
            .filter_map(|it| sheet.below.iter().find(|below| below.0 == it.source))
            .take(NAMED)
            .map(|it| short_name(directory.name(it.1)).to_owned())
            .collect();
        let more = from.len().saturating_sub(names.len());
        let rest = if more > 0 { format!(" và {more} đơn vị khác") } else { String::new() };
        let is_word_by_word = from.first().is_some_and(|it| it.likeness == 100);
        let how = if is_word_by_word { "nguyên văn" } else { "có sửa" };
        format!("Từ {}{rest} ({how})", names.join(", "))
    };
    let mut n = 0;
    let mut shown = |it: String| {
        let from = if is_merged { source(n) } else { String::new() };
        n += 1;
        (it, from)
    };
    sheet
        .text(key)
        .lines()
        .map(|line| sentences(line).into_iter().map(&mut shown).collect::<Vec<_>>())
        .filter(|it| !it.is_empty())
        .collect()
}

fn figure(line: &FigureLine, was: Option<rust_decimal::Decimal>) -> Figure {
    let def = &line.indicator.definition;
    let (value, origin, href) = match &line.given {
        Given::Observed(it) => {
            let quality = crate::pages::rows::quality_words(it).to_owned();
            (def.written(it.value()), quality, format!("/so-lieu/{}", it.id))
        }
        Given::RolledUp(value, n) => {
            (def.written(*value), format!("Gộp từ {} đơn vị", words::number(*n)), String::new())
        }
        Given::Asked(_) => {
            let typed = line.cell.as_ref().map(|it| match it.value.is_empty() {
                true if !it.numerator.is_empty() => {
                    format!("{} / {}", it.numerator, it.denominator)
                }
                _ => it.value.clone(),
            });
            let typed = typed.unwrap_or_default();
            let origin =
                if typed.is_empty() { "Chưa nhập" } else { "Đơn vị nhập, chưa gửi" };
            (typed, origin.to_owned(), String::new())
        }
        Given::Calculated => (String::new(), "Máy tính khi gửi".to_owned(), String::new()),
        Given::Nothing => (String::new(), "Chưa có số liệu".to_owned(), String::new()),
    };
    Figure {
        code: line.indicator.code.clone(),
        name: def.name.clone(),
        value,
        before: before(line, def),
        origin,
        href,
        was: was.map(|it| def.written(it)).unwrap_or_default(),
    }
}

/// `12 thôn, tháng 4/2026`.
pub(super) fn before(line: &FigureLine, def: &Definition) -> String {
    line.before.map_or_else(String::new, |(value, period)| {
        format!("{}, {}", def.written(value), period.label().to_lowercase())
    })
}

/// What is suggested for a section about `topic`, from reports on tasks.
pub(super) fn suggested(topic: Topic, work: &Work) -> String {
    let quoted = |quotes: &[Quote]| {
        let lines = quotes.iter().map(|it| format!("- {} ({})", it.words.trim(), it.code));
        lines.collect::<Vec<_>>().join("\n")
    };
    match topic {
        Topic::Results => quoted(&work.results),
        Topic::Difficulties => quoted(&work.difficulties),
        Topic::Proposals => quoted(&work.proposals),
        Topic::Next => {
            let line = |it: &WorkLine| {
                format!("- {}, hạn {} ({})", it.work.trim(), words::date(it.due_on), it.code)
            };
            work.due.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Topic::Other => String::new(),
    }
}

/// Where the suggestion for a figure that is asked comes from.
pub(super) fn suggested_from(line: &FigureLine) -> String {
    match &line.given {
        Given::Asked(Some((_, n))) => {
            format!("Gộp từ {} đơn vị cấp dưới, sửa nếu cần.", words::number(*n))
        }
        _ => String::new(),
    }
}
