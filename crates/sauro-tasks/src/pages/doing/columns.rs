//! The columns of a list, on the page and in files.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use sauro_kernel::{Ctx, ProgrammeId, TaskId};
use sauro_papers::CellValue;
use sauro_store::Db;
use sauro_ui::words;

use super::around::Around;
use super::listing::Asked;
use crate::TasksError;
use crate::actions;
use crate::model::{Rollup, SelfRating, Sort, Status, Task};

/// A column beside the task itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Lead,
    Due,
    Stage,
    Status,
    Programme,
    Issuer,
    Authority,
    Accountable,
    FirstDue,
    Heard,
    Rating,
    Reported,
    Verified,
    HandedDown,
}

/// The columns shown to whoever has chosen none.
const USUAL: [Column; 4] = [Column::Lead, Column::Due, Column::Stage, Column::Status];

impl Column {
    pub(super) const ALL: [Self; 14] = [
        Self::Lead,
        Self::Due,
        Self::Stage,
        Self::Status,
        Self::Programme,
        Self::Issuer,
        Self::Authority,
        Self::Accountable,
        Self::FirstDue,
        Self::Heard,
        Self::Rating,
        Self::Reported,
        Self::Verified,
        Self::HandedDown,
    ];

    /// The columns that `asked` names; none when it names none.
    pub(super) fn chosen(asked: &Asked) -> Option<Vec<Self>> {
        let named: Vec<&str> = asked.columns.split(',').collect();
        let all: Vec<Self> =
            Self::ALL.into_iter().filter(|it| named.contains(&it.code())).collect();
        (!all.is_empty()).then_some(all)
    }

    /// The columns of the page.
    pub(super) fn shown(asked: &Asked) -> Vec<Self> {
        Self::chosen(asked).unwrap_or_else(|| USUAL.to_vec())
    }

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Lead => "chu-tri",
            Self::Due => "han",
            Self::Stage => "chang",
            Self::Status => "tinh-trang",
            Self::Programme => "chuong-trinh",
            Self::Issuer => "giao",
            Self::Authority => "tham-quyen",
            Self::Accountable => "trach-nhiem",
            Self::FirstDue => "han-dau",
            Self::Heard => "bao-cao",
            Self::Rating => "tu-danh-gia",
            Self::Reported => "bao-xong",
            Self::Verified => "nghiem-thu",
            Self::HandedDown => "giao-xuong",
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Lead => "Chủ trì",
            Self::Due => "Hạn",
            Self::Stage => "Chặng",
            Self::Status => "Tình trạng",
            Self::Programme => "Chương trình",
            Self::Issuer => "Cơ quan giao",
            Self::Authority => "Cấp có thẩm quyền",
            Self::Accountable => "Người chịu trách nhiệm",
            Self::FirstDue => "Hạn ban đầu",
            Self::Heard => "Báo cáo gần nhất",
            Self::Rating => "Đơn vị tự đánh giá",
            Self::Reported => "Báo xong lúc",
            Self::Verified => "Nghiệm thu lúc",
            Self::HandedDown => "Đã giao xuống",
        }
    }

    /// The orders that its heading offers: the first press, the second.
    fn sorts(self) -> Option<(Sort, Sort)> {
        match self {
            Self::Lead => Some((Sort::Lead, Sort::Lead)),
            Self::Due => Some((Sort::DueFirst, Sort::DueLast)),
            Self::Programme => Some((Sort::Programme, Sort::Programme)),
            Self::Heard => Some((Sort::SilentFirst, Sort::HeardFirst)),
            _ => None,
        }
    }

    fn is_figure(self) -> bool {
        matches!(self, Self::Due | Self::FirstDue | Self::Heard | Self::Reported | Self::Verified)
    }
}

/// The heading of a column.
pub(super) struct Head {
    pub(super) label: &'static str,
    /// Where pressing it leads, or empty.
    pub(super) href: String,
    /// `ascending`, `descending`, or empty.
    pub(super) sorted: &'static str,
}

impl Head {
    pub(super) fn of(column: Column, asked: &Asked, sort: Sort) -> Self {
        Self::sorted_by(column.label(), column.sorts(), asked, sort)
    }

    /// The heading of the task itself, which is ordered by its code.
    pub(super) fn of_task(asked: &Asked, sort: Sort) -> Self {
        Self::sorted_by("Nhiệm vụ", Some((Sort::CodeLast, Sort::CodeFirst)), asked, sort)
    }

    fn sorted_by(
        label: &'static str,
        sorts: Option<(Sort, Sort)>,
        asked: &Asked,
        sort: Sort,
    ) -> Self {
        let Some((first, second)) = sorts else {
            return Self { label, href: String::new(), sorted: "" };
        };
        let next = if sort == first { second } else { first };
        let sorted = match (sort == first || sort == second, sort.is_descending()) {
            (false, _) => "",
            (true, true) => "descending",
            (true, false) => "ascending",
        };
        Self { label, href: asked.with("xep", next.code()).address("/nhiem-vu", ""), sorted }
    }
}

/// A cell of the page.
pub(super) struct Cell {
    pub(super) label: &'static str,
    pub(super) text: String,
    pub(super) is_figure: bool,
    /// The code of the status that the text says, or empty.
    pub(super) status: &'static str,
}

/// Fills in columns.
pub(super) struct Filler {
    pub(super) around: Around,
    columns: Vec<Column>,
    programmes: BTreeMap<ProgrammeId, String>,
    rollups: BTreeMap<TaskId, Rollup>,
}

impl Filler {
    /// One that fills in `columns`.
    pub(super) fn new(around: Around, columns: Vec<Column>) -> Self {
        Self { around, columns, programmes: BTreeMap::new(), rollups: BTreeMap::new() }
    }

    /// The columns filled in.
    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Learns what `tasks` do not say themselves: the names of their programmes, and what became of
    /// what was handed down from them.
    pub(super) async fn learn(
        &mut self,
        db: &Db,
        tasks: &[(Task, Status)],
    ) -> Result<(), TasksError> {
        let mut new: Vec<ProgrammeId> = tasks
            .iter()
            .map(|(task, _)| task.programme)
            .filter(|id| !self.programmes.contains_key(id))
            .collect();
        new.sort_unstable();
        new.dedup();
        self.programmes.extend(actions::programme_names(db, &new).await?);
        if self.columns.contains(&Column::HandedDown) {
            self.rollups = actions::rollups_of(db, tasks).await?.into_iter().collect();
        }
        Ok(())
    }

    /// The name of the programme `id`.
    pub(super) fn programme(&self, id: ProgrammeId) -> String {
        self.programmes.get(&id).cloned().unwrap_or_default()
    }

    pub(super) fn cell(&self, ctx: &Ctx, column: Column, task: &Task, status: Status) -> Cell {
        let (text, code) = match column {
            Column::Status => (self.around.due_words(ctx, task, status), status.code()),
            _ => (self.text(column, task, status), ""),
        };
        Cell { label: column.label(), text, is_figure: column.is_figure(), status: code }
    }

    fn text(&self, column: Column, task: &Task, status: Status) -> String {
        let at = |at: Option<i64>| at.map(words::datetime).unwrap_or_default();
        match column {
            Column::Lead => self.around.name(task.lead),
            Column::Due => words::date(task.due_on),
            Column::Stage => task.stage.label().to_owned(),
            Column::Status => status.label().to_owned(),
            Column::Programme => self.programme(task.programme),
            Column::Issuer => self.around.name(task.issuer),
            Column::Authority => self.around.name(task.authority),
            Column::Accountable => task.accountable.clone(),
            Column::FirstDue => task.first_due_on.map(words::date).unwrap_or_default(),
            Column::Heard => at(task.last_report_at),
            Column::Rating => {
                SelfRating::of_code(&task.self_rating).map_or("", SelfRating::label).to_owned()
            }
            Column::Reported => at(task.reported_at),
            Column::Verified => at(task.verified_at),
            Column::HandedDown => self.rollups.get(&task.id).map(Rollup::short).unwrap_or_default(),
        }
    }

    /// The row of `task` in a file.
    pub(super) fn row(&self, task: &Task, status: Status) -> Vec<CellValue> {
        let mut cells = vec![task.code.as_str().into(), task.work.as_str().into()];
        cells.extend(self.columns.iter().map(|column| match column {
            Column::Due => day(task.due_on),
            Column::FirstDue => task.first_due_on.map_or(CellValue::Empty, day),
            _ => self.text(*column, task, status).into(),
        }));
        cells
    }
}

fn day(day: NaiveDate) -> CellValue {
    match (u16::try_from(day.year()), u8::try_from(day.month()), u8::try_from(day.day())) {
        (Ok(year), Ok(month), Ok(day)) => CellValue::Date { year, month, day },
        _ => CellValue::Empty,
    }
}
