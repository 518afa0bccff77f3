use crate::model::{Field, Legal, agencies_of, fields_of, legal_of, words_of};

fn field(code: &str, words: &str) -> Field {
    Field {
        code: code.to_owned(),
        name: code.to_owned(),
        words: words.split(';').map(str::to_owned).collect(),
        agency_code: String::new(),
        allows_anonymous: false,
    }
}

#[test]
fn a_field_is_suggested_by_its_words_with_and_without_marks() {
    let fields = [field("moi-truong", "rac thai;o nhiem"), field("ho-tich", "khai sinh;can cuoc")];
    for text in ["Xe rác thải đổ trộm gây ô nhiễm", "xe rac thai do trom gay o nhiem"] {
        let guesses = fields_of(text, &fields, &[]);
        assert_eq!(guesses.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(), ["moi-truong"]);
        assert_eq!(guesses[0].because, ["o nhiem", "rac thai"]);
    }
}

#[test]
fn what_past_cases_taught_counts_and_a_word_that_leads_everywhere_does_not() {
    let learned: Vec<(String, String, i64)> = [
        ("khai sinh", "UBND-1", 40),
        ("mot cua", "UBND-1", 50),
        ("mot cua", "UBND-2", 50),
        ("mot cua", "UBND-3", 50),
        ("den duong", "UBND-2", 2),
    ]
    .map(|(word, target, n)| (word.to_owned(), target.to_owned(), n))
    .to_vec();
    let guesses = agencies_of(&learned);
    assert_eq!(guesses[0].code, "UBND-1");
    assert_eq!(guesses[0].because[0], "khai sinh");
    assert_eq!(guesses.len(), 3);
}

#[test]
fn words_are_pairs_without_the_common_ones_and_few_enough() {
    assert_eq!(words_of("Rác thải và ô nhiễm"), ["rac thai", "o nhiem"].map(str::to_owned)[..1]);
    assert!(words_of(&"chuyển đổi số quốc gia ".repeat(4000)).len() <= 60);
    assert!(words_of("💧 12 34").is_empty());
}

#[test]
fn complaints_and_denunciations_are_recognised() {
    assert_eq!(legal_of("Đơn tố cáo cán bộ nhận hối lộ"), Legal::Denunciation);
    assert_eq!(legal_of("Tôi khiếu nại Quyết định xử phạt số 15"), Legal::Complaint);
    assert_eq!(legal_of("Đèn đường hỏng từ tháng 9"), Legal::None);
}
