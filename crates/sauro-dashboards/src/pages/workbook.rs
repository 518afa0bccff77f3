//! A dashboard as a workbook, one sheet a tile.

use axum::response::Response;
use sauro_directory::file;
use sauro_papers::{CellValue, SheetPart, write_book};
use sauro_ui::Failure;

use super::day::Shown;
use super::print::plain;
use super::tile::TileView;
use crate::model::{Body, Entry};

/// The workbook of `tiles` as a file to keep; a first sheet says of which days it is, unless it is of now.
pub(super) async fn answer(
    name: &str,
    shown: Shown,
    tiles: &[TileView],
) -> Result<Response, Failure> {
    let days = (shown != Shown::Now).then(|| SheetPart {
        name: "Ngày số liệu".to_owned(),
        headings: ["Bảng", "Số liệu"].map(str::to_owned).to_vec(),
        rows: vec![[name.to_owned(), shown.words()].map(CellValue::Text).to_vec()],
    });
    let sheets: Vec<SheetPart> =
        days.into_iter().chain(tiles.iter().map(|it| sheet(it, shown))).collect();
    let bytes = tokio::task::spawn_blocking(move || write_book(&sheets))
        .await
        .map_err(Failure::internal)?
        .map_err(Failure::internal)?;
    Ok(file(&format!("bang-{}{}.xlsx", plain(name), shown.of_file()), KIND, bytes))
}

const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn sheet(tile: &TileView, shown: Shown) -> SheetPart {
    let cell = |it: &Entry| match it {
        Entry::Figure(_, amount) => CellValue::Number(*amount),
        it => CellValue::Text(it.words().to_owned()),
    };
    let name = format!("{}. {}", tile.n, tile.title());
    let mut sheet = match (&tile.table, &tile.content.body) {
        (Some(table), _) => SheetPart {
            name,
            headings: table.headings.clone(),
            rows: table.rows.iter().map(|it| it.iter().map(cell).collect()).collect(),
        },
        (None, Body::Text(words) | Body::Absent(words)) => SheetPart {
            name,
            headings: vec![tile.kind.label().to_owned()],
            rows: words.lines().map(|it| vec![CellValue::Text(it.to_owned())]).collect(),
        },
        (None, _) => SheetPart { name, headings: vec![tile.title().to_owned()], rows: Vec::new() },
    };
    if tile.is_unfit() {
        // After the table, so that columns stay columns.
        sheet.rows.push(vec![CellValue::Text(shown.unfit().replace("dưới đây", "trên đây"))]);
    }
    sheet
}
