use super::line::{Ring, thinned};
use super::{MapError, Maps, Topology, archipelagos};

/// Two neighbours, west and east of a common border, told in quantized steps.
fn neighbours(codes: [&str; 2]) -> String {
    format!(
        r#"{{"type":"Topology","transform":{{"scale":[0.01,0.01],"translate":[105,20]}},
        "arcs":[[[100,0],[0,50],[0,50]],[[100,100],[-100,0],[0,-100],[100,0]],[[100,0],[100,0],[0,100],[-100,0]]],
        "objects":{{"x":{{"type":"GeometryCollection","geometries":[
            {{"type":"Polygon","arcs":[[0,1]],"id":"{}","properties":{{"p":"01","n":"Tây"}}}},
            {{"type":"MultiPolygon","arcs":[[[2,-1]]],"id":"{}","properties":{{"p":"01","n":"Đông"}}}}]}}}}}}"#,
        codes[0], codes[1]
    )
}

#[test]
fn neighbours_share_their_border_to_the_unit() {
    let topology = Topology::read(neighbours(["00001", "00002"]).as_bytes()).unwrap();
    assert!(topology.is_of_communes());
    let maps = Maps::new(None, Some(&topology), |_| None).unwrap();
    let sheet = maps.province("01").unwrap();
    let paths: Vec<&str> = sheet.outlines.iter().map(|it| it.path.as_str()).collect();
    // The border has lost the point in its middle, on both sides.
    let (wide, high) = (sheet.width, sheet.height);
    assert_eq!(wide, 900);
    let half = wide / 2;
    assert_eq!(paths[0], format!("M{half} {high}l0-{high}-{half} 0 0 {high}z"));
    assert_eq!(paths[1], format!("M{half} {high}l{half} 0 0-{high}-{half} 0z"));
    assert_eq!(sheet.outlines[0].name, "Tây");
}

#[test]
fn a_commune_belongs_where_the_catalogue_says_before_the_file() {
    let topology = Topology::read(neighbours(["00001", "00002"]).as_bytes()).unwrap();
    let of = |code: &str| (code == "00002").then(|| "22".to_owned());
    let maps = Maps::new(None, Some(&topology), of).unwrap();
    assert_eq!(maps.province("01").unwrap().outlines.len(), 1);
    assert_eq!(maps.province("22").unwrap().outlines[0].code, "00002");
    assert!(maps.province("96").is_none());
}

#[test]
fn the_shipped_map_draws_34_provinces_and_has_room_for_both_archipelagos() {
    let maps = Maps::new(None, None, |_| None).unwrap();
    let nation = maps.nation().unwrap();
    assert!(!maps.is_imported());
    assert_eq!(nation.outlines.len(), 34);
    let bytes: usize = nation.outlines.iter().map(|it| it.path.len()).sum();
    assert!((3_000..9_000).contains(&bytes), "{bytes}");
    assert_eq!(archipelagos().len(), 2);
    for it in archipelagos() {
        assert!(nation.outlines.iter().any(|province| province.code == it.province));
        for (name, lon, lat) in &it.islands {
            let (x, y) = nation.spot(*lon, *lat);
            let is_inside = (0..=nation.width).contains(&x) && (0..=nation.height).contains(&y);
            assert!(is_inside, "{name} at {x}, {y}");
        }
    }
    // The north is at the top and the west at the left.
    let middle = |code: &str| nation.outlines.iter().find(|it| it.code == code).unwrap().middle;
    assert!(middle("01").1 < middle("96").1);
    assert!(middle("11").0 < middle("22").0);
}

#[test]
fn a_unit_far_out_at_sea_stands_aside_and_the_archipelagos_always_do() {
    let far = neighbours(["00001", "00002"]).replace("\"id\":\"00002\"", "\"id\":\"20333\"");
    let maps = Maps::new(None, Some(&Topology::read(far.as_bytes()).unwrap()), |_| None).unwrap();
    let sheet = maps.province("01").unwrap();
    assert_eq!(sheet.outlines.len(), 1);
    assert_eq!(sheet.aside[0].code, "20333");
}

#[test]
fn a_place_is_found_in_its_commune_or_at_least_in_its_province() {
    let maps = Maps::new(None, None, |_| None).unwrap();
    // Hà Nội, Cà Mau, the open sea, and what is no place.
    assert_eq!(maps.unit_at(105.85, 21.03), Some("01"));
    assert_eq!(maps.unit_at(105.05, 9.1), Some("96"));
    assert_eq!(maps.unit_at(112.0, 12.0), None);
    assert_eq!(maps.unit_at(f64::NAN, 21.0), None);
    let topology = Topology::read(neighbours(["00001", "00002"]).as_bytes()).unwrap();
    let maps = Maps::new(None, Some(&topology), |_| None).unwrap();
    assert_eq!(maps.unit_at(105.5, 20.5), Some("00001"));
    assert_eq!(maps.unit_at(106.5, 20.5), Some("00002"));
    // What is read off the drawing leads back to where it is.
    let sheet = maps.province("01").unwrap();
    let [lon, lat, right, down] = sheet.degrees();
    let (x, y) = sheet.spot(105.5, 20.5);
    assert!((lon + x as f64 * right - 105.5).abs() < 0.01);
    assert!((lat + y as f64 * down - 20.5).abs() < 0.01);
}

#[test]
fn a_line_keeps_its_ends_and_what_stands_out() {
    let line = [(0.0, 0.0), (1.0, 0.1), (2.0, 5.0), (3.0, 0.1), (4.0, 0.0)];
    let kept = thinned(&line, 2.9);
    assert_eq!(kept, [(0.0, 0.0), (2.0, 5.0), (4.0, 0.0)]);
    assert_eq!(thinned(&line[..1], 1.0), line[..1]);
    assert!(thinned(&[], 1.0).is_empty());
}

#[test]
fn a_part_of_which_nothing_is_left_is_a_small_box() {
    let mut path = String::new();
    Ring::of([(10.1, 10.0), (10.2, 10.1)]).write(&mut path);
    assert_eq!(path, "M8 8h4v4h-4z");
}

#[test]
fn a_file_that_is_no_map_is_refused_with_what_is_wrong() {
    let fault = |text: &str| Topology::read(text.as_bytes()).map(drop).unwrap_err();
    assert!(matches!(fault("không"), MapError::NotJson));
    assert!(matches!(fault(r#"{"type":"Topology","arcs":1}"#), MapError::Unreadable(_)));
    assert!(matches!(fault(r#"{"type":"FeatureCollection"}"#), MapError::NotTopology));
    assert!(matches!(fault(r#"{"type":"Topology","arcs":[],"objects":{}}"#), MapError::Empty));
    assert!(matches!(fault(&neighbours(["1", "00002"])), MapError::Codes));
    assert!(matches!(fault(&neighbours(["01", "00002"])), MapError::Codes));
    assert!(matches!(fault(&neighbours(["00002", "00002"])), MapError::Twice(_)));
    let lacking = neighbours(["00001", "00002"]).replace(",\"id\":\"00002\"", "");
    assert!(matches!(fault(&lacking), MapError::NoCode { lacking: 1, all: 2 }));
    let broken = neighbours(["00001", "00002"]).replace("[[2,-1]]", "[[2,-9]]");
    assert!(matches!(fault(&broken), MapError::Broken(_)));
    let nowhere = neighbours(["00001", "00002"]).replace("\"scale\":[0.01", "\"scale\":[9");
    assert!(matches!(fault(&nowhere), MapError::Broken(_)));
}
