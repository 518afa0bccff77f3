//! The directive reader (trình đọc văn bản chỉ đạo): Vietnamese text of a directive → its head and draft tasks.
//!
//! Pure: no files, no network, no clock. [`Reader::read`] takes running text, [`Reader::read_table`] the rows of an
//! appendix or a register. Every decision carries the [`Rule`] that made it, so that a person can review it.

mod deadline;
mod gazetteer;
mod head;
mod inline_table;
mod model;
mod rule;
mod secret;
mod table;
mod tasks;
mod text;

use std::collections::HashMap;

use chrono::NaiveDate;

pub use gazetteer::{Entry, Gazetteer};
pub use model::{
    AgencyRef, Clarity, Deadline, DeadlineKind, DraftTask, Head, Reading, Span, Strength,
    TableReading, TableTask, Warning,
};
pub use rule::Rule;
pub use secret::{SecretMark, secret_mark};
pub use table::Column;

use text::{Doc, Paragraph, paragraphs};

/// Reads directives with one catalogue of agencies. Make it once and share it.
#[derive(Debug)]
pub struct Reader {
    gazetteer: Gazetteer,
}

impl Reader {
    /// A reader that knows the agencies of `gazetteer`.
    #[must_use]
    pub fn new(gazetteer: Gazetteer) -> Self {
        Self { gazetteer }
    }

    /// Reads a directive or a report of one. `issued` overrules the date in the head; years the text leaves out are counted from it.
    #[must_use]
    pub fn read(&self, text: &str, issued: Option<NaiveDate>) -> Reading {
        let doc = Doc::new(text);
        let all = paragraphs(&doc);
        let head = head::read(&self.gazetteer, &doc, &all);
        let reader = self.inner(&doc, &all, &head, issued);
        let (tables, prose) = inline_table::split(&doc, &all);
        let mut warnings = Vec::new();
        let mut tasks: Vec<DraftTask> = tasks::walk(&reader, &prose)
            .into_iter()
            .map(|draft| tasks::finish(&reader, draft, &mut warnings))
            .filter(|t| t.span.end > t.span.start)
            .collect();
        for table in tables {
            let reading = table::read(&reader, &table.rows, reader.issued);
            for found in reading.tasks {
                if let Some(span) = table.spans.get(found.row) {
                    tasks.push(DraftTask { span: *span, ..found.task });
                }
            }
        }
        tasks.sort_by_key(|t| (t.span.start, t.span.end));
        Reading { head, tasks, warnings }
    }

    /// Reads a table of tasks: a heading row is looked for among the first rows.
    #[must_use]
    pub fn read_table(&self, rows: &[Vec<String>], issued: Option<NaiveDate>) -> TableReading {
        let doc = Doc::new("");
        let reader = self.inner(&doc, &[], &Head::default(), issued);
        table::read(&reader, rows, issued)
    }

    /// [`Reader::read_table`], where a person says which row is the heading and what each column holds.
    #[must_use]
    pub fn read_table_as(
        &self,
        rows: &[Vec<String>],
        header_row: usize,
        columns: &[(usize, Column)],
        issued: Option<NaiveDate>,
    ) -> TableReading {
        let doc = Doc::new("");
        let reader = self.inner(&doc, &[], &Head::default(), issued);
        table::read_as(&reader, rows, (header_row, columns.to_vec(), Vec::new()), issued)
    }

    fn inner<'a>(
        &'a self,
        doc: &'a Doc,
        all: &[Paragraph],
        head: &Head,
        issued: Option<NaiveDate>,
    ) -> tasks::Reader<'a> {
        let words = |phrase: &str| doc.has(0, doc.len(), phrase);
        tasks::Reader {
            g: &self.gazetteer,
            doc,
            issued: issued.or(head.issued_on),
            province: self.province(doc, all, head),
            issuer: head.issuer.as_ref().map(|i| i.code.clone()),
            government_committee: words("ban chỉ đạo của chính phủ"),
        }
    }

    /// The province a local document speaks of: its issuer's, or the one whose departments and committee it names.
    fn province(&self, doc: &Doc, all: &[Paragraph], head: &Head) -> Option<String> {
        let issuer = head.issuer.as_ref().and_then(|i| {
            i.code.split(['-', '@']).next_back().filter(|p| p.len() == 2).map(str::to_owned)
        });
        if issuer.is_some() {
            return issuer;
        }
        if matches!(
            head.issuer.as_ref().map(|i| i.code.as_str()),
            Some("TTg" | "CP" | "VPCP" | "BCT_TW" | "BBT")
        ) {
            return None;
        }
        let _ = all;
        let mut votes: HashMap<String, usize> = HashMap::new();
        let mut departments = 0;
        for i in 0..doc.len() {
            departments += usize::from(doc.w(i) == "sở" && doc.upper(i) && doc.upper(i + 1));
            let committee = matches!(doc.w(i), "tỉnh" | "thành")
                || doc.any(i, &["ubnd", "tỉnh ủy", "thành ủy"]).is_some();
            let j = doc
                .any(
                    i,
                    &["ubnd tỉnh", "ubnd thành phố", "tỉnh ủy", "thành ủy", "tỉnh", "thành phố"],
                )
                .unwrap_or(i);
            if committee && let Some((_, target)) = self.gazetteer.province_at(doc, j) {
                *votes.entry(target.code.clone()).or_default() += 1;
            }
        }
        let best = votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))?;
        (departments > 0).then_some(best.0)
    }
}
