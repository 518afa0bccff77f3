//! Workbooks as Excel would change them: cells filled, results taken out.

use std::io::{Cursor, Read as _, Write as _};

/// The workbook with its first sheet changed by `change`.
pub(crate) fn edited(bytes: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..archive.len() {
        let mut entry = archive.by_index(n).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            content = change(&String::from_utf8(content).unwrap()).into_bytes();
        }
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The workbook with `cells` of its first sheet filled: a number as such, anything else as text.
pub(crate) fn filled(bytes: &[u8], cells: &[(&str, &str)]) -> Vec<u8> {
    edited(bytes, |xml| {
        cells.iter().fold(xml.to_owned(), |xml, (address, text)| put(&xml, address, text))
    })
}

fn put(xml: &str, address: &str, text: &str) -> String {
    let mark = format!("<c r=\"{address}\"");
    let cell = match text.parse::<f64>() {
        Ok(_) => format!("{mark}><v>{text}</v></c>"),
        Err(_) => format!("{mark} t=\"inlineStr\"><is><t>{text}</t></is></c>"),
    };
    let Some((before, rest)) = xml.split_once(&mark) else {
        // A cell that was blank is not written: it comes at the end of its row.
        let row = address.trim_start_matches(|it: char| it.is_ascii_uppercase());
        let (before, rest) = xml.split_once(&format!("<row r=\"{row}\"")).unwrap();
        let (inside, after) = rest.split_once("</row>").unwrap();
        return format!("{before}<row r=\"{row}\"{inside}{cell}</row>{after}");
    };
    let (head, after) = rest.split_once('>').unwrap();
    let after = if head.ends_with('/') { after } else { after.split_once("</c>").unwrap().1 };
    format!("{before}{cell}{after}")
}

/// The sheet with the text of one cell changed.
pub(crate) fn text(xml: &str, address: &str, text: &str) -> String {
    put(xml, address, text)
}
