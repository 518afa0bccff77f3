//! A dashboard as data for the typesetter.

use sauro_papers::{Board, BoardPart, BoardTile, BoxRow, clean};
use serde_json::{Value, json};

/// Points that a column of a tile alone is wide.
const COLUMN: f64 = 190.0;
/// Columns of a page.
const COLUMNS: u8 = 4;
/// Lines up to which a tile is kept on one page.
const SHORT: usize = 16;

/// The files that `board` is typeset from; of one tile alone when it `is_alone`.
pub(crate) fn of(board: &Board, is_alone: bool) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let mut taken = COLUMNS;
    for tile in &board.tiles {
        let width = tile.width.clamp(1, COLUMNS);
        if taken + width > COLUMNS {
            rows.push(Vec::new());
            taken = 0;
        }
        taken += width;
        let tile = tile_of(tile, &mut files);
        if let Some(row) = rows.last_mut() {
            row.push(tile);
        }
    }
    let width = board.tiles.first().map_or(1, |it| it.width.clamp(1, COLUMNS));
    let data = json!({
        "title": clean(&board.title), "note": clean(&board.note), "rows": rows,
        "alone": is_alone, "page": COLUMN * f64::from(width.max(2)) + 28.0,
    });
    files.push(("/board.json".to_owned(), data.to_string().into_bytes()));
    files
}

fn tile_of(tile: &BoardTile, files: &mut Vec<(String, Vec<u8>)>) -> Value {
    let n_lines: usize = tile.parts.iter().map(n_lines).sum();
    let parts: Vec<Value> = tile.parts.iter().map(|it| part(it, files)).collect();
    json!({
        "title": clean(&tile.title), "of": clean(&tile.of), "width": tile.width.clamp(1, COLUMNS),
        "long": n_lines > SHORT, "parts": parts,
    })
}

fn n_lines(part: &BoardPart) -> usize {
    match part {
        BoardPart::Bars(it) => it.len(),
        BoardPart::Heat { rows, .. } => rows.len(),
        BoardPart::Items(it) => it.len() * 2,
        BoardPart::Words(it) => it.lines().count() + it.len() / 60,
        _ => 1,
    }
}

fn part(part: &BoardPart, files: &mut Vec<(String, Vec<u8>)>) -> Value {
    match part {
        BoardPart::Figure(figure, words) => {
            json!({ "kind": "figure", "figure": clean(figure), "words": clean(words) })
        }
        BoardPart::Headline(words) => json!({ "kind": "headline", "words": clean(words) }),
        BoardPart::Words(words) => json!({ "kind": "words", "words": clean(words) }),
        BoardPart::Aside(words) => json!({ "kind": "aside", "words": clean(words) }),
        BoardPart::Picture(it) => {
            let file = format!("/tile-{}.svg", files.len());
            files.push((file.clone(), it.svg.clone().into_bytes()));
            json!({
                "kind": "picture", "file": file, "sentence": clean(&it.sentence),
                "ratio": it.ratio.max(0.05), "widest": it.widest,
            })
        }
        BoardPart::Bars(bars) => {
            let bar = |it: &sauro_papers::BoardBar| {
                json!({
                    "rank": clean(&it.rank), "label": clean(&it.label), "written": clean(&it.written),
                    "share": f64::from(it.share_bp.min(10_000)) / 10_000.0,
                })
            };
            json!({ "kind": "bars", "bars": bars.iter().map(bar).collect::<Vec<_>>() })
        }
        BoardPart::Heat { headings, rows } => {
            let cell = |(words, shade): &(String, u8)| {
                let words = if words.is_empty() { "–".to_owned() } else { clean(words) };
                json!({ "words": words, "shade": (*shade).min(5) })
            };
            let row = |(name, cells): &(String, Vec<(String, u8)>)| json!({ "name": clean(name), "cells": cells.iter().map(cell).collect::<Vec<_>>() });
            json!({
                "kind": "heat", "headings": headings.iter().map(|it| clean(it)).collect::<Vec<_>>(),
                "rows": rows.iter().map(row).collect::<Vec<_>>(),
            })
        }
        BoardPart::Boxes { heads, rows } => {
            let one = |(figure, words): &(String, String)| json!({ "figure": clean(figure), "words": clean(words) });
            let row = |(name, boxes): &BoxRow| json!({ "name": clean(name), "boxes": boxes.each_ref().map(one) });
            json!({ "kind": "boxes", "heads": heads, "rows": rows.each_ref().map(row) })
        }
        BoardPart::Items(items) => {
            let item = |(name, note): &(String, String)| json!([clean(name), clean(note)]);
            json!({ "kind": "items", "items": items.iter().map(item).collect::<Vec<_>>() })
        }
        BoardPart::Legend(keys) => {
            let key = |(shade, words): &(u8, String)| json!({ "shade": (*shade).min(5), "words": clean(words) });
            json!({ "kind": "legend", "keys": keys.iter().map(key).collect::<Vec<_>>() })
        }
    }
}
