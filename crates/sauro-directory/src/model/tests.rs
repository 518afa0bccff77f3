use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath};

use super::{
    Agency, Atlas, DayOff, Directory, Level, agencies, check, communes, days_off, departments,
    predecessors,
};
use crate::Fault;

const UNITS: &str = include_str!("../../../../data/units.csv");
const CHANGES: &str = include_str!("../../../../data/unit_changes.csv");

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%F").unwrap()
}

fn atlas() -> Atlas {
    let mut atlas = Atlas::default();
    atlas.take_units(UNITS).unwrap();
    atlas.take_changes(CHANGES).unwrap();
    atlas
}

fn on(today: NaiveDate, more_former: &str) -> Directory {
    let atlas = atlas();
    let mut all: Vec<Agency> = Vec::new();
    for csv in [
        include_str!("../../../../data/agencies.csv"),
        include_str!("../../../../data/agencies_abolished.csv"),
        include_str!("../../../../data/province_agencies.csv"),
    ] {
        all.extend(agencies(csv).unwrap().into_iter().map(|(_, it)| it));
    }
    let usual = include_str!("../../../../data/departments.csv");
    all.extend(departments(usual, &atlas, today).unwrap());
    all.extend(communes(&atlas, today));
    let mut former =
        predecessors(include_str!("../../../../data/province_predecessors.csv")).unwrap();
    if !more_former.is_empty() {
        former.extend(predecessors(more_former).unwrap());
    }
    let former: Vec<_> = former.into_iter().map(|(_, it)| it).collect();
    Directory::new(all, atlas, &former, today)
}

fn shipped() -> Directory {
    on(day("2026-11-23"), "")
}

fn sentences(faults: &[Fault]) -> String {
    faults.iter().map(Fault::sentence).collect::<Vec<_>>().join("\n")
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
fn a_place_and_its_bodies_have_the_name_of_the_day() {
    let directory = shipped();
    let name_on = |code: &str, on: &str| directory.name_on(AgencyId::of_code(code), day(on));
    let check = |code: &str, on: &str, name: &str| {
        assert_eq!(name_on(code, on).as_deref(), Some(name), "{code} {on}");
    };
    check("UBND-22", "2026-08-31", "Ủy ban nhân dân tỉnh Quảng Ninh");
    check("UBND-22", "2026-09-01", "Ủy ban nhân dân thành phố Quảng Ninh");
    check("TU-22", "2026-08-31", "Tỉnh ủy Quảng Ninh");
    check("TU-22", "2026-09-01", "Thành ủy Quảng Ninh");
    check("SO-TC@22", "2026-08-31", "Sở Tài chính tỉnh Quảng Ninh");
    check("SO-TC@22", "2026-09-01", "Sở Tài chính thành phố Quảng Ninh");
    check("UBND-25270", "2026-04-29", "Ủy ban nhân dân xã Lộc Ninh");
    check("UBND-25270", "2026-04-30", "Ủy ban nhân dân phường Lộc Ninh");
    check("BCA", "2024-12-22", "Bộ Công an");
    assert_eq!(name_on("UBND-25270", "2025-06-30"), None);
    assert_eq!(name_on("BKHĐT", "2025-03-01"), None);
    check("BKHĐT", "2025-02-28", "Bộ Kế hoạch và Đầu tư");
    let before = on(day("2026-08-31"), "");
    assert_eq!(before.by_code("UBND-22").unwrap().name, "Ủy ban nhân dân tỉnh Quảng Ninh");
    assert_eq!(atlas().places().filter(|it| it.level == Level::Commune).count(), 3_321);
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
fn a_faulty_units_file_names_every_fault_with_line_and_column() {
    let faults = Atlas::default()
        .take_units(
            "code,parent_code,level,type,name\n01,,1,tỉnh,Hà Nội\n,01,3,xã,\n00009,77,2,xã,X\n\
             9,01,2,xã,Y\n00010,01,2,thôn,Z\n00011,01,2,xã,\n00009,01,2,xã,X\n",
        )
        .unwrap_err();
    let text = sentences(&faults);
    for words in [
        "Dòng 3, cột level: chỉ nhận 1",
        "Dòng 4, cột parent_code: không có tỉnh",
        "Dòng 5, cột code: “9” không phải mã gồm 5 chữ số",
        "Dòng 6, cột type: chỉ nhận xã, phường, đặc khu.",
        "Dòng 7, cột name: để trống",
        "Dòng 8, cột code: mã đã có ở dòng 4",
    ] {
        assert!(text.contains(words), "{words} not in\n{text}");
    }
    assert_eq!(faults.len(), 6, "{text}");
}

#[test]
fn a_known_unit_gets_a_new_name_only_with_its_first_day() {
    let mut atlas = atlas();
    assert_eq!(atlas.take_units(UNITS).unwrap(), 3_355);
    assert_eq!(atlas, self::atlas());
    let other = "code,parent_code,level,type,name\n22,,1,tỉnh,Quảng Yên\n";
    let text = sentences(&atlas.clone().take_units(other).unwrap_err());
    assert!(text.contains("đang là thành phố Quảng Ninh"), "{text}");
    let dated =
        "code,parent_code,level,type,name,valid_from\n22,,1,thành phố,Quảng Yên,2027-01-01\n";
    atlas.take_units(dated).unwrap();
    let names: Vec<_> = atlas.place("22").unwrap().names.iter().map(|it| it.full()).collect();
    assert_eq!(names, ["tỉnh Quảng Ninh", "thành phố Quảng Ninh", "thành phố Quảng Yên"]);
    let last = atlas.place("22").unwrap().names.get(1).unwrap().valid_to;
    assert_eq!(last, Some(day("2026-12-31")));
}

#[test]
fn a_faulty_changes_file_names_every_fault() {
    let faults = atlas()
        .take_changes(
            "code,effective_date,field,old,new,legal_basis\n99999,2026-12-01,type,xã,phường,\n\
             22,2026-31-12,type,tỉnh,thành phố,\n04,2026-12-01,type,thành phố,tỉnh,\n\
             04,2026-12-01,area,,,\n04,2026-12-01,type,tỉnh,quận,\n",
        )
        .unwrap_err();
    let text = sentences(&faults);
    for words in [
        "Dòng 2, cột code: không có đơn vị",
        "Dòng 3, cột effective_date: “2026-31-12” không phải ngày",
        "Dòng 4, cột old: trước ngày này đơn vị là “tỉnh”, không phải “thành phố”",
        "Dòng 5, cột field: chỉ nhận type hoặc name",
        "Dòng 6, cột new: chỉ nhận tỉnh, thành phố",
    ] {
        assert!(text.contains(words), "{words} not in\n{text}");
    }
}

#[test]
fn a_faulty_agencies_file_names_every_fault() {
    let faults = agencies(
        "code,abbr,name,aliases,kind\nBÊA,,Bộ A,,ministry\nBEA,,Bộ B,,ministry\n\
         BÊA,,Bộ A,,ministry\n*C,,các bộ,,ministry\nB D,,Bộ D,,bộ\n",
    )
    .unwrap_err();
    let text = sentences(&faults);
    for words in [
        "Dòng 3, cột code: mã chỉ khác mã ở dòng 2 ở dấu",
        "Dòng 4, cột code: mã đã có ở dòng 2",
        "Dòng 5, cột code: mã của nhóm bắt đầu bằng dấu *",
        "Dòng 6, cột code: “B D” không phải mã",
        "Dòng 6, cột kind: chỉ nhận",
    ] {
        assert!(text.contains(words), "{words} not in\n{text}");
    }
    let text = sentences(&agencies("code,name\nA,B\n").unwrap_err());
    assert!(text.contains("Dòng 1, cột kind: thiếu cột này"), "{text}");
}

#[test]
fn an_agency_that_takes_the_place_of_another_is_refused() {
    let known = shipped();
    let hijack = "code,province_code,name,aliases,kind\nBTC,96,Ban Tổ chức,,unit\n\
                  QLDA,98,Ban Quản lý dự án,,unit\nUBND-1,96,Ủy ban,,province_pc\n";
    let text = sentences(&agencies(hijack).unwrap_err());
    assert!(text.contains("Dòng 4, cột code: mã của cơ quan này phải là UBND-96"), "{text}");
    let hijack = hijack.lines().take(3).collect::<Vec<_>>().join("\n");
    let text = sentences(&check(&agencies(&hijack).unwrap(), known.all(), known.atlas()));
    assert!(text.contains("Dòng 2, cột code: mã BTC đã là của một cơ quan ở nơi khác"), "{text}");
    assert!(text.contains("Dòng 3, cột province_code: không có tỉnh"), "{text}");
    let gone = "code,name,aliases,successor_code,until\nBX,Bộ X,,BY,2025-02-28\n";
    let text = sentences(&check(&agencies(gone).unwrap(), known.all(), known.atlas()));
    assert!(text.contains("Dòng 2, cột successor_code"), "{text}");
}

#[test]
fn a_faulty_calendar_names_every_fault() {
    let faults = days_off(
        "date,name,kind\n31/2/2026,A,statutory\n2026-11-24,,statutory\n\
         2026-11-25,B,makeup_workday\n2026-11-26,C,nghỉ\n2026-11-27,D,observed\n\
         2026-11-27,E,observed\n",
    )
    .unwrap_err();
    let text = sentences(&faults);
    for words in [
        "Dòng 2, cột date: “31/2/2026” không phải một ngày",
        "Dòng 3, cột name: để trống",
        "Dòng 4, cột date: ngày làm bù phải là thứ Bảy",
        "Dòng 5, cột kind: chọn một loại",
        "Dòng 7, cột date: ngày này đã có ở dòng 6",
    ] {
        assert!(text.contains(words), "{words} not in\n{text}");
    }
    assert!(DayOff::parse("2026-11-28", "Làm bù", "makeup_workday").unwrap().is_worked);
}

#[test]
fn names_are_found_however_they_are_typed() {
    let directory = shipped();
    let check = |words: &str, code: &str| {
        let found = directory.search(words, &AgencyPath::nation(), 8);
        let codes: Vec<&str> = found.iter().map(|hit| hit.agency.code.as_str()).collect();
        assert_eq!(codes.first(), Some(&code), "{words}: {codes:?}");
    };
    check("xã Ea H’Leo", "UBND-24184");
    check("xa Ea H'Leo", "UBND-24184");
    check("ea hleo", "UBND-24184");
    check("Ea H Leo", "UBND-24184");
    check("UBND xã Năm Căn, tỉnh Cà Mau", "UBND-32191");
    check("ủy ban nhân dân xã năm căn", "UBND-32191");
    check("Uỷ ban nhân dân tỉnh Cà Mau", "UBND-96");
    check("cà mau", "UBND-96");
    check("TP.HCM", "UBND-79");
    check("tp hồ chí minh", "UBND-79");
    check("Văn Miếu-Quốc Tử Giám", "UBND-00226");
    check("văn miếu – quốc tử giám", "UBND-00226");
    check("tỉnh Quảng Ninh", "UBND-22");
    check("thành phố Quảng Ninh", "UBND-22");
    check("Sở Tài chính tỉnh Quảng Ninh", "SO-TC@22");
    check("Sở KH&CN tỉnh Cà Mau", "SO-KHCN@96");
    check("BCA", "BCA");
    check("UBND-32191", "UBND-32191");
    check("phường Qui Nhơn", directory.resolve("phường Quy Nhơn").unwrap().agency.code.as_str());
    assert!(directory.search("", &AgencyPath::nation(), 8).is_empty());
    assert!(directory.search("-- ’ ,", &AgencyPath::nation(), 8).is_empty());
    let long = "bộ ".repeat(5_000);
    directory.search(&long, &AgencyPath::nation(), 8);
}

#[test]
fn half_an_old_name_is_enough_and_a_divided_place_names_all_its_successors() {
    let former = "new_code,old_code,old_full_name,old_district_code,old_district,old_province_code,old_province,how\n\
                  32191,1,Thị trấn Cũ Kỹ,2,Huyện Cũ,96,Tỉnh Cà Mau,part\n\
                  32185,1,Thị trấn Cũ Kỹ,2,Huyện Cũ,96,Tỉnh Cà Mau,part\n";
    let directory = on(day("2026-11-23"), former);
    let hits = directory.search("thi tran cu k", &AgencyPath::nation(), 8);
    assert_eq!(hits.len(), 2, "{hits:?}");
    let note = "Một phần Thị trấn Cũ Kỹ (Huyện Cũ, Tỉnh Cà Mau) nay thuộc xã Năm Căn";
    assert!(hits.iter().any(|it| it.note == note), "{hits:?}");
    assert!(directory.resolve("Thị trấn Cũ Kỹ").is_none());
    let hit = directory.search("ha gian", &AgencyPath::nation(), 8).remove(0);
    assert!(hit.agency.code == "UBND-08" || hit.note.is_empty(), "{hit:?}");
    assert_eq!(directory.resolve("UBND tỉnh Hà Giang").unwrap().agency.code, "UBND-08");
}

#[test]
fn an_island_district_that_became_a_commune_is_found_by_its_old_name() {
    let former = "new_code,old_code,old_full_name,old_district_code,old_district,old_province_code,old_province,how\n\
                  21548,,,536,Huyện Đảo Thử,51,Tỉnh Quảng Ngãi,unchanged_retyped\n";
    let directory = on(day("2026-11-23"), former);
    let hit = directory.resolve("huyện Đảo Thử").unwrap();
    assert_eq!(hit.agency.code, "UBND-21548");
    assert!(hit.note.starts_with("Huyện Đảo Thử (Tỉnh Quảng Ngãi) nay thuộc"), "{}", hit.note);
    let nameless = "new_code,old_code,old_full_name\n21548,1,\n";
    let text = sentences(&predecessors(nameless).unwrap_err());
    assert!(text.starts_with("Dòng 2, cột old_district: để trống"), "{text}");
}

#[test]
fn search_keeps_to_its_scope() {
    let directory = shipped();
    let ca_mau = AgencyPath::parse("vn/96").unwrap();
    let hits = directory.search("ubnd xa", &ca_mau, 500);
    assert!(hits.len() > 40, "{}", hits.len());
    assert!(hits.iter().all(|it| it.agency.is_group || ca_mau.covers(&it.agency.path)));
}

#[test]
fn a_province_lists_its_communes_by_their_own_names() {
    let directory = shipped();
    let below = directory.children_of(AgencyId::of_code("UBND-96"));
    assert_eq!(below.len(), 64 + 14);
    assert_eq!(directory.by_code("UBND-32191").unwrap().sort_words(), "Năm Căn");
}
