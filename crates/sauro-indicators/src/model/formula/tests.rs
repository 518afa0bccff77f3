use rust_decimal::Decimal;

use super::*;

fn unit_of(code: &str) -> Option<String> {
    let unit = match code {
        "XONG" | "TONG" => "nhiệm vụ",
        "THON" => "thôn",
        "5G" => "% dân số",
        "SO" => "%",
        _ => return None,
    };
    Some(unit.to_owned())
}

fn figure(code: &str) -> Option<Decimal> {
    match code {
        "XONG" => Some(56.into()),
        "TONG" => Some(93.into()),
        "KHONG" => Some(Decimal::ZERO),
        _ => None,
    }
}

fn value(text: &str) -> Option<String> {
    parse(text).unwrap().evaluate(&figure).map(|it| it.round_dp(2).to_string())
}

#[test]
fn a_formula_is_calculated_exactly_and_in_the_usual_order() {
    assert_eq!(value("100 * [XONG] / [TONG]").as_deref(), Some("60.22"));
    assert_eq!(value("2 + 3 × 4 − 1").as_deref(), Some("13"));
    assert_eq!(value("-(2 + 3) : 2").as_deref(), Some("-2.5"));
    assert_eq!(value("0,1 + 0,2").as_deref(), Some("0.3"));
    assert_eq!(value("max([XONG]; [TONG]; 1.000) + min(2; 1)").as_deref(), Some("1001"));
}

#[test]
fn what_cannot_be_calculated_is_no_figure() {
    assert_eq!(value("[XONG] / [KHONG]"), None);
    assert_eq!(value("[XONG] / (3 - 3)"), None);
    assert_eq!(value("[XONG] + [CHUA-CO]"), None);
    let huge = ["999.999.999.999.999"; 4].join(" * ");
    assert_eq!(value(&huge), None);
}

#[test]
fn a_fault_is_named_with_its_place() {
    for (text, at, words) in [
        ("", 1, "để trống"),
        ("100 * ", 7, "chưa hết"),
        ("100 * ([XONG] + 1", 7, "“(” chưa được đóng"),
        ("[XONG", 1, "“[” chưa được đóng"),
        ("[XONG] [TONG]", 8, "không hiểu “[”"),
        ("1 + trungbinh(2)", 5, "không có hàm “trungbinh”"),
        ("2 + 1.23", 5, "“1.23” không phải số"),
        ("2 + 1e308", 5, "“1e308” không phải số"),
        ("2 ; 3", 3, "không hiểu “;”"),
        ("2 + )", 5, "không hiểu “)”"),
        ("max 3", 5, "không hiểu “3”"),
    ] {
        let err = parse(text).expect_err(text);
        assert_eq!(err.at, at, "{text}: {}", err.sentence());
        assert!(err.sentence().contains(words), "{text}: {}", err.sentence());
    }
    let deep = format!("{}1{}", "(".repeat(500), ")".repeat(500));
    assert_eq!(parse(&deep).unwrap_err().fault, FormulaFault::TooDeep);
    assert_eq!(parse(&"-".repeat(500)).unwrap_err().fault, FormulaFault::TooDeep);
}

#[test]
fn units_that_do_not_go_together_are_refused() {
    let check = |text: &str, unit: &str| {
        measure_of(&parse(text).unwrap(), &unit_of, &Measure::of_unit(unit))
    };
    assert!(check("100 * [XONG] / [TONG]", "%").is_ok());
    assert!(check("[XONG] + [TONG] - 3", "nhiệm vụ").is_ok());
    assert!(check("[THON] / [TONG]", "thôn/nhiệm vụ").is_ok());
    assert!(check("[TONG] * [SO] / 100", "nhiệm vụ").is_ok());
    for (text, unit, at, words) in [
        ("[XONG] + [THON]", "thôn", 8, "nhiệm vụ và thôn"),
        ("[5G] - [SO]", "%", 6, "% dân số và %"),
        ("max([SO]; [THON])", "%", 1, "% và thôn"),
        ("[XONG] * [THON]", "thôn", 8, "không nhân"),
        ("1 + [LA]", "%", 5, "không có chỉ số mang mã LA"),
        ("[XONG]", "%", 1, "kết quả tính bằng nhiệm vụ, chỉ số tính bằng %"),
        ("[XONG] / [TONG]", "thôn", 1, "kết quả tính bằng tỉ lệ"),
    ] {
        let err = check(text, unit).expect_err(text);
        assert_eq!(err.at, at, "{text}: {}", err.sentence());
        assert!(err.sentence().contains(words), "{text}: {}", err.sentence());
    }
}

#[test]
fn a_circle_is_found_and_its_way_named() {
    let taken_by = |code: &str| -> Vec<String> {
        match code {
            "B" => vec!["C".to_owned(), "X".to_owned()],
            "C" => vec!["A".to_owned()],
            _ => Vec::new(),
        }
    };
    let way = circle("A", &["B".to_owned()], &taken_by).unwrap();
    assert_eq!(way, ["A", "B", "C", "A"]);
    assert_eq!(circle("A", &["A".to_owned()], &taken_by), Some(vec!["A".into(), "A".into()]));
    assert_eq!(circle("Z", &["B".to_owned()], &taken_by), None);
    let words = FormulaError::new(1, FormulaFault::Circle(way)).sentence();
    assert!(words.contains("A → B → C → A"), "{words}");
}

#[test]
fn a_formula_without_end_is_refused_before_it_is_walked() {
    let long = vec!["[A]"; 200_000].join("-");
    let err = parse(&long).unwrap_err();
    assert!(err.sentence().contains("dài quá 2000 ký tự"), "{}", err.sentence());
    let longest = vec!["1"; 1_000].join("-");
    assert!(parse(&longest).is_ok());
}
