use std::path::Path;

use super::{IndexError, Place, SearchIndex};
use crate::model::{Asked, Doc, DocKey, Kind, Names, Sort, Sought};

struct Nobody;

impl Names for Nobody {
    fn codes_of(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}

const WHOLE: Place = Place { position: 7, is_whole: true };

fn doc(id: &str, title: &str, text: &str) -> Doc {
    Doc {
        key: DocKey::new(Kind::Task, id),
        address: format!("/{id}"),
        title: title.to_owned(),
        summary: String::new(),
        text: text.to_owned(),
        agency: "UBND-96".to_owned(),
        within: vec!["UBND-96".to_owned()],
        field: ("nq57".to_owned(), "Nghị quyết 57".to_owned()),
        at: 1_780_000_000_000_000,
    }
}

fn of(folder: &Path, docs: &[Doc]) -> SearchIndex {
    let index = SearchIndex::open(folder).unwrap();
    index.put(docs).unwrap();
    index.commit(WHOLE).unwrap();
    index
}

fn asked(index: &SearchIndex, asked: &Asked) -> Vec<String> {
    let found = index.find(&Sought::read(&asked.typed, &Nobody), asked).unwrap();
    found.hits.into_iter().map(|it| it.key.id).collect()
}

fn found(index: &SearchIndex, typed: &str) -> Vec<String> {
    asked(index, &Asked::of(typed))
}

#[test]
fn the_same_marks_come_first_and_none_find_all() {
    let home = tempfile::TempDir::new().unwrap();
    let docs = [
        doc("la", "Lá cờ", "Một lá cờ."),
        doc("ma", "Mã tra cứu", "Mã ghi trên biên nhận."),
        doc("mạ", "Ruộng mạ", "Mạ non."),
        doc("số", "Chuyển đổi số", "Mọi việc."),
    ];
    let index = of(home.path(), &docs);
    assert_eq!(found(&index, "mạ")[0], "mạ");
    assert_eq!(found(&index, "mã")[0], "ma");
    assert_eq!(found(&index, "ma").len(), 2);
    for typed in [
        "chuyen doi so",
        "chuyển đổi số",
        "CHUYỂN ĐỔI SỐ",
        "chuye\u{302}\u{309}n đô\u{309}i sô\u{301}",
    ] {
        assert_eq!(found(&index, typed), ["số"], "{typed}");
    }
}

#[test]
fn quotation_marks_filters_and_days_narrow_and_order() {
    let home = tempfile::TempDir::new().unwrap();
    let near = doc("near", "Điểm phục vụ", "Dịch vụ công ở xã.");
    let far = Doc {
        key: DocKey::new(Kind::Petition, "far"),
        at: 1_750_000_000_000_000,
        within: vec!["UBND-01".to_owned()],
        field: (String::new(), String::new()),
        ..doc("far", "Công việc của dịch", "Vụ mùa.")
    };
    let index = of(home.path(), &[near, far]);
    assert_eq!(found(&index, "\"dịch vụ công\""), ["near"]);
    assert_eq!(found(&index, "dịch vụ công").len(), 2);
    let all = Asked::of("dich vu");
    let ids = |it: Asked| asked(&index, &it);
    assert_eq!(ids(Asked { sort: Sort::Date, ..all.clone() }), ["near", "far"]);
    assert_eq!(ids(Asked { kind: Some(Kind::Petition), ..all.clone() }), ["far"]);
    assert_eq!(ids(Asked { agency: "UBND-96".to_owned(), ..all.clone() }), ["near"]);
    assert_eq!(ids(Asked { field: "nq57".to_owned(), ..all.clone() }), ["near"]);
    assert_eq!(ids(Asked { year: Some(2025), ..all.clone() }), ["far"]);
    assert_eq!(ids(Asked { kind: Some(Kind::Task), ..Asked::default() }), ["near"]);
    assert!(ids(Asked { page: 49, ..all.clone() }).is_empty());
    let kind = Some(Kind::Petition);
    let found = index.find(&Sought::read("dich vu", &Nobody), &Asked { kind, ..all }).unwrap();
    assert_eq!(found.n, 1);
    assert_eq!((found.kinds[Kind::Task.ordinal()], found.kinds[Kind::Petition.ordinal()]), (1, 1));
}

#[test]
fn a_slip_of_the_hand_and_a_word_too_many_still_find_and_say_so() {
    let home = tempfile::TempDir::new().unwrap();
    let index = of(home.path(), &[doc("1", "Đăng ký khai sinh", "Cho trẻ em ở xã.")]);
    assert_eq!(found(&index, "đăng ký khai sihn"), ["1"]);
    assert_eq!(found(&index, "khaii sinh"), ["1"]);
    let sought = Sought::read("khai sinh cho trẻ voi", &Nobody);
    let loose = index.find(&sought, &Asked::of("khai sinh cho trẻ voi")).unwrap();
    assert_eq!((loose.n, loose.n_loose, loose.hits.len()), (0, 1, 1));
    assert!(found(&index, "tàu vũ trụ").is_empty());
}

#[test]
fn a_thing_is_there_once_changed_at_once_and_gone_at_once() {
    let home = tempfile::TempDir::new().unwrap();
    let index = of(home.path(), &[doc("1", "Cũ", "a"), doc("2", "Cũ", "b")]);
    index.put(&[doc("1", "Mới", "a")]).unwrap();
    index.remove(&[DocKey::new(Kind::Task, "2")]).unwrap();
    assert_eq!(found(&index, "cũ").len(), 2, "nothing is seen before it is durable");
    index.commit(Place { position: 9, is_whole: true }).unwrap();
    assert!(found(&index, "cũ").is_empty());
    assert_eq!(found(&index, "mới"), ["1"]);
    assert_eq!(index.counts().unwrap().iter().sum::<u64>(), 1);
    assert!(index.holds(&DocKey::new(Kind::Task, "1")).unwrap());
    assert!(!index.holds(&DocKey::new(Kind::Task, "2")).unwrap());
    assert_eq!(index.sample(10).unwrap(), [DocKey::new(Kind::Task, "1")]);
}

#[test]
fn after_a_crash_the_index_and_its_place_agree() {
    let home = tempfile::TempDir::new().unwrap();
    let index = of(home.path(), &[doc("1", "Trước", "a")]);
    index.put(&[doc("2", "Sau", "b")]).unwrap();
    // Nothing else is written: as if the machine had stopped here.
    drop(index);
    let index = SearchIndex::open(home.path()).unwrap();
    assert_eq!(index.place(), WHOLE);
    assert_eq!(found(&index, "trước"), ["1"]);
    assert!(found(&index, "sau").is_empty());
}

#[test]
fn what_is_broken_or_of_another_version_is_made_anew_and_nothing_else_is_touched() {
    let home = tempfile::TempDir::new().unwrap();
    drop(of(home.path(), &[doc("1", "Có", "a")]));
    let files = || std::fs::read_dir(home.path()).unwrap().map(|it| it.unwrap().path());
    let largest = files()
        .filter(|it| it.extension().is_some_and(|it| it == "store"))
        .max_by_key(|it| it.metadata().unwrap().len())
        .unwrap();
    let mut bytes = std::fs::read(&largest).unwrap();
    bytes[3] ^= 0xff;
    std::fs::write(&largest, bytes).unwrap();
    let index = SearchIndex::open(home.path()).unwrap();
    assert_eq!((index.place(), found(&index, "có").len()), (Place::default(), 0));
    index.put(&[doc("1", "Có", "a")]).unwrap();
    index.commit(WHOLE).unwrap();
    drop(index);

    let meta = home.path().join("meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    let old = text.replace("\\\"version\\\":", "\\\"version\\\":9");
    assert_ne!(old, text);
    std::fs::write(&meta, old).unwrap();
    assert_eq!(SearchIndex::open(home.path()).unwrap().place(), Place::default());

    let other = tempfile::TempDir::new().unwrap();
    std::fs::write(other.path().join("sauro.db"), "somebody's").unwrap();
    assert!(matches!(SearchIndex::open(other.path()), Err(IndexError::Disk(_))));
    assert!(other.path().join("sauro.db").exists());
}

#[test]
fn of_two_who_write_the_second_is_told_and_sees_what_the_first_wrote() {
    let home = tempfile::TempDir::new().unwrap();
    let first = of(home.path(), &[doc("1", "Có", "a")]);
    let second = SearchIndex::open(home.path()).unwrap();
    assert!(matches!(second.put(&[doc("2", "Thêm", "b")]), Err(IndexError::Locked)));
    first.put(&[doc("3", "Thêm", "c")]).unwrap();
    first.commit(Place { position: 8, is_whole: true }).unwrap();
    assert!(found(&second, "thêm").is_empty());
    second.look_again().unwrap();
    assert_eq!(found(&second, "thêm"), ["3"]);
    assert_eq!(second.place().position, 8);
    assert!(!first.takes_rebuild());
    second.ask_rebuild().unwrap();
    assert!(first.takes_rebuild());
    first.let_go();
    second.put(&[doc("2", "Thêm", "b")]).unwrap();
}

#[test]
fn titles_are_completed_while_they_are_typed() {
    let home = tempfile::TempDir::new().unwrap();
    let docs = [doc("1", "Chuyển đổi số quốc gia", "x"), doc("2", "Số chuyến xe", "x")];
    let index = of(home.path(), &docs);
    let offered = |typed: &str| -> Vec<String> {
        index.suggest(typed, 8).unwrap().into_iter().map(|it| it.0.id).collect()
    };
    assert_eq!(offered("chuyển đ"), ["1"]);
    assert_eq!(offered("chuyen doi s"), ["1"]);
    assert_eq!(offered("chuyen").len(), 2);
    assert_eq!(offered("chuyển")[0], "1", "the same marks first");
    assert!(offered("c").is_empty());
    assert!(offered("  ").is_empty());
}
