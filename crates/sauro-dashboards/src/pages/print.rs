//! A dashboard as PDF, and one tile as a picture.

use axum::response::Response;
use sauro_directory::{Printer, file, not_printed};
use sauro_papers::{Board, BoardBar, BoardPart, BoardPicture, BoardTile};
use sauro_ui::{Failure, words};

use super::day::Shown;
use super::tile::{TileView, Versus};
use crate::model::{
    Area, Body, Change, Comparison, Entry, Four, Grid, Late, LateTask, Line, Ranked, Reading,
};

/// Pixels a point of a picture takes.
const SCALE: f32 = 2.0;
/// Overdue tasks are listed up to here; the note says how many there are.
const TASKS: usize = 12;

/// Colours of the screen in a drawing, which knows no variables.
const COLOURS: [(&str, &str); 8] = [
    ("var(--h-1)", "#d5e0f3"),
    ("var(--h-2)", "#acc4ea"),
    ("var(--h-3)", "#7a9fd8"),
    ("var(--h-4)", "#3f6db8"),
    ("var(--h-5)", "#1c3f82"),
    ("var(--sea)", "#f2f6fa"),
    ("var(--paper)", "#ffffff"),
    ("var(--none-s)", "#8994a2"),
];

/// How the lines of a figure look.
const LINES: &str = "path,circle{fill:none;stroke:#1c3f82;stroke-width:2;stroke-linejoin:round}\
    circle{fill:#1c3f82;stroke:none}.ax{stroke:#768392;stroke-width:1}\
    .tg{stroke:#566271;stroke-width:1.5;stroke-dasharray:6 4}\
    text{fill:#414d5c;stroke:none;font-size:13px}";

/// The dashboard `name` of `tiles` as PDF, with the days `shown` in its title.
pub(super) async fn pdf(
    printer: Printer,
    (name, shown): (&str, Shown),
    note: String,
    tiles: &[TileView],
) -> Result<Response, Failure> {
    let title = match shown.words().as_str() {
        "" => name.to_owned(),
        days => format!("{name}, {days}"),
    };
    let tiles = tiles.iter().map(|it| tile(it, shown)).collect();
    let board = Board { title, note, tiles };
    let press = printer.press();
    let bytes = tokio::task::spawn_blocking(move || press.board(&board))
        .await
        .map_err(Failure::internal)?
        .map_err(not_printed)?;
    Ok(file(&format!("bang-{}{}.pdf", plain(name), shown.of_file()), "application/pdf", bytes))
}

/// The `n`-th of `tiles` of the dashboard `name` as a picture, counted from 1.
pub(super) async fn png(
    printer: Printer,
    (name, shown): (&str, Shown),
    n: usize,
    tiles: &[TileView],
) -> Result<Response, Failure> {
    let found = tiles.iter().find(|it| it.n == n).ok_or(Failure::NotFound)?;
    let tile = tile(found, shown);
    let press = printer.press();
    let bytes = tokio::task::spawn_blocking(move || press.tile(&tile, SCALE))
        .await
        .map_err(Failure::internal)?
        .map_err(not_printed)?;
    let name = format!("bang-{}-{n}{}.png", plain(name), shown.of_file());
    Ok(file(&name, "image/png", bytes))
}

/// `name` in letters that every system takes in names of files.
pub(super) fn plain(name: &str) -> String {
    let folded = sauro_kernel::fold(name);
    folded.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' }).collect()
}

fn tile(it: &TileView, shown: Shown) -> BoardTile {
    let title = it.title().to_owned();
    if let Versus::Of(both) = &it.versus {
        let days = shown.both();
        let parts =
            if it.is_reading() { of_reading_twice(both, &days) } else { of_both(both, &days) };
        let of = it.content.of.clone();
        return BoardTile { title, of, width: it.width, parts };
    }
    let mut parts = match &it.content.body {
        Body::Reading(reading) => of_reading(it, reading),
        Body::Ranked(ranked) => of_ranked(it, ranked),
        Body::Map(ranked) => of_map(it, ranked),
        Body::Grid(grid) => of_grid(grid),
        Body::Four(four) => of_four(four),
        Body::Late(late) => of_late(late),
        Body::Text(words) => words.lines().filter(|it| !it.is_empty()).map(said).collect(),
        Body::Absent(why) => vec![said(why)],
    };
    if let Versus::Unfit = it.versus {
        parts.insert(0, BoardPart::Aside(shown.unfit()));
    }
    BoardTile { title, of: it.content.of.clone(), width: it.width, parts }
}

/// One figure on both days, each in a line of its own: such tiles are narrow.
fn of_reading_twice(both: &Comparison, days: &(String, String)) -> Vec<BoardPart> {
    let said = |it: &Change| {
        [
            format!("{}: {}", days.0, it.before()),
            format!("{}: {}", days.1, it.after()),
            format!("{} {}", it.turn.mark(), it.words),
        ]
    };
    both.changes.iter().flat_map(said).map(BoardPart::Words).collect()
}

/// Both days of a tile, and what has changed between them.
fn of_both(both: &Comparison, days: &(String, String)) -> Vec<BoardPart> {
    let table = both.table(days);
    let row = |it: &Vec<Entry>| {
        let mut cells = it.iter().map(|it| it.words().to_owned());
        let name = cells.next().unwrap_or_default();
        (name, cells.map(|it| (it, 0)).collect())
    };
    let rows = table.rows.iter().map(row).collect();
    let mut parts = vec![BoardPart::Heat { headings: table.headings, rows }];
    if !both.note.is_empty() {
        parts.push(BoardPart::Aside(both.note.clone()));
    }
    parts
}

fn said(words: &str) -> BoardPart {
    BoardPart::Words(words.to_owned())
}

fn of_reading(tile: &TileView, it: &Reading) -> Vec<BoardPart> {
    let mut parts = Vec::new();
    let now = it.points.last();
    if let Some(now) = now {
        parts.push(BoardPart::Figure(now.written.clone(), now.label.clone()));
    }
    if let Some(picture) = &tile.picture {
        let (ratio, widest) =
            if it.way.is_some() { (640.0 / 224.0, 420.0) } else { (96.0 / 28.0, 130.0) };
        parts.push(BoardPart::Picture(BoardPicture {
            svg: alone(picture.as_str(), LINES),
            sentence: tile.sentence(),
            ratio,
            widest,
        }));
        if it.way.is_some() {
            let key = "Nét liền: số liệu. Nét đứt: đường thẳng đến chỉ tiêu.";
            parts.push(BoardPart::Aside(key.to_owned()));
        }
    }
    if it.target.is_empty() {
        parts.push(BoardPart::Aside("Chưa giao chỉ tiêu.".to_owned()));
    } else {
        parts.push(said(&format!("{}. Chỉ tiêu: {}.", it.status.1, it.target)));
    }
    parts.extend(
        [&it.trend, &it.needed]
            .into_iter()
            .filter(|it| !it.is_empty())
            .map(|it| said(&format!("{it}."))),
    );
    if let Some(now) = now {
        let origin = &now.origin;
        let verified = match origin.verified.as_str() {
            "" => String::new(),
            verified => format!(" Thẩm định: {verified}."),
        };
        let source = format!("{}. Báo: {}.{verified}", origin.quality, origin.reported);
        parts.push(BoardPart::Aside(source));
    }
    parts
}

fn of_ranked(tile: &TileView, it: &Ranked) -> Vec<BoardPart> {
    let bar = |line: &Line| BoardBar {
        rank: line.rank.map_or_else(|| "–".to_owned(), |it| it.to_string()),
        label: line.name.clone(),
        written: line.written.clone(),
        share_bp: u32::try_from(tile.bar(&line.amount)).unwrap_or(0),
    };
    let mut parts = vec![BoardPart::Bars(it.shown().iter().map(bar).collect())];
    if it.n_all > it.shown().len() {
        let (n, all) = (words::number(it.shown().len()), words::number(it.n_all));
        parts.push(BoardPart::Aside(format!("{n} trong {all} đơn vị có số.")));
    }
    parts
}

fn of_map(tile: &TileView, it: &Ranked) -> Vec<BoardPart> {
    let mut parts = Vec::new();
    if let Some(map) = &tile.map {
        parts.push(BoardPart::Picture(BoardPicture {
            svg: map.drawing(&COLOURS),
            sentence: tile.sentence(),
            ratio: map.width as f64 / map.height.max(1) as f64,
            widest: 210.0,
        }));
    }
    let mut keys = it.scale.clone();
    keys.push((0, "chưa có số (gạch chéo)".to_owned()));
    parts.push(BoardPart::Legend(keys));
    let borders = match &tile.map {
        Some(map) if map.is_schematic => {
            " Ranh giới thể hiện khái quát, không dùng để xác định địa giới."
        }
        _ => "",
    };
    parts.push(BoardPart::Aside(format!("{}.{borders}", tile.sentence())));
    parts
}

fn of_grid(it: &Grid) -> Vec<BoardPart> {
    let mut headings = vec!["Đơn vị".to_owned()];
    headings.extend(it.columns.iter().map(|it| it.1.clone()));
    let row = |it: &Area| {
        let cells = it.cells.iter().map(|it| (it.written.clone(), it.class)).collect();
        (it.name.clone(), cells)
    };
    let key = "Năm sắc độ chia đều trong mỗi cột; sắc độ đậm nhất là tốt nhất.";
    vec![
        BoardPart::Heat { headings, rows: it.rows.iter().map(row).collect() },
        BoardPart::Aside(key.to_owned()),
    ]
}

fn of_four(it: &Four) -> Vec<BoardPart> {
    let headline = &it.headline;
    if headline.total == 0 {
        return vec![said("Chưa có nhiệm vụ nào có thời hạn trong phạm vi này.")];
    }
    let bar = |label: &str, n: i64| BoardBar {
        label: label.to_owned(),
        written: format!("{} ({})", words::percent_bp(headline.share_bp(n)), words::number(n)),
        share_bp: u32::try_from(headline.share_bp(n)).unwrap_or(0),
        rank: String::new(),
    };
    let cell = |n: i64, words: &str| (words::number(n), words.to_owned());
    vec![
        BoardPart::Headline(format!("{} {}", headline.opening(), headline.closing())),
        BoardPart::Bars(vec![
            bar("Đã báo hoàn thành", headline.done),
            bar("Hoàn thành đúng hạn", headline.on_time),
            bar("Đã xác minh", headline.verified),
            bar("Đang được sử dụng", headline.in_use),
        ]),
        BoardPart::Boxes {
            heads: ["Kịp thời hạn", "Không kịp"].map(str::to_owned),
            rows: Box::new([
                (
                    "Hoàn thành".to_owned(),
                    [cell(it.done_on_time, "đúng hạn"), cell(it.done_late, "quá hạn")],
                ),
                (
                    "Chưa hoàn thành".to_owned(),
                    [cell(it.open_in_time, "trong hạn"), cell(it.open_overdue, "quá hạn")],
                ),
            ]),
        },
    ]
}

fn of_late(it: &Late) -> Vec<BoardPart> {
    if it.tasks.is_empty() {
        return vec![said("Không có việc quá hạn.")];
    }
    let item =
        |it: &LateTask| (it.work.clone(), format!("Hạn {} · {} · {}", it.due, it.code, it.lead));
    let all = words::number(it.n_all);
    vec![
        said(&format!("{all} việc quá hạn, việc có hạn sớm nhất đứng trước:")),
        BoardPart::Items(it.tasks.iter().take(TASKS).map(item).collect()),
    ]
}

/// A drawing of a page as a file of its own, with `style`.
fn alone(svg: &str, style: &str) -> String {
    match svg.split_once('>') {
        Some((head, rest)) => format!(
            "{} xmlns=\"http://www.w3.org/2000/svg\" font-family=\"Be Vietnam Pro\"><style>{style}</style>{rest}",
            head
        ),
        None => String::new(),
    }
}
