use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath};

use super::{
    Directory, Level, abolished, central, communes, departments, places, predecessors, provincial,
};

fn shipped() -> Directory {
    let places = places(
        include_str!("../../../../data/units.csv"),
        Some(include_str!("../../../../data/unit_changes.csv")),
    )
    .unwrap();
    let mut agencies = central(include_str!("../../../../data/agencies.csv")).unwrap();
    agencies.extend(abolished(include_str!("../../../../data/agencies_abolished.csv")).unwrap());
    agencies.extend(provincial(include_str!("../../../../data/province_agencies.csv")).unwrap());
    agencies
        .extend(departments(include_str!("../../../../data/departments.csv"), &places).unwrap());
    agencies.extend(communes(&places));
    let former = predecessors(include_str!("../../../../data/province_predecessors.csv")).unwrap();
    Directory::new(agencies, &former)
}

#[test]
fn collectives_fan_out_to_those_they_mean() {
    let directory = shipped();
    let nation = AgencyPath::nation();
    let check = |code: &str, n: usize| {
        let members = directory.members_of(AgencyId::of_code(code), &nation);
        assert_eq!(members.len(), n, "{code}");
    };
    check("*UBNDT", 34);
    check("*TU", 34);
    check("*UBNDX", 3_321);
    check("*B", 14);
    check("*BLQ", 0);
    check("BTC", 1);
    let ca_mau = AgencyPath::parse("vn/96").unwrap();
    assert_eq!(directory.members_of(AgencyId::of_code("*UBNDX"), &ca_mau).len(), 64);
    assert!(directory.is_vague(AgencyId::of_code("*BLQ")));
    assert!(!directory.is_vague(AgencyId::of_code("*UBNDT")));
}

#[test]
fn an_agency_is_found_by_any_name_with_or_without_diacritics() {
    let directory = shipped();
    let check = |words: &str, code: &str| {
        let found = directory.search(words, &AgencyPath::nation(), 5);
        let codes: Vec<&str> = found.iter().map(|hit| hit.agency.code.as_str()).collect();
        assert_eq!(codes.first(), Some(&code), "{words}: {codes:?}");
    };
    check("bo tai chinh", "BTC");
    check("Bộ Văn hoá, Thể thao và Du lịch", "BVHTTDL");
    check("UBND tinh Ca Mau", "UBND-96");
    check("xã Năm Căn", "UBND-32191");
    check("so tai chinh tinh ca mau", "SO-TC@96");
    check("viettel", "VIETTEL");
}

#[test]
fn old_names_find_their_successors() {
    let directory = shipped();
    let hit = directory.resolve("Bộ KH&ĐT").unwrap();
    assert_eq!(hit.agency.code, "BTC");
    assert!(hit.note.contains("nay là Bộ Tài chính"), "{}", hit.note);
    let hit = directory.resolve("tỉnh Hà Giang").unwrap();
    assert_eq!(hit.agency.code, "UBND-08");
    assert!(hit.note.contains("Tuyên Quang"), "{}", hit.note);
}

#[test]
fn a_picked_name_with_its_code_is_that_agency() {
    let directory = shipped();
    assert_eq!(directory.resolve("Bộ Công an (BCA)").unwrap().agency.code, "BCA");
    assert!(directory.resolve("không có cơ quan này").is_none());
}

#[test]
fn a_place_has_the_name_of_the_day() {
    let places = places(
        include_str!("../../../../data/units.csv"),
        Some(include_str!("../../../../data/unit_changes.csv")),
    )
    .unwrap();
    assert_eq!(places.iter().filter(|it| it.level == Level::Commune).count(), 3_321);
    let day = |text| NaiveDate::parse_from_str(text, "%F").unwrap();
    let quang_ninh = places.iter().find(|it| it.code == "22").unwrap();
    assert_eq!(quang_ninh.name_on(day("2026-08-31")).unwrap().kind, "tỉnh");
    assert_eq!(quang_ninh.name_on(day("2026-09-01")).unwrap().kind, "thành phố");
}

#[test]
fn every_agency_stands_in_one_place_and_the_province_above_its_communes() {
    let directory = shipped();
    let paths: std::collections::HashSet<&str> =
        directory.all().iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths.len(), directory.len());
    let scope = |code: &str| directory.by_code(code).unwrap().scope.clone();
    let commune = directory.by_code("UBND-32191").unwrap();
    assert!(scope("UBND-96").covers(&commune.path) && scope("TU-96").covers(&commune.path));
    assert!(scope("VPTW").covers(&commune.path) && !scope("UBND-91").covers(&commune.path));
    assert!(!scope("BTC").covers(&commune.path));
}

#[test]
fn a_faulty_file_names_every_fault_with_line_and_column() {
    let faults = places(
        "code,parent_code,level,type,name\n01,,1,tỉnh,Hà Nội\n,01,3,xã,\n9,77,2,xã,X\n",
        None,
    )
    .unwrap_err();
    let words: Vec<String> = faults.iter().map(crate::Fault::sentence).collect();
    assert!(words.iter().any(|it| it.starts_with("Dòng 3, cột level")), "{words:?}");
    assert!(words.iter().any(|it| it.starts_with("Dòng 4, cột parent_code")), "{words:?}");
}
