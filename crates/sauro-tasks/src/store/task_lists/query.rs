//! Writes the queries of lists. One condition drives each, so that an index is walked in the order of
//! the list; the others are hidden from the planner by `IS TRUE`, because another index would need a sort.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath};
use sauro_store::Dialect;
use uuid::Uuid;

use super::drive::Drive;
use super::facts::{in_time_sql, midnight, owed_sql, whole_code};
use super::words;
use crate::model::{Cursor, Doubt, Key, Moment, Sort, Status, StatusFacts, TaskFilter, Waiting};

/// What an agency has to do with the tasks wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Lead,
    Authority,
    Issuer,
    Partner,
}

/// Which tasks.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// Led at this place or below.
    pub(crate) place: AgencyPath,
    /// In which all these agencies have a part.
    pub(crate) parts: Vec<(Part, AgencyId)>,
    /// The rest of what is asked for; `side`, `place` and the agencies in it are not looked at.
    pub(crate) filter: TaskFilter,
    /// Now.
    pub(crate) moment: Moment,
}

/// Where a page begins: the cursor, and the name that its group is ordered by.
#[derive(Debug, Clone)]
pub(crate) struct Start {
    pub(crate) cursor: Cursor,
    pub(crate) group_sort: Vec<u8>,
}

pub(super) enum Value {
    Id(Uuid),
    Text(String),
    Day(NaiveDate),
    Number(i64),
    Bytes(Vec<u8>),
}

/// Stages of tasks that have not ended; as in index `tasks_open_by_due`, word for word.
const OPEN: &str = "stage IN ('issued', 'in_progress', 'returned', 'reported', 'paused')";

const MICROS_A_DAY: i64 = 86_400_000_000;

/// A growing condition and the values of its placeholders.
pub(super) struct Query {
    dialect: Dialect,
    sort: Sort,
    drive: Drive,
    /// Only tasks that have not ended.
    is_open: bool,
    parts: Vec<String>,
    pub(super) values: Vec<Value>,
}

impl Query {
    pub(super) fn of(dialect: Dialect, wanted: &Wanted) -> Self {
        Self::in_order(dialect, wanted, wanted.filter.order())
    }

    /// The same set in no order of names, for counting it.
    pub(super) fn of_set(dialect: Dialect, wanted: &Wanted) -> Self {
        Self::in_order(dialect, wanted, Sort::DueFirst)
    }

    fn in_order(dialect: Dialect, wanted: &Wanted, sort: Sort) -> Self {
        let drive = Drive::of(wanted);
        let mut it =
            Self { dialect, sort, drive, is_open: false, parts: Vec::new(), values: Vec::new() };
        it.whose(wanted);
        it.what(&wanted.filter);
        it.when(wanted);
        if it.parts.is_empty() {
            it.parts.push("1 = 1".to_owned());
        }
        it
    }

    /// The rows of a page from `from` on, `limit` of them; for one that goes back, last one first.
    pub(super) fn page(&mut self, columns: &str, from: Option<&Start>, limit: u16) -> String {
        let is_back = from.is_some_and(|it| it.cursor.is_back);
        let is_down = self.sort.is_descending() != is_back;
        if let Some(from) = from {
            self.from(from, if is_down { "<" } else { ">" });
        }
        let keys: &[&str] = match self.sort {
            Sort::DueFirst | Sort::DueLast => &["due_on", "tasks.id"],
            Sort::SilentFirst | Sort::HeardFirst => &["heard_at", "tasks.id"],
            Sort::CodeFirst | Sort::CodeLast => &["code"],
            Sort::Lead | Sort::Programme => &["group_sort", "group_id", "due_on", "tasks.id"],
        };
        let end = if is_down { " DESC" } else { "" };
        let order: Vec<String> = keys.iter().map(|key| format!("{key}{end}")).collect();
        let (tables, order) = (self.tables(), order.join(", "));
        let condition = self.parts.join(" AND ");
        format!("SELECT {columns} FROM {tables} WHERE {condition} ORDER BY {order} LIMIT {limit}")
    }

    /// How many there are, up to `most`. In the order of the index that drives it: a planner that may
    /// choose takes what lies first in the table for evenly spread.
    pub(super) fn count(&self, most: i64) -> String {
        let condition = self.parts.join(" AND ");
        let order = match self.drive {
            // Those that have ended are many and everywhere: any order finds enough of them.
            _ if !self.is_open => "",
            // As the narrow indexes of agencies have it, in which the stage stands.
            Drive::Lead | Drive::Authority | Drive::Issuer => "ORDER BY stage, due_on, tasks.id",
            _ => "ORDER BY due_on, tasks.id",
        };
        format!(
            "SELECT COUNT(*) FROM (
                SELECT 1 AS one FROM tasks WHERE {condition} {order} LIMIT {most}
            ) n"
        )
    }

    /// How many are due on each day.
    pub(super) fn days(&self) -> String {
        let condition = self.parts.join(" AND ");
        format!(
            "SELECT due_on, COUNT(*) FROM tasks WHERE {condition} GROUP BY due_on ORDER BY due_on LIMIT 20000"
        )
    }

    fn tables(&mut self) -> &'static str {
        let (walked, sorted, column) = match self.sort {
            Sort::Lead => (
                "(SELECT id AS group_id, name_sort AS group_sort, path AS group_path FROM agencies) g \
                 CROSS JOIN tasks",
                "tasks CROSS JOIN (SELECT id AS group_id, name_sort AS group_sort FROM agencies) g",
                "lead_agency_id",
            ),
            Sort::Programme => (
                "(SELECT id AS group_id, name_sort AS group_sort FROM programmes) g CROSS JOIN tasks",
                "tasks CROSS JOIN (SELECT id AS group_id, name_sort AS group_sort FROM programmes) g",
                "programme_id",
            ),
            _ => return "tasks",
        };
        self.parts.push(format!("tasks.{column} = g.group_id"));
        if self.drive.walks(self.sort) { walked } else { sorted }
    }

    /// The placeholder of `value`.
    fn value(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    fn day(&mut self, day: NaiveDate) -> String {
        self.value(Value::Day(day))
    }

    /// Adds a condition; the planner may choose an index by it when `is_seen`.
    fn add(&mut self, is_seen: bool, text: String) {
        self.parts.push(if is_seen { text } else { format!("({text}) IS TRUE") });
    }

    fn id(&mut self, is_seen: bool, column: &str, id: Uuid) {
        let place = self.value(Value::Id(id));
        self.add(is_seen, format!("{column} = {place}"));
    }

    /// A list by deadline walks the days asked for and no others.
    fn is_by_due(&self) -> bool {
        matches!(self.sort, Sort::DueFirst | Sort::DueLast)
    }

    fn whose(&mut self, wanted: &Wanted) {
        let drive = self.drive;
        for (part, id) in &wanted.parts {
            match part {
                Part::Lead => self.id(drive == Drive::Lead, "lead_agency_id", id.0),
                Part::Authority => self.id(drive == Drive::Authority, "authority_agency_id", id.0),
                Part::Issuer => self.id(drive == Drive::Issuer, "issuer_agency_id", id.0),
                Part::Partner => {
                    let place = self.value(Value::Id(id.0));
                    let text = match drive {
                        Drive::Partner => format!(
                            "tasks.id IN (SELECT p.task_id FROM task_partners p WHERE p.agency_id = {place})"
                        ),
                        _ => format!(
                            "EXISTS (SELECT 1 FROM task_partners p WHERE p.agency_id = {place} AND p.task_id = tasks.id)"
                        ),
                    };
                    self.add(drive == Drive::Partner, text);
                }
            }
        }
        self.place(&wanted.place);
    }

    fn place(&mut self, path: &AgencyPath) {
        if *path == AgencyPath::nation() {
            return;
        }
        let (start, end) = path.below();
        // Start name to name, only those who stand there are looked at.
        let walks = self.drive.walks(self.sort);
        if !walks && path.as_str().split('/').count() == 2 {
            let place = self.value(Value::Text(path.as_str().to_owned()));
            return self.add(self.drive == Drive::Area, format!("area = {place}"));
        }
        let column = if walks { "group_path" } else { "lead_path" };
        let own = self.value(Value::Text(path.as_str().to_owned()));
        let (start, end) = (self.value(Value::Text(start)), self.value(Value::Text(end)));
        if self.drive == Drive::Below && !walks {
            self.add(true, format!("{column} >= {own} AND {column} < {end}"));
        }
        // Siblings such as `vn/9-x` sort between `vn/9` and `vn/9/`.
        self.add(false, format!("{column} = {own} OR ({column} >= {start} AND {column} < {end})"));
    }

    fn what(&mut self, filter: &TaskFilter) {
        let drive = self.drive;
        if let Some(programme) = filter.programme {
            self.id(drive == Drive::Programme, "programme_id", programme.0);
        }
        if let Some(parent) = filter.parent {
            self.id(drive == Drive::Parent, "parent_id", parent.0);
            // The periods of recurring work are its own, not handed down.
            self.add(false, "period = ''".to_owned());
        }
        if let Some(stage) = filter.stage {
            self.add(false, format!("stage = '{}'", stage.code()));
        }
        if let Some(waiting) = filter.waiting {
            let table = match waiting {
                Waiting::Explanation => "explanations",
                Waiting::Extension => "extensions",
            };
            let text = match drive {
                Drive::Waiting => {
                    format!("tasks.id IN (SELECT w.task_id FROM {table} w WHERE w.state = 'asked')")
                }
                _ => format!(
                    "EXISTS (SELECT 1 FROM {table} w WHERE w.task_id = tasks.id AND w.state = 'asked')"
                ),
            };
            self.add(drive == Drive::Waiting, text);
        }
        self.words(filter);
    }

    fn words(&mut self, filter: &TaskFilter) {
        if let Some(code) = whole_code(&filter.words) {
            let place = self.value(Value::Text(code));
            return self.add(true, format!("code = {place}"));
        }
        if let Some(among) = &filter.among {
            let ids = self.value(Value::Text(words::list(self.dialect, among)));
            let is_seen = self.drive == Drive::Words;
            return self.add(is_seen, words::in_list_sql(self.dialect, &ids));
        }
        if let Some(pattern) = words::Pattern::of(&filter.words) {
            let mut parts = Vec::new();
            let work = self.value(Value::Text(pattern.work));
            parts.push(format!("work_fold LIKE {work}"));
            if let Some(code) = pattern.code {
                let code = self.value(Value::Text(code));
                parts.push(format!("code LIKE {code}"));
            }
            self.add(false, parts.join(" OR "));
        }
    }

    fn when(&mut self, wanted: &Wanted) {
        let (filter, open_day) = (&wanted.filter, wanted.moment.open_day);
        let is_by_due = self.is_by_due();
        let is_open = filter.is_unfinished
            || filter.doubt.is_some()
            || matches!(filter.status, Some(Status::Overdue | Status::DueSoon | Status::InTime));
        self.is_open = is_open;
        if is_open {
            self.add(self.drive == Drive::Nation && is_by_due, OPEN.to_owned());
        }
        if let Some(status) = filter.status {
            self.status(status, open_day);
        }
        if let Some(n) = filter.overdue_days {
            let day = open_day.checked_sub_days(chrono::Days::new(n.into())).unwrap_or(open_day);
            let day = self.day(day);
            self.add(is_by_due, format!("due_on < {day}"));
        }
        for (day, is) in [(filter.due_from, ">="), (filter.due_to, "<=")] {
            if let Some(day) = day {
                let day = self.day(day);
                self.add(is_by_due, format!("due_on {is} {day}"));
            }
        }
        match filter.doubt {
            Some(Doubt::SaysDone) => self.add(false, "claim = 'done'".to_owned()),
            Some(Doubt::Any) => {
                let day = self.day(open_day);
                let text = format!("claim = 'done' OR (claim = 'on_track' AND due_on < {day})");
                self.add(false, text);
            }
            None => {}
        }
        if let Some((first, last)) = filter.between {
            let end = self.value(Value::Number(midnight(last) + MICROS_A_DAY));
            self.add(false, format!("issued_at < {end}"));
            let (day, at) = (self.day(first), self.value(Value::Number(midnight(first))));
            self.add(false, format!("due_on >= {day} OR {OPEN} OR reported_at >= {at}"));
        }
    }

    /// [`StatusFacts::status`] as conditions.
    fn status(&mut self, status: Status, open_day: NaiveDate) {
        let in_time = in_time_sql(self.dialect);
        let owed = owed_sql(&in_time);
        let is_by_due = self.is_by_due();
        let soon = open_day + StatusFacts::DUE_SOON;
        match status {
            Status::Overdue => {
                let day = self.day(open_day);
                self.add(is_by_due, format!("due_on < {day}"));
                self.add(false, "standing = 'open'".to_owned());
            }
            Status::DueSoon => {
                let (from, to) = (self.day(open_day), self.day(soon));
                self.add(is_by_due, format!("due_on >= {from} AND due_on <= {to}"));
                self.add(false, "standing = 'open'".to_owned());
            }
            Status::InTime => {
                let day = self.day(soon);
                let text = format!(
                    "({owed} AND (due_on > {day} OR recurs <> '')) OR (stage = 'reported' AND {in_time})"
                );
                self.add(false, text);
            }
            Status::DoneLate | Status::DoneOnTime => {
                let is = if status == Status::DoneLate { "NOT" } else { "" };
                self.add(false, format!("stage IN ('verified', 'in_use') AND {is} {in_time}"));
            }
            Status::NotAssessable => self.add(false, "stage IN ('paused', 'cancelled')".to_owned()),
        }
    }

    fn from(&mut self, from: &Start, is: &str) {
        let id = Value::Id(from.cursor.id.0);
        match from.cursor.key.clone() {
            Key::Due(day) => {
                let (day, id) = (self.day(day), self.value(id));
                self.add(true, format!("(due_on, tasks.id) {is} ({day}, {id})"));
            }
            Key::Heard(at) => {
                let (at, id) = (self.value(Value::Number(at)), self.value(id));
                self.add(true, format!("(heard_at, tasks.id) {is} ({at}, {id})"));
            }
            Key::Code(code) => {
                let code = self.value(Value::Text(code));
                self.add(true, format!("code {is} {code}"));
            }
            Key::Group(group, day) => {
                let sort = self.value(Value::Bytes(from.group_sort.clone()));
                let (group, day, id) =
                    (self.value(Value::Id(group)), self.day(day), self.value(id));
                self.add(true, format!("group_sort {is}= {sort}"));
                self.add(
                    false,
                    format!(
                        "(group_sort, group_id, due_on, tasks.id) {is} ({sort}, {group}, {day}, {id})"
                    ),
                );
            }
        }
    }
}
