//! The parts of a .docx and the package that holds them.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::layout::{FONT, Layout, Page};
use super::markup::{clean, escape, nothing};
use super::paper::OfficialPaper;
use super::{body, foot, head};
use crate::error::PaperError;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
    <Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
    <Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>\
    <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
    </Types>";

/// Writes `paper` as a Word document in `layout`.
///
/// # Errors
///
/// [`PaperError::NotWritten`] should the package not be written, which it is in memory.
pub fn write_docx(paper: &OfficialPaper, layout: Layout) -> Result<Vec<u8>, PaperError> {
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", package_relations()),
        ("word/document.xml", document(paper, layout)),
        ("word/_rels/document.xml.rels", document_relations()),
        ("word/styles.xml", styles(layout)),
        ("word/settings.xml", settings()),
        ("word/header1.xml", page_number(layout)),
        ("docProps/core.xml", properties(paper)),
    ];
    zipped(&parts).map_err(|e| PaperError::NotWritten { detail: e.to_string() })
}

fn zipped(parts: &[(&str, String)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        writer.start_file(*name, SimpleFileOptions::default())?;
        writer.write_all(XML.as_bytes())?;
        writer.write_all(xml.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

fn document(paper: &OfficialPaper, layout: Layout) -> String {
    let mut out = format!("<w:document {WORD}><w:body>");
    head::write(&mut out, paper, layout);
    body::write(&mut out, &paper.body, layout);
    foot::write(&mut out, paper, layout);
    let first = section(Page::PORTRAIT, true);
    if paper.annexes.is_empty() {
        nothing(&mut out, "");
        out.push_str(&first);
    } else {
        nothing(&mut out, &first);
        foot::annexes(&mut out, &paper.annexes, layout);
        out.push_str(&section(Page::LANDSCAPE, false));
    }
    out.push_str("</w:body></w:document>");
    out
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

fn page_number(layout: Layout) -> String {
    let size = layout.sizes().page_number;
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

fn relations(all: &[(&str, &str)]) -> String {
    let mut out =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            .to_owned();
    for (n, (kind, target)) in all.iter().enumerate() {
        out.push_str(&format!(
            "<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{target}\"/>",
            n + 1
        ));
    }
    out.push_str("</Relationships>");
    out
}

fn package_relations() -> String {
    let core =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    relations(&[
        (&format!("{KINDS}/officeDocument"), "word/document.xml"),
        (core, "docProps/core.xml"),
    ])
}

fn document_relations() -> String {
    relations(&[
        (&format!("{KINDS}/styles"), "styles.xml"),
        (&format!("{KINDS}/settings"), "settings.xml"),
        (&format!("{KINDS}/header"), "header1.xml"),
    ])
}

fn properties(paper: &OfficialPaper) -> String {
    let head = &paper.head;
    let mut title = String::new();
    escape(&mut title, &clean(&format!("{} {}", head.kind.trim(), head.subject.trim())));
    format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{title}</dc:title><dc:language>vi-VN</dc:language></cp:coreProperties>"
    )
}
