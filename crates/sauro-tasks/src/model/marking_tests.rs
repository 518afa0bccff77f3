use super::*;

fn plain(paragraphs: &[Paragraph]) -> String {
    let lines = paragraphs.iter().map(|runs| {
        runs.iter().flat_map(|run| run.pieces.iter()).map(|it| it.text.as_str()).collect::<String>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn mark(start: usize, end: usize, clarity: usize) -> Mark {
    Mark { start, end, clarity }
}

#[test]
fn marks_count_code_points_not_bytes_and_keep_every_letter() {
    let text = "Bộ 𝄞 Công an\r\nlàm sạch dữ liệu 😀 xong";
    let cut =
        marked(text, &[mark(3, 4, 1), mark(14, 22, 2)], &[Origin { start: 0, end: 999, draft: 1 }]);
    assert_eq!(plain(&cut), text.replace('\r', ""));
    assert_eq!(cut[0][0].pieces[1], Piece { text: "𝄞".into(), clarity: 1, is_last: true });
    assert_eq!(cut[1][0].pieces[0], Piece { text: "làm sạch".into(), clarity: 2, is_last: true });
    assert_eq!(
        (cut[0][0].begins.as_slice(), cut[0][0].ends.as_slice()),
        ([1].as_slice(), [].as_slice())
    );
    assert_eq!(cut[1][0].ends, [1]);
}

#[test]
fn of_overlapping_marks_the_shortest_wins() {
    let cut = marked("abcdefgh", &[mark(0, 6, 2), mark(2, 4, 5), mark(3, 8, 3)], &[]);
    let seen: Vec<_> = cut[0][0].pieces.iter().map(|it| (it.text.as_str(), it.clarity)).collect();
    assert_eq!(seen, [("ab", 2), ("c", 5), ("d", 5), ("ef", 3), ("gh", 3)]);
}

#[test]
fn empty_reversed_and_endless_stretches_do_no_harm() {
    let marks = [mark(2, 2, 1), mark(5, 3, 2), mark(90, 99, 3), mark(0, usize::MAX, 4)];
    let cut = marked("ab\n\ncd", &marks, &[Origin { start: 4, end: 2, draft: 7 }]);
    assert_eq!(plain(&cut), "ab\n\ncd");
    assert!(cut[1].is_empty());
    assert!(cut.iter().flatten().all(|run| run.drafts.is_empty()));
    assert!(marked("", &marks, &[]).iter().all(Vec::is_empty));
}

#[test]
fn drafts_that_overlap_share_a_run() {
    let origins = [Origin { start: 0, end: 4, draft: 1 }, Origin { start: 2, end: 6, draft: 2 }];
    let cut = marked("abcdef", &[], &origins);
    let seen: Vec<_> = cut[0]
        .iter()
        .map(|run| (run.drafts.clone(), run.begins.clone(), run.ends.clone()))
        .collect();
    assert_eq!(
        seen,
        [(vec![1], vec![1], vec![]), (vec![1, 2], vec![2], vec![1]), (vec![2], vec![], vec![2])]
    );
}

#[test]
fn words_are_found_whatever_their_case_and_line_breaks() {
    let text: Vec<char> = "Giao BỘ  Công\nan chủ trì, Bộ Công an".chars().collect();
    assert_eq!(place_of(&text, 0, 40, "Bộ Công an"), Some((5, 16)));
    assert_eq!(place_of(&text, 10, 99, "bộ công an"), Some((26, 36)));
    assert_eq!(place_of(&text, 0, 40, "Bộ Tư pháp"), None);
    assert_eq!(place_of(&text, 50, 20, "Bộ"), None);
}
