//! Figures for other programs: plain CSV, SDMX-CSV 2.0, and ADX of IHE. Each is taken in again as it went out.

use std::fmt::Write as _;

use super::Observation;
use super::sdmx::{frequency_of, period_for_program, range_of};

/// A figure on its way out.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// Code of its indicator.
    pub indicator: String,
    /// What it is measured in.
    pub measured_in: String,
    /// The figure.
    pub figure: Observation,
}

/// How figures are written for other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interchange {
    /// Comma-separated, with the headings of `sauro import observations`.
    Csv,
    /// SDMX-CSV 2.0.
    Sdmx,
    /// ADX, XML.
    Adx,
}

impl Interchange {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Sdmx, Self::Adx];

    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Sdmx => "sdmx",
            Self::Adx => "adx",
        }
    }

    /// The one named `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Sdmx => "SDMX-CSV 2.0",
            Self::Adx => "ADX (XML)",
        }
    }

    /// Media type, and how a file's name ends.
    pub fn media(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("text/csv; charset=utf-8", "csv"),
            Self::Sdmx => {
                ("application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8", "sdmx.csv")
            }
            Self::Adx => ("application/adx+xml", "adx.xml"),
        }
    }

    /// Writes `figures`, which are in the order of their codes.
    pub fn write(self, figures: &[Exported]) -> String {
        match self {
            Self::Csv => rows(&CSV, figures, |it| csv_row(it).into()),
            Self::Sdmx => rows(&SDMX, figures, |it| sdmx_row(it).into()),
            Self::Adx => adx(figures),
        }
    }
}

const CSV: [&str; 10] = [
    "indicator",
    "unit_code",
    "period",
    "as_of",
    "value",
    "numerator",
    "denominator",
    "source",
    "remark",
    "appraised",
];

const SDMX: [&str; 15] = [
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "FREQ",
    "REF_AREA",
    "INDICATOR",
    "TIME_PERIOD",
    "OBS_VALUE",
    "NUMERATOR",
    "DENOMINATOR",
    "AS_OF",
    "UNIT_MEASURE",
    "OBS_SOURCE",
    "OBS_REMARK",
    "APPRAISED",
];

/// The dataflow that the figures are said to be of.
const DATAFLOW: &str = "SAURO:FIGURES(1.0.0)";

fn csv_row(it: &Exported) -> [String; 10] {
    let figure = &it.figure;
    [
        it.indicator.clone(),
        figure.unit.code.clone(),
        figure.period.code(),
        figure.as_of.to_string(),
        figure.reported.value.to_string(),
        numerator(figure),
        denominator(figure),
        guarded(&figure.source),
        guarded(&figure.remark),
        appraised(figure),
    ]
}

fn sdmx_row(it: &Exported) -> [String; 15] {
    let figure = &it.figure;
    [
        "dataflow".to_owned(),
        DATAFLOW.to_owned(),
        // Information: neither to be added nor to be taken away by whoever reads it.
        "I".to_owned(),
        frequency_of(figure.period.kind).to_owned(),
        figure.unit.code.clone(),
        it.indicator.clone(),
        period_for_program(figure.period),
        figure.reported.value.to_string(),
        numerator(figure),
        denominator(figure),
        figure.as_of.to_string(),
        guarded(&it.measured_in),
        guarded(&figure.source),
        guarded(&figure.remark),
        appraised(figure),
    ]
}

fn numerator(figure: &Observation) -> String {
    figure.reported.parts.map(|it| it.0.to_string()).unwrap_or_default()
}

fn denominator(figure: &Observation) -> String {
    figure.reported.parts.map(|it| it.1.to_string()).unwrap_or_default()
}

fn appraised(figure: &Observation) -> String {
    figure.appraised.map(|it| it.to_string()).unwrap_or_default()
}

/// Signs that a spreadsheet takes for the beginning of a formula.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '\t', '\r', '\n', '\''];

/// `text` so that no spreadsheet takes it for a formula; [`unguarded`] takes that back.
pub fn guarded(text: &str) -> String {
    if text.starts_with(SIGNS) { format!("'{text}") } else { text.to_owned() }
}

/// What [`guarded`] was given.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|it| it.starts_with(SIGNS)).unwrap_or(text)
}

fn rows(headings: &[&str], figures: &[Exported], row: impl Fn(&Exported) -> Vec<String>) -> String {
    let mut text = headings.join(",");
    text.push_str("\r\n");
    for it in figures {
        let cells: Vec<String> = row(it).iter().map(|it| quoted(it)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// A group for each unit in turn; what ADX has no attribute for goes in attributes of our own.
fn adx(figures: &[Exported]) -> String {
    let mut sorted: Vec<&Exported> = figures.iter().collect();
    sorted.sort_by(|a, b| {
        (&a.figure.unit.code, &a.indicator).cmp(&(&b.figure.unit.code, &b.indicator))
    });
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<adx xmlns=\"urn:ihe:qrph:adx:2015\">\n",
    );
    for group in sorted.chunk_by(|a, b| {
        (&a.figure.unit.code, a.figure.period) == (&b.figure.unit.code, b.figure.period)
    }) {
        let Some(first) = group.first() else { continue };
        let (unit, period) = (escaped(&first.figure.unit.code), range_of(first.figure.period));
        // Writing to a String never fails.
        let _ = writeln!(xml, "<group orgUnit=\"{unit}\" period=\"{period}\" dataSet=\"FIGURES\">");
        for it in group {
            xml.push_str("<dataValue");
            for (name, value) in attributes(it) {
                if !value.is_empty() {
                    let _ = write!(xml, " {name}=\"{}\"", escaped(&value));
                }
            }
            xml.push_str("/>\n");
        }
        xml.push_str("</group>\n");
    }
    xml.push_str("</adx>\n");
    xml
}

fn attributes(it: &Exported) -> [(&'static str, String); 8] {
    let figure = &it.figure;
    [
        ("dataElement", it.indicator.clone()),
        ("value", figure.reported.value.to_string()),
        ("numerator", numerator(figure)),
        ("denominator", denominator(figure)),
        ("asOf", figure.as_of.to_string()),
        ("source", guarded(&figure.source)),
        ("remark", guarded(&figure.remark)),
        ("appraised", appraised(figure)),
    ]
}

/// `text` within an attribute; line breaks would become spaces otherwise.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guarded_against_spreadsheets_comes_back_as_it_was() {
        for text in ["=1+1", "-5", "'=x", "''", "'a", "Sổ", "", "@x", "a'b"] {
            assert_eq!(unguarded(&guarded(text)), text);
            assert!(!guarded(text).starts_with(['=', '+', '-', '@']), "{text}");
        }
    }
}
