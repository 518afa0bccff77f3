//! Dashboards: every kind of tile on paper, and one tile as a picture.

use super::papers::{Board, BoardBar, BoardPart, BoardPicture, BoardTile, Press as _, read_pieces};
use super::{lines, words};
use crate::Typesetter;

fn board(said: &str) -> Board {
    let own = || said.to_owned();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 22\"><text x=\"2\" y=\"20\">hình</text></svg>";
    let parts = vec![
        BoardPart::Figure("39,5%".into(), own()),
        BoardPart::Headline(own()),
        BoardPart::Words(own()),
        BoardPart::Aside(own()),
        BoardPart::Picture(BoardPicture {
            svg: svg.into(),
            sentence: own(),
            ratio: 64.0 / 22.0,
            widest: 300.0,
        }),
        BoardPart::Bars(vec![
            BoardBar { rank: "1".into(), label: own(), written: "90%".into(), share_bp: u32::MAX },
            BoardBar::default(),
        ]),
        BoardPart::Heat {
            headings: vec!["Đơn vị".into(), own()],
            rows: vec![(own(), vec![("5".into(), 9)]), (own(), vec![(String::new(), 0)])],
        },
        BoardPart::Boxes {
            heads: [own(), own()],
            rows: Box::new([
                (own(), [(own(), own()), (own(), own())]),
                (own(), [(own(), own()), (own(), own())]),
            ]),
        },
        BoardPart::Items(vec![(own(), own())]),
        BoardPart::Legend(vec![(5, own()), (0, "chưa có số".into())]),
    ];
    let tile = |width, parts| BoardTile { title: own(), of: own(), width, parts };
    let mut tiles: Vec<BoardTile> = parts.iter().map(|it| tile(1, vec![it.clone()])).collect();
    tiles.push(tile(4, parts));
    tiles.push(tile(0, Vec::new()));
    tiles.push(tile(200, Vec::new()));
    Board { title: own(), note: own(), tiles }
}

#[test]
fn every_kind_of_tile_stands_on_a4_on_its_side_and_words_stay_words() {
    let said = "#panic() $x$ [a] *b* @c chữ";
    let bytes = Typesetter::default().board(&board(said)).unwrap();
    let mut pages = read_pieces(&bytes).unwrap();
    for page in &mut pages {
        assert!((page.width - 841.89).abs() < 0.5 && (page.height - 595.28).abs() < 0.5);
        page.pieces = lines(std::mem::take(&mut page.pieces));
    }
    let all: String = words(&pages).split_whitespace().collect();
    let wanted: String = said.split_whitespace().collect();
    assert!(all.matches(&wanted).count() > 40, "{all}");
    assert!(all.contains("39,5%") && all.contains("hình") && all.contains("chưacósố"));
}

#[test]
fn one_tile_is_a_picture_twice_as_dense_as_the_screen() {
    let press = Typesetter::default();
    let all = board("Chữ có dấu");
    let size = |png: &[u8]| {
        assert!(png.starts_with(b"\x89PNG"));
        let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        (side(16), side(20))
    };
    let (once, _) = size(&press.tile(&all.tiles[0], 1.0).unwrap());
    let (twice, _) = size(&press.tile(&all.tiles[0], 2.0).unwrap());
    assert!(twice.abs_diff(once * 2) <= 1, "{once} {twice}");
    for tile in &all.tiles {
        size(&press.tile(tile, 2.0).unwrap());
    }
}
