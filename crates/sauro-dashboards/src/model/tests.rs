use super::*;

fn typed(kind: &str) -> TileFields {
    TileFields { kind: kind.to_owned(), ..TileFields::default() }
}

fn faults(fields: &TileFields) -> Vec<&'static str> {
    Tile::read(fields).expect_err("it has faults").into_iter().map(|it| it.0).collect()
}

#[test]
fn every_fault_of_a_tile_is_named_at_once_with_a_sentence() {
    assert_eq!(faults(&typed("bieu-do-tron")), ["loai"]);
    let mut wrong = typed("xep-hang");
    wrong.width = "5".to_owned();
    wrong.count = "không".to_owned();
    assert_eq!(faults(&wrong), ["rong", "chi-so", "so-dong", "noi"]);
    assert_eq!(faults(&typed("loi")), ["loi"]);
    let mut twice = typed("bang-nhiet");
    twice.place = "VN".to_owned();
    twice.indicators = vec!["A".to_owned(), "A".to_owned()];
    assert_eq!(faults(&twice), ["chi-so"]);
    twice.indicators = ["A", "B", "C", "D", "E"].map(str::to_owned).to_vec();
    assert_eq!(faults(&twice), ["chi-so"]);
}

#[test]
fn a_tile_comes_back_from_its_fields_and_from_what_is_stored() {
    let place = || "UBND-96".to_owned();
    let a = || "A".to_owned();
    let specs = [
        Spec::Number { indicator: a(), place: place() },
        Spec::Way { indicator: a(), place: place(), periods: 36 },
        Spec::Ranking { indicator: a(), place: place(), most: 50 },
        Spec::Map { indicator: None },
        Spec::Map { indicator: Some(a()) },
        Spec::Heat { indicators: vec![a(), "B".to_owned()], place: place() },
        Spec::Four { place: place() },
        Spec::Late { place: place(), most: 30 },
        Spec::Text { text: "Hai dòng.\nDòng sau.".to_owned() },
    ];
    for spec in specs {
        let tile = Tile::of(spec);
        assert!(tile.is_sound(), "{tile:?}");
        let stored = serde_json::to_string(&tile).expect("it can be written");
        assert_eq!(serde_json::from_str::<Tile>(&stored).expect("it can be read"), tile);
    }
    let huge = Tile { width: 9, spec: Spec::Four { place: place() } };
    assert!(!huge.is_sound());
}

#[test]
fn tiles_move_one_step_at_a_time_and_never_over_the_edge() {
    let tile = |text: &str| Tile::of(Spec::Text { text: text.to_owned() });
    let mut tiles = vec![tile("a"), tile("b"), tile("c")];
    let order = |tiles: &[Tile]| tiles.iter().map(|it| it.fields().text).collect::<String>();
    assert!(Step::Later.take(&mut tiles, 0));
    assert_eq!(order(&tiles), "bac");
    assert!(Step::Later.take(&mut tiles, 2));
    assert!(Step::Earlier.take(&mut tiles, 0));
    assert_eq!(order(&tiles), "bac");
    for _ in 0..9 {
        Step::Wider.take(&mut tiles, 1);
    }
    assert_eq!(tiles[1].width, 4);
    for _ in 0..9 {
        Step::Narrower.take(&mut tiles, 1);
    }
    assert_eq!(tiles[1].width, 1);
    assert!(Step::Remove.take(&mut tiles, 1));
    assert_eq!(order(&tiles), "bc");
    assert!(!Step::Remove.take(&mut tiles, 2), "there is no such tile");
}

#[test]
fn equal_figures_share_rank_and_class_and_a_missing_one_has_neither() {
    let line =
        |name: &str, amount: Option<f64>| Line { name: name.to_owned(), amount, ..Line::default() };
    let lines = vec![
        line("a", Some(10.0)),
        line("b", None),
        line("c", Some(30.0)),
        line("d", Some(30.0)),
        line("e", Some(0.0)),
    ];
    let of = |is_less| {
        let ranked = Ranked::by_amount(lines.clone(), is_less, &|it| it.to_string());
        let told = |it: &Line| format!("{}{:?}{:?}", it.name, it.rank, it.class);
        ranked.lines.iter().map(told).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        of(false),
        "cSome(1)Some(5) dSome(1)Some(5) aSome(3)Some(3) eSome(4)Some(2) bNoneNone"
    );
    assert_eq!(
        of(true),
        "eSome(1)Some(5) aSome(2)Some(4) cSome(3)Some(3) dSome(3)Some(3) bNoneNone"
    );
}

#[test]
fn built_in_dashboards_are_named_in_addresses_and_hold_sound_tiles() {
    let known = |code: &str, has_figures| Known {
        code: code.to_owned(),
        name: format!("Chỉ số {code}"),
        owner: "BKHCN".to_owned(),
        has_figures,
    };
    let ground = Ground {
        indicators: vec![
            known("A", vec![Rung::Nation, Rung::Province]),
            known("B", vec![Rung::Commune]),
            known("C", vec![]),
        ],
        places: Vec::new(),
    };
    for name in ["ca-nuoc", "bo.BKHCN", "tinh.UBND-96", "xa.UBND-32191", "nhom.BKHCN"] {
        let built_in = BuiltIn::of_name(name).expect(name);
        assert_eq!(built_in.name(), name);
        let tiles = built_in.tiles(&ground);
        assert!(!tiles.is_empty() && tiles.len() <= MOST_TILES, "{name}");
        assert!(tiles.iter().all(Tile::is_sound), "{name}");
        let shown: Vec<&str> = tiles.iter().flat_map(|it| it.spec.indicators()).collect();
        assert!(!shown.contains(&"C"), "what has no figure is not shown: {name}");
    }
    for name in ["", "ca-nuoc.", "tinh.", "huyen.1"] {
        assert_eq!(BuiltIn::of_name(name), None, "{name}");
    }
}
