//! Is it Vietnamese? Every Vietnamese syllable is an onset and a rhyme from two short lists.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization as _;

const ONSETS: &[&str] = &[
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "q", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

const RHYMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo \
    ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh \
    oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
    u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyp uyt \
    uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y ych yêm yên yêng yêt yêu ynh yt";

fn rhymes() -> &'static BTreeSet<&'static str> {
    static SET: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    SET.get_or_init(|| RHYMES.split_whitespace().collect())
}

/// Share of the words with letters beyond ASCII that are Vietnamese syllables; `None` when there
/// is no such word. At most the first 4,000 of them are looked at.
pub(super) fn share(text: &str) -> Option<f64> {
    let (mut all, mut good) = (0u32, 0u32);
    let words = text.split(|c: char| {
        c.is_ascii() && !c.is_ascii_alphabetic() || c.is_whitespace() || is_quote(c)
    });
    for word in words.filter(|w| !w.is_ascii()).take(4_000) {
        all += 1;
        good += u32::from(is_syllable(word));
    }
    (all > 0).then(|| f64::from(good) / f64::from(all))
}

fn is_quote(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2026}' | '«' | '»' | '§' | '°' | '²' | '³' | '½' | '×' | '\u{2212}' | '\u{f000}'..='\u{f0ff}')
}

/// Whether `word` can be a syllable of Vietnamese, in any case.
fn is_syllable(word: &str) -> bool {
    if word.chars().count() > 7 || is_oddly_cased(word) {
        return false;
    }
    let plain: String =
        word.to_lowercase().replace('ð', "đ").nfd().filter(|c| !is_tone(*c)).nfc().collect();
    ONSETS
        .iter()
        .any(|onset| plain.strip_prefix(onset).is_some_and(|rhyme| rhymes().contains(rhyme)))
}

/// A capital after a small letter: not how Vietnamese is written, and typical of a wrong reading.
fn is_oddly_cased(word: &str) -> bool {
    let mut seen_small = false;
    word.chars().any(|c| {
        let odd = seen_small && c.is_uppercase();
        seen_small |= c.is_lowercase();
        odd
    })
}

/// Grave, acute, tilde, hook above, dot below.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

/// TCVN3 has no capitals with a tone: raises small toned letters in words that are otherwise
/// capitals, and in words of one capital between such words.
pub(super) fn raise_capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let words: Vec<&str> = line.split_inclusive(|c: char| !c.is_alphabetic()).collect();
        let shapes: Vec<Shape> = words.iter().map(|w| shape(w)).collect();
        let mut after = sure_neighbours(shapes.iter().rev());
        after.reverse();
        let around = sure_neighbours(shapes.iter()).into_iter().zip(after);
        for ((word, shape), (before, after)) in words.iter().zip(&shapes).zip(around) {
            let between_capitals =
                before != Some(false) && after != Some(false) && (before, after) != (None, None);
            let raise = match shape {
                Shape::Capital => true,
                Shape::Unsure => between_capitals,
                _ => false,
            };
            if raise {
                out.extend(word.chars().map(super::legacy::capital))
            } else {
                out.push_str(word)
            }
        }
    }
    out
}

/// For each word, whether the nearest sure word already passed is in capitals.
fn sure_neighbours<'a>(shapes: impl Iterator<Item = &'a Shape>) -> Vec<Option<bool>> {
    let mut last = None;
    shapes
        .map(|shape| {
            let seen = last;
            match shape {
                Shape::Capital => last = Some(true),
                Shape::Small => last = Some(false),
                _ => {}
            }
            seen
        })
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    None,
    Small,
    Capital,
    Unsure,
}

/// How a word is written, leaving aside the letters whose case TCVN3 cannot say.
fn shape(word: &str) -> Shape {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let toned = |c: &char| c.nfd().any(is_tone);
    let sure: Vec<&char> = letters.iter().filter(|c| !toned(c)).collect();
    let capitals = sure.iter().filter(|c| c.is_uppercase()).count();
    match (letters.len(), sure.len(), capitals) {
        (0, _, _) => Shape::None,
        (_, n, k) if k < n => Shape::Small,
        (all, n, _) if n == all && n == 1 => Shape::Unsure,
        (_, n, _) if n >= 2 => Shape::Capital,
        _ => Shape::Unsure,
    }
}
