use sauro_journal::Event;
use sauro_kernel::{Ctx, DraftId, ProgrammeId, Right, TaskId};
use sauro_papers::{CellError, Table};
use sauro_reading::{Column, Reader};
use sauro_store::Db;
use serde_json::json;

use super::edit_drafts::{fresh, must_have_programme};
use super::import_rows::{self, Rows};
use super::issue_drafts::issue_drafts;
use super::propose_drafts::propose_drafts;
use crate::model::{Agencies, Clarity};
use crate::{TasksError, store};

/// The most rows one import takes.
pub const MAX_ROWS: usize = 5_000;

/// Drafts proposed and issued in one act.
const AT_ONCE: usize = 200;

/// Which row of a table is its heading, and what each column holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Place of the heading row, from 0.
    pub header_row: usize,
    /// Place of each column, from 0, and what it holds.
    pub columns: Vec<(usize, Column)>,
}

/// What happens to what comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Then {
    /// It stays with its drafter.
    #[default]
    Keep,
    /// What is clear goes to the leader.
    Propose,
    /// What is clear is issued at once.
    Issue,
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImportOutcome {
    /// The drafts, in the order of the rows; none when there are errors.
    pub drafts: Vec<DraftId>,
    /// What must be mended in the file before anything is imported; cells and sentences.
    pub errors: Vec<CellError>,
    /// What was imported and is not clear yet.
    pub unclear: Vec<UnclearRow>,
    /// Those proposed for approval.
    pub proposed: Vec<DraftId>,
    /// The tasks issued.
    pub issued: Vec<TaskId>,
}

/// A row that lacks something before it can be issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnclearRow {
    /// Number of the row as the spreadsheet shows it.
    pub row: usize,
    /// The work, as read.
    pub work: String,
    /// The clarities that lack.
    pub missing: Vec<Clarity>,
    /// What could not be read, in words.
    pub notes: Vec<String>,
}

/// What was understood of a table, before anything is stored.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Preview {
    /// How it was read; without columns when no heading was found.
    pub layout: Layout,
    /// The words above each column.
    pub headings: Vec<String>,
    /// How many rows have all six clarities.
    pub n_clear: usize,
    /// The rows that lack something, in order.
    pub unclear: Vec<UnclearRow>,
    /// What must be mended before anything can be imported.
    pub errors: Vec<CellError>,
    /// The first rows as read: row, work, lead, deadline.
    pub sample: Vec<SampleRow>,
}

/// A row as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRow {
    /// Number of the row as the spreadsheet shows it.
    pub row: usize,
    /// The work.
    pub work: String,
    /// The leads, by name.
    pub leads: String,
    /// The last day, or the words of the deadline.
    pub due: String,
    /// How many of the six clarities are missing.
    pub n_missing: usize,
}

/// Reads a table of tasks as [`import_tasks_as`] would, and stores nothing.
///
/// # Errors
///
/// As [`import_tasks_as`]; but a table without a heading is no error: its columns are then to be told.
pub async fn preview_tasks(
    ctx: &Ctx,
    db: &Db,
    directory: &dyn Agencies,
    reader: &Reader,
    programme: ProgrammeId,
    table: &Table,
    layout: Option<&Layout>,
) -> Result<Preview, TasksError> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    let ways = must_have_programme(ctx, &mut db.read().await?, programme).await?.settings;
    let texts = import_rows::texts(table)?;
    let Some(rows) = import_rows::read(ctx, directory, reader, &ways, table, &texts, layout)?
    else {
        return Ok(Preview {
            headings: texts.first().cloned().unwrap_or_default(),
            ..Preview::default()
        });
    };
    let headings = texts.get(rows.layout.header_row).cloned().unwrap_or_default();
    let n_clear = rows.all.iter().filter(|it| it.missing.is_empty()).count();
    let sample = rows.all.iter().take(20).map(|it| it.sample(directory)).collect();
    let Rows { layout, all, errors } = rows;
    let unclear = all.into_iter().filter_map(import_rows::Row::unclear).collect();
    Ok(Preview { layout, headings, n_clear, unclear, errors, sample })
}

/// [`import_tasks_as`] with the columns that their headings tell, as drafts.
///
/// # Errors
///
/// As there.
pub async fn import_tasks(
    ctx: &Ctx,
    db: &Db,
    directory: &dyn Agencies,
    reader: &Reader,
    programme: ProgrammeId,
    table: &Table,
) -> Result<ImportOutcome, TasksError> {
    import_tasks_as(ctx, db, directory, reader, programme, table, (None, Then::Keep)).await
}

/// Imports a table of tasks as drafts of the caller's agency: all rows or, when a cell is wrong, none;
/// then does what `then` says with those that are clear.
///
/// A cell is wrong when it cannot mean anything: a row with other cells but no task, a day that no
/// calendar has, a text too long. What is only unclear (an agency nobody knows, no day, no product) is
/// imported and listed, since a draft may lack anything. What the table says of results and states
/// stays beside the draft as a note: a status is computed, never imported.
///
/// # Errors
///
/// [`TasksError::Denied`] without [`Right::PrepareTasks`], or without [`Right::IssueTasks`] when the
/// tasks are to be issued; [`TasksError::Invalid`] when the table as a whole cannot be read.
pub async fn import_tasks_as(
    ctx: &Ctx,
    db: &Db,
    directory: &dyn Agencies,
    reader: &Reader,
    programme: ProgrammeId,
    table: &Table,
    (layout, then): (Option<&Layout>, Then),
) -> Result<ImportOutcome, TasksError> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    if then == Then::Issue {
        ctx.require(Right::IssueTasks, ctx.actor.own())?;
    }
    let ways = must_have_programme(ctx, &mut db.read().await?, programme).await?.settings;
    let texts = import_rows::texts(table)?;
    let rows = import_rows::read(ctx, directory, reader, &ways, table, &texts, layout)?;
    let rows = rows.ok_or_else(import_rows::no_heading)?;
    if !rows.errors.is_empty() {
        return Ok(ImportOutcome { errors: rows.errors, ..ImportOutcome::default() });
    }
    let is_clear: Vec<bool> = rows.all.iter().map(|it| it.missing.is_empty()).collect();
    let drafts: Vec<_> = (1..)
        .zip(&rows.all)
        .map(|(n, row)| fresh(ctx, programme, None, n, row.body.clone()))
        .collect();
    let unclear: Vec<UnclearRow> =
        rows.all.into_iter().filter_map(import_rows::Row::unclear).collect();

    let mut conn = db.write().await?;
    must_have_programme(ctx, &mut conn, programme).await?;
    store::drafts::insert_many(&mut conn, &drafts).await?;
    let data = json!({ "sheet": table.sheet, "drafts": drafts.len(), "unclear": unclear.len() });
    let mut events = vec![Event::new("TasksImported", "programme", programme, data)];
    events.extend(drafts.iter().map(|it| super::edit_drafts::event("DraftAdded", it)));
    sauro_journal::append_many(&mut conn, ctx, events).await?;
    conn.commit().await?;

    let drafts: Vec<DraftId> = drafts.into_iter().map(|it| it.id).collect();
    let mut outcome = ImportOutcome { unclear, ..ImportOutcome::default() };
    if then != Then::Keep {
        let clear: Vec<DraftId> =
            drafts.iter().zip(&is_clear).filter(|(_, is)| **is).map(|(id, _)| *id).collect();
        for some in clear.chunks(AT_ONCE) {
            let proposed = propose_drafts(ctx, db, directory, some).await?;
            if then == Then::Issue && !proposed.is_empty() {
                outcome.issued.extend(issue_drafts(ctx, db, directory, &proposed).await?);
            }
            outcome.proposed.extend(proposed);
        }
    }
    Ok(ImportOutcome { drafts, ..outcome })
}
