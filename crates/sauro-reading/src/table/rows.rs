//! Rows → draft tasks.

use chrono::NaiveDate;

use super::columns::{Column, Heading, header};
use crate::{
    Rule,
    deadline::{self, Reading},
    model::{DraftTask, Span, TableReading, TableTask, Warning},
    tasks::{Draft, Raw, Reader, agencies_of, finish},
    text::{Doc, find_fold},
};

struct Row<'a> {
    at: usize,
    cells: &'a [String],
    columns: &'a [(usize, Column)],
}

impl Row<'_> {
    fn cell(&self, column: Column) -> &str {
        let at = self.columns.iter().find(|(_, c)| *c == column).map(|(i, _)| *i);
        at.and_then(|i| self.cells.get(i)).map_or("", |c| c.trim())
    }

    fn some(&self, column: Column) -> Option<String> {
        Some(self.cell(column).to_owned()).filter(|c| !c.is_empty())
    }
}

/// Reads a table; `base` knows the catalogue and the province of the document around it.
pub(crate) fn read(
    base: &Reader<'_>,
    rows: &[Vec<String>],
    issued: Option<NaiveDate>,
) -> TableReading {
    let Some(heading) = header(rows) else {
        let skipped = (0..rows.len())
            .filter(|i| rows.get(*i).is_some_and(|r| r.iter().any(|c| !c.trim().is_empty())))
            .collect();
        return TableReading {
            header_row: None,
            columns: Vec::new(),
            tasks: Vec::new(),
            skipped,
            warnings: Vec::new(),
        };
    };
    read_as(base, rows, heading, issued)
}

/// Reads a table whose heading row and columns are known; `unknown` columns are named in a warning.
pub(crate) fn read_as(
    base: &Reader<'_>,
    rows: &[Vec<String>],
    (header_row, columns, unknown): Heading,
    issued: Option<NaiveDate>,
) -> TableReading {
    let mut out = TableReading {
        header_row: Some(header_row),
        columns: columns.clone(),
        tasks: Vec::new(),
        skipped: Vec::new(),
        warnings: Vec::new(),
    };
    for i in unknown {
        let text = rows.get(header_row).and_then(|r| r.get(i)).cloned().unwrap_or_default();
        out.warnings.push(Warning {
            rule: Rule::UnknownColumn,
            text,
            span: Span { start: header_row, end: header_row + 1 },
        });
    }
    let mut group: Option<String> = None;
    for (at, cells) in rows.iter().enumerate().skip(header_row + 1) {
        let row = Row { at, cells, columns: &columns };
        if cells.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        if is_group(&row) {
            group = cells
                .iter()
                .map(|c| c.trim())
                .filter(|c| !c.is_empty())
                .max_by_key(|c| c.chars().count())
                .map(str::to_owned);
            continue;
        }
        if row.cell(Column::Task).is_empty() {
            out.skipped.push(at);
            out.warnings.push(Warning {
                rule: Rule::EmptyRow,
                text: cells.join(" | "),
                span: Span { start: at, end: at + 1 },
            });
            continue;
        }
        let task = task(base, &row, group.as_deref(), issued, &mut out.warnings);
        out.tasks.push(TableTask {
            row: at,
            number: row.some(Column::Number),
            group: row.some(Column::Group).or_else(|| group.clone()),
            source: row.some(Column::Source),
            result: row.some(Column::Result),
            status: row.some(Column::Status),
            task,
        });
    }
    out
}

/// A row that only heads the rows below: no lead, no deadline, few cells, or the numbers of columns "(1) (2) (3)".
fn is_group(row: &Row<'_>) -> bool {
    let filled: Vec<&str> = row.cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
    let numbers = filled.len() > 2
        && filled.iter().all(|c| c.trim_matches(['(', ')']).parse::<u32>().is_ok());
    let number = row.cell(Column::Number).trim_end_matches('.');
    let roman =
        !number.is_empty() && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'A'..='D'));
    let bare = row.cell(Column::Lead).is_empty()
        && row.cell(Column::Deadline).is_empty()
        && row.cell(Column::Product).is_empty();
    let distinct: std::collections::BTreeSet<&&str> = filled.iter().collect();
    let merged = filled.len() > 2 && distinct.len() <= 2;
    numbers || (bare && (roman || filled.len() == 1)) || (merged && roman)
}

fn task(
    base: &Reader<'_>,
    row: &Row<'_>,
    group: Option<&str>,
    issued: Option<NaiveDate>,
    warnings: &mut Vec<Warning>,
) -> DraftTask {
    let text = row.cell(Column::Task);
    let doc = Doc::new(text);
    let reader =
        Reader { doc: &doc, issued, province: base.province.clone(), issuer: None, ..*base };
    let mut warn = |rule, text: &str| {
        warnings.push(Warning {
            rule,
            text: text.to_owned(),
            span: Span { start: row.at, end: row.at + 1 },
        })
    };
    let mut raw = Raw {
        from: 0,
        to: doc.len(),
        work: 0,
        actors: None,
        coordinating: Vec::new(),
        strength: None,
        rules: vec![Rule::TableRow],
        hits: Vec::new(),
        label: row.some(Column::Number),
        products: row.some(Column::Product).into_iter().collect(),
    };
    let has_lead_column = row.columns.iter().any(|(_, c)| *c == Column::Lead);
    let lead = row.cell(Column::Lead);
    raw.actors = agencies(&reader, lead);
    if raw.actors.is_some() {
        raw.rules.push(Rule::FieldLine);
    } else if !lead.is_empty() {
        warn(Rule::UnknownAgency, lead);
    } else if !has_lead_column && let Some(group) = group {
        raw.actors = agencies(&reader, group);
    }
    let partners = row.cell(Column::Coordinating);
    raw.coordinating = agencies(&reader, partners).map(|a| a.refs).unwrap_or_default();
    if raw.coordinating.is_empty() && !partners.is_empty() {
        warn(Rule::UnknownAgency, partners);
    }
    let words = row.cell(Column::Deadline);
    let said = deadlines(words, issued);
    if said.is_empty() && !words.is_empty() {
        warn(Rule::UnreadDeadline, words);
    }
    raw.hits = if words.is_empty() {
        deadline::find(&doc, 0, doc.len(), issued, Reading::Prose)
    } else {
        said
    };
    let iso = row.cell(Column::DeadlineIso);
    if raw.hits.is_empty() && !iso.is_empty() {
        raw.hits = deadlines(iso, issued);
    }
    for hit in &mut raw.hits {
        if !words.is_empty() {
            // Places in the deadline's own cell mean nothing in the task's words.
            (hit.from, hit.to) = (doc.len(), doc.len());
        }
    }
    let mut unused = Vec::new();
    let mut task = finish(&reader, Draft { raw }, &mut unused);
    for found in unused {
        warn(found.rule, &found.text);
    }
    if let Some(authority) =
        agencies(&reader, row.cell(Column::Authority)).and_then(|a| a.refs.into_iter().next())
    {
        task.authority = Some(authority);
        task.missing.retain(|m| *m != crate::model::Clarity::Authority);
        task.reasons.retain(|r| *r != Rule::UnnamedAuthority);
    }
    if task.deadline.kind == crate::model::DeadlineKind::None && task.deadline.text.is_empty() {
        task.deadline.text = words.to_owned();
    }
    task.span = Span { start: 0, end: doc.n_chars() };
    task
}

fn agencies(reader: &Reader<'_>, text: &str) -> Option<crate::gazetteer::Actors> {
    if find_fold(text).is_empty() {
        return None;
    }
    let doc = Doc::new(text);
    let inner = Reader { doc: &doc, province: reader.province.clone(), issuer: None, ..*reader };
    agencies_of(&inner, 0, doc.len())
}

fn deadlines(text: &str, issued: Option<NaiveDate>) -> Vec<deadline::Hit> {
    let doc = Doc::new(text);
    deadline::find(&doc, 0, doc.len(), issued, Reading::Field)
}
