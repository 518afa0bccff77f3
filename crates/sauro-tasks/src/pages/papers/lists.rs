//! Tasks in the tables of papers: by agency, where most is overdue first, and late ones first.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sauro_directory::model::{Directory, Level};
use sauro_kernel::{AgencyId, Ctx};
use sauro_papers::{Align, DataTable, PaperColumn, PaperRow};
use sauro_ui::words;

use crate::model::{ListedTask, Status, province};

/// A task in a table.
pub(in crate::pages) struct TaskLine {
    pub(in crate::pages) lead: AgencyId,
    pub(in crate::pages) code: String,
    pub(in crate::pages) work: String,
    pub(in crate::pages) due_on: NaiveDate,
    pub(in crate::pages) status: Status,
    /// What the data show.
    pub(in crate::pages) shown: String,
    /// What the lead says of itself.
    pub(in crate::pages) said: String,
}

impl TaskLine {
    pub(in crate::pages) fn of(task: &ListedTask) -> Self {
        Self {
            lead: task.lead_id,
            code: task.code.clone(),
            work: task.work.clone(),
            due_on: task.due_on,
            status: task.status,
            shown: task.data_words(),
            said: task.self_words(),
        }
    }

    fn is_late(&self) -> bool {
        self.status == Status::Overdue
    }
}

/// Tasks by the agency that leads them.
pub(in crate::pages) struct Grouped {
    groups: Vec<Group>,
}

struct Group {
    name: String,
    lines: Vec<TaskLine>,
}

impl Group {
    fn n_late(&self) -> usize {
        self.lines.iter().filter(|it| it.is_late()).count()
    }
}

impl Grouped {
    pub(in crate::pages) fn of(ctx: &Ctx, directory: &Directory, lines: Vec<TaskLine>) -> Self {
        let mut by_lead: BTreeMap<AgencyId, Vec<TaskLine>> = BTreeMap::new();
        for line in lines {
            by_lead.entry(line.lead).or_default().push(line);
        }
        let mut groups: Vec<Group> = by_lead
            .into_iter()
            .map(|(lead, mut lines)| {
                lines.sort_by(|a, b| {
                    let key = |it: &TaskLine| (!it.is_late(), it.due_on);
                    key(a).cmp(&key(b)).then_with(|| a.code.cmp(&b.code))
                });
                Group { name: name(ctx, directory, lead), lines }
            })
            .collect();
        groups.sort_by(|a, b| {
            b.n_late()
                .cmp(&a.n_late())
                .then_with(|| b.lines.len().cmp(&a.lines.len()).then_with(|| a.name.cmp(&b.name)))
        });
        Self { groups }
    }

    /// How many agencies lead them.
    pub(in crate::pages) fn n_agencies(&self) -> usize {
        self.groups.len()
    }

    /// All tasks, agency by agency.
    pub(in crate::pages) fn table(&self) -> DataTable {
        let mut rows = Vec::new();
        let mut ordinal = 0usize;
        for group in &self.groups {
            let n = words::number(group.lines.len());
            let late = match group.n_late() {
                0 => String::new(),
                late if late == group.lines.len() => " quá hạn".to_owned(),
                late => format!(", {} quá hạn", words::number(late)),
            };
            rows.push(PaperRow::Group(format!("{}: {n} nhiệm vụ{late}", group.name)));
            for line in &group.lines {
                ordinal += 1;
                rows.push(PaperRow::Cells(vec![
                    words::number(ordinal),
                    line.code.clone(),
                    line.work.clone(),
                    words::date(line.due_on),
                    line.shown.clone(),
                    line.said.clone(),
                ]));
            }
        }
        let columns = vec![
            PaperColumn::new("TT", 6, Align::Centre),
            PaperColumn::new("Mã", 16, Align::Centre),
            PaperColumn::new("Nội dung nhiệm vụ", 34, Align::Left),
            PaperColumn::new("Hạn", 11, Align::Centre),
            PaperColumn::new("Dữ liệu cho thấy", 24, Align::Left),
            PaperColumn::new("Đơn vị tự nói", 16, Align::Left),
        ];
        DataTable { columns, rows }
    }

    /// The first `most` agencies with how many of their tasks are overdue, and since when.
    pub(in crate::pages) fn latest(&self, most: usize) -> DataTable {
        let rows = self.groups.iter().filter(|it| it.n_late() > 0).take(most).map(|group| {
            let oldest = group.lines.iter().filter(|it| it.is_late()).map(|it| it.due_on).min();
            PaperRow::Cells(vec![
                group.name.clone(),
                words::number(group.n_late()),
                oldest.map(words::date).unwrap_or_default(),
            ])
        });
        DataTable {
            rows: rows.collect(),
            columns: vec![
                PaperColumn::new("Cơ quan chủ trì", 60, Align::Left),
                PaperColumn::new("Quá hạn", 16, Align::Right),
                PaperColumn::new("Hạn sớm nhất", 24, Align::Centre),
            ],
        }
    }
}

/// The name of `id`; of a commune with its province, unless all are of one.
fn name(ctx: &Ctx, directory: &Directory, id: AgencyId) -> String {
    let name = directory.name(id);
    let is_one_province = ctx.actor.scope.as_str().contains('/');
    let tile = directory
        .agency(id)
        .filter(|it| it.level == Level::Commune && !is_one_province)
        .and_then(|it| province(it.path.as_str().split('/').nth(1)?));
    tile.map_or_else(|| name.to_owned(), |it| format!("{name}, {}", it.name))
}
