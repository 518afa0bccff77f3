//! What the sheets of a workbook say beside their values: hidden rows, formulas without a result, shares.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::PaperError;
use crate::package::Package;
use crate::xml::{attribute, local};

/// The marks of one sheet; rows and columns from 0.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Rows that are hidden, by hand or by a filter.
    pub(super) hidden: BTreeSet<u32>,
    /// Formulas whose result was not saved.
    pub(super) unresolved: Vec<(u32, u32)>,
    /// Cells whose number is shown as a share.
    percents: BTreeSet<(u32, u32)>,
}

impl Marks {
    /// True when the number of that cell is shown as a share.
    pub(super) fn is_percent(&self, row: u32, column: u32) -> bool {
        self.percents.contains(&(row, column))
    }
}

/// Reads the marks of every sheet, by its name.
pub(super) fn read(
    package: &mut Package<'_>,
    what: &'static str,
) -> Result<Vec<(String, Marks)>, PaperError> {
    let targets = targets(&package.xml("xl/_rels/workbook.xml.rels")?.unwrap_or_default(), what)?;
    let percents = percent_styles(&package.xml("xl/styles.xml")?.unwrap_or_default(), what)?;
    let mut sheets = Vec::new();
    let workbook = package.xml("xl/workbook.xml")?.unwrap_or_default();
    each(&workbook, what, |e, _| {
        if local(e) == "sheet" {
            let target = attribute(e, "id").and_then(|id| targets.get(&id).cloned());
            sheets.extend(attribute(e, "name").zip(target));
        }
    })?;
    let mut found = Vec::new();
    for (name, target) in sheets {
        let path = match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("xl/{target}"),
        };
        let Some(xml) = package.xml(&path)? else { continue };
        found.push((name, marks_of(&xml, &percents, what)?));
    }
    Ok(found)
}

/// Calls `take` for each element, and whether it is empty.
fn each(
    xml: &str,
    what: &'static str,
    mut take: impl FnMut(&BytesStart<'_>, bool),
) -> Result<(), PaperError> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|e| PaperError::damaged(what, e))? {
            Event::Start(e) => take(&e, false),
            Event::Empty(e) => take(&e, true),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Where each part of the workbook lies, by its id.
fn targets(xml: &str, what: &'static str) -> Result<BTreeMap<String, String>, PaperError> {
    let mut targets = BTreeMap::new();
    each(xml, what, |e, _| {
        if local(e) == "Relationship" {
            targets.extend(attribute(e, "Id").zip(attribute(e, "Target")));
        }
    })?;
    Ok(targets)
}

/// Numbers of the styles that show a number as a share.
fn percent_styles(xml: &str, what: &'static str) -> Result<BTreeSet<String>, PaperError> {
    // 9 and 10 are built in: 0% and 0.00%.
    let mut formats: BTreeSet<String> = ["9", "10"].map(str::to_owned).into();
    let mut styles = BTreeSet::new();
    let (mut is_inside, mut n) = (false, 0);
    each(xml, what, |e, _| match local(e).as_str() {
        "numFmt" if attribute(e, "formatCode").is_some_and(|it| it.contains('%')) => {
            formats.extend(attribute(e, "numFmtId"));
        }
        "cellXfs" => is_inside = true,
        "cellStyles" | "dxfs" => is_inside = false,
        "xf" if is_inside => {
            if attribute(e, "numFmtId").is_some_and(|it| formats.contains(&it)) {
                styles.insert(n.to_string());
            }
            n += 1;
        }
        _ => {}
    })?;
    Ok(styles)
}

/// The cell being read.
#[derive(Default)]
struct Open {
    at: (u32, u32),
    has_formula: bool,
    has_value: bool,
    is_value: bool,
}

fn marks_of(
    xml: &str,
    percents: &BTreeSet<String>,
    what: &'static str,
) -> Result<Marks, PaperError> {
    let mut marks = Marks::default();
    let mut reader = Reader::from_str(xml);
    // What the next row and cell are when they do not say so themselves.
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut open = Open::default();
    loop {
        match reader.read_event().map_err(|e| PaperError::damaged(what, e))? {
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "row" => {
                    let said = attribute(&e, "r").and_then(|it| it.parse::<u32>().ok());
                    row = said.map_or(row, |it| it.saturating_sub(1));
                    column = 0;
                    if matches!(attribute(&e, "hidden").as_deref(), Some("1" | "true")) {
                        marks.hidden.insert(row);
                    }
                }
                "c" => {
                    let said = attribute(&e, "r").and_then(|it| place_of(&it));
                    let at = said.unwrap_or((row, column));
                    column = at.1.saturating_add(1);
                    if attribute(&e, "s").is_some_and(|it| percents.contains(&it)) {
                        marks.percents.insert(at);
                    }
                    open = Open { at, ..Open::default() };
                }
                "f" => open.has_formula = true,
                "v" | "t" => open.is_value = true,
                _ => {}
            },
            Event::Text(text) if open.is_value && !text.is_empty() => open.has_value = true,
            Event::GeneralRef(_) if open.is_value => open.has_value = true,
            Event::End(e) => match e.local_name().as_ref() {
                "v" | "t" => open.is_value = false,
                "c" => {
                    if open.has_formula && !open.has_value {
                        marks.unresolved.push(open.at);
                    }
                    open = Open::default();
                }
                "row" => row = row.saturating_add(1),
                _ => {}
            },
            Event::Eof => return Ok(marks),
            _ => {}
        }
    }
}

/// Row and column of `F12`, from 0.
fn place_of(address: &str) -> Option<(u32, u32)> {
    let n_letters = address.bytes().take_while(u8::is_ascii_uppercase).count();
    let (letters, digits) = address.split_at_checked(n_letters)?;
    let mut column = 0_u32;
    for letter in letters.bytes() {
        column = column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1)?;
    }
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}
