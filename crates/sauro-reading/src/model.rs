//! What the reader hands back.

use chrono::NaiveDate;
use serde::Serialize;

use crate::Rule;

/// An agency as the catalogue knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgencyRef {
    /// Code of the catalogue; collectives begin with `*`, provincial departments look like `SO-TC@44`.
    pub code: String,
    /// Vietnamese name.
    pub name: String,
}

/// The head of a document (thể thức đầu văn bản), State or Party layout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Head {
    /// Number and symbol (số, ký hiệu).
    pub number: Option<String>,
    /// Kind of document (tên loại), as printed.
    pub kind: Option<String>,
    /// Issuing agency, when the catalogue knows it.
    pub issuer: Option<AgencyRef>,
    /// Issuing agency as written.
    pub issuer_text: Option<String>,
    /// Place of issue (địa danh).
    pub place: Option<String>,
    /// Date of issue.
    pub issued_on: Option<NaiveDate>,
    /// Subject (trích yếu).
    pub subject: Option<String>,
    /// Name of the signer.
    pub signer: Option<String>,
    /// Post of the signer with its prefix (KT., TM., T/M …).
    pub signer_title: Option<String>,
    /// `true` for the Party layout, `false` for the State layout, absent when the text has no head.
    pub party_layout: Option<bool>,
}

/// Kind of a deadline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DeadlineKind {
    /// A day.
    Date,
    /// A month, quarter, half year or year; `date` is its last day.
    Period,
    /// Comes again by `rule`.
    Recurring,
    /// Without end (nhiệm vụ thường xuyên).
    Ongoing,
    /// Counted from something that has no date yet.
    Relative,
    /// Waits for an event.
    Event,
    /// No deadline said.
    #[default]
    None,
}

/// When a task is due.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// Kind.
    pub kind: DeadlineKind,
    /// The words of the text; empty when nothing is said.
    pub text: String,
    /// Last day, when one can be computed.
    pub date: Option<NaiveDate>,
    /// RFC 5545 recurrence rule.
    pub rule: Option<String>,
}

/// How strongly the text binds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// giao, yêu cầu, phải.
    #[default]
    Binding,
    /// đề nghị.
    Request,
    /// phấn đấu, khuyến khích.
    Effort,
    /// Only soft verbs and nothing to show for it.
    Soft,
}

/// One of the six clarities ("6 rõ").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Clarity {
    /// Rõ người.
    Doer,
    /// Rõ việc.
    Work,
    /// Rõ thời gian.
    Time,
    /// Rõ trách nhiệm.
    Responsibility,
    /// Rõ sản phẩm.
    Product,
    /// Rõ thẩm quyền.
    Authority,
}

/// A stretch of the text in Unicode code points, half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A task as read, to be reviewed by a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftTask {
    /// Lead agencies (chủ trì); empty when the text names none.
    pub lead: Vec<AgencyRef>,
    /// Cooperating agencies (phối hợp).
    pub coordinating: Vec<AgencyRef>,
    /// What is to be done.
    pub action: String,
    /// Products (sản phẩm).
    pub deliverables: Vec<String>,
    /// Who approves or receives the result (thẩm quyền).
    pub authority: Option<AgencyRef>,
    /// When.
    pub deadline: Deadline,
    /// How strongly.
    pub strength: Strength,
    /// Which of the six clarities the text leaves open.
    pub missing: Vec<Clarity>,
    /// Where it stands in the text.
    pub span: Span,
    /// The rules that made it so.
    pub reasons: Vec<Rule>,
    /// Label of its item: `2.1.`, `a)`.
    pub item_label: Option<String>,
}

/// Something the reader saw and could not settle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The rule that speaks.
    pub rule: Rule,
    /// The words it speaks of.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// A document as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Head of the document.
    pub head: Head,
    /// Tasks in the order of the text.
    pub tasks: Vec<DraftTask>,
    /// What to look at again.
    pub warnings: Vec<Warning>,
}

/// One row of a table as read. The span of its task counts the code points of the row's cells joined by ` | `.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableTask {
    /// Number of the row in the input, counted from 0, the heading included.
    pub row: usize,
    /// Running number as printed (TT).
    pub number: Option<String>,
    /// Group heading the row stands under.
    pub group: Option<String>,
    /// Document the task comes from (căn cứ).
    pub source: Option<String>,
    /// Result or progress as printed.
    pub result: Option<String>,
    /// State as printed.
    pub status: Option<String>,
    /// The task.
    pub task: DraftTask,
}

/// A table as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableReading {
    /// Row of the heading, when one was found.
    pub header_row: Option<usize>,
    /// Headings that were understood: column number and what it holds.
    pub columns: Vec<(usize, crate::Column)>,
    /// Tasks in the order of the rows.
    pub tasks: Vec<TableTask>,
    /// Rows that hold words but gave no task.
    pub skipped: Vec<usize>,
    /// What to look at again; the span counts rows.
    pub warnings: Vec<Warning>,
}
