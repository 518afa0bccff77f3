use crate::model::TrackingCode;

fn code(n: u8) -> TrackingCode {
    TrackingCode::of_random([n, n.wrapping_mul(7), 31, n ^ 0x5a, 200, n.wrapping_add(90)])
}

#[test]
fn a_code_is_read_however_it_was_typed() {
    for n in 0..=255 {
        let code = code(n);
        let written = code.to_string();
        let spoken = written.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        for typed in [written.clone(), spoken, written.replacen("PA-", "", 1)] {
            assert_eq!(TrackingCode::parse(&typed).as_ref(), Some(&code), "{typed}");
        }
    }
}

#[test]
fn any_single_wrong_letter_is_found() {
    const LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let written = code(17).to_string();
    for (at, right) in written.char_indices().skip(3).filter(|it| it.1 != '-') {
        for wrong in LETTERS.chars().filter(|it| *it != right) {
            let mut typed: Vec<char> = written.chars().collect();
            typed[at] = wrong;
            let typed: String = typed.into_iter().collect();
            assert_eq!(TrackingCode::parse(&typed), None, "{typed} for {written}");
        }
    }
}

#[test]
fn what_is_no_code_is_none_and_nothing_panics() {
    for typed in
        ["", "PA-", "PA-2026-000123", "💧💧💧", "PA-AAAAA-AAAAAA", "ÔÔÔÔÔÔÔÔÔÔ", &"A".repeat(9000)]
    {
        assert_eq!(TrackingCode::parse(typed), None, "{typed}");
    }
}

#[test]
fn logs_show_none_of_it() {
    assert_eq!(format!("{:?}", code(3)), "TrackingCode(…)");
}
