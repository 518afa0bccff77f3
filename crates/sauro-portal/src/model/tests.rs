use sauro_kernel::PortalItemId;
use uuid::Uuid;

use super::*;

mod matrix;

#[test]
fn an_address_is_made_of_every_vietnamese_letter() {
    let letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ";
    let plain = "aaaaaaaaaaaaaaaaaaeeeeeeeeeeeeiiiiiioooooooooooooooooouuuuuuuuuuuuyyyyyyd";
    for (letter, expected) in letters.chars().zip(plain.chars()) {
        let expected = expected.to_string();
        assert_eq!(slug_of(&letter.to_string()).unwrap(), expected, "{letter}");
        let upper: String = letter.to_uppercase().collect();
        assert_eq!(slug_of(&upper).unwrap(), expected, "{upper}");
        // The same letter as people's machines may write it: base and marks apart.
        assert_eq!(slug_of(&format!("x{letter}x")).unwrap(), format!("x{expected}x"));
    }
    assert_eq!(
        slug_of("Quyết định 15/QĐ-BNV, ngày 1-2"),
        Some("quyet-dinh-15-qd-bnv-ngay-1-2".to_owned())
    );
    assert_eq!(slug_of("e\u{302}\u{301}"), Some("e".to_owned()));
    assert_eq!(slug_of(" – !? 漢 "), None);
    assert_eq!(slug_of("Tất cả"), Some("tat-ca-1".to_owned()), "a page has that word");
    let long = slug_of(&"đường ".repeat(60)).unwrap();
    assert!(long.len() <= 90 && long.ends_with("duong"), "cut between words: {long}");
    assert!(slug_of(&"a".repeat(500)).unwrap().len() <= 90);
    assert_eq!(numbered("tin", 3), "tin-3");
}

// I83
#[test]
fn script_and_style_in_what_is_pasted_become_nothing_and_words_become_blocks() {
    let pasted = r#"<html><head><style>p{color:red}</style><title>x</title></head><body>
        <script>alert(1)</script><p onclick="evil()">Đoạn <b>đậm</b> và <i>nghiêng</i>
        <a href="javascript:alert(1)">bẫy</a> <a href="https://dcs.vn/a">trang Đảng</a>.</p>
        <svg><script>alert(2)</script><text>ẩn</text></svg>
        <h1>Mục</h1><ul><li>một</li><li>hai <ul><li>ba</li></ul></li></ul>
        <table><tr><th>Tỉnh</th><th>Số</th></tr><tr><td>Cà Mau</td><td>12</td></tr></table>
        <iframe src="https://xau.example"></iframe><p>Hết &lt;script&gt;</p></body></html>"#;
    let blocks = blocks_of_paste(pasted);
    let words: String = blocks.iter().map(|it| it.words() + "\n").collect();
    for bad in ["alert", "color", "evil", "ẩn", "javascript", "xau.example"] {
        assert!(!words.contains(bad), "{bad} in {words}");
    }
    let Some(Block::Paragraph { spans }) = blocks.first() else { panic!("{blocks:?}") };
    let bold: Vec<&str> = spans.iter().filter(|it| it.is_bold).map(|it| it.text.as_str()).collect();
    assert_eq!(bold, ["đậm"]);
    let links: Vec<&str> =
        spans.iter().filter(|it| !it.href.is_empty()).map(|it| it.href.as_str()).collect();
    assert_eq!(links, ["https://dcs.vn/a"], "a link that runs something leads nowhere");
    assert!(matches!(&blocks[1], Block::Heading { level: 2, text } if text == "Mục"));
    assert!(matches!(&blocks[2], Block::List { items, is_ordered: false } if items.len() == 3));
    assert!(
        matches!(&blocks[3], Block::Table { head, rows, .. } if head.len() == 2 && rows.len() == 1)
    );
    assert_eq!(blocks.last().unwrap().words(), "Hết <script>", "words stay words");
    for odd in ["<p>a<b>b<p>c", "<table>x<td>y", "</li></ul>z<li>w", "<script>never closed"] {
        let _ = blocks_of_html(odd);
    }
}

#[test]
fn markdown_becomes_the_same_blocks_and_html_in_it_stays_words() {
    let text = "# Một\n\nĐoạn **đậm** có [nguồn](https://a.vn).\n\n- x\n- y\n\n> lời\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n<b onclick=x>";
    let blocks = blocks_of_markdown(text);
    let kinds: Vec<String> = blocks.iter().map(|it| BlockFields::of(it).kind).collect();
    assert_eq!(kinds, ["tieu-de", "doan", "danh-sach", "trich-dan", "bang", "doan"]);
    assert_eq!(blocks[5].words(), "<b onclick=x>");
}

#[test]
fn what_is_typed_with_signs_is_read_and_written_the_same() {
    for text in [
        "thường",
        "**đậm** rồi *nghiêng* rồi ***cả hai***",
        "[Nghị quyết 57](https://a.vn/x?y=1&z=2) và [trang](/ket-qua)",
        "**[đậm dẫn](#a)**",
        "2 \\* 3 \\[không\\] \\\\",
    ] {
        let spans = spans_of(text);
        assert_eq!(spans_of(&typed(&spans)), spans, "{text}");
    }
    for (text, words) in [
        ("a * b", "a * b"),
        ("[bẫy](javascript:alert(1))", "[bẫy](javascript:alert(1))"),
        ("[bẫy](//xau.example)", "[bẫy](//xau.example)"),
        ("**chưa đóng", "**chưa đóng"),
    ] {
        assert_eq!(words_of(&spans_of(text)), words);
        assert!(spans_of(text).iter().all(|it| it.href.is_empty() && !it.is_bold));
    }
    let many = "[".repeat(5_000) + &"*".repeat(5_000);
    assert_eq!(words_of(&spans_of(&many)).len(), many.len(), "nothing to read, and no end of it");
}

fn fields(blocks: Vec<BlockFields>) -> Fields {
    Fields {
        title: "Tiêu đề".to_owned(),
        summary: "Tóm tắt.".to_owned(),
        blocks,
        ..Fields::default()
    }
}

fn block(kind: &str, text: &str) -> BlockFields {
    BlockFields { text: text.to_owned(), ..BlockFields::of_kind(kind) }
}

#[test]
fn an_article_of_more_than_ten_thousand_blocks_is_refused_in_words() {
    let many = fields(vec![block("doan", "x"); 10_001]);
    let faults = many.read(Kind::Article).unwrap_err();
    assert!(
        faults[0].1.contains("10001 khối") && faults[0].1.contains("10000 khối."),
        "{faults:?}"
    );
    let long = fields(vec![block("doan", &"x".repeat(19_000)); 53]);
    assert!(long.read(Kind::Article).unwrap_err()[0].1.contains("1000000 ký tự"));
    let wide = fields(vec![block("doan", &"x".repeat(20_001))]);
    assert!(wide.read(Kind::Article).unwrap_err()[0].1.contains("20000 ký tự"));
    assert_eq!(
        fields(vec![block("doan", "x"); 10_000]).read(Kind::Article).unwrap().blocks.len(),
        10_000
    );
}

#[test]
fn a_form_is_read_back_as_it_was_and_every_fault_is_told_at_once() {
    let sound = fields(vec![
        block("tieu-de", "Phần một"),
        block("doan", "Một **đoạn**.\n\nĐoạn nữa."),
        BlockFields { more: "so".to_owned(), ..block("danh-sach", "- a\n- b") },
        BlockFields { more: "Ai đó".to_owned(), ..block("trich-dan", "Lời") },
        block("bang", "Tỉnh | Số\nCà Mau | 1 \\| 2\nHà Nội"),
        BlockFields { more: "qua-han".to_owned(), ..block("so-lieu", "quá hạn") },
        block("doan", "  "),
    ]);
    let content = sound.read(Kind::Article).unwrap();
    assert_eq!(content.blocks.len(), 7, "two paragraphs of one block, and none of the empty one");
    assert_eq!(Fields::of(&content).read(Kind::Article).unwrap(), content);
    let Block::Table { rows, .. } = &content.blocks[5] else { panic!("{content:?}") };
    assert_eq!(rows[0][1], "1 | 2");
    assert_eq!(rows[1], ["Hà Nội", ""]);
    let faulty = Fields {
        title: " ".to_owned(),
        blocks: vec![block("bang", "một hàng"), block("anh", "ảnh"), block("la", "x")],
        ..Fields::default()
    };
    let faults = faulty.read(Kind::Document).unwrap_err();
    let named: Vec<&str> = faults.iter().map(|it| it.0.as_str()).collect();
    for field in [
        "tieu-de",
        "so",
        "loai-van-ban",
        "noi-ban-hanh",
        "ngay-ban-hanh",
        "khoi-1",
        "khoi-2",
        "khoi-3",
    ] {
        assert!(named.contains(&field), "{field} in {named:?}");
    }
    let details = DetailFields {
        opens_on: "2026-12-02".to_owned(),
        closes_on: "2026-12-01".to_owned(),
        ..DetailFields::default()
    };
    let faults = Fields { details, ..fields(Vec::new()) }.read(Kind::Consultation).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
}

#[test]
fn the_editor_asks_for_what_readers_need() {
    let said = |blocks: Vec<BlockFields>| -> Vec<(usize, bool)> {
        fields(blocks).remarks().iter().map(|it| (it.block, it.is_grave)).collect()
    };
    assert_eq!(said(Vec::new()), [(0, true)]);
    let third = BlockFields { more: "3".to_owned(), ..block("tieu-de", "Mục") };
    assert_eq!(
        said(vec![block("doan", ""), third.clone()]),
        [(2, true)],
        "at its place in the form"
    );
    assert_eq!(said(vec![block("tieu-de", "Phần"), third]), []);
    let picture = |alt: &str| BlockFields { file: Uuid::nil().to_string(), ..block("anh", alt) };
    assert_eq!(said(vec![picture("")]), [(1, true)]);
    assert_eq!(said(vec![picture("IMG_01.JPG")]), [(1, true)]);
    assert_eq!(said(vec![picture("Cầu Năm Căn lúc sáng sớm")]), []);
    assert_eq!(said(vec![block("doan", "Xem [tại đây](/ket-qua).")]), [(1, true)]);
    assert_eq!(said(vec![block("doan", "Xem [kết quả thực hiện](/ket-qua).")]), []);
    let long = "một hai ba bốn năm ".repeat(12);
    assert_eq!(said(vec![block("doan", &long)]), [(1, false)], "advice holds nothing up");
}

#[test]
fn two_versions_are_told_apart_block_by_block() {
    let lines = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let rows = compared(&lines(&["a", "b", "c", "d"]), &lines(&["a", "c", "x", "d"]));
    let of = |it: &str| it.to_owned();
    assert_eq!(
        rows,
        [
            Row::Same(of("a")),
            Row::Gone(of("b")),
            Row::Same(of("c")),
            Row::Come(of("x")),
            Row::Same(of("d"))
        ]
    );
    assert_eq!(compared(&[], &[]), []);
    let (old, new) = (vec![of("x"); 1_200], vec![of("y"); 1_200]);
    assert_eq!(compared(&old, &new).len(), 2_400, "whatever the length, there is an answer");
}

#[test]
fn a_preview_opens_by_the_signature_of_its_own_words_alone() {
    use ring::signature::{Ed25519KeyPair, KeyPair};
    let key = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    let other = Ed25519KeyPair::from_seed_unchecked(&[8; 32]).unwrap();
    let public = key.public_key().as_ref();
    let preview = Preview { item: PortalItemId(Uuid::from_u128(5)), n: 3, until: 1_000 };
    let token = preview.token(key.sign(preview.words().as_bytes()).as_ref());
    assert_eq!(Preview::of_token(&token, public), Some(preview));
    assert_eq!(Preview::of_token(&token, other.public_key().as_ref()), None);
    for forged in [
        token.replacen(".3.", ".4.", 1),
        token.replacen(".1000.", ".9999.", 1),
        format!("{token}.x"),
        "...".to_owned(),
        String::new(),
    ] {
        assert_eq!(Preview::of_token(&forged, public), None, "{forged}");
    }
}
