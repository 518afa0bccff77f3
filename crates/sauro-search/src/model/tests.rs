use super::*;

/// Nobody.
struct Nobody;

impl Names for Nobody {
    fn codes_of(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}

/// Knows one province by its old name.
struct OneProvince;

impl Names for OneProvince {
    fn codes_of(&self, words: &str) -> Vec<String> {
        if sauro_kernel::fold(words) == "bac lieu" { vec!["UBND-96".into()] } else { Vec::new() }
    }
}

fn forms(text: &str) -> Vec<(String, String)> {
    words(text).into_iter().map(|it| (it.exact, it.folded)).collect()
}

fn text_of(pieces: &[Piece]) -> String {
    let shown = |it: &Piece| if it.is_marked { format!("[{}]", it.text) } else { it.text.clone() };
    pieces.iter().map(shown).collect()
}

#[test]
fn a_word_is_the_same_composed_or_not_and_wherever_its_tone_stands() {
    assert_eq!(forms("Hoà"), forms("hòa"));
    assert_eq!(forms("thuỷ"), forms("thủy"));
    assert_eq!(forms("chuyển đổi"), forms("chuye\u{302}\u{309}n đo\u{302}\u{309}i"));
    assert_eq!(forms("kỹ quy"), forms("kĩ qui"));
    assert_ne!(forms("đội"), forms("đổi"));
    assert_eq!(words("ĐỔI").first().map(|it| it.folded.as_str()), Some("doi"));
}

#[test]
fn words_lie_where_they_stand_and_nothing_else_is_a_word() {
    let text = "Số 57-NQ/TW: đổi mới!";
    let found: Vec<&str> =
        words(text).iter().map(|it| text.get(it.start..it.end).unwrap()).collect();
    assert_eq!(found, ["Số", "57", "NQ", "TW", "đổi", "mới"]);
    assert!(words(" …!?\u{301}").is_empty());
    assert!(words("").is_empty());
}

#[test]
fn any_text_is_read_without_a_panic_and_its_pieces_are_the_text() {
    let texts = [
        "İstanbul ﬁ ß Ⅷ",
        "\u{301}\u{301}a\u{0}\u{fffd}",
        "🇻🇳 việt nam 🇻🇳",
        "ａｂｃ １２３",
        &"ấ".repeat(5_000),
    ];
    for text in texts {
        let sought: Vec<String> = words(text).into_iter().map(|it| it.folded).collect();
        let whole: String = marked(text, &sought).into_iter().map(|it| it.text).collect();
        assert_eq!(whole, *text);
        passage(text, &sought);
        Sought::read(text, &Nobody);
    }
}

#[test]
fn a_passage_shows_where_most_of_the_words_stand() {
    let far = "từ ".repeat(80);
    let text = format!("Số hóa. {far}Chuyển đổi số ở xã. {far}");
    let sought = vec!["chuyen".to_owned(), "doi".to_owned(), "so".to_owned()];
    let shown = text_of(&passage(&text, &sought));
    assert!(shown.contains("[Chuyển] [đổi] [số] ở xã"), "{shown}");
    assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
    assert_eq!(text_of(&passage("Không có gì", &sought)), "Không có gì");
}

#[test]
fn abbreviations_and_names_say_what_they_stand_for() {
    let sought = Sought::read("CĐS Bạc Liêu", &OneProvince);
    let others: Vec<&[Other]> = sought.units.iter().map(|it| it.others.as_slice()).collect();
    let long = Other::Words(["chuyen", "doi", "so"].map(String::from).to_vec());
    assert_eq!(others, [&[long][..], &[Other::Agency("UBND-96".into())][..]]);
    let n_others = |typed: &str| -> Vec<usize> {
        Sought::read(typed, &Nobody).units.iter().map(|it| it.others.len()).collect()
    };
    assert_eq!(n_others("ai làm"), [0, 0], "a word of its own unless in capitals");
    assert_eq!(n_others("AI"), [1]);
}

#[test]
fn quotation_marks_keep_words_together() {
    let sought = Sought::read("“dịch vụ công” ở xã \"một", &Nobody);
    let units: Vec<(usize, bool)> =
        sought.units.iter().map(|it| (it.words.len(), it.is_quoted)).collect();
    assert_eq!(units, [(3, true), (1, false), (1, false), (1, true)]);
}

#[test]
fn what_looks_like_somebody_is_told_from_words() {
    for typed in
        ["0912 345 678", "0912.345.678", "an@xa.vn", "cccd 001 199 000 123", "+84 912345678"]
    {
        assert!(looks_personal(typed), "{typed}");
    }
    for typed in ["nghị quyết 57", "71/NQ-CP 2025", "ngày 22/12/2024", "xã 24.120 dân"] {
        assert!(!looks_personal(typed), "{typed}");
    }
}

#[test]
fn a_key_is_read_as_it_was_written() {
    let key = DocKey::new(Kind::Task, "a/b");
    assert_eq!(key.to_string().parse::<DocKey>(), Ok(key));
    assert!("gi-do/1".parse::<DocKey>().is_err());
    assert!("".parse::<DocKey>().is_err());
}
