//! `/bao-cao-ky/{round}/{unit}/van-ban.docx`: a report as an official paper, to be numbered and signed.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use sauro_directory::{DirectoryHandle, Letterhead, paper_file};
use sauro_kernel::RoundId;
use sauro_papers::{Align, Annex, Block, DataTable, Layout, OfficialPaper, PaperColumn, PaperRow};
use sauro_store::Db;
use sauro_ui::{Caller, Failure, words};
use serde::Deserialize;

use super::Source;
use super::shown::{Body, Part, parts, unit_name};
use crate::IndicatorsError;
use crate::actions::periodic::{Sheet, WorkLine, sheet};
use crate::model::periodic::Design;

/// Tasks written into the text; all stand in an annex.
const NAMED: usize = 5;

/// How it is laid out.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Look {
    mau: String,
}

/// `GET /bao-cao-ky/{round}/{unit}/van-ban.docx`.
pub(super) async fn write(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Extension(source): Extension<Source>,
    Path((round, unit)): Path<(RoundId, String)>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    let directory = directory.directory();
    let sheet = sheet(&ctx, &db, &directory, source.as_ref(), round, &unit).await?;
    if sheet.is_sealed {
        return Err(IndicatorsError::NotFound("report that was sent").into());
    }
    let writer = if sheet.unit.is_nation() { sheet.form.owner } else { sheet.unit.id };
    let letterhead = match directory.agency(writer) {
        Some(agency) => Letterhead::of_agency(&directory, agency),
        None => Letterhead::of(&ctx, &directory),
    };
    let layout = Layout::of_code(&look.mau).unwrap_or(letterhead.layout);
    let name = format!("bao-cao-{}.docx", sheet.round.period.code().to_lowercase());
    let to = sheet.receiver.map(|it| directory.name(it).to_owned()).unwrap_or_default();
    let whose = unit_name(&sheet.unit, &directory);
    let paper = paper(&sheet, letterhead, parts(&sheet, &directory), (to, &whose));
    paper_file(&name, paper, layout).await
}

fn paper(
    sheet: &Sheet,
    letterhead: Letterhead,
    parts: Vec<Part>,
    (addressee, whose): (String, &str),
) -> OfficialPaper {
    let (signer, issuer) = (letterhead.signer.clone(), letterhead.issuer.clone());
    let period = sheet.round.period.label().to_lowercase();
    let subject = format!("{}, {period}", subject(&sheet.form.design));
    let of_whom =
        if whose == issuer { String::new() } else { format!(", {}", whose.to_lowercase()) };
    let mut body = vec![Block::Paragraph(format!(
        "{issuer} báo cáo {period}{of_whom} như sau. Số liệu chốt đến hết ngày {}.",
        words::date(sheet.round.cut_off_on)
    ))];
    let mut annexes = Vec::new();
    for part in &parts {
        body.push(Block::Section(part.title.clone()));
        match &part.body {
            Body::Text(lines) if lines.is_empty() => {
                body.push(Block::Paragraph("Không có nội dung.".to_owned()));
            }
            Body::Text(lines) => {
                body.extend(lines.iter().map(|line| {
                    let said: Vec<&str> = line.iter().map(|it| it.0.as_str()).collect();
                    Block::Paragraph(said.join(" "))
                }));
            }
            Body::Figures(_) => body.push(Block::Table(figures(part))),
            Body::Tasks(lines) => tasks(part, lines, &mut body, &mut annexes),
        }
    }
    body.push(Block::Paragraph(format!("Trên đây là báo cáo {period} của {issuer}./.")));
    OfficialPaper {
        head: letterhead.head("BC", "Báo cáo", subject),
        recipients: vec!["Như trên".to_owned(), "Lưu: VT".to_owned()]
            .split_off(usize::from(addressee.is_empty())),
        addressee,
        body,
        signer,
        annexes,
    }
}

/// `Tình hình thực hiện …` of `Báo cáo tháng thực hiện …`: the kind stands above it, the period behind.
fn subject(design: &Design) -> String {
    let bare = design.name.strip_prefix("Báo cáo ").unwrap_or(&design.name);
    let bare = bare.strip_prefix(design.rhythm.label()).unwrap_or(bare).trim_start();
    if bare.starts_with("thực hiện") {
        return format!("Tình hình {bare}");
    }
    let mut letters = bare.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

fn figures(part: &Part) -> DataTable {
    let Body::Figures(lines) = &part.body else { return DataTable::default() };
    let row = |(n, it): (usize, &super::shown::Figure)| {
        PaperRow::Cells(vec![
            words::number(n + 1),
            it.name.clone(),
            it.value.clone(),
            it.before.clone(),
            it.origin.clone(),
        ])
    };
    DataTable {
        columns: vec![
            PaperColumn::new("TT", 7, Align::Centre),
            PaperColumn::new("Chỉ số", 40, Align::Left),
            PaperColumn::new("Kỳ này", 17, Align::Right),
            PaperColumn::new("Kỳ trước", 18, Align::Right),
            PaperColumn::new("Nguồn", 18, Align::Left),
        ],
        rows: lines.iter().enumerate().map(row).collect(),
    }
}

fn tasks(part: &Part, lines: &[WorkLine], body: &mut Vec<Block>, annexes: &mut Vec<Annex>) {
    if lines.is_empty() {
        body.push(Block::Paragraph("Không có nhiệm vụ nào.".to_owned()));
        return;
    }
    let more = if lines.len() > NAMED { "; danh sách đủ ở phụ lục" } else { "" };
    body.push(Block::Paragraph(format!("{} nhiệm vụ{more}:", words::number(lines.len()))));
    body.extend(lines.iter().take(NAMED).map(|it| {
        Block::Point(format!("{} ({}, hạn {})", it.work, it.code, words::date(it.due_on)))
    }));
    if lines.len() > NAMED {
        annexes.push(Annex {
            title: part.title.clone(),
            note: String::new(),
            table: listed(lines),
        });
    }
}

fn listed(lines: &[WorkLine]) -> DataTable {
    let row = |(n, it): (usize, &WorkLine)| {
        PaperRow::Cells(vec![
            words::number(n + 1),
            it.code.clone(),
            it.work.clone(),
            words::date(it.due_on),
            it.standing.clone(),
        ])
    };
    DataTable {
        columns: vec![
            PaperColumn::new("TT", 6, Align::Centre),
            PaperColumn::new("Mã", 18, Align::Centre),
            PaperColumn::new("Nội dung nhiệm vụ", 46, Align::Left),
            PaperColumn::new("Hạn", 12, Align::Centre),
            PaperColumn::new("Tình trạng", 18, Align::Left),
        ],
        rows: lines.iter().enumerate().map(row).collect(),
    }
}
