//! The labelled corpus: what share of the personal data in it is found, and what share of what is found is any.

use std::ops::Range;

use crate::model::find;

/// Texts with `⟦kind:words⟧` around what is personal, made by `tests/golden/personal.py`.
const CORPUS: &str = include_str!("../../../tests/golden/personal.tsv");

#[derive(Debug, Default)]
struct Marks {
    wanted: usize,
    hit: usize,
    found: usize,
    right: usize,
}

/// The text of a line, and where its labels stand in it.
fn read(line: &str) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut labels = Vec::new();
    for piece in line.split_inclusive(['⟦', '⟧']) {
        if let Some(marked) = piece.strip_suffix('⟧') {
            let words = marked.split_once(':').unwrap().1;
            labels.push(text.len()..text.len() + words.len());
            text.push_str(words);
        } else {
            text.push_str(piece.trim_end_matches('⟦'));
        }
    }
    (text, labels)
}

fn measure(missed: &mut Vec<String>) -> Marks {
    let mut marks = Marks::default();
    for line in CORPUS.lines() {
        let (text, labels) = read(line);
        let found: Vec<Range<usize>> = find(&text).into_iter().map(|it| it.range).collect();
        // Found is what is covered whole: half a telephone number is still one.
        let covers = |it: &Range<usize>, label: &Range<usize>| {
            it.start <= label.start && label.end <= it.end
        };
        let meets =
            |it: &Range<usize>, label: &Range<usize>| it.start < label.end && label.start < it.end;
        let hit = labels.iter().filter(|label| found.iter().any(|it| covers(it, label))).count();
        let right = found.iter().filter(|it| labels.iter().any(|label| meets(it, label))).count();
        if hit < labels.len() || right < found.len() {
            missed.push(format!(
                "{line} → {:?}",
                found.iter().map(|it| text.get(it.clone())).collect::<Vec<_>>()
            ));
        }
        marks.wanted += labels.len();
        marks.hit += hit;
        marks.found += found.len();
        marks.right += right;
    }
    marks
}

#[test]
fn of_the_personal_data_in_the_corpus_nearly_all_is_found_and_little_else() {
    let mut missed = Vec::new();
    let marks = measure(&mut missed);
    assert!(CORPUS.lines().count() >= 1_000 && marks.wanted >= 1_000, "{marks:?}");
    let (recall, precision) = (marks.hit * 1000 / marks.wanted, marks.right * 1000 / marks.found);
    println!("recall {recall}‰, precision {precision}‰ of {marks:?}");
    let shown = missed.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(recall >= 980 && precision >= 900, "{recall}‰ {precision}‰ {marks:?}\n{shown}");
}
