//! Text from people in every place stays text: the typesetter evaluates none of it.

use super::papers::{
    Bar, Block, Chart, CoursePoint, Drawn, Layout, OfficialPaper, PaperRow, ShareBar, Signing,
};
use super::{printed, sample, words};

/// What would do something if it were read as a program, as markup or as a path.
const HOSTILE: &str =
    "#panic() $x^2$ \\u{41} [a] *b* _c_ `d` <e> @f ~ // g /* h */ = i \"k\" 'l' #import \"/m\"";

fn everywhere(text: &str) -> OfficialPaper {
    let own = || text.to_owned();
    let mut paper = sample();
    let head = &mut paper.head;
    for field in [
        &mut head.superior,
        &mut head.issuer,
        &mut head.kind_code,
        &mut head.issuer_code,
        &mut head.place,
        &mut head.kind,
        &mut head.subject,
        &mut paper.addressee,
        &mut paper.signer.title,
        &mut paper.signer.name,
    ] {
        text.clone_into(field);
    }
    paper.signer.signing = Signing::Collective(own());
    paper.recipients = vec![own(), own()];
    let bars = vec![ShareBar { label: own(), share_bp: u32::MAX, written: own() }];
    let points = [f64::NAN, f64::INFINITY, -1e300, 5.0].map(|amount| CoursePoint {
        label: own(),
        amount,
        written: own(),
    });
    let chart = |drawn| Block::Chart(Chart { caption: own(), sentence: own(), drawn });
    paper.body = vec![
        Block::Section(own()),
        Block::Item(own()),
        Block::Point(own()),
        Block::Paragraph(own()),
        Block::Bars(vec![Bar { label: own(), count: u64::MAX, written: own() }]),
        chart(Drawn::Shares { bars, target: Some((u32::MAX, own())) }),
        chart(Drawn::Course { points: points.to_vec(), target: Some((f64::NAN, own())) }),
        chart(Drawn::Course { points: Vec::new(), target: None }),
    ];
    for annex in &mut paper.annexes {
        annex.title = own();
        annex.note = own();
        annex.table.columns[1].heading = own();
        annex.table.rows.push(PaperRow::Group(own()));
        // Too few cells and too many.
        annex.table.rows.push(PaperRow::Cells(vec![own()]));
        annex.table.rows.push(PaperRow::Cells(vec![own(); 9]));
    }
    paper
}

#[test]
fn markup_in_any_field_stays_text() {
    for layout in Layout::ALL {
        let (_, pages) = printed(&everywhere(HOSTILE), layout);
        let said: String = words(&pages).split_whitespace().collect();
        let wanted: String = HOSTILE.split_whitespace().collect();
        // Places to break in words too long for their cell are no letters.
        let n = said.replace('\u{200b}', "").matches(&wanted).count();
        assert!(n >= 8, "{n} times in {said}");
    }
}

#[test]
fn letters_that_no_face_has_and_marks_that_turn_reading_do_no_harm() {
    let text = "Duyệt \u{202e}gnôhk\u{202c} 🇻🇳 漢字 \u{0}\u{1b}[0m\u{feff} Tie\u{302}\u{301}ng\nhai dòng\u{2028}ba";
    for layout in Layout::ALL {
        let (_, pages) = printed(&everywhere(text), layout);
        let said = words(&pages);
        assert!(said.contains("Duyệt gnôhk") && said.contains("Tiếng"), "{said}");
    }
    printed(&everywhere(""), Layout::State);
    printed(&OfficialPaper::default(), Layout::Party);
}

#[test]
fn a_cell_longer_than_a_page_goes_on_and_a_word_wider_than_its_cell_stays_within() {
    let mut paper = sample();
    let long = "Một ô rất dài mà ai đó dán vào. ".repeat(1_500);
    let word = "dài".repeat(300);
    paper.annexes[0].table.rows.push(PaperRow::Cells(vec![word.clone(), long, word]));
    let (_, pages) = printed(&paper, Layout::State);
    assert!(words(&pages).matches("ai đó dán vào").count() > 1_200);
    for page in &pages {
        for it in &page.pieces {
            assert!(it.left > 80.0 && it.right < page.width - 40.0, "{it:?}");
            assert!(it.base > 50.0, "{it:?}");
        }
    }
}
