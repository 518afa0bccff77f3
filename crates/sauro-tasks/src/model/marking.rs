//! A directive's text cut into pieces, so that a page can mark which words say what.

/// A stretch of the text, in code points, half open, with the clarity it tells of (1 to 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Number of the clarity, from 1.
    pub clarity: usize,
}

/// A stretch of the text that became a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Ordinal of the draft.
    pub draft: i64,
}

/// One line of the text.
pub type Paragraph = Vec<Run>;

/// A stretch within one line that belongs to the same drafts throughout.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// Ordinals of the drafts it became.
    pub drafts: Vec<i64>,
    /// Those of them that begin here.
    pub begins: Vec<i64>,
    /// Those of them that end here.
    pub ends: Vec<i64>,
    /// Its words.
    pub pieces: Vec<Piece>,
}

/// Words that tell of the same clarity throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// The clarity they tell of; 0 for none.
    pub clarity: usize,
    /// The mark ends with these words: its number stands after them.
    pub is_last: bool,
}

/// Cuts `text` into lines, runs and pieces. Of marks that overlap the shortest wins; stretches beyond
/// the text are cut to it, empty ones are passed over. The words of all pieces make up the text again,
/// less its line breaks.
pub fn marked(text: &str, marks: &[Mark], origins: &[Origin]) -> Vec<Paragraph> {
    let chars: Vec<char> = text.chars().collect();
    let len = chars.len();
    let marks: Vec<Mark> = marks
        .iter()
        .map(|it| Mark { end: it.end.min(len), ..*it })
        .filter(|it| it.start < it.end)
        .collect();
    let origins: Vec<Origin> = origins
        .iter()
        .map(|it| Origin { end: it.end.min(len), ..*it })
        .filter(|it| it.start < it.end)
        .collect();
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in chars.split(|c| *c == '\n') {
        let end = start + line.len();
        let is_cr = line.last() == Some(&'\r');
        paragraphs.push(paragraph(line, start, end - usize::from(is_cr), &marks, &origins));
        start = end + 1;
    }
    paragraphs
}

/// The runs of the line that stands at `start..end`.
fn paragraph(
    line: &[char],
    start: usize,
    end: usize,
    marks: &[Mark],
    origins: &[Origin],
) -> Paragraph {
    let marks: Vec<&Mark> = marks.iter().filter(|it| it.start < end && it.end > start).collect();
    let origins: Vec<&Origin> =
        origins.iter().filter(|it| it.start < end && it.end > start).collect();
    let edges = marks.iter().flat_map(|it| [it.start, it.end]);
    let mut cuts: Vec<usize> =
        edges.chain(origins.iter().flat_map(|it| [it.start, it.end])).collect();
    cuts.extend([start, end]);
    cuts.retain(|at| (start..=end).contains(at));
    cuts.sort_unstable();
    cuts.dedup();
    let mut runs: Paragraph = Vec::new();
    for (a, b) in cuts.iter().zip(cuts.iter().skip(1)) {
        let Some(words) = line.get(a - start..b - start) else { continue };
        let mark = marks
            .iter()
            .filter(|it| it.start <= *a && it.end >= *b)
            .min_by_key(|it| (it.end - it.start, it.clarity));
        let piece = Piece {
            text: words.iter().collect(),
            clarity: mark.map_or(0, |it| it.clarity),
            is_last: mark.is_some_and(|it| it.end == *b || *b == end),
        };
        let here: Vec<&&Origin> =
            origins.iter().filter(|it| it.start <= *a && it.end >= *b).collect();
        let drafts: Vec<i64> = here.iter().map(|it| it.draft).collect();
        let ends: Vec<i64> = here.iter().filter(|it| it.end == *b).map(|it| it.draft).collect();
        let begins: Vec<i64> = here.iter().filter(|it| it.start == *a).map(|it| it.draft).collect();
        match runs.last_mut() {
            Some(run) if run.drafts == drafts && begins.is_empty() => {
                run.ends.extend(ends);
                run.pieces.push(piece);
            }
            _ => runs.push(Run { drafts, begins, ends, pieces: vec![piece] }),
        }
    }
    runs
}

/// Where `words` stand within `start..end` of `text`, letter case and white space apart.
pub fn place_of(text: &[char], start: usize, end: usize, words: &str) -> Option<(usize, usize)> {
    let wanted: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let wanted: Vec<char> = wanted.join(" ").chars().collect();
    if wanted.len() < 2 {
        return None;
    }
    let here = text.get(start..end.min(text.len()))?;
    // Each letter with the place it came from; a run of white space is one space.
    let mut letters: Vec<(char, usize)> = Vec::with_capacity(here.len());
    for (at, c) in (start..).zip(here) {
        if c.is_whitespace() {
            if letters.last().is_some_and(|(last, _)| *last != ' ') {
                letters.push((' ', at));
            }
        } else {
            letters.extend(c.to_lowercase().map(|c| (c, at)));
        }
    }
    let found =
        letters.windows(wanted.len()).find(|it| it.iter().map(|(c, _)| c).eq(wanted.iter()))?;
    Some((found.first()?.1, found.last()?.1 + 1))
}

#[cfg(test)]
#[path = "marking_tests.rs"]
mod tests;
