use std::collections::BTreeMap;

use sauro_initiatives::model::{as_written, likest, pairs_of, rarest};
use uuid::Uuid;

const LABELLED: &str = include_str!("../golden/matching.tsv");

/// Lines of `kind`: number and words.
fn lines(kind: &str) -> Vec<(u128, Vec<String>)> {
    let line = |it: &str| {
        let mut cells = it.split('\t');
        let number = (cells.next()? == kind).then(|| cells.next())??;
        let text = cells.next()?;
        Some((number.parse().unwrap(), pairs_of(&[text])))
    };
    LABELLED.lines().filter_map(line).collect()
}

#[test]
fn of_the_labelled_problems_nearly_all_find_their_initiative_among_the_first_ten() {
    let initiatives = lines("S");
    let mut index: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
    for (n, (number, words)) in (1_000..).zip(&initiatives) {
        // Those that answer nothing are told apart by their line.
        let id = Uuid::from_u128(if *number == 0 { n } else { *number });
        for word in words {
            index.entry(word.clone()).or_default().push(id);
        }
    }
    let problems = lines("B");
    assert_eq!((problems.len(), initiatives.len()), (16, 28));
    let (mut found, mut wrong) = (0, Vec::new());
    for (number, words) in &problems {
        let count = |it: &String| index.get(it).map_or(0, |ids| ids.len() as i64);
        let counts = words.iter().map(|it| (it.clone(), count(it))).collect();
        let rare = rarest(words, counts, 500);
        let hits = rare.iter().flat_map(|it| index[&it.0].iter().map(|id| (it.0.clone(), *id)));
        let like = likest(&rare, hits.collect());
        let own = Uuid::from_u128(*number);
        found += usize::from(like.iter().take(10).any(|it| it.id == own));
        wrong.extend(like.into_iter().filter(|it| it.is_close() && it.id != own));
    }
    assert!(found * 100 >= problems.len() * 85, "{found} of {}", problems.len());
    assert!(wrong.is_empty(), "nobody is told of what does not fit: {wrong:?}");
}

#[test]
fn shared_words_are_said_as_the_reader_spells_them_and_common_words_say_nothing() {
    let text = "Đo ĐỘ MẶN ở cửa cống; độ mặn vượt ngưỡng";
    let words = pairs_of(&[text, "độ mặn"]);
    assert_eq!(words, ["do do", "do man", "cua cong", "man vuot", "vuot nguong"]);
    assert_eq!(as_written(text, &["do man".to_owned(), "khac la".to_owned()]), ["độ mặn"]);
    assert!(pairs_of(&["và của những người được", "12 34"]).is_empty());
    assert!(pairs_of(&[&"một hai ba bốn năm sáu ".repeat(4_000)]).len() <= 40);
}
