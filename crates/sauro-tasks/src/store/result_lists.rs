//! Table `tasks`, read in pages for lists of results.

use chrono::NaiveDate;
use sauro_kernel::{AgencyPath, ProgrammeId, TaskId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::DayLine;

/// What is listed: one range of one index.
#[derive(Debug, Clone)]
pub(crate) struct Branch {
    /// Tasks shown to the public, or the others.
    pub(crate) is_public: bool,
    /// Only those of programmes shown to the public.
    pub(crate) in_shown_programme: bool,
    /// The column `standing` or `claim` and its value.
    pub(crate) word: Option<(&'static str, &'static str)>,
    /// First day due.
    pub(crate) from: Option<NaiveDate>,
    /// Day due before which the list ends.
    pub(crate) until: Option<NaiveDate>,
}

/// Whose tasks are listed.
#[derive(Debug, Clone)]
pub(crate) enum Whose {
    /// Everybody's, by day due.
    All,
    /// Those of one programme, by day due.
    Programme(Uuid),
    /// Those led at a place and below, by place and day due.
    At { path: String, below: (String, String), programme: Option<Uuid> },
}

/// The last row of the page before.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct After {
    /// Empty in lists by day due.
    pub(crate) lead_path: String,
    pub(crate) due_on: NaiveDate,
    pub(crate) id: Uuid,
}

/// One line of a list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ListRow {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) work: String,
    pub(crate) lead_agency_id: Uuid,
    pub(crate) lead_path: String,
    pub(crate) due_on: NaiveDate,
    pub(crate) stage: String,
    pub(crate) self_rating: String,
    pub(crate) recurs: String,
    pub(crate) reported_at: Option<i64>,
    pub(crate) last_report_at: Option<i64>,
    pub(crate) is_public: bool,
}

impl Whose {
    /// The tasks led at `path` and below, of `programme` if one is named.
    pub(crate) fn of(path: &AgencyPath, programme: Option<ProgrammeId>) -> Self {
        if *path != AgencyPath::nation() {
            return Self::At {
                path: path.as_str().to_owned(),
                below: path.below(),
                programme: programme.map(|it| it.0),
            };
        }
        programme.map_or(Self::All, |it| Self::Programme(it.0))
    }

    /// Where `row` stands in the order of this list.
    pub(crate) fn after(&self, row: &ListRow) -> After {
        let by_place = matches!(self, Self::At { .. });
        After {
            lead_path: if by_place { row.lead_path.clone() } else { String::new() },
            due_on: row.due_on,
            id: row.id,
        }
    }
}

impl After {
    /// As it stands in an address.
    pub(crate) fn written(&self) -> String {
        format!("{}~{}~{}", self.due_on, self.id.simple(), self.lead_path)
    }

    /// The same place in the list of a past day.
    pub(crate) fn into_line(self) -> DayLine {
        DayLine { lead_path: self.lead_path.into(), due_on: self.due_on, id: TaskId(self.id) }
    }

    /// The place of `line`, to be written.
    pub(crate) fn of_line(line: &DayLine) -> Self {
        Self { lead_path: line.lead_path.to_string(), due_on: line.due_on, id: line.id.0 }
    }

    /// Reads what [`After::written`] wrote.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '~');
        let due_on = parts.next()?.parse().ok()?;
        let id = parts.next()?.parse().ok()?;
        Some(Self { due_on, id, lead_path: parts.next()?.to_owned() })
    }
}

enum Bind {
    Bool(bool),
    Text(String),
    Day(NaiveDate),
    Id(Uuid),
    Number(i64),
}

/// Writes the query of one branch. Every value is bound; the text holds only words of this file.
struct Query {
    text: String,
    binds: Vec<Bind>,
}

impl Query {
    fn bind(&mut self, value: Bind) -> String {
        self.binds.push(value);
        format!("${}", self.binds.len())
    }

    fn and(&mut self, left: &str, value: Bind) {
        let place = self.bind(value);
        self.text.push_str(&format!(" AND {left} {place}"));
    }

    fn of(branch: &Branch, whose: &Whose, after: Option<&After>, limit: u16) -> Self {
        let mut it = Self { text: COLUMNS.to_owned(), binds: Vec::new() };
        let shown = it.bind(Bind::Bool(branch.is_public));
        it.text.push_str(&format!(" WHERE tasks.is_public = {shown}"));
        if branch.in_shown_programme {
            it.text.push_str(SHOWN_PROGRAMME);
        }
        if let Some((column, word)) = branch.word {
            // Hidden from the planner in lists by place: another index would need a sort.
            let is_true = if matches!(whose, Whose::At { .. }) { " IS TRUE" } else { "" };
            it.text.push_str(&format!(" AND (tasks.{column} = '{word}'){is_true}"));
        }
        if let Some(day) = branch.from {
            it.and("tasks.due_on >=", Bind::Day(day));
        }
        if let Some(day) = branch.until {
            it.and("tasks.due_on <", Bind::Day(day));
        }
        it.whose(whose, after);
        let limit = it.bind(Bind::Number(i64::from(limit)));
        it.text.push_str(&format!(" LIMIT {limit}"));
        it
    }

    fn whose(&mut self, whose: &Whose, after: Option<&After>) {
        match whose {
            Whose::All => {}
            Whose::Programme(id) => self.and("tasks.programme_id =", Bind::Id(*id)),
            Whose::At { path, below: (_, end), programme } => {
                // Siblings such as `vn/9-x` sort between `vn/9` and `vn/9/`: the second test leaves them out.
                self.and("tasks.lead_path >=", Bind::Text(path.clone()));
                self.and("tasks.lead_path <", Bind::Text(end.clone()));
                let same = self.bind(Bind::Text(path.clone()));
                let start = self.bind(Bind::Text(format!("{path}/")));
                self.text.push_str(&format!(
                    " AND (tasks.lead_path = {same} OR tasks.lead_path >= {start})"
                ));
                if let Some(id) = programme {
                    let place = self.bind(Bind::Id(*id));
                    self.text.push_str(&format!(" AND (tasks.programme_id = {place}) IS TRUE"));
                }
            }
        }
        let by_place = matches!(whose, Whose::At { .. });
        if let Some(after) = after {
            let day = self.bind(Bind::Day(after.due_on));
            let id = self.bind(Bind::Id(after.id));
            let text = if by_place {
                let place = self.bind(Bind::Text(after.lead_path.clone()));
                format!(" AND (tasks.lead_path, tasks.due_on, tasks.id) > ({place}, {day}, {id})")
            } else {
                format!(" AND (tasks.due_on, tasks.id) > ({day}, {id})")
            };
            self.text.push_str(&text);
        }
        self.text.push_str(if by_place {
            " ORDER BY tasks.lead_path, tasks.due_on, tasks.id"
        } else {
            " ORDER BY tasks.due_on, tasks.id"
        });
    }
}

const COLUMNS: &str = "
        SELECT tasks.id, tasks.code, tasks.work, tasks.lead_agency_id, tasks.lead_path,
            tasks.due_on, tasks.stage, tasks.self_rating, tasks.recurs,
            tasks.reported_at, tasks.last_report_at, tasks.is_public
        FROM tasks";

const SHOWN_PROGRAMME: &str = " AND EXISTS
        (SELECT 1 FROM programmes WHERE programmes.id = tasks.programme_id AND programmes.is_public)";

/// Lists one branch, at most `limit` rows after `after`.
pub(crate) async fn page(
    conn: &mut Conn,
    branch: &Branch,
    whose: &Whose,
    after: Option<&After>,
    limit: u16,
) -> Result<Vec<ListRow>, StoreError> {
    let Query { text, binds } = Query::of(branch, whose, after, limit);
    run!(conn, c => {
        let mut query = sqlx::query_as::<_, ListRow>(AssertSqlSafe(text));
        for value in &binds {
            query = match value {
                Bind::Bool(it) => query.bind(it),
                Bind::Text(it) => query.bind(it),
                Bind::Day(it) => query.bind(it),
                Bind::Id(it) => query.bind(it),
                Bind::Number(it) => query.bind(it),
            };
        }
        query.fetch_all(c).await
    })
}

/// How many deliverables each of the tasks `ids` has, and how many of them were accepted.
pub(crate) async fn accepted_of(
    conn: &mut Conn,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, i64, i64)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places = (1..=ids.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT task_id, COUNT(*), COUNT(CASE WHEN stage IN ('accepted', 'in_use') THEN 1 END)
        FROM deliverables WHERE task_id IN ({places})
        GROUP BY task_id ORDER BY task_id LIMIT {}",
        ids.len()
    );
    run!(conn, c => {
        let mut query = sqlx::query_as::<_, (Uuid, i64, i64)>(AssertSqlSafe(sql));
        for id in ids {
            query = query.bind(id);
        }
        query.fetch_all(c).await
    })
}

#[cfg(test)]
mod tests;
