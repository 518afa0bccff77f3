//! What English writes otherwise than Vietnamese, whatever the words are: one of a thing, and numbers.

/// Words that end in "s" and stand for one thing.
const ONE: &[&str] = &[
    "across", "address", "always", "analysis", "as", "basis", "bus", "business", "canvas", "class",
    "focus", "gas", "has", "his", "is", "its", "less", "news", "pass", "plus", "press", "process",
    "progress", "status", "success", "this", "thus", "us", "was",
];

/// What follows a number, when the number is one: "tasks are overdue" is "task is overdue".
pub(crate) fn one_of(after: &str) -> String {
    let mut words = after.split(' ').map(str::to_owned).collect::<Vec<_>>();
    // The first is empty, because a space follows the number; the thing is the next word, or the one after it.
    let found = words.iter().skip(1).take(2).position(|it| singular(it).is_some());
    let Some(at) = found.map(|it| it + 1) else { return after.to_owned() };
    let is_near = words.get(1).is_some_and(|it| at == 1 || it.chars().all(char::is_alphabetic));
    if !words.first().is_some_and(String::is_empty) || !is_near {
        return after.to_owned();
    }
    if let Some(word) = words.get_mut(at)
        && let Some(one) = singular(word)
    {
        *word = one;
    }
    if let Some(verb) = words.get_mut(at + 1) {
        let one = match verb.as_str() {
            "are" => "is",
            "have" => "has",
            "were" => "was",
            other => other,
        };
        *verb = one.to_owned();
    }
    words.join(" ")
}

/// One of what `word` says several of, with the mark that may follow it; none when it says no several.
fn singular(word: &str) -> Option<String> {
    let bare = word.trim_end_matches([',', '.', ':', ';', ')', '!', '?']);
    let mark = word.get(bare.len()..)?;
    if bare.len() < 4 || ONE.contains(&bare) || bare.ends_with("ss") {
        return None;
    }
    let one = if let Some(stem) = bare.strip_suffix("ies") {
        format!("{stem}y")
    } else if let Some(stem) = bare.strip_suffix("es").filter(|it| {
        it.ends_with(['x', 'z']) || it.ends_with("ch") || it.ends_with("sh") || it.ends_with("ss")
    }) {
        stem.to_owned()
    } else {
        bare.strip_suffix('s')?.to_owned()
    };
    Some(one + mark)
}

/// Several of the thing that `label` names.
pub(crate) fn several(label: &str) -> String {
    if label.ends_with('s') && !label.ends_with("ss") {
        return label.to_owned();
    }
    let is_hard = ["ss", "x", "z", "ch", "sh"].iter().any(|it| label.ends_with(it));
    match label.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if is_hard => label.to_owned() + "es",
        _ => label.to_owned() + "s",
    }
}

/// A number as English writes it: 1.234,5 is 1,234.5. None when `text` is no such number, or is written alike.
pub(crate) fn number(text: &str) -> Option<String> {
    let digits = text.trim_start_matches(['-', '−', '+']);
    let digits = digits.trim_end_matches('%').trim_end();
    let (whole, part) = digits.split_once(',').map_or((digits, None), |(a, b)| (a, Some(b)));
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = !rest.is_empty();
    let is_number = is_digits(first)
        && (!is_grouped || first.len() <= 3)
        && rest.iter().all(|it| it.len() == 3 && is_digits(it))
        && part.is_none_or(is_digits);
    if !is_number || (!is_grouped && part.is_none()) {
        return None;
    }
    let swapped = text.chars().map(|it| match it {
        '.' => ',',
        ',' => '.',
        other => other,
    });
    Some(swapped.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_said_as_one() {
        for (several, one) in [
            (" tasks", " task"),
            (" tasks are overdue", " task is overdue"),
            (" working days left", " working day left"),
            (" communes, wards", " commune, wards"),
            (" agencies", " agency"),
            (" batches", " batch"),
            (" status", " status"),
            (" of 5 tasks", " of 5 tasks"),
            ("/5 points", "/5 points"),
        ] {
            assert_eq!(one_of(several), one);
        }
    }

    #[test]
    fn several_things_are_said_as_several() {
        for (one, all) in
            [("commune", "communes"), ("day", "days"), ("agency", "agencies"), ("batch", "batches")]
        {
            assert_eq!(several(one), all);
        }
    }

    #[test]
    fn a_number_swaps_its_marks_and_nothing_else_does() {
        for (vi, en) in [("1.234", "1,234"), ("12,5%", "12.5%"), ("−1.234.567,25", "−1,234,567.25")]
        {
            assert_eq!(number(vi).as_deref(), Some(en));
        }
        for it in ["2026", "1.2.2026", "57-NQ/TW", "1.2345", "v1.234", "", "12", "1234.567", ",5"] {
            assert_eq!(number(it), None, "{it}");
        }
    }
}
