//! The parts of a .docx and the package that holds them.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::layout::{FONT, Layout, Page};
use super::markup::{gap, line, nothing, rule};
use super::paper::OfficialPaper;
use super::picture::Pictures;
use super::press::Press;
use super::set::{Part, Setting, set};
use super::table;
use crate::clean::escape;
use crate::error::PaperError;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
    xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\"";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Default Extension=\"png\" ContentType=\"image/png\"/>\
    <Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
    <Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
    <Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>\
    <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
    </Types>";

/// Writes `paper` as a Word document in `layout`. Charts are drawn by `press`, or made of cells where
/// there is none.
///
/// # Errors
///
/// [`PaperError::NotWritten`] should the package not be written, which it is in memory.
pub fn write_docx(
    paper: &OfficialPaper,
    layout: Layout,
    press: &dyn Press,
) -> Result<Vec<u8>, PaperError> {
    let setting = set(paper, layout);
    let mut pictures = Pictures::of(press);
    let document = document(&setting, &mut pictures);
    let pictures = pictures.files();
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", package_relations()),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", document_relations(&pictures)),
        ("word/styles.xml", styles(layout)),
        ("word/settings.xml", settings()),
        ("word/header1.xml", page_number(setting.page_number)),
        ("docProps/core.xml", properties(&setting)),
    ];
    zipped(&parts, &pictures).map_err(|e| PaperError::NotWritten { detail: e.to_string() })
}

fn zipped(
    parts: &[(&str, String)],
    pictures: &[(usize, String, Vec<u8>)],
) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        writer.start_file(*name, SimpleFileOptions::default())?;
        writer.write_all(XML.as_bytes())?;
        writer.write_all(xml.as_bytes())?;
    }
    for (_, name, bytes) in pictures {
        writer.start_file(format!("word/{name}"), SimpleFileOptions::default())?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

fn document(setting: &Setting, pictures: &mut Pictures<'_>) -> String {
    let mut out = format!("<w:document {WORD}><w:body>");
    let last = setting.sheets.len().saturating_sub(1);
    for (n, sheet) in setting.sheets.iter().enumerate() {
        write_parts(&mut out, &sheet.parts, sheet.page, pictures);
        let end = section(sheet.page, n == 0);
        // The format wants a paragraph after a table, and all but the last section end within one.
        nothing(&mut out, if n < last { &end } else { "" });
        if n == last {
            out.push_str(&end);
        }
    }
    out.push_str("</w:body></w:document>");
    out
}

fn write_parts(out: &mut String, parts: &[Part], page: Page, pictures: &mut Pictures<'_>) {
    for part in parts {
        match part {
            Part::Line(it) => line(out, it),
            Part::Rule(it) => rule(out, *it),
            Part::Frame(rows) => {
                let mut filled = |(width, parts): &(u32, Vec<Part>)| {
                    let mut inside = String::new();
                    write_parts(&mut inside, parts, page, pictures);
                    (*width, inside)
                };
                let rows: Vec<Vec<table::Cell>> =
                    rows.iter().map(|row| row.iter().map(&mut filled).collect()).collect();
                table::frame(out, &rows);
            }
            Part::Table(it, size) => table::data(out, it, page, *size),
            Part::Bars(it, size) => table::bars(out, it, page, *size),
            Part::Chart(it, size) => {
                if pictures.write(out, it).is_err() && !it.bars().is_empty() {
                    table::bars(out, &it.bars(), page, *size);
                }
            }
            Part::Gap => gap(out),
        }
    }
}

/// A part of the document with one size of page. Its first page bears no number when it begins the
/// paper.
fn section(page: Page, begins: bool) -> String {
    let orient = if page.width > page.height { " w:orient=\"landscape\"" } else { "" };
    let title = if begins { "<w:titlePg/>" } else { "" };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/><w:type w:val=\"nextPage\"/>\
        <w:pgSz w:w=\"{}\" w:h=\"{}\"{orient}/>\
        <w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>\
        {title}</w:sectPr>",
        page.width, page.height, page.top, page.right, page.bottom, page.left
    )
}

fn page_number(size: u32) -> String {
    format!(
        "<w:hdr {WORD}><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:fldSimple w:instr=\" PAGE \">\
        <w:r><w:rPr><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr><w:t>2</w:t></w:r>\
        </w:fldSimple></w:p></w:hdr>"
    )
}

fn styles(layout: Layout) -> String {
    let size = layout.sizes().text;
    let heading = |level: u32| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"Heading{level}\"><w:name w:val=\"heading {level}\"/>\
            <w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/>\
            <w:pPr><w:keepNext/><w:outlineLvl w:val=\"{}\"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style>",
            level - 1
        )
    };
    format!(
        "<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr>\
        <w:rFonts w:ascii=\"{FONT}\" w:hAnsi=\"{FONT}\" w:eastAsia=\"{FONT}\" w:cs=\"{FONT}\"/>\
        <w:color w:val=\"000000\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>\
        <w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
        <w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
        <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
        {}{}</w:styles>",
        heading(1),
        heading(2)
    )
}

fn settings() -> String {
    format!(
        "<w:settings {WORD}><w:defaultTabStop w:val=\"720\"/><w:compat>\
        <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
        </w:compat><w:themeFontLang w:val=\"vi-VN\"/><w:decimalSymbol w:val=\",\"/><w:listSeparator w:val=\";\"/></w:settings>"
    )
}

fn relation(id: usize, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"rId{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
}

fn relations(all: &[String]) -> String {
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
        all.concat()
    )
}

fn package_relations() -> String {
    let core =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    relations(&[
        relation(1, &format!("{KINDS}/officeDocument"), "word/document.xml"),
        relation(2, core, "docProps/core.xml"),
    ])
}

fn document_relations(pictures: &[(usize, String, Vec<u8>)]) -> String {
    let mut all = vec![
        relation(1, &format!("{KINDS}/styles"), "styles.xml"),
        relation(2, &format!("{KINDS}/settings"), "settings.xml"),
        relation(3, &format!("{KINDS}/header"), "header1.xml"),
    ];
    let image = format!("{KINDS}/image");
    all.extend(pictures.iter().map(|(id, name, _)| relation(*id, &image, name)));
    relations(&all)
}

fn properties(setting: &Setting) -> String {
    let mut title = String::new();
    escape(&mut title, &setting.title);
    format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{title}</dc:title><dc:language>vi-VN</dc:language></cp:coreProperties>"
    )
}
