//! A paper as data for the typesetter: lengths in points, words as they are.

use sauro_papers::set::{Line, Page, Part, Setting, Side};
use sauro_papers::{Align, Bar, DataTable, PaperRow};
use serde_json::{Value, json};

use crate::fonts::{DOWN, GAP, UP};

/// Where the page number stands below the edge of the page, as in Word documents: 1 cm.
const HEADER: f64 = 28.35;
/// Room between words and the line below them.
const RULE: f64 = 3.0;
/// Lines of a row up to which it is kept on one page.
const SHORT_LINES: f64 = 20.0;
/// Lines of a frame up to which it is kept on one page.
const SHORT_FRAME: usize = 34;
/// The share of its size that a letter is wide, about.
const LETTER: f64 = 0.5;

/// The files that `setting` is typeset from.
pub(crate) fn of(setting: &Setting) -> Vec<(String, Vec<u8>)> {
    let mut plan = Plan { files: Vec::new() };
    let sheets: Vec<Value> = setting
        .sheets
        .iter()
        .map(|it| {
            let page = it.page;
            json!({
                "width": pt(page.width), "height": pt(page.height),
                "top": pt(page.top), "bottom": pt(page.bottom),
                "left": pt(page.left), "right": pt(page.right),
                "parts": plan.parts(&it.parts, page),
            })
        })
        .collect();
    let data = json!({
        "title": setting.title, "number": half(setting.page_number), "header": HEADER,
        "up": UP, "down": DOWN, "sheets": sheets,
    });
    plan.files.push(("/paper.json".to_owned(), data.to_string().into_bytes()));
    plan.files
}

/// The rows of all tables.
pub(crate) fn n_rows(setting: &Setting) -> usize {
    let rows = |it: &Part| if let Part::Table(table, _) = it { table.rows.len() } else { 0 };
    setting.sheets.iter().flat_map(|it| &it.parts).map(rows).sum()
}

/// Twentieths of a point as points.
fn pt(length: u32) -> f64 {
    f64::from(length) / 20.0
}

/// Half points as points.
fn half(size: u32) -> f64 {
    f64::from(size) / 2.0
}

/// Room between the lines of text of `size`, in 240ths of a single line.
fn leading(size: f64, line: u32) -> f64 {
    size * ((UP + DOWN + GAP) * f64::from(line) / 240.0 - UP - DOWN)
}

struct Plan {
    files: Vec<(String, Vec<u8>)>,
}

impl Plan {
    fn parts(&mut self, parts: &[Part], page: Page) -> Vec<Value> {
        let mut room = 0.0;
        let mut all = Vec::new();
        for part in parts {
            let (mut it, before, after) = match part {
                Part::Gap => {
                    room += 8.0;
                    continue;
                }
                Part::Line(it) => (line(it), before(it), pt(it.stand.after)),
                Part::Rule(it) => {
                    let it =
                        json!({ "kind": "rule", "length": pt(it.length), "sticky": it.keeps_next });
                    (it, RULE, 1.0)
                }
                Part::Frame(rows) => (self.frame(rows, page), 0.0, 0.0),
                Part::Table(it, size) => (table(it, half(*size), page), 0.0, 0.0),
                Part::Bars(it, size) => (bars(it, half(*size), page), 0.0, 0.0),
                Part::Chart(it, _) => {
                    let drawing = it.draw();
                    let file = format!("/chart-{}.svg", self.files.len());
                    self.files.push((file.clone(), drawing.svg.into_bytes()));
                    let it = json!({
                        "kind": "chart", "file": file, "sentence": it.sentence,
                        "width": drawing.width, "height": drawing.height, "sticky": true,
                    });
                    (it, 4.0, 0.0)
                }
            };
            if let Some(it) = it.as_object_mut() {
                it.insert("above".to_owned(), json!(room + before));
                for (key, usual) in [("sticky", false), ("starts-page", false), ("breakable", true)]
                {
                    it.entry(key).or_insert(json!(usual));
                }
            }
            room = after;
            all.push(it);
        }
        all
    }

    fn frame(&mut self, rows: &[Vec<(u32, Vec<Part>)>], page: Page) -> Value {
        let widths: Vec<f64> =
            rows.first().map(|row| row.iter().map(|it| pt(it.0)).collect()).unwrap_or_default();
        let longest = rows.iter().flatten().map(|it| it.1.len()).max().unwrap_or_default();
        let cells: Vec<Vec<Value>> =
            rows.iter().flatten().map(|(_, parts)| self.parts(parts, page)).collect();
        json!({
            "kind": "frame", "widths": widths, "cells": cells, "breakable": longest > SHORT_FRAME,
        })
    }
}

/// Room above a line: its own, and what its line spacing puts over the first line.
fn before(it: &Line) -> f64 {
    pt(it.stand.before) + leading(half(it.letters.size), it.stand.line)
}

fn line(it: &Line) -> Value {
    let size = half(it.letters.size);
    let side = match it.stand.side {
        Side::Left => "left",
        Side::Centre => "centre",
        Side::Right => "right",
        Side::Both => "both",
    };
    let height = size * (UP + DOWN) * f64::from(it.stand.line.min(240)) / 240.0;
    json!({
        "kind": "line", "text": it.text, "size": size, "bold": it.letters.is_bold,
        "italic": it.letters.is_italic, "side": side, "leading": leading(size, it.stand.line),
        "indent": pt(it.stand.first_line), "heading": it.stand.heading.unwrap_or(0),
        "sticky": it.stand.keeps_next, "starts-page": it.stand.starts_page, "height": height,
    })
}

fn table(it: &DataTable, size: f64, page: Page) -> Value {
    let widths: Vec<f64> = it.widths(page.text_width()).into_iter().map(pt).collect();
    let side = |it: Align| match it {
        Align::Left => "left",
        Align::Centre => "centre",
        Align::Right => "right",
    };
    let fit = |text: &str, width: f64| breakable(text, (width - 8.0) / (size * LETTER));
    let row = |row: &PaperRow| match row {
        PaperRow::Group(text) => json!({ "group": fit(text, widths.iter().sum()) }),
        PaperRow::Cells(cells) => {
            let lines = |(text, width): (&String, &f64)| {
                text.chars().count() as f64 * size * LETTER / (width - 8.0).max(1.0)
                    + text.matches('\n').count() as f64
            };
            let whole =
                row.is_short() && cells.iter().zip(&widths).map(lines).all(|it| it < SHORT_LINES);
            let cells: Vec<String> = widths
                .iter()
                .enumerate()
                .map(|(n, width)| fit(cells.get(n).map_or("", String::as_str), *width))
                .collect();
            json!({ "cells": cells, "whole": whole })
        }
    };
    json!({
        "kind": "table", "size": size, "leading": leading(size, 240),
        "heads": it.columns.iter().zip(&widths).map(|(it, width)| fit(&it.heading, *width)).collect::<Vec<_>>(),
        "sides": it.columns.iter().map(|it| side(it.align)).collect::<Vec<_>>(),
        "rows": it.rows.iter().map(row).collect::<Vec<_>>(),
        "widths": widths,
    })
}

/// `text` with places to break in words of more than `most` letters, which would leave their cell.
fn breakable(text: &str, most: f64) -> String {
    let most = most.max(1.0) as usize;
    let mut out = String::with_capacity(text.len());
    let mut run = 0usize;
    for letter in text.chars() {
        run = if letter.is_whitespace() { 0 } else { run + 1 };
        if run > most {
            out.push('\u{200b}');
            run = 1;
        }
        out.push(letter);
    }
    out
}

fn bars(bars: &[Bar], size: f64, page: Page) -> Value {
    let most = bars.iter().map(|it| it.count).max().unwrap_or(0).max(1);
    let width = pt(page.text_width());
    let bars: Vec<Value> = bars
        .iter()
        .map(|it| {
            let share = it.count as f64 / most as f64;
            json!({ "label": it.label, "share": share, "written": it.written })
        })
        .collect();
    json!({
        "kind": "bars", "size": size, "leading": leading(size, 240), "bars": bars,
        "widths": [width * 0.36, width * 0.42, width * 0.22], "breakable": false,
    })
}
