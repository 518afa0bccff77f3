//! `/bao-cao-ky/{round}/{unit}/van-ban.docx` and `.pdf`: a report as an official paper.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use sauro_directory::{DirectoryHandle, Letterhead, Printer};
use sauro_kernel::RoundId;
use sauro_papers::{
    Align, Annex, Bar, Block, DataTable, Layout, OfficialPaper, PaperColumn, PaperRow,
};
use sauro_store::Db;
use sauro_ui::{Caller, Failure, words};
use serde::Deserialize;

use super::Source;
use super::shown::{Body, Part, parts, unit_name};
use crate::IndicatorsError;
use crate::actions::periodic::{Sheet, WorkLine, sheet};
use crate::model::periodic::{Design, TaskList};

/// Tasks written into the text; all stand in an annex.
const NAMED: usize = 5;
/// Agencies drawn; the annex has all.
const DRAWN: usize = 12;

/// How it is laid out.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Look {
    mau: String,
}

/// `GET /bao-cao-ky/{round}/{unit}/van-ban.docx`, to be numbered and signed, and the same as `.pdf`.
pub(super) async fn write(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Extension(source): Extension<Source>,
    Path((round, unit)): Path<(RoundId, String)>,
    Query(look): Query<Look>,
    printer: Printer,
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
    let name = format!("bao-cao-{}", sheet.round.period.code().to_lowercase());
    let to = sheet.receiver.map(|it| directory.name(it).to_owned()).unwrap_or_default();
    let whose = unit_name(&sheet.unit, &directory);
    let paper = paper(&sheet, letterhead, parts(&sheet, &directory), (to, &whose));
    printer.answer(&name, paper, layout).await
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
            Body::Tasks(lines, list) => {
                let groups = grouped(lines);
                tasks((&part.title, lines), &groups, &mut body, &mut annexes);
                if *list == TaskList::Overdue && groups.len() > 1 {
                    let words = "Số nhiệm vụ quá hạn theo cơ quan chủ trì:";
                    body.push(Block::Paragraph(words.to_owned()));
                    body.push(Block::Bars(groups.iter().take(DRAWN).map(bar).collect()));
                }
            }
        }
    }
    body.push(Block::Paragraph(format!("Trên đây là báo cáo {period} của {issuer}./.")));
    OfficialPaper {
        head: letterhead.head("BC", "Báo cáo", subject),
        mark: None,
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

/// Tasks by the agency that leads them, the one with most first.
fn grouped(lines: &[WorkLine]) -> Vec<(&str, Vec<&WorkLine>)> {
    let mut by_lead: BTreeMap<&str, Vec<&WorkLine>> = BTreeMap::new();
    for line in lines {
        by_lead.entry(&line.lead).or_default().push(line);
    }
    let mut groups: Vec<_> = by_lead.into_iter().collect();
    groups.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(b.0)));
    groups
}

fn bar((lead, lines): &(&str, Vec<&WorkLine>)) -> Bar {
    Bar {
        label: (*lead).to_owned(),
        count: lines.len() as u64,
        written: format!("{} nhiệm vụ", words::number(lines.len())),
    }
}

fn tasks(
    (title, lines): (&str, &[WorkLine]),
    groups: &[(&str, Vec<&WorkLine>)],
    body: &mut Vec<Block>,
    annexes: &mut Vec<Annex>,
) {
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
        annexes.push(Annex { title: title.to_owned(), note: String::new(), table: listed(groups) });
    }
}

/// All tasks, agency by agency where there are several.
fn listed(groups: &[(&str, Vec<&WorkLine>)]) -> DataTable {
    let mut rows = Vec::new();
    let mut ordinal = 0usize;
    for (lead, lines) in groups {
        if groups.len() > 1 {
            let n = words::number(lines.len());
            rows.push(PaperRow::Group(format!("{lead}: {n} nhiệm vụ")));
        }
        for it in lines {
            ordinal += 1;
            rows.push(PaperRow::Cells(vec![
                words::number(ordinal),
                it.code.clone(),
                it.work.clone(),
                words::date(it.due_on),
                it.standing.clone(),
            ]));
        }
    }
    DataTable {
        columns: vec![
            PaperColumn::new("TT", 6, Align::Centre),
            PaperColumn::new("Mã", 18, Align::Centre),
            PaperColumn::new("Nội dung nhiệm vụ", 46, Align::Left),
            PaperColumn::new("Hạn", 12, Align::Centre),
            PaperColumn::new("Tình trạng", 18, Align::Left),
        ],
        rows,
    }
}
