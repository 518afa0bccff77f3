//! ADX (IHE Quality, Research and Public Health: Aggregate Data Exchange): figures of units as XML.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::{PaperError, check_file_size};
use crate::sheet::{Table, TableBuilder};
use crate::xml::{attribute, local};

const WHAT: &str = "Tệp ADX";

/// The columns of the table that an ADX file becomes, and the attributes that they come from. The first
/// three name the figure; those of the second kind are of the group.
const COLUMNS: [(&str, &str); 9] = [
    ("indicator", "dataElement"),
    ("unit_code", "orgUnit"),
    ("period", "period"),
    ("as_of", "asOf"),
    ("value", "value"),
    ("numerator", "numerator"),
    ("denominator", "denominator"),
    ("source", "source"),
    ("remark", "remark"),
];

/// Reads the figures of an ADX file as a table, one row a figure. What else it holds is passed over;
/// entities of its own are not resolved.
///
/// # Errors
///
/// [`PaperError`] when it is no such file, damaged, or over the limits.
pub fn read_adx(bytes: &[u8]) -> Result<Table, PaperError> {
    check_file_size(bytes)?;
    let text = std::str::from_utf8(bytes).map_err(|_| PaperError::Encoding)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut table = TableBuilder::new("ADX".to_owned());
    for (column, (heading, _)) in COLUMNS.iter().enumerate() {
        table.put(0, column, (*heading).to_owned())?;
    }
    let (mut is_whole, mut row) = (false, 0);
    let mut group: [Option<String>; 2] = [None, None];
    loop {
        match reader.read_event().map_err(|e| PaperError::damaged(WHAT, e))? {
            Event::Start(e) | Event::Empty(e) => match local(&e).as_str() {
                "group" => group = ["orgUnit", "period"].map(|it| attribute(&e, it)),
                "dataValue" => {
                    row += 1;
                    put(&mut table, row, &e, &group)?;
                }
                _ => {}
            },
            Event::End(e) if e.local_name().as_ref() == "adx" => is_whole = true,
            Event::Eof => break,
            _ => {}
        }
    }
    if row == 0 {
        return Err(PaperError::Empty { what: WHAT });
    }
    if !is_whole {
        return Err(PaperError::damaged(WHAT, "it ends before its end"));
    }
    table.build()
}

fn put(
    table: &mut TableBuilder,
    row: usize,
    e: &BytesStart<'_>,
    [unit, period]: &[Option<String>; 2],
) -> Result<(), PaperError> {
    for (column, (_, name)) in COLUMNS.iter().enumerate() {
        let text = match *name {
            "orgUnit" => unit.clone(),
            "period" => period.clone(),
            name => attribute(e, name),
        };
        table.put(row, column, text.unwrap_or_default())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_a_group_carry_its_unit_and_period() {
        let xml = r#"<?xml version="1.0" encoding="UTF-8"?>
<adx xmlns="urn:ihe:qrph:adx:2015" exported="2026-06-01T00:00:00Z"><group orgUnit="UBND-96" period="2026-05-01/P1M" dataSet="X"><dataValue dataElement="A" value="1.5" remark="a &amp; b&#10;c"/></group><group orgUnit="VN" period="2026-01-01/P1Y"><dataValue dataElement="B" value="2"><annotation>x</annotation></dataValue></group></adx>"#;
        let table = read_adx(xml.as_bytes()).unwrap();
        assert_eq!((table.text(1, 1), table.text(1, 2)), ("UBND-96", "2026-05-01/P1M"));
        assert_eq!((table.text(1, 4), table.text(1, 8)), ("1.5", "a & b\nc"));
        assert_eq!((table.text(2, 0), table.text(2, 1)), ("B", "VN"));
    }

    #[test]
    fn what_is_no_adx_is_refused_and_a_bomb_of_entities_stays_small() {
        for text in
            ["", "<html/>", "<adx/>", "<adx><group>", "không", "<adx><group><dataValue </adx>"]
        {
            assert!(read_adx(text.as_bytes()).is_err(), "{text}");
        }
        let bomb = r#"<!DOCTYPE adx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><adx><group orgUnit="&b;"><dataValue dataElement="&b;" value="1"/></group></adx>"#;
        let read = read_adx(bomb.as_bytes());
        assert!(read.is_err() || read.is_ok_and(|it| it.text(1, 0).len() < 10));
    }
}
