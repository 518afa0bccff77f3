//! From lines to paragraphs: hard line breaks of the page undone.

use super::lines::Line;

/// Lines of one page in reading order: blocks of two columns (the head, the signature) are read
/// column by column, rows of a table become one line with tabs.
pub(super) fn reading_order(lines: &[Line]) -> Vec<Line> {
    let left = lines.iter().map(Line::x0).fold(f32::MAX, f32::min);
    let right = lines.iter().map(Line::x1).fold(f32::MIN, f32::max);
    let mut out = Vec::new();
    let mut rest = lines;
    while let Some((first, after)) = rest.split_first() {
        let Some(split) = column_split(first, left, right) else {
            out.push(joined(first));
            rest = after;
            continue;
        };
        let block: Vec<&Line> = rest.iter().take_while(|l| stays_in_columns(l, split)).collect();
        for is_wanted in [|x0: f32, split: f32| x0 < split, |x0: f32, split: f32| x0 >= split] {
            for line in &block {
                out.extend(
                    line.segments.iter().filter(|s| is_wanted(s.x0, split)).map(|s| line.only(s)),
                );
            }
        }
        rest = rest.get(block.len().max(1)..).unwrap_or(&[]);
    }
    out
}

/// Where two columns part, when the line has two pieces around the middle of the page.
fn column_split(line: &Line, left: f32, right: f32) -> Option<f32> {
    let [one, two] = line.segments.as_slice() else { return None };
    let split = (one.x1 + two.x0) / 2.0;
    let share = (split - left) / (right - left).max(1.0);
    (0.25..=0.75).contains(&share).then_some(split)
}

fn stays_in_columns(line: &Line, split: f32) -> bool {
    line.segments.len() <= 2
        && line.segments.iter().all(|s| s.x1 <= split + line.size || s.x0 >= split - line.size)
}

/// Pieces of one line put together: a number and its text by a space, the cells of a row by tabs.
fn joined(line: &Line) -> Line {
    let is_row = line.segments.len() > 2
        || line.segments.first().is_some_and(|s| s.text.chars().count() > 6);
    let text = line.text(if is_row { "\t" } else { " " });
    let mut one = line.clone();
    if let Some(first) = one.segments.first_mut() {
        first.text = text;
        first.x1 = line.x1();
    }
    one.segments.truncate(1);
    one
}

/// Joins the lines of all pages into paragraphs, one a line.
pub(super) fn paragraphs(pages: &[Vec<Line>]) -> String {
    let mut out = String::new();
    let mut last: Option<(Line, f32)> = None;
    for page in pages {
        let left = page.iter().map(Line::x0).fold(f32::MAX, f32::min);
        let right = page.iter().map(Line::x1).fold(f32::MIN, f32::max);
        let pitch = line_pitch(page);
        let mut is_first = true;
        for line in page {
            let text = line.text(" ");
            let joins = last.as_ref().is_some_and(|(before, before_right)| {
                let near = is_first || before.y - line.y <= 1.45 * pitch && before.y >= line.y;
                near && continues(before, *before_right, line, left, &text)
            });
            if !out.is_empty() {
                out.push(if joins { ' ' } else { '\n' });
            }
            out.push_str(&text);
            last = Some((line.clone(), right));
            is_first = false;
        }
    }
    out
}

/// Whether `line` goes on with the paragraph of `before`.
fn continues(before: &Line, before_right: f32, line: &Line, left: f32, text: &str) -> bool {
    let before_text = before.text(" ");
    if line.is_row || before.is_row || text.contains('\t') || before_text.contains('\t') {
        return false;
    }
    let ends = before_text.trim_end().ends_with(['.', ';', ':', '!', '?', '/']);
    let reaches = before.x1() >= before_right - 4.0 * before.size;
    let indented = line.x0() > left + 1.2 * line.size && line.x0() > before.x0() + 0.6 * line.size;
    let resized = (before.size - line.size).abs() > 0.15 * before.size;
    let begins = indented || resized || (ends && starts_item(text));
    reaches && !begins
}

/// The usual distance of two lines.
fn line_pitch(page: &[Line]) -> f32 {
    let pairs = page.iter().zip(page.iter().skip(1));
    let mut steps: Vec<f32> =
        pairs.map(|(a, b)| a.y - b.y).filter(|d| *d > 2.0 && *d < 60.0).collect();
    steps.sort_by(f32::total_cmp);
    let size = page.iter().map(|l| l.size).fold(10.0, f32::max);
    steps.get(steps.len() / 3).copied().unwrap_or(1.5 * size).max(size)
}

/// `1.`, `a)`, `IV.`, `-`, `+`, `Điều 3.`
fn starts_item(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("");
    let core = first.trim_end_matches(['.', ')', ':']);
    let is_marked = core.len() < first.len();
    let is_number = core
        .split('.')
        .all(|p| (1..=3).contains(&p.len()) && p.chars().all(|c| c.is_ascii_digit()));
    let is_letter = core.chars().count() == 1 && core.chars().all(char::is_alphabetic);
    let is_roman =
        (1..=6).contains(&core.len()) && core.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    matches!(first, "-" | "+" | "–" | "•" | "*" | "Điều" | "Chương" | "Mục" | "Phần")
        || first.starts_with(['-', '–', '+', '•'])
        || (is_marked && (is_number || is_letter || is_roman))
}
