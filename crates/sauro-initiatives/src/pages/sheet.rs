//! The score sheet of a closed council: in the page, and as a file from which anybody counts it again.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use sauro_papers::{CellValue, SheetPart, write_book, write_csv};
use sauro_ui::Failure;

use super::House;
use super::case::found;
use super::view::decimal;
use crate::actions::{self, ScoreSheet};

/// One line of the table: whose, the points, the total, and what is said of it.
pub(super) struct Line {
    pub(super) who: String,
    /// Criterion and points.
    pub(super) cells: Vec<(String, String)>,
    pub(super) total: String,
    pub(super) note: &'static str,
}

/// A score sheet in the words of a page.
pub(super) struct SheetView {
    pub(super) name: String,
    pub(super) agency: String,
    /// Name and weight.
    pub(super) criteria: Vec<(String, String)>,
    pub(super) lines: Vec<Line>,
    /// Criterion and mean, criterion and standard deviation.
    pub(super) means: Vec<(String, String)>,
    pub(super) spreads: Vec<(String, String)>,
    pub(super) total: String,
    pub(super) spread: String,
    pub(super) threshold: String,
    pub(super) quorum: i64,
}

impl SheetView {
    pub(super) fn of(it: &ScoreSheet, house: &House) -> Self {
        let tally = &it.tally;
        let line = |ballot: &crate::model::Ballot| {
            let found = tally.totals.iter().find(|it| it.0 == ballot.member);
            let note = match (ballot.conflict, found) {
                (Some(conflict), _) => conflict.label(),
                (None, Some((_, _, true))) => "Khác xa các thành viên khác",
                _ => "",
            };
            Line {
                who: format!("Thành viên {}", ballot.member),
                cells: named(it, |n| {
                    ballot.points.get(n).map_or("–".to_owned(), |it| decimal(*it))
                }),
                total: found.map(|it| decimal(it.1)).unwrap_or_default(),
                note,
            }
        };
        Self {
            name: it.council.name.clone(),
            agency: house.directory.name(it.agency).to_owned(),
            criteria: it
                .council
                .criteria
                .iter()
                .map(|it| (it.name.clone(), decimal(it.weight)))
                .collect(),
            lines: it.ballots.iter().map(line).collect(),
            means: named(it, |n| tally.criteria.get(n).map_or(String::new(), |it| decimal(it.0))),
            spreads: named(it, |n| tally.criteria.get(n).map_or(String::new(), |it| decimal(it.1))),
            total: decimal(tally.total),
            spread: decimal(tally.spread),
            threshold: decimal(it.council.threshold),
            quorum: it.council.quorum,
        }
    }
}

/// What is said of each criterion, beside its name.
fn named(it: &ScoreSheet, say: impl Fn(usize) -> String) -> Vec<(String, String)> {
    it.council.criteria.iter().enumerate().map(|(n, it)| (it.name.clone(), say(n))).collect()
}

/// How to count along.
const HOW: [&str; 4] = [
    "Mỗi dòng là điểm của một thành viên cho một tiêu chí. Người phải tránh không có dòng.",
    "Tổng của thành viên = tổng (Điểm × Trọng số) ÷ 100.",
    "Tổng điểm = trung bình tổng của các thành viên, làm tròn một lần đến 4 chữ số thập phân, nửa thì làm tròn lên.",
    "Được công nhận khi Tổng điểm không thấp hơn Ngưỡng.",
];

const HEADINGS: [&str; 7] =
    ["Mã sáng kiến", "Thành viên", "Tiêu chí", "Trọng số", "Điểm", "Tổng điểm", "Ngưỡng"];

/// `GET /sang-kien/{code}/bang-diem.csv`.
pub(super) async fn csv(house: House, Path(code): Path<String>) -> Result<Response, Failure> {
    let (code, rows) = rows(&house, &code).await?;
    let bytes = write_csv(&HEADINGS, rows.into_iter()).map_err(Failure::internal)?;
    Ok(file(&code, ("text/csv; charset=utf-8", "csv"), bytes))
}

/// `GET /sang-kien/{code}/bang-diem.xlsx`.
pub(super) async fn xlsx(house: House, Path(code): Path<String>) -> Result<Response, Failure> {
    let (code, rows) = rows(&house, &code).await?;
    let how: Vec<Vec<CellValue>> = HOW.iter().map(|it| vec![CellValue::from(*it)]).collect();
    let write = move || {
        let named = |name: &str, headings: &[&str], rows| SheetPart {
            name: name.to_owned(),
            headings: headings.iter().map(|it| (*it).to_owned()).collect(),
            rows,
        };
        write_book(&[named("Bảng điểm", &HEADINGS, rows), named("Cách tính", &["Cách tính"], how)])
    };
    let made = tokio::task::spawn_blocking(write).await.map_err(Failure::internal)?;
    let bytes = made.map_err(Failure::internal)?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(file(&code, (kind, "xlsx"), bytes))
}

async fn rows(house: &House, code: &str) -> Result<(String, Vec<Vec<CellValue>>), Failure> {
    let case = found(house, code).await?;
    let code = case.initiative.code.to_string();
    let sheet = actions::score_sheet(&house.state.db, case.initiative.id).await?;
    let sheet = sheet.ok_or(Failure::NotFound)?;
    let number = |it: Decimal| CellValue::Number(it.to_f64().unwrap_or_default());
    let mut rows = Vec::new();
    for ballot in &sheet.ballots {
        for (criterion, points) in sheet.council.criteria.iter().zip(&ballot.points) {
            rows.push(vec![
                CellValue::from(code.as_str()),
                CellValue::from(format!("Thành viên {}", ballot.member).as_str()),
                CellValue::from(criterion.name.as_str()),
                number(criterion.weight),
                number(*points),
                number(sheet.tally.total),
                number(sheet.council.threshold),
            ]);
        }
    }
    Ok((code, rows))
}

fn file(code: &str, (kind, ending): (&'static str, &str), bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"bang-diem-{code}.{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "public, max-age=60".to_owned()),
    ];
    (headers, bytes).into_response()
}
